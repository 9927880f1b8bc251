//! The browser app: what is on screen, and the way there.
//!
//! Invariants: the browser is only named in [`browser`]; every visible word comes from the
//! catalogue; what is on screen can be read from [`place::Place`] and the book, and nothing else.

// A page is one type, as deep as its elements are nested.
#![recursion_limit = "256"]

pub use ::place;
pub use ::place::fragment;

pub mod app;
pub mod browser;
pub mod chosen;
pub mod components;
pub mod exporting;
pub mod listening;
pub mod locale;
pub mod nav;
pub mod notice;
pub mod pages;
pub mod parts;
pub mod picture;
pub mod preferences;
pub mod rest;
pub mod selection;
pub mod settings;
pub mod store;
pub mod table;
pub mod transcripts;
pub mod ui;
pub mod views;
