//! Opened files: bytes become calls, without anybody being asked.
//!
//! A file holds what a provider has sent somebody: answers (a list, one call), bodies of its
//! webhooks, each by itself, in an array, or one a line (JSON Lines). It is taken in slices by a
//! [`Reader`], which cuts it into records without reading them; [`Scan::whose`] says whose they
//! are, and an [`OpenFile`] reads them as the provider's own answers are read.
//!
//! Invariants: nothing here is sent or kept anywhere but in memory. Whose records they are is
//! never guessed. What cannot be read is counted and named by its place.

mod bytes;
pub mod calldeck;
mod export;
mod file;
mod place;
mod problem;
mod reader;
mod record;
mod scanner;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test")]
mod tests;

pub use calls::key::{FILE, is_file};
pub use export::ExportFile;
pub use file::OpenFile;
pub use place::Place;
pub use problem::{Expected, Problem, Problems, What};
pub use reader::{Reader, Scan, Whose};
pub use record::Record;

/// The id for the `nth` file, counted from 1.
#[must_use]
pub fn file_id(nth: usize) -> String {
    if nth <= 1 { FILE.to_owned() } else { format!("{FILE}-{nth}") }
}
