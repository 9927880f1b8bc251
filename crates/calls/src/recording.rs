//! What is known of a call's recording.

/// What is known of a call's recording.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Recording {
    /// Only opening the call tells (TalkPilot's list does not say).
    Unknown,
    /// There is one. `until_ms` is when the provider lets go of it for good, where it says so.
    Available {
        /// UTC milliseconds after which it cannot be had any more.
        until_ms: Option<i64>,
    },
    /// It may still appear (the call ended moments ago).
    NotReady,
    /// There is none.
    Absent,
    /// There was one; the provider no longer gives it out.
    Expired,
    /// There was one; it has been purged.
    Purged,
}

impl Recording {
    /// Whether playing it may be tried now.
    #[must_use]
    pub fn playable(self, now_ms: i64) -> bool {
        match self {
            Self::Available { until_ms } => until_ms.is_none_or(|until| now_ms < until),
            Self::Unknown | Self::NotReady => true,
            Self::Absent | Self::Expired | Self::Purged => false,
        }
    }

    /// By which recordings are saved in order: what its provider lets go of first is first, what
    /// is never let go of last. UTC milliseconds.
    #[must_use]
    pub fn urgency(self) -> i64 {
        match self {
            Self::Available { until_ms: Some(until_ms) } => until_ms,
            _ => i64::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_playable_until_the_provider_lets_go_of_it() {
        let recording = Recording::Available { until_ms: Some(100) };
        assert!(recording.playable(99));
        assert!(!recording.playable(100));
    }

    #[test]
    fn what_is_let_go_of_soonest_is_saved_first() {
        let mut all = [
            Recording::Available { until_ms: None },
            Recording::Available { until_ms: Some(900) },
            Recording::Unknown,
            Recording::Available { until_ms: Some(30) },
        ];
        all.sort_by_key(|recording| recording.urgency());
        assert_eq!(all.first(), Some(&Recording::Available { until_ms: Some(30) }));
        assert_eq!(all.get(1), Some(&Recording::Available { until_ms: Some(900) }));
    }
}
