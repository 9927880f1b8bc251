//! Whose turn it is: what a person waits for goes before what only keeps a page up to date.

use http::HeaderMap;

/// The header by which a page says how urgent a request is. It is never sent on.
pub(crate) const PRIORITY: &str = "calldeck-priority";

/// How urgent a request is, the most urgent first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) enum Priority {
    /// A person waits for it.
    #[default]
    Foreground,
    /// It renews what a person sees.
    Refresh,
    /// Nobody waits for it.
    Background,
}

impl Priority {
    /// Reads the header. Without it, or with a word that is none of ours, a person waits.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let word = headers.get(PRIORITY).and_then(|value| value.to_str().ok());
        match word {
            Some("refresh") => Self::Refresh,
            Some("background") => Self::Background,
            _ => Self::Foreground,
        }
    }

    /// The part of a budget that requests of this priority leave to more urgent ones: a click
    /// finds something left although a long list has been loading.
    pub(crate) fn spared_percent(self) -> usize {
        match self {
            Self::Foreground => 0,
            Self::Refresh => 15,
            Self::Background => 35,
        }
    }
}
