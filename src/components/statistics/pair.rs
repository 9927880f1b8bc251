//! Two values of a dimension beside each other, such as two versions of an agent, with the
//! difference and what chance has to do with it.

use calls::filter::Facet;
use calls::stats::Summary;
use leptos::prelude::*;

use super::delta::{DeltaText, delta, noise_text};
use super::lines::{Line, lines};
use super::ranking::{Named, use_ranked_names};
use super::use_whole;
use crate::browser::focus;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::use_store;

/// What is compared, in this order.
const COMPARED: [&str; 7] =
    ["calls", "answered", "mean", "median", "p90", "success", "success-answered"];

/// Stands before a value in a choice: a value may be the empty word, nothing chosen has none.
const VALUE: &str = "=";

/// The two choices, and what comes of them.
#[component]
pub fn Pair(
    /// The dimension.
    facet: Memo<Facet>,
    /// Its values.
    ranks: Memo<Vec<Named>>,
) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let words = locale.words;
    let pair = nav.part(|place| place.looks.pair.clone());
    // What is chosen while it is no pair yet, of which dimension; a pair is in the link.
    let begun = RwSignal::new((facet.get_untracked(), None::<String>, None::<String>));
    let chosen =
        Memo::new(move |_| match pair.get() {
            Some((one, other)) => (Some(one), Some(other)),
            None => begun.with(|(of, one, other)| {
                if *of == facet.get() { (one.clone(), other.clone()) } else { (None, None) }
            }),
        });
    let choose = move |(one, other): (Option<String>, Option<String>)| {
        begun.set((facet.get_untracked(), one.clone(), other.clone()));
        let chosen = one.zip(other).filter(|(one, other)| one != other);
        nav.go(|place| place.looks.pair = chosen);
    };
    let first = Callback::new(move |value| choose((value, chosen.get_untracked().1)));
    let second = Callback::new(move |value| choose((chosen.get_untracked().0, value)));
    let enough = move || ranks.with(Vec::len) >= 2;
    view! {
        <Show when=enough>
            <div class="pair">
                <h3 class="pair__title">{words.pair_title()}</h3>
                <Choice label=words.pair_first() chosen=Signal::derive(move || chosen.get().0) ranks=ranks choose=first/>
                <Choice label=words.pair_second() chosen=Signal::derive(move || chosen.get().1) ranks=ranks choose=second/>
            </div>
        </Show>
        <Compared facet=facet pair=pair ranks=ranks/>
    }
}

#[component]
fn Choice(
    label: String,
    chosen: Signal<Option<String>>,
    ranks: Memo<Vec<Named>>,
    choose: Callback<Option<String>>,
) -> impl IntoView {
    let words = use_locale().words;
    let options = move || {
        let option = |named: Named| {
            let (value, key) = (named.rank.value.clone(), format!("{VALUE}{}", named.rank.value));
            let selected = move || chosen.with(|chosen| chosen.as_ref() == Some(&value));
            view! { <option value=key prop:selected=selected>{named.name}</option> }
        };
        ranks.get().into_iter().map(option).collect_view()
    };
    let take = move |event| choose.run(focus::value(&event).strip_prefix(VALUE).map(str::to_owned));
    view! {
        <select class="card__choice pair__choice" aria-label=label on:change=take>
            <option value="" prop:selected=move || chosen.with(Option::is_none)>{words.pair_none()}</option>
            {options}
        </select>
    }
}

/// The two beside each other.
#[component]
fn Compared(
    facet: Memo<Facet>,
    pair: Memo<Option<(String, String)>>,
    ranks: Memo<Vec<Named>>,
) -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let words = locale.words;
    let summaries = Memo::new(move |_| {
        let ((one, other), facet) = (pair.get()?, facet.get());
        let of = |value: &str| {
            selection.rows.with(|rows| store.with_book(|book| book.summary_of(facet, value, rows)))
        };
        Some((of(&one), of(&other)))
    });
    let ranked_name = use_ranked_names();
    let name = move |value: &str| ranked_name(facet.get(), value);
    let is_there =
        move |value: &str| ranks.with(|ranks| ranks.iter().any(|named| named.rank.value == value));
    let whole = use_whole();
    move || {
        let ((one, other), summaries) = (pair.get()?, summaries.get()?);
        if !whole.get() {
            return Some(
                view! { <p class="figures__partial">{words.pair_withheld()}</p> }.into_any(),
            );
        }
        let none: Vec<String> =
            [&one, &other].into_iter().filter(|it| !is_there(it)).map(|it| name(it)).collect();
        if !none.is_empty() {
            let said = words.pair_missing(none.join(", "));
            return Some(view! { <p class="figures__partial">{said}</p> }.into_any());
        }
        let rows = rows(&summaries.0, &summaries.1, locale).into_iter().map(row).collect_view();
        Some(
            view! {
                <div class="chart__scroll" tabindex="0" role="group" aria-label=words.pair_title()>
                    <table class="figures-table pair__table">
                        <thead>
                            <tr>
                                <th scope="col">{words.pair_figure()}</th>
                                <th scope="col" dir="auto">{name(&one)}</th>
                                <th scope="col" dir="auto">{name(&other)}</th>
                                <th scope="col">{words.pair_difference()}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any(),
        )
    }
}

/// The figures that are compared, of both.
fn rows(one: &Summary, other: &Summary, locale: Locale) -> Vec<(Line, Line, Locale)> {
    let (ones, others) = (lines(one, locale), lines(other, locale));
    let of = |lines: &[Line], key| lines.iter().find(|line| line.key == key).cloned();
    let both = COMPARED.into_iter().filter_map(|key| of(&ones, key).zip(of(&others, key)));
    both.map(|(one, other)| (one, other, locale)).collect()
}

fn row((one, other, locale): (Line, Line, Locale)) -> impl IntoView {
    let chance = one.rate.zip(other.rate).and_then(|(one, other)| one.above(other));
    let differs = one.amount.zip(other.amount);
    let differs =
        differs.map(|(first, second)| delta(first, second, one.good, locale).beside(chance));
    let noise = chance.map(|difference| noise_text(difference, locale));
    let cell = |line: &Line| {
        view! {
            <td>
                {line.text.value.clone()}
                <span class="figures-table__note">{line.text.basis.clone()}</span>
            </td>
        }
    };
    view! {
        <tr>
            <th scope="row">{one.text.name.clone()}</th>
            {cell(&one)}
            {cell(&other)}
            <td>
                {differs.map(|delta| view! { <DeltaText delta=delta/> })}
                {noise.map(|noise| view! { <span class="figures-table__note">{noise}</span> })}
            </td>
        </tr>
    }
}
