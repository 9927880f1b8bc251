//! Controls that know nothing of calls: give them texts and they draw themselves.

pub mod icon;
pub mod menu;
pub mod message;
pub mod tabs;
