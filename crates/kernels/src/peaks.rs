//! Lowest and highest samples of interleaved sound, eight samples at a time.

use crate::lanes::{self, Lanes, SAMPLES};

/// The lowest and the highest sample of a stretch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reach {
    /// Lowest.
    pub low: i16,
    /// Highest.
    pub high: i16,
}

impl Reach {
    /// Of no sample at all: whatever comes is lower and higher.
    pub const NONE: Self = Self { low: i16::MAX, high: i16::MIN };

    /// Both stretches together.
    #[must_use]
    #[inline]
    pub fn with(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }
}

/// Widens the reach of each channel, as many as there are in `reaches`, by whole frames of samples.
pub fn widen(samples: &[i16], reaches: &mut [Reach]) {
    let (chunks, rest) = if is_even(reaches) { samples.as_chunks() } else { (&[][..], samples) };
    widen_by(lanes::reach(chunks), reaches);
    one_by_one(rest.iter().copied(), reaches);
}

/// The same over samples as they lie in a file, 16 bits each, little-endian.
pub fn widen_bytes(bytes: &[u8], reaches: &mut [Reach]) {
    let (chunks, rest) = if is_even(reaches) { bytes.as_chunks() } else { (&[][..], bytes) };
    widen_by(lanes::reach_of_bytes(chunks), reaches);
    let rest = rest.as_chunks::<2>().0.iter();
    one_by_one(rest.map(|pair| i16::from_le_bytes(*pair)), reaches);
}

/// Whether the channels go into the lanes evenly.
fn is_even(reaches: &[Reach]) -> bool {
    !reaches.is_empty() && SAMPLES.is_multiple_of(reaches.len())
}

/// Lane *n* holds samples of channel *n* modulo channels. Lanes without any change nothing.
fn widen_by((low, high): Lanes, reaches: &mut [Reach]) {
    let channels = reaches.len().max(1);
    for (lane, (low, high)) in low.into_iter().zip(high).enumerate() {
        if let Some(reach) = reaches.get_mut(lane % channels) {
            *reach = reach.with(Reach { low, high });
        }
    }
}

fn one_by_one(samples: impl Iterator<Item = i16>, reaches: &mut [Reach]) {
    let channels = reaches.len().max(1);
    for (index, sample) in samples.enumerate() {
        if let Some(reach) = reaches.get_mut(index % channels) {
            *reach = reach.with(Reach { low: sample, high: sample });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn every_number_of_channels_gives_what_a_plain_loop_gives() {
        let mut dice = Dice::new(7);
        for channels in 1..=9 {
            for frames in [0, 1, 2, 3, 7, 8, 9, 64, 1001] {
                let samples: Vec<i16> = (0..frames * channels).map(|_| sample(&mut dice)).collect();
                let bytes: Vec<u8> = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
                let plain = plain(&samples, channels);
                let mut reaches = vec![Reach::NONE; channels];
                widen(&samples, &mut reaches);
                assert_eq!(reaches, plain, "{channels} channels, {frames} frames");
                let mut reaches = vec![Reach::NONE; channels];
                widen_bytes(&bytes, &mut reaches);
                assert_eq!(reaches, plain, "{channels} channels, {frames} frames, bytes");
            }
        }
    }

    fn sample(dice: &mut Dice) -> i16 {
        i16::try_from(i64::from(dice.below(65_536)) - 32_768).unwrap()
    }

    fn plain(samples: &[i16], channels: usize) -> Vec<Reach> {
        let of = |channel| {
            let own = samples.iter().skip(channel).step_by(channels);
            let low = own.clone().min().copied().unwrap_or(i16::MAX);
            Reach { low, high: own.max().copied().unwrap_or(i16::MIN) }
        };
        (0..channels).map(of).collect()
    }
}
