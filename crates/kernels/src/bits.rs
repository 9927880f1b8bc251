//! A set of rows, a bit each.

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
        assert!(Bits::from_iter([]).is_empty());
        let mut both = Bits::from_iter([1]);
        both.add(&bits);
        bits.set(1);
        assert_eq!(both, bits);
    }
}
