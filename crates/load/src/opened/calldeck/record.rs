//! One call of an export.

use calls::money::CostUnit;
use calls::told::ToldBy;
use calls::{
    Call, CallKey, Channel, Cost, Customer, Direction, Fact, OpenedCall, Outcome, Recording,
    Speaker, Status, Success, Transcript, Turn,
};
use providers::fields::{Fields, text_of};
use serde_json::value::RawValue;

use super::Why;

/// Reads a record.
pub(super) fn read(json: &str) -> Result<OpenedCall, Why> {
    let fields = Fields::parse(json).ok_or(Why::NoObject)?;
    let key = fields.text("key").and_then(|key| CallKey::parse(&key)).ok_or(Why::NoKey)?;
    let fact = |raw: &RawValue| {
        let fields = Fields::parse(raw.get())?;
        Some(Fact { name: text(&fields, "name")?, value: text(&fields, "value")? })
    };
    Ok(OpenedCall {
        call: call(key, &fields),
        transcript: transcript(&fields),
        facts: fields.list("facts").into_iter().filter_map(fact).collect(),
        raw: json.to_owned(),
    })
}

fn call(key: CallKey, fields: &Fields) -> Call {
    let flag = |name| fields.bool(name) == Some(true);
    let code = |name| fields.text(name);
    Call {
        key,
        started_ms: whole(fields, "started_ms"),
        ended_ms: whole(fields, "ended_ms"),
        duration_ms: whole(fields, "duration_ms"),
        status: text(fields, "status").map_or(Status::NotGiven, |word| Status::of(&word)),
        direction: code("direction")
            .and_then(|code| Direction::parse(&code))
            .unwrap_or(Direction::Unknown),
        channel: code("channel").and_then(|code| Channel::parse(&code)).unwrap_or(Channel::Phone),
        agent_id: text(fields, "agent_id"),
        agent_name: text(fields, "agent_name"),
        customer: customer(&fields.object("customer").unwrap_or_default()),
        own_number: text(fields, "own_number"),
        request: text(fields, "request"),
        summary: text(fields, "summary"),
        note: text(fields, "note"),
        employee: text(fields, "employee"),
        todo: fields.bool("todo"),
        success: code("success")
            .and_then(|code| Success::parse(&code))
            .unwrap_or(Success::NotStated),
        mapped: flag("success_mapped"),
        outcomes: fields.list("outcomes").into_iter().filter_map(outcome).collect(),
        end_reason: text(fields, "end_reason"),
        voicemail: fields.bool("voicemail"),
        cost: cost(fields),
        score: fields.number("score"),
        recording: recording(fields),
        campaign: text(fields, "campaign"),
        test: flag("test"),
        retry: flag("retry"),
        retry_of: text(fields, "retry_of"),
        retries: fields.count("retries"),
        version: text(fields, "version"),
        purged: flag("purged"),
        deleted: flag("deleted"),
        opened: flag("opened"),
        transcript: fields.bool("transcript"),
        latency_ms: whole(fields, "latency_ms"),
        interruptions: fields.count("interruptions").and_then(|count| count.try_into().ok()),
        tool_errors: fields.bool("tool_errors"),
        other_id: text(fields, "other_id"),
        told: ToldBy::default(),
    }
}

fn customer(fields: &Fields) -> Customer {
    Customer {
        name: text(fields, "name"),
        phone: text(fields, "phone"),
        email: text(fields, "email"),
        contact_id: text(fields, "contact_id"),
    }
}

fn outcome(raw: &RawValue) -> Option<Outcome> {
    let fields = Fields::parse(raw.get())?;
    Some(Outcome { name: text(&fields, "name"), value: text(&fields, "value")? })
}

fn cost(fields: &Fields) -> Option<Cost> {
    let cost = fields.object("cost")?;
    let unit = CostUnit::parse(&cost.text("unit")?)?;
    Some(Cost::of(cost.number("amount")?, unit))
}

fn recording(fields: &Fields) -> Recording {
    match fields.text("recording").as_deref() {
        Some("available") => Recording::Available { until_ms: whole(fields, "recording_until_ms") },
        Some("not_ready") => Recording::NotReady,
        Some("absent") => Recording::Absent,
        Some("expired") => Recording::Expired,
        Some("purged") => Recording::Purged,
        _ => Recording::Unknown,
    }
}

fn transcript(fields: &Fields) -> Transcript {
    match fields.text("transcript_state").as_deref() {
        Some("turns") => {
            Transcript::of_turns(fields.list("turns").into_iter().filter_map(turn).collect())
        }
        Some("text") => text(fields, "text").map_or(Transcript::Absent, Transcript::Text),
        Some("being_written") => Transcript::BeingWritten,
        Some("elsewhere") => Transcript::Elsewhere,
        Some("absent") => Transcript::Absent,
        Some("purged") => Transcript::Purged,
        _ => Transcript::NotAsked,
    }
}

fn turn(raw: &RawValue) -> Option<Turn> {
    let fields = Fields::parse(raw.get())?;
    Some(Turn {
        speaker: Speaker::of(&text(&fields, "speaker").unwrap_or_default()),
        text: text(&fields, "text")?,
        at_ms: whole(&fields, "at_ms"),
    })
}

/// A text as it was written, blanks at its ends included.
fn text(fields: &Fields, name: &str) -> Option<String> {
    let raw = fields.raw(name)?;
    serde_json::from_str(raw.get()).ok().or_else(|| text_of(raw))
}

/// A whole number as it was written.
fn whole(fields: &Fields, name: &str) -> Option<i64> {
    fields.text(name)?.parse().ok()
}
