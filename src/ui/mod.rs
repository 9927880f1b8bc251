//! Controls that know nothing of calls: give them texts and they draw themselves.

pub mod grid_walk;
pub mod icon;
pub mod lazy;
pub mod menu;
pub mod message;
pub mod row_part;
pub mod row_slots;
pub mod scroll_map;
pub mod tabs;
