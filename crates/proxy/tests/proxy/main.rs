//! The proxy as it is served, over real HTTP, with emulated providers and storage behind it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod acme;
mod answers;
mod budgets;
mod configuration;
mod fake;
mod files;
mod framing;
mod listening;
mod odd_configurations;
mod origins;
mod raw;
mod recordings;
mod requests;
mod server;
mod stage;
