//! Bars beside each other, each a link where there is something behind it.

use leptos::prelude::*;

/// The drawing's own units; it scales with its container.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 200.0;

/// More labels than this do not fit under bars.
const LABELS: usize = 8;

/// A bar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// What it stands for and how much it is, in words.
    pub name: String,
    /// The same under the bar, in the least space.
    pub label: String,
    /// Where it leads to.
    pub href: Option<String>,
    /// Its pieces from the bottom up: name for CSS, amount.
    pub pieces: Vec<(&'static str, usize)>,
}

impl Bar {
    fn amount(&self) -> usize {
        self.pieces.iter().map(|(_, amount)| amount).sum()
    }
}

/// A bar's pieces from the bottom up: name for CSS, first unit, height.
#[must_use]
pub fn pieces(bar: &Bar, most: usize) -> Vec<(&'static str, f64, f64)> {
    let scale = |amount: usize| to_f64(amount) / to_f64(most.max(1)) * HEIGHT;
    let mut top = HEIGHT;
    let parts = bar.pieces.iter().filter(|(_, amount)| *amount > 0);
    let pieces = parts.map(|(name, amount)| {
        top -= scale(*amount);
        (*name, top, scale(*amount))
    });
    pieces.collect()
}

/// A round number at or above the largest bar, for the axis.
#[must_use]
pub fn axis_top(most: usize) -> usize {
    let steps = [1, 2, 4, 6, 8, 10];
    let mut unit: usize = 1;
    loop {
        let step = steps.into_iter().find(|step| step * unit >= most);
        match (step, unit.checked_mul(10)) {
            (Some(step), _) => return step * unit,
            (None, Some(larger)) if larger < usize::MAX / 100 => unit = larger,
            (None, _) => return most,
        }
    }
}

/// The bars with their axis.
#[component]
pub fn Bars(
    /// The name of the picture.
    label: String,
    /// The bars, in order.
    bars: Vec<Bar>,
    /// How an amount is written at the axis.
    axis: Callback<usize, String>,
) -> impl IntoView {
    let top = axis_top(bars.iter().map(Bar::amount).max().unwrap_or(0));
    let step = WIDTH / to_f64(bars.len().max(1));
    let labels = labels(&bars, step);
    let bars: Vec<_> =
        bars.into_iter().enumerate().map(|(index, bar)| draw(bar, index, step, top)).collect();
    view! {
        <div class="chart__frame">
            <div class="chart__axis" aria-hidden="true">
                <span>{axis.run(top)}</span>
                <span>{(top > 1).then(|| axis.run(top / 2))}</span>
                <span>{axis.run(0)}</span>
            </div>
            <svg class="chart__bars" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="group" aria-label=label>
                <path class="chart__grid" d=format!("M0 0H{WIDTH}M0 {}H{WIDTH}M0 {HEIGHT}H{WIDTH}", HEIGHT / 2.0)></path>
                {bars}
            </svg>
            <div class="chart__labels" aria-hidden="true">{labels}</div>
        </div>
    }
}

fn draw(bar: Bar, index: usize, step: f64, top: usize) -> impl IntoView {
    let left = to_f64(index) * step;
    let width = (step * 0.72).max(1.0);
    let drawn = pieces(&bar, top).into_iter().map(|(part, y, height)| {
        view! { <rect class="chart__piece" data-part=part x=left + (step - width) / 2.0 y=y width=width height=height></rect> }
    });
    let drawn: Vec<_> = drawn.collect();
    let (name, title) = (bar.name.clone(), bar.name);
    let touch = view! { <rect class="chart__touch" x=left y=0 width=step height=HEIGHT></rect> };
    match bar.href {
        Some(href) => view! {
            // Within `g` the macro knows that `a` and `title` are those of SVG.
            <g><a href=href aria-label=name class="chart__bar"><title>{title}</title>{touch}{drawn}</a></g>
        }
        .into_any(),
        None => view! {
            <g role="img" aria-label=name class="chart__bar"><title>{title}</title>{touch}{drawn}</g>
        }
        .into_any(),
    }
}

/// A label under every bar where there is room, else under every so manieth.
fn labels(bars: &[Bar], step: f64) -> Vec<impl IntoView + use<>> {
    let every = bars.len().div_ceil(LABELS).max(1);
    let shown = bars.iter().enumerate().filter(|(index, _)| index % every == 0);
    shown
        .map(|(index, bar)| {
            let middle = (to_f64(index) + 0.5) * step / WIDTH * 100.0;
            let text = bar.label.clone();
            view! { <span class="chart__label" style:left=format!("{middle:.2}%")>{text}</span> }
        })
        .collect()
}

fn to_f64(count: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "counts of calls stay far below 2^53")]
    let count = count as f64;
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(pieces: &[(&'static str, usize)]) -> Bar {
        Bar { name: String::new(), label: String::new(), href: None, pieces: pieces.to_vec() }
    }

    #[test]
    fn pieces_stand_on_the_ground_and_on_each_other() {
        assert_eq!(
            pieces(&bar(&[("yes", 2), ("no", 1), ("not-stated", 1)]), 4),
            [("yes", 100.0, 100.0), ("no", 50.0, 50.0), ("not-stated", 0.0, 50.0)]
        );
        assert!(pieces(&bar(&[("yes", 0)]), 4).is_empty());
    }

    #[test]
    fn the_axis_ends_at_a_round_number_above_the_largest_bar() {
        assert_eq!([0, 1, 3, 9, 11, 61, 199].map(axis_top), [1, 1, 4, 10, 20, 80, 200]);
        assert_eq!(axis_top(usize::MAX), usize::MAX);
    }
}
