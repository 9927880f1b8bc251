//! How one call is told from every other: the connection and the provider's own reference.

use std::fmt;
use std::sync::Arc;

/// Stands between the parts of a reference. Unreserved in URLs and allowed in no provider's id.
const SEPARATOR: char = '~';

/// Longest id that is accepted from a provider, in bytes.
const LONGEST_ID: usize = 128;

/// The id of the first file that is opened; further ones are `file-2`, `file-3`, …. No connection
/// of a proxy has one of these.
pub const FILE: &str = "file";

/// Whether a connection's id is one that files get.
#[must_use]
pub fn is_file(connection: &str) -> bool {
    let number = connection.strip_prefix(FILE).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Everything that a provider's detail route needs to find a call again, as one word that is safe
/// in a URL path. TalkPilot needs two ids (agent, call), the others one.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference(Arc<str>);

impl Reference {
    /// Joins ids to a reference. `None` if there is no id or one is not a plain id
    /// (`[A-Za-z0-9_.-]{1,128}`, and not only dots, so that it can never climb out of a path).
    #[must_use]
    pub fn of(ids: &[&str]) -> Option<Self> {
        if ids.is_empty() || !ids.iter().all(|id| is_plain_id(id)) {
            return None;
        }
        Some(Self(ids.join(&SEPARATOR.to_string()).into()))
    }

    /// Reads a reference out of a URL.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let ids: Vec<&str> = text.split(SEPARATOR).collect();
        Self::of(&ids)
    }

    /// A reference that has been one before.
    pub(crate) fn kept(text: &str) -> Self {
        Self(text.into())
    }

    /// The ids, in the order the adapter gave them.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.split(SEPARATOR)
    }

    /// The call's own id: the last one.
    #[must_use]
    pub fn call_id(&self) -> &str {
        self.0.rsplit(SEPARATOR).next().unwrap_or_default()
    }

    /// The whole reference as one word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0)
    }
}

/// A call's identity: the id of the connection and the provider's reference.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CallKey {
    /// Id of the connection as the proxy's configuration names it.
    pub connection: Arc<str>,
    /// The provider's reference.
    pub reference: Reference,
}

impl CallKey {
    /// Reads `connection/reference`, the form that stands in URLs.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (connection, reference) = text.split_once('/')?;
        is_plain_id(connection).then_some(())?;
        Some(Self { connection: connection.into(), reference: Reference::parse(reference)? })
    }
}

impl fmt::Display for CallKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.connection, self.reference)
    }
}

/// Whether an id may stand in a URL path as it is.
#[must_use]
pub fn is_plain_id(id: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
    (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(allowed) && id.bytes().any(|b| b != b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_could_climb_out_of_a_path_makes_no_reference() {
        for id in ["", "..", ".", "a/b", "a%2fb", "../x", "a b", "ä", "a~b", "a\\b", "a\0"] {
            assert_eq!(Reference::of(&[id]), None, "{id:?}");
        }
        assert_eq!(Reference::of(&[]), None);
        assert_eq!(Reference::of(&["x".repeat(129).as_str()]), None);
    }

    #[test]
    fn a_reference_of_two_ids_survives_a_url() {
        let reference = Reference::of(&["agent-1", "lk_call.2"]).unwrap();
        assert_eq!(reference.as_str(), "agent-1~lk_call.2");
        assert_eq!(Reference::parse("agent-1~lk_call.2"), Some(reference.clone()));
        assert_eq!(reference.ids().collect::<Vec<_>>(), ["agent-1", "lk_call.2"]);
        assert_eq!(reference.call_id(), "lk_call.2");
    }

    #[test]
    fn a_key_reads_what_it_writes() {
        let key = CallKey::parse("sales/call_01hx").unwrap();
        assert_eq!(key.to_string(), "sales/call_01hx");
        assert_eq!(CallKey::parse("sales"), None);
        assert_eq!(CallKey::parse("sa les/call"), None);
        assert_eq!(CallKey::parse("sales/../x"), None);
    }
}
