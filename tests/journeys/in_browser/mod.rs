//! The journeys, one file each. `cargo xtask check` leaves this module out by its name.

mod accessible;
mod as_time_passes;
mod bad_links;
mod calendar;
mod calls_list;
mod driver_itself;
mod exporting;
mod failures;
mod filters;
mod find_a_call;
mod framed;
mod german;
mod hostile_texts;
mod keyboard_alone;
mod listening;
mod looking_further;
mod narrow;
mod opened_files;
mod read_a_call;
mod read_on;
mod said;
mod static_hosting;
mod statistics;
mod table;
mod views;
mod wrong_key;
