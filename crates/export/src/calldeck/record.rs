//! A call as it stands in the file. Every field of a call is named here, so that one that is added
//! to calls cannot be forgotten in the file.

use calls::{Call, Cost, Customer, Fact, Recording, Speaker, Status, Transcript, Turn};

use super::object::Object;
use crate::exported::Exported;

/// Writes a call.
pub(super) fn write(exported: &Exported<'_>, out: &mut String) {
    let mut record = Object::open(out);
    fields(exported.call, &mut record);
    if let Some(transcript) = exported.transcript {
        write_transcript(transcript, &mut record);
    }
    record.list("facts", exported.facts, |record, Fact { name, value }| {
        record.put("name", Some(name));
        record.put("value", Some(value));
    });
    record.put("link", Some(exported.link));
    record.close();
}

fn fields(call: &Call, record: &mut Object<'_>) {
    #[rustfmt::skip]
    let Call {
        key, started_ms, ended_ms, duration_ms, status, direction, channel, agent_id, agent_name,
        customer, own_number, request, summary, note, employee, todo, success, mapped, outcomes,
        end_reason, voicemail, cost, score, recording, campaign, test, retry, retry_of, retries,
        version, purged, deleted, opened, transcript, latency_ms, interruptions, tool_errors,
        // How a call was read is of no use to who reads it again.
        other_id, told: _,
    } = call;
    record.put("key", Some(key.to_string()));
    record.put("started_ms", *started_ms);
    record.put("ended_ms", *ended_ms);
    record.put("duration_ms", *duration_ms);
    record.put("status", (*status != Status::NotGiven).then(|| status.code()));
    record.put("direction", Some(direction.code()));
    record.put("channel", Some(channel.code()));
    record.put("agent_id", agent_id.as_deref());
    record.put("agent_name", agent_name.as_deref());
    record.object("customer", |record| person(customer, record));
    record.put("own_number", own_number.as_deref());
    record.put("request", request.as_deref());
    record.put("summary", summary.as_deref());
    record.put("note", note.as_deref());
    record.put("employee", employee.as_deref());
    record.put("todo", *todo);
    record.put("success", Some(success.code()));
    record.put("success_mapped", mapped.then_some(true));
    record.list("outcomes", outcomes, |record, outcome| {
        record.put("name", outcome.name.as_deref());
        record.put("value", Some(&outcome.value));
    });
    record.put("end_reason", end_reason.as_deref());
    record.put("voicemail", *voicemail);
    write_cost(*cost, record);
    record.put("score", *score);
    write_recording(*recording, record);
    record.put("campaign", campaign.as_deref());
    record.put("test", Some(test));
    record.put("retry", Some(retry));
    record.put("retry_of", retry_of.as_deref());
    record.put("retries", *retries);
    record.put("version", version.as_deref());
    record.put("purged", Some(purged));
    record.put("deleted", Some(deleted));
    record.put("opened", Some(opened));
    record.put("transcript", *transcript);
    record.put("latency_ms", *latency_ms);
    record.put("interruptions", *interruptions);
    record.put("tool_errors", *tool_errors);
    record.put("other_id", other_id.as_deref());
}

fn person(customer: &Customer, record: &mut Object<'_>) {
    let Customer { name, phone, email, contact_id } = customer;
    record.put("name", name.as_deref());
    record.put("phone", phone.as_deref());
    record.put("email", email.as_deref());
    record.put("contact_id", contact_id.as_deref());
}

fn write_cost(cost: Option<Cost>, record: &mut Object<'_>) {
    let Some((amount, unit)) = cost.map(Cost::parts) else { return };
    record.object("cost", |record| {
        record.put("unit", Some(unit.code()));
        record.put("amount", Some(amount));
    });
}

fn write_recording(recording: Recording, record: &mut Object<'_>) {
    let (state, until_ms) = match recording {
        Recording::Unknown => ("unknown", None),
        Recording::Available { until_ms } => ("available", until_ms),
        Recording::NotReady => ("not_ready", None),
        Recording::Absent => ("absent", None),
        Recording::Expired => ("expired", None),
        Recording::Purged => ("purged", None),
    };
    record.put("recording", Some(state));
    record.put("recording_until_ms", until_ms);
}

/// A transcript that has not been asked for is left out.
fn write_transcript(transcript: &Transcript, record: &mut Object<'_>) {
    let state = match transcript {
        Transcript::NotAsked | Transcript::NotInRecord => return,
        Transcript::Turns(turns) => {
            record.list("turns", turns, write_turn);
            "turns"
        }
        Transcript::Text(text) => {
            record.put("text", Some(text));
            "text"
        }
        Transcript::BeingWritten => "being_written",
        Transcript::Elsewhere => "elsewhere",
        Transcript::Absent => "absent",
        Transcript::Purged => "purged",
    };
    record.put("transcript_state", Some(state));
}

fn write_turn(record: &mut Object<'_>, turn: &Turn) {
    let Turn { speaker, text, at_ms } = turn;
    let speaker = match speaker {
        Speaker::Agent => "agent",
        Speaker::Customer => "customer",
        Speaker::Other(word) => word,
    };
    record.put("speaker", Some(speaker));
    record.put("text", Some(text));
    record.put("at_ms", *at_ms);
}
