//! The heavier field groups of AgentVoice: `fields=full` and `include=…`. Their inner shapes
//! are not documented, so that several plausible ones appear.

use serde_json::{Map, Value, json};

use super::record::Fields;
use crate::call::{Call, Phase};
use crate::clock;
use crate::dice::Dice;
use crate::script::Speaker;
use crate::world::World;

type Row = Map<String, Value>;

/// Adds the groups that were asked for. What a call has not got yet is null.
pub(super) fn add(row: &mut Row, world: &World, call: &Call, phase: Phase, fields: Fields) {
    let ready = phase == Phase::Done && call.talk_ms().is_some();
    let mut set = |name: &str, value: &dyn Fn() -> Value| {
        row.insert(name.to_owned(), if ready { value() } else { Value::Null });
    };
    if fields.full || fields.transcript {
        set("transcript", &|| raw(call));
        set("transcript_formatted", &|| formatted(call));
    }
    if fields.full || fields.metrics {
        set("quality_metrics", &|| quality(call));
    }
    if fields.metrics {
        set("latency_metrics", &|| latency(call));
        set("audio_metrics", &|| audio(call));
    }
    if fields.full || fields.actions {
        set("action_executions", &|| actions(call));
        set("action_summary", &|| action_summary(call));
    }
    if fields.diagnostics {
        set("turn_events", &|| turn_events(call));
        set("interruptions", &|| interruptions(call));
        set("tool_usage", &|| tool_usage(call));
    }
    if fields.full {
        set("post_call_analysis", &|| analysis(call));
        set("call_description", &|| call.summary.as_ref().into());
        set("custom_analysis", &|| json!({"topic": call.request}));
        set("structured_data_results", &|| json!({"request": call.request, "callback": false}));
        set("notes", &|| notes(world, call));
        set(
            "enhanced_context",
            &|| json!({"language": call.agent().language.code(), "previous_calls": 1}),
        );
    }
}

/// Plain text, one turn in a line.
fn raw(call: &Call) -> Value {
    let name = |speaker| if speaker == Speaker::Agent { "AI" } else { "User" };
    let lines = call.lines();
    if lines.is_empty() {
        return Value::Null;
    }
    let lines: Vec<String> =
        lines.iter().map(|line| format!("{}: {}", name(line.speaker), line.text)).collect();
    lines.join("\n").into()
}

/// "Structured transcript with speaker labels and timestamps": as objects with seconds, as
/// the platform behind AgentVoice words it, or as a JSON string.
fn formatted(call: &Call) -> Value {
    let lines = call.lines();
    if lines.is_empty() {
        return Value::Null;
    }
    let turns: Value = lines
        .iter()
        .map(|line| {
            let agent = line.speaker == Speaker::Agent;
            let at = seconds(line.at_ms);
            if call.key % 3 == 1 {
                let role = if agent { "assistant" } else { "user" };
                json!({"role": role, "message": line.text, "secondsFromStart": at})
            } else {
                let speaker = if agent { "agent" } else { "customer" };
                json!({"speaker": speaker, "text": line.text, "timestamp": at})
            }
        })
        .collect();
    if call.key % 9 == 2 { turns.to_string().into() } else { turns }
}

#[allow(clippy::cast_precision_loss, reason = "a call is far shorter than 2^52 milliseconds")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

fn analysis(call: &Call) -> Value {
    let sentiment = match call.success {
        Some(true) => "positive",
        Some(false) => "negative",
        None => "neutral",
    };
    json!({"summary": call.summary, "success": call.success, "sentiment": sentiment})
}

fn quality(call: &Call) -> Value {
    let mut dice = Dice::new(&[call.key, 0x9a1]);
    let score =
        if call.success == Some(true) { dice.between(70, 100) } else { dice.between(25, 75) };
    json!({"overall_score": score, "customer_talk_ratio": seconds(dice.between(250, 650)),
        "interruption_count": interruption_count(call)})
}

fn latency(call: &Call) -> Value {
    let mut dice = Dice::new(&[call.key, 0x1a7]);
    let (model, voice, transcriber) =
        (dice.between(300, 1400), dice.between(120, 420), dice.between(90, 330));
    json!({"model_latency_avg_ms": model, "voice_latency_avg_ms": voice,
        "transcriber_latency_avg_ms": transcriber, "turn_latency_avg_ms": model + voice + transcriber})
}

fn audio(call: &Call) -> Value {
    let mut dice = Dice::new(&[call.key, 0xa0d10]);
    json!({"mos": seconds(dice.between(3100, 4500)), "packet_loss_percent": seconds(dice.between(0, 2500)),
        "jitter_ms": dice.between(2, 40)})
}

fn actions(call: &Call) -> Value {
    if call.success != Some(true) {
        return json!([]);
    }
    let at = clock::millis(call.ended_ms + 2000);
    json!([{"action": "send_email", "status": "completed", "executed_at": at,
        "parameters": {"subject": call.request}}])
}

fn action_summary(call: &Call) -> Value {
    let count = usize::from(call.success == Some(true));
    json!({"total": count, "completed": count, "failed": 0})
}

fn turn_events(call: &Call) -> Value {
    let event = |(n, line): (usize, crate::call::Line<'_>)| {
        let speaker = if line.speaker == Speaker::Agent { "agent" } else { "customer" };
        json!({"turn": n + 1, "speaker": speaker, "start": seconds(line.at_ms), "end": seconds(line.end_ms)})
    };
    call.lines().into_iter().enumerate().map(event).collect()
}

/// As many as the quality metrics count, spread over the customer's turns.
fn interruptions(call: &Call) -> Value {
    let lines = call.lines();
    let cut: Vec<_> = lines.iter().filter(|line| line.speaker == Speaker::Customer).collect();
    let count = usize::try_from(interruption_count(call)).unwrap_or(0).min(cut.len());
    let step = (cut.len() / count.max(1)).max(1);
    let interruption = |line: &&crate::call::Line<'_>| json!({"by": "customer", "timestamp": seconds(line.at_ms), "overlap_ms": 120 + line.at_ms % 480});
    cut.into_iter().step_by(step).take(count).map(|line| interruption(&line)).collect()
}

fn interruption_count(call: &Call) -> i64 {
    Dice::new(&[call.key, 0x1b7]).between(0, 4)
}

/// A tool that is used after the second turn.
fn tool_usage(call: &Call) -> Value {
    let mut dice = Dice::new(&[call.key, 0x7001]);
    if !dice.chance(60) {
        return json!([]);
    }
    let ok = dice.chance(90);
    let at = call.lines().get(1).map(|line| seconds(line.end_ms));
    let found = json!({"customer_id": format!("C-{}", call.key % 90_000 + 10_000), "open_orders": call.key % 3});
    json!([{"tool": "lookup_customer", "duration_ms": dice.between(80, 2400), "success": ok,
        "timestamp": at, "arguments": {"phone": call.phone},
        "result": if ok { found } else { Value::Null },
        "error": if ok { Value::Null } else { "timeout after 2000 ms".into() }}])
}

fn notes(world: &World, call: &Call) -> Value {
    let note = call.note.clone().or_else(|| {
        let mut dice = Dice::new(&[call.key, 0x0705e]);
        dice.chance(20).then(|| "Asked for a confirmation by email.".into())
    });
    let at = clock::millis(world.now_ms().min(call.ended_ms + clock::HOUR));
    note.map_or_else(
        || json!([]),
        |text| json!([{"content": text, "author": "Grace Ellison", "created_at": at}]),
    )
}
