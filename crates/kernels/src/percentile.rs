//! Exact percentiles without sorting: a histogram finds the bucket, and only what is in that
//! bucket is looked at again.

use crate::count::Counted;

/// Values of one bucket differ by less than this: a second, where they are milliseconds.
const WIDTH_BITS: u32 = 10;

/// Buckets; larger values share the last one. One more takes what does not count.
const BUCKETS: usize = 4096;

/// How values over 0 are spread, with their sum.
#[derive(Clone, PartialEq, Debug)]
pub struct Histogram {
    buckets: Vec<u32>,
    /// The sums of the lower and of the upper halves of the values: no number of rows makes either
    /// overflow, so that nothing has to be looked at while adding.
    low_sum: u64,
    high_sum: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { buckets: vec![0; BUCKETS + 1], low_sum: 0, high_sum: 0 }
    }
}

impl Histogram {
    /// Counts a value if it is over 0.
    #[inline]
    pub fn add(&mut self, value: i64) {
        let counts = value > 0;
        let bucket = if counts { bucket_of(value) } else { BUCKETS };
        if let Some(bucket) = self.buckets.get_mut(bucket) {
            *bucket += 1;
        }
        let value = value.max(0).cast_unsigned();
        self.low_sum = self.low_sum.wrapping_add(value & HALF);
        self.high_sum = self.high_sum.wrapping_add(value >> 32);
    }

    /// How many values were counted.
    #[must_use]
    pub fn count(&self) -> usize {
        self.buckets.iter().take(BUCKETS).map(|count| *count as usize).sum()
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
    /// end). `columns` are those that were counted: rows, codes, values, and the classes of codes.
    #[must_use]
    pub fn neighbours(&self, position: usize, columns: Counted<'_>) -> Option<(i64, i64)> {
        let last = self.count().checked_sub(1)?;
        let next = (position + 1).min(last);
        let (first_bucket, before) = self.holding(position.min(last))?;
        let (last_bucket, _) = self.holding(next)?;
        // Below the first value of a bucket, or above the last one, nothing is near.
        let least = i64::try_from(first_bucket << WIDTH_BITS).unwrap_or(i64::MAX).max(1);
        let above = i64::try_from((last_bucket + 1) << WIDTH_BITS).unwrap_or(i64::MAX);
        let most = if last_bucket + 1 == BUCKETS { i64::MAX } else { above - 1 };
        let mut near: Vec<i64> = columns.between(least, most).collect();
        near.sort_unstable();
        let at = |position: usize| near.get(position - before).copied();
        Some((at(position.min(last))?, at(next)?))
    }

    /// The bucket that holds a position, and how many values lie before it.
    fn holding(&self, position: usize) -> Option<(usize, usize)> {
        let mut before = 0;
        for (index, count) in self.buckets.iter().take(BUCKETS).enumerate() {
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
            let mut histogram = Histogram::default();
            values.iter().for_each(|value| histogram.add(*value));
            let unsorted = values.clone();
            values.sort_unstable();
            let rows: Vec<u32> = (0..u32::try_from(unsorted.len()).unwrap_or_default()).collect();
            let codes = vec![0; rows.len()];
            let columns = Counted { rows: &rows, codes: &codes, values: &unsorted, classes: &[0] };
            for position in [0, 1, values.len() / 2, values.len().saturating_sub(1), values.len()] {
                let last = values.len().saturating_sub(1);
                let at = |position: usize| values.get(position.min(last)).copied();
                let wanted = at(position).zip(at(position + 1));
                assert_eq!(histogram.neighbours(position, columns), wanted);
            }
            assert_eq!((histogram.count(), histogram.sum()), (values.len(), values.iter().sum()));
        }
    }
}
