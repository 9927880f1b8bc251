//! What an adapter says of its lists: which request fetches a page, and how to read one.

use calls::Call;

use crate::answer::Answer;
use crate::fetch::AgentName;
use crate::refusal::Refusal;
use crate::request::Request;
use crate::rows::Rows;

/// Where a page of a list begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// Which page it is; the first is 0.
    pub page: u64,
    /// How many records came before it. A list that is read by offset takes this and not a
    /// multiple of what was asked: the provider may give smaller pages.
    pub read: u64,
}

/// A list of calls that comes in pages.
pub trait List {
    /// The request for a page.
    fn request(&self, at: Place) -> Request;

    /// Reads a page.
    ///
    /// # Errors
    /// The provider's refusal, or that the answer is no list.
    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<Call>, Refusal>;

    /// What this list is called if it cannot be read, where a provider has several: the agent's
    /// name.
    fn name(&self) -> Option<&str> {
        None
    }

    /// Whether a call is handed on. Where the provider cannot narrow its list down we do; the
    /// call still counts as read.
    fn wants(&self, _call: &Call) -> bool {
        true
    }

    /// Whether this list is read besides another one, for calls that the other may leave out. Its
    /// records are not counted, and where it is too long to be read to its end
    /// [`crate::Event::Doubtful`] is told.
    fn is_besides(&self) -> bool {
        false
    }

    /// How many pages are read at once at most; [`crate::Fetch::more`] reads as many again.
    fn most_pages(&self) -> u64 {
        200
    }
}

/// The list of a provider's agents.
pub trait AgentList {
    /// The request for a page.
    fn request(&self, at: Place) -> Request;

    /// Reads a page.
    ///
    /// # Errors
    /// The provider's refusal, or that the answer is no list.
    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<AgentName>, Refusal>;

    /// The calls of one agent, where calls can only be listed agent by agent (TalkPilot).
    fn calls_of(&self, _agent: &AgentName) -> Option<Box<dyn List>> {
        None
    }
}
