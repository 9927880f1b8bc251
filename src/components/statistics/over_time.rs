//! Calls over time, by success or by status, and beside it the trend of success.

use calls::stats::{Split, Step};
use leptos::prelude::*;

use super::bars::{Bar, Bars, Piece, to_f64};
use super::counts::{Counted, Counts, Told, facet_of, use_counts};
use super::saving::SaveMenu;
use super::trend::Trend;
use super::twin::{Cell, Table, Twin};
use super::{Parts, use_parts, use_pick};
use crate::browser::focus;
use crate::components::period_picker::use_time_text;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::picture::{Legend as Key, Picture, Plot};
use crate::selection::use_selection;

/// The card, and beside it the one of the success rate.
#[component]
pub fn OverTime() -> impl IntoView {
    let (selection, locale) = (use_selection(), use_locale());
    let parts = use_parts(locale);
    let counts = use_counts(parts);
    let time = use_time_text();
    let title = Signal::derive(move || {
        let (step, split) = counts.with(|counts| (counts.step, counts.split));
        locale.words.chart_title(step_word(step, locale), split_word(split, locale))
    });
    let when = move || locale.words.chart_when(time(), selection.zone().name());
    let pick = use_pick(parts);
    let table = Signal::derive(move || counts.with(|counts| table(counts, locale)));
    let picture = Callback::new(move |()| counts.with_untracked(|counts| plot(counts, locale)));
    view! {
        <section class="card card--wide" aria-labelledby="card-over-time">
            <div class="card__head">
                <h2 class="card__title" id="card-over-time">
                    {title}
                    <span class="card__when">{when}</span>
                </h2>
                <div class="card__tools">
                    <StepChoice parts=parts/>
                    <SplitChoice/>
                    <SaveMenu title=title table=table picture=picture name="calls"/>
                </div>
            </div>
            <TimeChart counts=counts pick=pick table=table/>
        </section>
        <Trend counts=counts/>
    }
}

/// "hour", "day", "week", "month".
#[must_use]
pub fn step_word(step: Step, locale: Locale) -> String {
    match step {
        Step::Hour => locale.words.step_hour(),
        Step::Day => locale.words.step_day(),
        Step::Week => locale.words.step_week(),
        Step::Month => locale.words.step_month(),
    }
}

/// "success", "status".
fn split_word(split: Split, locale: Locale) -> String {
    match split {
        Split::Success => locale.words.split_success(),
        Split::Status => locale.words.split_status(),
    }
}

#[component]
fn StepChoice(parts: Memo<Parts>) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let options = Step::ALL.into_iter().map(|step| {
        let selected = move || parts.with(|(shown, _)| *shown == step);
        view! { <option value=step.code() prop:selected=selected>{step_word(step, locale)}</option> }
    });
    let choose = move |event| {
        let step = Step::parse(&focus::value(&event));
        nav.go(|place| place.looks.step = step);
    };
    view! {
        <select class="card__choice" aria-label=locale.words.step_label() on:change=choose>
            {options.collect_view()}
        </select>
    }
}

#[component]
fn SplitChoice() -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let chosen = nav.part(|place| place.looks.split);
    let options = Split::ALL.into_iter().map(|split| {
        let selected = move || chosen.get() == split;
        let name = locale.words.split_by(split_word(split, locale));
        view! { <option value=split.code() prop:selected=selected>{name}</option> }
    });
    let choose = move |event| {
        if let Some(split) = Split::parse(&focus::value(&event)) {
            nav.go(|place| place.looks.split = split);
        }
    };
    view! {
        <select class="card__choice" aria-label=locale.words.split_label() on:change=choose>
            {options.collect_view()}
        </select>
    }
}

/// Bars and table.
#[component]
pub fn TimeChart(
    /// What is counted.
    #[prop(into)]
    counts: Signal<Counts>,
    /// What picking the first and the last of neighbouring parts does.
    pick: Callback<(usize, usize)>,
    /// The same as a table.
    table: Signal<Table>,
) -> impl IntoView {
    let locale = use_locale();
    let label = Signal::derive(move || {
        locale.words.chart_days(step_word(counts.with(|counts| counts.step), locale))
    });
    let bars = Signal::derive(move || counts.with(|counts| bars(counts, locale)));
    let told = Memo::new(move |_| counts.with(|counts| counts.told.clone()));
    let range = Callback::new(move |(first, last): (usize, usize)| {
        counts.with(|counts| range_text(counts, first, last, locale))
    });
    let axis = Callback::new(move |count: usize| locale.count(count));
    view! {
        <figure class="chart">
            {move || view! { <Legend told=told.get()/> }}
            <Bars id="over-time" label=label bars=bars axis=axis range=range pick=pick/>
            <Twin table=table/>
        </figure>
    }
}

/// "16 Nov – 18 Nov: 96 calls".
fn range_text(counts: &Counts, first: usize, last: usize, locale: Locale) -> String {
    let parts = counts.parts.get(first..=last).unwrap_or_default();
    let name = |part: Option<&Counted>| part.map(|part| part.name.clone()).unwrap_or_default();
    let calls = locale.calls(parts.iter().map(Counted::calls).sum());
    let (one, other) = (name(parts.first()), name(parts.last()));
    let range = if first == last { one } else { locale.words.days_from_to(one, other) };
    locale.words.chart_picked(range, calls)
}

/// The place of the calls of one thing in a part of time.
fn place_of(part: &Counted, told: &Told, split: Split) -> String {
    let mut place = part.place.clone();
    facet_of(split).choose(&mut place.filter, told.values.clone());
    place.fragment()
}

fn bars(counts: &Counts, locale: Locale) -> Vec<Bar> {
    let bar = |part: &Counted| {
        let pieces = counts.told.iter().zip(&part.counts).map(|(told, count)| Piece {
            part: told.part.clone(),
            amount: *count,
            name: locale.words.chart_piece(&part.name, &told.name, locale.calls(*count)),
            href: Some(place_of(part, told, counts.split)),
        });
        Bar {
            name: bar_name(part, counts, locale),
            label: part.label.clone(),
            href: part.place.fragment(),
            pieces: pieces.collect(),
        }
    };
    counts.parts.iter().map(bar).collect()
}

fn bar_name(part: &Counted, counts: &Counts, locale: Locale) -> String {
    let words = locale.words;
    let calls = locale.calls(part.calls());
    if counts.split == Split::Success {
        let [yes, no, not_stated] = part.success.map(|count| locale.count(count));
        return words.chart_bar(&part.name, calls, yes, no, not_stated);
    }
    let told = counts.told.iter().zip(&part.counts).filter(|(_, count)| **count > 0);
    let told = told.map(|(told, count)| words.chart_count(&told.name, locale.count(*count)));
    let told: Vec<String> = told.collect();
    let all = words.chart_picked(&part.name, calls);
    if told.is_empty() { all } else { words.chart_bar_status(all, told.join(", ")) }
}

/// The same as a table, with the same ways to the calls.
#[must_use]
pub fn table(counts: &Counts, locale: Locale) -> Table {
    let mut heads = vec![step_head(counts.step, locale), locale.words.figure_calls()];
    heads.extend(counts.told.iter().map(|told| told.name.clone()));
    let number = |count: usize| Cell::number(to_f64(count), locale.count(count));
    let row = |part: &Counted| {
        let mut row = vec![Cell::text(&part.name)];
        row.push(number(part.calls()).to(part.place.fragment()));
        let told = counts.told.iter().zip(&part.counts);
        row.extend(told.map(|(told, count)| number(*count).to(place_of(part, told, counts.split))));
        row
    };
    Table { heads, rows: counts.parts.iter().map(row).collect() }
}

/// The picture as it is saved.
fn plot(counts: &Counts, locale: Locale) -> Picture {
    let key = |told: &Told| Key { part: told.part.clone(), name: told.name.clone() };
    Picture {
        legend: counts.told.iter().map(key).collect(),
        plot: Plot::bars(&bars(counts, locale), |count| locale.count(count)),
    }
}

/// The head of a column of parts of time.
#[must_use]
pub fn step_head(step: Step, locale: Locale) -> String {
    match step {
        Step::Hour => locale.words.column_hour(),
        Step::Day => locale.words.column_day(),
        Step::Week => locale.words.column_week(),
        Step::Month => locale.words.column_month(),
    }
}

/// What the colours and patterns stand for, in the order of the pieces.
#[component]
pub fn Legend(
    /// The things that are told apart.
    told: Vec<Told>,
) -> impl IntoView {
    let entries = told.into_iter().map(|told| {
        view! {
            <li class="legend__entry">
                <span class="legend__swatch" data-part=told.part aria-hidden="true"></span>
                {told.name}
            </li>
        }
    });
    view! { <ul class="legend">{entries.collect_view()}</ul> }
}
