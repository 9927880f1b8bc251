//! Whether a request that was refused is sent again, and when.

use crate::refusal::{Refusal, RefusalKind};

/// How often a request is sent again after the provider asked for patience, while no other
/// request gets through either.
pub(crate) const MOST_RETRIES: u8 = 5;

/// How long to wait when a provider says "too many requests" without saying how long.
const PATIENCE_MS: i64 = 5_000;

/// Shortest wait: a provider's clock may be behind, or its reset already past. After a failure the
/// first wait is this long, and every further one twice the one before.
pub(crate) const SHORTEST_WAIT_MS: i64 = 1_000;

/// How often a request is sent again after the provider or the network failed. What fails this
/// often in a row is down, or fails because of what was asked.
const MOST_FAILURES: u8 = 3;

/// What one request has been through.
#[derive(Clone, Copy, Debug, Default)]
pub struct Patience {
    /// How often the provider asked for patience.
    asked: u8,
    /// How many answers of the run had come when it last did.
    answers: u64,
    /// How often the provider or the network failed. This never starts again: a page that cannot
    /// be had would hold up all others for ever.
    failures: u8,
}

impl Patience {
    /// When to send the request again after a refusal, UTC milliseconds; `None` if it is given up.
    /// `answers` is how many answers of the run could be read so far.
    #[must_use]
    pub fn after(&mut self, refusal: &Refusal, answers: u64, now_ms: i64) -> Option<i64> {
        if self.answers < answers {
            self.asked = 0;
        }
        self.answers = answers;
        let (count, most) = if asks_for_patience(refusal) {
            (&mut self.asked, MOST_RETRIES)
        } else if refusal.is_temporary() {
            (&mut self.failures, MOST_FAILURES)
        } else {
            return None;
        };
        if *count >= most {
            return None;
        }
        let usual_ms = match refusal.kind {
            RefusalKind::RateLimited => PATIENCE_MS,
            _ => SHORTEST_WAIT_MS << *count,
        };
        *count += 1;
        let until_ms = refusal.retry_ms.unwrap_or(now_ms.saturating_add(usual_ms));
        Some(until_ms.max(now_ms.saturating_add(SHORTEST_WAIT_MS)))
    }
}

fn asks_for_patience(refusal: &Refusal) -> bool {
    let names_a_time = refusal.is_temporary() && refusal.retry_ms.is_some();
    refusal.kind == RefusalKind::RateLimited || names_a_time
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;

    fn waits(status: u16, body: &str) -> Vec<i64> {
        let refusal = Refusal::of(&Answer::of(status, body), 0);
        let mut patience = Patience::default();
        std::iter::from_fn(|| patience.after(&refusal, 0, 0)).collect()
    }

    #[test]
    fn after_a_failure_the_waits_double_and_end() {
        for status in [0, 500, 502, 503, 504, 408] {
            assert_eq!(waits(status, ""), [1_000, 2_000, 4_000], "{status}");
        }
    }

    #[test]
    fn what_would_fail_again_is_not_sent_again() {
        for status in [400, 401, 402, 403, 404, 422] {
            assert_eq!(waits(status, r#"{"retry_after":1}"#), [0; 0], "{status}");
        }
    }

    #[test]
    fn the_providers_own_time_holds_for_a_limit_and_for_a_failure() {
        assert_eq!(waits(429, r#"{"retry_after":7}"#), [7_000; 5]);
        assert_eq!(waits(503, r#"{"retry_after":30}"#), [30_000; 5]);
        assert_eq!(waits(429, ""), [5_000; 5]);
    }

    #[test]
    fn a_limit_is_waited_for_as_long_as_others_get_through_but_a_failure_is_not() {
        let count = |status| {
            let refusal = Refusal::of(&Answer::of(status, ""), 0);
            let mut patience = Patience::default();
            (1..=20).filter(|answers| patience.after(&refusal, *answers, 0).is_some()).count()
        };
        assert_eq!((count(429), count(500)), (20, 3));
    }
}
