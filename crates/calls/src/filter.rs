//! Which calls are shown. This filter always runs over what was loaded; a provider's own filter
//! is only a pre-filter.

mod bounds;
mod facet;
mod group;
mod hours;
mod marks;
mod sieve;
mod told;

pub use bounds::{Bounds, CostBounds, THOUSANDTHS};
pub use facet::Facet;
pub use group::Group;
pub use hours::{Hours, Time};
pub use marks::{Mark, Marks, Wanted};
pub(crate) use sieve::folded_lines;
pub(crate) use sieve::is_contact;
pub use sieve::{Sieve, searchable};
pub use told::Told;

use crate::call::Call;
use crate::outcome::Success;
use crate::status::{Channel, Direction};

/// A filter. Empty lists, texts and bounds let everything through; all conditions must hold, and
/// of a list one value.
///
/// In the lists of words (versions, campaigns, employees, end reasons, outcomes) the empty word
/// stands for calls that have none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Ids of connections.
    pub connections: Vec<String>,
    /// Agents, as [`agent_key`] writes them: `connection/agent id`.
    pub agents: Vec<String>,
    /// Versions of agents.
    pub versions: Vec<String>,
    /// Campaigns.
    pub campaigns: Vec<String>,
    /// Members of staff that calls are assigned to.
    pub employees: Vec<String>,
    /// Status words as [`crate::Status::code`] writes them.
    pub statuses: Vec<String>,
    /// Why calls ended, in the providers' words.
    pub end_reasons: Vec<String>,
    /// How calls came out, as [`crate::Outcome::label`] writes it: `label` or `metric=value`.
    pub outcomes: Vec<String>,
    /// Directions.
    pub directions: Vec<Direction>,
    /// Channels.
    pub channels: Vec<Channel>,
    /// Success.
    pub successes: Vec<Success>,
    /// Whether there is a recording.
    pub recordings: Vec<Told>,
    /// Whether there is a transcript.
    pub transcripts: Vec<Told>,
    /// Whether it reached a voicemail.
    pub voicemails: Vec<Told>,
    /// Whether it was handed on to somebody, by the word for why it ended.
    pub transfers: Vec<Told>,
    /// Whether a tool of the agent failed.
    pub tool_errors: Vec<Told>,
    /// Groups of calls that are shown, shown alone or left out.
    pub marks: Marks,
    /// Hours of the week on the wall at which they began.
    pub hours: Hours,
    /// How long calls lasted, whole milliseconds.
    pub duration_ms: Bounds,
    /// What they cost, in one unit.
    pub cost: Option<CostBounds>,
    /// The provider's score, in thousandths of a point.
    pub score: Bounds,
    /// How long the agent took to answer, whole milliseconds.
    pub latency_ms: Bounds,
    /// How often somebody was interrupted.
    pub interruptions: Bounds,
    /// A contact: the whole id, or the whole e-mail address.
    pub contact: String,
    /// A number in any form, or its end.
    pub phone: String,
    /// Text over names, numbers, e-mail, summary, request, note, employee and ids. Several words
    /// must all occur; of `callback|Rückruf` one of the two.
    pub text: String,
}

/// Stands between words of which one is enough.
pub const OR: char = '|';

/// The words of which one is enough; a word by itself is its only alternative.
pub fn alternatives(word: &str) -> impl Iterator<Item = &str> {
    word.split(OR).filter(|one| !one.is_empty())
}

impl Filter {
    /// Whether anything is filtered at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The word that stands for an agent in filters: ids are only unique within a connection.
#[must_use]
pub fn agent_key(call: &Call) -> Option<String> {
    let id = call.agent_id.as_ref().or(call.agent_name.as_ref())?;
    Some(format!("{}/{id}", call.key.connection))
}

#[cfg(test)]
mod tests;
