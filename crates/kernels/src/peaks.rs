//! Lowest and highest samples of interleaved sound.
//!
//! The loops for one and for two channels are written so that a compiler makes vectors of them:
//! one minimum and one maximum of whole numbers that lie one behind the other.

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
    match reaches {
        [reach] => *reach = reach.with(of_one(samples.iter().copied())),
        [left, right] => {
            let frame = |[left, right]: &[i16; 2]| (i32::from(*left), i32::from(*right));
            widen_two(samples.as_chunks().0.iter().map(frame), left, right);
        }
        _ => one_by_one(samples.iter().copied(), reaches),
    }
}

/// The same over samples as they lie in a file, 16 bits each, little-endian.
pub fn widen_bytes(bytes: &[u8], reaches: &mut [Reach]) {
    let samples = bytes.as_chunks().0.iter().map(|pair| i16::from_le_bytes(*pair));
    match reaches {
        [reach] => *reach = reach.with(of_one(samples)),
        [left, right] => {
            // A frame is one number of 32 bits, the left sample in its lower half.
            let frame = |bytes: &[u8; 4]| {
                let both = i32::from_le_bytes(*bytes);
                ((both << 16) >> 16, both >> 16)
            };
            widen_two(bytes.as_chunks().0.iter().map(frame), left, right);
        }
        _ => one_by_one(samples, reaches),
    }
}

fn of_one(samples: impl Iterator<Item = i16>) -> Reach {
    let (mut low, mut high) = (i16::MAX, i16::MIN);
    for sample in samples {
        low = low.min(sample);
        high = high.max(sample);
    }
    Reach { low, high }
}

/// The samples are those of 16 bits in wider numbers.
fn widen_two(frames: impl Iterator<Item = (i32, i32)>, left: &mut Reach, right: &mut Reach) {
    // Of wider numbers than there are samples: were it the same, compilers would take the halves
    // apart again, and vectors would be gone.
    let none = (i32::MAX, i32::MIN);
    let ((mut left_low, mut left_high), (mut right_low, mut right_high)) = (none, none);
    for (of_left, of_right) in frames {
        left_low = left_low.min(of_left);
        left_high = left_high.max(of_left);
        right_low = right_low.min(of_right);
        right_high = right_high.max(of_right);
    }
    if left_low > left_high {
        return;
    }
    *left = left.with(Reach { low: left_low as i16, high: left_high as i16 });
    *right = right.with(Reach { low: right_low as i16, high: right_high as i16 });
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
