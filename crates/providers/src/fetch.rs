//! A run over a provider's list: says what to send, is fed the answers, tells what they hold.

use calls::{Call, CallKey};

use crate::answer::Answer;
use crate::refusal::Refusal;
use crate::request::Request;

/// Tells the answers of one fetch apart.
pub type RequestId = u32;

/// A run over a list. Fan-out, paging and the reading of limits live in here.
pub trait Fetch {
    /// The requests that may be sent now. Each is handed out once; an empty answer while requests
    /// are under way means: wait for them.
    fn next(&mut self) -> Vec<(RequestId, Request)>;

    /// Takes an answer and tells what it holds, in order.
    fn feed(&mut self, id: RequestId, answer: &Answer, now_ms: i64) -> Vec<Event>;

    /// Takes note that no answer came. The request is handed out again after a pause, or told as
    /// refused once that was tried often enough.
    fn lost(&mut self, id: RequestId, refusal: Refusal, now_ms: i64) -> Vec<Event>;

    /// Goes on behind the cap, for as many pages again, and with what was under way when the run
    /// was cancelled. Says whether there is anything to go on with.
    fn more(&mut self) -> bool;

    /// Whether everything has been read.
    fn is_done(&self) -> bool;
}

/// What a fetch found.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// Calls, as the list tells them.
    Calls(Vec<Call>),
    /// Names of agents.
    Agents(Vec<AgentName>),
    /// Names of the outcomes that calls can have, where the provider tells them beside its list.
    OutcomeNames(Vec<String>),
    /// Records that could not be read, with why. The rest of their page is there.
    Skipped {
        /// How many.
        records: usize,
        /// Why, for a person.
        why: String,
    },
    /// How far the list has been read.
    Progress {
        /// Records read so far.
        read: u64,
        /// Records there are, where the provider says so.
        total: Option<u64>,
    },
    /// The provider asks for patience, or failed and is asked again after a pause; the request will
    /// be handed out again by [`Fetch::next`].
    Wait {
        /// UTC milliseconds at which to go on.
        until_ms: i64,
    },
    /// A request was refused. Other requests of the fetch go on.
    Refused(Refusal),
    /// A part of the calls is missing because of the refusal told just before: the name of the
    /// agent whose list it was, where calls are listed agent by agent.
    Missing {
        /// The part's name.
        part: String,
    },
    /// A call that was there is gone at its provider: it was deleted or purged.
    Gone(CallKey),
    /// Calls that never began may be missing: the provider's dates leave them out, and the list that
    /// has them is longer than we read it.
    Doubtful,
    /// The list is longer than we read it: what lies beyond is not loaded.
    Capped {
        /// Records read.
        read: u64,
        /// Records there are, where the provider says so.
        total: Option<u64>,
    },
}

/// An agent's id and name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgentName {
    /// The provider's id.
    pub id: String,
    /// The name on screen.
    pub name: String,
}
