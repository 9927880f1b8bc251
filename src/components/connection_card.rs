//! The connections side by side, with what each of them counts and how its calls can come out.

use calls::figures::Figures;
use calls::filter::Facet;
use calls::stats::Rank;
use leptos::prelude::*;

use crate::components::figure_strip::figure_texts;
use crate::components::outcome_map::{OutcomeMap, OutcomeMapButton};
use crate::components::statistics::ranking::{Named, saved, table};
use crate::components::statistics::saving::SaveMenu;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::place::View;
use crate::selection::use_selection;
use crate::store::use_store;

/// Volume, duration and success side by side, per connection.
#[component]
pub fn ConnectionCard() -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let words = locale.words;
    let ranks = Memo::new(move |_| {
        selection.rows.with(|rows| store.with_book(|book| book.ranking(Facet::Connection, rows)))
    });
    let named = Memo::new(move |_| {
        let connections = store.connections().into_iter();
        let named = connections.map(|connection| Named {
            rank: ranks.with(|ranks| rank_of(ranks, &connection.id)),
            name: connection.name,
        });
        named.collect::<Vec<_>>()
    });
    let place = use_nav().part(|place| place.with_view(View::Calls));
    let title = Signal::derive(move || words.card_connections());
    let numbers = Signal::derive(move || {
        place.with(|place| named.with(|named| table(named, Facet::Connection, place, locale)))
    });
    let picture = Callback::new(move |()| named.with_untracked(|named| saved(named, locale)));
    let row =
        move |connection: load::Connection| view! { <Row connection=connection ranks=ranks/> };
    view! {
        <section class="card" aria-labelledby="card-connections">
            <div class="card__head">
                <h2 class="card__title" id="card-connections">{title}</h2>
                <SaveMenu title=title table=numbers picture=picture name="connections"/>
            </div>
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

/// The figures of a connection's calls; of one without calls they are those of none.
fn rank_of(ranks: &[Rank], id: &str) -> Rank {
    let found = ranks.iter().find(|rank| rank.value == id).cloned();
    found.unwrap_or_else(|| Rank { value: id.to_owned(), figures: Figures::default() })
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
    let figures = move || ranks.with(|ranks| rank_of(ranks, &id)).figures;
    let href = move || {
        let mut place = place.get();
        Facet::Connection.choose(&mut place.filter, vec![filtered.to_string()]);
        place.fragment()
    };
    let cells = move || {
        let texts = figure_texts(&figures(), locale);
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
