//! Which calls are wanted from a provider. Only what a provider can narrow down without losing a
//! call stands here; the rest of the filter is ours.

use std::sync::Arc;

use calls::period::Span;

/// What to load.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// Id of the connection that is asked; it becomes part of every call's key.
    pub connection: Arc<str>,
    /// The calls' time, half-open.
    pub span: Span,
    /// A whole number in international form (`+4917…`), if only this person's calls are wanted.
    pub phone: Option<String>,
    /// Soft-deleted calls too.
    pub deleted: bool,
    /// Now, UTC milliseconds.
    pub now_ms: i64,
}

impl Query {
    /// The same question without any bound in time.
    #[must_use]
    pub fn any_time(&self) -> Self {
        Self { span: ANY_TIME, ..self.clone() }
    }

    /// Whether there is no bound in time.
    #[must_use]
    pub fn is_any_time(&self) -> bool {
        self.span == ANY_TIME
    }

    /// The span asked of a provider that filters on the field the call's time is read from: a
    /// second wider, since nobody says whether bounds are inclusive.
    #[must_use]
    pub fn asked_span(&self) -> Span {
        self.widened(1_000)
    }

    /// The span asked of a provider that filters on creation while the call's time is its start:
    /// a day wider, for calls that were created early (scheduled) or late.
    #[must_use]
    pub fn asked_span_by_creation(&self) -> Span {
        self.widened(86_400_000)
    }

    fn widened(&self, by_ms: i64) -> Span {
        Span {
            from_ms: self.span.from_ms.saturating_sub(by_ms),
            to_ms: self.span.to_ms.saturating_add(by_ms).min(self.pinned_end_ms()),
        }
    }

    /// The upper bound that a run pins, so that it ends and its pages hardly shift while new calls
    /// come in. It lies a little ahead, for a clock of ours that is behind the provider's, and is
    /// the same for everybody who asks at about the same time, so that the proxy asks once.
    fn pinned_end_ms(&self) -> i64 {
        if !self.span.holds(self.now_ms) {
            return i64::MAX;
        }
        let ahead = self.now_ms.saturating_add(AHEAD_MS);
        ahead.saturating_sub(ahead.rem_euclid(AHEAD_MS)).saturating_add(AHEAD_MS)
    }
}

/// No bound in time.
const ANY_TIME: Span = Span { from_ms: 0, to_ms: i64::MAX };

/// How far ahead of now a run looks at least, and the steps in which this moves on.
const AHEAD_MS: i64 = 15 * 60_000;

/// First and last instant that a date parameter is given: the years 1970 to 9999, which every
/// provider can be expected to read.
const SENDABLE_MS: (i64, i64) = (0, 253_402_300_799_000);

/// An instant as the providers' date parameters take it: RFC 3339 in UTC with `Z`, whole seconds.
#[must_use]
pub fn rfc3339(at_ms: i64) -> String {
    let at_ms = at_ms.clamp(SENDABLE_MS.0, SENDABLE_MS.1);
    let at = chrono::DateTime::from_timestamp_millis(at_ms).unwrap_or_default();
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_looks_at_today_pins_its_end_and_one_that_looks_back_keeps_its_own() {
        let minute = 60_000;
        let asked = |now_ms: i64, to_ms: i64| {
            let span = Span { from_ms: 0, to_ms };
            let connection = "a".into();
            let query = Query { connection, span, phone: None, deleted: false, now_ms };
            (query.asked_span().to_ms, query.asked_span_by_creation().to_ms)
        };
        let day = 1_440 * minute;
        assert_eq!(asked(600 * minute, day), (630 * minute, 630 * minute));
        assert_eq!(asked(614 * minute, day), (630 * minute, 630 * minute), "the same for both");
        assert_eq!(asked(615 * minute, day), (645 * minute, 645 * minute));
        assert_eq!(asked(1_439 * minute, day).0, day + 1_000);
        assert_eq!(asked(3 * day, day), (day + 1_000, 2 * day));
    }

    #[test]
    fn a_span_without_end_does_not_end_in_1970() {
        assert_eq!(rfc3339(i64::MAX), "9999-12-31T23:59:59Z");
        assert_eq!(rfc3339(i64::MIN), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(1_773_916_200_999), "2026-03-19T10:30:00Z");
    }
}
