//! Loops over vectors of 128 bits, written out: the page is compiled for size, and there no
//! compiler makes vectors of plain loops. Where there are no such vectors, the same is done one by
//! one, for tests and for the program that is no page.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) use one_by_one::{keep, less_one, near, reach, reach_of_bytes, sum};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use vectors::{keep, less_one, near, reach, reach_of_bytes, sum};

use crate::keys::{BLOCK, Passed};

/// Numbers of 32 bits in a vector.
pub(crate) const LANES: usize = 4;

/// A block of rows that are kept, with what their keys are. A whole vector has room behind the last
/// one.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    rows: [u32; BLOCK + LANES],
    words: [u32; BLOCK + LANES],
    fields: [u32; BLOCK + LANES],
}

impl Default for Kept {
    fn default() -> Self {
        let empty = [0; BLOCK + LANES];
        Self { rows: empty, words: empty, fields: empty }
    }
}

impl Kept {
    /// So many of them.
    pub(crate) fn first(&self, len: usize) -> Passed<'_> {
        let of = |column| <[u32]>::get(column, ..len).unwrap_or_default();
        Passed { rows: of(&self.rows), words: of(&self.words), fields: of(&self.fields) }
    }
}

/// Samples that stand one behind the other, in as many lanes.
pub(crate) const SAMPLES: usize = 8;

/// The lowest and the highest sample of each lane.
pub(crate) type Lanes = ([i16; SAMPLES], [i16; SAMPLES]);

/// One by one.
#[cfg_attr(all(target_arch = "wasm32", target_feature = "simd128"), allow(dead_code))]
mod one_by_one {
    use super::{Kept, LANES, Lanes, Passed, SAMPLES};

    /// Keeps the rows whose bit in `passed` is set, four to a byte, and whose field lies no further above the least one
    /// than a width, and says how many those are. No more than a block is looked at.
    pub(crate) fn keep(
        passed: &[u8],
        from: Passed<'_>,
        bounds: (u32, u32),
        to: &mut Kept,
    ) -> usize {
        keep_behind(0, passed, from, bounds, to)
    }

    /// The same behind some that are kept already.
    pub(crate) fn keep_behind(
        mut kept: usize,
        passed: &[u8],
        from: Passed<'_>,
        (least, width): (u32, u32),
        to: &mut Kept,
    ) -> usize {
        let keys = from.words.iter().zip(from.fields);
        let bits = passed.iter().flat_map(|bits| (0..LANES).map(move |lane| bits >> lane & 1));
        for ((row, (word, field)), bit) in from.rows.iter().zip(keys).zip(bits) {
            let put = |column: &mut [u32], value| {
                column.get_mut(kept).into_iter().for_each(|place| *place = value);
            };
            put(&mut to.rows, *row);
            put(&mut to.words, *word);
            put(&mut to.fields, *field);
            kept += usize::from((bit == 1) & (field.wrapping_sub(least) <= width));
        }
        kept
    }

    /// Writes one less than each field, and says the least field.
    pub(crate) fn less_one(fields: &[u32], to: &mut [u32]) -> u32 {
        let mut least = u32::MAX;
        for (field, to) in fields.iter().zip(to) {
            least = least.min(*field);
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
        i16x8, i16x8_extract_lane, i16x8_max, i16x8_min, i16x8_splat, u8x16_swizzle, u32x4,
        u32x4_bitmask, u32x4_extract_lane, u32x4_le, u32x4_min, u32x4_splat, u32x4_sub, u64x2,
        u64x2_add, u64x2_extend_high_u32x4, u64x2_extend_low_u32x4, u64x2_extract_lane,
        u64x2_splat, v128, v128_any_true,
    };

    use super::{BLOCK, Kept, LANES, Lanes, Passed, SAMPLES, one_by_one};

    pub(crate) fn keep(
        passed: &[u8],
        from: Passed<'_>,
        (least, width): (u32, u32),
        to: &mut Kept,
    ) -> usize {
        let ((rows, _), (words, _)) = (from.rows.as_chunks(), from.words.as_chunks());
        let (fields, _) = from.fields.as_chunks();
        let (lowest, reach, mut kept) = (u32x4_splat(least), u32x4_splat(width), 0);
        for (((rows, words), fields), bits) in rows.iter().zip(words).zip(fields).zip(passed) {
            let inside = u32x4_le(u32x4_sub(together(fields), lowest), reach);
            let both = usize::from(bits & u32x4_bitmask(inside));
            let front = FRONT.get(both).map_or(u64x2(0, 0), |(low, high)| u64x2(*low, *high));
            put(&mut to.rows, kept, u8x16_swizzle(together(rows), front));
            put(&mut to.words, kept, u8x16_swizzle(together(words), front));
            put(&mut to.fields, kept, u8x16_swizzle(together(fields), front));
            kept += both.count_ones() as usize;
        }
        let rest = from.behind(LANES * fields.len());
        let passed = passed.get(fields.len()..).unwrap_or_default();
        one_by_one::keep_behind(kept, passed, rest, (least, width), to)
    }

    #[inline]
    fn put(column: &mut [u32; BLOCK + LANES], place: usize, four: v128) {
        let place = column.get_mut(place..).and_then(|rest| rest.first_chunk_mut());
        place.into_iter().for_each(|place| *place = apart(four));
    }

    /// For each four bits, which bytes those lanes have whose bit is set: they go to the front.
    const FRONT: [(u64, u64); 1 << LANES] = front();

    #[allow(clippy::indexing_slicing, reason = "a constant: the compiler would see it")]
    const fn front() -> [(u64, u64); 1 << LANES] {
        let mut front = [(0, 0); 1 << LANES];
        let mut bits = 0;
        while bits < front.len() {
            let (mut bytes, mut kept, mut lane) = (0_u128, 0, 0);
            while lane < LANES {
                if bits >> lane & 1 == 1 {
                    bytes |= (0x0302_0100 + 0x0404_0404 * lane as u128) << (32 * kept);
                    kept += 1;
                }
                lane += 1;
            }
            front[bits] = (bytes as u64, (bytes >> 64) as u64);
            bits += 1;
        }
        front
    }

    pub(crate) fn less_one(fields: &[u32], to: &mut [u32]) -> u32 {
        let ((fours, rest), (to_fours, _)) = (fields.as_chunks::<4>(), to.as_chunks_mut::<4>());
        let (one, mut least) = (u32x4_splat(1), u32x4_splat(u32::MAX));
        for (four, to) in fours.iter().zip(to_fours) {
            least = u32x4_min(least, together(four));
            *to = apart(u32x4_sub(together(four), one));
        }
        let to_rest = to.get_mut(fields.len() - rest.len()..).unwrap_or_default();
        let of_rest = one_by_one::less_one(rest, to_rest);
        apart(least).into_iter().min().unwrap_or(u32::MAX).min(of_rest)
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
