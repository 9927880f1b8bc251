//! What most questions ask of a row, in one number: two codes and a value. One load answers them
//! all, where a column each takes three.

use std::ops::Range;

use crate::ahead::bring;
use crate::{UNKNOWN, at};

/// How many codes there are room for; the last one stands for a row that has none.
pub const CODES: usize = 1 << 16;

/// The key of a row that is gone. It passes nothing and is counted nowhere.
pub const GONE: u64 = u64::MAX;

/// The key of a row for whose numbers there is no room in a key. It passes nothing and is counted
/// nowhere: whoever has one looks at its columns.
pub const ODD: u64 = u64::MAX - 1;

/// How many rows are looked at before those that pass are handed on: they stay in the nearest
/// memory.
pub const BLOCK: usize = 2048;

/// The key of a row: the first code stands highest, the value lowest. A code of `u32::MAX` is that
/// of a row that is gone.
#[must_use]
pub fn key_of(code: u32, other: u32, value: i64) -> u64 {
    let narrow = |code: u32| Some(u64::from(code)).filter(|code| *code < CODES as u64 - 1);
    let field = match value {
        UNKNOWN => Some(0),
        _ => u32::try_from(value).ok().and_then(|value| value.checked_add(1)),
    };
    match (narrow(code), narrow(other), field) {
        _ if code == u32::MAX => GONE,
        (Some(code), Some(other), Some(field)) => code << 48 | other << 32 | u64::from(field),
        _ => ODD,
    }
}

/// The first code of a key.
#[must_use]
#[inline]
pub fn code(key: u64) -> usize {
    usize::from((key >> 48) as u16)
}

/// The value of a key and 1; 0 is not known.
#[inline]
pub(crate) fn field(key: u64) -> u32 {
    key as u32
}

/// A value for each code. Whatever the code, there is one: nothing has to be checked.
pub(crate) fn table<T: Copy>(of_codes: &[T], none: T) -> Box<[T; CODES]> {
    let mut table = vec![none; CODES];
    table.iter_mut().take(CODES - 1).zip(of_codes).for_each(|(place, value)| *place = *value);
    table.into_boxed_slice().try_into().unwrap_or_else(|_| Box::new([none; CODES]))
}

/// What is asked of every row.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Which first codes pass.
    pub codes: &'a [bool],
    /// Which other codes pass, where something is asked of them.
    pub others: Option<&'a [bool]>,
    /// The least and the most value that passes, where they are bounded.
    pub bounds: Option<(i64, i64)>,
}

impl Asked<'_> {
    /// Whether nothing is asked that any row with a code that is known could fail.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let all = |codes: &[bool]| codes.iter().all(|passes| *passes);
        all(self.codes) && self.others.is_none_or(all) && self.bounds.is_none()
    }
}

/// Rows that are asked.
#[derive(Clone, Debug)]
pub enum Part<'a> {
    /// These.
    Rows(&'a [u32]),
    /// All from one on up to another one, which is not among them. Nobody has to list them.
    Run(Range<u32>),
}

impl Part<'_> {
    /// How many rows there are.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Run(rows) => rows.len(),
        }
    }

    /// Puts the rows behind others.
    pub fn list(&self, to: &mut Vec<u32>) {
        match self {
            Self::Rows(rows) => to.extend_from_slice(rows),
            Self::Run(rows) => to.extend(rows.clone()),
        }
    }
}

/// Hands on the rows out of parts, which stand one behind the other, that pass, a block at a time.
pub fn sift(parts: &[Part<'_>], keys: &[u64], asked: Asked<'_>, taken: &mut dyn FnMut(&[u32])) {
    let Some((least, width)) = fields(asked.bounds) else { return };
    let codes = table(asked.codes, false);
    let others = asked.others.map_or_else(|| table(&[], true), |others| table(others, false));
    let mut sieve = Sieve { codes, others, least, width, kept: [0; BLOCK] };
    for part in parts {
        match part {
            Part::Rows(rows) => {
                for rows in rows.chunks(BLOCK) {
                    taken(sieve.look_at(rows, keys));
                }
            }
            Part::Run(rows) => {
                let end = rows.end.min(u32::try_from(keys.len()).unwrap_or(u32::MAX));
                let keys = keys.get(rows.start as usize..end as usize).unwrap_or_default();
                for (first, keys) in rows.clone().step_by(BLOCK).zip(keys.chunks(BLOCK)) {
                    taken(sieve.look_along(first, keys));
                }
            }
        }
    }
}

/// What is asked, and a block of rows that passed.
struct Sieve {
    codes: Box<[bool; CODES]>,
    others: Box<[bool; CODES]>,
    least: u32,
    width: u32,
    kept: [u32; BLOCK],
}

impl Sieve {
    /// Four at a time, so that there is less counting than looking.
    fn look_at(&mut self, rows: &[u32], keys: &[u64]) -> &[u32] {
        let (fours, rest) = rows.as_chunks::<4>();
        let mut kept = 0;
        for [a, b, c, d] in fours {
            kept = self.look(*a, at(keys, *a, GONE), kept);
            kept = self.look(*b, at(keys, *b, GONE), kept);
            kept = self.look(*c, at(keys, *c, GONE), kept);
            kept = self.look(*d, at(keys, *d, GONE), kept);
        }
        for row in rest {
            kept = self.look(*row, at(keys, *row, GONE), kept);
        }
        self.kept.get(..kept).unwrap_or_default()
    }

    /// The same along rows that follow each other.
    fn look_along(&mut self, first: u32, keys: &[u64]) -> &[u32] {
        bring(keys);
        let (fours, rest) = keys.as_chunks::<4>();
        let (mut row, mut kept) = (first, 0);
        for [a, b, c, d] in fours {
            kept = self.look(row, *a, kept);
            kept = self.look(row + 1, *b, kept);
            kept = self.look(row + 2, *c, kept);
            kept = self.look(row + 3, *d, kept);
            row += 4;
        }
        for key in rest {
            kept = self.look(row, *key, kept);
            row += 1;
        }
        self.kept.get(..kept).unwrap_or_default()
    }

    /// Without branches: a row is written to where the next kept one belongs, and that place moves
    /// on if the row passes. How many pass then costs nothing to guess.
    #[inline]
    fn look(&mut self, row: u32, key: u64, kept: usize) -> usize {
        put(&mut self.kept, kept, row);
        let inside = field(key).wrapping_sub(self.least) <= self.width;
        kept + usize::from(pass(&self.codes, key >> 48) & pass(&self.others, key >> 32) & inside)
    }
}

#[inline]
fn pass(table: &[bool; CODES], code: u64) -> bool {
    table.get(usize::from(code as u16)).copied().unwrap_or_default()
}

/// Writes to a place of a block. It never lies beyond it, and the compiler sees that.
#[inline]
pub(crate) fn put<T>(block: &mut [T; BLOCK], place: usize, value: T) {
    if let Some(place) = block.get_mut(place % BLOCK) {
        *place = value;
    }
}

/// The least field that passes, and how far the most lies above it; `None` if none can. What is
/// not known passes only where nothing is asked.
fn fields(bounds: Option<(i64, i64)>) -> Option<(u32, u32)> {
    let Some((least, most)) = bounds else { return Some((0, u32::MAX)) };
    let least = u32::try_from(least.max(0)).ok()?;
    let most = u32::try_from(most.clamp(-1, i64::from(u32::MAX - 1))).ok()?;
    Some((least.checked_add(1)?, most.checked_sub(least)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn what_passes_is_what_looking_at_each_row_finds() {
        for seed in 0..200 {
            let mut dice = Dice::new(seed);
            let len = dice.below(4_000);
            let rows = dice.rows(len + 20);
            let (before, after) = rows.split_at(dice.below(rows.len() as u32) as usize);
            let most = [9, u32::MAX - 2][dice.below(2) as usize];
            let columns: Vec<(u32, u32, i64)> = (0..len)
                .map(|_| (dice.below(9), dice.below(9), i64::from(dice.below(most)) - 1))
                .map(|(code, other, value)| (code, other, if value < 0 { UNKNOWN } else { value }))
                .collect();
            let keys: Vec<u64> =
                columns.iter().map(|(a, b, value)| key_of(*a, *b, *value)).collect();
            let pass: Vec<bool> = (0..7).map(|code| code % 3 != seed % 3).collect();
            let bounds = [(-2, 3), (4, 3), (0, i64::MAX), (3, 4_294_967_290), (i64::MIN, -1)];
            let others = (seed & 1 == 0).then_some(pass.as_slice());
            let bounds = bounds.get(dice.below(7) as usize).copied();
            let asked = Asked { codes: &pass, others, bounds };
            let is_in = |code: u32| pass.get(code as usize) == Some(&true);
            let passes = |row: &u32| {
                columns.get(*row as usize).is_some_and(|(code, other, value)| {
                    is_in(*code)
                        && (others.is_none() || is_in(*other))
                        && bounds.is_none_or(|(least, most)| {
                            *value != UNKNOWN && (least..=most).contains(value)
                        })
                })
            };
            let parts = [Part::Rows(before), Part::Rows(after)];
            let mut found = Vec::new();
            sift(&parts, &keys, asked, &mut |rows| found.extend_from_slice(rows));
            assert_eq!(found, rows.iter().copied().filter(passes).collect::<Vec<u32>>());
            let (from, to) = (dice.below(len + 5), dice.below(len + 5));
            let parts = [Part::Run(from..to), Part::Rows(before), Part::Run(0..len + 9)];
            let mut all = Vec::new();
            parts.iter().for_each(|part| part.list(&mut all));
            assert_eq!(all.len(), parts.iter().map(Part::count).sum::<usize>());
            found.clear();
            sift(&parts, &keys, asked, &mut |rows| found.extend_from_slice(rows));
            assert_eq!(found, all.into_iter().filter(passes).collect::<Vec<u32>>());
        }
    }

    #[test]
    fn a_key_holds_what_has_room_and_says_what_has_none() {
        let last = CODES as u32 - 2;
        for value in [0, 1, i64::from(u32::MAX) - 1] {
            let key = key_of(last, 7, value);
            assert_eq!((code(key), i64::from(field(key)) - 1), (last as usize, value));
        }
        assert_eq!(field(key_of(0, 0, UNKNOWN)), 0);
        for (code, other, value) in [
            (last + 1, 0, 0),
            (0, last + 1, 0),
            (0, 0, -1),
            (0, 0, i64::from(u32::MAX)),
            (0, u32::MAX, 0),
        ] {
            assert_eq!(key_of(code, other, value), ODD);
        }
        assert_eq!(key_of(u32::MAX, 0, 0), GONE);
        let all = vec![true; 2 * CODES];
        let asked = Asked { codes: &all, others: Some(&all), bounds: None };
        let mut found = Vec::new();
        sift(&[Part::Rows(&[0, 1, 2, 9])], &[GONE, 5, ODD], asked, &mut |rows| {
            found.extend_from_slice(rows)
        });
        assert_eq!(found, [1]);
    }
}
