//! One call in Truedy's words.

use serde_json::{Map, Value, json};

use crate::call::{Audio, Call, Channel, End, Phase};
use crate::clock::{self, DAY, MINUTE, SECOND};
use crate::recording;
use crate::script::Speaker;
use crate::world::World;

/// The documents show three forms of a call; each call keeps one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Generation {
    /// Guide "Call Management": `in-progress`, `ended`.
    Guide,
    /// API reference of 2026-04: `completed`, `to`, `from`, `metadata`.
    Reference,
    /// API reference of 2026-03: `completed`, `to_number`, `completed_at`.
    Older,
}

fn generation(call: &Call) -> Generation {
    match call.key % 8 {
        0 => Generation::Reference,
        1 => Generation::Older,
        _ => Generation::Guide,
    }
}

/// The guide's word for a status of any generation.
pub(super) fn guide_word(word: &str) -> &str {
    match word {
        "completed" => "ended",
        "in_progress" => "in-progress",
        other => other,
    }
}

pub(super) fn status(call: &Call, phase: Phase, generation: Generation) -> &'static str {
    let guide = generation == Generation::Guide;
    if let Some(word) = call.waiting_word.filter(|_| !phase.over()) {
        return word;
    }
    match (phase, call.end) {
        (Phase::Queued, _) => "queued",
        // A browser call does not ring (guide "Calls overview").
        (Phase::Ringing, _) if call.channel == Channel::Web => "queued",
        (Phase::Ringing, _) => "ringing",
        (Phase::Talking, _) => {
            if guide {
                "in-progress"
            } else {
                "in_progress"
            }
        }
        (_, End::Cancelled) => "cancelled",
        (_, End::Busy | End::LineFailed | End::SystemFailed) => "failed",
        _ => {
            if guide {
                "ended"
            } else {
                "completed"
            }
        }
    }
}

pub(super) fn direction(call: &Call) -> &'static str {
    match call.channel {
        Channel::Inbound => "inbound",
        Channel::Outbound => "outbound",
        Channel::Web | Channel::Chat => "webrtc",
    }
}

/// A call as it stands in the list.
pub(super) fn summary(world: &World, call: &Call, phase: Phase) -> Map<String, Value> {
    let generation = generation(call);
    let mut row = Map::new();
    let mut set = |name: &str, value: Value| row.insert(name.to_owned(), value);
    set("id", call.id.as_str().into());
    set("status", status(call, phase, generation).into());
    set("direction", direction(call).into());
    set("agent_id", world.agent_id(call.agent).into());
    set("duration_seconds", duration(call, phase));
    set("cost_cents", cost(call, phase));
    set("outcome", outcome(call, phase).into());
    set("recording_url", recording_url(world, call, phase));
    set("created_at", time(generation, call.created_ms));
    let begun = call.answered_ms.filter(|_| !matches!(phase, Phase::Queued | Phase::Ringing));
    set("started_at", begun.map_or(Value::Null, |ms| time(generation, ms)));
    let ended = if phase.over() { time(generation, call.ended_ms) } else { Value::Null };
    set(if generation == Generation::Older { "completed_at" } else { "ended_at" }, ended);
    set("updated_at", time(generation, call.updated_ms(world.now_ms())));
    let (from, to) = numbers(call);
    let reference = generation == Generation::Reference;
    set(if reference { "from" } else { "from_number" }, from);
    set(if reference { "to" } else { "to_number" }, to);
    let told = phase == Phase::Done && !call.summary.is_empty();
    set("summary", if told { call.summary.as_ref().into() } else { Value::Null });
    if reference {
        set("transcript_url", Value::Null);
        set("metadata", metadata(world, call));
    }
    row
}

/// The complete record.
pub(super) fn detail(world: &World, call: &Call, phase: Phase) -> Map<String, Value> {
    let mut record = summary(world, call, phase);
    record.insert("transcript".to_owned(), transcript(call, phase));
    record
}

/// Null while it is being made, and for calls in which nobody spoke.
fn transcript(call: &Call, phase: Phase) -> Value {
    let lines = call.lines();
    if phase != Phase::Done || lines.is_empty() {
        return Value::Null;
    }
    let turn = |line: &crate::call::Line<'_>| {
        let speaker = if line.speaker == Speaker::Agent { "agent" } else { "contact" };
        json!({"speaker": speaker, "text": line.text, "timestamp": seconds(line.at_ms)})
    };
    lines.iter().map(turn).collect()
}

#[allow(clippy::cast_precision_loss, reason = "a call is far shorter than 2^52 milliseconds")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

/// "From answer to hang-up": 0 when nobody answered, null while it is not known.
fn duration(call: &Call, phase: Phase) -> Value {
    match (phase.over(), call.end, call.talk_ms()) {
        (false, ..) => Value::Null,
        (true, _, Some(ms)) => (ms / SECOND).into(),
        (true, End::NoAnswer | End::Busy, None) => 0.into(),
        (true, _, None) => Value::Null,
    }
}

fn cost(call: &Call, phase: Phase) -> Value {
    match (phase.over(), call.talk_ms()) {
        (false, _) => Value::Null,
        (true, ms) => (9 * (ms.unwrap_or(0) + MINUTE - 1) / MINUTE).into(),
    }
}

fn outcome(call: &Call, phase: Phase) -> Option<&'static str> {
    if phase != Phase::Done {
        return None;
    }
    match call.end {
        End::NoAnswer => return Some("no-answer"),
        End::Voicemail => return Some("voicemail"),
        End::Busy | End::LineFailed | End::SystemFailed | End::Cancelled => return None,
        _ => {}
    }
    let plot = call.talk.as_ref().map_or("", |talk| talk.plot);
    match (plot, call.success?) {
        ("interested", true) => Some("interested"),
        ("remind", true) => Some("confirmed"),
        ("refused", false) => Some("not-interested"),
        ("later", false) => Some("callback-requested"),
        (_, true) => Some("resolved"),
        (_, false) => Some("unresolved"),
    }
}

/// A signed link until 24 hours after the end. After that half of the calls keep the dead
/// link and half lose it, because the guide allows both readings.
fn recording_url(world: &World, call: &Call, phase: Phase) -> Value {
    let expires_ms = call.ended_ms + DAY;
    if phase != Phase::Done || (world.now_ms() > expires_ms && call.key.is_multiple_of(2)) {
        return Value::Null;
    }
    match (call.recorded(), call.audio) {
        (true, _) => recording::url(world, call, false, expires_ms).into(),
        (false, Audio::EmptyLink) => "".into(),
        (false, _) => Value::Null,
    }
}

fn numbers(call: &Call) -> (Value, Value) {
    let ours = Value::from(call.agent().number);
    let theirs = call.phone.as_deref().map_or(Value::Null, Value::from);
    match call.channel {
        Channel::Inbound => (theirs, ours),
        Channel::Outbound => (ours, theirs),
        Channel::Web | Channel::Chat => (Value::Null, Value::Null),
    }
}

fn metadata(world: &World, call: &Call) -> Value {
    let contact = call.person.and_then(|person| world.people.get(person));
    let campaign = (call.channel == Channel::Outbound).then_some("camp_autumn");
    json!({"campaign_id": campaign, "contact_id": contact.map(|person| person.contact_id.as_str())})
}

fn time(generation: Generation, ms: i64) -> Value {
    match generation {
        Generation::Guide => clock::seconds(ms).into(),
        Generation::Reference => clock::micros(ms).into(),
        Generation::Older => clock::millis(ms).into(),
    }
}
