//! The export: what somebody chooses, how far it is, and that something is missing.

use dashboard::components::export_choice::ExportChoice;
use dashboard::components::export_dialog::ExportButton;
use dashboard::exporting::{Exporting, Step, provide_exporting};
use dashboard::locale::Locale;
use dashboard::place::Place;
use dashboard::selection::use_selection;
use dashboard::store::use_store;
use dashboard::transcripts::use_transcripts;
use leptos::prelude::*;

use crate::html::Element;
use crate::stage::{call, drawn_over};

fn over<V: IntoView>(count: usize, view: impl FnOnce(Exporting) -> V) -> Element {
    let calls: Vec<_> = (0..count).map(|nth| call(&nth.to_string())).collect();
    drawn_over(&calls, Place::default(), |nav| {
        let read = use_transcripts();
        let exporting = Exporting::new(use_store(), use_selection(), nav, Locale::english(), read);
        provide_exporting(exporting);
        view(exporting)
    })
}

/// What the groups of choices are called.
fn parts(form: &Element) -> Vec<String> {
    form.all("legend").into_iter().map(Element::text).collect()
}

#[test]
fn the_form_asks_what_and_says_how_many_calls_that_is() {
    let form = over(2, |exporting| {
        let close = Callback::new(|()| ());
        let ticked = Signal::stored(Vec::new());
        view! { <ExportChoice exporting=exporting ticked=ticked close=close/> }
    });
    assert_eq!(form.names("button"), ["Cancel", "Export 2 calls"]);
    assert_eq!(parts(&form), ["File", "Content"], "nothing is ticked: there is no choice of calls");
    assert_eq!(form.all("label").len(), 5, "three kinds of file, two of contents");
    assert!(form.text().contains("found by their pattern"), "{}", form.text());
}

#[test]
fn ticked_calls_are_what_is_exported_unless_somebody_says_otherwise() {
    let form = over(3, |exporting| {
        let close = Callback::new(|()| ());
        let ticked = Signal::stored(vec![call("2").key]);
        view! { <ExportChoice exporting=exporting ticked=ticked close=close/> }
    });
    assert_eq!(parts(&form), ["Which calls", "File", "Content"]);
    let choices = form.all("label").into_iter().map(Element::text).collect::<Vec<_>>();
    assert_eq!(choices[..2], ["Everything in this list: 3 calls", "Only what is selected: 1 call"]);
    assert_eq!(form.names("button"), ["Cancel", "Export 1 call"]);
}

#[test]
fn an_export_under_way_is_told_by_the_button() {
    let said = |step: Step| {
        let drawn = over(1, |exporting| {
            exporting.step().set(step);
            view! { <ExportButton/> }
        });
        drawn.names("button")[0].clone()
    };
    assert_eq!(said(Step::Choosing), "Export");
    assert_eq!(said(Step::Loading { done: 1, of: 4, left_ms: None }), "Export: 25%");
    assert_eq!(said(Step::Writing { done: 0, of: 0 }), "Export: 0%");
    assert_eq!(said(Step::NoRoom), "Export failed");
}

#[test]
fn an_empty_list_has_nothing_to_export() {
    let button = over(0, |_| view! { <ExportButton/> });
    assert!(button.one("button").attribute("disabled").is_some());
}
