//! Conditions: which rows stay, in the order they stand in.
//!
//! Each loop is free of branches: a row is written to where the next kept one belongs, and that
//! place moves on if the row passes. How many pass then costs nothing to guess.

use std::cell::Cell;

use crate::bits::Bits;
use crate::{UNKNOWN, at};

/// Known values between two, both included. One comparison tells, where three would be taken for
/// branches, and nobody can guess those.
#[derive(Clone, Copy)]
struct Range {
    least: i64,
    /// How far the most lies above the least; `None` where nothing lies between them.
    width: Option<u64>,
}

impl Range {
    fn of(least: i64, most: i64) -> Self {
        let least = least.max(UNKNOWN + 1);
        let width = (least <= most).then(|| most.wrapping_sub(least).cast_unsigned());
        Self { least, width }
    }

    #[inline]
    fn holds(self, value: i64) -> bool {
        let above = value.wrapping_sub(self.least).cast_unsigned();
        self.width.is_some_and(|width| above <= width)
    }
}

/// Keeps rows whose code passes. A code beyond `pass` does not.
pub fn codes_in(rows: &mut Vec<u32>, codes: &[u32], pass: &[bool]) {
    keep(rows, |row| {
        let code = at(codes, row, u32::MAX);
        at(pass, code, false)
    });
}

/// Keeps rows whose value lies between two, both included.
pub fn between(rows: &mut Vec<u32>, values: &[i64], least: i64, most: i64) {
    let range = Range::of(least, most);
    keep(rows, |row| range.holds(at(values, row, UNKNOWN)));
}

/// Keeps rows whose value lies between two, both included; what is not a number is unknown.
pub fn parts_between(rows: &mut Vec<u32>, values: &[f64], least: f64, most: f64) {
    keep(rows, |row| {
        let value = at(values, row, f64::NAN);
        (value >= least) & (value <= most)
    });
}

/// Keeps rows that are in a set.
pub fn in_set(rows: &mut Vec<u32>, set: &Bits) {
    keep(rows, |row| set.has(row));
}

/// Keeps rows whose value is one of the wanted ones in the bits of its mask: `(wanted, mask)`.
pub fn masked(rows: &mut Vec<u32>, values: &[u64], wanted: &[(u64, u64)]) {
    keep(rows, |row| {
        let value = at(values, row, 0);
        wanted.iter().fold(false, |any, (wanted, mask)| any | (value & mask == *wanted))
    });
}

/// Keeps rows that pass.
fn keep(rows: &mut Vec<u32>, pass: impl Fn(u32) -> bool) {
    let mut kept = 0;
    let cells = Cell::from_mut(rows.as_mut_slice()).as_slice_of_cells();
    for cell in cells {
        let row = cell.get();
        if let Some(place) = cells.get(kept) {
            place.set(row);
        }
        kept += usize::from(pass(row));
    }
    rows.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    /// What `keep` is, without the trick.
    fn plain(rows: &[u32], pass: impl Fn(usize) -> bool) -> Vec<u32> {
        rows.iter().copied().filter(|row| pass(*row as usize)).collect()
    }

    #[test]
    fn every_condition_keeps_what_a_plain_filter_keeps() {
        for seed in 0..200 {
            let mut dice = Dice::new(seed);
            let len = dice.below(300);
            let rows = dice.rows(len + 20);
            let codes: Vec<u32> = (0..len).map(|_| dice.below(9)).collect();
            let pass: Vec<bool> = (0..7).map(|_| dice.below(2) == 0).collect();
            let values: Vec<i64> = codes
                .iter()
                .map(|code| if *code == 0 { UNKNOWN } else { i64::from(*code) })
                .collect();
            let parts: Vec<f64> = codes
                .iter()
                .map(|code| if *code == 0 { f64::NAN } else { f64::from(*code) })
                .collect();
            let set: Bits = rows.iter().copied().filter(|_| dice.below(2) == 0).collect();

            let wanted = plain(&rows, |row| {
                codes.get(row).is_some_and(|code| pass.get(*code as usize) == Some(&true))
            });
            let mut kept = rows.clone();
            codes_in(&mut kept, &codes, &pass);
            assert_eq!(kept, wanted);
            let (least, most) = (i64::from(dice.below(9)), i64::from(dice.below(9)));
            let wanted = plain(&rows, |row| {
                values.get(row).is_some_and(|v| *v != UNKNOWN && (least..=most).contains(v))
            });
            let mut kept = rows.clone();
            between(&mut kept, &values, least, most);
            assert_eq!(kept, wanted);
            let mut kept = rows.clone();
            parts_between(&mut kept, &parts, least as f64, most as f64);
            assert_eq!(kept, wanted);
            let digits: Vec<u64> = codes.iter().map(|code| u64::from(*code) | 0x30).collect();
            let ends = [(u64::from(dice.below(9)), 15), (0x35, 0xff)];
            let mut kept = rows.clone();
            masked(&mut kept, &digits, &ends);
            let is_end = |value: u64| ends.iter().any(|(end, mask)| value & mask == *end);
            let of = |row: usize| digits.get(row).copied().unwrap_or(0);
            assert_eq!(kept, plain(&rows, |row| is_end(of(row))));
            let mut kept = rows.clone();
            in_set(&mut kept, &set);
            assert_eq!(kept, plain(&rows, |row| set.has(row as u32)));
        }
    }

    #[test]
    fn what_is_unknown_passes_no_bounds() {
        let mut rows = vec![0, 1, 2];
        between(&mut rows, &[UNKNOWN, 3], i64::MIN, i64::MAX);
        assert_eq!(rows, [1]);
    }
}
