//! Values of a dimension side by side: how many calls each has, how long they last, how often they
//! succeed.

use calls::figures::SuccessRate;
use calls::filter::Facet;
use calls::formats::duration;
use calls::stats::Rank;
use leptos::prelude::*;

use super::bars::to_f64;
use super::pair::Pair;
use super::saving::SaveMenu;
use super::staff::{StaffOff, StaffSwitch, is_offered};
use super::twin::{Cell, Table};
use crate::browser::focus;
use crate::components::figure_strip::success_basis;
use crate::components::filter_bar::{facet_name, use_value_names};
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::picture::{Measure, Picture, Plot};
use crate::place::{Place, View};
use crate::preferences::use_preferences;
use crate::selection::use_selection;
use crate::store::use_store;

/// Values that are shown at first.
const FIRST: usize = 10;

/// The calls of a value, with its name.
#[derive(Clone, PartialEq, Debug)]
pub struct Named {
    /// The value and its figures.
    pub rank: Rank,
    /// In words.
    pub name: String,
}

/// The card.
#[component]
pub fn Ranking() -> impl IntoView {
    let (nav, locale, preferences) = (use_nav(), use_locale(), use_preferences());
    let words = locale.words;
    let facet = nav.part(|place| place.looks.ranked);
    let ranks = use_ranks(facet);
    let offered = Memo::new(move |_| is_offered(facet.get(), preferences.staff()));
    let title = Signal::derive(move || words.card_ranking(facet_name(facet.get(), locale)));
    let place = nav.part(|place| place.with_view(View::Calls));
    let table = Signal::derive(move || {
        place.with(|place| ranks.with(|ranks| table(ranks, facet.get(), place, locale)))
    });
    let picture = Callback::new(move |()| ranks.with_untracked(|ranks| saved(ranks, locale)));
    let save = move || {
        offered
            .get()
            .then(|| view! { <SaveMenu title=title table=table picture=picture name="ranking"/> })
    };
    view! {
        <section class="card card--wide" aria-labelledby="card-ranking">
            <div class="card__head">
                <h2 class="card__title" id="card-ranking">{title}</h2>
                <div class="card__tools">
                    <FacetChoice facet=facet/>
                    {save}
                </div>
            </div>
            <Show when=move || offered.get() fallback=|| view! { <StaffOff/> }>
                <Ranks facet=facet ranks=ranks/>
                <Pair facet=facet ranks=ranks/>
            </Show>
            <StaffSwitch/>
        </section>
    }
}

/// How the values of every dimension that is ranked read on screen.
pub(super) fn use_ranked_names() -> impl Fn(Facet, &str) -> String + Copy + Send + Sync + 'static {
    // One function for each dimension: what is known of values comes from contexts, which are
    // asked for now.
    let names = Facet::RANKED.map(|facet| (facet, use_value_names(facet)));
    move |facet: Facet, value: &str| {
        let name = names.iter().find(|(other, _)| *other == facet);
        name.map_or_else(|| value.to_owned(), |(_, name)| name(value))
    }
}

fn use_ranks(facet: Memo<Facet>) -> Memo<Vec<Named>> {
    let (store, selection, name) = (use_store(), use_selection(), use_ranked_names());
    Memo::new(move |_| {
        let facet = facet.get();
        let ranks = selection.rows.with(|rows| store.with_book(|book| book.ranking(facet, rows)));
        let named = ranks.into_iter().map(|rank| {
            let name = name(facet, &rank.value);
            Named { rank, name }
        });
        named.collect()
    })
}

#[component]
fn FacetChoice(facet: Memo<Facet>) -> impl IntoView {
    let (nav, locale, preferences) = (use_nav(), use_locale(), use_preferences());
    let offered = move || {
        let staff = preferences.staff();
        Facet::RANKED.into_iter().filter(move |one| is_offered(*one, staff) || facet.get() == *one)
    };
    let option = move |one: Facet| {
        let selected = move || facet.get() == one;
        view! { <option value=one.ranking_code() prop:selected=selected>{facet_name(one, locale)}</option> }
    };
    let choose = move |event| {
        if let Some(ranked) = Facet::parse_ranking(&focus::value(&event)) {
            nav.go(|place| place.looks.rank(ranked));
        }
    };
    view! {
        <select class="card__choice" aria-label=locale.words.ranking_label() on:change=choose>
            {move || offered().map(option).collect_view()}
        </select>
    }
}

/// The table, the first of them at first.
#[component]
fn Ranks(facet: Memo<Facet>, ranks: Memo<Vec<Named>>) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let all = RwSignal::new(false);
    let hidden = move || ranks.with(Vec::len).saturating_sub(FIRST);
    let more = move || {
        let text = if all.get() {
            words.ranking_fewer()
        } else {
            words.ranking_more(locale.count(hidden()))
        };
        (hidden() > 0).then(|| {
            view! {
                <button type="button" class="button button--quiet" on:click=move |_| all.update(|all| *all = !*all)>
                    {text}
                </button>
            }
        })
    };
    view! {
        // Wider than a narrow screen: it has to be reachable to be scrolled.
        <div class="chart__scroll" tabindex="0" role="group" aria-labelledby="card-ranking">
            {move || {
                let shown = if all.get() { usize::MAX } else { FIRST };
                view! { <RankTable facet=facet.get() ranks=ranks.get() shown=shown/> }
            }}
        </div>
        {more}
    }
}

#[component]
fn RankTable(facet: Facet, ranks: Vec<Named>, shown: usize) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let words = locale.words;
    let place = nav.part(|place| place.with_view(View::Calls));
    let most = most_of(&ranks);
    let rows = ranks.into_iter().take(shown).map(|Named { rank, name }| {
        let Rank { value, figures } = rank;
        let href = move || place.with(|place| of_value(place, facet, &value));
        let time = |ms: Option<f64>| ms.map_or_else(|| words.unknown_value(), duration);
        view! {
            <tr>
                <th scope="row"><a class="ranking__link" href=href dir="auto">{name}</a></th>
                <td>
                    {locale.count(figures.calls)}
                    <span class="measure" aria-hidden="true" style:--share=share(to_f64(figures.calls) / most.0)></span>
                </td>
                <td class="ranking__more">{locale.count(figures.answered)}</td>
                <td>
                    {time(figures.mean_ms)}
                    <span class="measure" aria-hidden="true" style:--share=share(figures.mean_ms.unwrap_or(0.0) / most.1)></span>
                </td>
                <td class="ranking__more">{time(figures.median_ms)}</td>
                <td class="ranking__rate"><Rate rate=figures.success/></td>
            </tr>
        }
    });
    let [calls, answered, mean, median, success] = heads(locale);
    view! {
        <table class="figures-table ranking">
            <thead>
                <tr>
                    <th scope="col">{facet_name(facet, locale)}</th>
                    <th scope="col">{calls}</th>
                    <th scope="col" class="ranking__more">{answered}</th>
                    <th scope="col">{mean}</th>
                    <th scope="col" class="ranking__more">{median}</th>
                    <th scope="col">{success}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// A rate, its interval drawn, and what it counts.
#[component]
fn Rate(rate: SuccessRate) -> impl IntoView {
    let locale = use_locale();
    let shown = rate.rate();
    let text = shown.map_or_else(|| locale.words.unknown_value(), |it| locale.formats.percent(it));
    let drawn = shown.zip(rate.interval()).map(|(share, (low, high))| {
        view! {
            <span class="rate" aria-hidden="true" style:--low=percent(low) style:--high=percent(1.0 - high) style:--at=percent(share)></span>
        }
    });
    let brief = locale.words.rate_of(locale.count(rate.yes), locale.count(rate.denominator()));
    view! {
        {text}
        {drawn}
        <span class="figures-table__note">{success_basis(rate, locale)}</span>
        <span class="figures-table__note figures-table__note--brief">{brief}</span>
    }
}

fn share(of_most: f64) -> String {
    format!("{of_most:.4}")
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// The most calls and the longest average, never nothing.
fn most_of(ranks: &[Named]) -> (f64, f64) {
    let calls = ranks.iter().map(|named| to_f64(named.rank.figures.calls)).fold(1.0, f64::max);
    let mean = ranks.iter().filter_map(|named| named.rank.figures.mean_ms).fold(1.0, f64::max);
    (calls, mean)
}

fn heads(locale: Locale) -> [String; 5] {
    let words = locale.words;
    [
        words.figure_calls(),
        words.figure_answered(),
        words.figure_mean(),
        words.figure_median(),
        words.figure_success(),
    ]
}

/// The calls of a value, as far as the filter shows them anyway.
fn of_value(place: &Place, facet: Facet, value: &str) -> String {
    let mut place = place.clone();
    facet.choose(&mut place.filter, vec![value.to_owned()]);
    place.fragment()
}

/// The table of its numbers.
pub(crate) fn table(ranks: &[Named], facet: Facet, place: &Place, locale: Locale) -> Table {
    let words = locale.words;
    let mut columns = vec![facet_name(facet, locale)];
    columns.extend(heads(locale));
    columns.push(words.column_basis());
    let number = |number: Option<f64>, text: &dyn Fn(f64) -> String| {
        number.map_or_else(|| Cell::text(words.unknown_value()), |it| Cell::number(it, text(it)))
    };
    let count = |count: usize| Cell::number(to_f64(count), locale.count(count));
    let row = |Named { rank, name }: &Named| {
        let figures = &rank.figures;
        let secs =
            |ms: Option<f64>| number(ms.map(|ms| ms / 1_000.0), &|it| duration(it * 1_000.0));
        vec![
            Cell::text(name).to(of_value(place, facet, &rank.value)),
            count(figures.calls),
            count(figures.answered),
            secs(figures.mean_ms),
            secs(figures.median_ms),
            number(figures.success.rate(), &|share| locale.formats.percent(share)),
            Cell::text(success_basis(figures.success, locale)),
        ]
    };
    Table { heads: columns, rows: ranks.iter().map(row).collect() }
}

/// "80% of 10 (49% – 94%)".
fn rate_text(success: SuccessRate, locale: Locale) -> String {
    let words = locale.words;
    let percent = |share: f64| locale.formats.percent(share);
    let rate = success.rate().map_or_else(|| words.unknown_value(), percent);
    let of = words.rate_of(rate, locale.count(success.denominator()));
    match success.interval() {
        Some((low, high)) => {
            words.rate_with_basis(of, words.days_from_to(percent(low), percent(high)))
        }
        None => of,
    }
}

/// The picture as it is saved: as many values as can be read.
pub(crate) fn saved(ranks: &[Named], locale: Locale) -> Picture {
    let words = locale.words;
    let most = most_of(ranks);
    let row = |Named { rank, name }: &Named| {
        let figures = &rank.figures;
        let rate = figures.success.rate();
        let mean = figures.mean_ms.map_or_else(|| words.unknown_value(), duration);
        let measures = vec![
            Measure::bar(to_f64(figures.calls) / most.0, locale.count(figures.calls)),
            Measure { share: figures.mean_ms.map(|ms| ms / most.1), said: mean, interval: None },
            Measure {
                share: rate,
                said: rate_text(figures.success, locale),
                interval: figures.success.interval(),
            },
        ];
        (name.clone(), measures)
    };
    let [calls, _, mean, _, success] = heads(locale);
    let rows = ranks.iter().take(2 * FIRST).map(row).collect();
    Picture { legend: Vec::new(), plot: Plot::Ranks { heads: vec![calls, mean, success], rows } }
}
