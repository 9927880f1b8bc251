//! Counting: how many rows have which code, and what they add up to.

use crate::keys::{BLOCK, CODES, GONE, code, field, put, table};
use crate::lanes;
use crate::percentile::Values;
use crate::sixteen::Sixteen;
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

/// More classes than this are not told apart; the last one is [`LEFT_OUT`]. There are few, so that
/// counting stays in the nearest memory however many codes there are.
pub const CLASSES: usize = 32;

/// The class of what is left out.
pub const LEFT_OUT: u8 = CLASSES as u8 - 1;

/// Kinds of values: not known, 0, over 0. The last place is never used: four are found without
/// multiplying.
const KINDS: usize = 4;

/// How many of some classes lie between two, both included.
#[must_use]
pub fn between(classes: &[u8], least: u8, most: u8) -> u32 {
    let (blocks, rest) = classes.as_chunks();
    let inside = |block: &[u8; 16]| Sixteen::of(block).between(least, most).high().count_ones();
    let rest = rest.iter().filter(|class| (least..=most).contains(class)).count() as u32;
    blocks.iter().map(inside).sum::<u32>() + rest
}

/// Rows in turns, so that no count waits for the one just before it in the same place.
const TURNS: usize = 4;

/// Rows by class, and what their values come to, added up from keys in one pass.
#[derive(Clone, Debug)]
pub struct Totals {
    classes: Box<[u8; CODES]>,
    turns: [[u32; KINDS * CLASSES]; TURNS],
    /// Where the keys of a block are put beside each other, and then its values: kept, since making
    /// room means writing zeros.
    keys: Box<[u64; BLOCK]>,
    fields: Box<[u32; BLOCK]>,
    noted: Box<[u8; BLOCK]>,
    /// The class of each row, in the order in which rows were added by their keys.
    pub of_rows: Vec<u8>,
    /// The values over 0.
    pub values: Values,
}

impl Totals {
    /// Of nothing yet, with room for so many rows. The class of each code is told; what has none is
    /// left out.
    #[must_use]
    pub fn with_room(rows: usize, classes: &[u8]) -> Self {
        Self {
            classes: table(classes, LEFT_OUT),
            turns: [[0; KINDS * CLASSES]; TURNS],
            keys: Box::new([0; BLOCK]),
            fields: Box::new([0; BLOCK]),
            noted: Box::new([LEFT_OUT; BLOCK]),
            of_rows: Vec::with_capacity(rows),
            values: Values::with_room(rows),
        }
    }

    /// Adds rows.
    pub fn add_rows(&mut self, rows: &[u32], keys: &[u64]) {
        for rows in rows.chunks(BLOCK) {
            for (place, row) in self.keys.iter_mut().zip(rows) {
                *place = at(keys, *row, GONE);
            }
            self.add(rows.len());
        }
    }

    /// Adds the keys that a block begins with.
    fn add(&mut self, len: usize) {
        let left_out = self.rows(usize::from(LEFT_OUT));
        self.count(len);
        // Mostly all of them count and have a value over 0: then none has to be looked for.
        let keys = self.keys.get(..len).unwrap_or_default();
        let least = lanes::fields(keys, self.fields.as_mut_slice());
        let all = least > 1 && left_out == self.rows(usize::from(LEFT_OUT));
        let kept = if all { len } else { self.keep_over_0(len) };
        self.values.add(self.fields.get(..kept).unwrap_or_default());
    }

    fn count(&mut self, len: usize) {
        let (fours, rest) = self.keys.get(..len).unwrap_or_default().as_chunks::<TURNS>();
        let (noted_fours, noted_rest) = self.noted.split_at_mut(fours.len() * TURNS);
        for (four, noted) in fours.iter().zip(noted_fours.as_chunks_mut::<TURNS>().0) {
            for ((turn, key), noted) in self.turns.iter_mut().zip(four).zip(noted) {
                *noted = class(&self.classes, *key);
                count(turn, *noted, field(*key).min(2));
            }
        }
        for ((turn, key), noted) in self.turns.iter_mut().zip(rest).zip(noted_rest) {
            *noted = class(&self.classes, *key);
            count(turn, *noted, field(*key).min(2));
        }
        self.of_rows.extend_from_slice(self.noted.get(..len).unwrap_or_default());
    }

    /// Whether a value is 0 or known is anybody's guess, a processor's too, so that nothing
    /// branches on it.
    fn keep_over_0(&mut self, len: usize) -> usize {
        let mut kept = 0;
        for (key, class) in self.keys.get(..len).unwrap_or_default().iter().zip(&*self.noted) {
            put(&mut self.fields, kept, field(*key).wrapping_sub(1));
            kept += usize::from((field(*key) > 1) & (*class != LEFT_OUT));
        }
        kept
    }

    /// Adds a row for which there is no room in a key.
    pub fn add_odd(&mut self, class: u8, value: i64) {
        let kind = if value == UNKNOWN { 0 } else { 1 + u32::from(value > 0) };
        let [turn, ..] = &mut self.turns;
        count(turn, class, kind);
        if kind > 1 && class != LEFT_OUT {
            self.values.add_any(value);
        }
    }

    fn kind(&self, class: usize, kind: usize) -> u32 {
        let place = class * KINDS + kind;
        self.turns.iter().filter_map(|turn| turn.get(place)).sum()
    }

    /// Rows of a class.
    #[must_use]
    pub fn rows(&self, class: usize) -> u32 {
        let kinds = class * KINDS..(class + 1) * KINDS;
        self.turns.iter().filter_map(|turn| turn.get(kinds.clone())).flatten().sum()
    }

    /// Rows of a class whose value is 0 or less.
    #[must_use]
    pub fn nothing(&self, class: usize) -> u32 {
        self.kind(class, 1)
    }

    /// Rows of a class whose value is not known.
    #[must_use]
    pub fn unknown(&self, class: usize) -> u32 {
        self.kind(class, 0)
    }
}

#[inline]
fn class(classes: &[u8; CODES], key: u64) -> u8 {
    classes.get(code(key)).copied().unwrap_or(LEFT_OUT)
}

#[inline]
fn count(turn: &mut [u32; KINDS * CLASSES], class: u8, kind: u32) {
    let place = usize::from(class) % CLASSES * KINDS + kind as usize % KINDS;
    turn.get_mut(place).into_iter().for_each(|count| *count += 1);
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
    use crate::keys::{ODD, key_of};

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
                    2 if seed % 3 == 0 => [-9, 5_000_000_000][dice.below(2) as usize],
                    _ => i64::from(dice.below(20_000_000)),
                })
                .collect();
            let classes = [0, 1, LEFT_OUT, 0, 30];
            let key = |(code, value): (&u32, &i64)| key_of(*code, 0, *value);
            let keys: Vec<u64> = codes.iter().zip(&values).map(key).collect();
            let mut totals = Totals::with_room(9, &classes);
            totals.add_rows(&rows, &keys);
            for row in rows.iter().filter(|row| keys.get(**row as usize) == Some(&ODD)) {
                let class = classes.get(codes[*row as usize] as usize).copied();
                totals.add_odd(class.unwrap_or(LEFT_OUT), values[*row as usize]);
            }
            let known = rows.iter().filter_map(|row| {
                let code = codes.get(*row as usize)?;
                Some((*classes.get(*code as usize)?, *values.get(*row as usize)?))
            });
            let known: Vec<(u8, i64)> = known.collect();
            let of = |class: u8, pass: &dyn Fn(i64) -> bool| {
                let count = known.iter().filter(|(of, value)| *of == class && pass(*value)).count();
                u32::try_from(count).unwrap_or_default()
            };
            for class in [0, 1, 2, 30] {
                let index = usize::from(class);
                assert_eq!(totals.rows(index), of(class, &|_| true));
                assert_eq!(totals.unknown(index), of(class, &|v| v == UNKNOWN));
                assert_eq!(totals.nothing(index), of(class, &|v| v != UNKNOWN && v <= 0));
            }
            let counted = known.iter().filter(|(class, v)| *class != LEFT_OUT && *v > 0);
            let mut counted: Vec<i64> = counted.map(|(_, v)| *v).collect();
            counted.sort_unstable();
            assert_eq!(totals.values.sum(), counted.iter().sum::<i64>());
            assert_eq!(totals.values.count(), counted.len());
            let middle = counted.len() / 2;
            let two = counted.get(middle).zip(counted.get(middle + 1).or(counted.last()));
            assert_eq!(totals.values.neighbours(middle), two.map(|(one, next)| (*one, *next)));
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
