//! The connections side by side, with what each of them counts and how its calls can come out.

use calls::book::Row;
use leptos::prelude::*;

use crate::components::figure_strip::figure_texts;
use crate::components::outcome_map::{OutcomeMap, OutcomeMapButton};
use crate::locale::use_locale;
use crate::selection::use_selection;
use crate::store::use_store;

/// Volume, duration and success side by side, per connection.
#[component]
pub fn ConnectionCard() -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let words = locale.words;
    let row = move |connection: load::Connection| {
        let id = connection.id.clone();
        let counts = connection.adapter.describe().counts_from_answer;
        let figures = move || {
            let id = id.clone();
            selection.rows.with(|rows| {
                store.with_book(|book| {
                    let of_it = |row: &Row| {
                        book.entry(*row).is_some_and(|entry| entry.connection() == &*id)
                    };
                    let rows: Vec<Row> = rows.iter().copied().filter(of_it).collect();
                    book.figures(&rows)
                })
            })
        };
        let outcomes = outcomes_of(connection.id.clone());
        let map = OutcomeMap::of(connection.id.clone());
        let name = StoredValue::new(connection.name.clone());
        let cells = move || {
            let texts = figure_texts(&figures(), locale);
            let cell = |index: usize| texts.get(index).cloned();
            [0, 2, 3, 4]
                .map(|index| {
                    cell(index).map(|text| view! { <td title=text.basis>{text.value}</td> })
                })
                .collect_view()
        };
        view! {
            <tr>
                <th scope="row">
                    {connection.name.clone()}
                    {counts.then(|| view! { <span class="figures-table__note">{words.counts_from_answer()}</span> })}
                    {move || outcomes().map(|names| view! { <span class="figures-table__note" dir="auto">{words.outcomes_known(names)}</span> })}
                    {move || map.unmapped(locale).map(|labels| view! { <span class="figures-table__note" dir="auto">{words.outcomes_unmapped(labels)}</span> })}
                    <Show when=move || map.has_labels()>
                        <OutcomeMapButton map=map name=name.get_value()/>
                    </Show>
                </th>
                {cells}
            </tr>
        }
    };
    view! {
        // Wider than a narrow screen: it has to be reachable to be scrolled.
        <section class="card" aria-labelledby="card-connections" tabindex="0">
            <h2 class="card__title" id="card-connections">{words.card_connections()}</h2>
            <table class="figures-table">
                <thead>
                    <tr>
                        <th scope="col">{words.column_connection()}</th>
                        <th scope="col">{words.figure_calls()}</th>
                        <th scope="col">{words.figure_mean()}</th>
                        <th scope="col">{words.figure_median()}</th>
                        <th scope="col">{words.figure_success()}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || store.connections() key=|connection| connection.id.clone() children=row/>
                </tbody>
            </table>
        </section>
    }
}

/// The names of the outcomes that a connection's calls can have, where its provider tells them.
fn outcomes_of(connection: std::sync::Arc<str>) -> impl Fn() -> Option<String> {
    let store = use_store();
    move || {
        let names = store.states().get(&connection)?.outcome_names.clone();
        (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join(", "))
    }
}
