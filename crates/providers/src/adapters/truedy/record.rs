//! A call of Truedy, read.

use calls::key::CallKey;
use calls::told::Field;
use calls::{Call, Channel, Cost, Direction, Outcome, Recording, Status, Transcript};

use crate::carried::{Carried, Kind, readable};
use crate::fields::Fields;
use crate::reading::is_fresh;
use crate::shape::Shape;
use crate::turns::{Moment, Written, secs_as_ms};

/// "Recording URLs are time-limited. They expire after 24 hours", after which "the audio is no
/// longer accessible through the API" (guide).
pub(super) const RECORDING_KEPT_MS: i64 = 24 * 3_600_000;

/// Fields that are always read into the call.
const READ: &[(&str, Kind)] = &[
    ("id", Kind::Text),
    ("status", Kind::Text),
    ("agent_id", Kind::Text),
    ("agent_name", Kind::Text),
    ("duration_seconds", Kind::Secs),
    ("recording_url", Kind::Text),
    ("summary", Kind::Text),
    ("outcome", Kind::Text),
    ("transcript", Kind::Spoken),
    ("started_at", Kind::Time),
    ("ended_at", Kind::Time),
];

/// Of all generations.
pub(super) const SHAPE: Shape = Shape {
    ids: &["id"],
    own: &[
        "direction",
        "duration_seconds",
        "cost_cents",
        "cost_credits",
        "outcome",
        "transcript_url",
        "to_number",
        "from_number",
        "completed_at",
    ],
    shared: &["agent_id", "recording_url", "transcript", "started_at", "ended_at"],
    spoken: &["transcript", "transcript_url"],
    lists: &[&["data"]],
};

const NUMBERS: &[(&str, Kind)] = &[
    ("direction", Kind::Text),
    ("to", Kind::Text),
    ("from", Kind::Text),
    ("to_number", Kind::Text),
    ("from_number", Kind::Text),
    ("phone_number", Kind::Text),
];

/// Fields that the provider may empty again.
pub(super) const CARRIED: &[Carried] = &[
    (Field::Duration, &["duration_seconds"]),
    (Field::Ended, &["ended_at", "completed_at"]),
    (Field::Summary, &["summary"]),
    (Field::Outcomes, &["outcome"]),
    (Field::Success, &["outcome"]),
    (Field::Voicemail, &["outcome"]),
    (Field::Cost, &["cost_cents", "cost_credits"]),
    (Field::Contact, &["metadata"]),
    (Field::Campaign, &["metadata"]),
];

/// The fields that were read into a call; every other is told as it is named. Numbers of a call
/// without a known direction belong to nobody we know, and of two costs one is read.
pub(super) fn read_names(fields: &Fields) -> Vec<&'static str> {
    let numbers = if direction(fields).is_some() { NUMBERS } else { &[] };
    let cost = ["cost_cents", "cost_credits"].into_iter().find(|name| fields.number(name).is_some());
    readable(fields, READ).chain(readable(fields, numbers)).chain(cost).collect()
}

/// Reads a call: of the list or of the detail.
pub(super) fn call(key: CallKey, fields: &Fields, now_ms: i64) -> Call {
    let mut call = Call::new(key);
    call.started_ms = fields.time_ms("started_at").or_else(|| fields.time_ms("created_at"));
    call.ended_ms = fields.time_ms("ended_at").or_else(|| fields.time_ms("completed_at"));
    call.duration_ms = fields.secs_as_ms("duration_seconds");
    call.status = fields.text("status").map_or(Status::NotGiven, |word| Status::of(&word));
    read_direction(&mut call, fields);
    call.agent_id = fields.text("agent_id");
    call.agent_name = fields.text("agent_name");
    call.summary = fields.text("summary");
    call.outcomes =
        fields.text("outcome").map(|value| Outcome { name: None, value }).into_iter().collect();
    let voicemail = |outcome: &Outcome| outcome.value.eq_ignore_ascii_case("voicemail");
    call.voicemail = call.outcomes.iter().any(voicemail).then_some(true);
    let cents = fields.number("cost_cents").map(Cost::UsCents);
    call.cost = cents.or_else(|| fields.number("cost_credits").map(Cost::Credits));
    let metadata = fields.object("metadata").unwrap_or_default();
    call.campaign = metadata.text("campaign_id");
    call.customer.contact_id = metadata.text("contact_id");
    call.recording = recording(&call, fields, now_ms);
    call
}

fn direction(fields: &Fields) -> Option<(Direction, Channel)> {
    match fields.text("direction")?.to_ascii_lowercase().as_str() {
        "inbound" => Some((Direction::Inbound, Channel::Phone)),
        "outbound" => Some((Direction::Outbound, Channel::Phone)),
        // A direction of its own at Truedy, without numbers on either side.
        "webrtc" => Some((Direction::Unknown, Channel::Web)),
        _ => None,
    }
}

fn read_direction(call: &mut Call, fields: &Fields) {
    (call.direction, call.channel) =
        direction(fields).unwrap_or((Direction::Unknown, Channel::Phone));
    let to = fields.first_text(&["to", "to_number"]);
    let from = fields.first_text(&["from", "from_number"]);
    let (customer, own) = match call.direction {
        Direction::Inbound => (from, to),
        Direction::Outbound => (to, from),
        Direction::Unknown => (None, None),
    };
    let customer = customer.or_else(|| fields.text("phone_number"));
    call.customer.phone = customer.as_deref().and_then(calls::phone::given).map(str::to_owned);
    call.own_number = own;
}

/// A recording can be had for 24 hours after the call ended, then never again.
fn recording(call: &Call, fields: &Fields, now_ms: i64) -> Recording {
    let lasted = call.duration_ms.unwrap_or_default();
    let ended = call.ended_ms.or_else(|| Some(call.started_ms? + lasted));
    let until_ms = ended.map(|ended| ended + RECORDING_KEPT_MS);
    let gone = until_ms.is_some_and(|until| until <= now_ms);
    match fields.text("recording_url") {
        // Where the record has no end, the call may have ended later than its start and length
        // say (it queued first): a link that may still work is offered.
        Some(_) if gone && call.ended_ms.is_some() => Recording::Expired,
        Some(_) if gone => Recording::Available { until_ms: None },
        Some(_) => Recording::Available { until_ms },
        None if gone && lasted > 0 && call.status == Status::Completed => Recording::Expired,
        None if !fields.has("recording_url") => Recording::Unknown,
        None if is_fresh(call, now_ms) => Recording::NotReady,
        None => Recording::Absent,
    }
}

/// `[{speaker: "agent" | "contact", text, timestamp}]` with seconds from the start of the call,
/// or null "for a few seconds while processing finishes" (guide).
pub(super) fn transcript(fields: &Fields, call: &Call, now_ms: i64) -> Transcript {
    let offset_ms = |moment| match moment {
        Moment::Number(secs) | Moment::Clock(secs) => secs_as_ms(secs),
        Moment::At(at_ms) => call.started_ms.map(|start| at_ms - start),
    };
    match Written::read(fields.raw("transcript")) {
        // The API reference's generation names an address instead of the turns.
        Written::Nothing if fields.text("transcript_url").is_some() => Transcript::Elsewhere,
        Written::Nothing if is_fresh(call, now_ms) => Transcript::BeingWritten,
        written => written.transcript(offset_ms),
    }
}
