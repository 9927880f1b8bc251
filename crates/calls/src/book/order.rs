//! All rows, newest first, kept from one question to the next.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;
use std::sync::OnceLock;

use kernels::bits::Bits;
use kernels::keys::Part;
use kernels::{UNKNOWN, order};

use super::Row;
use crate::period::Span;

/// All rows in the order of a list: newest first, calls of one instant in the order of their
/// identity, calls without a time last. It is put in order when it is asked for, and only what
/// changed since is sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    sorted: OnceLock<Vec<Row>>,
    /// Where each row stands among those.
    places: OnceLock<Vec<u32>>,
    /// Where rows begin that follow each other: the place and the row. Empty if that is too often
    /// the case.
    runs: OnceLock<Vec<(usize, Row)>>,
    before: Vec<Row>,
    moved: Vec<Row>,
}

impl Order {
    /// A row is new, is gone, or has another time.
    pub(super) fn touch(&mut self, row: Row) {
        self.places.take();
        self.runs.take();
        if let Some(sorted) = self.sorted.take() {
            self.before = sorted;
            self.moved.clear();
        }
        self.moved.push(row);
    }

    /// All rows. `time` is `None` for rows that are gone; `tie` compares rows of one instant.
    pub(super) fn rows(
        &self,
        time: impl Fn(Row) -> Option<i64>,
        tie: impl Fn(Row, Row) -> Ordering,
    ) -> &[Row] {
        self.sorted.get_or_init(|| {
            let touched: Bits = self.moved.iter().copied().collect();
            let mut kept = self.before.clone();
            kept.retain(|row| !touched.has(*row));
            let fresh = sorted(&touched, &time, &tie);
            let place = |row: Row| time(row).unwrap_or(UNKNOWN);
            let is_before =
                |a: Row, b: Row| place(b).cmp(&place(a)).then_with(|| tie(a, b)) == Ordering::Less;
            merge(&kept, &fresh, is_before)
        })
    }
}

/// Rows that follow each other are worth it from so many on.
const LONG_RUN: usize = 64;

impl Order {
    /// A stretch of all rows, which are `sorted`. Mostly they were taken in as they are listed, and
    /// follow each other; then nobody has to look into the list.
    pub(super) fn parts<'a>(&self, sorted: &'a [Row], range: Range<usize>) -> Vec<Part<'a>> {
        let runs = self.runs.get_or_init(|| runs_of(sorted));
        let rows = sorted.get(range.clone()).unwrap_or_default();
        let first = runs.partition_point(|(place, _)| *place <= range.start).saturating_sub(1);
        let inside = runs.get(first..).unwrap_or_default();
        let ends = inside.iter().skip(1).map(|(place, _)| *place).chain([sorted.len()]);
        let part = |((place, row), end): (&(usize, Row), usize)| {
            let row_at = |at: usize| row + u32::try_from(at - place).unwrap_or_default();
            let (from, to) = (range.start.max(*place), range.end.min(end));
            (from < to).then(|| Part::Run(row_at(from)..row_at(to)))
        };
        let parts: Vec<Part<'_>> = inside.iter().zip(ends).map_while(part).collect();
        if runs.is_empty() { vec![Part::Rows(rows)] } else { parts }
    }

    /// Of all rows, which are `sorted`, those of a set, without looking at any other.
    pub(super) fn pick(&self, sorted: &[Row], rows: &Bits, inside: [Range<usize>; 2]) -> Vec<Row> {
        let mut picked = Vec::with_capacity(rows.len());
        for part in inside.clone().map(|range| self.parts(sorted, range)).concat() {
            match part {
                Part::Run(run) => rows.list(run, &mut picked),
                Part::Rows(_) => return self.pick_out(sorted, rows, inside),
            }
        }
        picked
    }

    /// The same where rows do not follow each other.
    fn pick_out(&self, sorted: &[Row], rows: &Bits, inside: [Range<usize>; 2]) -> Vec<Row> {
        let places = self.places.get_or_init(|| {
            let end = sorted.iter().max().map_or(0, |row| *row as usize + 1);
            let mut places = vec![u32::MAX; end];
            for (place, row) in (0..).zip(sorted) {
                places.get_mut(*row as usize).into_iter().for_each(|known| *known = place);
            }
            places
        });
        let mut standing = Bits::with_room(sorted.len());
        let place = |row: Row| places.get(row as usize).copied().filter(|place| *place != u32::MAX);
        rows.rows().filter_map(place).for_each(|place| standing.set(place));
        let mut picked = Vec::with_capacity(rows.len());
        for Range { start, end } in inside {
            let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            standing.list(place(start)..place(end), &mut picked);
        }
        for place in &mut picked {
            *place = sorted.get(*place as usize).copied().unwrap_or(*place);
        }
        picked
    }
}

/// Where rows begin that follow each other, unless that is too often the case.
fn runs_of(sorted: &[Row]) -> Vec<(usize, Row)> {
    let mut runs = Vec::new();
    let mut next = None;
    for (place, row) in sorted.iter().enumerate() {
        if next != Some(*row) {
            runs.push((place, *row));
        }
        next = row.checked_add(1);
        if runs.len() > sorted.len() / LONG_RUN + 1 {
            return Vec::new();
        }
    }
    runs
}

/// The rows of a set, newest first. Comparing identities is slow, and hardly any are compared.
fn sorted(
    rows: &Bits,
    time: &impl Fn(Row) -> Option<i64>,
    tie: &impl Fn(Row, Row) -> Ordering,
) -> Vec<Row> {
    let timed = rows.rows().filter_map(|row| Some((time(row)?, row)));
    let mut timed: Vec<(i64, Row)> = timed.collect();
    timed.sort_by_key(|(at_ms, _)| Reverse(*at_ms));
    for same in timed.chunk_by_mut(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        order::sort_by(same, |a, b| tie(a.1, b.1));
    }
    timed.into_iter().map(|(_, row)| row).collect()
}

/// Puts some rows among many, each where it belongs. Both are in order.
fn merge(mut kept: &[Row], fresh: &[Row], is_before: impl Fn(Row, Row) -> bool) -> Vec<Row> {
    if kept.is_empty() {
        return fresh.to_vec();
    }
    let mut merged = Vec::with_capacity(kept.len() + fresh.len());
    for row in fresh {
        let place = kept.partition_point(|other| !is_before(*row, *other));
        let (before, after) = kept.split_at_checked(place).unwrap_or((kept, &[]));
        merged.extend_from_slice(before);
        merged.push(*row);
        kept = after;
    }
    merged.extend_from_slice(kept);
    merged
}

/// Where the rows of a span stand among all rows in order, those without a time with them: hiding
/// them would lose them for good.
pub(super) fn inside(
    order: &[Row],
    span: Option<Span>,
    time: impl Fn(Row) -> i64,
) -> [Range<usize>; 2] {
    let end = order.len();
    let Some(span) = span else { return [0..end, end..end] };
    let timeless = order.partition_point(|row| time(*row) != UNKNOWN);
    let timed = order.get(..timeless).unwrap_or_default();
    let from = timed.partition_point(|row| time(*row) >= span.to_ms);
    let to = timed.partition_point(|row| time(*row) >= span.from_ms);
    [from..to.max(from), timeless..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_stretch_are_its_rows_and_so_is_what_is_picked_whether_they_follow_or_not() {
        let (long, short): (Vec<Row>, Vec<Row>) =
            ((500..900).chain(0..500).chain(950..1_000).collect(), (0..400).rev().collect());
        for (sorted, is_run) in [(long, true), (short, false), (vec![7], true), (vec![], false)] {
            let order = Order::default();
            for (from, to) in [(0, 0), (0, 1), (3, 399), (399, 401), (400, 950), (0, sorted.len())]
            {
                let range = from.min(sorted.len())..to.min(sorted.len());
                let parts = order.parts(&sorted, range.clone());
                let mut rows = Vec::new();
                parts.iter().for_each(|part| part.list(&mut rows));
                assert_eq!(rows, sorted.get(range).unwrap_or_default());
                let runs = parts.iter().filter(|part| matches!(part, Part::Run(_))).count();
                assert_eq!(runs == parts.len(), is_run || parts.is_empty(), "{parts:?}");
                let some: Bits = (0..1_000).filter(|row| row % 3 == 1).collect();
                let inside = [from.min(sorted.len())..to.min(sorted.len()), 990..sorted.len()];
                let listed = inside.iter().filter_map(|range| sorted.get(range.clone())).flatten();
                let listed: Vec<Row> = listed.copied().filter(|row| some.has(*row)).collect();
                assert_eq!(order.pick(&sorted, &some, inside), listed);
            }
        }
    }
}
