//! By which names a provider's records are told from others', and the reading of one record by
//! itself: what opened files need.

use std::borrow::Cow;
use std::sync::Arc;

use calls::key::is_plain_id;
use calls::{OpenedCall, Transcript};

use crate::Adapter;
use crate::answer::Answer;
use crate::fields::Fields;
use crate::json;
use crate::reading::key_of;

/// The names that a provider gives the fields of its records.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape {
    /// What its detail route needs, in that order; the last one is the call's own id. The others
    /// may be missing in a file.
    pub ids: &'static [&'static str],
    /// Names that no other provider's records have.
    pub own: &'static [&'static str],
    /// Names that others' records have as well, and that agents and the like have not.
    pub shared: &'static [&'static str],
    /// Where a transcript stands. A record that has none of them says nothing of a transcript.
    pub spoken: &'static [&'static str],
    /// The objects down to the list, in each of its answers that hold several calls.
    pub lists: &'static [&'static [&'static str]],
}

/// How surely a record is a provider's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Confidence {
    /// It is not.
    #[default]
    No,
    /// It could be, and it could be another one's.
    Possible,
    /// It has names that only this provider gives.
    Sure,
}

impl Shape {
    /// How surely a record is this provider's. Something with an id and nothing else of a call
    /// (an agent, say) is no call.
    #[must_use]
    pub fn confidence(&self, record: &Fields) -> Confidence {
        let has = |names: &[&str]| names.iter().filter(|name| record.has(name)).count();
        let id = self.ids.last().and_then(|name| record.text(name));
        match (has(self.own), has(self.shared)) {
            _ if id.is_none() => Confidence::No,
            (2.., _) => Confidence::Sure,
            (1, _) | (0, 2..) => Confidence::Possible,
            (0, _) => Confidence::No,
        }
    }
}

/// Why a record by itself could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unread {
    /// It is no JSON object.
    NoObject,
    /// It has no id under this name.
    NoId(&'static str),
    /// Its id cannot stand in a link.
    OddId(String),
}

/// Reads a record by itself, as a file has it: one of a list or one of a detail.
///
/// # Errors
/// What it lacks.
pub fn read_alone(
    adapter: &dyn Adapter,
    connection: &Arc<str>,
    record: &str,
    now_ms: i64,
) -> Result<OpenedCall, Unread> {
    let text = whole(record);
    let fields = Fields::parse(&text).ok_or(Unread::NoObject)?;
    let shape = adapter.shape();
    let Some((own, others)) = shape.ids.split_last() else { return Err(Unread::NoId("id")) };
    let id = fields.text(own).ok_or(Unread::NoId(own))?;
    let others = others.iter().filter_map(|name| fields.text(name)).filter(|id| is_plain_id(id));
    let ids: Vec<Option<String>> = others.chain([id.clone()]).map(Some).collect();
    let key = key_of(connection, &ids).map_err(|_| Unread::OddId(id))?;
    let read = adapter.read_detail(&key, &Answer::of(200, text.as_bytes()), now_ms);
    let mut opened = read.map_err(|_| Unread::NoObject)?;
    if !opened.call.purged && !shape.spoken.iter().any(|name| fields.has(name)) {
        opened.transcript = Transcript::NotInRecord;
    }
    Ok(opened)
}

/// A JSON text, with what is not quite JSON in it mended.
#[must_use]
pub fn whole(text: &str) -> Cow<'_, str> {
    let broken = Fields::parse(text).is_none();
    let mended = if broken { json::mended(text) } else { None };
    mended.map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confidence(provider: &str, json: &str) -> Confidence {
        let shape = crate::find(provider).unwrap().shape();
        shape.confidence(&Fields::parse(json).unwrap())
    }

    #[test]
    fn a_record_is_told_by_names_that_only_its_provider_gives() {
        let truedy = r#"{"id":"c","status":"ended","direction":"inbound","duration_seconds":3}"#;
        assert_eq!(confidence("truedy", truedy), Confidence::Sure);
        assert_eq!(confidence("talkpilot", truedy), Confidence::No);
        assert_eq!(confidence("atoms", truedy), Confidence::No);
    }

    #[test]
    fn what_several_could_have_sent_is_possible_for_each_and_an_agent_is_no_call() {
        let either = r#"{"id":"c","status":"completed","started_at":null,"recording_url":null}"#;
        assert_eq!(confidence("truedy", either), Confidence::Possible);
        assert_eq!(confidence("agentvoice", either), Confidence::Possible);
        let agent = r#"{"id":"a","name":"Ada","created_at":"2026-03-19T10:00:00Z","status":"active",
            "phone_number":"+493023125000"}"#;
        for adapter in crate::all() {
            assert_eq!(confidence(adapter.describe().id, agent), Confidence::No);
        }
    }

    #[test]
    fn no_name_is_said_to_be_the_own_one_of_two_providers() {
        for one in crate::all() {
            for other in crate::all().iter().filter(|a| a.describe().id != one.describe().id) {
                let (one, other) = (one.shape(), other.shape());
                let known = |name: &&&str| other.own.contains(name) || other.shared.contains(name);
                assert_eq!(one.own.iter().find(known), None);
            }
        }
    }

    #[test]
    fn a_record_of_a_list_does_not_say_that_there_is_no_transcript() {
        let read = |json| read_alone(crate::find("talkpilot").unwrap(), &"file".into(), json, 0);
        let listed = read(r#"{"id":"c1","agent_id":"a1","duration":5}"#).unwrap();
        assert_eq!(listed.transcript, Transcript::NotInRecord);
        assert_eq!(listed.call.key.to_string(), "file/a1~c1");
        let opened = read(r#"{"id":"c1","transcript":null,"x":NaN}"#).unwrap();
        assert_eq!(opened.transcript, Transcript::Absent);
        assert_eq!(opened.call.key.to_string(), "file/c1");
        assert_eq!(read(r#"{"agent_id":"a1"}"#), Err(Unread::NoId("id")));
        assert_eq!(read(r#"{"id":"a/b"}"#), Err(Unread::OddId("a/b".into())));
        assert_eq!(read("[7]"), Err(Unread::NoObject));
    }
}
