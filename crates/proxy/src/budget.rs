//! What one key may still ask of its provider: pure bookkeeping, without a clock and without
//! waiting. [`crate::gate`] makes requests wait for it.
//!
//! A request counts from when it is sent until one window after its answer came. Whether the
//! provider counts in fixed or in sliding windows, and however long a request is under way, no
//! window of the provider's then holds more than its limit; and a bucket that nobody has used is
//! full, so that a first screen is never slowed down.

use std::collections::VecDeque;
use std::time::Duration;

use providers::Limit;
use tokio::time::Instant;

use crate::priority::Priority;

/// Waits after a "too many requests" that names no time, doubled each time.
const FIRST_PATIENCE: Duration = Duration::from_secs(5);
const LONGEST_PATIENCE: Duration = Duration::from_secs(60);

/// What a provider's answer says about the key's limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Notice {
    /// So many more requests are answered, for so long.
    Left { requests: u64, span: Duration },
    /// The request was refused as one too many, until so much time has passed if that was said.
    Refused(Option<Duration>),
}

/// The budget of one key.
pub(crate) struct Budget {
    windows: Vec<Window>,
    under_way: usize,
    /// The provider has refused; until then nothing is sent.
    closed_until: Option<Instant>,
    refusals: u32,
    /// What the provider said is left, and until when.
    left: Option<(u64, Instant)>,
}

/// One limit, and when those of its requests came back that still count.
struct Window {
    most: usize,
    length: Duration,
    answered: VecDeque<Instant>,
}

impl Window {
    /// How many requests of a priority may count at once.
    fn share_of(&self, priority: Priority) -> usize {
        self.most.saturating_sub(self.most * priority.spared_percent() / 100).max(1)
    }

    /// When another request may be sent, with `before` others ahead of it and `under_way` sent.
    fn free_at(&self, now: Instant, priority: Priority, before: usize) -> Instant {
        let needed = (before + self.answered.len() + 1).saturating_sub(self.share_of(priority));
        let Some(index) = needed.checked_sub(1) else { return now };
        let rounds = u32::try_from(index / self.most).unwrap_or(u32::MAX);
        let back = self.answered.get(index % self.most).copied().unwrap_or(now);
        (back + self.length + self.length.saturating_mul(rounds)).max(now)
    }

    fn forget_before(&mut self, now: Instant) {
        while self.answered.front().is_some_and(|at| *at + self.length <= now) {
            self.answered.pop_front();
        }
    }
}

impl Budget {
    /// A full budget. Of each limit only a share is used, at least one request.
    pub(crate) fn new(limits: &[Limit]) -> Self {
        let window = |limit: &Limit| Window {
            most: usize::try_from(limit.requests).unwrap_or(usize::MAX).max(1),
            length: Duration::from_secs(u64::from(limit.window_secs)),
            answered: VecDeque::new(),
        };
        let windows = limits.iter().map(window).collect();
        Self { windows, under_way: 0, closed_until: None, refusals: 0, left: None }
    }

    /// When a request may be sent that has `before` others ahead of it. If that depends on
    /// requests that have not come back, it is the earliest that is possible.
    pub(crate) fn free_at(&mut self, now: Instant, priority: Priority, before: usize) -> Instant {
        let before = before + self.under_way;
        let mut at = self.closed_until.map_or(now, |until| until.max(now));
        for window in &mut self.windows {
            window.forget_before(now);
            at = at.max(window.free_at(now, priority, before));
        }
        if let Some((left, until)) = self.left
            && until > now
            && left <= (before - self.under_way) as u64
        {
            at = at.max(until);
        }
        at
    }

    /// A request is sent.
    pub(crate) fn take(&mut self) {
        self.under_way += 1;
        if let Some((left, _)) = &mut self.left {
            *left = left.saturating_sub(1);
        }
    }

    /// A request has come back, or was given up after it was sent.
    pub(crate) fn came_back(&mut self, now: Instant) {
        self.under_way = self.under_way.saturating_sub(1);
        for window in &mut self.windows {
            window.answered.push_back(now);
        }
    }

    /// How many requests are under way.
    pub(crate) fn under_way(&self) -> usize {
        self.under_way
    }

    /// Learns from an answer.
    pub(crate) fn notice(&mut self, now: Instant, notice: Notice) {
        match notice {
            Notice::Left { requests, span } => {
                self.refusals = 0;
                // What is under way besides this answer's request was not counted yet, perhaps.
                let others = self.under_way.saturating_sub(1) as u64;
                let (requests, until) = (requests.saturating_sub(others), now + span);
                self.left = Some(match self.left {
                    // An answer that was overtaken says more than there is.
                    Some((left, known)) if known > now && is_same_window(known, until) => {
                        (left.min(requests), known.max(until))
                    }
                    _ => (requests, until),
                });
            }
            Notice::Refused(after) => {
                let doubled = FIRST_PATIENCE.saturating_mul(1 << self.refusals.min(8));
                let after = after.unwrap_or(doubled.min(LONGEST_PATIENCE));
                self.refusals = self.refusals.saturating_add(1);
                self.closed_until = self.closed_until.max(Some(now + after));
            }
        }
    }
}

/// Ends of a window are told in whole seconds, and seen from clocks that differ.
fn is_same_window(one: Instant, other: Instant) -> bool {
    let apart = one.max(other) - one.min(other);
    apart < Duration::from_secs(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOREGROUND: Priority = Priority::Foreground;

    fn sixty() -> Budget {
        Budget::new(&[Limit::new(60, 60)])
    }

    fn after(secs: u64, from: Instant) -> Instant {
        from + Duration::from_secs(secs)
    }

    #[test]
    fn a_full_budget_is_spent_at_once_and_comes_back_a_window_after_the_answers() {
        let start = Instant::now();
        let mut budget = sixty();
        for nth in 0..60 {
            assert_eq!(budget.free_at(start, FOREGROUND, 0), start, "{nth}");
            budget.take();
            budget.came_back(after(nth / 30, start));
        }
        let now = after(2, start);
        assert_eq!(budget.free_at(now, FOREGROUND, 0), after(60, start));
        assert_eq!(budget.free_at(now, FOREGROUND, 29), after(60, start));
        assert_eq!(budget.free_at(now, FOREGROUND, 30), after(61, start));
        assert_eq!(budget.free_at(now, FOREGROUND, 60), after(120, start));
        assert_eq!(budget.free_at(after(60, start), FOREGROUND, 0), after(60, start));
    }

    #[test]
    fn a_request_that_has_not_come_back_counts() {
        let now = Instant::now();
        let mut budget = Budget::new(&[Limit::new(1, 1)]);
        budget.take();
        assert!(budget.free_at(after(30, now), FOREGROUND, 0) > after(30, now));
        budget.came_back(after(31, now));
        assert_eq!(budget.free_at(after(31, now), FOREGROUND, 0), after(32, now));
    }

    #[test]
    fn the_longer_window_holds_too() {
        let start = Instant::now();
        let mut budget = Budget::new(&[Limit::new(2, 1), Limit::new(3, 60)]);
        for at in [0, 0, 2] {
            budget.take();
            budget.came_back(after(at, start));
        }
        assert_eq!(budget.free_at(after(10, start), FOREGROUND, 0), after(60, start));
    }

    #[test]
    fn a_part_is_spared_for_what_a_person_waits_for() {
        let now = Instant::now();
        let mut budget = sixty();
        for _ in 0..40 {
            budget.take();
            budget.came_back(now);
        }
        assert!(budget.free_at(now, Priority::Background, 0) > now);
        assert_eq!(budget.free_at(now, Priority::Refresh, 0), now);
        assert_eq!(budget.free_at(now, Priority::Foreground, 19), now);
    }

    #[test]
    fn a_refusal_empties_the_budget_until_its_time() {
        let now = Instant::now();
        let mut budget = sixty();
        budget.notice(now, Notice::Refused(Some(Duration::from_secs(42))));
        budget.notice(now, Notice::Refused(Some(Duration::from_secs(7))));
        assert_eq!(budget.free_at(now, FOREGROUND, 0), after(42, now));
        assert_eq!(budget.free_at(after(43, now), FOREGROUND, 0), after(43, now));
    }

    #[test]
    fn refusals_without_a_time_are_waited_for_ever_longer() {
        let now = Instant::now();
        let mut budget = sixty();
        let waits = [5, 10, 20, 40, 60, 60];
        for wait in waits {
            budget.notice(now, Notice::Refused(None));
            assert_eq!(budget.free_at(now, FOREGROUND, 0), after(wait, now));
        }
    }

    #[test]
    fn what_other_programs_use_of_the_key_is_learned_from_the_headers() {
        let now = Instant::now();
        let (mut budget, span) = (sixty(), Duration::from_secs(30));
        budget.take();
        budget.notice(now, Notice::Left { requests: 1, span });
        budget.came_back(now);
        assert_eq!(budget.free_at(now, FOREGROUND, 0), now);
        budget.take();
        // The answer of an older request comes late and says that more is left.
        budget.notice(now, Notice::Left { requests: 9, span });
        assert_eq!(budget.free_at(now, FOREGROUND, 0), after(30, now));
        assert_eq!(budget.free_at(after(30, now), FOREGROUND, 0), after(30, now));
    }
}
