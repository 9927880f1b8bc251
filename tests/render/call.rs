//! A call: its row in the list, its head, its marks, its facts, its recording.

use calls::{Call, Direction, Fact, Outcome, Recording, Status, Success};
use dashboard::components::call_head::CallHead;
use dashboard::components::call_row::{Marks, StatusWord};
use dashboard::components::facts::Facts;
use dashboard::components::player::{Player, Playing};
use dashboard::locale::Locale;
use dashboard::place::Place;
use dashboard::table::Column;
use leptos::prelude::*;

use crate::html::Element;
use crate::row::drawn_row;
use crate::stage::{HOSTILE, HOUR_MS, NOW_MS, call, drawn, drawn_over};

pub(crate) fn talked() -> Call {
    let mut call = call("call_1");
    call.started_ms = Some(NOW_MS - 2 * HOUR_MS);
    call.duration_ms = Some(125_000);
    call.status = Status::Completed;
    call.direction = Direction::Inbound;
    call.customer.name = Some("Hans Meier".into());
    call.customer.phone = Some("+491701234567".into());
    call.request = Some("Rückruf am Montag".into());
    call.agent_name = Some("Empfang".into());
    call.success = Success::Yes;
    call.recording = Recording::Available { until_ms: None };
    call
}

#[test]
fn every_status_is_a_word_and_no_two_are_the_same() {
    let all = [
        Status::NotGiven,
        Status::Queued,
        Status::Ringing,
        Status::InProgress,
        Status::Completed,
        Status::Failed,
        Status::Cancelled,
        Status::NoAnswer,
        Status::Busy,
        Status::Other("forwarding".into()),
    ];
    let word = |status: Status| {
        let call = Call { status, ..call("1") };
        drawn(move || view! { <StatusWord call=call/> }).spoken()
    };
    let words: Vec<String> = all.into_iter().map(word).collect();
    assert!(words.iter().all(|word| !word.is_empty()), "{words:?}");
    assert_eq!(words.iter().collect::<std::collections::BTreeSet<_>>().len(), 10, "{words:?}");
    assert_eq!(words[9], "forwarding", "a word that is not known is shown as it is");
}

#[test]
fn marks_are_words_and_a_call_without_any_has_none() {
    let marked = |change: fn(&mut Call)| {
        let mut call = call("1");
        change(&mut call);
        drawn(move || view! { <Marks call=call/> }).spoken()
    };
    assert_eq!(marked(|_| {}), "");
    assert_eq!(marked(|call| call.todo = Some(true)), "To do");
    assert_eq!(marked(|call| call.todo = Some(false)), "", "done is not worth a mark");
    assert_eq!(marked(|call| call.deleted = true), "Deleted");
    assert_eq!(marked(|call| call.purged = true), "Purged");
    assert_eq!(marked(|call| call.voicemail = Some(true)), "Voicemail");
    assert_eq!(marked(|call| call.test = true), "Test");
    assert_eq!(marked(|call| call.retry = true), "Retry");
    assert_eq!(marked(|call| call.note = Some("Call back".into())), "Note: Call back");
}

#[test]
fn names_and_summaries_stay_text() {
    let mut call = talked();
    for text in [&mut call.customer.name, &mut call.request, &mut call.note, &mut call.agent_name] {
        *text = Some(HOSTILE.into());
    }
    call.status = Status::Other(HOSTILE.into());
    let head = call.clone();
    let head = drawn_over(&[], Place::default(), move |_| {
        let close = Callback::new(|()| {});
        view! { <CallHead call=head connection=HOSTILE.into() on_close=close/> }
    });
    for html in [drawn_row(&call, &Column::ALL), head] {
        assert!(html.all("script").is_empty() && html.all("img").is_empty(), "{html:?}");
        assert!(html.text().contains(HOSTILE), "{}", html.text());
    }
}

#[test]
fn the_head_of_a_call_says_who_when_how_long_and_how_it_came_out() {
    let mut call = talked();
    call.end_reason = Some("user_hangup".into());
    call.outcomes = vec![Outcome { name: Some("goal".into()), value: "met".into() }];
    let html = drawn_over(&[], Place::default(), move |_| {
        let close = Callback::new(|()| {});
        view! { <CallHead call=call connection="Sales line".into() on_close=close/> }
    });
    assert_eq!(html.names("heading"), ["Hans Meier"]);
    let said = html.spoken();
    for part in [
        "+491701234567",
        "Sat 21 Nov 2026, 11:00 (Europe/Berlin), 2 hours ago",
        "Empfang",
        "Sales line",
        "Duration 2:05",
    ] {
        assert!(said.contains(part), "no {part} in: {said}");
    }
    // A dot after a name that is written from right to left would stand before it.
    let parts: Vec<usize> = html.all("p").iter().map(|line| line.all("span").len()).collect();
    assert_eq!(parts[..2], [2, 3], "each part of a line stands in a span that the page orders");
    let badges: Vec<String> =
        html.one("list").by_role("listitem").into_iter().map(Element::spoken).collect();
    assert_eq!(
        badges[..5],
        ["Completed", "Yes", "Inbound", "Ended: customer hung up", "goal: met"]
    );
    assert_eq!(
        html.names("button"),
        ["Copy for CRM: time, outcome, summary, link", "Copy link to this call", "Close the call"]
    );
}

#[test]
fn facts_are_names_with_values_and_the_providers_own_stand_under_its_name() {
    let fact = |name: &str, value: &str| Fact { name: name.into(), value: value.into() };
    let others = vec![fact("metadata.ticket", "T-1"), fact("odd", HOSTILE)];
    let html = drawn_over(&[], Place::default(), move |_| {
        view! { <Facts call=talked() others=others provider="Truedy".into()/> }
    });
    let pairs: Vec<(String, String)> = html
        .all("dt")
        .into_iter()
        .zip(html.all("dd"))
        .map(|(name, value)| (name.text(), value.text()))
        .collect();
    assert!(pairs.contains(&("Phone number".into(), "+491701234567".into())), "{pairs:?}");
    assert!(pairs.contains(&("Ticket".into(), "T-1".into())), "{pairs:?}");
    assert!(pairs.contains(&("Odd".into(), HOSTILE.into())), "{pairs:?}");
    assert!(!pairs.iter().any(|(name, _)| name == "E-mail"), "what is not known is not listed");
    assert_eq!(html.names("heading"), ["Customer", "Call", "Ids", "What Truedy says beyond that"]);
}

#[test]
fn why_there_is_nothing_to_hear_is_said_in_words() {
    let words = Locale::english().words;
    for (recording, sentence) in [
        (Recording::Absent, words.recording_absent()),
        (Recording::Expired, words.recording_expired()),
        (Recording::Available { until_ms: Some(NOW_MS - 1) }, words.recording_expired()),
        (Recording::Purged, words.recording_purged()),
    ] {
        let html = drawn_over(&[], Place::default(), move |_| {
            view! { <Player key=call("1").key recording=recording playing=Playing::new(None)/> }
        });
        assert_eq!(html.text(), sentence, "{recording:?}");
        assert!(html.all("audio").is_empty() && html.by_role("button").is_empty());
    }
}
