//! How long answered calls lasted.

use calls::filter::Bounds;
use calls::formats::duration;
use calls::stats::LENGTHS_MS;
use leptos::prelude::*;

use super::bars::{Bar, Bars, to_f64};
use super::saving::SaveMenu;
use super::twin::{Cell, Table, Twin};
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::picture::{Picture, Plot};
use crate::place::{Place, View};
use crate::selection::use_selection;
use crate::store::use_store;

/// Above how many milliseconds a class begins, and up to how many it goes.
#[must_use]
pub fn class(index: usize) -> (i64, Option<i64>) {
    let before = index.checked_sub(1).and_then(|before| LENGTHS_MS.get(before));
    (before.copied().unwrap_or(0), LENGTHS_MS.get(index).copied())
}

/// Several classes in words: `0:10–0:20`, `over 30:00`.
fn classes_name(first: usize, last: usize, locale: Locale) -> String {
    #[allow(clippy::cast_precision_loss, reason = "half an hour")]
    let text = |ms: i64| duration(ms as f64);
    let (above, most) = (class(first).0, class(last).1);
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
    let bars = Signal::derive(move || place.with(|place| bars(&counts.get(), place, locale)));
    let table = Signal::derive(move || place.with(|place| table(&counts.get(), place, locale)));
    let range = Callback::new(move |(first, last): (usize, usize)| {
        let calls = counts.with(|counts| counts.get(first..=last).unwrap_or_default().iter().sum());
        words.chart_picked(classes_name(first, last, locale), locale.calls(calls))
    });
    let pick = Callback::new(move |(first, last)| nav.go(|place| choose(place, first, last)));
    let axis = Callback::new(move |count: usize| locale.count(count));
    let picture = Callback::new(move |()| Picture {
        legend: Vec::new(),
        plot: bars.with_untracked(|bars| Plot::bars(bars, |count| locale.count(count))),
    });
    let title = Signal::derive(move || words.card_lengths());
    view! {
        <section class="card" aria-labelledby="card-lengths">
            <div class="card__head">
                <h2 class="card__title" id="card-lengths">{title}</h2>
                <SaveMenu title=title table=table picture=picture name="durations"/>
            </div>
            <figure class="chart">
                <Bars id="lengths" label=title bars=bars axis=axis range=range pick=pick/>
                <Twin table=table/>
            </figure>
        </section>
    }
}

fn bars(counts: &[usize], place: &Place, locale: Locale) -> Vec<Bar> {
    let bar = |(index, count): (usize, &usize)| {
        let name =
            locale.words.length_bar(classes_name(index, index, locale), locale.calls(*count));
        #[allow(clippy::cast_precision_loss, reason = "half an hour")]
        let label = duration(class(index).0 as f64);
        Bar::whole(name, label, of_class(place, index), *count)
    };
    counts.iter().enumerate().map(bar).collect()
}

fn table(counts: &[usize], place: &Place, locale: Locale) -> Table {
    let row = |(index, count): (usize, &usize)| {
        let calls = Cell::number(to_f64(*count), locale.count(*count));
        vec![Cell::text(classes_name(index, index, locale)), calls.to(of_class(place, index))]
    };
    let heads = vec![locale.words.column_duration(), locale.words.figure_calls()];
    Table { heads, rows: counts.iter().enumerate().map(row).collect() }
}

/// The calls of a class, as far as the filter shows them anyway.
fn of_class(place: &Place, index: usize) -> String {
    let mut place = place.clone();
    choose(&mut place, index, index);
    place.fragment()
}

/// Chooses classes from one to another, as far as the filter shows them anyway.
fn choose(place: &mut Place, first: usize, last: usize) {
    let (above, most) = (class(first).0, class(last).1);
    let chosen = place.filter.duration_ms;
    place.filter.duration_ms = Bounds::of(
        Some((above + 1).max(chosen.least.unwrap_or(i64::MIN))),
        most.map(|most| most.min(chosen.most.unwrap_or(i64::MAX))).or(chosen.most),
    );
}
