//! Controls that know nothing of calls.

use dashboard::ui::icon::{Icon, Symbol};
use dashboard::ui::lazy::{Coming, Lazy, NotFetched, Part};
use dashboard::ui::message::{Message, Tone};
use dashboard::ui::tabs::{Tab, TabList};
use leptos::prelude::*;

use crate::html::Element;
use crate::stage::{HOSTILE, around, drawn};

#[test]
fn only_a_failure_interrupts_a_screen_reader() {
    for (tone, role) in [(Tone::Bad, "alert"), (Tone::Warning, "status"), (Tone::Info, "status")] {
        let html = drawn(move || view! { <Message tone=tone happened="It rained.".to_owned()/> });
        assert_eq!(html.names(role), ["It rained."], "{tone:?}");
    }
}

#[test]
fn a_message_says_what_happened_and_what_to_do_and_the_words_for_support() {
    let html = drawn(|| {
        let (happened, detail) = ("The key is wrong.".to_owned(), Some("It said: no".to_owned()));
        view! { <Message tone=Tone::Bad happened=happened advice="Check it." detail=detail/> }
    });
    let said: Vec<String> = html.one("alert").all("p").into_iter().map(Element::text).collect();
    assert_eq!(said, ["The key is wrong. Check it.", "It said: no Copy"]);
    assert_eq!(html.names("button"), ["Copy"], "words for support can be handed on");
}

#[test]
fn words_of_a_provider_stay_text_in_a_message() {
    let html = drawn(|| {
        let happened = HOSTILE.to_owned();
        view! { <Message tone=Tone::Bad happened=happened detail=Some(HOSTILE.to_owned())/> }
    });
    assert!(html.all("script").is_empty() && html.all("img").is_empty(), "{html:?}");
    assert_eq!(html.one("alert").text().matches(HOSTILE).count(), 2);
}

#[test]
fn buttons_stand_in_a_message() {
    let html = drawn(|| {
        view! { <Message tone=Tone::Info happened=String::new()><button>"Again"</button></Message> }
    });
    assert_eq!(html.one("status").names("button"), ["Again"]);
}

/// A part that is there, or cannot be fetched.
fn part(there: bool) -> Part {
    let fetch: fn() -> Coming<()> = match there {
        true => || Box::pin(async { Ok(()) }),
        false => || Box::pin(async { Err(NotFetched) }),
    };
    Part { fetch, draw: Box::new(|| Box::pin(async { Ok(view! { <h1>"There"</h1> }.into_any()) })) }
}

#[test]
fn a_part_that_is_there_is_drawn_at_once_and_one_that_cannot_be_fetched_can_be_asked_for_again() {
    let html = drawn(|| view! { <Lazy part=part(true)/> });
    assert_eq!(html.names("heading"), ["There"]);
    let html = drawn(|| view! { <Lazy part=part(false)/> });
    assert_eq!(html.one("alert").names("button"), ["Try again"]);
    assert!(html.one("alert").text().contains("Check the network"), "{html:?}");
}

#[test]
fn icons_are_hidden_from_screen_readers_and_take_no_focus() {
    for symbol in [Symbol::Yes, Symbol::No, Symbol::Recording, Symbol::Warning] {
        let html = drawn(move || view! { <Icon symbol=symbol/> });
        let icon = html.all("svg")[0];
        assert_eq!(icon.attribute("aria-hidden"), Some("true"), "{symbol:?}");
        assert_eq!(icon.attribute("focusable"), Some("false"), "{symbol:?}");
        assert_eq!((icon.text(), html.spoken()), Default::default(), "{symbol:?}");
    }
}

fn tabs(chosen: RwSignal<&'static str>) -> impl IntoView {
    let tab = |name, label: &str| Tab { name, label: label.to_owned() };
    let tabs = vec![tab("one", "First"), tab("two", "Second"), tab("three", "Third")];
    view! { <TabList tabs=tabs chosen=chosen label="Parts".to_owned()/> }
}

#[test]
fn tabs_have_the_roles_by_which_they_are_announced() {
    let html = drawn(|| tabs(RwSignal::new("two")));
    let row = html.one("tablist");
    assert_eq!(row.name(), "Parts");
    assert_eq!(row.names("tab"), ["First", "Second", "Third"]);
    for tab in row.by_role("tab") {
        let name = tab.attribute("id").unwrap().strip_prefix("tab-").unwrap();
        assert_eq!(tab.attribute("aria-controls"), Some(format!("panel-{name}").as_str()));
    }
}

#[test]
fn exactly_the_chosen_tab_is_selected_and_reached_by_tab() {
    around(&[], Default::default(), |_| {
        let chosen = RwSignal::new("one");
        for (place, name) in ["one", "two", "three"].into_iter().enumerate() {
            chosen.set(name);
            let html = Element::parse(&tabs(chosen).into_view().to_html());
            for (other, tab) in html.by_role("tab").into_iter().enumerate() {
                let selected = other == place;
                let focus = if selected { "0" } else { "-1" };
                let said = selected.to_string();
                assert_eq!(tab.attribute("aria-selected"), Some(said.as_str()), "{name}");
                assert_eq!(tab.attribute("tabindex"), Some(focus), "{name}");
            }
        }
    });
}
