//! Reading what is not quite JSON: lone surrogates, control characters in texts, `NaN`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A name or a text, borrowed where JSON allows it. A lone surrogate becomes a replacement
/// character: serde_json refuses to read one into a string, but hands its bytes out.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Text<'a>(pub(crate) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(str::from_utf8(bytes).map_or_else(|_| Cow::Owned(mended_text(bytes)), Cow::Borrowed))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(mended_text(bytes)))
    }
}

/// A lone surrogate takes three bytes, which would become three replacement characters.
fn mended_text(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(bytes).replace("\u{fffd}\u{fffd}\u{fffd}", "\u{fffd}"),
    }
}

/// What some servers write where JSON has no word for it (Python's `json`, for one).
const NO_VALUES: [&str; 4] = ["NaN", "-Infinity", "Infinity", "undefined"];

/// The text with what JSON does not allow taken out: bare control characters in texts become
/// spaces, and `NaN` and its like become `null`. `None` if there is nothing to mend.
pub(crate) fn mended(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_text = false;
    let mut changed = false;
    while let Some(letter) = rest.chars().next() {
        let (taken, written) = next_piece(rest, letter, in_text);
        in_text ^= letter == '"';
        let (piece, after) = rest.split_at_checked(taken)?;
        changed |= written.is_some();
        mended.push_str(written.unwrap_or(piece));
        rest = after;
    }
    changed.then_some(mended)
}

/// How many bytes to take, and what to write for them if not what is there.
fn next_piece(rest: &str, letter: char, in_text: bool) -> (usize, Option<&'static str>) {
    match letter {
        '\\' if in_text => (1 + rest.chars().nth(1).map_or(0, char::len_utf8), None),
        '\0'..='\u{1f}' if in_text => (1, Some(" ")),
        'N' | 'I' | 'u' | '-' if !in_text => {
            match NO_VALUES.iter().find(|word| rest.starts_with(**word)) {
                Some(word) => (word.len(), Some("null")),
                None => (1, None),
            }
        }
        _ => (letter.len_utf8(), None),
    }
}

/// JSON without the white space between its parts.
pub(crate) fn compact(json: &str) -> String {
    let (mut in_text, mut escaped) = (false, false);
    let kept = json.chars().filter(|letter| {
        in_text ^= *letter == '"' && !escaped;
        escaped = in_text && *letter == '\\' && !escaped;
        in_text || !letter.is_ascii_whitespace()
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> String {
        let Text(text) = serde_json::from_str(json).unwrap();
        text.into_owned()
    }

    #[test]
    fn a_lone_surrogate_does_not_cost_the_emoji_beside_it() {
        assert_eq!(text(r#""\ud83d\ude00 \ud83d!""#), "\u{1f600} \u{fffd}!");
        assert_eq!(text(r#""x\uD83dy""#), "x\u{fffd}y");
    }

    #[test]
    fn a_backslash_before_ud800_is_no_surrogate() {
        assert_eq!(text(r#""C:\\ud800""#), "C:\\ud800");
    }

    #[test]
    fn white_space_is_taken_out_between_texts_and_not_inside_them() {
        assert_eq!(
            compact("[ 1,\n {\"a b\": \" \\\" \\\\\" , \"c\" : 2} ]"),
            "[1,{\"a b\":\" \\\" \\\\\",\"c\":2}]"
        );
    }

    #[test]
    fn nan_and_bare_line_breaks_are_mended_and_the_rest_is_left_alone() {
        let sent = "{\"a\":NaN,\"b\":-Infinity,\"c\":\"NaN\n\\\"x\\\\\",\"d\":-1,\"ä\":Infinity}";
        let json = "{\"a\":null,\"b\":null,\"c\":\"NaN \\\"x\\\\\",\"d\":-1,\"ä\":null}";
        assert_eq!(mended(sent).as_deref(), Some(json));
        assert_eq!(mended(r#"{"a":null,"b":"NaN"}"#), None);
        assert_eq!(mended("\"\\"), None);
    }
}
