//! The dimensions of a filter that are a choice among values, in one shape.

use super::{Filter, Mark, Told, Wanted};
use crate::outcome::Success;
use crate::status::{Channel, Direction};

/// A dimension whose values can be chosen. Values are words as the link has them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Facet {
    /// Connection.
    Connection,
    /// Agent, as `connection/agent id`.
    Agent,
    /// Version of the agent.
    Version,
    /// Campaign.
    Campaign,
    /// Member of staff.
    Employee,
    /// Status.
    Status,
    /// Direction.
    Direction,
    /// Channel.
    Channel,
    /// Success.
    Success,
    /// Why it ended.
    EndReason,
    /// How it came out, as `label` or `metric=value`.
    Outcome,
    /// Whether there is a recording.
    Recording,
    /// Whether there is a transcript.
    Transcript,
    /// Whether it reached a voicemail.
    Voicemail,
    /// Whether it was handed on to somebody.
    Transfer,
    /// Whether a tool failed.
    ToolErrors,
    /// A group: [`Wanted::Only`] or [`Wanted::Without`].
    Mark(Mark),
}

impl Facet {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 22] = [
        Self::Connection,
        Self::Agent,
        Self::Status,
        Self::Direction,
        Self::Success,
        Self::Outcome,
        Self::EndReason,
        Self::Channel,
        Self::Campaign,
        Self::Employee,
        Self::Version,
        Self::Recording,
        Self::Transcript,
        Self::Voicemail,
        Self::Transfer,
        Self::ToolErrors,
        Self::Mark(Mark::Todo),
        Self::Mark(Mark::Test),
        Self::Mark(Mark::Retry),
        Self::Mark(Mark::Chat),
        Self::Mark(Mark::Deleted),
        Self::Mark(Mark::Purged),
    ];

    /// The dimensions whose values stand side by side in statistics, in the order they are offered.
    /// Members of staff come last: comparing them is a choice of its own.
    pub const RANKED: [Self; 10] = [
        Self::Agent,
        Self::Connection,
        Self::Outcome,
        Self::EndReason,
        Self::Status,
        Self::Campaign,
        Self::Version,
        Self::Direction,
        Self::Channel,
        Self::Employee,
    ];

    /// The word for the links of a ranking, the same as that of its filter.
    #[must_use]
    pub fn ranking_code(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Outcome => "outcome",
            Self::EndReason => "end",
            Self::Status => "status",
            Self::Campaign => "campaign",
            Self::Version => "version",
            Self::Direction => "direction",
            Self::Channel => "channel",
            Self::Employee => "employee",
            _ => "connection",
        }
    }

    /// Reads [`Facet::ranking_code`].
    #[must_use]
    pub fn parse_ranking(code: &str) -> Option<Self> {
        Self::RANKED.into_iter().find(|facet| facet.ranking_code() == code)
    }

    /// The chosen values.
    #[must_use]
    pub fn chosen(self, filter: &Filter) -> Vec<String> {
        if let Some(words) = self.words(&mut filter.clone()) {
            return words.clone();
        }
        match self {
            Self::Direction => codes(&filter.directions, Direction::code),
            Self::Channel => codes(&filter.channels, Channel::code),
            Self::Success => codes(&filter.successes, Success::code),
            Self::Recording => codes(&filter.recordings, Told::code),
            Self::Transcript => codes(&filter.transcripts, Told::code),
            Self::Voicemail => codes(&filter.voicemails, Told::code),
            Self::Transfer => codes(&filter.transfers, Told::code),
            Self::ToolErrors => codes(&filter.tool_errors, Told::code),
            Self::Mark(mark) => {
                let wanted = Some(filter.marks.of(mark)).filter(|wanted| *wanted != Wanted::Any);
                wanted.into_iter().map(|wanted| wanted.code().to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Chooses values in place of those that were chosen; words that are no value are left out.
    /// Nothing chosen lets every call through, deleted ones too.
    pub fn choose(self, filter: &mut Filter, values: Vec<String>) {
        if let Some(words) = self.words(filter) {
            *words = values;
            return;
        }
        match self {
            Self::Direction => filter.directions = parsed(&values, Direction::parse),
            Self::Channel => filter.channels = parsed(&values, Channel::parse),
            Self::Success => filter.successes = parsed(&values, Success::parse),
            Self::Recording => filter.recordings = parsed(&values, Told::parse),
            Self::Transcript => filter.transcripts = parsed(&values, Told::parse),
            Self::Voicemail => filter.voicemails = parsed(&values, Told::parse),
            Self::Transfer => filter.transfers = parsed(&values, Told::parse),
            Self::ToolErrors => filter.tool_errors = parsed(&values, Told::parse),
            Self::Mark(mark) => {
                let wanted = parsed(&values, Wanted::parse);
                filter.marks.set(mark, wanted.first().copied().unwrap_or(Wanted::Any));
            }
            _ => {}
        }
    }

    /// The list of a dimension whose values are words that providers make up.
    fn words(self, filter: &mut Filter) -> Option<&mut Vec<String>> {
        match self {
            Self::Connection => Some(&mut filter.connections),
            Self::Agent => Some(&mut filter.agents),
            Self::Version => Some(&mut filter.versions),
            Self::Campaign => Some(&mut filter.campaigns),
            Self::Employee => Some(&mut filter.employees),
            Self::Status => Some(&mut filter.statuses),
            Self::EndReason => Some(&mut filter.end_reasons),
            Self::Outcome => Some(&mut filter.outcomes),
            _ => None,
        }
    }
}

fn codes<T: Copy>(chosen: &[T], code: impl Fn(T) -> &'static str) -> Vec<String> {
    chosen.iter().map(|value| code(*value).to_owned()).collect()
}

fn parsed<T>(values: &[String], parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
    values.iter().filter_map(|value| parse(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_of_a_dimension_is_chosen_and_nothing_else() {
        for facet in Facet::ALL {
            let value = ["sales/a", "inbound", "chat", "yes", "only"].into_iter().find(|value| {
                let mut filter = Filter::default();
                facet.choose(&mut filter, vec![(*value).to_owned()]);
                facet.chosen(&filter) == [*value]
            });
            assert!(value.is_some(), "{facet:?}");
            let mut filter = Filter::default();
            facet.choose(&mut filter, vec![value.unwrap().to_owned()]);
            let others = Facet::ALL.into_iter().filter(|other| *other != facet);
            for other in others {
                assert_eq!(other.chosen(&filter), other.chosen(&Filter::default()), "{facet:?}");
            }
            facet.choose(&mut filter, Vec::new());
            assert!(facet.chosen(&filter).is_empty(), "{facet:?}");
        }
    }
}
