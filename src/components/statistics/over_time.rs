//! Calls over time, by success.

use calls::Success;
use calls::period::Period;
use calls::stats::{Split, Step};
use leptos::prelude::*;

use super::bars::{Bar, Bars};
use super::trend::Trend;
use super::twin::{Table, Twin};
use super::{Parts, part_label, part_name, use_parts};
use crate::browser::focus;
use crate::components::period_picker::days_text;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::place::{Place, View};
use crate::selection::use_selection;
use crate::store::use_store;

/// A part of time and its calls: yes, no, not stated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counted {
    /// In words.
    pub name: String,
    /// In the least space.
    pub label: String,
    /// The link to its calls.
    pub href: String,
    /// Calls by success: yes, no, not stated.
    pub counts: [usize; 3],
}

impl Counted {
    fn calls(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// The card, and beside it the one of the success rate.
#[component]
pub fn OverTime() -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let parts = use_parts(locale);
    let counted = use_counted(parts);
    let title = move || {
        let (first, last) = nav.place().period.days(selection.today.get());
        let step = step_word(parts.with(|(step, _)| *step), locale);
        locale.words.chart_title(step, days_text(first, last, locale), selection.zone().name())
    };
    view! {
        <section class="card card--wide" aria-labelledby="card-over-time">
            <div class="card__head">
                <h2 class="card__title" id="card-over-time">{title}</h2>
                <StepChoice parts=parts/>
            </div>
            {move || {
                let step = parts.with(|(step, _)| *step);
                view! { <TimeChart step=step counted=counted.get()/> }
            }}
        </section>
        <section class="card" aria-labelledby="card-trend">
            <h2 class="card__title" id="card-trend">{locale.words.card_trend()}</h2>
            {move || {
                let step = parts.with(|(step, _)| *step);
                view! { <Trend step=step counted=counted.get()/> }
            }}
        </section>
    }
}

fn use_counted(parts: Memo<Parts>) -> Memo<Vec<Counted>> {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    Memo::new(move |_| {
        let (zone, place) = (selection.zone(), nav.place().with_view(View::Calls));
        let (step, bounds) = parts.get();
        let series = selection.rows.with(|rows| {
            store.with_book(|book| book.series(rows, (&bounds, step), Split::Success))
        });
        let at = |success: Success| series.keys.iter().position(|key| key == success.code());
        let places = [Success::Yes, Success::No, Success::NotStated].map(at);
        let counted = series.parts.iter().zip(bounds.windows(2)).map(|(counts, bounds)| {
            let from = bounds.first().copied().unwrap_or_default();
            let to = bounds.last().copied().unwrap_or_default();
            let count = |place: Option<usize>| {
                place.and_then(|place| counts.get(place)).map_or(0, |count| *count as usize)
            };
            let (first, last) = (zone.day_of(from), zone.day_of(to - 1));
            let period = Period::between(first, last).0;
            Counted {
                name: part_name(step, from, to, &zone, locale),
                label: part_label(step, from, &zone, locale),
                href: Place { period, ..place.clone() }.fragment(),
                counts: places.map(count),
            }
        });
        counted.collect()
    })
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

#[component]
fn StepChoice(parts: Memo<Parts>) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let options = Step::ALL.into_iter().map(|step| {
        let selected = move || parts.with(|(shown, _)| *shown == step);
        view! { <option value=step.code() selected=selected>{step_word(step, locale)}</option> }
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

/// Bars and table.
#[component]
pub fn TimeChart(
    /// The parts that it is cut into.
    step: Step,
    /// The parts in order, without gaps.
    counted: Vec<Counted>,
) -> impl IntoView {
    let locale = use_locale();
    let label = locale.words.chart_days(step_word(step, locale));
    let table = table(step, &counted, locale);
    let bars = counted.into_iter().map(|part| {
        let [yes, no, not_stated] = part.counts;
        let name = locale.words.chart_bar(
            &part.name,
            locale.calls(part.calls()),
            locale.count(yes),
            locale.count(no),
            locale.count(not_stated),
        );
        let pieces = vec![("yes", yes), ("no", no), ("not-stated", not_stated)];
        Bar { name, label: part.label, href: Some(part.href), pieces }
    });
    view! {
        <figure class="chart">
            <Legend/>
            <Bars label=label bars=bars.collect() axis=Callback::new(move |count: usize| locale.count(count))/>
            <Twin table=table/>
        </figure>
    }
}

fn table(step: Step, counted: &[Counted], locale: Locale) -> Table {
    let words = locale.words;
    let heads = vec![
        step_head(step, locale),
        words.figure_calls(),
        words.success_yes(),
        words.success_no(),
        words.success_not_stated(),
    ];
    let row = |part: &Counted| {
        let mut row = vec![part.name.clone(), locale.count(part.calls())];
        row.extend(part.counts.map(|count| locale.count(count)));
        row
    };
    Table { heads, rows: counted.iter().map(row).collect() }
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

/// What the colours of success stand for.
#[component]
pub fn Legend() -> impl IntoView {
    let words = use_locale().words;
    let entries = [
        ("yes", words.success_yes()),
        ("no", words.success_no()),
        ("not-stated", words.success_not_stated()),
    ];
    let entries = entries.into_iter().map(|(part, text)| {
        view! {
            <li class="legend__entry">
                <span class="legend__swatch" data-part=part aria-hidden="true"></span>
                {text}
            </li>
        }
    });
    view! { <ul class="legend">{entries.collect_view()}</ul> }
}
