//! Request limits: fixed windows per key, as the providers document them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::clock::{HOUR, MINUTE, SECOND};

/// So many requests in a window of so many milliseconds.
pub(crate) type Rule = (i64, u64);

/// TalkPilot guide "Rate limiting": 60 a minute and 1,000 an hour for each key.
pub(crate) const TALKPILOT: &[Rule] = &[(MINUTE, 60), (HOUR, 1000)];
/// Truedy guide "Rate limits": 100 a minute for an organization.
pub(crate) const TRUEDY: &[Rule] = &[(MINUTE, 100)];
/// Atoms "Rate limits": 10 a second in the free plan.
pub(crate) const ATOMS: &[Rule] = &[(SECOND, 10)];

/// What a limiter says about one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) refused: bool,
    /// The window that is nearest to its limit.
    pub(crate) limit: u64,
    pub(crate) remaining: u64,
    /// When that window ends, in UTC milliseconds.
    pub(crate) reset_ms: i64,
}

#[derive(Default)]
pub(crate) struct Limiter {
    /// Per key and window length: the window's number and the requests in it.
    used: Mutex<HashMap<(String, i64), (i64, u64)>>,
}

impl Limiter {
    /// Counts one request of a key, unless it is refused.
    pub(crate) fn count(&self, key: &str, rules: &[Rule], now_ms: i64) -> Option<Verdict> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let spent = |rule: &Rule| {
            let window = now_ms.div_euclid(rule.0);
            let count = used.get(&(key.to_owned(), rule.0)).filter(|(at, _)| *at == window);
            count.map_or(0, |(_, count)| *count)
        };
        let refused = rules.iter().any(|rule| spent(rule) >= rule.1);
        let mut verdicts = Vec::new();
        for rule in rules {
            let count = spent(rule) + u64::from(!refused);
            verdicts.push((rule, count));
        }
        for (rule, count) in &verdicts {
            used.insert((key.to_owned(), rule.0), (now_ms.div_euclid(rule.0), *count));
        }
        let (rule, count) =
            verdicts.into_iter().min_by_key(|(rule, count)| rule.1.saturating_sub(*count))?;
        let reset_ms = (now_ms.div_euclid(rule.0) + 1) * rule.0;
        Some(Verdict { refused, limit: rule.1, remaining: rule.1.saturating_sub(count), reset_ms })
    }
}

/// Whole seconds until a moment, at least one.
pub(crate) fn seconds_until(reset_ms: i64, now_ms: i64) -> i64 {
    ((reset_ms - now_ms + SECOND - 1) / SECOND).max(1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn the_request_after_the_last_one_is_refused_until_the_window_ends() {
        let limiter = Limiter::default();
        let rules = [(MINUTE, 2)];
        let remaining = |now| limiter.count("k", &rules, now).unwrap();
        assert_eq!(remaining(0).remaining, 1);
        assert_eq!(remaining(1).remaining, 0);
        assert!(remaining(2).refused);
        assert_eq!(remaining(2).reset_ms, MINUTE);
        assert!(!remaining(MINUTE).refused);
        assert!(!limiter.count("other", &rules, 2).unwrap().refused);
    }

    #[test]
    fn the_longer_window_holds_too() {
        let limiter = Limiter::default();
        let rules = [(SECOND, 5), (MINUTE, 6)];
        let refused = |now| limiter.count("k", &rules, now).unwrap().refused;
        assert!((0..5).all(|_| !refused(0)));
        assert!(!refused(SECOND));
        assert!(refused(SECOND));
        assert_eq!(seconds_until(MINUTE, SECOND), 59);
    }
}
