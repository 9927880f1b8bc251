//! What the outcomes of a connection's calls mean: a button, and the dialog in which each label is
//! given a meaning. Lists and figures follow at once; the link carries it.

use std::sync::Arc;

use calls::{Outcome, Success, SuccessMap};
use kernels::order;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{dialog, document};
use crate::components::copy_value::said_of_copy;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::use_store;

/// What a label can mean, and the words for it.
const MEANINGS: [Success; 3] = [Success::Yes, Success::No, Success::NotStated];

/// The map of one connection. Cheap to copy: all fields are handles.
#[derive(Clone, Copy)]
pub struct OutcomeMap {
    connection: StoredValue<Arc<str>>,
    /// The map in use.
    map: Memo<SuccessMap>,
    /// Whether it differs from the configuration.
    changed: Memo<bool>,
    /// The outcomes of the listed calls and those that the map names, each with how many of the
    /// calls have it; the most frequent first.
    outcomes: Memo<Vec<(Outcome, usize)>>,
}

impl OutcomeMap {
    /// The map of a connection.
    #[must_use]
    pub fn of(connection: Arc<str>) -> Self {
        let (nav, store, selection) = (use_nav(), use_store(), use_selection());
        let id = StoredValue::new(connection);
        let chosen =
            nav.part(move |place| id.with_value(|id| place.success_maps.get(&**id).cloned()));
        let configured = move || id.with_value(|id| store.configured_map(id));
        let map = Memo::new(move |_| chosen.get().unwrap_or_else(configured));
        let changed = Memo::new(move |_| chosen.with(Option::is_some));
        let outcomes = Memo::new(move |_| {
            let found = id.with_value(|id| {
                selection.rows.with(|rows| store.with_book(|book| book.outcomes(id, rows)))
            });
            map.with(|map| with_mapped(found.into_iter().collect(), map))
        });
        Self { connection: id, map, changed, outcomes }
    }

    /// The labels that mean nothing, with how many of the listed calls have each.
    #[must_use]
    pub fn unmapped(self, locale: Locale) -> Option<String> {
        let named = |(outcome, calls): &(Outcome, usize)| {
            locale.words.outcome_count(outcome.label(), locale.count(*calls))
        };
        let unmapped = self.map.with(|map| {
            self.outcomes.with(|outcomes| {
                let nothing = |(outcome, calls): &&(Outcome, usize)| {
                    *calls > 0 && map.meaning(outcome) == Success::NotStated
                };
                outcomes.iter().filter(nothing).map(named).collect::<Vec<_>>()
            })
        });
        (!unmapped.is_empty()).then(|| unmapped.join(", "))
    }

    /// Whether there is anything to map, tracked.
    #[must_use]
    pub fn has_labels(self) -> bool {
        self.outcomes.with(|outcomes| !outcomes.is_empty())
    }

    fn set(self, nav: crate::nav::Nav, outcome: &Outcome, meaning: Success) {
        let mut map = self.map.get_untracked();
        map.set(outcome, meaning);
        self.connection.with_value(|id| {
            nav.go(|place| drop(place.success_maps.insert(id.to_string(), map)));
        });
    }
}

/// The outcomes that were found and those that a map names besides.
fn with_mapped(mut found: Vec<(Outcome, usize)>, map: &SuccessMap) -> Vec<(Outcome, usize)> {
    for label in map.labels() {
        if !found.iter().any(|(known, _)| known.label() == *label) {
            found.push((Outcome { name: None, value: label.clone() }, 0));
        }
    }
    order::sort_by(&mut found, |(a, calls), (b, others)| others.cmp(calls).then_with(|| a.cmp(b)));
    found
}

/// A map as the configuration has it.
#[must_use]
pub fn as_configured(map: &SuccessMap) -> String {
    // What JSON writes as a text TOML reads as one.
    let list = |labels: &[String]| serde_json::Value::from(labels.to_vec()).to_string();
    let nothing = match map.nothing.as_slice() {
        [] => String::new(),
        labels => format!("nothing = {}\n", list(labels)),
    };
    format!("[connection.success]\nyes = {}\nno = {}\n{nothing}", list(&map.yes), list(&map.no))
}

/// The button and its dialog.
#[component]
pub fn OutcomeMapButton(
    /// The map.
    map: OutcomeMap,
    /// The connection's name.
    name: String,
) -> impl IntoView {
    let words = use_locale().words;
    let (dialog, open) = (NodeRef::<Dialog>::new(), RwSignal::new(false));
    let show = move |_| {
        open.set(true);
        dialog::open(dialog);
    };
    let title = words.map_title(&name);
    view! {
        <button type="button" class="button button--quiet figures-table__map" aria-haspopup="dialog" aria-label=words.map_outcomes_of(&name) on:click=show>
            {words.map_outcomes()}
        </button>
        <dialog
            class="dialog"
            node_ref=dialog
            aria-label=title.clone()
            on:close=move |_| open.set(false)
            // No key does anything behind the dialog: Escape closes it, and no call.
            on:keydown=|event| event.stop_propagation()
        >
            <h2 class="dialog__title">{title.clone()}</h2>
            <Show when=move || open.get()>
                <Meanings map=map dialog=dialog/>
            </Show>
        </dialog>
    }
}

#[component]
fn Meanings(map: OutcomeMap, dialog: NodeRef<Dialog>) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let outcomes = Memo::new(move |_| {
        map.outcomes.with(|found| found.iter().map(|(one, _)| one.clone()).collect::<Vec<_>>())
    });
    let reset = move |_| {
        map.connection.with_value(|id| nav.go(|place| drop(place.success_maps.remove(&**id))));
    };
    let state =
        move || if map.changed.get() { words.map_changed() } else { words.map_configured() };
    view! {
        <p class="meanings__about">{words.map_about()}</p>
        <div class="meanings">
            <For each=move || outcomes.get() key=Clone::clone children=move |outcome| view! { <Meaning map=map outcome=outcome/> }/>
            <Show when=move || outcomes.with(Vec::is_empty)>
                <p class="meanings__about">{words.map_none()}</p>
            </Show>
        </div>
        <p class="meanings__about" role="status">{state}</p>
        <div class="dialog__foot">
            <CopyMap map=map/>
            <button type="button" class="button" disabled=move || !map.changed.get() on:click=reset>{words.map_reset()}</button>
            <button type="button" class="button button--solid" on:click=move |_| dialog::close(dialog)>{words.export_close()}</button>
        </div>
    }
}

/// One outcome with what it can mean.
#[component]
fn Meaning(map: OutcomeMap, outcome: Outcome) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let words = locale.words;
    let group = map.connection.with_value(|id| format!("meaning {id} {outcome:?}"));
    let label = outcome.label();
    let one = StoredValue::new(outcome);
    let calls = move || {
        let of_it = |(other, calls): &(Outcome, usize)| {
            one.with_value(|outcome| other == outcome).then_some(*calls)
        };
        locale.calls(map.outcomes.with(|found| found.iter().find_map(of_it).unwrap_or(0)))
    };
    let meaning =
        Memo::new(move |_| map.map.with(|map| one.with_value(|outcome| map.meaning(outcome))));
    let choice = move |(code, word): (Success, String)| {
        let set = move |_| one.with_value(|outcome| map.set(nav, outcome, code));
        view! {
            <label class="meaning__choice" data-success=code.code()>
                <input type="radio" name=group.clone() prop:checked=move || meaning.get() == code on:change=set/>
                <span>{word}</span>
            </label>
        }
    };
    let said = [words.map_yes(), words.map_no(), words.map_nothing()];
    let choices = MEANINGS.into_iter().zip(said).map(choice).collect_view();
    view! {
        <fieldset class="meaning">
            <legend class="meaning__label">
                <bdi>{label}</bdi>
                <span class="meaning__calls">{calls}</span>
            </legend>
            <div class="meaning__choices">{choices}</div>
        </fieldset>
    }
}

/// Copies the map as the configuration wants it.
#[component]
fn CopyMap(map: OutcomeMap) -> impl IntoView {
    let words = use_locale().words;
    let done = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let text = map.map.with_untracked(as_configured);
        spawn_local(async move {
            let copied = document::copy(&text).await;
            done.try_set(Some(copied));
        });
    };
    view! {
        <span class="meanings__said" role="status">{move || said_of_copy(done.get(), words)}</span>
        <button type="button" class="button" on:click=copy>{words.map_copy()}</button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(yes: &[&str], no: &[&str]) -> SuccessMap {
        let labels = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect();
        SuccessMap { yes: labels(yes), no: labels(no), nothing: Vec::new() }
    }

    #[test]
    fn a_map_is_copied_as_the_configuration_reads_it() {
        let text = as_configured(&map(&["goal=met", "say \"yes\""], &["später\\"]));
        assert_eq!(
            text,
            "[connection.success]\nyes = [\"goal=met\",\"say \\\"yes\\\"\"]\nno = [\"später\\\\\"]\n"
        );
    }

    #[test]
    fn labels_that_no_listed_call_has_can_still_be_mapped_otherwise() {
        let bare = |value: &str| Outcome { name: None, value: value.to_owned() };
        let found = vec![(bare("curious"), 2), (bare("sold"), 7)];
        let outcomes = with_mapped(found, &map(&["sold"], &["voicemail"]));
        let named: Vec<(&str, usize)> =
            outcomes.iter().map(|(outcome, calls)| (outcome.value.as_str(), *calls)).collect();
        assert_eq!(named, [("sold", 7), ("curious", 2), ("voicemail", 0)]);
    }
}
