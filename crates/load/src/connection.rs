//! The connections that the proxy offers, and what each one's outcome labels mean.

use std::collections::BTreeMap;
use std::sync::Arc;

use calls::period::Span;
use calls::{CallKey, OpenedCall, SuccessMap};
use providers::{Adapter, Answer, Refusal};
use serde::Deserialize;

/// A connection: one account at one provider.
#[derive(Clone)]
pub struct Connection {
    /// Its id in URLs.
    pub id: Arc<str>,
    /// Its name on screen.
    pub name: String,
    /// How its provider's wire is read.
    pub adapter: &'static dyn Adapter,
    /// Which outcome labels mean success.
    pub success: SuccessMap,
}

impl Connection {
    /// Reads an answer about one call: what it told is noted, and what its outcomes mean is stated.
    ///
    /// # Errors
    /// Why the provider refused.
    pub fn read_call(
        &self,
        key: &CallKey,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<OpenedCall, Refusal> {
        let mut opened = self.adapter.read_detail(key, answer, now_ms)?.noted();
        self.success.apply(&mut opened.call);
        Ok(opened)
    }

    /// The instant before which the provider has no records any more, if a range reaches behind
    /// it: calls of that part are not loaded, and that is to be said. UTC milliseconds.
    #[must_use]
    pub fn kept_since_ms(&self, span: Span, now_ms: i64) -> Option<i64> {
        let since_ms = now_ms.saturating_sub(self.adapter.keeps_ms()?);
        (span.from_ms < since_ms).then_some(since_ms)
    }
}

impl PartialEq for Connection {
    fn eq(&self, other: &Self) -> bool {
        (&self.id, &self.name, &self.success) == (&other.id, &other.name, &other.success)
            && self.adapter.describe().id == other.adapter.describe().id
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Connection({} at {})", self.id, self.adapter.describe().id)
    }
}

/// What the proxy says of its connections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Connections {
    /// Those that can be read.
    pub known: Vec<Connection>,
    /// Names of those whose provider this version does not know.
    pub unknown: Vec<String>,
}

impl Connections {
    /// Reads the answer of `GET /api/connections`.
    ///
    /// # Errors
    /// What is wrong with the text, if it is no such answer.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wire: Wire = serde_json::from_str(text).map_err(|why| why.to_string())?;
        let mut connections = Self::default();
        for connection in wire.connections {
            match providers::find(&connection.provider) {
                Some(adapter) => connections.known.push(Connection {
                    id: connection.id.into(),
                    name: connection.name,
                    adapter,
                    success: connection.success.into(),
                }),
                None => connections.unknown.push(connection.name),
            }
        }
        Ok(connections)
    }

    /// A connection by its id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Connection> {
        self.known.iter().find(|connection| &*connection.id == id)
    }

    /// Names by id, for screens.
    #[must_use]
    pub fn names(&self) -> BTreeMap<Arc<str>, String> {
        self.known
            .iter()
            .map(|connection| (connection.id.clone(), connection.name.clone()))
            .collect()
    }
}

#[derive(Deserialize)]
struct Wire {
    connections: Vec<WireConnection>,
}

#[derive(Deserialize)]
struct WireConnection {
    id: String,
    provider: String,
    name: String,
    #[serde(default)]
    success: WireMap,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireMap {
    yes: Vec<String>,
    no: Vec<String>,
    nothing: Vec<String>,
}

impl From<WireMap> for SuccessMap {
    fn from(WireMap { yes, no, nothing }: WireMap) -> Self {
        Self { yes, no, nothing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::{CallKey, Success};

    #[test]
    fn a_provider_of_a_newer_proxy_is_named_and_the_others_work() {
        let text = r#"{"connections":[{"id":"a","provider":"truedy","name":"Sales","capabilities":{}},
            {"id":"b","provider":"future","name":"New one"}],"now_ms":1}"#;
        let connections = Connections::parse(text).unwrap();
        assert_eq!(connections.find("a").unwrap().name, "Sales");
        assert_eq!(connections.unknown, ["New one"]);
        assert!(Connections::parse("<html>").is_err());
    }

    #[test]
    fn a_range_that_reaches_behind_what_a_provider_keeps_says_since_when_it_does() {
        let day = 86_400_000;
        let now_ms = 400 * day;
        let since = |provider: &str, from_day: i64| {
            let span = Span { from_ms: from_day * day, to_ms: now_ms };
            crate::script::connection(provider).kept_since_ms(span, now_ms).map(|ms| ms / day)
        };
        assert_eq!(since("truedy", 30), Some(35));
        assert_eq!(since("truedy", 35), None);
        assert_eq!(since("talkpilot", 0), None);
    }

    #[test]
    fn a_label_that_states_nothing_takes_the_place_of_one_that_did() {
        let map = SuccessMap { yes: vec!["interested".into()], ..SuccessMap::default() };
        let adapter = providers::find("truedy").unwrap();
        let opened = |label: &str| {
            let body = format!(r#"{{"id":"1","outcome":"{label}"}}"#);
            let answer = providers::Answer::of(200, body);
            let key = CallKey::parse("a/1").unwrap();
            let mut call = adapter.read_detail(&key, &answer, 0).unwrap().call;
            map.apply(&mut call);
            call
        };
        let mut call = opened("interested");
        assert_eq!(call.success, Success::Yes);
        call.merge(opened("curious"));
        assert_eq!(call.success, Success::NotStated);
    }
}
