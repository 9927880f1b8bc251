//! The views of the app, each put together from components.

pub mod calls;
pub mod embed;
pub mod statistics;
