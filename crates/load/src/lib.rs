//! From several connections to one book.
//!
//! Invariants: nothing here knows what carries a request (see [`Transport`]) or shows anything.
//! One connection failing never touches what another one gave. Dropping a run cancels it.

pub mod connection;
pub mod intake;
pub mod run;
pub mod transport;

pub use connection::{Connection, Connections, SuccessMap};
pub use intake::{LoadState, Phase};
pub use run::{list, open};
pub use transport::Transport;
