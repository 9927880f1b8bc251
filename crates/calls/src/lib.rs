//! What a call is, and everything that can be said of calls without asking anybody.
//!
//! Invariants: no IO, no clock (`now` and the zone are arguments), no serialisation of domain
//! types, and nothing here can fail: what is not known is an `Option` or an `Unknown` variant,
//! never a guess.

pub mod book;
pub mod calendar;
pub mod call;
pub mod detail;
pub mod end_reason;
pub mod figures;
pub mod filter;
pub mod fold;
pub mod formats;
#[cfg(any(test, feature = "generated"))]
pub mod generated;
pub mod insight;
pub mod key;
pub mod money;
pub mod outcome;
pub mod period;
pub mod phone;
pub mod recording;
pub mod sort;
pub mod stats;
pub mod status;
pub mod told;
pub mod transcript;
pub mod wording;
pub mod words;
pub mod zone;

pub use call::{Call, Customer};
pub use detail::{Fact, OpenedCall};
pub use insight::{Insight, Topic, Topics};
pub use key::{CallKey, Reference};
pub use money::{Cost, CostUnit};
pub use outcome::{Outcome, Success, SuccessMap};
pub use recording::Recording;
pub use sort::{Sort, SortBy};
pub use status::{Channel, Direction, Status};
pub use transcript::{Speaker, Transcript, Turn};
pub use zone::{Day, Zone};
