//! The inner loops: filtering, counting, sorting and searching over plain slices, and the
//! reach of sound.
//!
//! This crate is compiled for speed where the rest of the page is compiled for size, so it holds
//! loops and nothing else: it knows no calls, keeps nothing, and takes columns as slices that are
//! looked up by row. A column may be shorter than the rows; what lies beyond its end is unknown,
//! and what is unknown passes no condition. Nothing here panics, whatever the input.

mod ahead;
pub mod bits;
pub mod count;
pub mod grams;
pub mod keep;
pub mod keys;
mod lanes;
pub mod lower;
pub mod order;
pub mod peaks;
pub mod percentile;
pub mod ranks;
pub mod search;
mod sixteen;
pub mod sort;

#[cfg(test)]
mod dice;

/// Stands for "not known" in a column of whole numbers.
pub const UNKNOWN: i64 = i64::MIN;

/// The value of a row, or what stands for none.
fn at<T: Copy>(column: &[T], row: u32, none: T) -> T {
    column.get(row as usize).copied().unwrap_or(none)
}
