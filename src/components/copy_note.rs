//! Copies an open call as a note for a CRM.

use calls::Call;
use export::{Exported, note};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{address, document};
use crate::locale::use_locale;
use crate::nav::{Nav, use_nav};
use crate::place::Place;
use crate::selection::use_selection;
use crate::ui::icon::{Icon, Symbol};

/// The button, and what came of it.
#[component]
pub fn CopyNote(
    /// The call.
    #[prop(into)]
    call: Signal<Call>,
    /// Name of its connection.
    connection: Signal<String>,
) -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let words = locale.words;
    let said = RwSignal::new(None::<String>);
    let copy = move |_| {
        let (call, connection) = (call.get_untracked(), connection.get_untracked());
        let link = link_to(nav, |place| place.call = Some(call.key.clone()));
        let (call, link) = (&call, link.as_str());
        let exported =
            Exported { call, connection: &connection, link, transcript: None, facts: &[] };
        let zone = selection.zone_untracked();
        let note = note::of(&exported, &zone, words, locale.formats);
        spawn_local(async move {
            let copied = document::copy(&note).await;
            let saying = if copied { words.note_copied() } else { words.note_not_copied() };
            drop(said.try_set(Some(saying)));
        });
    };
    view! {
        <button type="button" class="button button--icon" aria-label=words.copy_note() title=words.copy_note() on:click=copy>
            <Icon symbol=Symbol::Copy/>
        </button>
        <span class="call-head__said" role="status">{move || said.get()}</span>
    }
}

/// The address of a place in this installation, in the zone that is looked at: of nothing else that
/// is chosen, so that whoever follows it sees what is meant.
pub fn link_to(nav: Nav, set: impl FnOnce(&mut Place)) -> String {
    let mut place = Place { zone: nav.place_untracked().zone, ..Place::default() };
    set(&mut place);
    format!("{}{}", address::without_fragment(), place.fragment())
}
