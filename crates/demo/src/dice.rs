//! The demo's only source of chance: SplitMix64, so that a seed always gives the same calls.

/// A stream of repeatable chance.
pub(crate) struct Dice(u64);

impl Dice {
    /// A stream of its own for each list of numbers.
    pub(crate) fn new(parts: &[u64]) -> Self {
        let mut dice = Self(0x5eed);
        for part in parts {
            dice.0 = dice.next() ^ part;
        }
        dice
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(0);
        let drawn = self.next().checked_rem(end).unwrap_or(0);
        usize::try_from(drawn).unwrap_or(0)
    }

    /// From `low` up to, not including, `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high - low).unwrap_or(0);
        low + i64::try_from(self.below(width)).unwrap_or(0)
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the items; `None` only for an empty list.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// The index of one of the weights, drawn in proportion to it.
    pub(crate) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_give_the_same_stream_and_others_another() {
        let stream = |parts: &[u64]| {
            let mut dice = Dice::new(parts);
            [dice.next(), dice.next(), dice.next()]
        };
        assert_eq!(stream(&[7, 1]), stream(&[7, 1]));
        assert_ne!(stream(&[7, 1]), stream(&[7, 2]));
        assert_ne!(stream(&[1, 7]), stream(&[7, 1]));
    }

    #[test]
    fn a_weight_of_zero_is_never_drawn() {
        let mut dice = Dice::new(&[1]);
        assert!((0..200).all(|_| dice.weighted(&[0, 3, 0]) == 1));
    }
}
