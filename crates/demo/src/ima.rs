//! IMA ADPCM (IMA Digital Audio Focus, 1992), one channel, in very small blocks.

/// Samples of a block: the first as it is, eight as steps from it.
pub(crate) const BLOCK_SAMPLES: usize = 9;
/// Bytes of a block: four of its head, and half a byte for each step.
pub(crate) const BLOCK_BYTES: usize = 8;

/// How much further the next step reaches, by the one before.
const FURTHER: [i32; 8] = [-1, -1, -1, -1, 2, 4, 6, 8];

/// Step sizes: 7, and from each one to the next about a tenth more.
const STEPS: [i32; 89] = [
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66,
    73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449,
    494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272,
    2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493,
    10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
];

/// Appends the blocks of some samples, a multiple of nine.
pub(crate) fn encode(samples: &[i16], out: &mut Vec<u8>) {
    for block in samples.as_chunks::<BLOCK_SAMPLES>().0 {
        let [first, rest @ ..] = block;
        let mut coder = Coder::at(i32::from(*first), rest);
        out.extend(first.to_le_bytes());
        out.extend([u8::try_from(coder.index).unwrap_or(0), 0]);
        for pair in rest.as_chunks::<2>().0 {
            let [low, high] = pair.map(|sample| coder.step(i32::from(sample)));
            out.push(low | high << 4);
        }
    }
}

struct Coder {
    value: i32,
    index: i32,
}

impl Coder {
    /// Begins with a step as large as what comes wants it.
    fn at(value: i32, rest: &[i16]) -> Self {
        let mut before = value;
        let mut largest = 0;
        for sample in rest {
            largest = largest.max((i32::from(*sample) - before).abs());
            before = i32::from(*sample);
        }
        let index = STEPS.iter().position(|step| *step >= largest / 2).unwrap_or(88);
        Self { value, index: i32::try_from(index).unwrap_or(0) }
    }

    fn step(&mut self, sample: i32) -> u8 {
        let step = usize::try_from(self.index).ok().and_then(|at| STEPS.get(at)).unwrap_or(&7);
        let off = sample - self.value;
        let size = (off.abs() * 4 / step).min(7);
        let moved = step / 8
            + if size & 4 > 0 { *step } else { 0 }
            + if size & 2 > 0 { step / 2 } else { 0 }
            + if size & 1 > 0 { step / 4 } else { 0 };
        self.value = (self.value + if off < 0 { -moved } else { moved }).clamp(-32_768, 32_767);
        let further = usize::try_from(size).ok().and_then(|at| FURTHER.get(at)).unwrap_or(&0);
        self.index = (self.index + further).clamp(0, 88);
        u8::try_from(size).unwrap_or(0) | if off < 0 { 8 } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_its_head_and_half_a_byte_for_each_step() {
        let mut out = Vec::new();
        encode(&[0; 18], &mut out);
        assert_eq!(out, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        out.clear();
        encode(&[1_000, 1_100, 1_200, 1_300, 1_200, 1_100, 1_000, 900, 800], &mut out);
        assert_eq!((out.len(), out.get(..2)), (8, Some(&1_000_i16.to_le_bytes()[..])));
        // Up, up, up, then down.
        assert!(
            out.get(4..6)
                .is_some_and(|steps| matches!(steps, [a, b] if a & 0x88 == 0 && b & 0x08 == 0))
        );
        assert!(out.get(6..).is_some_and(|steps| steps.iter().all(|pair| pair & 0x88 == 0x88)));
    }
}
