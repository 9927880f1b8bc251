//! Lowest and highest samples of interleaved sound, eight samples at a time.

/// Samples that are looked at together.
const LANES: usize = 8;

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
#[inline]
pub fn widen(samples: &[i16], reaches: &mut [Reach]) {
    let (chunks, rest) = samples.as_chunks::<LANES>();
    widen_by(chunks.iter().copied(), chunks.len(), reaches);
    if LANES.is_multiple_of(reaches.len().max(1)) {
        one_by_one(rest.iter().copied(), reaches);
    } else {
        one_by_one(samples.iter().copied(), reaches);
    }
}

/// The same over samples as they lie in a file, 16 bits each, little-endian.
#[inline]
pub fn widen_bytes(bytes: &[u8], reaches: &mut [Reach]) {
    let (chunks, rest) = bytes.as_chunks::<{ 2 * LANES }>();
    let samples = |bytes: &[u8; 2 * LANES]| {
        let mut samples = [0; LANES];
        for (sample, pair) in samples.iter_mut().zip(bytes.as_chunks::<2>().0) {
            *sample = i16::from_le_bytes(*pair);
        }
        samples
    };
    widen_by(chunks.iter().map(samples), chunks.len(), reaches);
    let all = !LANES.is_multiple_of(reaches.len().max(1));
    let left = if all { bytes } else { rest };
    one_by_one(left.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)), reaches);
}

/// Lane *n* holds samples of channel *n* modulo channels, if those go into the lanes evenly.
fn widen_by(chunks: impl Iterator<Item = [i16; LANES]>, count: usize, reaches: &mut [Reach]) {
    if count == 0 || reaches.is_empty() || !LANES.is_multiple_of(reaches.len()) {
        return;
    }
    let (mut low, mut high) = ([i16::MAX; LANES], [i16::MIN; LANES]);
    for chunk in chunks {
        for (lane, sample) in low.iter_mut().zip(&chunk) {
            *lane = (*lane).min(*sample);
        }
        for (lane, sample) in high.iter_mut().zip(&chunk) {
            *lane = (*lane).max(*sample);
        }
    }
    let channels = reaches.len();
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
