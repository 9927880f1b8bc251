//! Numbers for tests: the same ones every time.

/// A xorshift generator.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 11) % u64::from(end.max(1))).unwrap_or_default()
    }

    /// Rows of a table of `len`, some left out, in no particular order.
    pub(crate) fn rows(&mut self, len: u32) -> Vec<u32> {
        let mut rows: Vec<u32> = (0..len).filter(|_| self.below(4) > 0).collect();
        let shift = self.below(len) as usize;
        let middle = shift.min(rows.len());
        rows.rotate_left(middle);
        rows
    }
}
