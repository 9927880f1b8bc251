use super::*;
use crate::told::{Field, Shape};

fn call() -> Call {
    Call::new(CallKey::parse("a/1").unwrap())
}

#[test]
fn opening_a_call_never_blanks_a_field() {
    let mut row = call();
    row.customer.name = Some("Hans Meier".into());
    row.status = Status::Completed;
    row.recording = Recording::Available { until_ms: None };
    let mut detail = call();
    detail.score = Some(8.0);
    row.merge(detail);
    assert_eq!(row.customer.name.as_deref(), Some("Hans Meier"));
    assert_eq!(row.status, Status::Completed);
    assert_eq!(row.recording, Recording::Available { until_ms: None });
    assert_eq!(row.score, Some(8.0));
}

#[test]
fn a_list_that_is_read_again_keeps_what_opening_told() {
    let mut opened = call();
    opened.opened = true;
    opened.transcript = Some(true);
    opened.latency_ms = Some(700);
    opened.interruptions = Some(0);
    opened.tool_errors = Some(false);
    let before = opened.clone();
    opened.merge(call());
    assert_eq!(opened, before);
}

#[test]
fn a_purge_wins_over_what_the_list_still_knew() {
    let mut row = call();
    row.customer.phone = Some("+491701234567".into());
    row.recording = Recording::Available { until_ms: None };
    row.transcript = Some(true);
    let mut detail = call();
    detail.purged = true;
    row.merge(detail);
    assert_eq!(row.customer.phone, None);
    assert_eq!(row.recording, Recording::Purged);
    assert_eq!(row.transcript, Some(false));
}

#[test]
fn zero_seconds_is_not_answered_and_no_duration_is_unknown() {
    let mut row = call();
    assert_eq!(row.answered(), None);
    row.status = Status::Busy;
    assert_eq!(row.answered(), Some(false));
    row.duration_ms = Some(0);
    row.status = Status::Completed;
    assert_eq!(row.answered(), Some(false));
    row.duration_ms = Some(1);
    assert_eq!(row.answered(), Some(true));
}

/// A note in one reading: not carried, carried empty, or one of two texts.
type Said = Option<Option<&'static str>>;

const SAID: [Said; 4] = [None, Some(None), Some(Some("a")), Some(Some("b"))];

fn reading(shape: Shape, note: Said) -> Call {
    let mut call = call();
    match note {
        None => {}
        Some(None) => call.told.note_empty(shape, Field::Note),
        Some(Some(text)) => {
            call.note = Some(text.into());
            call.told.note_value(shape, Field::Note);
        }
    }
    call
}

fn merged(readings: &[(Shape, Said)]) -> Option<String> {
    let mut call = call();
    for (shape, note) in readings {
        call.merge(reading(*shape, *note));
    }
    call.note
}

/// Every sequence of four readings, each of either shape.
fn sequences() -> impl Iterator<Item = [(Shape, Said); 4]> {
    let one = |n: usize| (if n < 4 { Shape::List } else { Shape::Detail }, SAID[n % 4]);
    (0..8_usize.pow(4)).map(move |n| [n % 8, n / 8 % 8, n / 64 % 8, n / 512].map(one))
}

#[test]
fn of_every_order_of_readings_the_last_that_says_something_counts() {
    for readings in sequences() {
        let after = merged(&readings);
        let (last, before) = (readings[3], merged(&readings[..3]));
        match last.1 {
            Some(Some(text)) => assert_eq!(after.as_deref(), Some(text), "{readings:?}"),
            None => assert_eq!(after, before, "what is not carried changes nothing: {readings:?}"),
            Some(None) => assert!(after.is_none() || after == before, "{readings:?}"),
        }
        let again = [&readings[..], &[last]].concat();
        assert_eq!(merged(&again), after, "the same reading twice: {readings:?}");
    }
}

#[test]
fn what_one_shape_told_and_now_carries_empty_is_gone_and_no_other_shape_can_say_so() {
    for readings in sequences() {
        let [.., (shape, said)] = readings;
        if said != Some(None) {
            continue;
        }
        let of_shape = readings[..3].iter().rev().find(|(of, said)| *of == shape && said.is_some());
        let told = of_shape.is_some_and(|(_, said)| *said != Some(None));
        let (before, after) = (merged(&readings[..3]), merged(&readings));
        let cleared_since = before.is_none();
        assert!(after.is_none() || !told, "{readings:?}");
        if !told && !cleared_since {
            assert_eq!(after, before, "only the other shape has it: {readings:?}");
        }
    }
}

#[test]
fn every_field_that_can_be_told_can_be_taken_back() {
    for field in Field::ALL {
        let mut full = full();
        assert!(full.holds(field), "{field:?}");
        full.told.note_value(Shape::List, field);
        let mut empty = call();
        empty.told.note_empty(Shape::List, field);
        full.merge(empty);
        for other in Field::ALL {
            assert_eq!(full.holds(other), other != field, "{field:?} {other:?}");
        }
    }
}

fn full() -> Call {
    let mut call = call();
    (call.ended_ms, call.duration_ms, call.todo) = (Some(1), Some(1), Some(true));
    call.customer = Customer {
        name: Some("Ada".into()),
        phone: Some("+14155550100".into()),
        email: Some("ada@example.com".into()),
        contact_id: Some("c".into()),
    };
    let text = || Some("x".to_owned());
    (call.request, call.summary, call.note, call.employee) = (text(), text(), text(), text());
    (call.end_reason, call.campaign) = (text(), text());
    call.success = Success::Yes;
    call.outcomes = vec![Outcome { name: None, value: "interested".into() }];
    (call.voicemail, call.cost, call.score) = (Some(true), Some(Cost::Credits(1.0)), Some(8.0));
    call.deleted = true;
    call
}

#[test]
fn a_restored_call_is_no_longer_deleted_whichever_answer_says_so() {
    for (deleted_by, restored_by) in
        [(Shape::List, Shape::List), (Shape::Detail, Shape::List), (Shape::List, Shape::Detail)]
    {
        let mut row = call();
        row.deleted = true;
        row.told.note_value(deleted_by, Field::Deleted);
        row.merge(call());
        assert!(row.deleted, "an answer without the mark says nothing");
        let mut restored = call();
        restored.told.note_empty(restored_by, Field::Deleted);
        row.merge(restored);
        assert!(!row.deleted);
    }
}
