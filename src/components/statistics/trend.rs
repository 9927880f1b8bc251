//! The success rate over time, with the interval that it lies in.

use calls::figures::SuccessRate;
use leptos::prelude::*;
use leptos::svg;

use super::bars::to_f64;
use super::counts::{Counted, Counts};
use super::over_time::step_head;
use super::saving::SaveMenu;
use super::twin::{Cell, Table, Twin};
use crate::components::figure_strip::success_basis;
use crate::locale::{Locale, use_locale};
use crate::picture::{Picture, Plot};

/// The drawing's own units; it scales with its container.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 160.0;

/// A part of time in which some call states its success.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    /// Its place, from the left.
    pub x: f64,
    /// The rate, from the top.
    pub y: f64,
    /// The upper end of the interval, from the top.
    pub high: f64,
    /// The lower end.
    pub low: f64,
}

/// The points of parts, in stretches: where no call states anything the line breaks off.
#[must_use]
pub fn stretches(rates: &[SuccessRate]) -> Vec<Vec<Point>> {
    let step = WIDTH / to_f64(rates.len().max(1));
    let y = |share: f64| (1.0 - share) * HEIGHT;
    let points = rates.iter().enumerate().map(|(index, rate)| {
        let (rate, (low, high)) = rate.rate().zip(rate.interval())?;
        let x = (to_f64(index) + 0.5) * step;
        Some(Point { x, y: y(rate), high: y(high), low: y(low) })
    });
    let points: Vec<Option<Point>> = points.collect();
    let stretches = points.split(Option::is_none).filter(|stretch| !stretch.is_empty());
    stretches.map(|stretch| stretch.iter().copied().flatten().collect()).collect()
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let words = points.enumerate().map(|(index, (x, y))| {
        let word = if index == 0 { 'M' } else { 'L' };
        format!("{word}{x:.1} {y:.1}")
    });
    words.collect()
}

/// The success of a part of time.
fn rate(part: &Counted) -> SuccessRate {
    let [yes, no, not_stated] = part.success;
    SuccessRate { yes, no, not_stated }
}

/// The card.
#[component]
pub fn Trend(
    /// What is counted over time.
    #[prop(into)]
    counts: Signal<Counts>,
) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let title = Signal::derive(move || words.card_trend());
    let table = Signal::derive(move || counts.with(|counts| table(counts, locale)));
    let picture = Callback::new(move |()| counts.with_untracked(|counts| saved(counts, locale)));
    let label = move |last: bool| {
        counts.with(|counts| {
            let part = if last { counts.parts.last() } else { counts.parts.first() };
            part.map(|part| part.label.clone())
        })
    };
    let percent = |share: f64| locale.formats.percent(share);
    view! {
        <section class="card" aria-labelledby="card-trend">
            <div class="card__head">
                <h2 class="card__title" id="card-trend">{title}</h2>
                <SaveMenu title=title table=table picture=picture name="success"/>
            </div>
            <figure class="chart">
                <div class="chart__frame" data-kind="trend">
                    <div class="chart__axis" aria-hidden="true">
                        <span>{percent(1.0)}</span>
                        <span>{percent(0.5)}</span>
                        <span>{percent(0.0)}</span>
                    </div>
                    <svg class="chart__bars" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="group" aria-label=title>
                        <path class="chart__grid" d=format!("M0 0H{WIDTH}M0 {}H{WIDTH}M0 {HEIGHT}H{WIDTH}", HEIGHT / 2.0)></path>
                        {move || counts.with(|counts| touches(counts, locale))}
                        {move || counts.with(lines)}
                    </svg>
                    <div class="chart__labels" aria-hidden="true">
                        <span class="chart__end">{move || label(false)}</span>
                        <span class="chart__end">{move || label(true)}</span>
                    </div>
                </div>
                <Twin table=table/>
            </figure>
        </section>
    }
}

fn lines(counts: &Counts) -> Vec<impl IntoView + use<>> {
    let rates: Vec<SuccessRate> = counts.parts.iter().map(rate).collect();
    let drawn = stretches(&rates).into_iter().map(|stretch| {
        let upper = stretch.iter().map(|point| (point.x, point.high));
        let lower = stretch.iter().rev().map(|point| (point.x, point.low));
        let band = path(upper.chain(lower)) + "Z";
        let line = path(stretch.iter().map(|point| (point.x, point.y)));
        // One point is no line: its interval stands for it.
        let alone = stretch
            .first()
            .filter(|_| stretch.len() == 1)
            .map(|point| format!("M{0:.1} {1:.1}L{0:.1} {2:.1}", point.x, point.high, point.low));
        // A line of no length with round ends is a dot, however the drawing is stretched.
        let dots = stretch.iter().map(|point| format!("M{:.1} {:.1}h0", point.x, point.y));
        let dots: String = dots.collect();
        view! {
            <g class="trend">
                <path class="trend__band" d=band></path>
                <path class="trend__line" d=line></path>
                <path class="trend__dots" d=dots></path>
                {alone.map(|alone| view! { <g><path class="trend__alone" d=alone></path></g> })}
            </g>
        }
    });
    drawn.collect()
}

/// What leads from a point to its calls for whoever points at it; the table has the same links.
fn touches(counts: &Counts, locale: Locale) -> Vec<impl IntoView + use<>> {
    let step = WIDTH / to_f64(counts.parts.len().max(1));
    let parts = counts.parts.iter().enumerate();
    parts
        .map(|(nth, part)| {
            let href = part.place.fragment();
            let name = locale.words.chart_picked(&part.name, said(rate(part), locale));
            view! {
                <g class="chart__bar">
                    <a class="chart__segment" href=href tabindex="-1" aria-hidden="true">
                        {svg::title().child(name)}
                        <rect class="chart__touch" x=to_f64(nth) * step y=0 width=step height=HEIGHT></rect>
                    </a>
                </g>
            }
        })
        .collect()
}

/// The rate with what it counts.
fn said(rate: SuccessRate, locale: Locale) -> String {
    let basis = success_basis(rate, locale);
    match rate.rate() {
        Some(share) => locale.words.rate_with_basis(locale.formats.percent(share), basis),
        None => basis,
    }
}

fn table(counts: &Counts, locale: Locale) -> Table {
    let words = locale.words;
    let rows = counts.parts.iter().map(|part| {
        let rate = rate(part);
        let shown = rate.rate().map_or_else(
            || Cell::text(words.unknown_value()),
            |share| Cell::number(share, locale.formats.percent(share)),
        );
        let basis = Cell::text(success_basis(rate, locale));
        vec![Cell::text(&part.name), shown.to(part.place.fragment()), basis]
    });
    let heads = vec![step_head(counts.step, locale), words.figure_success(), words.column_basis()];
    Table { heads, rows: rows.collect() }
}

/// The picture as it is saved.
fn saved(counts: &Counts, locale: Locale) -> Picture {
    let points = counts.parts.iter().map(|part| {
        let (rate, (low, high)) = rate(part).rate().zip(rate(part).interval())?;
        Some([rate, low, high])
    });
    let label = |part: Option<&Counted>| part.map(|part| part.label.clone()).unwrap_or_default();
    Picture {
        legend: Vec::new(),
        plot: Plot::Trend {
            axis: [1.0, 0.5, 0.0].map(|share| locale.formats.percent(share)),
            points: points.collect(),
            ends: [label(counts.parts.first()), label(counts.parts.last())],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_breaks_off_where_nothing_is_stated() {
        let some = SuccessRate { yes: 1, no: 1, not_stated: 0 };
        let none = SuccessRate { yes: 0, no: 0, not_stated: 5 };
        let drawn = stretches(&[none, some, some, none, some]);
        assert_eq!(drawn.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        let first = drawn[0][0];
        assert_eq!((first.x, first.y), (216.0, 80.0));
        assert!(first.high < first.y && first.y < first.low);
        assert!(stretches(&[none]).is_empty() && stretches(&[]).is_empty());
    }
}
