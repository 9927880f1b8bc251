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

pub use export::ExportFile;
pub use file::OpenFile;
pub use place::Place;
pub use problem::{Expected, Problem, Problems, What};
pub use reader::{Reader, Scan, Whose};
pub use record::Record;

/// The id of the first file that is opened; further ones are `file-2`, `file-3`, ….
pub const FILE: &str = "file";

/// Whether a connection's id is one that files get.
#[must_use]
pub fn is_file(connection: &str) -> bool {
    let number = connection.strip_prefix(FILE).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The id for the `nth` file, counted from 1.
#[must_use]
pub fn file_id(nth: usize) -> String {
    if nth <= 1 { FILE.to_owned() } else { format!("{FILE}-{nth}") }
}
