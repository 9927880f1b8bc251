//! What of Calldeck is measured beside its peers: the very crates that the page is made of, with
//! doors for the script that measures (`crates/bench/page`). `cargo xtask bench` builds it as the
//! page for production is built.
//!
//! Invariant: nothing is computed here. Every door opens to what the page itself calls, so that a
//! figure of the benchmark is a figure of the page.

pub mod analytics;
pub mod book;
pub mod columns;
pub mod recording;
pub mod said;
pub mod table;
pub mod transcripts;

fn main() {}
