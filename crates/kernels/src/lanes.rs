//! Loops over vectors of 128 bits, written out: the page is compiled for size, and there no
//! compiler makes vectors of plain loops. Where there are no such vectors, the same is done one by
//! one, for tests and for the program that is no page.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) use one_by_one::{fields, near, reach, reach_of_bytes, sum};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use vectors::{fields, near, reach, reach_of_bytes, sum};

/// Samples that stand one behind the other, in as many lanes.
pub(crate) const SAMPLES: usize = 8;

/// The lowest and the highest sample of each lane.
pub(crate) type Lanes = ([i16; SAMPLES], [i16; SAMPLES]);

/// One by one.
#[cfg_attr(all(target_arch = "wasm32", target_feature = "simd128"), allow(dead_code))]
mod one_by_one {
    use super::{Lanes, SAMPLES};

    /// Writes one less than the lower half of each key, and says the least of those halves.
    pub(crate) fn fields(keys: &[u64], to: &mut [u32]) -> u32 {
        let mut least = u32::MAX;
        for (key, to) in keys.iter().zip(to) {
            let field = *key as u32;
            least = least.min(field);
            *to = field.wrapping_sub(1);
        }
        least
    }

    /// The sum of values.
    pub(crate) fn sum(values: &[u32]) -> u64 {
        values.iter().map(|value| u64::from(*value)).sum()
    }

    /// Takes the values that lie no further above the least one than `width`.
    pub(crate) fn near(values: &[u32], least: u32, width: u32, taken: &mut Vec<u32>) {
        taken.extend(values.iter().filter(|value| value.wrapping_sub(least) <= width));
    }

    /// How far samples reach.
    pub(crate) fn reach(chunks: &[[i16; SAMPLES]]) -> Lanes {
        let (mut low, mut high) = ([i16::MAX; SAMPLES], [i16::MIN; SAMPLES]);
        for chunk in chunks {
            for ((low, high), sample) in low.iter_mut().zip(&mut high).zip(chunk) {
                *low = (*low).min(*sample);
                *high = (*high).max(*sample);
            }
        }
        (low, high)
    }

    /// The same of samples as they lie in a file, little-endian.
    pub(crate) fn reach_of_bytes(chunks: &[[u8; 2 * SAMPLES]]) -> Lanes {
        let (mut low, mut high) = ([i16::MAX; SAMPLES], [i16::MIN; SAMPLES]);
        for chunk in chunks {
            let samples = chunk.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair));
            for ((low, high), sample) in low.iter_mut().zip(&mut high).zip(samples) {
                *low = (*low).min(sample);
                *high = (*high).max(sample);
            }
        }
        (low, high)
    }
}

/// Four at a time.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vectors {
    use core::arch::wasm32::{
        i16x8, i16x8_extract_lane, i16x8_max, i16x8_min, i16x8_splat, i32x4_shuffle, u32x4,
        u32x4_extract_lane, u32x4_le, u32x4_min, u32x4_splat, u32x4_sub, u64x2, u64x2_add,
        u64x2_extend_high_u32x4, u64x2_extend_low_u32x4, u64x2_extract_lane, u64x2_splat, v128,
        v128_any_true,
    };

    use super::{Lanes, SAMPLES, one_by_one};

    pub(crate) fn fields(keys: &[u64], to: &mut [u32]) -> u32 {
        let ((fours, rest), (to_fours, _)) = (keys.as_chunks::<4>(), to.as_chunks_mut::<4>());
        let (one, mut least) = (u32x4_splat(1), u32x4_splat(u32::MAX));
        for ([a, b, c, d], to) in fours.iter().zip(to_fours) {
            let fields = i32x4_shuffle::<0, 2, 4, 6>(u64x2(*a, *b), u64x2(*c, *d));
            least = u32x4_min(least, fields);
            *to = apart(u32x4_sub(fields, one));
        }
        let to_rest = to.get_mut(keys.len() - rest.len()..).unwrap_or_default();
        apart(least).into_iter().min().unwrap_or(u32::MAX).min(one_by_one::fields(rest, to_rest))
    }

    pub(crate) fn sum(values: &[u32]) -> u64 {
        let (fours, rest) = values.as_chunks::<4>();
        let (mut low, mut high) = (u64x2_splat(0), u64x2_splat(0));
        for four in fours {
            low = u64x2_add(low, u64x2_extend_low_u32x4(together(four)));
            high = u64x2_add(high, u64x2_extend_high_u32x4(together(four)));
        }
        let both = u64x2_add(low, high);
        let sum = u64x2_extract_lane::<0>(both) + u64x2_extract_lane::<1>(both);
        sum + one_by_one::sum(rest)
    }

    pub(crate) fn near(values: &[u32], least: u32, width: u32, taken: &mut Vec<u32>) {
        let (fours, rest) = values.as_chunks::<4>();
        let (from, reach) = (u32x4_splat(least), u32x4_splat(width));
        for four in fours {
            // Hardly any is near: that one of four is can be guessed.
            if v128_any_true(u32x4_le(u32x4_sub(together(four), from), reach)) {
                one_by_one::near(four, least, width, taken);
            }
        }
        one_by_one::near(rest, least, width, taken);
    }

    pub(crate) fn reach(chunks: &[[i16; SAMPLES]]) -> Lanes {
        reach_of(
            chunks.iter().map(|[a, b, c, d, e, f, g, h]| i16x8(*a, *b, *c, *d, *e, *f, *g, *h)),
        )
    }

    pub(crate) fn reach_of_bytes(chunks: &[[u8; 2 * SAMPLES]]) -> Lanes {
        reach_of(chunks.iter().map(|chunk| {
            let both = u128::from_le_bytes(*chunk);
            u64x2(both as u64, (both >> 64) as u64)
        }))
    }

    #[inline]
    fn reach_of(chunks: impl Iterator<Item = v128>) -> Lanes {
        let none = (i16x8_splat(i16::MAX), i16x8_splat(i16::MIN));
        let (low, high) = chunks
            .fold(none, |(low, high), samples| (i16x8_min(low, samples), i16x8_max(high, samples)));
        (samples_of(low), samples_of(high))
    }

    fn samples_of(lanes: v128) -> [i16; SAMPLES] {
        [
            i16x8_extract_lane::<0>(lanes),
            i16x8_extract_lane::<1>(lanes),
            i16x8_extract_lane::<2>(lanes),
            i16x8_extract_lane::<3>(lanes),
            i16x8_extract_lane::<4>(lanes),
            i16x8_extract_lane::<5>(lanes),
            i16x8_extract_lane::<6>(lanes),
            i16x8_extract_lane::<7>(lanes),
        ]
    }

    #[inline]
    fn together([a, b, c, d]: &[u32; 4]) -> v128 {
        u32x4(*a, *b, *c, *d)
    }

    #[inline]
    fn apart(four: v128) -> [u32; 4] {
        [
            u32x4_extract_lane::<0>(four),
            u32x4_extract_lane::<1>(four),
            u32x4_extract_lane::<2>(four),
            u32x4_extract_lane::<3>(four),
        ]
    }
}
