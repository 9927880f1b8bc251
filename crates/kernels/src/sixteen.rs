//! Sixteen bytes that are worked on at once: one vector where there are vectors, and in the page
//! nobody makes vectors of loops, or bytes one after the other. A condition is a byte of ones in
//! each place where it holds.

/// Sixteen bytes.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[derive(Clone, Copy)]
pub(crate) struct Sixteen([u8; 16]);

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
impl Sixteen {
    pub(crate) fn of(bytes: &[u8; 16]) -> Self {
        Self(*bytes)
    }

    pub(crate) fn bytes(self) -> [u8; 16] {
        self.0
    }

    pub(crate) fn each(byte: u8) -> Self {
        Self([byte; 16])
    }

    fn with(self, other: Self, both: impl Fn(u8, u8) -> u8) -> Self {
        let mut made = self.0;
        made.iter_mut().zip(other.0).for_each(|(byte, other)| *byte = both(*byte, other));
        Self(made)
    }

    pub(crate) fn and(self, other: Self) -> Self {
        self.with(other, |byte, other| byte & other)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.with(other, |byte, other| byte | other)
    }

    /// The other bytes where a condition holds.
    pub(crate) fn but(self, other: Self, condition: Self) -> Self {
        self.with(condition, |byte, holds| byte & !holds).or(other.and(condition))
    }

    /// Where bytes lie between two, both included.
    pub(crate) fn between(self, least: u8, most: u8) -> Self {
        self.with(self, |byte, _| if (least..=most).contains(&byte) { 0xff } else { 0 })
    }

    /// Each byte a place later; a zero at the beginning.
    pub(crate) fn later(self) -> Self {
        Self(std::array::from_fn(|at| at.checked_sub(1).map_or(0, |at| self.at(at))))
    }

    /// Each byte a place sooner; a zero at the end.
    pub(crate) fn sooner(self) -> Self {
        Self(std::array::from_fn(|at| self.at(at + 1)))
    }

    fn at(self, at: usize) -> u8 {
        self.0.get(at).copied().unwrap_or_default()
    }

    /// The highest bit of each byte, the first one lowest.
    pub(crate) fn high(self) -> u32 {
        self.0.iter().rev().fold(0, |bits, byte| bits << 1 | u32::from(*byte >> 7))
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use core::arch::wasm32::{
    i8x16_shuffle, u8x16_bitmask, u8x16_le, u8x16_splat, u8x16_sub, u64x2, u64x2_extract_lane,
    v128, v128_and, v128_bitselect, v128_or,
};

/// Sixteen bytes.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[derive(Clone, Copy)]
pub(crate) struct Sixteen(v128);

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
impl Sixteen {
    #[inline(always)]
    pub(crate) fn of(bytes: &[u8; 16]) -> Self {
        let (first, second) =
            (u128::from_le_bytes(*bytes) as u64, u128::from_le_bytes(*bytes) >> 64);
        Self(u64x2(first, second as u64))
    }

    #[inline(always)]
    pub(crate) fn bytes(self) -> [u8; 16] {
        let (first, second) = (u64x2_extract_lane::<0>(self.0), u64x2_extract_lane::<1>(self.0));
        (u128::from(first) | u128::from(second) << 64).to_le_bytes()
    }

    #[inline(always)]
    pub(crate) fn each(byte: u8) -> Self {
        Self(u8x16_splat(byte))
    }

    #[inline(always)]
    pub(crate) fn and(self, other: Self) -> Self {
        Self(v128_and(self.0, other.0))
    }

    #[inline(always)]
    pub(crate) fn or(self, other: Self) -> Self {
        Self(v128_or(self.0, other.0))
    }

    /// The other bytes where a condition holds.
    #[inline(always)]
    pub(crate) fn but(self, other: Self, condition: Self) -> Self {
        Self(v128_bitselect(other.0, self.0, condition.0))
    }

    /// Where bytes lie between two, both included.
    #[inline(always)]
    pub(crate) fn between(self, least: u8, most: u8) -> Self {
        let above = u8x16_sub(self.0, u8x16_splat(least));
        Self(u8x16_le(above, u8x16_splat(most - least)))
    }

    /// Each byte a place later; a zero at the beginning.
    #[inline(always)]
    pub(crate) fn later(self) -> Self {
        let none = u8x16_splat(0);
        Self(i8x16_shuffle::<16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14>(self.0, none))
    }

    /// Each byte a place sooner; a zero at the end.
    #[inline(always)]
    pub(crate) fn sooner(self) -> Self {
        let none = u8x16_splat(0);
        Self(i8x16_shuffle::<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16>(self.0, none))
    }

    /// The highest bit of each byte, the first one lowest.
    #[inline(always)]
    pub(crate) fn high(self) -> u32 {
        u32::from(u8x16_bitmask(self.0))
    }
}
