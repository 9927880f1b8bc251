//! A call of TalkPilot, read.

use calls::key::CallKey;
use calls::told::Field;
use calls::{Call, Recording, Success, Transcript};

use crate::carried::{Carried, Kind, readable};
use crate::fields::Fields;
use crate::reading::is_fresh;
use crate::shape::Shape;
use crate::turns::{Moment, Written, secs_as_ms};

/// Fields that are read into the call. `call_id` is read and told as well: it has no name here.
const READ: &[(&str, Kind)] = &[
    ("id", Kind::Text),
    ("customer_name", Kind::Text),
    ("customer_request", Kind::Text),
    ("phone_number", Kind::Text),
    ("duration", Kind::Secs),
    ("done", Kind::Flag),
    ("general_success", Kind::Flag),
    ("disconnection_reason", Kind::Text),
    ("call_summary", Kind::Text),
    ("employee", Kind::Text),
    ("note", Kind::Text),
    ("agent_id", Kind::Text),
    ("is_purged", Kind::Flag),
    ("created_at", Kind::Time),
    ("transcript", Kind::Spoken),
    ("audio_file_url", Kind::Text),
    ("final_score", Kind::Number),
];

/// Fields that staff or the provider may empty again, or whose marks are taken off.
pub(super) const CARRIED: &[Carried] = &[
    (Field::Name, &["customer_name"]),
    (Field::Phone, &["phone_number"]),
    (Field::Duration, &["duration"]),
    (Field::Request, &["customer_request"]),
    (Field::Summary, &["call_summary"]),
    (Field::Note, &["note"]),
    (Field::Employee, &["employee"]),
    (Field::Todo, &["done"]),
    (Field::Success, &["general_success"]),
    (Field::EndReason, &["disconnection_reason"]),
    (Field::Score, &["final_score"]),
    (Field::Deleted, &["deleted_at"]),
];

/// `call_id` is the id of the telephone line; `id` is the one that links are made of.
pub(super) const SHAPE: Shape = Shape {
    ids: &["agent_id", "id"],
    own: &[
        "call_id",
        "customer_name",
        "customer_request",
        "done",
        "general_success",
        "disconnection_reason",
        "call_summary",
        "employee",
        "note",
        "is_purged",
        "deleted_at",
        "audio_file_url",
        "final_score",
    ],
    shared: &["agent_id", "duration", "transcript"],
    spoken: &["transcript"],
    lists: &[&["data"]],
};

/// What a purge takes: "purged calls will have `transcript`, `audio_file_url`, and `phone_number`
/// set to null" ("Calls"). We do not rely on it.
pub(super) const PURGED: &[&str] = &["transcript", "audio_file_url", "phone_number"];

/// The fields that were read into a call; every other is told as it is named. What a purge takes
/// is told under no name.
pub(super) fn read_names(fields: &Fields) -> Vec<&'static str> {
    let purged = fields.bool("is_purged") == Some(true);
    let taken = PURGED.iter().filter(|_| purged).copied();
    readable(fields, READ).chain(taken).collect()
}

/// Reads a call: of the list or of the detail. There is no direction, no status, no end and no
/// cost; `done` is a to-do mark of the staff and no status of the call.
pub(super) fn call(key: CallKey, fields: &Fields, now_ms: i64) -> Call {
    let mut call = Call::new(key);
    call.started_ms = fields.time_ms("created_at");
    call.duration_ms = fields.secs_as_ms("duration");
    call.agent_id = fields.text("agent_id");
    call.customer.name = fields.text("customer_name");
    call.request = fields.text("customer_request");
    call.summary = fields.text("call_summary");
    call.note = fields.text("note");
    call.employee = fields.text("employee");
    call.todo = fields.bool("done").map(|done| !done);
    call.success = Success::of(fields.bool("general_success"));
    call.end_reason = fields.text("disconnection_reason");
    call.score = fields.number("final_score");
    call.purged = fields.bool("is_purged") == Some(true);
    call.deleted = fields.text("deleted_at").is_some();
    call.other_id = fields.text("call_id");
    if !call.purged {
        let phone = fields.text("phone_number");
        call.customer.phone = phone.as_deref().and_then(calls::phone::given).map(str::to_owned);
    }
    call.recording = recording(&call, fields, now_ms);
    call
}

fn recording(call: &Call, fields: &Fields, now_ms: i64) -> Recording {
    match fields.text("audio_file_url") {
        _ if call.purged => Recording::Purged,
        Some(_) => Recording::Available { until_ms: None },
        None if !fields.has("audio_file_url") => Recording::Unknown,
        None if is_fresh(call, now_ms) => Recording::NotReady,
        None => Recording::Absent,
    }
}

/// "JSON string of conversation `[{"role":"agent","text":"..."},...]`" ("Calls"). No times are
/// documented; if some are sent they are taken as seconds.
pub(super) fn transcript(fields: &Fields, call: &Call, now_ms: i64) -> Transcript {
    if call.purged {
        return Transcript::Purged;
    }
    let offset_ms = |moment| match moment {
        Moment::Number(secs) | Moment::Clock(secs) => secs_as_ms(secs),
        Moment::At(at_ms) => call.started_ms.map(|start| at_ms - start),
    };
    match Written::read(fields.raw("transcript")) {
        Written::Nothing if is_fresh(call, now_ms) => Transcript::BeingWritten,
        written => written.transcript(offset_ms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> (Call, Transcript) {
        let fields = Fields::parse(json).unwrap();
        let call = call(CallKey::parse("tp/a~c").unwrap(), &fields, 1_773_916_200_000);
        let transcript = transcript(&fields, &call, 1_773_916_200_000);
        (call, transcript)
    }

    #[test]
    fn a_purge_wins_over_what_is_still_sent() {
        let (call, transcript) = read(
            r#"{"is_purged":true,"phone_number":"+491701234567","customer_name":"Hans Meier",
                "audio_file_url":"https://storage.example.com/a.wav","transcript":"[]"}"#,
        );
        assert_eq!(call.customer.phone, None);
        assert_eq!(call.recording, Recording::Purged);
        assert_eq!(transcript, Transcript::Purged);
        assert_eq!(call.customer.name.as_deref(), Some("Hans Meier"));
    }

    #[test]
    fn a_call_that_just_ended_may_still_get_its_transcript_and_recording() {
        let just = r#"{"created_at":"2026-03-19T10:25:00Z","duration":60,"transcript":null,"audio_file_url":null}"#;
        let (call, transcript) = read(just);
        assert_eq!(call.recording, Recording::NotReady);
        assert_eq!(transcript, Transcript::BeingWritten);
        let (call, transcript) = read(&just.replace("T10:25", "T08:25"));
        assert_eq!((call.recording, transcript), (Recording::Absent, Transcript::Absent));
        let (call, _) = read(&just.replace(":60", ":0"));
        assert_eq!(call.recording, Recording::Absent, "nobody answered");
    }

    #[test]
    fn done_is_a_to_do_mark_and_no_status() {
        let (call, _) = read(r#"{"done":false,"duration":60}"#);
        assert_eq!((call.todo, call.status), (Some(true), calls::Status::NotGiven));
        assert_eq!(read("{}").0.todo, None);
    }
}
