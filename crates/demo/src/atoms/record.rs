//! One call, and one agent, in Atoms' words.

use serde_json::{Map, Value, json};

use crate::agent::{AGENTS, Provider};
use crate::call::{Audio, Call, Channel, End, Phase};
use crate::clock::{self, HOUR};
use crate::dice::Dice;
use crate::id;
use crate::recording;
use crate::script::Speaker;
use crate::world::World;

/// The campaign of a call; all outbound calls belong to one.
pub(super) fn campaign(call: &Call) -> Option<&'static str> {
    (call.channel == Channel::Outbound).then_some("65f0c0ffee0000000000cafe")
}

pub(super) fn agent(world: &World, place: usize) -> Option<Value> {
    let agent = AGENTS.get(place)?;
    let language = json!({"enabled": agent.language.code(), "switching": false});
    Some(
        json!({"_id": world.agent_id(place), "name": agent.name, "description": "", "organization": "demo",
        "workflowType": "single_prompt", "language": language, "slmModel": "electron",
        "createdAt": "2026-01-12T09:00:00.000Z", "updatedAt": "2026-09-01T08:00:00.000Z"}),
    )
}

pub(super) fn disposition_config() -> Value {
    json!([{"identifier": "call_outcome", "type": "ENUM"}, {"identifier": "callback_wanted", "type": "BOOLEAN"}])
}

pub(super) fn status(call: &Call, phase: Phase) -> &'static str {
    if let Some(word) = call.waiting_word.filter(|_| !phase.over()) {
        return word;
    }
    match (phase, call.end) {
        (Phase::Queued, _) => "in_queue",
        (Phase::Ringing, _) => "pending",
        (Phase::Talking, _) => "in_progress",
        (_, End::NoAnswer) => "no_answer",
        (_, End::Busy) => "busy",
        (_, End::LineFailed | End::SystemFailed) => "failed",
        (_, End::Cancelled) => "cancelled",
        _ => "completed",
    }
}

pub(super) fn kind(call: &Call) -> &'static str {
    match call.channel {
        Channel::Inbound => "telephony_inbound",
        Channel::Outbound => "telephony_outbound",
        Channel::Web => "webcall",
        Channel::Chat => "chat",
    }
}

/// `-` stands for no reason.
pub(super) fn reason(call: &Call, phase: Phase) -> &'static str {
    match call.end {
        _ if !phase.over() => "-",
        End::CustomerHungUp => "user_hangup",
        End::AgentHungUp => "agent_hangup",
        End::Transferred => "transfer_complete",
        End::TimedOut => "timeout",
        End::Voicemail => "voicemail",
        End::NoAnswer => "dial_no_answer",
        End::Busy => "dial_busy",
        End::LineFailed => "connection_error",
        End::SystemFailed => "system_error",
        End::Cancelled => "-",
    }
}

pub(super) fn numbers(call: &Call) -> (Option<String>, Option<String>) {
    let ours = Some(call.agent().number.to_owned());
    match call.channel {
        Channel::Inbound => (call.phone.clone(), ours),
        Channel::Outbound => (ours, call.phone.clone()),
        Channel::Web | Channel::Chat => (None, None),
    }
}

pub(super) fn updated_ms(world: &World, call: &Call) -> i64 {
    call.updated_ms(world.now_ms())
}

pub(super) fn retries_of<'a>(world: &'a World, id: &str) -> Vec<(&'a Call, Phase)> {
    let of = |call: &Call| call.retry_of.as_ref().is_some_and(|(root, _)| root == id);
    world.calls(Provider::Atoms).filter(|(call, _)| of(call)).collect()
}

/// A call as it stands in the list.
pub(super) fn listed(world: &World, call: &Call, phase: Phase) -> Value {
    let mut row = common(world, call, phase);
    let outcome = outcome(call);
    let ready = phase == Phase::Done && call.talk_ms().is_some();
    let metrics = json!({"call_outcome": outcome, "callback_wanted": "false"});
    row.insert("dispositionMetrics".to_owned(), if ready { metrics } else { json!({}) });
    row.insert("agentDispositionConfig".to_owned(), disposition_config());
    add_list_fields(&mut row, world, call, phase);
    Value::Object(row)
}

/// A call as `search` and `retries` give it.
pub(super) fn found(world: &World, call: &Call, phase: Phase) -> Value {
    let mut row = common(world, call, phase);
    add_list_fields(&mut row, world, call, phase);
    Value::Object(row)
}

fn add_list_fields(row: &mut Map<String, Value>, world: &World, call: &Call, phase: Phase) {
    let mut set = |name: &str, value: Value| row.insert(name.to_owned(), value);
    set("agentId", world.agent_id(call.agent).into());
    set("disconnectionReason", reason(call, phase).into());
    let attempt = call.retry_of.as_ref().map_or(0, |(_, attempt)| *attempt);
    set("retryCount", retries_of(world, &call.id).len().into());
    set("retryAttemptNumber", attempt.into());
    set("createdAt", clock::millis(call.created_ms).into());
    set("updatedAt", clock::millis(updated_ms(world, call)).into());
    set("versionId", id::object(&[call.agent.try_into().unwrap_or(0), call.key % 3]).into());
    set("versionNumber", (call.key % 3 + 1).into());
    set("isTest", call.test.into());
}

/// What lists and details share.
fn common(world: &World, call: &Call, phase: Phase) -> Map<String, Value> {
    let mut row = Map::new();
    let mut set = |name: &str, value: Value| row.insert(name.to_owned(), value);
    let (from, to) = numbers(call);
    set("_id", id::object(&[call.key, 0x1d]).into());
    set("callId", call.id.as_str().into());
    set("status", status(call, phase).into());
    set("duration", duration(call, phase));
    set("from", from.into());
    set("to", to.into());
    set("type", kind(call).into());
    set("recordingUrl", link(world, call, phase, false));
    set("recordingDualUrl", link(world, call, phase, true));
    set("callCost", cost(call, phase));
    if let Some(why) = failure(call).filter(|_| phase.over()) {
        set("callFailureReason", why.into());
    }
    if let Some((root, _)) = &call.retry_of {
        set("retryCallId", root.as_str().into());
    }
    if phase == Phase::Done && call.talk_ms().is_some() {
        set("postCallAnalytics", analytics(call));
        set("turnLatencyMetrics", turn_latency(call));
    }
    row
}

/// The full record: without `createdAt` and `agentId`, as the provider's specification has it.
pub(super) fn detail(world: &World, call: &Call, phase: Phase) -> Value {
    let mut row = common(world, call, phase);
    let mut set = |name: &str, value: Value| row.insert(name.to_owned(), value);
    set("agent", agent(world, call.agent).into());
    set("transcript", if phase == Phase::Done { transcript(call) } else { json!([]) });
    set("variables", variables(call));
    set("events", if phase == Phase::Done { events(call) } else { json!([]) });
    set("slmModelUsed", "electron".into());
    set(
        "voiceConfigUsed",
        json!({"model": "waves_lightning_v2", "voiceId": "demo", "gender": "female"}),
    );
    // An older guide names these two, and the three latencies; a part of the calls has them.
    if call.key.is_multiple_of(4) || call.fault.is_some() {
        set("disconnectionReason", reason(call, phase).into());
        set("createdAt", clock::millis(call.created_ms).into());
    }
    if call.key.is_multiple_of(5) && call.talk_ms().is_some() {
        let (average, _) = latencies(call);
        set("average_transcriber_latency", seconds(average / 6).into());
        set("average_agent_latency", seconds(average / 2).into());
        set("average_synthesizer_latency", seconds(average / 3).into());
    }
    Value::Object(row)
}

/// Absolute times. Very old calls carry plain strings, as an older specification shows.
fn transcript(call: &Call) -> Value {
    let begun = call.answered_ms.unwrap_or(call.created_ms);
    let plain = call.key.is_multiple_of(40) && call.fault.is_none();
    let turn = |line: crate::call::Line<'_>| {
        let role = if line.speaker == Speaker::Agent { "agent" } else { "user" };
        if plain {
            return line.text.into();
        }
        json!({"role": role, "content": line.text, "timestamp": clock::millis(begun + line.at_ms)})
    };
    call.lines().into_iter().map(turn).collect()
}

/// "Free objects": of no stated shape.
fn events(call: &Call) -> Value {
    let Some(answered_ms) = call.answered_ms.filter(|_| call.key.is_multiple_of(3)) else {
        return json!([]);
    };
    let line = call.lines().get(2).map_or(1_000, |line| line.at_ms);
    json!([
        {"type": "call_answered", "timestamp": clock::millis(answered_ms)},
        {"type": "knowledge_base_lookup", "timestamp": clock::millis(answered_ms + line),
            "query": call.request, "documents": 2},
    ])
}

fn variables(call: &Call) -> Value {
    let name = call.first_name.as_ref().zip(call.last_name.as_ref());
    let name = name.map(|(first, last)| format!("{first} {last}"));
    if call.person.is_some_and(|person| person % 3 == 0) {
        json!({"customer_name": name})
    } else {
        json!({})
    }
}

#[allow(clippy::cast_precision_loss, reason = "a call is far shorter than 2^52 milliseconds")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

/// Seconds with a fraction; 0 where nobody answered.
fn duration(call: &Call, phase: Phase) -> Value {
    match (phase.over(), call.end, call.talk_ms()) {
        (false, ..) => Value::Null,
        (true, _, Some(ms)) => seconds(ms).into(),
        (true, End::LineFailed | End::SystemFailed, None) => Value::Null,
        (true, _, None) => 0.into(),
    }
}

/// Credits, at about 0.12 for a minute.
fn cost(call: &Call, phase: Phase) -> Value {
    if phase.over() { seconds(call.talk_ms().unwrap_or(0) / 500).into() } else { Value::Null }
}

fn link(world: &World, call: &Call, phase: Phase, dual: bool) -> Value {
    match (phase == Phase::Done && call.recorded(), call.audio) {
        (true, _) => recording::url(world, call, dual, world.now_ms() + HOUR).into(),
        (false, Audio::None) if phase == Phase::Done => Value::Null,
        (false, _) => "".into(),
    }
}

fn failure(call: &Call) -> Option<&'static str> {
    match call.end {
        End::LineFailed => Some("SIP 503 Service Unavailable"),
        End::SystemFailed => Some("Agent worker did not respond"),
        End::Busy => Some("SIP 486 Busy Here"),
        _ => None,
    }
}

fn outcome(call: &Call) -> &'static str {
    match call.success {
        Some(true) => "resolved",
        Some(false) => "unresolved",
        None => "",
    }
}

fn analytics(call: &Call) -> Value {
    let confidence = seconds(Dice::new(&[call.key, 0xc0f]).between(550, 1000));
    let outcome = json!({"identifier": "call_outcome", "value": outcome(call), "confidence": confidence,
        "reasoning": "Derived from the last turns."});
    let callback = json!({"identifier": "callback_wanted", "value": call.success.map(|yes| !yes), "confidence": 0.5});
    json!({"summary": call.summary, "dispositionMetrics": [outcome, callback]})
}

/// Average in milliseconds, and each turn's.
pub(super) fn latencies(call: &Call) -> (i64, Vec<i64>) {
    let mut dice = Dice::new(&[call.key, 0x1a7e]);
    let turns = call.talk.as_ref().map_or(0, |talk| (talk.turns.len() / 2).min(40));
    let each: Vec<i64> = (0..turns).map(|_| dice.between(480, 1900)).collect();
    let count = i64::try_from(each.len()).unwrap_or(0);
    (each.iter().sum::<i64>().checked_div(count).unwrap_or(0), each)
}

fn turn_latency(call: &Call) -> Value {
    let (average, each) = latencies(call);
    let mut sorted = each.clone();
    sorted.sort_unstable();
    let median = sorted.get(sorted.len() / 2).copied();
    let transitions: Vec<Value> = (1_i64..)
        .zip(&each)
        .map(|(turn, latency)| {
            let end = turn * 7000;
            json!({"turn": turn, "user_end": end, "bot_start": end + latency, "latency": latency})
        })
        .collect();
    json!({"avgLatency": average, "medianLatency": median, "minLatency": sorted.first(),
        "maxLatency": sorted.last(), "turns": each.len(), "latencies": each, "transitions": transitions,
        "processedAt": clock::millis(call.ended_ms + 15_000)})
}
