//! The journeys, one file each. `cargo xtask check` leaves this module out by its name.

mod accessible;
mod calls_list;
mod driver_itself;
mod find_a_call;
mod statistics;
mod wrong_key;
mod keyboard_alone;
mod framed;
