//! A set of rows, a bit each.

use std::ops::Range;

/// A set of rows, a bit each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// An empty set with room for rows below `len`.
    #[must_use]
    pub fn with_room(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    /// Puts a row in.
    pub fn set(&mut self, row: u32) {
        let word = (row / 64) as usize;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (row % 64);
        }
    }

    /// Takes a row out.
    pub fn clear(&mut self, row: u32) {
        if let Some(word) = self.0.get_mut((row / 64) as usize) {
            *word &= !(1 << (row % 64));
        }
    }

    /// Whether a row is in.
    #[must_use]
    #[inline]
    pub fn has(&self, row: u32) -> bool {
        self.0.get((row / 64) as usize).is_some_and(|word| word >> (row % 64) & 1 != 0)
    }

    /// Puts all rows of another set in.
    pub fn add(&mut self, other: &Self) {
        if other.0.len() > self.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(word, more)| *word |= more);
    }

    /// How many rows are in.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Puts the rows from one on up to another one, which is not among them, behind others.
    pub fn list(&self, within: Range<u32>, to: &mut Vec<u32>) {
        let words = (within.start / 64) as usize..within.end.div_ceil(64) as usize;
        for (first, word) in (0u32..).step_by(64).zip(&self.0).take(words.end).skip(words.start) {
            let below = |row: u32| {
                1u64.checked_shl(row.saturating_sub(first)).map_or(u64::MAX, |bit| bit - 1)
            };
            let mut rest = word & below(within.end) & !below(within.start);
            while rest != 0 {
                to.push(first + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
    }

    /// The rows, lowest first.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        self.0.iter().zip(0u32..).flat_map(|(word, index)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(index * 64 + bit)
            })
        })
    }
}

impl FromIterator<u32> for Bits {
    fn from_iter<T: IntoIterator<Item = u32>>(rows: T) -> Self {
        let mut bits = Self::default();
        rows.into_iter().for_each(|row| bits.set(row));
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use std::collections::BTreeSet;

    #[test]
    fn a_set_of_bits_is_a_set() {
        let mut dice = Dice::new(1);
        let (mut bits, mut set) = (Bits::with_room(100), BTreeSet::new());
        for _ in 0..2_000 {
            let row = dice.below(500);
            if dice.below(3) == 0 {
                bits.clear(row);
                set.remove(&row);
            } else {
                bits.set(row);
                set.insert(row);
            }
        }
        assert_eq!(bits.rows().collect::<Vec<_>>(), set.iter().copied().collect::<Vec<_>>());
        assert_eq!((bits.len(), bits.is_empty()), (set.len(), false));
        assert!((0..600).all(|row| bits.has(row) == set.contains(&row)));
        for (from, to) in [(0, 600), (64, 128), (70, 71), (63, 65), (200, 100), (130, 499)] {
            let mut listed = vec![7];
            bits.list(from..to, &mut listed);
            let inside = set.iter().copied().filter(|row| (from..to).contains(row));
            assert_eq!(listed, [7].into_iter().chain(inside).collect::<Vec<u32>>());
        }
        assert!(Bits::from_iter([]).is_empty());
        let mut both = Bits::from_iter([1]);
        both.add(&bits);
        bits.set(1);
        assert_eq!(both, bits);
    }
}
