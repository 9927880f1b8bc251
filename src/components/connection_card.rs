//! The connections side by side, with what each of them counts and how its calls can come out.

use calls::filter::Facet;
use calls::stats::Rank;
use leptos::prelude::*;

use crate::components::figure_strip::figure_texts;
use crate::components::outcome_map::{OutcomeMap, OutcomeMapButton};
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::place::View;
use crate::selection::use_selection;
use crate::store::use_store;

/// Volume, duration and success side by side, per connection.
#[component]
pub fn ConnectionCard() -> impl IntoView {
    let (store, selection, words) = (use_store(), use_selection(), use_locale().words);
    let ranks = Memo::new(move |_| {
        selection.rows.with(|rows| store.with_book(|book| book.ranking(Facet::Connection, rows)))
    });
    let row =
        move |connection: load::Connection| view! { <Row connection=connection ranks=ranks/> };
    view! {
        <section class="card" aria-labelledby="card-connections">
            <h2 class="card__title" id="card-connections">{words.card_connections()}</h2>
            // Wider than a narrow screen: it has to be reachable to be scrolled.
            <div class="chart__scroll" tabindex="0" role="group" aria-labelledby="card-connections">
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
            </div>
        </section>
    }
}

/// A connection.
#[component]
fn Row(connection: load::Connection, ranks: Memo<Vec<Rank>>) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let words = locale.words;
    let place = nav.part(|place| place.with_view(View::Calls));
    let counts = connection.adapter.describe().counts_from_answer;
    let outcomes = outcomes_of(connection.id.clone());
    let map = OutcomeMap::of(connection.id.clone());
    let name = StoredValue::new(connection.name.clone());
    let (id, filtered) = (connection.id.clone(), connection.id.clone());
    let figures = move || {
        let is_it = |rank: &&Rank| rank.value == *id;
        ranks.with(|ranks| ranks.iter().find(is_it).map(|rank| rank.figures.clone()))
    };
    let href = move || {
        let mut place = place.get();
        Facet::Connection.choose(&mut place.filter, vec![filtered.to_string()]);
        place.fragment()
    };
    let cells = move || {
        let texts = figure_texts(&figures().unwrap_or_default(), locale);
        let cell = |index: usize| texts.get(index).cloned();
        [0, 2, 3, 4]
            .map(|index| cell(index).map(|text| view! { <td title=text.basis>{text.value}</td> }))
            .collect_view()
    };
    view! {
        <tr>
            <th scope="row">
                <a class="ranking__link" href=href>{connection.name.clone()}</a>
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
}

/// The names of the outcomes that a connection's calls can have, where its provider tells them.
fn outcomes_of(connection: std::sync::Arc<str>) -> impl Fn() -> Option<String> {
    let store = use_store();
    move || {
        let names = store.states().get(&connection)?.outcome_names.clone();
        (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join(", "))
    }
}
