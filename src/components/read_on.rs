//! Lists that were too long to be read to their end: how far they are, and a button that reads on.

use std::sync::Arc;

use leptos::prelude::*;
use load::{LoadState, Phase};

use crate::locale::{Locale, use_locale};
use crate::notice;
use crate::parts;
use crate::store::use_store;
use crate::ui::icon::{Icon, Symbol};
use crate::ui::lazy::Lazy;

/// One message a list that was not read to its end.
#[component]
pub fn ReadOn() -> impl IntoView {
    let store = use_store();
    let cut = Memo::new(move |_| {
        let states = store.states();
        let is_cut = |id: &Arc<str>| {
            let state = states.get(id);
            state.is_some_and(|state| state.capped || state.refusal.is_some() || is_busy(state))
        };
        store.short().into_iter().filter(is_cut).collect::<Vec<_>>()
    });
    view! { <For each=move || cut.get() key=Arc::clone children=|id| view! { <Lazy part=parts::cut_list::part(id)/> }/> }
}

fn is_busy(state: &LoadState) -> bool {
    state.phase != Phase::Done
}

/// One list, and the button.
#[component]
pub fn CutList(
    /// The id of its connection.
    id: Arc<str>,
) -> impl IntoView {
    let (store, locale) = (use_store(), use_locale());
    let name = untrack(|| store.connection_name(&id));
    let (of_list, of_narrowed) = (id.clone(), id.clone());
    let state = Memo::new(move |_| store.states().get(&of_list).cloned().unwrap_or_default());
    let narrowed = Memo::new(move |_| store.narrowed().get(&of_narrowed).cloned());
    let busy = Memo::new(move |_| state.with(is_busy));
    let act = move |_| match busy.get_untracked() {
        true => store.stop_reading(&id),
        false => store.read_on(&id),
    };
    let (for_label, for_narrowed) = (name.clone(), name.clone());
    let label = move || match busy.get() {
        true => locale.words.read_on_stop(&for_label),
        false => locale.words.read_on(&for_label),
    };
    let said = move || state.with(|state| list_text(state, &name, locale));
    let besides = move || narrowed.get().map(|state| narrowed_text(&state, &for_narrowed, locale));
    view! {
        <div class="message" data-tone="warn">
            <Icon symbol=Symbol::Warning/>
            <div class="message__text" role="status">
                <p class="message__happened">{said}</p>
                <p class="message__detail">{besides}</p>
            </div>
            <button type="button" class="button message__button" on:click=act>{label}</button>
        </div>
    }
}

/// How far a list has been read, while it is read on and when it is not.
#[must_use]
pub fn list_text(state: &LoadState, name: &str, locale: Locale) -> String {
    if is_busy(state) {
        return locale.words.reading_on(name, progress(state, locale));
    }
    let advice = locale.words.capped_advice();
    format!("{} {advice}", notice::of_capped(state, name, locale))
}

/// How far the provider has given what passes the filters.
#[must_use]
pub fn narrowed_text(state: &LoadState, name: &str, locale: Locale) -> String {
    let words = locale.words;
    if let Some(refusal) = &state.refusal {
        let notice = notice::of_refusal(refusal, name, None, words);
        return words.narrowed_refused(name, notice.happened);
    }
    let progress = progress(state, locale);
    match state.phase {
        Phase::Done if state.is_partial() => words.narrowed_partial(name, progress),
        Phase::Done => words.narrowed_done(name),
        _ => words.narrowed_busy(name, progress),
    }
}

fn progress(state: &LoadState, locale: Locale) -> String {
    let read = locale.count(state.read);
    match state.total {
        Some(total) => locale.words.progress_of(read, locale.count(total.max(state.read))),
        None => read,
    }
}
