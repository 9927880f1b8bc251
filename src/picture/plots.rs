//! The kinds of pictures, drawn.

use super::drawing::{Anchor, Drawing, letters};
use super::{Measure, Plot, Ranked};
use crate::components::statistics::bars::{is_labelled, to_f64};

/// How high bars and lines are drawn.
const HIGH: f64 = 300.0;
/// A row of a ranking.
const ROW: f64 = 34.0;
/// A row of the week.
const FIELD: f64 = 26.0;

/// Where something is drawn.
#[derive(Clone, Copy)]
struct Area {
    left: f64,
    right: f64,
    top: f64,
}

/// Draws a plot below what is there.
pub(super) fn draw(plot: &Plot, drawing: &mut Drawing<'_>) {
    match plot {
        Plot::Bars { axis, top, bars } => {
            let area = axes(axis, drawing);
            stacks(bars, *top, area, drawing);
        }
        Plot::Trend { axis, points, ends } => {
            let area = axes(axis, drawing);
            trend(points, area, drawing);
            let y = drawing.y;
            drawing.text((area.left, y), Anchor::Start, "12px;400;text-3", &ends[0]);
            drawing.text((area.right, y), Anchor::End, "12px;400;text-3", &ends[1]);
        }
        Plot::Week { days } => week(days, drawing),
        Plot::Ranks { heads, rows } => ranks(heads, rows, drawing),
    }
}

/// The axis at the left, and lines at its marks. What comes below begins at the labels.
fn axes(axis: &[String; 3], drawing: &mut Drawing<'_>) -> Area {
    let (left, right) = Drawing::inside();
    let widest = axis.iter().map(|mark| letters(mark)).fold(0.0, f64::max);
    let area = Area { left: left + widest + 12.0, right, top: drawing.y + 6.0 };
    for (nth, mark) in axis.iter().enumerate() {
        let y = area.top + HIGH * to_f64(nth) / 2.0;
        drawing.line(&format!("M{:.1} {y:.1}H{right:.1}", area.left), "line", 1.0);
        drawing.text((area.left - 8.0, y + 4.0), Anchor::End, "12px;400;text-3", mark);
    }
    drawing.y = area.top + HIGH + 20.0;
    area
}

fn stacks(bars: &[(String, Vec<(String, f64)>)], top: f64, area: Area, drawing: &mut Drawing<'_>) {
    let step = (area.right - area.left) / to_f64(bars.len().max(1));
    let width = (step * 0.72).max(0.5);
    let y = drawing.y;
    for (nth, (label, pieces)) in bars.iter().enumerate() {
        let x = area.left + to_f64(nth) * step;
        let mut ground = area.top + HIGH;
        for (part, amount) in pieces.iter().filter(|(_, amount)| *amount > 0.0) {
            let height = amount / top.max(1.0) * HIGH;
            ground -= height;
            drawing.piece(part, [x + (step - width) / 2.0, ground, width, height]);
        }
        if is_labelled(nth, bars.len()) {
            let middle = (x + step / 2.0, y);
            drawing.text(middle, Anchor::Middle, "12px;400;text-3", label);
        }
    }
}

fn trend(points: &[Option<[f64; 3]>], area: Area, drawing: &mut Drawing<'_>) {
    let step = (area.right - area.left) / to_f64(points.len().max(1));
    let x = |nth: usize| area.left + (to_f64(nth) + 0.5) * step;
    let y = |share: f64| area.top + (1.0 - share) * HIGH;
    let placed: Vec<Option<(f64, [f64; 3])>> = points
        .iter()
        .enumerate()
        .map(|(nth, point)| point.map(|point| (x(nth), point.map(y))))
        .collect();
    for stretch in placed.split(Option::is_none).filter(|stretch| !stretch.is_empty()) {
        let points: Vec<(f64, [f64; 3])> = stretch.iter().copied().flatten().collect();
        let upper = points.iter().map(|(x, [_, _, high])| (*x, *high));
        let lower = points.iter().rev().map(|(x, [_, low, _])| (*x, *low));
        drawing.surface(&(path(upper.chain(lower)) + "Z"), "accent-quiet");
        if let [(x, [_, low, high])] = points.as_slice() {
            drawing.line(&format!("M{x:.1} {low:.1}V{high:.1}"), "accent", 2.0);
        }
        drawing.line(&path(points.iter().map(|(x, [rate, ..])| (*x, *rate))), "accent", 2.0);
    }
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let words = points.enumerate().map(|(nth, (x, y))| {
        let word = if nth == 0 { 'M' } else { 'L' };
        format!("{word}{x:.1} {y:.1}")
    });
    words.collect()
}

fn week(days: &[(String, Vec<f64>)], drawing: &mut Drawing<'_>) {
    let (left, right) = Drawing::inside();
    let widest = days.iter().map(|(name, _)| letters(name)).fold(0.0, f64::max);
    let from = left + widest + 12.0;
    let step = (right - from) / 24.0;
    drawing.y += 8.0;
    for hour in (0..24).step_by(3) {
        let at = (from + to_f64(hour) * step, drawing.y);
        drawing.text(at, Anchor::Start, "12px;400;text-3", &hour.to_string());
    }
    drawing.y += 8.0;
    for (name, shares) in days {
        drawing.text((left, drawing.y + 17.0), Anchor::Start, "12px;400;text-2", name);
        for (hour, share) in shares.iter().enumerate() {
            let place = [from + to_f64(hour) * step, drawing.y, step - 2.0, FIELD - 2.0];
            drawing.field(place, "surface-2", 1.0);
            drawing.field(place, "accent", *share);
        }
        drawing.y += FIELD;
    }
}

/// A share as a bar; one that is estimated as a mark within its interval, on the way from nothing
/// to all.
fn bar([x, y, width, height]: [f64; 4], measure: &Measure, drawing: &mut Drawing<'_>) {
    let at = |share: f64| share.clamp(0.0, 1.0) * width;
    let share = measure.share.unwrap_or_default();
    let Some((low, high)) = measure.interval else {
        return drawing.field([x, y, at(share), height], "accent", 1.0);
    };
    drawing.field([x, y, width, height], "surface-3", 1.0);
    drawing.field([x + at(low), y, at(high) - at(low), height], "accent", 0.45);
    drawing.field([x + at(share) - 1.5, y - 1.5, 3.0, height + 3.0], "accent", 1.0);
}

fn ranks(heads: &[String], rows: &[Ranked], drawing: &mut Drawing<'_>) {
    let (left, right) = Drawing::inside();
    let widest = rows.iter().map(|(name, _)| letters(name)).fold(120.0, f64::max).min(260.0);
    let from = left + widest + 16.0;
    let step = (right - from) / to_f64(heads.len().max(1));
    drawing.y += 8.0;
    for (nth, head) in heads.iter().enumerate() {
        let at = (from + to_f64(nth) * step, drawing.y);
        drawing.text(at, Anchor::Start, "12px;600;text-2", head);
    }
    drawing.y += 10.0;
    for (name, measures) in rows {
        drawing.text((left, drawing.y + 20.0), Anchor::Start, "13px;400;text-1", name);
        for (nth, measure) in measures.iter().enumerate() {
            let x = from + to_f64(nth) * step;
            drawing.text((x, drawing.y + 19.0), Anchor::Start, "12px;400;text-1", &measure.said);
            bar([x, drawing.y + 24.0, step - 24.0, 5.0], measure, drawing);
        }
        drawing.y += ROW;
    }
}
