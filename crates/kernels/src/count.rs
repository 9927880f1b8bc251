//! Counting: how many rows have which code, and what they add up to.

use crate::percentile::Values;
use crate::{UNKNOWN, at};

/// How many rows have each code below `codes_end`.
#[must_use]
pub fn by_code(rows: &[u32], codes: &[u32], codes_end: usize) -> Vec<u32> {
    let mut counts = vec![0; codes_end];
    for row in rows {
        if let Some(count) = counts.get_mut(at(codes, *row, u32::MAX) as usize) {
            *count += 1;
        }
    }
    counts
}

/// Rows, the columns that are counted, and the class of each code. Codes that have no class, and
/// classes of [`CLASSES`] or more, are left out.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// The rows.
    pub rows: &'a [u32],
    /// Their codes.
    pub codes: &'a [u32],
    /// Their values.
    pub values: &'a [i64],
    /// The class of each code. There are few, so that counting stays in the nearest memory however
    /// many codes there are.
    pub classes: &'a [u8],
}

/// More classes than this are not told apart.
pub const CLASSES: usize = 32;

/// The class of what is left out.
pub const LEFT_OUT: u8 = u8::MAX;

/// How many rows are looked at before what was found is put behind the rest.
const BLOCK: usize = 1024;

impl Counted<'_> {
    /// Looks the classes and the values of a block of rows up. Loads that wait for nothing are
    /// fastest when nothing else is done between them.
    fn look_up(&self, rows: &[u32], classes: &mut [u8; BLOCK], values: &mut [i64; BLOCK]) {
        for (class, row) in classes.iter_mut().zip(rows) {
            *class = at(self.classes, at(self.codes, *row, u32::MAX), LEFT_OUT);
        }
        for (value, row) in values.iter_mut().zip(rows) {
            *value = at(self.values, *row, UNKNOWN);
        }
    }
}

/// Kinds of values: 0 or less, over 0, not known. The last place is never used: four are found
/// without multiplying.
const KINDS: usize = 4;

/// Rows by class, and what their whole numbers come to, in one pass.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Totals {
    /// Rows by class whose value is 0 or less, over 0, and not known.
    rows: [[u32; KINDS]; CLASSES],
    /// The values over 0.
    pub values: Values,
}

impl Totals {
    /// Rows of a class.
    #[must_use]
    pub fn rows(&self, class: usize) -> u32 {
        self.rows.get(class).map_or(0, |kinds| kinds.iter().sum())
    }

    /// Rows of a class whose value is 0 or less.
    #[must_use]
    pub fn nothing(&self, class: usize) -> u32 {
        self.rows.get(class).map_or(0, |[nothing, ..]| *nothing)
    }

    /// Rows of a class whose value is not known.
    #[must_use]
    pub fn unknown(&self, class: usize) -> u32 {
        self.rows.get(class).map_or(0, |[_, _, unknown, _]| *unknown)
    }
}

/// Adds up the values of rows. Whether a value is 0 or known is anybody's guess, a processor's too,
/// so that nothing branches on it.
#[must_use]
pub fn totals(columns: Counted<'_>) -> Totals {
    // Rows in turns, so that no count waits for the one just before it in the same place.
    let mut turns = [[[0; KINDS]; CLASSES]; 2];
    let mut found = Values::with_room(columns.rows.len());
    let (mut classes, mut values, mut over_0) = ([0; BLOCK], [0; BLOCK], [0; BLOCK]);
    for rows in columns.rows.chunks(BLOCK) {
        columns.look_up(rows, &mut classes, &mut values);
        let mut kept = 0;
        for (nth, (class, value)) in classes.iter().zip(&values).take(rows.len()).enumerate() {
            let kind = usize::from(*value > 0) + 2 * usize::from(*value == UNKNOWN);
            let turn = turns.get_mut(nth % 2).and_then(|turn| turn.get_mut(usize::from(*class)));
            if let Some(count) = turn.and_then(|kinds| kinds.get_mut(kind)) {
                *count += 1;
            }
            if let Some(place) = over_0.get_mut(kept) {
                *place = *value;
            }
            kept += usize::from((*value > 0) & (usize::from(*class) < CLASSES));
        }
        found.add(over_0.get(..kept).unwrap_or_default());
    }
    let [mut rows, others] = turns;
    for (count, more) in rows.iter_mut().flatten().zip(others.iter().flatten()) {
        *count += more;
    }
    Totals { rows, values: found }
}

/// How many rows of each class fall between each two neighbours of `bounds`, which ascend.
/// `classes` gives the class of a code; codes without one, or with `classes_end` or more, are left
/// out.
///
/// `step` is about how far neighbours lie apart: it finds the right place at once where they are
/// evenly spread, and costs some steps where they are not.
#[must_use]
pub fn by_interval(
    rows: &[u32],
    (codes, classes): (&[u32], &[usize]),
    values: &[i64],
    (bounds, step): (&[i64], i64),
    classes_end: usize,
) -> Vec<u32> {
    let mut counts = vec![0; bounds.len().saturating_sub(1) * classes_end];
    let first = bounds.first().copied().unwrap_or(i64::MAX);
    // Neighbours among the rows are mostly neighbours in time: they are in the same interval.
    let (mut interval, mut from, mut to) = (0, first, first);
    for row in rows {
        let value = at(values, *row, UNKNOWN);
        let class = at(classes, at(codes, *row, u32::MAX), usize::MAX);
        if value == UNKNOWN || value < first || class >= classes_end {
            continue;
        }
        if value < from || value >= to {
            interval = interval_of(value, bounds, first, step);
            from = bounds.get(interval).copied().unwrap_or(i64::MAX);
            to = bounds.get(interval + 1).copied().unwrap_or(from);
        }
        if let Some(count) = counts.get_mut(interval * classes_end + class) {
            *count += 1;
        }
    }
    counts
}

/// The interval that holds a value of `first` or more; the one after the last if none does.
fn interval_of(value: i64, bounds: &[i64], first: i64, step: i64) -> usize {
    let guess = value.saturating_sub(first) / step.max(1);
    let mut interval = usize::try_from(guess).unwrap_or_default().min(bounds.len());
    while interval > 0 && bounds.get(interval).is_none_or(|from| value < *from) {
        interval -= 1;
    }
    while bounds.get(interval + 1).is_some_and(|to| value >= *to) {
        interval += 1;
    }
    let past = bounds.last().is_none_or(|end| value >= *end);
    if past { bounds.len() } else { interval }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn totals_are_what_counting_one_by_one_gives() {
        for seed in 0..100 {
            let mut dice = Dice::new(seed);
            let len = dice.below(400);
            let rows = dice.rows(len + 5);
            let codes: Vec<u32> = (0..len).map(|_| dice.below(6)).collect();
            let values: Vec<i64> = (0..len)
                .map(|_| match dice.below(4) {
                    0 => UNKNOWN,
                    1 => i64::from(dice.below(3)) - 1,
                    _ => i64::from(dice.below(20_000_000)),
                })
                .collect();
            let classes = [0, 1, LEFT_OUT, 0, 31];
            let columns =
                Counted { rows: &rows, codes: &codes, values: &values, classes: &classes };
            let totals = totals(columns);
            let known = rows.iter().filter_map(|row| {
                let code = codes.get(*row as usize)?;
                Some((*classes.get(*code as usize)?, *values.get(*row as usize)?))
            });
            let known: Vec<(u8, i64)> = known.collect();
            let of = |class: u8, pass: &dyn Fn(i64) -> bool| {
                let count = known.iter().filter(|(of, value)| *of == class && pass(*value)).count();
                u32::try_from(count).unwrap_or_default()
            };
            for class in [0, 1, 2, 31] {
                let index = usize::from(class);
                assert_eq!(totals.rows(index), of(class, &|_| true));
                assert_eq!(totals.unknown(index), of(class, &|v| v == UNKNOWN));
                assert_eq!(totals.nothing(index), of(class, &|v| v != UNKNOWN && v <= 0));
            }
            let counted = known.iter().filter(|(class, v)| *class != LEFT_OUT && *v > 0);
            assert_eq!(totals.values.sum(), counted.map(|(_, v)| v).sum::<i64>());
            let counts = by_code(&rows, &codes, 6);
            assert_eq!(
                counts.iter().sum::<u32>() as usize,
                rows.iter().filter(|r| **r < len).count()
            );
        }
    }

    #[test]
    fn a_value_falls_into_the_interval_that_holds_it_however_uneven() {
        let mut dice = Dice::new(7);
        for _ in 0..300 {
            let mut bounds: Vec<i64> =
                (0..dice.below(9)).map(|_| i64::from(dice.below(90))).collect();
            bounds.sort_unstable();
            bounds.dedup();
            let values: Vec<i64> = (0..60).map(|_| i64::from(dice.below(100)) - 5).collect();
            let rows = dice.rows(70);
            let step = i64::from(dice.below(20));
            let codes: Vec<u32> = (0..70).map(|row| row % 3).collect();
            let of = (codes.as_slice(), &[0, 1, 2][..]);
            let counts = by_interval(&rows, of, &values, (&bounds, step), 2);
            let mut plain = vec![0; counts.len()];
            for row in &rows {
                let Some(value) = values.get(*row as usize) else { continue };
                let holds =
                    |pair: &[i64]| matches!(pair, [from, to] if from <= value && value < to);
                let interval = bounds.windows(2).position(holds);
                if let (Some(interval), class @ 0..2) = (interval, (*row % 3) as usize) {
                    plain
                        .iter_mut()
                        .skip(interval * 2 + class)
                        .take(1)
                        .for_each(|count| *count += 1);
                }
            }
            assert_eq!(counts, plain, "{bounds:?} {step}");
        }
    }
}
