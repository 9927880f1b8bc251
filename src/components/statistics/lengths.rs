//! How long answered calls lasted.

use calls::filter::Bounds;
use calls::formats::duration;
use calls::stats::LENGTHS_MS;
use leptos::prelude::*;

use super::bars::{Bar, Bars};
use super::twin::{Table, Twin};
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::place::{Place, View};
use crate::selection::use_selection;
use crate::store::use_store;

/// Above how many milliseconds a class begins, and up to how many it goes.
#[must_use]
pub fn class(index: usize) -> (i64, Option<i64>) {
    let before = index.checked_sub(1).and_then(|before| LENGTHS_MS.get(before));
    (before.copied().unwrap_or(0), LENGTHS_MS.get(index).copied())
}

/// A class in words: `0:10–0:20`, `over 30:00`.
fn class_name(index: usize, locale: Locale) -> String {
    #[allow(clippy::cast_precision_loss, reason = "half an hour")]
    let text = |ms: i64| duration(ms as f64);
    let (above, most) = class(index);
    match most {
        Some(most) => locale.words.length_class(text(above), text(most)),
        None => locale.words.length_over(text(above)),
    }
}

/// The card.
#[component]
pub fn Lengths() -> impl IntoView {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let words = locale.words;
    let counts = Memo::new(move |_| {
        selection.rows.with(|rows| store.with_book(|book| book.lengths(rows))).to_vec()
    });
    let place = nav.part(|place| place.with_view(View::Calls));
    let picture = move || {
        let counts = counts.get();
        let bars = counts.iter().enumerate().map(|(index, count)| {
            let name = words.length_bar(class_name(index, locale), locale.calls(*count));
            let href = place.with(|place| of_class(place, index).fragment());
            #[allow(clippy::cast_precision_loss, reason = "half an hour")]
            let label = duration(class(index).0 as f64);
            Bar { name, label, href: Some(href), pieces: vec![("all", *count)] }
        });
        let rows = counts.iter().enumerate();
        let rows = rows.map(|(index, count)| vec![class_name(index, locale), locale.count(*count)]);
        let heads = vec![words.column_duration(), words.figure_calls()];
        let table = Table { heads, rows: rows.collect() };
        view! {
            <figure class="chart">
                <Bars label=words.card_lengths() bars=bars.collect() axis=Callback::new(move |count: usize| locale.count(count))/>
                <Twin table=table/>
            </figure>
        }
    };
    view! {
        <section class="card" aria-labelledby="card-lengths">
            <h2 class="card__title" id="card-lengths">{words.card_lengths()}</h2>
            {picture}
        </section>
    }
}

/// The calls of a class, as far as the filter shows them anyway.
fn of_class(place: &Place, index: usize) -> Place {
    let (above, most) = class(index);
    let mut place = place.clone();
    let chosen = place.filter.duration_ms;
    place.filter.duration_ms = Bounds {
        least: Some((above + 1).max(chosen.least.unwrap_or(i64::MIN))),
        most: most.map(|most| most.min(chosen.most.unwrap_or(i64::MAX))).or(chosen.most),
    };
    place
}
