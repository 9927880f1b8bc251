//! What came of a call, who called whom, and over what.

/// What came of a call.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Status {
    /// The provider has no status (TalkPilot), or left it out.
    NotGiven,
    /// Waiting to be placed.
    Queued,
    /// Ringing at the other end.
    Ringing,
    /// People are talking.
    InProgress,
    /// It took place and ended.
    Completed,
    /// It could not take place.
    Failed,
    /// Called off before it connected.
    Cancelled,
    /// Nobody answered.
    NoAnswer,
    /// The line was busy.
    Busy,
    /// A word that is not known here, kept as it is.
    Other(String),
}

impl Status {
    /// Folds the providers' spellings; unknown words are kept.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let folded = word.trim().to_ascii_lowercase().replace('-', "_");
        match folded.as_str() {
            "" => Self::NotGiven,
            "queued" | "in_queue" | "pending" | "scheduled" => Self::Queued,
            "ringing" => Self::Ringing,
            "in_progress" | "active" | "processing" | "ongoing" => Self::InProgress,
            "completed" | "ended" => Self::Completed,
            "failed" | "error" => Self::Failed,
            "cancelled" | "canceled" => Self::Cancelled,
            "no_answer" => Self::NoAnswer,
            "busy" => Self::Busy,
            _ => Self::Other(word.trim().to_owned()),
        }
    }

    /// One word that stands for the status in URLs and CSS; [`Status::of`] reads it back.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::NotGiven => "none",
            Self::Queued => "queued",
            Self::Ringing => "ringing",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::Other(word) => word,
        }
    }

    /// Whether the status alone says that nobody answered.
    #[must_use]
    pub fn is_unanswered(&self) -> bool {
        matches!(self, Self::NoAnswer | Self::Busy | Self::Cancelled | Self::Failed)
    }
}

/// Who called whom.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// The customer called.
    Inbound,
    /// The agent called.
    Outbound,
    /// The provider does not say.
    Unknown,
}

impl Direction {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Inbound, Self::Outbound, Self::Unknown];

    /// Reads [`Direction::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.code() == code)
    }

    /// One word for URLs and CSS.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Unknown => "unknown",
        }
    }
}

/// What a call ran over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Channel {
    /// The telephone network.
    Phone,
    /// A web page (Truedy `webrtc`, Atoms `webcall`): no numbers.
    Web,
    /// Written chat (Atoms): no audio.
    Chat,
}

impl Channel {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Web, Self::Chat];

    /// One word for URLs and CSS.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Web => "web",
            Self::Chat => "chat",
        }
    }

    /// Reads [`Channel::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_status_are_one_status() {
        assert_eq!(Status::of("ended"), Status::of("completed"));
        assert_eq!(Status::of("in-progress"), Status::InProgress);
        assert_eq!(Status::of("canceled"), Status::Cancelled);
        assert_eq!(Status::of("forwarding"), Status::Other("forwarding".into()));
        for status in [Status::Queued, Status::NoAnswer, Status::Other("x".into())] {
            assert_eq!(Status::of(status.code()), status);
        }
    }
}
