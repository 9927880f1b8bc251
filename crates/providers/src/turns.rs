//! Transcripts, leniently: turns under every name that is documented or likely, with times as
//! they were sent. What a time means is each adapter's to say.

use calls::{Speaker, Transcript, Turn};
use serde_json::value::RawValue;

use crate::fields::{Fields, epoch_ms, text_of, time_ms};

pub(crate) const SPEAKER: &[&str] = &["speaker", "role", "user", "name"];
const TEXT: &[&str] = &["text", "content", "message"];
pub(crate) const TIME: &[&str] =
    &["timestamp", "start", "time", "start_time", "secondsFromStart", "timeInCallSecs"];

/// Where turns may lie if a transcript is an object.
pub(crate) const INSIDE: &[&str] = &["turns", "messages", "transcript", "segments", "data"];

/// How often a transcript may be wrapped: in an object, in a text that is JSON.
const DEEPEST: u8 = 4;

/// A day and a half: nothing that is spoken in a call lies further in.
const WITHIN_MS: std::ops::Range<i64> = 0..130_000_000;

/// A transcript as it was sent.
#[derive(Clone, PartialEq, Debug)]
pub enum Written {
    /// Nothing readable.
    Nothing,
    /// Text without speakers.
    Text(String),
    /// Turns in their order.
    Turns(Vec<Spoken>),
}

/// A turn as it was sent.
#[derive(Clone, PartialEq, Debug)]
pub struct Spoken {
    /// Who speaks.
    pub speaker: Speaker,
    /// What was said.
    pub text: String,
    /// When, if anything was sent.
    pub moment: Option<Moment>,
}

/// The time of a turn as it was sent.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Moment {
    /// A point in time, UTC milliseconds.
    At(i64),
    /// Seconds from the start, from a clock such as `01:05`.
    Clock(f64),
    /// A number whose unit is the provider's.
    Number(f64),
}

impl Written {
    /// Reads a transcript: an array of turns or of texts, a text, a text that holds JSON, or an
    /// object around any of them.
    #[must_use]
    pub fn read(raw: Option<&RawValue>) -> Self {
        raw.map_or(Self::Nothing, |raw| read(raw, DEEPEST))
    }

    /// As a transcript. `offset_ms` says how many milliseconds into the call a moment lies; what
    /// lies before the call or days after it is no time.
    #[must_use]
    pub fn transcript(self, offset_ms: impl Fn(Moment) -> Option<i64>) -> Transcript {
        match self {
            Self::Nothing => Transcript::Absent,
            Self::Text(text) => Transcript::Text(text),
            Self::Turns(turns) => {
                let turn = |spoken: Spoken| Turn {
                    at_ms: spoken.moment.and_then(&offset_ms).filter(|at| WITHIN_MS.contains(at)),
                    speaker: spoken.speaker,
                    text: spoken.text,
                };
                Transcript::of_turns(turns.into_iter().map(turn).collect())
            }
        }
    }

    /// The moments of all turns that have one.
    pub fn moments(&self) -> impl Iterator<Item = Moment> {
        let turns = if let Self::Turns(turns) = self { turns.as_slice() } else { &[] };
        turns.iter().filter_map(|turn| turn.moment)
    }
}

/// Seconds as milliseconds, within a day and a half.
#[must_use]
pub fn secs_as_ms(secs: f64) -> Option<i64> {
    #[allow(clippy::cast_possible_truncation, reason = "checked to be within a day and a half")]
    (0.0..130_000.0).contains(&secs).then(|| (secs * 1_000.0).round() as i64)
}

fn read(raw: &RawValue, depth: u8) -> Written {
    let json = raw.get();
    if depth == 0 {
        return Written::Nothing;
    }
    match json.as_bytes().first() {
        Some(b'[') => list(serde_json::from_str(json).unwrap_or_default()),
        Some(b'{') => object(raw, depth),
        Some(b'"') => text_of(raw).map_or(Written::Nothing, |text| text_or_json(text, depth)),
        _ => Written::Nothing,
    }
}

/// TalkPilot sends JSON inside a text.
fn text_or_json(text: String, depth: u8) -> Written {
    let inner = if text.starts_with(['[', '{']) { text.as_str() } else { "" };
    match serde_json::from_str::<&RawValue>(inner).map(|raw| read(raw, depth - 1)) {
        Ok(Written::Nothing) | Err(_) if inner == "[]" || inner == "{}" => Written::Nothing,
        Ok(Written::Nothing) | Err(_) => Written::Text(text),
        Ok(written) => written,
    }
}

fn object(raw: &RawValue, depth: u8) -> Written {
    let Some(fields) = Fields::parse(raw.get()) else { return Written::Nothing };
    let inner = INSIDE.iter().filter_map(|name| fields.raw(name));
    let mut read = inner.map(|raw| read(raw, depth - 1));
    read.find(|written| *written != Written::Nothing)
        .or_else(|| turn(raw).map(|turn| Written::Turns(vec![turn])))
        .unwrap_or(Written::Nothing)
}

/// An array of plain texts (Atoms' older specification) has no speakers.
fn list(rows: Vec<&RawValue>) -> Written {
    if !rows.is_empty() && rows.iter().all(|row| row.get().starts_with('"')) {
        let lines: Vec<String> = rows.into_iter().filter_map(text_of).collect();
        return if lines.is_empty() { Written::Nothing } else { Written::Text(lines.join("\n")) };
    }
    let turns: Vec<Spoken> = rows.into_iter().filter_map(turn).collect();
    if turns.is_empty() { Written::Nothing } else { Written::Turns(turns) }
}

pub(crate) fn turn(row: &RawValue) -> Option<Spoken> {
    let Some(fields) = Fields::parse(row.get()) else {
        let text = row.get().starts_with('"').then(|| text_of(row)).flatten()?;
        return Some(Spoken { speaker: Speaker::of(""), text, moment: None });
    };
    Some(Spoken {
        speaker: Speaker::of(&fields.first_text(SPEAKER).unwrap_or_default()),
        text: TEXT.iter().find_map(|name| said(&fields, name))?,
        moment: fields.first_text(TIME).and_then(|text| moment(&text)),
    })
}

/// What was said; some send it in parts (`["a", "b"]` or `[{"text": "a"}]`).
fn said(fields: &Fields, name: &str) -> Option<String> {
    let part = |raw: &RawValue| {
        Fields::parse(raw.get()).map_or_else(|| text_of(raw), |fields| fields.first_text(TEXT))
    };
    let parts = || fields.list(name).into_iter().filter_map(part).collect::<Vec<_>>().join(" ");
    fields.text(name).or_else(|| Some(parts()).filter(|text| !text.is_empty()))
}

pub(crate) fn moment(text: &str) -> Option<Moment> {
    if let Ok(number) = text.parse::<f64>() {
        let moment = epoch_ms(number).map_or(Moment::Number(number), Moment::At);
        return number.is_finite().then_some(moment);
    }
    time_ms(text).map(Moment::At).or_else(|| clock_secs(text).map(Moment::Clock))
}

/// `05.5`, `1:05` and `1:02:05`, with or without decimals.
fn clock_secs(text: &str) -> Option<f64> {
    let parts: Vec<f64> =
        text.split(':').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let within = parts.iter().all(|part| (0.0..100.0).contains(part));
    (within && (2..=3).contains(&parts.len())).then(|| parts.iter().fold(0.0, |a, b| a * 60.0 + b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Written {
        Written::read(Some(serde_json::from_str(json).unwrap()))
    }

    fn spoken(speaker: Speaker, text: &str, moment: Option<Moment>) -> Spoken {
        Spoken { speaker, text: text.into(), moment }
    }

    #[test]
    fn one_conversation_is_read_out_of_every_wrapping() {
        let turns = Written::Turns(vec![
            spoken(Speaker::Agent, "Hi", Some(Moment::Number(1.5))),
            spoken(Speaker::Customer, "Yes", None),
        ]);
        for json in [
            r#"[{"role":"agent","text":"Hi","timestamp":1.5},{"role":"user","text":"Yes"}]"#,
            r#""[{\"speaker\":\"assistant\",\"content\":\"Hi\",\"start\":\"1.5\"},{\"role\":\"user\",\"message\":\"Yes\"}]""#,
            r#"{"turns":[{"user":"bot","text":["Hi"],"secondsFromStart":1.5},{"name":"customer","content":[{"text":"Yes"}]}]}"#,
            r#"[null,7,{"role":"tool"},{"role":"agent","text":"Hi","time":1.5},{"role":"user","text":"Yes","time":"soon"}]"#,
        ] {
            assert_eq!(read(json), turns, "{json}");
        }
    }

    #[test]
    fn text_without_speakers_stays_text() {
        assert_eq!(read(r#""Agent: Hi""#), Written::Text("Agent: Hi".into()));
        assert_eq!(read(r#"["Hello","Hi"]"#), Written::Text("Hello\nHi".into()));
        assert_eq!(read(r#""[inaudible] yes""#), Written::Text("[inaudible] yes".into()));
        assert_eq!(read(r#""[{\"role\"""#), Written::Text("[{\"role\"".into()));
    }

    #[test]
    fn nothing_is_no_transcript() {
        for json in ["null", "[]", "{}", r#""""#, r#""[]""#, "7", "[1,null]", r#"["",""]"#] {
            assert_eq!(read(json), Written::Nothing, "{json}");
        }
        let mut nested = String::from("[]");
        for _ in 0..9 {
            nested = format!("{{\"data\":{nested}}}");
        }
        assert_eq!(read(&nested), Written::Nothing);
    }

    #[test]
    fn times_are_told_apart() {
        assert_eq!(moment("1.5"), Some(Moment::Number(1.5)));
        assert_eq!(moment("1:02:05.5"), Some(Moment::Clock(3_725.5)));
        assert_eq!(moment("00:07"), Some(Moment::Clock(7.0)));
        assert_eq!(moment("1970-01-01T00:00:01Z"), Some(Moment::At(1_000)));
        assert_eq!(moment("1773916200000"), Some(Moment::At(1_773_916_200_000)));
        for text in ["soon", "NaN", "1:2:3:4", "-1:00"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_before_the_start_or_days_after_it_is_no_time() {
        let turns = Written::Turns(vec![spoken(Speaker::Agent, "Hi", Some(Moment::Number(-3.0)))]);
        let Transcript::Turns(turns) = turns.transcript(|_| Some(-3_000)) else { panic!("turns") };
        assert_eq!(turns[0].at_ms, None);
        let turns = Written::Turns(vec![spoken(Speaker::Agent, "Hi", Some(Moment::Number(0.0)))]);
        let Transcript::Turns(turns) = turns.transcript(|_| Some(200_000_000)) else { panic!() };
        assert_eq!(turns[0].at_ms, None, "days after its call");
        assert_eq!(secs_as_ms(-0.5), None);
        assert_eq!(secs_as_ms(1.25), Some(1_250));
    }
}
