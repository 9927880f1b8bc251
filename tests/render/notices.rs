//! What is said when something failed, is missing, or was misunderstood.

use calls::period::Span;
use dashboard::components::connection_card::ConnectionCard;
use dashboard::components::load_status::{Notices, health};
use dashboard::components::read_on::{list_text, narrowed_text};
use dashboard::locale::Locale;
use dashboard::notice;
use dashboard::pages::embed::{EmbedPage, Wanted};
use dashboard::place::{Misread, Place};
use dashboard::selection::{Selection, provide_selection, use_selection};
use dashboard::ui::message::{Message, Tone};
use leptos::prelude::*;
use load::{LoadState, Phase};
use providers::{Answer, Refusal};

use crate::html::Element;
use crate::stage::{HOSTILE, HOUR_MS, NOW_MS, drawn, drawn_over, drawn_settled};

fn shown(notice: notice::Notice) -> Element {
    drawn(move || {
        let (happened, advice) = (notice.happened, notice.advice);
        view! { <Message tone=Tone::Bad happened=happened advice=advice detail=notice.detail/> }
    })
}

#[test]
fn a_refusal_names_the_connection_and_passes_the_providers_words_on() {
    let body = r#"{"error":{"message":"No such key"},"meta":{"request_id":"req_9"}}"#;
    let refusal = Refusal::of(&Answer::of(401, body), 0);
    let state =
        LoadState { phase: Phase::Done, refusal: Some(refusal), skipped: 2, ..Default::default() };
    let adapter = providers::find("truedy").unwrap();
    let notices = notice::of_state(&state, "Sales line", adapter, Locale::english());
    assert_eq!(notices.len(), 2, "the refusal, and what could not be read");
    let said = shown(notices[0].clone()).one("alert").text();
    let advice = Locale::english().words.refused_key_advice();
    for part in ["Sales line", "401", "No such key", "req_9", advice.as_str()] {
        assert!(said.contains(part), "no {part} in: {said}");
    }
}

#[test]
fn a_provider_cannot_put_markup_into_its_refusal() {
    let body = serde_json::json!({ "error": HOSTILE }).to_string();
    let refusal = Refusal::of(&Answer::of(500, body), 0);
    let words = Locale::english().words;
    let html = shown(notice::of_refusal(&refusal, HOSTILE, None, words));
    assert!(html.all("script").is_empty() && html.all("img").is_empty(), "{html:?}");
    assert_eq!(html.text().matches(HOSTILE).count(), 2, "{}", html.text());
}

#[test]
fn what_a_link_got_wrong_is_said_and_does_not_interrupt() {
    let html = drawn_over(&[], Place::default(), |nav| {
        let call = Misread::Call("../x".into());
        nav.misread().set(vec![Misread::TurnedRange, call, Misread::Filter(HOSTILE.into())]);
        view! { <Notices/> }
    });
    let said = html.names("status");
    let words = Locale::english().words;
    assert_eq!(
        said,
        [words.misread_turned(), words.misread_call("../x"), words.misread_filter(HOSTILE)]
    );
    assert!(html.by_role("alert").is_empty());
}

#[test]
fn when_all_is_well_nothing_is_said() {
    let html = drawn_over(&[], Place::default(), |_| view! { <Notices/> });
    assert_eq!(html.text(), "");
}

#[test]
fn a_connections_health_is_a_sentence_and_never_only_a_colour() {
    let locale = Locale::english();
    let state = |phase, total| LoadState { phase, read: 412, total, ..Default::default() };
    let mut capped = state(Phase::Done, Some(1_901));
    capped.capped = true;
    let cases = [
        (None, "idle", "not asked yet"),
        (Some(state(Phase::Busy, Some(1_901))), "busy", "412 of 1,901"),
        (Some(state(Phase::Waiting { until_ms: 0 }, None)), "busy", "as the provider asked"),
        (Some(state(Phase::Done, Some(412))), "good", "loaded"),
        (Some(capped), "warn", "in part"),
    ];
    for (state, code, part) in cases {
        let (shown, said) = health("Sales line", state.as_ref(), 0, locale);
        assert_eq!(shown, code, "{said}");
        assert!(said.starts_with("Sales line") && said.contains(part), "{said}");
    }
}

#[test]
fn a_list_that_was_not_read_to_its_end_says_how_far_it_is() {
    let locale = Locale::english();
    let state = |phase, capped| LoadState {
        phase,
        capped,
        read: 12_000,
        total: Some(48_000),
        ..Default::default()
    };
    let list = |phase| list_text(&state(phase, true), "Sales line", locale);
    assert_eq!(list(Phase::Busy), "Sales line: searched 12,000 of 48,000.");
    assert!(list(Phase::Done).starts_with("Sales line: only 12,000 of 48,000 calls were read."));
    let narrowed = |state: &LoadState| narrowed_text(state, "Sales line", locale);
    let whole = narrowed(&state(Phase::Done, false));
    assert_eq!(whole, "Sales line: of the calls that pass these filters, all have been read.");
    for (phase, capped) in [(Phase::Busy, false), (Phase::Done, true)] {
        let said = narrowed(&state(phase, capped));
        assert!(said.contains("12,000 of 48,000") && said != whole, "{said}");
    }
    let refusal = Some(Refusal::of(&Answer::of(500, "{}"), 0));
    let failed = LoadState { refusal, ..state(Phase::Done, false) };
    assert!(narrowed(&failed).contains("(500)"), "a failure is never taken for all");
}

#[test]
fn calls_that_may_be_missing_are_said_to() {
    let state = LoadState { phase: Phase::Done, doubtful: true, ..Default::default() };
    let adapter = providers::find("agentvoice").unwrap();
    let notices = notice::of_state(&state, "Sales line", adapter, Locale::english());
    let said = shown(notices[0].clone()).text();
    assert!(said.contains("Sales line: calls that never began may be missing."), "{said}");
}

#[test]
fn a_frame_without_a_number_says_so_and_shows_nobodys_calls() {
    let words = Locale::english().words;
    for (query, sentence) in [
        ("", words.embed_no_number()),
        ("?phone={{contact.phone}}", words.embed_no_number()),
        ("?v=2&phone=14155550101", words.embed_version("2")),
    ] {
        let wanted = Wanted::parse(query);
        let html = drawn_over(&[], Place::default(), move |_| view! { <EmbedPage wanted=wanted/> });
        assert_eq!(html.text(), format!("{} {sentence}", words.nav_calls()), "{query}");
        assert_eq!(html.names("status"), [sentence], "{query}");
    }
}

#[test]
fn names_of_agents_that_could_not_be_read_are_said_with_the_connection() {
    let state = LoadState {
        phase: Phase::Done,
        skipped_why: Some("the names of the agents could not be read: 503".into()),
        ..Default::default()
    };
    let html = drawn_settled(&[("truedy", state)], || view! { <Notices/> });
    let said = html.one("status").text();
    assert!(said.contains(&Locale::english().words.names_unread("Truedy")), "{said}");
    assert!(said.contains("could not be read: 503"), "{said}");
}

#[test]
fn days_before_what_a_provider_keeps_are_said_with_the_first_day_that_it_has() {
    let all = ["talkpilot", "truedy", "agentvoice", "atoms"].map(|id| (id, LoadState::default()));
    let html = drawn_settled(&all, || view! { <Notices/> });
    assert_eq!(html.text(), "", "the chosen week is kept by everybody");
    let long = Span { from_ms: NOW_MS - 400 * 24 * HOUR_MS, to_ms: NOW_MS };
    let html = drawn_settled(&all, || {
        let selection = use_selection();
        let selection = Selection { span: Memo::new(move |_| long), ..selection };
        provide_selection(selection);
        view! { <Notices/> }
    });
    let said = html.names("status");
    let kept = "Truedy keeps calls only since Fri 21 Nov 2025; older ones cannot be loaded.";
    assert_eq!(said, [kept], "only where the provider says so");
}

#[test]
fn where_a_duration_is_counted_from_answer_to_hang_up_the_comparison_says_so() {
    let both = ["talkpilot", "truedy"].map(|id| (id, LoadState::default()));
    let html = drawn_settled(&both, || view! { <ConnectionCard/> });
    let names: Vec<String> =
        html.one("table").all("tbody")[0].all("th").into_iter().map(Element::text).collect();
    let words = Locale::english().words;
    assert!(names.contains(&"TalkPilot".to_owned()), "{names:?}");
    let truedy = names.iter().find(|name| name.starts_with("Truedy")).unwrap();
    assert!(truedy.contains(&words.counts_from_answer()), "{truedy}");
}
