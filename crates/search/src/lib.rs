//! Full-text search in transcripts: the query as it is typed, the index that answers it, and the
//! messages by which the page and its worker speak of both.
//!
//! Invariants: no input or output and no browser. A text is found by any part of it, whatever its
//! case, accents and spelling of umlauts ([`calls::fold`]); what is marked is always a range of the
//! text as it was sent. What has been removed is no longer anywhere in memory.

pub mod folded;
pub mod index;
pub mod message;
pub mod query;
pub mod snippet;

pub use index::Index;
pub use message::{Answer, Order};
pub use query::Query;
pub use snippet::Snippet;

use calls::{Speaker, Transcript};

/// Tells one build of this crate from another: page and worker have to be of the same.
pub const BUILD: &str = env!("SEARCH_BUILD");

/// Number of a call, given by whoever fills the index. Small numbers cost least.
pub type CallId = u32;

/// Who speaks, as far as a search can ask for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The voice agent.
    Agent,
    /// The person on the other end.
    Customer,
    /// Somebody else, or nobody says who.
    Other,
}

impl Side {
    /// The side of a speaker.
    #[must_use]
    pub fn of(speaker: &Speaker) -> Self {
        match speaker {
            Speaker::Agent => Self::Agent,
            Speaker::Customer => Self::Customer,
            Speaker::Other(_) => Self::Other,
        }
    }
}

/// One turn of a transcript, as far as a search needs it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// Who speaks.
    pub side: Side,
    /// The words as they were sent.
    pub text: String,
    /// Milliseconds from the start of the call, where the provider gives that.
    pub at_ms: Option<i64>,
}

/// What can be searched of a transcript, in its order. A text without speakers is one turn.
#[must_use]
pub fn said(transcript: &Transcript) -> Vec<Said> {
    match transcript {
        Transcript::Turns(turns) => turns
            .iter()
            .map(|turn| Said {
                side: Side::of(&turn.speaker),
                text: turn.text.clone(),
                at_ms: turn.at_ms,
            })
            .collect(),
        Transcript::Text(text) => {
            vec![Said { side: Side::Other, text: text.clone(), at_ms: None }]
        }
        _ => Vec::new(),
    }
}
