//! How often a refresh is made by itself.

use crate::intake::LoadState;
use providers::{Refusal, RefusalKind};

/// From the end of one refresh to the next, in milliseconds.
const USUAL_MS: i64 = 60_000;

/// Longest pause after failures, in milliseconds.
const LONGEST_MS: i64 = 15 * 60_000;

/// When a connection is refreshed by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pace {
    failures: u32,
}

impl Pace {
    /// Takes note of how a refresh ended. `stops` is answered where asking again by itself changes
    /// nothing: the key is wrong, the credits are used up. A person has to do something first.
    #[must_use]
    pub fn after(self, state: &LoadState) -> Self {
        let failed = state.stale.as_ref().or(state.refusal.as_ref());
        match failed {
            None => Self::default(),
            Some(refusal) if needs_a_person(refusal) => Self { failures: u32::MAX },
            Some(_) => Self { failures: self.failures.saturating_add(1) },
        }
    }

    /// When to refresh next after one that ended at `ended_ms`, UTC milliseconds. `None` while
    /// nobody looks (`hidden`), and where only a person can help.
    #[must_use]
    pub fn next_ms(self, ended_ms: i64, hidden: bool, state: &LoadState) -> Option<i64> {
        if hidden || self.failures == u32::MAX {
            return None;
        }
        let pause_ms = USUAL_MS.saturating_mul(1 << self.failures.min(8)).min(LONGEST_MS);
        let allowed_ms = state.stale.as_ref().and_then(|refusal| refusal.retry_ms);
        Some(ended_ms.saturating_add(pause_ms).max(allowed_ms.unwrap_or(i64::MIN)))
    }
}

fn needs_a_person(refusal: &Refusal) -> bool {
    use RefusalKind::{Forbidden, Invalid, PaymentRequired, Unauthorized};
    matches!(refusal.kind, Unauthorized | PaymentRequired | Forbidden | Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use providers::Answer;

    fn failed(status: u16, body: &str) -> LoadState {
        let refusal = Refusal::of(&Answer::of(status, body), 0);
        LoadState { stale: Some(refusal), ..LoadState::default() }
    }

    #[test]
    fn failures_stretch_the_pause_and_a_success_ends_that() {
        let (bad, good) = (failed(500, ""), LoadState::default());
        let mut pace = Pace::default();
        let mut pauses = Vec::new();
        for _ in 0..6 {
            pauses.push(pace.next_ms(0, false, &bad).unwrap() / 1_000);
            pace = pace.after(&bad);
        }
        assert_eq!(pauses, [60, 120, 240, 480, 900, 900]);
        assert_eq!(pace.after(&good).next_ms(5, false, &good), Some(60_005));
    }

    #[test]
    fn nothing_is_asked_while_nobody_looks_or_while_only_a_person_can_help() {
        let good = LoadState::default();
        assert_eq!(Pace::default().next_ms(0, true, &good), None);
        for status in [401, 402, 403] {
            let bad = failed(status, "");
            assert_eq!(Pace::default().after(&bad).next_ms(0, false, &bad), None, "{status}");
        }
    }

    #[test]
    fn the_providers_own_time_is_waited_for() {
        let bad = failed(429, r#"{"retry_after":300}"#);
        assert_eq!(Pace::default().next_ms(0, false, &bad), Some(300_000));
    }
}
