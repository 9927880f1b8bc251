//! What holds of everything that was read, whatever it was read from: it can be shown, counted and
//! linked to.

use calls::{Call, CallKey, Cost, OpenedCall, Recording, Transcript, Zone};
use dashboard::place::Place;
use providers::{Event, Refusal};

use crate::run::NOW_MS;

/// Years with four digits since 1970, which every screen and every file can write.
const SHOWN_MS: std::ops::Range<i64> = 0..253_402_300_800_000;

/// Ten years. What lasts longer is no call.
const LONGEST_MS: i64 = 320_000_000_000;

/// A day and a half. What is said later than that belongs to no call.
const LATEST_TURN_MS: i64 = 130_000_000;

/// Longest text that a refusal passes on.
const LONGEST_WORDS: usize = 300;

/// What a run over a list tells.
///
/// # Panics
/// If it cannot be shown.
pub fn event(event: &Event) {
    match event {
        Event::Calls(calls) => calls.iter().for_each(call),
        Event::Refused(refused) => refusal(refused),
        Event::Skipped { why, .. } => assert!(!why.is_empty(), "skipped without a word"),
        Event::Wait { until_ms } => {
            assert!((NOW_MS..=NOW_MS + 3_600_000).contains(until_ms), "waits until {until_ms}");
        }
        Event::Agents(agents) => {
            let named = agents.iter().all(|agent| !agent.id.is_empty() && !agent.name.is_empty());
            assert!(named, "{agents:?}");
        }
        _ => {}
    }
}

/// A call.
///
/// # Panics
/// If it cannot be shown, counted or linked to.
pub fn call(call: &Call) {
    assert_eq!(CallKey::parse(&call.key.to_string()).as_ref(), Some(&call.key));
    let place = Place { call: Some(call.key.clone()), ..Place::default() };
    assert_eq!(Place::parse(&place.fragment()), (place, Vec::new()), "its link leads elsewhere");
    for at_ms in [call.started_ms, call.ended_ms].into_iter().flatten() {
        assert!(SHOWN_MS.contains(&at_ms), "{at_ms} is in no year that can be written");
        let zone = Zone::utc();
        assert!(zone.day_start_ms(zone.day_of(at_ms)) <= at_ms);
    }
    let lasted_ms = call.duration_ms.unwrap_or_default();
    assert!((0..=LONGEST_MS).contains(&lasted_ms), "lasted {lasted_ms} ms");
    assert!(call.running_for_ms(NOW_MS).is_none_or(|ms| ms >= 0));
    let amount = call.cost.map(|cost| match cost {
        Cost::UsCents(amount) | Cost::Credits(amount) => amount,
    });
    let numbers = [amount, call.score];
    assert!(numbers.into_iter().flatten().all(f64::is_finite), "{numbers:?}");
    let number_is_gone = call.customer.phone.is_none() && call.recording == Recording::Purged;
    assert!(!call.purged || number_is_gone, "purged, and still there");
    texts(call);
}

/// A text that is there says something: an empty one would stand on screen as a name without a
/// value.
fn texts(call: &Call) {
    let texts = [
        &call.agent_id,
        &call.agent_name,
        &call.customer.name,
        &call.customer.phone,
        &call.customer.email,
        &call.customer.contact_id,
        &call.own_number,
        &call.request,
        &call.summary,
        &call.note,
        &call.employee,
        &call.end_reason,
        &call.campaign,
        &call.retry_of,
        &call.version,
    ];
    let said = texts.into_iter().flatten().all(|text| !text.trim().is_empty());
    assert!(said, "an empty text: {call:?}");
    assert!(call.outcomes.iter().all(|outcome| !outcome.label().trim().is_empty()));
}

/// A call that was opened.
///
/// # Panics
/// If it cannot be shown.
pub fn opened(opened: &OpenedCall) {
    call(&opened.call);
    transcript(&opened.transcript);
    let purged = matches!(opened.transcript, Transcript::Purged | Transcript::Absent);
    assert!(!opened.call.purged || purged, "purged, and still said");
    for fact in &opened.facts {
        assert!(!fact.value.is_empty(), "{} has no value", fact.name);
    }
    call(&opened.clone().over(Some(&opened.call)).call);
}

/// A transcript.
///
/// # Panics
/// If a turn says nothing, or at a time that is none.
pub fn transcript(transcript: &Transcript) {
    match transcript {
        Transcript::Turns(turns) => {
            assert!(!turns.is_empty(), "a transcript of no turns");
            for turn in turns {
                assert!(!turn.text.trim().is_empty(), "a turn that says nothing");
                let in_range = turn.at_ms.is_none_or(|at| (0..=LATEST_TURN_MS).contains(&at));
                assert!(in_range, "said at {:?}", turn.at_ms);
            }
        }
        Transcript::Text(text) => assert!(!text.trim().is_empty(), "a text that says nothing"),
        _ => {}
    }
}

/// A refusal.
///
/// # Panics
/// If it makes somebody wait for what has been, or for ever, or floods the screen.
pub fn refusal(refusal: &Refusal) {
    let soon = NOW_MS..=NOW_MS + 3_600_000;
    assert!(refusal.retry_ms.is_none_or(|at| soon.contains(&at)), "{refusal:?}");
    for words in [&refusal.text, &refusal.request_id, &refusal.code].into_iter().flatten() {
        assert!(words.chars().count() <= LONGEST_WORDS, "{} letters", words.chars().count());
    }
}
