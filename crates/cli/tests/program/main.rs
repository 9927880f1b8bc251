//! The program `calldeck` as people and scripts meet it: what it prints, writes and ends with.
//!
//! `stage/` starts what it talks to and the program itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod archive;
mod binary;
mod folder;
mod live;
mod stage;
mod stats;
