//! What is said of one call under a name: every name, with its value.

use calls::{Call, Cost, Recording};
use dashboard::components::call_panel::Summary;
use dashboard::components::facts::Facts;
use dashboard::place::Place;
use leptos::prelude::*;

use crate::html::Element;
use crate::stage::{HOUR_MS, NOW_MS, call, drawn, drawn_over};

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
        ("Score", "8.5"),
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
