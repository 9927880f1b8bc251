//! Lenient reading of one JSON object, field by field. What cannot be read is not there; nothing
//! here fails a record because of one field.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::Text;

/// The fields of one JSON object, unread.
#[derive(Clone, Debug, Default)]
pub struct Fields<'a>(BTreeMap<Cow<'a, str>, &'a RawValue>);

impl<'a> Fields<'a> {
    /// Reads an object. `None` if the text is no JSON object.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Puts fields together, later ones winning.
    pub(crate) fn insert(&mut self, name: Cow<'a, str>, value: &'a RawValue) {
        self.0.insert(name, value);
    }

    /// Names and values as they came, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), *value))
    }

    /// A field as it came; `null` counts as absent.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&'a RawValue> {
        self.0.get(name).copied().filter(|value| value.get() != "null")
    }

    /// Whether the field is there at all, even as `null`.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether the field is there with nothing in it.
    #[must_use]
    pub fn is_empty(&self, name: &str) -> bool {
        let nothing = |raw: &&RawValue| matches!(raw.get(), "null" | "\"\"" | "[]" | "{}");
        self.0.get(name).is_some_and(nothing)
    }

    /// A text, trimmed; numbers are taken as they stand, empty texts are absent. A text with a
    /// broken escape (a lone surrogate) keeps what can be read.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        text_of(self.raw(name)?)
    }

    /// The first of several names that holds a text.
    #[must_use]
    pub fn first_text(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(name))
    }

    /// A number, also one that was sent as text. Not finite is absent.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        let value: f64 = self.text(name)?.parse().ok()?;
        value.is_finite().then_some(value)
    }

    /// A whole number of things, not negative.
    #[must_use]
    pub fn count(&self, name: &str) -> Option<u64> {
        let value = self.number(name)?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie in the range that f64 holds exactly"
        )]
        (0.0..9e15).contains(&value).then_some(value as u64)
    }

    /// A yes or no, also as text or 0/1.
    #[must_use]
    pub fn bool(&self, name: &str) -> Option<bool> {
        match self.text(name)?.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" => Some(true),
            "false" | "0" | "no" => Some(false),
            _ => None,
        }
    }

    /// A duration sent in seconds, as milliseconds. Negative ones are unknown.
    #[must_use]
    pub fn secs_as_ms(&self, name: &str) -> Option<i64> {
        let secs = self.number(name)?;
        #[allow(clippy::cast_possible_truncation, reason = "checked to be within ten years")]
        (0.0..3.2e8).contains(&secs).then(|| (secs * 1_000.0).round() as i64)
    }

    /// A duration sent in milliseconds, as whole ones. Negative ones are unknown.
    #[must_use]
    pub fn whole_ms(&self, name: &str) -> Option<i64> {
        let ms = self.number(name)?;
        #[allow(clippy::cast_possible_truncation, reason = "checked to be within ten years")]
        (0.0..3.2e11).contains(&ms).then(|| ms.round() as i64)
    }

    /// A point in time, UTC milliseconds.
    #[must_use]
    pub fn time_ms(&self, name: &str) -> Option<i64> {
        time_ms(&self.text(name)?)
    }

    /// A nested object.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<Fields<'a>> {
        Fields::parse(self.raw(name)?.get())
    }

    /// The items of a nested array; no array has none.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&'a RawValue> {
        self.raw(name).and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut fields = Fields::default();
        while let Some((Text(name), value)) = map.next_entry()? {
            fields.insert(name, value);
        }
        Ok(fields)
    }
}

/// A raw value as text: strings trimmed and not empty, numbers and booleans as they stand.
#[must_use]
pub fn text_of(raw: &RawValue) -> Option<String> {
    let json = raw.get();
    if json.starts_with('"') {
        let Text(text) = serde_json::from_str(json).ok()?;
        let text = text.trim();
        return (!text.is_empty()).then(|| text.to_owned());
    }
    let plain = !json.starts_with(['{', '[']) && json != "null";
    plain.then(|| json.to_owned())
}

/// Reads a point in time: RFC 3339 with or without zone (none is UTC; also `+0000` and Postgres'
/// `+00`), a blank instead of `T`, any number of decimals; RFC 2822; or Unix seconds or
/// milliseconds. What lies before 1970 or after 9999 is no time: `0001-01-01T00:00:00Z` is how
/// some programs write that there is none.
#[must_use]
pub fn time_ms(text: &str) -> Option<i64> {
    let text = text.trim();
    let at_ms = written_ms(text).or_else(|| epoch_ms(text.parse().ok()?))?;
    (0..END_MS).contains(&at_ms).then_some(at_ms)
}

/// The first instant that takes more than four digits for its year.
const END_MS: i64 = 253_402_300_800_000;

fn written_ms(text: &str) -> Option<i64> {
    use chrono::{DateTime, NaiveDateTime};
    let zoned = |form| DateTime::parse_from_str(text, form).ok();
    let bare = |form| NaiveDateTime::parse_from_str(text, form).ok();
    let at = DateTime::parse_from_rfc3339(text).ok();
    let at = at.or_else(|| zoned("%Y-%m-%dT%H:%M:%S%.f%#z"));
    let at = at.or_else(|| zoned("%Y-%m-%d %H:%M:%S%.f%#z"));
    let at = at.or_else(|| DateTime::parse_from_rfc2822(text).ok());
    if let Some(at) = at {
        return Some(at.timestamp_millis());
    }
    let at = bare("%Y-%m-%dT%H:%M:%S%.f").or_else(|| bare("%Y-%m-%d %H:%M:%S%.f"));
    Some(at.or_else(|| bare("%Y-%m-%dT%H:%M"))?.and_utc().timestamp_millis())
}

/// Unix time: from the year 2001 to 5138 in milliseconds, from 1973 on in seconds.
pub(crate) fn epoch_ms(value: f64) -> Option<i64> {
    #[allow(clippy::cast_possible_truncation, reason = "checked to be in range")]
    match value {
        v if (1e8..1e11).contains(&v) => Some((v * 1_000.0).round() as i64),
        v if (1e12..1e14).contains(&v) => Some(v.round() as i64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_absent_and_never_an_error() {
        let json = r#"{"a":null,"b":"","c":" x ","d":12,"e":"12.5","f":{"g":1},"h":[1,2],"i":"NaN","j":-1}"#;
        let fields = Fields::parse(json).unwrap();
        assert_eq!(fields.text("a"), None);
        assert!(fields.has("a") && !fields.has("z"));
        assert_eq!(fields.text("b"), None);
        assert_eq!(fields.text("c").as_deref(), Some("x"));
        assert_eq!(fields.text("d").as_deref(), Some("12"));
        assert_eq!(fields.number("e"), Some(12.5));
        assert_eq!(fields.text("f"), None);
        assert_eq!(fields.list("h").len(), 2);
        assert_eq!(fields.number("i"), None);
        assert_eq!(fields.secs_as_ms("j"), None);
        assert!(Fields::parse("[1]").is_none());
    }

    #[test]
    fn a_lone_surrogate_costs_one_character() {
        let fields = Fields::parse(r#"{"a":"x\ud800y \u00e4"}"#).unwrap();
        assert_eq!(fields.text("a").as_deref(), Some("x\u{fffd}y ä"));
    }

    #[test]
    fn times_are_read_in_every_documented_form() {
        for text in [
            "2026-03-19T10:30:00Z",
            "2026-03-19T10:30:00.000Z",
            "2026-03-19T12:30:00+02:00",
            "2026-03-19T10:30:00",
            "2026-03-19 10:30:00.000000",
            "2026-03-19 10:30:00.000000+00",
            "2026-03-19T12:30:00+0200",
            "2026-03-19T10:30",
            "Thu, 19 Mar 2026 12:30:00 +0200",
            "1773916200",
            "1773916200000",
        ] {
            assert_eq!(time_ms(text), Some(1_773_916_200_000), "{text}");
        }
        assert_eq!(time_ms("yesterday"), None);
        assert_eq!(time_ms("2026-13-19T10:30:00Z"), None);
        assert_eq!(time_ms("12"), None);
    }

    #[test]
    fn a_time_that_no_calendar_on_screen_can_show_is_no_time() {
        for text in [
            "0001-01-01T00:00:00Z",
            "+12345-01-01T00:00:00Z",
            "9999-12-31T23:59:60Z",
            "1969-12-31T23:59:59Z",
            "Mon, 01 Jan 0001 00:00:00 +0000",
        ] {
            assert_eq!(time_ms(text), None, "{text}");
        }
    }
}
