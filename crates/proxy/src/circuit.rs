//! A provider that cannot be reached is left alone for a while: whoever asks is told at once,
//! instead of waiting for the same failure.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Failures in a row after which nothing is sent for a while.
const MOST_FAILURES: u32 = 5;

/// How long nothing is sent.
pub(crate) const REST: Duration = Duration::from_secs(10);

/// Counts failures of the way to a provider. An answer that refuses is no failure of the way.
#[derive(Default)]
pub(crate) struct Circuit(Mutex<State>);

#[derive(Default)]
struct State {
    failures: u32,
    resting_until: Option<Instant>,
}

impl Circuit {
    /// How long nothing is sent from now on, if so.
    pub(crate) fn resting(&self) -> Option<Duration> {
        let until = self.lock().resting_until?;
        let left = until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// An answer came.
    pub(crate) fn worked(&self) {
        *self.lock() = State::default();
    }

    /// No answer came. After a rest a single failure is enough for the next one.
    pub(crate) fn failed(&self) {
        let mut state = self.lock();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= MOST_FAILURES {
            state.resting_until = Some(Instant::now() + REST);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn after_five_failures_nothing_is_sent_for_ten_seconds_and_then_one_is_tried() {
        let circuit = Circuit::default();
        for _ in 0..4 {
            circuit.failed();
            assert_eq!(circuit.resting(), None);
        }
        circuit.failed();
        assert_eq!(circuit.resting(), Some(REST));
        tokio::time::advance(REST).await;
        assert_eq!(circuit.resting(), None);
        circuit.failed();
        assert_eq!(circuit.resting(), Some(REST));
        circuit.worked();
        circuit.failed();
        assert_eq!(circuit.resting(), None);
    }
}
