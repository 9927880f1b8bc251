//! How long one call of a run is waited for, where its provider asks for patience again and again.
//! A limit of the whole account passes, and others get through then; what is refused after that, or
//! for longer than a limit lasts, is refused because of what it is.

/// The longest that is waited for one call, milliseconds: limits are of a minute.
const LONGEST_MS: i64 = 90_000;

/// So many others that were answered meanwhile say that it is no limit of the account. A few get
/// through as one passes.
const OTHERS: usize = 6;

/// What was waited for so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Waiting {
    /// When it began, UTC milliseconds, and how many calls had been answered then.
    begun: Option<(i64, usize)>,
}

impl Waiting {
    /// Whether to wait until an instant. `answered` is how many other calls of the connection have
    /// been answered in this run.
    pub(super) fn goes_on(&mut self, until_ms: i64, answered: usize, now_ms: i64) -> bool {
        let (since_ms, before) = *self.begun.get_or_insert((now_ms, answered));
        answered < before + OTHERS && until_ms.saturating_sub(since_ms) <= LONGEST_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_refused_while_others_get_through_is_given_up() {
        let mut waiting = Waiting::default();
        assert!(waiting.goes_on(60_000, 4, 0));
        assert!(waiting.goes_on(65_000, 6, 60_000), "two more are no proof");
        assert!(!waiting.goes_on(65_000, 10, 60_000));
    }

    #[test]
    fn a_limit_of_a_minute_is_waited_for_and_no_other() {
        let mut waiting = Waiting::default();
        assert!(waiting.goes_on(60_000, 4, 0));
        assert!(waiting.goes_on(65_000, 4, 60_000));
        assert!(!waiting.goes_on(125_000, 4, 65_000));
        assert!(!Waiting::default().goes_on(300_000, 4, 0), "five minutes at once");
    }
}
