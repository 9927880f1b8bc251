//! A stable sort of rows by a whole number, without comparing, and how values become such numbers.

use crate::keys::field;
use crate::{UNKNOWN, at};

/// Most bits of a digit: as many places are written to at a time as a processor keeps track of.
const DIGIT_BITS: u32 = 11;
/// As many different digits are there.
const DIGITS: usize = 1 << DIGIT_BITS;

/// The key of rows that come last, whichever way it is sorted.
pub const LAST: u32 = u32::MAX;

/// Sorts rows by their keys, which stand beside them: smallest first, or largest first if it
/// descends, [`LAST`] at the end either way. Rows of the same key stay in the order they are in.
/// Keys cost as many passes as the largest one has digits.
pub fn by_keys(rows: &mut [u32], keys: &[u32], descending: bool) {
    let known = keys.iter().map(|key| if *key == LAST { 0 } else { *key });
    let most = known.max().unwrap_or(0);
    // What comes last gets the next key, so that digits are as few as the known keys need.
    let last = most.saturating_add(1);
    if descending {
        by_digits(rows, last, || {
            keys.iter().map(|key| if *key == LAST { last } else { most - *key })
        });
    } else {
        by_digits(rows, last, || keys.iter().map(|key| (*key).min(last)));
    }
}

/// Sorts rows by their keys, of which `last` is the largest that can be.
fn by_digits<K: Iterator<Item = u32>>(rows: &mut [u32], last: u32, keys: impl Fn() -> K) {
    let bits = u32::BITS - last.leading_zeros();
    let digits = bits.div_ceil(DIGIT_BITS).max(1);
    let width = bits.div_ceil(digits);
    let places = [0, 1, 2].map(|place| Digit { shift: place * width, width });
    let (starts, sorted) = starts(places, digits, keys());
    if sorted {
        return;
    }
    let ([low, middle, high], [at_low, at_middle, at_high]) = (places, starts);
    let row_bits = u32::BITS - rows.iter().copied().max().unwrap_or(0).leading_zeros();
    match digits {
        1 => {
            let from = rows.to_vec();
            low.scatter(at_low, keys().zip(from), rows, |_, row| row);
        }
        // What is left of a key stands above its row in one word: half as much is moved.
        2 if width + row_bits <= u32::BITS => {
            let mut items = vec![0; rows.len()];
            let pairs = keys().zip(rows.iter().copied());
            low.scatter(at_low, pairs, &mut items, |key, row| (key >> width) << row_bits | row);
            let pair = |item: u32| (item >> row_bits, item & !(u32::MAX << row_bits));
            low.scatter(at_middle, items.into_iter().map(pair), rows, |_, row| row);
        }
        _ => {
            let mut items = vec![0; rows.len()];
            low.scatter(at_low, keys().zip(rows.iter().copied()), &mut items, packed);
            if digits > 2 {
                let mut other = vec![0; rows.len()];
                middle.scatter(at_middle, items.into_iter().map(unpacked), &mut other, packed);
                high.scatter(at_high, other.into_iter().map(unpacked), rows, |_, row| row);
            } else {
                middle.scatter(at_middle, items.into_iter().map(unpacked), rows, |_, row| row);
            }
        }
    }
}

/// A key and its row as one number.
fn packed(key: u32, row: u32) -> u64 {
    u64::from(key) << 32 | u64::from(row)
}

fn unpacked(item: u64) -> (u32, u32) {
    ((item >> 32) as u32, item as u32)
}

/// The key of each row: the rank of its code, or of the row itself.
#[must_use]
pub fn keys_of_codes(rows: &[u32], codes: &[u32], ranks: &[u32]) -> Vec<u32> {
    rows.iter().map(|row| at(ranks, at(codes, *row, u32::MAX), LAST)).collect()
}

/// The key of each row, as a column has it.
#[must_use]
pub fn keys_of_ranks(rows: &[u32], ranks: &[u32]) -> Vec<u32> {
    rows.iter().map(|row| at(ranks, *row, LAST)).collect()
}

/// Sorts numbers, smallest first.
// For all who do it, since each would bring a sort of its own.
#[inline(never)]
pub fn ascending(values: &mut [i64]) {
    values.sort_unstable();
}

/// The numbers that there are among some, smallest first.
#[inline(never)]
#[must_use]
pub fn distinct(mut values: Vec<u32>) -> Vec<u32> {
    ascending_small(&mut values);
    values.dedup();
    values
}

/// As [`ascending`].
#[inline(never)]
pub(crate) fn ascending_small(values: &mut [u32]) {
    values.sort_unstable();
}

/// The key of each row, by the value that the row's own key has (see [`crate::keys`]): one look
/// at each row is enough.
#[must_use]
pub fn keys_of_keys(rows: &[u32], keys: &[u64]) -> Vec<u32> {
    rows.iter().map(|row| field(at(keys, *row, 0)).wrapping_sub(1)).collect()
}

/// The key of each row: how far its value lies above the least one. Values that lie too far apart
/// for that are ranked.
#[must_use]
pub fn keys_of_values(rows: &[u32], values: &[i64]) -> Vec<u32> {
    let value = |row: &u32| at(values, *row, UNKNOWN);
    let (mut least, mut most) = (i64::MAX, UNKNOWN);
    for row in rows {
        let value = value(row);
        least = least.min(if value == UNKNOWN { i64::MAX } else { value });
        most = most.max(value);
    }
    if most == UNKNOWN {
        return vec![LAST; rows.len()];
    }
    if most.checked_sub(least).is_none_or(|reach| reach >= i64::from(LAST)) {
        return ranked(rows.iter().map(value).collect());
    }
    let key = |value: i64| if value == UNKNOWN { LAST } else { (value - least) as u32 };
    rows.iter().map(|row| key(value(row))).collect()
}

/// The key of each row for values with parts, of which three decimals are told apart at once;
/// finer ones, and large ones, are ranked.
#[must_use]
pub fn keys_of_parts(rows: &[u32], values: &[f64]) -> Vec<u32> {
    let value = |row: u32| at(values, row, f64::NAN);
    let mut keys = Vec::with_capacity(rows.len());
    for row in rows {
        let (value, thousandths) = (value(*row), (value(*row) * 1000.0 + 0.5).floor());
        // One less than LAST, so that it is never mistaken for it.
        let is_plain = thousandths / 1000.0 == value && (0.0..4e9).contains(&thousandths);
        keys.push(if is_plain { thousandths as u32 } else { LAST });
        if !is_plain && !value.is_nan() {
            let whole = |value: f64| if value.is_nan() { UNKNOWN } else { total(value) };
            return ranked(rows.iter().map(|row| whole(at(values, *row, f64::NAN))).collect());
        }
    }
    keys
}

/// A whole number that compares with others as [`f64::total_cmp`] does. None of a number is
/// [`UNKNOWN`].
fn total(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// The rank of each value among all.
fn ranked(values: Vec<i64>) -> Vec<u32> {
    let mut known: Vec<i64> = values.iter().copied().filter(|value| *value != UNKNOWN).collect();
    ascending(&mut known);
    known.dedup();
    let rank = |value: i64| known.binary_search(&value).map_or(LAST, |rank| rank as u32);
    values.into_iter().map(rank).collect()
}

/// Where the first key of each digit belongs.
type Starts = [u32; DIGITS];

/// That of each place, and whether the keys ascend as they stand.
fn starts(places: [Digit; 3], digits: u32, keys: impl Iterator<Item = u32>) -> ([Starts; 3], bool) {
    let mut starts = [[0; DIGITS]; 3];
    let [low, middle, high] = &mut starts;
    let [at_low, at_middle, at_high] = places;
    let count = |starts: &mut Starts, digit: usize| {
        starts.get_mut(digit).into_iter().for_each(|count| *count += 1);
    };
    let (mut before, mut sorted) = (0, true);
    for key in keys {
        count(low, at_low.of(key));
        count(middle, at_middle.of(key));
        if digits > 2 {
            count(high, at_high.of(key));
        }
        sorted &= before <= key;
        before = key;
    }
    for starts in &mut starts {
        let mut start = 0;
        for count in starts {
            start += std::mem::replace(count, start);
        }
    }
    (starts, sorted)
}

/// Some bits of a key.
#[derive(Clone, Copy)]
struct Digit {
    shift: u32,
    width: u32,
}

impl Digit {
    fn of(self, key: u32) -> usize {
        (key >> self.shift & !(u32::MAX << self.width)) as usize & (DIGITS - 1)
    }

    /// Puts rows in the order of their digit; the same digits stay in the order they are in.
    fn scatter<T>(
        self,
        mut starts: Starts,
        pairs: impl Iterator<Item = (u32, u32)>,
        to: &mut [T],
        item: impl Fn(u32, u32) -> T,
    ) {
        for (key, row) in pairs {
            let Some(start) = starts.get_mut(self.of(key)) else { continue };
            if let Some(place) = to.get_mut(*start as usize) {
                *place = item(key, row);
            }
            *start += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;
    use crate::dice::Dice;
    use crate::keys::{ODD, key_of};

    /// What sorting by a column is: known values up or down, what is unknown last, ties as they were.
    fn plain<T: Copy>(
        rows: &[u32],
        down: bool,
        value: impl Fn(u32) -> Option<T>,
        compare: impl Fn(&T, &T) -> Ordering,
    ) -> Vec<u32> {
        let mut rows = rows.to_vec();
        rows.sort_by(|a, b| match (value(*a), value(*b)) {
            (Some(a), Some(b)) if down => compare(&b, &a),
            (Some(a), Some(b)) => compare(&a, &b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        });
        rows
    }

    fn sorted(rows: &[u32], keys: &[u32], down: bool) -> Vec<u32> {
        let mut rows = rows.to_vec();
        by_keys(&mut rows, keys, down);
        rows
    }

    #[test]
    fn whole_numbers_are_sorted_as_a_stable_sort_does() {
        let mut narrow = 0;
        for seed in 0..300 {
            let mut dice = Dice::new(seed);
            let reach = [1, 3, 3_000, 5_000_000, u32::MAX][dice.below(5) as usize];
            let wide = if dice.below(4) == 0 { 2_000_000_000 } else { 1 };
            let (len, below) = (dice.below(500), 50 * i64::from(dice.below(2)));
            let values: Vec<i64> = (0..len)
                .map(|_| match dice.below(5) {
                    0 => UNKNOWN,
                    _ => i64::from(dice.below(reach)) * wide - below,
                })
                .collect();
            let (rows, down) = (dice.rows(len + 3), dice.below(2) == 0);
            let value = |row: u32| values.get(row as usize).copied().filter(|v| *v != UNKNOWN);
            let keys = keys_of_values(&rows, &values);
            let wanted = plain(&rows, down, value, i64::cmp);
            assert_eq!(sorted(&rows, &keys, down), wanted);
            let packed: Vec<u64> = values.iter().map(|value| key_of(1, 2, *value)).collect();
            if !packed.contains(&ODD) {
                assert_eq!(sorted(&rows, &keys_of_keys(&rows, &packed), down), wanted);
                narrow += 1;
            }
        }
        assert!(narrow > 50, "{narrow}");
    }

    #[test]
    fn numbers_with_parts_are_sorted_as_a_stable_sort_does() {
        for seed in 0..300 {
            let mut dice = Dice::new(seed);
            let (len, parts) = (dice.below(300), [1.0, 10.0, 1000.0, 7.0][dice.below(4) as usize]);
            let values: Vec<f64> = (0..len)
                .map(|_| match dice.below(5) {
                    0 => f64::NAN,
                    _ => f64::from(dice.below(60_000)) / parts,
                })
                .collect();
            let (rows, down) = (dice.rows(len + 3), dice.below(2) == 0);
            let value = |row: u32| values.get(row as usize).copied().filter(|v| !v.is_nan());
            let keys = keys_of_parts(&rows, &values);
            assert_eq!(sorted(&rows, &keys, down), plain(&rows, down, value, f64::total_cmp));
        }
    }

    #[test]
    fn codes_are_sorted_by_their_ranks() {
        let rows = [0, 1, 2, 3, 9];
        let keys = keys_of_codes(&rows, &[1, 0, 2, 1], &[5, LAST, 3]);
        assert_eq!(keys, [LAST, 5, 3, LAST, LAST]);
        assert_eq!(sorted(&rows, &keys, false), [2, 1, 0, 3, 9]);
        assert_eq!(sorted(&rows, &keys, true), [1, 2, 0, 3, 9]);
        assert_eq!(keys_of_ranks(&rows, &[7]), [7, LAST, LAST, LAST, LAST]);
    }
}
