//! The values of a dimension side by side: volume, duration, success.

use calls::filter::Facet;
use calls::formats::duration;
use calls::stats::Rank;
use leptos::prelude::*;

use crate::browser::focus;
use crate::components::figure_strip::success_basis;
use crate::components::filter_bar::{facet_name, use_value_names};
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::place::{Place, View};
use crate::selection::use_selection;
use crate::store::use_store;

/// Values that are shown at first.
const FIRST: usize = 10;

/// The card.
#[component]
pub fn Ranking() -> impl IntoView {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let words = locale.words;
    let facet = nav.part(|place| place.looks.ranked);
    let ranks = Memo::new(move |_| {
        let facet = facet.get();
        selection.rows.with(|rows| store.with_book(|book| book.ranking(facet, rows)))
    });
    let all = RwSignal::new(false);
    let more = move || {
        let hidden = ranks.with(Vec::len).saturating_sub(FIRST);
        (hidden > 0 && !all.get()).then(|| {
            view! {
                <button type="button" class="button button--quiet" on:click=move |_| all.set(true)>
                    {words.ranking_more(locale.count(hidden))}
                </button>
            }
        })
    };
    view! {
        // Wider than a narrow screen: it has to be reachable to be scrolled.
        <section class="card card--wide" aria-labelledby="card-ranking" tabindex="0">
            <div class="card__head">
                <h2 class="card__title" id="card-ranking">
                    {move || words.card_ranking(facet_name(facet.get(), locale))}
                </h2>
                <FacetChoice facet=facet/>
            </div>
            {move || {
                let shown = if all.get() { usize::MAX } else { FIRST };
                view! { <RankTable facet=facet.get() ranks=ranks.get() shown=shown/> }
            }}
            {more}
        </section>
    }
}

#[component]
fn FacetChoice(facet: Memo<Facet>) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let options = Facet::RANKED.into_iter().map(|one| {
        let selected = move || facet.get() == one;
        view! { <option value=one.ranking_code() selected=selected>{facet_name(one, locale)}</option> }
    });
    let choose = move |event| {
        if let Some(ranked) = Facet::parse_ranking(&focus::value(&event)) {
            nav.go(|place| place.looks.ranked = ranked);
        }
    };
    view! {
        <select class="card__choice" aria-label=locale.words.ranking_label() on:change=choose>
            {options.collect_view()}
        </select>
    }
}

#[component]
fn RankTable(facet: Facet, ranks: Vec<Rank>, shown: usize) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let words = locale.words;
    let name_of = use_value_names(facet);
    let place = nav.part(|place| place.with_view(View::Calls));
    let most = ranks.first().map_or(1, |rank| rank.figures.calls.max(1));
    let rows = ranks.into_iter().take(shown).map(|rank| {
        let Rank { value, figures } = rank;
        let name = name_of(&value);
        let href = move || place.with(|place| of_value(place, facet, &value).fragment());
        #[allow(clippy::cast_precision_loss, reason = "counts of calls stay far below 2^53")]
        let share = figures.calls as f64 / most as f64 * 100.0;
        let time = |ms: Option<f64>| ms.map_or_else(|| words.unknown_value(), duration);
        let rate = figures.success.rate();
        let rate = rate.map_or_else(|| words.unknown_value(), |rate| locale.formats.percent(rate));
        view! {
            <tr>
                <th scope="row"><a class="ranking__link" href=href dir="auto">{name}</a></th>
                <td class="ranking__volume" style:--share=format!("{share:.1}%")>{locale.count(figures.calls)}</td>
                <td>{locale.count(figures.answered)}</td>
                <td>{time(figures.mean_ms)}</td>
                <td>{time(figures.median_ms)}</td>
                <td>
                    {rate}
                    <span class="figures-table__note">{success_basis(figures.success, locale)}</span>
                </td>
            </tr>
        }
    });
    view! {
        <table class="figures-table ranking">
            <thead>
                <tr>
                    <th scope="col">{facet_name(facet, locale)}</th>
                    <th scope="col">{words.figure_calls()}</th>
                    <th scope="col">{words.figure_answered()}</th>
                    <th scope="col">{words.figure_mean()}</th>
                    <th scope="col">{words.figure_median()}</th>
                    <th scope="col">{words.figure_success()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The calls of a value, as far as the filter shows them anyway.
fn of_value(place: &Place, facet: Facet, value: &str) -> Place {
    let mut place = place.clone();
    facet.choose(&mut place.filter, vec![value.to_owned()]);
    place
}
