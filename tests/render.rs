//! Components, drawn to HTML without a browser: what a reader sees and what a screen reader
//! says of every state. What happens on a click belongs to the journeys.
//!
//! Nothing here compares HTML with HTML: the tests ask for roles, names and texts.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

#[path = "render/call.rs"]
mod call;
#[path = "render/details.rs"]
mod details;
#[path = "render/export.rs"]
mod export;
#[path = "render/figures.rs"]
mod figures;
#[path = "render/html.rs"]
mod html;
#[path = "render/notices.rs"]
mod notices;
#[path = "render/opened.rs"]
mod opened;
#[path = "render/printed.rs"]
mod printed;
#[path = "render/refusals.rs"]
mod refusals;
#[path = "render/row.rs"]
mod row;
#[path = "render/stage.rs"]
mod stage;
#[path = "render/transcript.rs"]
mod transcript;
#[path = "render/ui.rs"]
mod ui;
