//! Exact percentiles without sorting: a histogram finds the bucket, and only what is in that
//! bucket is looked at again.

/// Values of one bucket differ by less than this: a second, where they are milliseconds.
const WIDTH_BITS: u32 = 10;

/// Buckets; larger values share the last one.
const BUCKETS: usize = 4096;

/// How many values are looked at before those that are near are put behind the others.
const BLOCK: usize = 1024;

/// Values over 0, how they are spread, and their sum.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Values {
    kept: Vec<i64>,
    buckets: Vec<u32>,
    /// The sums of the lower and of the upper halves of the values: no number of rows makes either
    /// overflow, so that nothing has to be looked at while adding.
    low_sum: u64,
    high_sum: u64,
}

impl Values {
    /// None yet, with room for so many.
    #[must_use]
    pub fn with_room(len: usize) -> Self {
        Self { kept: Vec::with_capacity(len), buckets: vec![0; BUCKETS], ..Self::default() }
    }

    /// Adds values, which are over 0.
    pub fn add(&mut self, values: &[i64]) {
        for value in values {
            if let Some(bucket) = self.buckets.get_mut(bucket_of(*value)) {
                *bucket += 1;
            }
        }
        let halves = |(low, high): (u64, u64), value: &i64| {
            let value = value.cast_unsigned();
            (low.wrapping_add(value & HALF), high.wrapping_add(value >> 32))
        };
        (self.low_sum, self.high_sum) = values.iter().fold((self.low_sum, self.high_sum), halves);
        self.kept.extend_from_slice(values);
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.kept.len()
    }

    /// Their sum, as far as there are numbers for it.
    #[must_use]
    pub fn sum(&self) -> i64 {
        let sum = (u128::from(self.high_sum) << 32) + u128::from(self.low_sum);
        i64::try_from(sum).unwrap_or(i64::MAX)
    }

    /// Their mean.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| self.sum() as f64 / count as f64)
    }

    /// The values at a position of the sorted values and at the one after it (the same at the
    /// end).
    #[must_use]
    pub fn neighbours(&self, position: usize) -> Option<(i64, i64)> {
        let last = self.count().checked_sub(1)?;
        let (position, next) = (position.min(last), (position + 1).min(last));
        let (first_bucket, before) = self.holding(position)?;
        let (last_bucket, _) = self.holding(next)?;
        let mut near = self.between(first_bucket, last_bucket);
        near.sort_unstable();
        let at = |position: usize| near.get(position - before).copied();
        Some((at(position)?, at(next)?))
    }

    /// The values of neighbouring buckets.
    fn between(&self, first: usize, last: usize) -> Vec<i64> {
        let mut near = Vec::new();
        let mut block = [0; BLOCK];
        for values in self.kept.chunks(BLOCK) {
            let mut kept = 0;
            for value in values {
                if let Some(place) = block.get_mut(kept) {
                    *place = *value;
                }
                let bucket = bucket_of(*value);
                kept += usize::from((bucket >= first) & (bucket <= last));
            }
            near.extend_from_slice(block.get(..kept).unwrap_or_default());
        }
        near
    }

    /// The bucket that holds a position, and how many values lie before it.
    fn holding(&self, position: usize) -> Option<(usize, usize)> {
        let mut before = 0;
        for (index, count) in self.buckets.iter().enumerate() {
            let after = before + *count as usize;
            if position < after {
                return Some((index, before));
            }
            before = after;
        }
        None
    }
}

/// The lower half of a value.
const HALF: u64 = u32::MAX as u64;

/// The bucket of a value that is not negative.
fn bucket_of(value: i64) -> usize {
    (value.cast_unsigned() >> WIDTH_BITS).min(BUCKETS as u64 - 1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn neighbours_are_those_of_the_sorted_values() {
        for seed in 0..300 {
            let mut dice = Dice::new(seed);
            let reach = [10, 5_000, 600_000, 4_000_000_000][dice.below(4) as usize];
            let mut values: Vec<i64> =
                (0..dice.below(200)).map(|_| i64::from(dice.below(reach)) + 1).collect();
            let mut found = Values::with_room(values.len());
            let cut = dice.below(values.len() as u32 + 1) as usize;
            let (some, more) = values.split_at(cut);
            found.add(some);
            found.add(more);
            values.sort_unstable();
            for position in [0, 1, values.len() / 2, values.len().saturating_sub(1), values.len()] {
                let last = values.len().saturating_sub(1);
                let at = |position: usize| values.get(position.min(last)).copied();
                let wanted = at(position).zip(at(position + 1));
                assert_eq!(found.neighbours(position), wanted);
            }
            assert_eq!((found.count(), found.sum()), (values.len(), values.iter().sum()));
        }
    }
}
