//! Calls counted by parts of time, and in each by what is told apart.

use calls::Success;
use calls::filter::Facet;
use calls::period::{Period, Span};
use calls::stats::{Series, Split, Step};
use leptos::prelude::*;

use super::{Parts, part_label, part_name};
use crate::components::filter_bar::use_value_names;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::place::{Place, View};
use crate::selection::use_selection;
use crate::store::use_store;

/// More series than this cannot be told apart: what is rarer is drawn as one.
const SERIES: usize = 5;

/// One of the things that are told apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Its name for CSS.
    pub part: String,
    /// In words.
    pub name: String,
    /// The values of the filter that it stands for.
    pub values: Vec<String>,
}

/// A part of time and its calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counted {
    /// In words.
    pub name: String,
    /// In the least space.
    pub label: String,
    /// The place of its calls.
    pub place: Place,
    /// Calls by what is told apart.
    pub counts: Vec<usize>,
    /// Calls by success: yes, no, not stated.
    pub success: [usize; 3],
}

impl Counted {
    /// All of them.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// What is counted over time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counts {
    /// The parts that time is cut into.
    pub step: Step,
    /// What is told apart in each.
    pub split: Split,
    /// The things that are, from the bottom up.
    pub told: Vec<Told>,
    /// The parts in order, without gaps.
    pub parts: Vec<Counted>,
}

/// The dimension of the filter that is told apart.
#[must_use]
pub fn facet_of(split: Split) -> Facet {
    match split {
        Split::Success => Facet::Success,
        Split::Status => Facet::Status,
    }
}

/// The calls of the selection by parts of time, tracked.
#[must_use]
pub fn use_counts(parts: Memo<Parts>) -> Memo<Counts> {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let split = nav.part(|place| place.looks.split);
    let status = use_value_names(Facet::Status);
    Memo::new(move |_| {
        let (zone, place) = (selection.zone(), nav.place().with_view(View::Calls));
        let ((step, bounds), split) = (parts.get(), split.get());
        let series = |split| {
            let parts = (bounds.as_slice(), step);
            selection
                .answer
                .with(|answer| store.with_book(|book| book.series_of(answer, parts, split)))
        };
        let by_success = series(Split::Success);
        let statuses = (split == Split::Status).then(|| series(Split::Status));
        let told = match &statuses {
            Some(statuses) => told_statuses(statuses, locale, status),
            None => told_successes(locale),
        };
        let shown = statuses.as_ref().unwrap_or(&by_success);
        let counted = bounds.windows(2).enumerate().map(|(nth, bounds)| {
            let (from_ms, to_ms) = match bounds {
                [from, to] => (*from, *to),
                _ => (0, 0),
            };
            let period = Period::of_span(Span { from_ms, to_ms }, &zone);
            let success = Success::ALL.map(|success| count(&by_success, nth, success.code()));
            let of_told = |told: &Told| told.values.iter().map(|it| count(shown, nth, it)).sum();
            Counted {
                name: part_name(step, from_ms, to_ms, &zone, locale),
                label: part_label(step, from_ms, &zone, locale),
                place: Place { period, ..place.clone() },
                counts: told.iter().map(of_told).collect(),
                success,
            }
        });
        let parts = counted.collect();
        Counts { step, split, told, parts }
    })
}

fn count(series: &Series, part: usize, key: &str) -> usize {
    let place = series.keys.iter().position(|other| other == key);
    let counts = series.parts.get(part);
    place.and_then(|place| counts?.get(place)).map_or(0, |count| *count as usize)
}

/// What success tells apart: always the same three.
#[must_use]
pub fn told_successes(locale: Locale) -> Vec<Told> {
    let words = locale.words;
    let told = [
        (Success::Yes, words.success_yes()),
        (Success::No, words.success_no()),
        (Success::NotStated, words.success_not_stated()),
    ];
    told.map(|(success, name)| {
        let code = success.code().to_owned();
        Told { part: code.clone(), name, values: vec![code] }
    })
    .to_vec()
}

/// The most frequent statuses, and all others as one.
fn told_statuses(series: &Series, locale: Locale, name: impl Fn(&str) -> String) -> Vec<Told> {
    let own = if series.keys.len() > SERIES { SERIES - 1 } else { SERIES };
    let (shown, rest) = series.keys.split_at(own.min(series.keys.len()));
    let one = |(nth, key): (usize, &String)| {
        let part = format!("series-{}", nth + 1);
        Told { part, name: name(key), values: vec![key.clone()] }
    };
    let mut told: Vec<Told> = shown.iter().enumerate().map(one).collect();
    if !rest.is_empty() {
        let name = locale.words.chart_others(locale.count(rest.len()));
        told.push(Told { part: "not-stated".into(), name, values: rest.to_vec() });
    }
    told
}
