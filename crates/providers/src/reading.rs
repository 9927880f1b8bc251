//! What every adapter does alike when it reads a record.

use std::borrow::Cow;
use std::sync::Arc;

use calls::{Call, CallKey, Fact, Recording, Reference, Status};
use serde::Serializer as _;

use crate::answer::Answer;
use crate::fields::{Fields, text_of};
use crate::json;
use crate::refusal::Refusal;
use crate::{NoRecording, RecordingAddress};

/// A transcript and a recording appear "a few seconds" after the call (Truedy's and Atoms'
/// guides). We call them being written for a quarter of an hour, then absent.
const WRITING_MS: i64 = 15 * 60_000;

/// Nested objects are told apart down to this depth; what lies deeper is shown as compact JSON.
const DEEPEST_FACT: u8 = 5;

/// Most facts that are told apart; hostile answers hold millions.
const MOST_FACTS: usize = 500;

/// The body of an answer that worked.
///
/// # Errors
/// The provider's refusal if it did not.
pub fn given(answer: &Answer, now_ms: i64) -> Result<Cow<'_, str>, Refusal> {
    if answer.is_ok() { Ok(answer.text()) } else { Err(Refusal::of(answer, now_ms)) }
}

/// The body of a detail answer that worked. One that is not quite JSON is mended.
///
/// # Errors
/// The provider's refusal if it did not.
pub fn given_record(answer: &Answer, now_ms: i64) -> Result<String, Refusal> {
    let text = given(answer, now_ms)?;
    let mended = if Fields::parse(&text).is_none() { json::mended(&text) } else { None };
    Ok(mended.unwrap_or_else(|| text.into_owned()))
}

/// The record in a detail answer: the object itself, or what lies under `data`. It is the one
/// with an id.
///
/// # Errors
/// That there is no such object.
pub fn record<'a>(
    answer: &Answer,
    text: &'a str,
    id_names: &[&str],
) -> Result<Fields<'a>, Refusal> {
    let top = Fields::parse(text).unwrap_or_default();
    let inner = top.object("data").unwrap_or_default();
    let found = [top, inner].into_iter().find(|fields| fields.first_text(id_names).is_some());
    found.ok_or_else(|| Refusal::unreadable(answer, "there is no call in the answer"))
}

/// Finds the address of a recording in a detail answer: reads the call (whose key does not matter
/// here) and its fields into an address.
///
/// # Errors
/// Why there is none.
pub fn read_address(
    answer: &Answer,
    now_ms: i64,
    id_names: &[&str],
    read: impl FnOnce(CallKey, &Fields) -> Result<RecordingAddress, NoRecording>,
) -> Result<RecordingAddress, NoRecording> {
    let text = given_record(answer, now_ms).map_err(NoRecording::Refused)?;
    let fields = record(answer, &text, id_names).map_err(NoRecording::Refused)?;
    let key = key_of(&"-".into(), &[fields.first_text(id_names)]);
    let key = key.map_err(|why| NoRecording::Refused(Refusal::unreadable(answer, &why)))?;
    read(key, &fields)
}

/// The address of a call's recording, or why there is none.
///
/// # Errors
/// What is known of the recording, where it cannot be played.
pub fn address(
    call: &Call,
    url: Option<String>,
    expires_ms: Option<i64>,
) -> Result<RecordingAddress, NoRecording> {
    match (call.recording, url) {
        (Recording::Purged, _) => Err(NoRecording::Purged),
        (Recording::Expired, _) => Err(NoRecording::Expired),
        (_, Some(url)) => Ok(RecordingAddress { url, expires_ms }),
        (Recording::NotReady, None) => Err(NoRecording::NotReady),
        (_, None) => Err(NoRecording::Absent),
    }
}

/// The key of a record, from the ids its detail route needs.
///
/// # Errors
/// Says which id is missing or could not stand in a URL.
pub fn key_of(connection: &Arc<str>, ids: &[Option<String>]) -> Result<CallKey, String> {
    let given: Option<Vec<&str>> = ids.iter().map(Option::as_deref).collect();
    let given = given.ok_or("a record has no id")?;
    let reference = Reference::of(&given)
        .ok_or_else(|| format!("a record's id cannot stand in a URL: {:.40}", given.join(", ")))?;
    Ok(CallKey { connection: connection.clone(), reference })
}

/// Whether a transcript or recording that is not there yet may still appear: the call is running,
/// or ended moments ago.
#[must_use]
pub fn is_fresh(call: &Call, now_ms: i64) -> bool {
    if matches!(call.status, Status::Queued | Status::Ringing | Status::InProgress) {
        return true;
    }
    let ended = || Some(call.started_ms? + call.duration_ms.unwrap_or_default());
    let just_ended = call.ended_ms.or_else(ended).is_some_and(|end| now_ms - end < WRITING_MS);
    just_ended && call.answered() != Some(false)
}

/// Everything that was not read into the call, in the provider's own names: nothing a provider
/// sends is lost. The fields of nested objects have dotted names, arrays are compact JSON.
#[must_use]
pub fn other_facts(fields: &Fields, read: &[&str]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (name, raw) in fields.iter().filter(|(name, _)| !read.contains(name)) {
        tell(&mut facts, name, raw, DEEPEST_FACT);
    }
    let more = facts.len().saturating_sub(MOST_FACTS);
    facts.truncate(MOST_FACTS);
    facts.extend((more > 0).then(|| Fact { name: "…".into(), value: format!("+{more}") }));
    facts
}

fn tell(facts: &mut Vec<Fact>, name: &str, raw: &serde_json::value::RawValue, depth: u8) {
    let json = raw.get();
    if matches!(json, "null" | "{}" | "[]") {
        return;
    }
    let nested = if depth > 1 { Fields::parse(json) } else { None };
    let fits = |nested: &Fields| facts.len() + nested.iter().count() <= MOST_FACTS;
    if let Some(nested) = nested.filter(fits) {
        for (inner, raw) in nested.iter() {
            tell(facts, &format!("{name}.{inner}"), raw, depth - 1);
        }
        return;
    }
    if depth > 1 && tell_items(facts, name, json, depth - 1) {
        return;
    }
    let nested = || json.starts_with(['{', '[']).then(|| json::compact(json));
    let value = text_of(raw).or_else(nested);
    facts.extend(value.map(|value| Fact { name: name.to_owned(), value }));
}

/// Tells an array: plain values in one line, anything else item by item, counted from 1. Says
/// whether it did; what is no array, or far too long, is left to be told as it came.
fn tell_items(facts: &mut Vec<Fact>, name: &str, json: &str, depth: u8) -> bool {
    let Ok(items) = serde_json::from_str::<Vec<&serde_json::value::RawValue>>(json) else {
        return false;
    };
    let nested = |raw: &&serde_json::value::RawValue| raw.get().starts_with(['{', '[']);
    if !items.iter().any(nested) {
        let value = items.into_iter().filter_map(text_of).collect::<Vec<_>>().join(", ");
        facts.extend((!value.is_empty()).then(|| Fact { name: name.to_owned(), value }));
        return true;
    }
    let fits = facts.len() + items.len() <= MOST_FACTS;
    if fits {
        for (index, raw) in items.into_iter().enumerate() {
            tell(facts, &format!("{name}.{}", index + 1), raw, depth);
        }
    }
    fits
}

/// A record without some of its fields, as JSON: what a purge must not leave behind.
#[must_use]
pub fn without(fields: &Fields, names: &[&str]) -> String {
    let kept = fields.iter().filter(|(name, _)| !names.contains(name));
    let mut json = Vec::new();
    let written = serde_json::Serializer::new(&mut json).collect_map(kept);
    written.ok().and_then(|()| String::from_utf8(json).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(json: &str) -> Vec<String> {
        let facts = other_facts(&Fields::parse(json).unwrap(), &["id"]);
        facts.into_iter().map(|fact| format!("{}={}", fact.name, fact.value)).collect()
    }

    #[test]
    fn nested_facts_have_dotted_names_and_empty_ones_are_not_told() {
        assert_eq!(
            facts(
                r#"{"id":1,"a":{"b":{"c":{"d":1}},"e":[1, 2]},"f":null,"g":{},"h":"","i":false}"#
            ),
            ["a.b.c.d=1", "a.e=1, 2", "i=false"]
        );
    }

    #[test]
    fn lists_are_told_item_by_item_and_what_lies_too_deep_as_it_came() {
        assert_eq!(
            facts(r#"{"a":[{"b":1,"c":["x","y"]},"z",[],{"b":null}],"d":[null,""]}"#),
            ["a.1.b=1", "a.1.c=x, y", "a.2=z"]
        );
        assert_eq!(facts(r#"{"a":{"b":{"c":{"d":{"e":{"f": 1}}}}}}"#), [r#"a.b.c.d.e={"f":1}"#]);
    }

    #[test]
    fn a_million_facts_stay_a_few() {
        let many: Vec<String> = (0..2_000).map(|n| format!(r#""{n}":1"#)).collect();
        let many = format!("{{{}}}", many.join(","));
        let told = facts(&many);
        assert_eq!(told.len(), 501);
        assert_eq!(told.last().map(String::as_str), Some("…=+1500"));
        assert_eq!(facts(&format!(r#"{{"a":{many}}}"#)).len(), 1);
    }

    #[test]
    fn a_record_is_found_bare_and_wrapped() {
        let id = |text: &str| {
            record(&Answer::of(200, text), text, &["id"]).map(|fields| fields.text("id"))
        };
        assert_eq!(id(r#"{"id":"a","data":{"id":"b"}}"#), Ok(Some("a".into())));
        assert_eq!(id(r#"{"data":{"id":"b"},"meta":{}}"#), Ok(Some("b".into())));
        for text in ["{}", "<html>", r#"{"data":null}"#, r#"{"data":[]}"#, "null"] {
            assert!(id(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_record_that_is_not_quite_json_is_mended() {
        let answer = Answer::of(200, "{\"id\":1,\"x\":NaN}");
        assert_eq!(given_record(&answer, 0).unwrap(), "{\"id\":1,\"x\":null}");
    }
}
