//! Bars beside each other, each a link to its calls; from one to another they can be picked.

use leptos::prelude::*;
use leptos::svg::{self, Svg};

use super::picking::Picking;
use crate::browser::focus;
use crate::locale::use_locale;

/// The drawing's own units; it scales with its container.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 200.0;

/// More labels than this do not fit under bars.
const LABELS: usize = 8;

/// A piece of a bar.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Piece {
    /// Its name for CSS.
    pub part: String,
    /// How much it is.
    pub amount: usize,
    /// What it stands for and how much it is, in words.
    pub name: String,
    /// Where it leads to, if elsewhere than its bar, which is behind it.
    pub href: Option<String>,
}

/// A bar.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bar {
    /// What it stands for and how much it is, in words.
    pub name: String,
    /// The same under the bar, in the least space.
    pub label: String,
    /// Where it leads to.
    pub href: String,
    /// Its pieces from the bottom up.
    pub pieces: Vec<Piece>,
}

impl Bar {
    /// A bar of one piece.
    #[must_use]
    pub fn whole(name: String, label: String, href: String, amount: usize) -> Self {
        let piece = Piece { part: "all".into(), amount, ..Piece::default() };
        Self { name, label, href, pieces: vec![piece] }
    }

    /// How much its pieces are together.
    #[must_use]
    pub fn amount(&self) -> usize {
        self.pieces.iter().map(|piece| piece.amount).sum()
    }
}

/// A bar's pieces from the bottom up, those that are anything: first unit, height.
#[must_use]
pub fn heights(bar: &Bar, most: usize) -> Vec<(&Piece, f64, f64)> {
    let scale = |amount: usize| to_f64(amount) / to_f64(most.max(1)) * HEIGHT;
    let mut top = HEIGHT;
    let pieces = bar.pieces.iter().filter(|piece| piece.amount > 0);
    let pieces = pieces.map(|piece| {
        top -= scale(piece.amount);
        (piece, top, scale(piece.amount))
    });
    pieces.collect()
}

/// A round number at or above the largest bar, for the axis; its half is one, too.
#[must_use]
pub fn axis_top(most: usize) -> usize {
    if most <= 10 {
        return [1, 2, 4, 6, 8].into_iter().find(|top| *top >= most).unwrap_or(10);
    }
    let steps = [10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100];
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

/// The largest bar of several decides where the axis ends.
#[must_use]
pub fn axis_of(bars: &[Bar]) -> usize {
    axis_top(bars.iter().map(Bar::amount).max().unwrap_or(0))
}

/// Which bars have a label under them: all where there is room, else every so manieth.
#[must_use]
pub fn is_labelled(nth: usize, bars: usize) -> bool {
    nth.is_multiple_of(bars.div_ceil(LABELS).max(1))
}

/// What is drawn, and what somebody does with it.
#[derive(Clone, Copy)]
struct Chart {
    bars: Signal<Vec<Bar>>,
    top: Memo<usize>,
    picking: Picking,
    /// The bar that is pointed at.
    over: RwSignal<Option<usize>>,
}

impl Chart {
    fn step(self) -> f64 {
        WIDTH / to_f64(self.bars.with(Vec::len).max(1))
    }
}

/// The bars with their axis.
#[component]
pub fn Bars(
    /// The id that those of its bars begin with.
    id: &'static str,
    /// The name of the picture.
    #[prop(into)]
    label: Signal<String>,
    /// The bars, in order.
    #[prop(into)]
    bars: Signal<Vec<Bar>>,
    /// How an amount is written at the axis.
    axis: Callback<usize, String>,
    /// How several bars together are called; then a range of them can be picked.
    #[prop(optional)]
    range: Option<Callback<(usize, usize), String>>,
    /// What picking a range does: the first and the last bar.
    #[prop(optional)]
    pick: Option<Callback<(usize, usize)>>,
) -> impl IntoView {
    let top = Memo::new(move |_| bars.with(|bars| axis_of(bars)));
    let count = Memo::new(move |_| bars.with(Vec::len));
    let picking = Picking::new(id, count, pick);
    let chart = Chart { bars, top, picking, over: RwSignal::new(None) };
    let half = move || (top.get() > 1).then(|| axis.run(top.get() / 2));
    let drawing = NodeRef::<Svg>::new();
    view! {
        <div class="chart__frame">
            <div class="chart__axis" aria-hidden="true">
                <span>{move || axis.run(top.get())}</span>
                <span>{half}</span>
                <span>{move || axis.run(0)}</span>
            </div>
            <svg
                class="chart__bars"
                node_ref=drawing
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                preserveAspectRatio="none"
                role="group"
                aria-label=move || label.get()
                data-picks=pick.is_some().to_string()
                on:pointerdown=move |event| picking.press(&event, drawing)
                on:pointermove=move |event| picking.drag(&event, drawing)
                on:pointerup=move |_| picking.release()
                on:pointercancel=move |_| picking.give_up()
                on:pointerleave=move |_| chart.over.set(None)
                on:dragstart=|event| event.prevent_default()
                on:click=move |event| picking.click(&event)
                on:keydown=move |event| picking.key(&event)
                on:focusout=move |event| {
                    if focus::leaves(&event) {
                        picking.leave();
                    }
                }
            >
                <path class="chart__grid" d=format!("M0 0H{WIDTH}M0 {}H{WIDTH}M0 {HEIGHT}H{WIDTH}", HEIGHT / 2.0)></path>
                <For each=move || 0..count.get() key=|nth| *nth children=move |nth| view! { <g><BarLink chart=chart nth=nth/></g> }/>
                <Picked chart=chart/>
            </svg>
            <div class="chart__labels" aria-hidden="true">{move || labels(&bars.get())}</div>
        </div>
        <Said chart=chart range=range/>
    }
}

/// A bar; its element stays while what it says changes, so that it keeps the focus.
#[component]
fn BarLink(chart: Chart, nth: usize) -> impl IntoView {
    let Chart { bars, picking, over, .. } = chart;
    let bar = Memo::new(move |_| bars.with(|bars| bars.get(nth).cloned().unwrap_or_default()));
    let name = move || bar.with(|bar| bar.name.clone());
    let left = move || to_f64(nth) * chart.step();
    let tab = move || if picking.at() == nth { "0" } else { "-1" };
    view! {
        <g class="chart__bar" on:pointerenter=move |_| over.set(Some(nth))>
            // The macro takes `a` and `title` for those of SVG only where they are alone in theirs.
            <g>
                <a
                    class="chart__link"
                    id=picking.id_of(nth)
                    href=move || bar.with(|bar| bar.href.clone())
                    aria-label=name
                    tabindex=tab
                    on:focus=move |_| picking.stand(nth)
                >
                    {svg::title().child(name)}
                    <rect class="chart__touch" x=left y=0 width=move || chart.step() height=HEIGHT></rect>
                </a>
            </g>
            {move || bar.with(|bar| pieces(bar, chart, nth))}
        </g>
    }
}

/// The pieces, each a link of its own for whoever points at it where it leads elsewhere; the table
/// has the same links for everybody.
fn pieces(bar: &Bar, chart: Chart, nth: usize) -> Vec<impl IntoView + use<>> {
    let step = chart.step();
    let width = (step * 0.72).max(1.0);
    let x = to_f64(nth) * step + (step - width) / 2.0;
    let drawn = heights(bar, chart.top.get()).into_iter();
    drawn
        .map(|(piece, y, height)| {
            let (name, part) = (piece.name.clone(), piece.part.clone());
            let drawn = view! {
                <g><rect class="chart__piece" data-part=part x=x y=y width=width height=height></rect></g>
            };
            match piece.href.clone() {
                Some(href) => view! {
                    <g>
                        <a class="chart__segment" href=href tabindex="-1" aria-hidden="true">
                            {svg::title().child(name)}
                            {drawn}
                        </a>
                    </g>
                }
                .into_any(),
                None => view! { <g class="chart__whole">{drawn}</g> }.into_any(),
            }
        })
        .collect()
}

/// The bars that are being picked.
#[component]
fn Picked(chart: Chart) -> impl IntoView {
    move || {
        let (first, last) = chart.picking.picked()?;
        let step = chart.step();
        let (x, width) = (to_f64(first) * step, to_f64(last - first + 1) * step);
        Some(view! { <g><rect class="chart__picked" x=x y=0 width=width height=HEIGHT></rect></g> })
    }
}

/// What is pointed at or picked, in words, or how to pick.
#[component]
fn Said(chart: Chart, range: Option<Callback<(usize, usize), String>>) -> impl IntoView {
    let words = use_locale().words;
    let picked = move || Some(range?.run(chart.picking.picked()?));
    let over = move || {
        let nth = chart.over.get().or_else(|| chart.picking.focused())?;
        chart.bars.with(|bars| bars.get(nth).map(|bar| bar.name.clone()))
    };
    let resting = move || range.map(|_| words.chart_pick_hint());
    view! {
        <p class="chart__said">
            <span role="status">{picked}</span>
            <span>{move || picked().is_none().then(|| over().or_else(resting))}</span>
        </p>
    }
}

fn labels(bars: &[Bar]) -> Vec<impl IntoView + use<>> {
    let step = 100.0 / to_f64(bars.len().max(1));
    let shown = bars.iter().enumerate().filter(|(nth, _)| is_labelled(*nth, bars.len()));
    shown
        .map(|(nth, bar)| {
            let middle = (to_f64(nth) + 0.5) * step;
            let text = bar.label.clone();
            view! { <span class="chart__label" style:left=format!("{middle:.2}%")>{text}</span> }
        })
        .collect()
}

/// A count as a number with parts.
#[must_use]
pub fn to_f64(count: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "counts of calls stay far below 2^53")]
    let count = count as f64;
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(pieces: &[(&str, usize)]) -> Bar {
        let piece = |(part, amount): &(&str, usize)| Piece {
            part: (*part).to_owned(),
            amount: *amount,
            ..Piece::default()
        };
        Bar { pieces: pieces.iter().map(piece).collect(), ..Bar::default() }
    }

    #[test]
    fn pieces_stand_on_the_ground_and_on_each_other() {
        let stacked = bar(&[("yes", 2), ("no", 1), ("not-stated", 1)]);
        let drawn = heights(&stacked, 4).into_iter();
        assert_eq!(
            drawn.map(|(piece, y, height)| (piece.part.as_str(), y, height)).collect::<Vec<_>>(),
            [("yes", 100.0, 100.0), ("no", 50.0, 50.0), ("not-stated", 0.0, 50.0)]
        );
        assert!(heights(&bar(&[("yes", 0)]), 4).is_empty());
    }

    #[test]
    fn the_axis_ends_at_a_round_number_above_the_largest_bar() {
        assert_eq!([0, 1, 3, 9, 11, 61, 199].map(axis_top), [1, 1, 4, 10, 12, 80, 200]);
        assert_eq!([250, 1_001, 189_000].map(axis_top), [300, 1_200, 200_000]);
        assert_eq!(axis_top(usize::MAX), usize::MAX);
    }
}
