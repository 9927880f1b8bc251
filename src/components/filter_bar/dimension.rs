//! The dimensions that calls are filtered by, each a list of values to choose from.

use calls::filter::{Filter, Told, agent_key};
use calls::{Call, Channel, Direction, Success};

/// A dimension.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dimension {
    /// The connection.
    Connection,
    /// The agent.
    Agent,
    /// The status.
    Status,
    /// The direction.
    Direction,
    /// Success.
    Success,
    /// The provider's labels for how it came out.
    Outcome,
    /// Why it ended.
    EndReason,
    /// The campaign.
    Campaign,
    /// The version of the agent.
    Version,
    /// The member of staff it is assigned to.
    Employee,
    /// Telephone, web or chat.
    Channel,
    /// Whether there is a recording.
    Recording,
    /// Whether there is a transcript.
    Transcript,
    /// Whether it reached a voicemail.
    Voicemail,
    /// Whether a tool of the agent failed.
    ToolError,
}

impl Dimension {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 15] = [
        Self::Connection,
        Self::Agent,
        Self::Status,
        Self::Direction,
        Self::Success,
        Self::Outcome,
        Self::EndReason,
        Self::Campaign,
        Self::Version,
        Self::Employee,
        Self::Channel,
        Self::Recording,
        Self::Transcript,
        Self::Voicemail,
        Self::ToolError,
    ];

    /// The values of a call: one, or as many as it has outcomes. The empty word is none.
    #[must_use]
    pub fn of(self, call: &Call) -> Vec<String> {
        let word = |word: &Option<String>| word.clone().unwrap_or_default();
        let one = match self {
            Self::Outcome if call.outcomes.is_empty() => String::new(),
            Self::Outcome => return call.outcomes.iter().map(calls::Outcome::label).collect(),
            Self::Agent => return agent_key(call).into_iter().collect(),
            Self::Connection => call.key.connection.to_string(),
            Self::Status => call.status.code().to_owned(),
            Self::Direction => call.direction.code().to_owned(),
            Self::Success => call.success.code().to_owned(),
            Self::EndReason => word(&call.end_reason),
            Self::Campaign => word(&call.campaign),
            Self::Version => word(&call.version),
            Self::Employee => word(&call.employee),
            Self::Channel => call.channel.code().to_owned(),
            Self::Recording => Told::recording(call.recording).code().to_owned(),
            Self::Transcript => Told::of(call.transcript).code().to_owned(),
            Self::Voicemail => Told::of(call.voicemail).code().to_owned(),
            Self::ToolError => Told::of(call.tool_errors).code().to_owned(),
        };
        vec![one]
    }

    /// The chosen values.
    #[must_use]
    pub fn chosen(self, filter: &Filter) -> Vec<String> {
        match self {
            Self::Connection => filter.connections.clone(),
            Self::Agent => filter.agents.clone(),
            Self::Status => filter.statuses.clone(),
            Self::Outcome => filter.outcomes.clone(),
            Self::EndReason => filter.end_reasons.clone(),
            Self::Campaign => filter.campaigns.clone(),
            Self::Version => filter.versions.clone(),
            Self::Employee => filter.employees.clone(),
            Self::Direction => codes(&filter.directions, Direction::code),
            Self::Success => codes(&filter.successes, Success::code),
            Self::Channel => codes(&filter.channels, Channel::code),
            Self::Recording => codes(&filter.recordings, Told::code),
            Self::Transcript => codes(&filter.transcripts, Told::code),
            Self::Voicemail => codes(&filter.voicemails, Told::code),
            Self::ToolError => codes(&filter.tool_errors, Told::code),
        }
    }

    /// Chooses values in place of those chosen before.
    pub fn choose(self, filter: &mut Filter, values: Vec<String>) {
        match self {
            Self::Connection => filter.connections = values,
            Self::Agent => filter.agents = values,
            Self::Status => filter.statuses = values,
            Self::Outcome => filter.outcomes = values,
            Self::EndReason => filter.end_reasons = values,
            Self::Campaign => filter.campaigns = values,
            Self::Version => filter.versions = values,
            Self::Employee => filter.employees = values,
            Self::Direction => filter.directions = parsed(&values, Direction::parse),
            Self::Success => filter.successes = parsed(&values, Success::parse),
            Self::Channel => filter.channels = parsed(&values, Channel::parse),
            Self::Recording => filter.recordings = parsed(&values, Told::parse),
            Self::Transcript => filter.transcripts = parsed(&values, Told::parse),
            Self::Voicemail => filter.voicemails = parsed(&values, Told::parse),
            Self::ToolError => filter.tool_errors = parsed(&values, Told::parse),
        }
    }

    /// Whether only opening a call tells it, at some provider.
    #[must_use]
    pub fn needs_opening(self) -> bool {
        matches!(self, Self::Transcript | Self::ToolError | Self::Recording)
    }
}

fn codes<T: Copy>(values: &[T], code: impl Fn(T) -> &'static str) -> Vec<String> {
    values.iter().map(|value| code(*value).to_owned()).collect()
}

fn parsed<T>(codes: &[String], parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
    codes.iter().filter_map(|code| parse(code)).collect()
}

#[cfg(test)]
mod tests {
    use calls::CallKey;

    use super::*;

    #[test]
    fn whatever_a_call_has_can_be_chosen_and_finds_it() {
        let mut call = Call::new(CallKey::parse("sales/1").unwrap());
        call.agent_id = Some("a1".into());
        call.campaign = Some("Spring".into());
        for dimension in Dimension::ALL {
            let mut filter = Filter::default();
            let values = dimension.of(&call);
            dimension.choose(&mut filter, values.clone());
            assert_eq!(dimension.chosen(&filter), values, "{dimension:?}");
            assert!(!filter.is_empty(), "{dimension:?}");
            let passes = calls::filter::Sieve::new(&filter, None).passes(&call, "");
            assert!(passes, "{dimension:?}: {values:?}");
        }
    }
}
