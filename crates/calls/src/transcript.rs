//! Who said what, and when.

/// Who speaks in a turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Speaker {
    /// The voice agent.
    Agent,
    /// The person on the other end.
    Customer,
    /// Anything else (system, tool, a transfer target), with the provider's word for it.
    Other(String),
}

impl Speaker {
    /// Folds the providers' words for the two sides; everything else is kept as it is.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word.trim().to_ascii_lowercase().as_str() {
            "agent" | "assistant" | "bot" | "ai" => Self::Agent,
            "user" | "contact" | "customer" | "human" | "caller" => Self::Customer,
            _ => Self::Other(word.trim().to_owned()),
        }
    }
}

/// One stretch of speech by one speaker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// Who speaks.
    pub speaker: Speaker,
    /// What was said, as plain text.
    pub text: String,
    /// Milliseconds from the start of the call. `None` where the provider gives no time: a time
    /// is never made up.
    pub at_ms: Option<i64>,
}

/// What is known of a call's transcript.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Transcript {
    /// Not asked for yet.
    #[default]
    NotAsked,
    /// Turns in the order they were spoken.
    Turns(Vec<Turn>),
    /// Text without speakers.
    Text(String),
    /// The provider is still writing it.
    BeingWritten,
    /// There is one, but not in the record: the provider only names an address for it.
    Elsewhere,
    /// The record that was read is one that says nothing of a transcript (an opened file may hold
    /// records of a list).
    NotInRecord,
    /// There is none.
    Absent,
    /// There was one, and it has been purged.
    Purged,
}

impl Transcript {
    /// Turns, or text; an empty list of turns is no transcript.
    #[must_use]
    pub fn of_turns(turns: Vec<Turn>) -> Self {
        if turns.is_empty() { Self::Absent } else { Self::Turns(turns) }
    }

    /// Whether there is one, as far as that is known.
    #[must_use]
    pub fn is_there(&self) -> Option<bool> {
        match self {
            Self::NotAsked | Self::NotInRecord | Self::BeingWritten => None,
            Self::Turns(_) | Self::Text(_) | Self::Elsewhere => Some(true),
            Self::Absent | Self::Purged => Some(false),
        }
    }

    /// The turn that is being spoken at a position of the recording, if turns have times.
    #[must_use]
    pub fn turn_at(turns: &[Turn], position_ms: i64) -> Option<usize> {
        let spoken = |turn: &Turn| turn.at_ms.is_some_and(|at| at <= position_ms);
        turns.iter().rposition(spoken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(at_ms: Option<i64>) -> Turn {
        Turn { speaker: Speaker::Agent, text: "x".into(), at_ms }
    }

    #[test]
    fn every_provider_word_for_the_two_sides_is_folded_and_others_are_kept() {
        assert_eq!(Speaker::of("Assistant"), Speaker::Agent);
        assert_eq!(Speaker::of("contact"), Speaker::Customer);
        assert_eq!(Speaker::of("tool_call"), Speaker::Other("tool_call".into()));
    }

    #[test]
    fn the_current_turn_is_the_last_one_that_has_begun() {
        let turns = [turn(Some(0)), turn(None), turn(Some(4_000))];
        assert_eq!(Transcript::turn_at(&turns, 3_999), Some(0));
        assert_eq!(Transcript::turn_at(&turns, 4_000), Some(2));
        assert_eq!(Transcript::turn_at(&turns, -1), None);
        assert_eq!(Transcript::turn_at(&[turn(None)], 10), None);
    }
}
