//! From several connections to one book.
//!
//! Invariants: nothing here knows what carries a request (see [`Transport`]) or shows anything.
//! One connection failing never touches what another one gave. Dropping a run cancels it.

pub mod connection;
pub mod fill;
pub mod further;
pub mod intake;
pub mod opened;
pub mod refresh;
pub mod run;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test")]
mod script;
pub mod transport;

pub use connection::{Connection, Connections};
pub use fill::{Coverage, Fill};
pub use intake::{LoadState, Phase};
pub use refresh::{Pace, Refresh, Reopened, attempts, refresh, reopen};
pub use run::{Listing, list, open};
pub use transport::Transport;
