//! Yes, no, or nothing said.

use crate::recording::Recording;

/// What is known of a question that has a yes and a no.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Told {
    /// It is so.
    Yes,
    /// It is not.
    No,
    /// Nobody said, or only opening the call tells.
    NotTold,
}

impl Told {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotTold];

    /// From what a call has.
    #[must_use]
    pub fn of(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::NotTold,
        }
    }

    /// One word for URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotTold => "not-told",
        }
    }

    /// Reads [`Told::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|told| told.code() == code)
    }

    /// Whether there is a recording. One whose time at the provider is running out is there, as
    /// long as the provider does not say otherwise: a filter knows no clock.
    #[must_use]
    pub fn recording(recording: Recording) -> Self {
        match recording {
            Recording::Available { .. } => Self::Yes,
            Recording::Absent | Recording::Expired | Recording::Purged => Self::No,
            Recording::Unknown | Recording::NotReady => Self::NotTold,
        }
    }
}
