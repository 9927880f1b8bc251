//! What is said of one call under a name: every name, with its value.

use calls::insight::{Happening, HappeningKind, Judgement, Reply, Stage, StageKind, When};
use calls::{Call, Cost, Fact, Insight, Outcome, Recording, Success};
use dashboard::components::analysis::Analysis;
use dashboard::components::call_panel::Summary;
use dashboard::components::diagnostics::Diagnostics;
use dashboard::components::facts::Facts;
use dashboard::components::raw_view::RawView;
use dashboard::place::Place;
use leptos::prelude::*;

use crate::html::Element;
use crate::stage::{HOSTILE, HOUR_MS, NOW_MS, call, drawn, drawn_over};

/// A call of which everything is known, each thing otherwise.
fn known() -> Call {
    let some = |text: &str| Some(text.to_owned());
    let mut call = call("call_1");
    call.started_ms = Some(NOW_MS - 2 * HOUR_MS);
    call.ended_ms = Some(NOW_MS - HOUR_MS);
    call.duration_ms = Some(125_000);
    call.customer.name = some("Hans Meier");
    call.customer.phone = some("+493023125042");
    call.customer.email = some("hans@example.com");
    call.customer.contact_id = some("contact-7");
    call.request = some("Rückruf am Montag");
    call.summary = some("Er wird zurückgerufen.");
    call.note = some("Dringend");
    call.employee = some("Frau Weber");
    call.agent_name = some("Empfang");
    call.agent_id = some("agent-3");
    call.version = some("v12");
    call.retries = Some(2);
    call.retry_of = some("call_0");
    call.own_number = some("+493023125001");
    call.campaign = some("Herbst");
    call.end_reason = some("user_hangup");
    call.score = Some(8.5);
    call.cost = Some(Cost::UsCents(12.0));
    call.recording = Recording::Available { until_ms: None };
    call
}

fn pairs(html: &Element) -> Vec<(String, String)> {
    let values = html.all("dd").into_iter().map(Element::text);
    html.all("dt").into_iter().map(Element::text).zip(values).collect()
}

fn details(call: Call) -> Vec<(String, String)> {
    pairs(&drawn_over(&[], Place::default(), move |_| {
        view! { <Facts call=call others=vec![] provider="Truedy".into()/> }
    }))
}

#[test]
fn every_name_in_details_stands_with_its_value() {
    let expected = [
        ("Customer", "Hans Meier"),
        ("Phone number", "+493023125042"),
        ("E-mail", "hans@example.com"),
        ("Contact id", "contact-7"),
        ("Request", "Rückruf am Montag"),
        ("Assigned to", "Frau Weber"),
        ("Agent", "Empfang"),
        ("Agent id", "agent-3"),
        ("Agent version", "v12"),
        ("Further attempts", "2"),
        ("Another attempt at", "call_0"),
        ("Our number", "+493023125001"),
        ("Campaign", "Herbst"),
        ("Started", "Sat 21 Nov 2026, 11:00 (Europe/Berlin)"),
        ("Ended", "Sat 21 Nov 2026, 12:00 (Europe/Berlin)"),
        ("Duration", "2:05"),
        ("End reason", "customer hung up (user_hangup)"),
        ("Cost", "US$ 0.12"),
        ("Recording", "Recording available"),
        ("Call id", "call_1"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let details = details(known());
    for pair in &expected {
        assert!(details.contains(pair), "{pair:?} is not among {details:#?}");
    }
    let unknown: Vec<_> = details.iter().filter(|pair| !expected.contains(pair)).collect();
    assert!(unknown.is_empty(), "no test knows {unknown:?}");
}

#[test]
fn costs_keep_their_unit() {
    let mut call = known();
    call.cost = Some(Cost::Credits(1.5));
    assert!(details(call).contains(&("Cost".into(), "1.5 credits".into())));
}

#[test]
fn the_summary_names_what_was_wanted_what_happened_and_what_staff_wrote() {
    let summary = |call: Call| pairs(&drawn(move || view! { <Summary call=call/> }));
    let expected = [
        ("Request", "Rückruf am Montag"),
        ("Summary", "Er wird zurückgerufen."),
        ("Note", "Dringend"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(summary(known()), expected);
    assert_eq!(summary(call("2")), [], "of what is not known there is no name either");
}

fn fact(name: &str, value: &str) -> Fact {
    Fact { name: name.into(), value: value.into() }
}

fn analysis(call: Call, judgements: Vec<Judgement>, facts: Vec<Fact>) -> Element {
    drawn(move || {
        view! { <Analysis call=call judgements=judgements facts=facts provider="Atoms".into()/> }
    })
}

#[test]
fn an_analysis_says_what_came_of_the_call_with_reasons() {
    let mut call = known();
    call.success = Success::Yes;
    call.outcomes = vec![Outcome { name: Some("goal".into()), value: "met".into() }];
    let judgement = Judgement {
        name: "callback_wanted".into(),
        value: Some("true".into()),
        confidence: Some(0.914),
        reasoning: Some("He asked for it twice.".into()),
        facts: vec![fact("metric_type", "BOOLEAN")],
    };
    let unknown = Judgement {
        name: "topic".into(),
        value: None,
        confidence: None,
        reasoning: None,
        facts: vec![],
    };
    let html = analysis(call.clone(), vec![judgement, unknown], vec![fact("custom.a.1", "zebra")]);
    let said = html.spoken();
    for part in [
        "Success Yes",
        "Score 8.5",
        "Callback wanted 91 % sure true He asked for it twice.",
        "Metric type BOOLEAN",
        "Topic No answer",
        "zebra",
    ] {
        assert!(said.contains(part), "no {part} in: {said}");
    }
    assert!(!said.contains("goal"), "labels that are judged stand there once: {said}");
    assert!(analysis(call, vec![], vec![]).spoken().contains("goal: met"));
    let nothing = analysis(self::call("3"), vec![], vec![]).text();
    assert_eq!(nothing, "Atoms sent nothing of this kind for this call.");
}

fn diagnostics(insight: Insight, facts: Vec<Fact>) -> Element {
    drawn(move || {
        let play = Callback::new(|_: i64| {});
        view! { <Diagnostics call=known() insight=insight facts=facts provider="Atoms".into() on_play=Some(play)/> }
    })
}

#[test]
fn diagnostics_say_how_long_each_stage_and_reply_took_and_play_from_there() {
    let reply = |number: i64| Reply {
        number,
        heard_ms: Some(number * 7_000),
        spoke_ms: None,
        took_ms: 600 + number,
    };
    let insight = Insight {
        stages: vec![Stage { kind: StageKind::Thinking, name: "model_avg_ms".into(), ms: 1_250 }],
        replies: (1..=12).map(reply).collect(),
        happenings: vec![Happening {
            name: Some("find".into()),
            when: When::At(3_000),
            ..Happening::new(HappeningKind::Tool)
        }],
        ..Insight::default()
    };
    let html = diagnostics(insight, vec![fact("audio.jitter_ms", "12")]);
    let said = html.spoken();
    for part in ["Language model 1.25 s", "Reply 1 0:07 601 ms", "Tools 1", "find", "Jitter 12 ms"]
    {
        assert!(said.contains(part), "no {part} in: {said}");
    }
    let names = html.names("button");
    assert!(
        names.contains(&"Play from 0:07".into()) && names.contains(&"Show all 12 replies".into())
    );
    assert!(!said.contains("Reply 9"), "a long list is folded: {said}");
    let nothing = diagnostics(Insight::default(), vec![]).text();
    assert_eq!(nothing, "Atoms sent nothing of this kind for this call.");
}

#[test]
fn keys_can_be_copied_and_what_is_read_is_not() {
    let html = drawn_over(&[], Place::default(), |_| {
        let others = vec![fact("metadata.contact_id", "c-9"), fact("metadata.note", "x")];
        view! { <Facts call=known() others=others provider="Truedy".into()/> }
    });
    let copies: Vec<String> =
        html.names("button").into_iter().filter(|name| name.starts_with("Copy ")).collect();
    assert_eq!(
        copies,
        ["Copy call_1", "Copy call_0", "Copy agent-3", "Copy contact-7", "Copy c-9"]
    );
}

#[test]
fn raw_data_opens_branch_by_branch_and_stays_text() {
    let raw = serde_json::json!({"a": {"deep": "zebra"}, "b": HOSTILE, "c": []}).to_string();
    let html = drawn(move || view! { <RawView raw=raw/> });
    assert!(html.all("script").is_empty() && html.all("img").is_empty(), "{html:?}");
    assert!(!html.text().contains("zebra"), "what is closed is not drawn");
    assert!(html.names("button").iter().any(|name| name.starts_with('a')));
    let broken = drawn(|| view! { <RawView raw="{no json".into()/> });
    assert_eq!(broken.text(), "{no json");
}
