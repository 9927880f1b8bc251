//! Journeys: what a person does with the dashboard, done in a real Chromium.
//!
//! `cargo xtask test` sets up what they need; `cargo xtask test find_a_call` runs one of them.
//! `driver/` drives the browser, `stage.rs` starts a demo, `screen.rs` knows the dashboard's
//! parts, `outside.rs` is somebody else's web server, `in_browser/` has the journeys.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "test code: a failed step ends the journey with a sentence"
)]

mod driver;
mod in_browser;
mod outside;
mod screen;
mod stage;
