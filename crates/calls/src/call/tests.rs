use super::*;
use crate::told::{Field, Origin};

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
fn a_time_that_was_told_stays_before_one_read_from_the_id() {
    let at = |started_ms, of_id| {
        let mut read = call();
        read.started_ms = started_ms;
        read.told.note_start_of_id(of_id);
        read
    };
    let after = |first: Call, second: Call| {
        let mut read = first;
        read.merge(second);
        read.started_ms
    };
    let (told, of_id) = (at(Some(5_000), false), at(Some(1_000), true));
    assert_eq!(after(told.clone(), of_id.clone()), Some(5_000), "opening the call keeps its time");
    assert_eq!(after(of_id.clone(), told.clone()), Some(5_000), "the list comes after a link");
    assert_eq!(after(of_id.clone(), at(Some(2_000), true)), Some(2_000));
    assert_eq!(after(told.clone(), at(Some(7_000), false)), Some(7_000), "told anew");
    assert_eq!(after(told, at(None, false)), Some(5_000));
    let mut three = of_id.clone();
    three.merge(at(Some(5_000), false));
    three.merge(of_id);
    assert_eq!(three.started_ms, Some(5_000));
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

fn reading(origin: Origin, note: Said) -> Call {
    let mut call = call();
    match note {
        None => {}
        Some(None) => call.told.note_empty(origin, Field::Note),
        Some(Some(text)) => {
            call.note = Some(text.into());
            call.told.note_value(origin, Field::Note);
        }
    }
    call
}

fn merged(readings: &[(Origin, Said)]) -> Option<String> {
    let mut call = call();
    for (origin, note) in readings {
        call.merge(reading(*origin, *note));
    }
    call.note
}

/// Every sequence of four readings, each of either origin.
fn sequences() -> impl Iterator<Item = [(Origin, Said); 4]> {
    let one = |n: usize| (if n < 4 { Origin::List } else { Origin::Detail }, SAID[n % 4]);
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
        let [.., (origin, said)] = readings;
        if said != Some(None) {
            continue;
        }
        let of_origin =
            readings[..3].iter().rev().find(|(of, said)| *of == origin && said.is_some());
        let told = of_origin.is_some_and(|(_, said)| *said != Some(None));
        let (before, after) = (merged(&readings[..3]), merged(&readings));
        let cleared_since = before.is_none();
        assert!(after.is_none() || !told, "{readings:?}");
        if !told && !cleared_since {
            assert_eq!(after, before, "only the other origin has it: {readings:?}");
        }
    }
}

#[test]
fn every_field_that_can_be_told_can_be_taken_back() {
    for field in Field::ALL {
        let mut full = full();
        assert!(full.holds(field), "{field:?}");
        full.told.note_value(Origin::List, field);
        let mut empty = call();
        empty.told.note_empty(Origin::List, field);
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
    for (deleted_by, restored_by) in [
        (Origin::List, Origin::List),
        (Origin::Detail, Origin::List),
        (Origin::List, Origin::Detail),
    ] {
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
