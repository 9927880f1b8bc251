//! What most questions ask of a row: two codes in one word, and a value. They stand in two columns,
//! so that four words or four values fill a vector.

use std::ops::Range;

use crate::ahead::bring;
use crate::lanes::{self, Kept, LANES};
use crate::{UNKNOWN, at};

/// How many codes there are room for; the last one stands for a row that has none.
pub const CODES: usize = 1 << 16;

/// How many rows are looked at before those that pass are handed on: they stay in the nearest
/// memory.
pub const BLOCK: usize = 1024;

/// What a row is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    /// The first code stands above the other one.
    word: u32,
    /// The value and 1; 0 is not known.
    field: u32,
}

impl Key {
    /// The key of a row that is gone. It passes nothing and is counted nowhere.
    pub const GONE: Self = Self { word: u32::MAX, field: 0 };

    /// The key of a row for whose numbers there is no room in a key. It passes nothing and is
    /// counted nowhere: whoever has one looks at its columns.
    pub const ODD: Self = Self { word: u32::MAX - 1, field: 0 };

    /// The key of a row. A code of `u32::MAX` is that of a row that is gone.
    #[must_use]
    pub fn of(code: u32, other: u32, value: i64) -> Self {
        let narrow = |code: u32| Some(code).filter(|code| (*code as usize) < CODES - 1);
        let field = match value {
            UNKNOWN => Some(0),
            _ => u32::try_from(value).ok().and_then(|value| value.checked_add(1)),
        };
        match (narrow(code), narrow(other), field) {
            _ if code == u32::MAX => Self::GONE,
            (Some(code), Some(other), Some(field)) => Self { word: code << 16 | other, field },
            _ => Self::ODD,
        }
    }
}

/// The keys of all rows.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    words: Vec<u32>,
    /// As many as there are words.
    fields: Vec<u32>,
}

impl Keys {
    /// Gives a row its key.
    pub fn set(&mut self, row: u32, Key { word, field }: Key) {
        let index = row as usize;
        if index >= self.words.len() {
            self.words.resize(index + 1, Key::GONE.word);
            self.fields.resize(index + 1, Key::GONE.field);
        }
        self.words.get_mut(index).into_iter().for_each(|place| *place = word);
        self.fields.get_mut(index).into_iter().for_each(|place| *place = field);
    }

    /// The key of a row.
    #[must_use]
    #[inline]
    pub fn get(&self, row: u32) -> Key {
        let word = at(&self.words, row, Key::GONE.word);
        Key { word, field: self.field(row) }
    }

    #[inline]
    pub(crate) fn field(&self, row: u32) -> u32 {
        at(&self.fields, row, Key::GONE.field)
    }

    /// The words and fields of rows that follow each other, as far as there are any.
    fn run(&self, rows: &Range<u32>) -> (&[u32], &[u32]) {
        let end = (rows.end as usize).min(self.words.len());
        let of = |column| <[u32]>::get(column, rows.start as usize..end).unwrap_or_default();
        (of(&self.words), of(&self.fields))
    }
}

/// What the keys of a block of rows are, beside each other.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    words: [u32; BLOCK],
    fields: [u32; BLOCK],
}

impl Default for Near {
    fn default() -> Self {
        Self { words: [0; BLOCK], fields: [0; BLOCK] }
    }
}

impl Near {
    /// The first ones, as many as there are rows.
    pub(crate) fn passed<'a>(&'a self, rows: &'a [u32]) -> Passed<'a> {
        let of = |column| <[u32]>::get(column, ..rows.len()).unwrap_or_default();
        Passed { rows, words: of(&self.words), fields: of(&self.fields) }
    }

    /// Brings the keys of some rows beside each other.
    pub(crate) fn gather(&mut self, rows: &[u32], keys: &Keys) {
        let places = self.words.iter_mut().zip(&mut self.fields);
        for (row, (word, field)) in rows.iter().zip(places) {
            Key { word: *word, field: *field } = keys.get(*row);
        }
    }
}

/// A block of rows, with what their keys are.
#[derive(Clone, Copy, Debug)]
pub struct Passed<'a> {
    /// The rows.
    pub rows: &'a [u32],
    pub(crate) words: &'a [u32],
    pub(crate) fields: &'a [u32],
}

impl Passed<'_> {
    /// Without so many that stand first.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    pub(crate) fn behind(self, done: usize) -> Self {
        Self {
            rows: self.rows.get(done..).unwrap_or_default(),
            words: self.words.get(done..).unwrap_or_default(),
            fields: self.fields.get(done..).unwrap_or_default(),
        }
    }
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
pub fn sift(parts: &[Part<'_>], keys: &Keys, asked: Asked<'_>, taken: &mut dyn FnMut(Passed<'_>)) {
    let Some(bounds) = fields(asked.bounds) else { return };
    let codes = table(asked.codes, false);
    let others = asked.others.map_or_else(|| table(&[], true), |others| table(others, false));
    let mut sieve = Sieve { codes, others, passed: [0; BLOCK / LANES], kept: Kept::default() };
    let (mut near, mut numbers) = (Box::new(Near::default()), [0; BLOCK]);
    for part in parts {
        match part {
            Part::Rows(rows) => {
                for rows in rows.chunks(BLOCK) {
                    near.gather(rows, keys);
                    taken(sieve.look(near.passed(rows), bounds));
                }
            }
            Part::Run(rows) => {
                let (words, fields) = keys.run(rows);
                let blocks = words.chunks(BLOCK).zip(fields.chunks(BLOCK));
                for (first, (words, fields)) in rows.clone().step_by(BLOCK).zip(blocks) {
                    bring(words);
                    bring(fields);
                    (first..).zip(&mut numbers).for_each(|(row, place)| *place = row);
                    let rows = numbers.get(..words.len()).unwrap_or_default();
                    taken(sieve.look(Passed { rows, words, fields }, bounds));
                }
            }
        }
    }
}

/// What is asked of codes, and a block of rows that passed.
struct Sieve {
    codes: Box<[bool; CODES]>,
    others: Box<[bool; CODES]>,
    /// A bit for each row, four rows in a byte, the first one lowest.
    passed: [u8; BLOCK / LANES],
    kept: Kept,
}

impl Sieve {
    /// Without branches: how many pass then costs nothing to guess. Codes are looked up one by one,
    /// and the rest is done with four rows at a time.
    fn look(&mut self, rows: Passed<'_>, bounds: (u32, u32)) -> Passed<'_> {
        let (fours, rest) = rows.words.as_chunks();
        let bit = |word: u32| u8::from(pass(&self.codes, word >> 16) & pass(&self.others, word));
        for (bits, [a, b, c, d]) in self.passed.iter_mut().zip(fours) {
            *bits = bit(*a) | bit(*b) << 1 | bit(*c) << 2 | bit(*d) << 3;
        }
        for bits in self.passed.iter_mut().skip(fours.len()).take(1) {
            *bits = rest.iter().rev().fold(0, |bits, word| bits << 1 | bit(*word));
        }
        let kept = lanes::keep(&self.passed, rows, bounds, &mut self.kept);
        self.kept.first(kept)
    }
}

#[inline]
fn pass(table: &[bool; CODES], code: u32) -> bool {
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
            let mut keys = Keys::default();
            for (row, (code, other, value)) in (0..).zip(&columns) {
                keys.set(row, Key::of(*code, *other, *value));
            }
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
            sift(&parts, &keys, asked, &mut |passed| found.extend_from_slice(passed.rows));
            assert_eq!(found, rows.iter().copied().filter(passes).collect::<Vec<u32>>());
            let (from, to) = (dice.below(len + 5), dice.below(len + 5));
            let parts = [Part::Run(from..to), Part::Rows(before), Part::Run(0..len + 9)];
            let mut all = Vec::new();
            parts.iter().for_each(|part| part.list(&mut all));
            assert_eq!(all.len(), parts.iter().map(Part::count).sum::<usize>());
            found.clear();
            sift(&parts, &keys, asked, &mut |passed| found.extend_from_slice(passed.rows));
            assert_eq!(found, all.into_iter().filter(passes).collect::<Vec<u32>>());
        }
    }

    #[test]
    fn a_key_holds_what_has_room_and_says_what_has_none() {
        let last = CODES as u32 - 2;
        for value in [0, 1, i64::from(u32::MAX) - 1] {
            let key = Key::of(last, 7, value);
            assert_eq!((key.word >> 16, key.word & 0xffff), (last, 7));
            assert_eq!(i64::from(key.field) - 1, value);
        }
        assert_eq!(Key::of(0, 0, UNKNOWN).field, 0);
        for (code, other, value) in [
            (last + 1, 0, 0),
            (0, last + 1, 0),
            (0, 0, -1),
            (0, 0, i64::from(u32::MAX)),
            (0, u32::MAX, 0),
        ] {
            assert_eq!(Key::of(code, other, value), Key::ODD);
        }
        assert_eq!(Key::of(u32::MAX, 0, 0), Key::GONE);
        let mut keys = Keys::default();
        for (row, key) in (0..).zip([Key::GONE, Key::of(0, 5, 0), Key::ODD]) {
            keys.set(row, key);
        }
        let all = vec![true; 2 * CODES];
        let asked = Asked { codes: &all, others: Some(&all), bounds: None };
        let mut found = Vec::new();
        sift(&[Part::Rows(&[0, 1, 2, 9])], &keys, asked, &mut |passed| {
            found.extend_from_slice(passed.rows)
        });
        assert_eq!(found, [1]);
    }
}
