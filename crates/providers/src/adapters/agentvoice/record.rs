//! A call of AgentVoice, read.

use calls::key::CallKey;
use calls::told::Field;
use calls::{Call, Direction, Recording, Status, Success, Transcript};

use super::diagnostics;
use crate::carried::Carried;
use crate::fields::{Fields, text_of};
use crate::reading::is_fresh;
use crate::shape::Shape;
use crate::turns::{Moment, Written, secs_as_ms};

/// Fields that are read into the call as a text or a number.
const TEXTS: &[&str] = &[
    "id",
    "agent_id",
    "agent_name",
    "contact_id",
    "contact_first_name",
    "contact_last_name",
    "contact_email",
    "phone_number",
    "status",
    "ended_reason",
    "recording_url",
    "call_description",
];

pub(super) const SHAPE: Shape = Shape {
    ids: &["id"],
    own: &[
        "call_type",
        "call_duration",
        "call_success",
        "went_to_voicemail",
        "ended_reason",
        "contact_id",
        "contact_first_name",
        "contact_last_name",
        "contact_email",
        "phone_number_called_from",
        "campaign_id",
        "campaign_name",
        "call_description",
        "transcript_formatted",
        "post_call_analysis",
    ],
    shared: &["agent_id", "recording_url", "transcript", "started_at", "ended_at"],
    spoken: &["transcript", "transcript_formatted"],
    lists: &[&["data"]],
};

/// Fields that are read as yes or no, as seconds and as times.
const YES_OR_NO: &[&str] = &["call_success", "went_to_voicemail"];
const SECONDS: &[&str] = &["call_duration"];
const TIMES: &[&str] = &["started_at", "ended_at"];

/// Fields that staff or the provider may empty again.
pub(super) const CARRIED: &[Carried] = &[
    (Field::Duration, &["call_duration"]),
    (Field::Ended, &["ended_at"]),
    (Field::Name, &["contact_first_name", "contact_last_name"]),
    (Field::Phone, &["phone_number"]),
    (Field::Email, &["contact_email"]),
    (Field::Contact, &["contact_id"]),
    (Field::Summary, &["call_description"]),
    (Field::Note, &["notes"]),
    (Field::Success, &["call_success"]),
    (Field::Voicemail, &["went_to_voicemail"]),
    (Field::EndReason, &["ended_reason"]),
    (Field::Campaign, &["campaign_name", "campaign_id"]),
];

/// A speech that runs over the stated end by this much is still within the call.
const SLACK_SECS: f64 = 10.0;

/// The fields that were read into a call; every other is told as it is named, and so is one whose
/// value is of a kind that could not be read.
pub(super) fn read_names(fields: &Fields) -> Vec<&'static str> {
    let direction = direction(fields);
    let kind = (direction != Direction::Unknown).then_some("call_type");
    let own = own_number(fields, direction).map(|_| "phone_number_called_from");
    let campaign = if fields.has("campaign_name") { "campaign_name" } else { "campaign_id" };
    let campaign = fields.text(campaign).map(|_| campaign);
    let notes = plain_notes(fields).is_some().then_some("notes");
    let texts = TEXTS.iter().filter(|name| fields.text(name).is_some());
    let bools = YES_OR_NO.iter().filter(|name| fields.bool(name).is_some());
    let seconds = SECONDS.iter().filter(|name| fields.secs_as_ms(name).is_some());
    let times = TIMES.iter().filter(|name| fields.time_ms(name).is_some());
    let read = texts.chain(bools).chain(seconds).chain(times).copied();
    read.chain(kind).chain(own).chain(campaign).chain(notes).chain(spoken(fields)).collect()
}

/// Which of the two transcripts were read. A raw text beside a structured one has the same words.
fn spoken(fields: &Fields) -> Vec<&'static str> {
    let read = |name: &str| Written::read(fields.raw(name));
    let (formatted, raw) = (read("transcript_formatted"), read("transcript"));
    let structured = formatted != Written::Nothing;
    let raw_read = if structured { matches!(raw, Written::Text(_)) } else { raw != Written::Nothing };
    let formatted = structured.then_some("transcript_formatted");
    formatted.into_iter().chain(raw_read.then_some("transcript")).collect()
}

/// Reads a call: light or full.
pub(super) fn call(key: CallKey, fields: &Fields, now_ms: i64) -> Call {
    let mut call = Call::new(key);
    call.started_ms = fields.time_ms("started_at").or_else(|| fields.time_ms("created_at"));
    call.ended_ms = fields.time_ms("ended_at");
    call.duration_ms = fields.secs_as_ms("call_duration");
    call.status = fields.text("status").map_or(Status::NotGiven, |word| Status::of(&word));
    call.direction = direction(fields);
    call.agent_id = fields.text("agent_id");
    call.agent_name = fields.text("agent_name");
    read_customer(&mut call, fields);
    call.summary = fields.text("call_description");
    call.note = plain_notes(fields);
    call.success = Success::of(fields.bool("call_success"));
    call.voicemail = fields.bool("went_to_voicemail");
    call.end_reason = fields.text("ended_reason");
    call.campaign = fields.first_text(&["campaign_name", "campaign_id"]);
    diagnostics::read(&mut call, fields);
    call.recording = recording(&call, fields, now_ms);
    call
}

fn direction(fields: &Fields) -> Direction {
    match fields.text("call_type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "inbound" => Direction::Inbound,
        "outbound" => Direction::Outbound,
        _ => Direction::Unknown,
    }
}

/// `phone_number` is the "customer phone number" whatever the direction. The "originating phone
/// number" is ours when we call, and the customer's own once more when they do.
fn read_customer(call: &mut Call, fields: &Fields) {
    let names = [fields.text("contact_first_name"), fields.text("contact_last_name")];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    call.customer.name = (!name.is_empty()).then_some(name);
    call.customer.email = fields.text("contact_email");
    call.customer.contact_id = fields.text("contact_id");
    let phone = fields.text("phone_number");
    call.customer.phone = phone.as_deref().and_then(calls::phone::given).map(str::to_owned);
    call.own_number = own_number(fields, call.direction);
}

/// "Originating number": of an inbound call it is the customer's.
fn own_number(fields: &Fields, direction: Direction) -> Option<String> {
    let is_ours = direction == Direction::Outbound;
    fields.text("phone_number_called_from").filter(|_| is_ours)
}

/// "Array of notes added to the call", whose items are not documented. Plain texts are read,
/// anything else is told as it came.
fn plain_notes(fields: &Fields) -> Option<String> {
    let notes = fields.list("notes");
    let texts: Vec<String> = notes.iter().copied().filter_map(text_of).collect();
    let plain = !texts.is_empty() && texts.len() == notes.len();
    if plain { Some(texts.join("\n")) } else { fields.text("notes") }
}

fn recording(call: &Call, fields: &Fields, now_ms: i64) -> Recording {
    match fields.text("recording_url") {
        Some(_) => Recording::Available { until_ms: None },
        None if !fields.has("recording_url") => Recording::Unknown,
        None if is_fresh(call, now_ms) => Recording::NotReady,
        None => Recording::Absent,
    }
}

/// "Structured transcript with speaker labels and timestamps", whose names and unit are not
/// documented; else the "raw transcript text".
pub(super) fn transcript(fields: &Fields, call: &Call, now_ms: i64) -> Transcript {
    let formatted = Written::read(fields.raw("transcript_formatted"));
    let raw = || Written::read(fields.raw("transcript"));
    let written = if formatted == Written::Nothing { raw() } else { formatted };
    if written == Written::Nothing && is_fresh(call, now_ms) {
        return Transcript::BeingWritten;
    }
    let scale = scale(&numbers(&written), call.duration_ms);
    written.transcript(|moment| offset_ms(moment, scale, call))
}

/// How many milliseconds into a call a moment lies, if a number is to be multiplied with `scale`.
pub(super) fn offset_ms(moment: Moment, scale: Option<f64>, call: &Call) -> Option<i64> {
    match moment {
        Moment::Clock(secs) => secs_as_ms(secs),
        Moment::At(at_ms) => call.started_ms.map(|start| at_ms - start),
        Moment::Number(number) => secs_as_ms(number * scale?),
    }
}

/// The scale of the transcript's numbers.
pub(super) fn spoken_scale(fields: &Fields, call: &Call) -> Option<f64> {
    let formatted = Written::read(fields.raw("transcript_formatted"));
    scale(&numbers(&formatted), call.duration_ms)
}

fn numbers(written: &Written) -> Vec<f64> {
    let numbers = written.moments().filter_map(|moment| match moment {
        Moment::Number(number) => Some(number),
        _ => None,
    });
    numbers.collect()
}

/// What a number must be multiplied with to be seconds: whichever of seconds and milliseconds
/// lies within the call. `None` if it cannot be told; a time is never made up.
pub(super) fn scale(numbers: &[f64], duration_ms: Option<i64>) -> Option<f64> {
    let last = numbers.iter().copied().fold(0.0, f64::max);
    #[allow(clippy::cast_precision_loss, reason = "checked to be within ten years")]
    let longest = duration_ms.map(|ms| ms as f64 / 1_000.0 + SLACK_SECS);
    let fractions = numbers.iter().any(|number| number.fract() != 0.0);
    match longest {
        Some(longest) if last <= longest => Some(1.0),
        Some(longest) if last / 1_000.0 <= longest => Some(0.001),
        Some(_) => None,
        None => fractions.then_some(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offsets(json: &str) -> Vec<Option<i64>> {
        let fields = Fields::parse(json).unwrap();
        let call = call(CallKey::parse("av/c").unwrap(), &fields, i64::MAX / 2);
        let Transcript::Turns(turns) = transcript(&fields, &call, i64::MAX / 2) else {
            return vec![];
        };
        turns.into_iter().map(|turn| turn.at_ms).collect()
    }

    #[test]
    fn the_unit_of_a_turns_time_is_the_one_that_lies_within_the_call() {
        let turns = |a: &str, b: &str| {
            format!(r#"[{{"role":"bot","text":"x","time":{a}}},{{"role":"user","text":"y","time":{b}}}]"#)
        };
        let call = |duration: &str, turns: &str| {
            format!(r#"{{"call_duration":{duration},"started_at":"2024-01-15T10:30:00Z","transcript_formatted":{turns}}}"#)
        };
        assert_eq!(offsets(&call("245", &turns("1.5", "200"))), [Some(1_500), Some(200_000)]);
        assert_eq!(offsets(&call("245", &turns("1500", "200000"))), [Some(1_500), Some(200_000)]);
        assert_eq!(offsets(&call("245", &turns("1500", "9000000"))), [None, None]);
        assert_eq!(offsets(&call("null", &turns("1", "2"))), [None, None]);
        assert_eq!(offsets(&call("null", &turns("1.5", "2"))), [Some(1_500), Some(2_000)]);
        let absolute = turns("\"2024-01-15T10:30:01.000Z\"", "1705314602500");
        assert_eq!(offsets(&call("245", &absolute)), [Some(1_000), Some(2_500)]);
    }

    #[test]
    fn an_unreadable_formatted_transcript_falls_back_to_the_raw_one() {
        let fields = Fields::parse(
            r#"{"transcript":"Agent: Hi","transcript_formatted":{"version":2,"lines":[]}}"#,
        );
        let fields = fields.unwrap();
        let call = call(CallKey::parse("av/c").unwrap(), &fields, 0);
        assert_eq!(transcript(&fields, &call, 0), Transcript::Text("Agent: Hi".into()));
    }

    #[test]
    fn the_originating_number_of_an_inbound_call_is_not_ours() {
        let read = |kind: &str| {
            let json = format!(
                r#"{{"call_type":"{kind}","phone_number":"+14155551234","phone_number_called_from":"+17375551234"}}"#
            );
            call(CallKey::parse("av/c").unwrap(), &Fields::parse(&json).unwrap(), 0)
        };
        assert_eq!(read("outbound").own_number.as_deref(), Some("+17375551234"));
        assert_eq!(read("inbound").own_number, None);
        assert_eq!(read("inbound").customer.phone.as_deref(), Some("+14155551234"));
    }

    #[test]
    fn notes_of_unknown_shape_are_told_and_plain_ones_are_the_note() {
        let plain = Fields::parse(r#"{"notes":["Call back","Thursday"]}"#).unwrap();
        assert_eq!(plain_notes(&plain).as_deref(), Some("Call back\nThursday"));
        let objects = Fields::parse(r#"{"notes":[{"by":"Max"}]}"#).unwrap();
        assert_eq!(plain_notes(&objects), None);
        assert!(!read_names(&objects).contains(&"notes"));
    }
}
