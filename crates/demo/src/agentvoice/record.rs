//! One call in AgentVoice's words: the 21 light fields (document "Calls").

use serde_json::{Map, Value};

use super::extra;
use crate::call::{Audio, Call, Channel, End, Phase};
use crate::clock::{self, DAY, MINUTE, SECOND};
use crate::id;
use crate::recording;
use crate::world::World;

/// Which field groups a request asked for.
#[derive(Clone, Copy, Default)]
pub(super) struct Fields {
    pub(super) full: bool,
    pub(super) transcript: bool,
    pub(super) metrics: bool,
    pub(super) diagnostics: bool,
    pub(super) actions: bool,
}

const CAMPAIGNS: [&str; 3] =
    ["Autumn Outreach", "Service Plan Renewal", "Appointment Reminders November"];

/// What `most_recent=true` leaves out in the document's example.
const LEFT_OUT: [&str; 7] = [
    "contact_email",
    "phone_number_called_from",
    "went_to_voicemail",
    "ended_reason",
    "recording_url",
    "campaign_id",
    "campaign_name",
];

/// Records are created a few seconds before the call starts, as in the document's example.
pub(super) fn started_ms(call: &Call, phase: Phase) -> i64 {
    let waiting = matches!(phase, Phase::Queued | Phase::Ringing);
    let dialled = call.created_ms + if phase == Phase::Queued { 0 } else { 2 * SECOND };
    call.answered_ms.filter(|_| !waiting).unwrap_or(dialled)
}

pub(super) fn ended_ms(call: &Call, phase: Phase) -> Option<i64> {
    phase.over().then_some(call.ended_ms)
}

/// Only `completed` is documented; the other words are those of the platform behind it.
pub(super) fn status(call: &Call, phase: Phase) -> &'static str {
    match (phase, call.end) {
        (Phase::Queued, _) => "queued",
        (Phase::Ringing, _) => "ringing",
        (Phase::Talking, _) => "in-progress",
        (_, End::NoAnswer) => "no-answer",
        (_, End::Busy) => "busy",
        (_, End::LineFailed | End::SystemFailed) => "failed",
        (_, End::Cancelled) => "canceled",
        _ => "completed",
    }
}

fn ended_reason(call: &Call) -> &'static str {
    match call.end {
        End::CustomerHungUp => "customer-ended-call",
        End::AgentHungUp => "assistant-ended-call",
        End::Transferred => "assistant-forwarded-call",
        End::TimedOut if call.talk_ms() > Some(5 * MINUTE) => "exceeded-max-duration",
        End::TimedOut => "silence-timed-out",
        End::Voicemail => "voicemail",
        End::NoAnswer => "customer-did-not-answer",
        End::Busy => "customer-busy",
        End::LineFailed => "twilio-failed-to-connect-call",
        End::SystemFailed => "assistant-error",
        End::Cancelled => "manually-canceled",
    }
}

pub(super) fn kind(call: &Call) -> &'static str {
    if call.channel == Channel::Outbound { "outbound" } else { "inbound" }
}

/// Most customers are linked contacts.
pub(super) fn contact_id<'a>(world: &'a World, call: &Call) -> Option<&'a str> {
    let contact = call.person.filter(|person| person % 7 != 3)?;
    Some(world.people.get(contact)?.contact_id.as_str())
}

/// Outbound calls belong to a campaign.
pub(super) fn campaign(world: &World, call: &Call) -> Option<(String, &'static str)> {
    let place = usize::try_from(call.key % 4).ok()?;
    let name = CAMPAIGNS.get(place).filter(|_| call.channel == Channel::Outbound)?;
    Some((id::uuid(&[world.options.seed, 0xca3b, u64::try_from(place).ok()?]), name))
}

/// A call with the fields that were asked for.
pub(super) fn written(
    world: &World,
    call: &Call,
    phase: Phase,
    fields: Fields,
    short: bool,
) -> Value {
    let mut row = light(world, call, phase);
    if short {
        row.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
    }
    extra::add(&mut row, world, call, phase, fields);
    Value::Object(row)
}

fn light(world: &World, call: &Call, phase: Phase) -> Map<String, Value> {
    let mut row = Map::new();
    let mut set = |name: &str, value: Value| row.insert(name.to_owned(), value);
    let done = phase == Phase::Done;
    set("id", call.id.as_str().into());
    set("agent_id", world.agent_id(call.agent).into());
    set("agent_name", call.agent().name.into());
    let contact = contact_id(world, call);
    let email =
        call.person.and_then(|person| world.people.get(person)).map(|person| person.email.as_str());
    set("contact_id", contact.into());
    set("contact_first_name", call.first_name.clone().filter(|_| contact.is_some()).into());
    set("contact_last_name", call.last_name.clone().filter(|_| contact.is_some()).into());
    set("contact_email", email.filter(|_| contact.is_some()).into());
    set("phone_number", call.phone.clone().into());
    let from = if call.channel == Channel::Outbound {
        Some(call.agent().number.to_owned())
    } else {
        call.phone.clone()
    };
    set("phone_number_called_from", from.into());
    set("call_type", kind(call).into());
    set("status", status(call, phase).into());
    set("call_success", call.success.filter(|_| done).into());
    set("went_to_voicemail", (call.end == End::Voicemail && phase.over()).into());
    set("call_duration", duration(call, phase));
    set("started_at", clock::millis(started_ms(call, phase)).into());
    set("ended_at", ended_ms(call, phase).map(clock::millis).into());
    set("ended_reason", phase.over().then(|| ended_reason(call)).into());
    set("recording_url", recording_url(world, call, done));
    let campaign = campaign(world, call);
    set("campaign_id", campaign.as_ref().map(|(id, _)| id.as_str()).into());
    set("campaign_name", campaign.map(|(_, name)| name).into());
    set("created_at", clock::millis(call.created_ms).into());
    row
}

/// 0 where it only rang, null where it never stood or still goes on.
fn duration(call: &Call, phase: Phase) -> Value {
    match (phase.over(), call.end, call.talk_ms()) {
        (false, ..) => Value::Null,
        (true, _, Some(ms)) => ((ms + SECOND / 2) / SECOND).into(),
        (true, End::NoAnswer | End::Cancelled, None) => 0.into(),
        (true, _, None) => Value::Null,
    }
}

fn recording_url(world: &World, call: &Call, done: bool) -> Value {
    match (done && call.recorded(), call.audio) {
        (true, _) => recording::url(world, call, false, world.now_ms() + 7 * DAY).into(),
        (false, Audio::EmptyLink) if done => "".into(),
        (false, _) => Value::Null,
    }
}
