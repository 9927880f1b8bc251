//! Figures over exactly the calls that the list shows, and the calls per day.

use calls::book::Row;
use calls::period::Period;
use leptos::prelude::*;

use crate::components::chart::DayChart;
use crate::components::figure_strip::{PartialNote, figure_texts};
use crate::components::filter_bar::FilterBar;
use crate::components::load_status::{LoadProgress, Notices};
use crate::components::period_picker::days_text;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::place::{Place, View};
use crate::selection::use_selection;
use crate::store::use_store;

/// The page.
#[component]
pub fn StatisticsPage() -> impl IntoView {
    let words = use_locale().words;
    view! {
        <div class="statistics-page">
            <div class="calls-page__head">
                <h1 class="calls-page__heading">{words.nav_statistics()}</h1>
                <LoadProgress/>
            </div>
            <Notices dashboard=true/>
            <FilterBar/>
            <FigureCards/>
            <div class="cards">
                <DayCard/>
                <ConnectionCard/>
            </div>
        </div>
    }
}

#[component]
fn FigureCards() -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let href = nav.part(|place| place.with_view(View::Calls).fragment());
    let cards = move || {
        let texts = selection.figures.with(|figures| figure_texts(figures, locale));
        let card = |text: crate::components::figure_strip::FigureText| {
            view! {
                <li class="figure-card">
                    <span class="figure-card__name">{text.name}</span>
                    <a class="figure-card__value" href=move || href.get()>{text.value}</a>
                    <span class="figure-card__basis">{text.basis}</span>
                </li>
            }
        };
        texts.into_iter().map(card).collect_view()
    };
    view! {
        <section aria-label=locale.words.figures_label()>
            <ul class="figure-cards">{cards}</ul>
            <PartialNote/>
        </section>
    }
}

#[component]
fn DayCard() -> impl IntoView {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let days = Memo::new(move |_| {
        let (span, zone) = (selection.span.get(), selection.zone());
        selection.rows.with(|rows| store.with_book(|book| book.per_day(rows, span, &zone)))
    });
    let href = Callback::new(move |day: calls::figures::DayCount| {
        let place = nav.place_untracked().with_view(View::Calls);
        Place { period: Period::between(day.day, day.day).0, ..place }.fragment()
    });
    let title = move || {
        let (first, last) = nav.place().period.days(selection.today.get());
        locale.words.chart_title(days_text(first, last, locale), selection.zone().name())
    };
    view! {
        <section class="card card--wide">
            <h2 class="card__title">{title}</h2>
            {move || view! { <DayChart days=days.get() href=href/> }}
        </section>
    }
}

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
