//! Statistics: figures with what they count, and pictures of which each has a table for a twin.

pub mod bars;
pub mod costs;
pub mod counts;
pub mod delta;
pub mod figures;
pub mod lengths;
pub mod lines;
pub mod over_time;
pub mod pair;
pub mod patterns;
pub mod picking;
pub mod ranking;
pub mod saving;
pub mod staff;
pub mod switches;
pub mod trend;
pub mod twin;
pub mod week;

use calls::period::{Period, Span};
use calls::stats::Step;
use leptos::prelude::*;
use load::LoadState;

use crate::locale::Locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::use_store;

/// The parts of time that calls are counted by, and where each begins and the last one ends, UTC
/// milliseconds.
pub type Parts = (Step, Vec<i64>);

/// The parts of the chosen days, tracked.
#[must_use]
pub fn use_parts(locale: Locale) -> Memo<Parts> {
    let (nav, selection) = (use_nav(), use_selection());
    let chosen = nav.part(|place| place.looks.step);
    Memo::new(move |_| {
        let span: Span = selection.span.get();
        let step = chosen.get().unwrap_or_else(|| Step::fitting(span));
        (step, step.bounds(span, &selection.zone(), locale.formats.week_start()))
    })
}

/// Whether all calls that are asked for are there, tracked. Nothing is compared with a part: a
/// difference would be one of loading.
#[must_use]
pub fn use_whole() -> Memo<bool> {
    let store = use_store();
    Memo::new(move |_| !store.is_loading() && !store.states().values().any(LoadState::is_partial))
}

/// What picking parts of time does: it looks at exactly these.
#[must_use]
pub fn use_pick(parts: Memo<Parts>) -> Callback<(usize, usize)> {
    let (nav, selection) = (use_nav(), use_selection());
    Callback::new(move |(first, last): (usize, usize)| {
        let ends = parts.with_untracked(|(_, bounds)| {
            bounds.get(first).copied().zip(bounds.get(last + 1).copied())
        });
        if let Some((from_ms, to_ms)) = ends {
            let period = Period::of_span(Span { from_ms, to_ms }, &selection.zone_untracked());
            nav.go(|place| place.period = period);
        }
    })
}

/// A part of time in words, in full.
#[must_use]
pub fn part_name(
    step: Step,
    from_ms: i64,
    to_ms: i64,
    zone: &calls::Zone,
    locale: Locale,
) -> String {
    let formats = locale.formats;
    let first = zone.day_of(from_ms);
    match step {
        Step::Hour => {
            let time = formats.time(zone.wall(from_ms));
            locale.words.when(formats.day(first), time, zone.name())
        }
        Step::Day => formats.day(first),
        Step::Week => {
            let last = zone.day_of(to_ms - 1);
            crate::components::period_picker::days_text(first, last, locale)
        }
        Step::Month => formats.month(first),
    }
}

/// A part of time in the least space.
#[must_use]
pub fn part_label(step: Step, from_ms: i64, zone: &calls::Zone, locale: Locale) -> String {
    match step {
        Step::Hour => locale.formats.time(zone.wall(from_ms)),
        _ => locale.formats.short_day(zone.day_of(from_ms)),
    }
}
