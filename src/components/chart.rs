//! Calls per day as bars, with the same numbers as a table.

use calls::figures::DayCount;
use leptos::prelude::*;

use crate::locale::{Locale, use_locale};

/// The drawing's own units; it scales with its container.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 200.0;

/// A bar's pieces from the bottom up: name for CSS, first unit, height.
#[must_use]
pub fn pieces(day: DayCount, most: usize) -> Vec<(&'static str, f64, f64)> {
    let scale = |count: usize| {
        #[allow(clippy::cast_precision_loss, reason = "counts of calls stay far below 2^53")]
        let share = count as f64 / most.max(1) as f64;
        share * HEIGHT
    };
    let mut top = HEIGHT;
    let parts = [("yes", day.yes), ("no", day.no), ("not-stated", day.not_stated)];
    let pieces = parts.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| {
        top -= scale(count);
        (name, top, scale(count))
    });
    pieces.collect()
}

/// A round number at or above the largest bar, for the axis.
#[must_use]
pub fn axis_top(most: usize) -> usize {
    let steps = [1, 2, 4, 6, 8, 10];
    let mut unit = 1;
    loop {
        if let Some(step) = steps.into_iter().find(|step| step * unit >= most) {
            return step * unit;
        }
        unit *= 10;
    }
}

/// Bars and table.
#[component]
pub fn DayChart(
    /// The days, in order, without gaps.
    days: Vec<DayCount>,
    /// The link of a day.
    href: Callback<DayCount, String>,
) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let top = axis_top(days.iter().map(|day| day.calls()).max().unwrap_or(0));
    #[allow(clippy::cast_precision_loss, reason = "days of a period are few")]
    let step = WIDTH / days.len().max(1) as f64;
    let bars = days
        .iter()
        .enumerate()
        .map(|(index, day)| bar(*day, index, step, top, href.run(*day), locale));
    let bars: Vec<_> = bars.collect();
    let labels = labels(&days, step, locale);
    view! {
        <figure class="chart">
            <Legend/>
            <div class="chart__frame">
                <div class="chart__axis" aria-hidden="true">
                    <span>{locale.count(top)}</span>
                    <span>{locale.count(top / 2)}</span>
                    <span>{locale.count(0)}</span>
                </div>
                <svg class="chart__bars" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="group" aria-label=words.chart_days()>
                    <path class="chart__grid" d=format!("M0 0H{WIDTH}M0 {}H{WIDTH}M0 {HEIGHT}H{WIDTH}", HEIGHT / 2.0)></path>
                    {bars}
                </svg>
                <div class="chart__labels" aria-hidden="true">{labels}</div>
            </div>
            <details class="chart__table">
                <summary>{words.chart_as_table()}</summary>
                <DayTable days=days/>
            </details>
        </figure>
    }
}

fn bar(
    day: DayCount,
    index: usize,
    step: f64,
    top: usize,
    href: String,
    locale: Locale,
) -> impl IntoView {
    #[allow(clippy::cast_precision_loss, reason = "days of a period are few")]
    let left = index as f64 * step;
    let width = (step * 0.72).max(1.0);
    let name = locale.words.chart_bar(
        locale.formats.day(day.day),
        locale.calls(day.calls()),
        locale.count(day.yes),
        locale.count(day.no),
        locale.count(day.not_stated),
    );
    let drawn = pieces(day, top).into_iter().map(|(part, y, height)| {
        view! { <rect class="chart__piece" data-part=part x=left + (step - width) / 2.0 y=y width=width height=height></rect> }
    });
    let drawn: Vec<_> = drawn.collect();
    view! {
        // Within `g` the macro knows that `a` and `title` are those of SVG.
        <g>
            <a href=href aria-label=name.clone() class="chart__bar">
                <title>{name.clone()}</title>
                <rect class="chart__touch" x=left y=0 width=step height=HEIGHT></rect>
                {drawn}
            </a>
        </g>
    }
}

/// A label under every bar where there is room, else under every so manieth.
fn labels(days: &[DayCount], step: f64, locale: Locale) -> Vec<impl IntoView + use<>> {
    let every = days.len().div_ceil(8).max(1);
    let shown = days.iter().enumerate().filter(|(index, _)| index % every == 0);
    shown
        .map(|(index, day)| {
            #[allow(clippy::cast_precision_loss, reason = "days of a period are few")]
            let middle = (index as f64 + 0.5) * step / WIDTH * 100.0;
            let text = locale.formats.short_day(day.day);
            view! { <span class="chart__label" style:left=format!("{middle:.2}%")>{text}</span> }
        })
        .collect()
}

#[component]
fn Legend() -> impl IntoView {
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

#[component]
fn DayTable(days: Vec<DayCount>) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let rows = days.into_iter().map(|day| {
        view! {
            <tr>
                <th scope="row">{locale.formats.day(day.day)}</th>
                <td>{locale.count(day.calls())}</td>
                <td>{locale.count(day.yes)}</td>
                <td>{locale.count(day.no)}</td>
                <td>{locale.count(day.not_stated)}</td>
            </tr>
        }
    });
    view! {
        <table class="figures-table">
            <thead>
                <tr>
                    <th scope="col">{words.column_day()}</th>
                    <th scope="col">{words.figure_calls()}</th>
                    <th scope="col">{words.success_yes()}</th>
                    <th scope="col">{words.success_no()}</th>
                    <th scope="col">{words.success_not_stated()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::Day;

    #[test]
    fn pieces_stand_on_the_ground_and_on_each_other() {
        let day = DayCount { day: Day(0), yes: 2, no: 1, not_stated: 1 };
        assert_eq!(
            pieces(day, 4),
            [("yes", 100.0, 100.0), ("no", 50.0, 50.0), ("not-stated", 0.0, 50.0)]
        );
        assert!(pieces(DayCount { day: Day(0), yes: 0, no: 0, not_stated: 0 }, 4).is_empty());
    }

    #[test]
    fn the_axis_ends_at_a_round_number_above_the_largest_bar() {
        assert_eq!([0, 1, 3, 9, 11, 61, 199].map(axis_top), [1, 1, 4, 10, 20, 80, 200]);
    }
}
