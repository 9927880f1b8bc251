//! The success rate over time, with the interval that it lies in.

use calls::figures::SuccessRate;
use leptos::prelude::*;

use super::over_time::{Counted, step_head};
use super::twin::{Table, Twin};
use crate::components::figure_strip::success_basis;
use crate::locale::{Locale, use_locale};
use calls::stats::Step;

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
    #[allow(clippy::cast_precision_loss, reason = "parts of a picture are few")]
    let step = WIDTH / rates.len().max(1) as f64;
    let mut stretches = vec![Vec::new()];
    for (index, rate) in rates.iter().enumerate() {
        #[allow(clippy::cast_precision_loss, reason = "parts of a picture are few")]
        let x = (index as f64 + 0.5) * step;
        match rate.rate().zip(rate.interval()) {
            Some((rate, (low, high))) => {
                let y = |share: f64| (1.0 - share) * HEIGHT;
                let point = Point { x, y: y(rate), high: y(high), low: y(low) };
                stretches.last_mut().into_iter().for_each(|stretch| stretch.push(point));
            }
            None if stretches.last().is_some_and(|stretch| !stretch.is_empty()) => {
                stretches.push(Vec::new());
            }
            None => {}
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let words = points.enumerate().map(|(index, (x, y))| {
        let word = if index == 0 { 'M' } else { 'L' };
        format!("{word}{x:.1} {y:.1}")
    });
    words.collect()
}

/// The card.
#[component]
pub fn Trend(
    /// The parts that it is cut into.
    step: Step,
    /// The parts in order.
    counted: Vec<Counted>,
) -> impl IntoView {
    let locale = use_locale();
    let rate = |part: &Counted| {
        let [yes, no, not_stated] = part.counts;
        SuccessRate { yes, no, not_stated }
    };
    let rates: Vec<SuccessRate> = counted.iter().map(rate).collect();
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
        view! {
            <g>
                <path class="trend__band" d=band></path>
                <path class="trend__line" d=line></path>
                {alone.map(|alone| view! { <g><path class="trend__alone" d=alone></path></g> })}
            </g>
        }
    });
    let drawn: Vec<_> = drawn.collect();
    let table = table(step, &counted, &rates, locale);
    let percent = |share: f64| locale.formats.percent(share);
    view! {
        <figure class="chart">
            <div class="chart__frame" data-kind="trend">
                <div class="chart__axis" aria-hidden="true">
                    <span>{percent(1.0)}</span>
                    <span>{percent(0.5)}</span>
                    <span>{percent(0.0)}</span>
                </div>
                <svg class="chart__bars" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="img" aria-label=locale.words.card_trend()>
                    <path class="chart__grid" d=format!("M0 0H{WIDTH}M0 {}H{WIDTH}M0 {HEIGHT}H{WIDTH}", HEIGHT / 2.0)></path>
                    {drawn}
                </svg>
                <div class="chart__labels" aria-hidden="true">
                    <span class="chart__end">{counted.first().map(|part| part.label.clone())}</span>
                    <span class="chart__end">{counted.last().map(|part| part.label.clone())}</span>
                </div>
            </div>
            <Twin table=table/>
        </figure>
    }
}

fn table(step: Step, counted: &[Counted], rates: &[SuccessRate], locale: Locale) -> Table {
    let words = locale.words;
    let rows = counted.iter().zip(rates).map(|(part, rate)| {
        let shown =
            rate.rate().map_or_else(|| words.unknown_value(), |it| locale.formats.percent(it));
        vec![part.name.clone(), shown, success_basis(*rate, locale)]
    });
    let heads = vec![step_head(step, locale), words.figure_success(), words.column_basis()];
    Table { heads, rows: rows.collect() }
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
