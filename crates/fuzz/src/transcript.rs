//! The target of transcripts: every shape in which a provider may send one.

use providers::turns::{Moment, Written, secs_as_ms};
use providers::{Adapter, Answer};
use serde_json::value::RawValue;

use crate::provider::key;
use crate::run::NOW_MS;
use crate::{Target, sane, seeds};

/// The names under which transcripts are sent.
const NAMES: [&str; 4] = ["transcript", "transcript_formatted", "turns", "messages"];

/// A transcript by itself, and as each provider's.
#[must_use]
pub fn target() -> Target {
    let mut inputs = seeds::values_named(&NAMES);
    inputs.extend(seeds::bodies("talkpilot", "transcript", ""));
    inputs.extend(SHAPES.map(|shape| shape.as_bytes().to_vec()));
    Target::new("transcript", inputs, |input| {
        let text = String::from_utf8_lossy(input);
        let Ok(raw) = serde_json::from_str::<&RawValue>(&text) else { return };
        alone(raw);
        for adapter in providers::all() {
            NAMES.iter().for_each(|name| within(*adapter, name, raw));
        }
    })
}

/// Wrappings that `crates/providers/src/turns.rs` reads and no fixture has.
const SHAPES: [&str; 5] = [
    r#"{"turns":[{"user":"bot","text":["Hi"],"secondsFromStart":1.5},{"name":"x","content":[{"text":"Yes"}]}]}"#,
    r#""[{\"speaker\":\"assistant\",\"content\":\"Hi\",\"start\":\"01:02:03.5\"}]""#,
    r#"{"data":{"messages":{"segments":[{"role":"agent","message":"Hi","time":1773916200000}]}}}"#,
    r#"["Hello","Hi"]"#,
    r#"[null,7,{"role":"tool"},{"text":"a","timestamp":"2026-03-19T10:00:05"},["b"]]"#,
];

fn alone(raw: &RawValue) {
    let read = || {
        Written::read(Some(raw)).transcript(|moment| match moment {
            Moment::At(at_ms) => Some(at_ms - NOW_MS).filter(|ms| *ms < 130_000_000),
            Moment::Clock(secs) | Moment::Number(secs) => secs_as_ms(secs),
        })
    };
    let transcript = read();
    sane::transcript(&transcript);
    assert_eq!(transcript, read(), "read otherwise");
}

fn within(adapter: &dyn Adapter, name: &str, raw: &RawValue) {
    let body = format!(
        r#"{{"id":"id-1","callId":"id-1","duration":95,"{name}":{raw},
            "started_at":"2026-03-19T10:00:00Z","status":"completed"}}"#
    );
    if let Ok(opened) = adapter.read_detail(&key(adapter), &Answer::of(200, body), NOW_MS) {
        sane::opened(&opened);
    }
}
