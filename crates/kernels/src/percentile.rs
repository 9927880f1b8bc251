//! Exact percentiles without sorting: a histogram finds the bucket, and only what is in that
//! bucket is looked at again.

use crate::{lanes, sort};

/// Values of one bucket differ by less than this: a second, where they are milliseconds.
const WIDTH_BITS: u32 = 10;

/// Buckets; larger values share the last one.
const BUCKETS: usize = 4096;

/// Values over 0, how they are spread, and their sum.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Values {
    kept: Vec<u32>,
    buckets: Vec<u32>,
    sum: u64,
    /// Those that 32 bits do not hold. There are none, or few.
    large: Vec<i64>,
}

impl Values {
    /// None yet, with room for so many.
    #[must_use]
    pub fn with_room(len: usize) -> Self {
        Self { kept: Vec::with_capacity(len), ..Self::default() }
    }

    /// Adds values, which are over 0.
    pub fn add(&mut self, values: &[u32]) {
        self.buckets.resize(BUCKETS, 0);
        if let Some(buckets) = self.buckets.first_chunk_mut::<BUCKETS>() {
            for value in values {
                if let Some(bucket) = buckets.get_mut(bucket_of(*value)) {
                    *bucket += 1;
                }
            }
        }
        self.sum += lanes::sum(values);
        self.kept.extend_from_slice(values);
    }

    /// Adds a value over 0, however large.
    pub fn add_any(&mut self, value: i64) {
        match u32::try_from(value) {
            Ok(value) => self.add(&[value]),
            Err(_) => self.large.push(value),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.kept.len() + self.large.len()
    }

    /// Their sum, as far as there are numbers for it.
    #[must_use]
    pub fn sum(&self) -> i64 {
        let large: i128 = self.large.iter().map(|value| i128::from(*value)).sum();
        i64::try_from(large + i128::from(self.sum)).unwrap_or(i64::MAX)
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
        let small = self.kept.len().saturating_sub(1);
        let (first_bucket, before) = self.holding(position.min(small));
        let (last_bucket, _) = self.holding(next.min(small));
        let mut near = self.between(first_bucket, last_bucket);
        sort::ascending_small(&mut near);
        let mut large = self.large.clone();
        sort::ascending(&mut large);
        let at = |position: usize| match position.checked_sub(self.kept.len()) {
            Some(over) => large.get(over).copied(),
            None => near.get(position - before).copied().map(i64::from),
        };
        Some((at(position)?, at(next)?))
    }

    /// The values of neighbouring buckets.
    fn between(&self, first: usize, last: usize) -> Vec<u32> {
        let start = |bucket: usize| (bucket as u32) << WIDTH_BITS;
        let end = if last + 1 < BUCKETS { start(last + 1) - 1 } else { u32::MAX };
        let mut near = Vec::new();
        lanes::near(&self.kept, start(first), end - start(first), &mut near);
        near
    }

    /// The bucket that holds a position, and how many values lie before it.
    fn holding(&self, position: usize) -> (usize, usize) {
        let mut before = 0;
        for (index, count) in self.buckets.iter().enumerate() {
            let after = before + *count as usize;
            if position < after {
                return (index, before);
            }
            before = after;
        }
        (BUCKETS, before)
    }
}

/// The bucket of a value.
#[inline]
fn bucket_of(value: u32) -> usize {
    (value >> WIDTH_BITS).min(BUCKETS as u32 - 1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn neighbours_are_those_of_the_sorted_values() {
        for seed in 0..300 {
            let mut dice = Dice::new(seed);
            let reach = [10, 5_000, 600_000, u32::MAX][dice.below(4) as usize];
            let wide = if reach == u32::MAX { 3 } else { 1 };
            let mut values: Vec<i64> =
                (0..dice.below(200)).map(|_| (i64::from(dice.below(reach)) + 1) * wide).collect();
            let mut found = Values::default();
            let cut = dice.below(values.len() as u32 + 1) as usize;
            let (some, more) = values.split_at(cut);
            for value in some {
                found.add_any(*value);
            }
            let small = |value: &i64| u32::try_from(*value).ok();
            found.add(&more.iter().filter_map(small).collect::<Vec<u32>>());
            for value in more.iter().filter(|value| small(value).is_none()) {
                found.add_any(*value);
            }
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
