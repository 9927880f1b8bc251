//! Figures over calls: how many, how long, how often successful, each with what it counts.

use std::borrow::Borrow;

use kernels::sort;

use crate::call::Call;
use crate::outcome::Success;

/// 95 % of a normal distribution lie within this many standard deviations.
const Z_95: f64 = 1.959_963_984_540_054;

/// The figures of a set of calls. Deleted calls never count.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Figures {
    /// Calls.
    pub calls: usize,
    /// Calls that somebody answered (duration over 0).
    pub answered: usize,
    /// Calls that nobody answered.
    pub unanswered: usize,
    /// Calls whose duration is not known (running, or the provider did not say).
    pub unknown: usize,
    /// Mean duration of answered calls, milliseconds.
    pub mean_ms: Option<f64>,
    /// Median duration of answered calls, milliseconds.
    pub median_ms: Option<f64>,
    /// Duration of all answered calls together, milliseconds.
    pub talk_ms: i64,
    /// How often a call succeeded.
    pub success: SuccessRate,
    /// Calls on which staff still have something to do.
    pub todo: usize,
}

impl Figures {
    /// Counts calls.
    #[must_use]
    pub fn of(calls: impl Iterator<Item = impl Borrow<Call>>) -> Self {
        let mut figures = Self::default();
        let mut durations: Vec<i64> = Vec::new();
        for call in calls {
            let call: &Call = call.borrow();
            if call.deleted {
                continue;
            }
            figures.count(call);
            durations.extend(call.duration_ms.filter(|ms| *ms > 0));
        }
        sort::ascending(&mut durations);
        figures.talk_ms = durations.iter().sum();
        figures.mean_ms = mean(&durations);
        figures.median_ms = percentile(&durations, 0.5);
        figures
    }

    fn count(&mut self, call: &Call) {
        self.calls += 1;
        match call.answered() {
            Some(true) => self.answered += 1,
            Some(false) => self.unanswered += 1,
            None => self.unknown += 1,
        }
        self.success.count(call.success, 1);
        self.todo += usize::from(call.todo == Some(true));
    }
}

/// Success: yes ÷ (yes + no). Calls that state neither are counted beside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SuccessRate {
    /// Successful.
    pub yes: usize,
    /// Not successful.
    pub no: usize,
    /// Nothing stated.
    pub not_stated: usize,
}

impl SuccessRate {
    /// Counts calls of one success.
    pub(crate) fn count(&mut self, success: Success, calls: usize) {
        match success {
            Success::Yes => self.yes += calls,
            Success::No => self.no += calls,
            Success::NotStated => self.not_stated += calls,
        }
    }

    /// What the rate divides by.
    #[must_use]
    pub fn denominator(self) -> usize {
        self.yes + self.no
    }

    /// The rate, 0–1. `None` if no call states anything.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        let stated = self.denominator();
        (stated > 0).then(|| to_f64(self.yes) / to_f64(stated))
    }

    /// The 95 % Wilson interval of the rate, 0–1.
    #[must_use]
    pub fn interval(self) -> Option<(f64, f64)> {
        let (rate, n) = (self.rate()?, to_f64(self.denominator()));
        let z2 = Z_95 * Z_95;
        let middle = rate + z2 / (2.0 * n);
        let reach = Z_95 * (rate * (1.0 - rate) / n + z2 / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z2 / n;
        Some((((middle - reach) / scale).max(0.0), ((middle + reach) / scale).min(1.0)))
    }
}

/// How far one rate lies above another one, with the 95 % interval of the difference.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Difference {
    /// One rate minus the other, −1 to 1.
    pub of: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Difference {
    /// Whether chance alone would do: none at all lies inside the interval.
    #[must_use]
    pub fn is_within_noise(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

impl SuccessRate {
    /// How far this rate lies above another one. The interval is the one that Newcombe (1998,
    /// method 10) makes of the two Wilson intervals. `None` if either has no rate.
    #[must_use]
    pub fn above(self, other: Self) -> Option<Difference> {
        let ((one, two), (one_in, two_in)) =
            (self.rate().zip(other.rate())?, self.interval().zip(other.interval())?);
        let of = one - two;
        let reach = |near: f64, far: f64| near.hypot(far);
        Some(Difference {
            of,
            low: of - reach(one - one_in.0, two_in.1 - two),
            high: of + reach(one_in.1 - one, two - two_in.0),
        })
    }
}

fn mean(sorted: &[i64]) -> Option<f64> {
    let sum: i64 = sorted.iter().sum();
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    (!sorted.is_empty()).then(|| sum as f64 / to_f64(sorted.len()))
}

/// A percentile of sorted values, interpolated linearly between neighbours.
#[must_use]
pub fn percentile(sorted: &[i64], share: f64) -> Option<f64> {
    between_neighbours(sorted.len(), share, |position| {
        let at = |position: usize| sorted.get(position.min(sorted.len() - 1)).copied();
        at(position).zip(at(position + 1))
    })
}

/// A percentile of `count` values; `neighbours` gives those at a position of the sorted values and
/// at the one after it, the last one twice.
pub(crate) fn between_neighbours(
    count: usize,
    share: f64,
    neighbours: impl Fn(usize) -> Option<(i64, i64)>,
) -> Option<f64> {
    let last = count.checked_sub(1)?;
    let position = share.clamp(0.0, 1.0) * to_f64(last);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the position lies between 0 and the last index"
    )]
    let below = position.floor() as usize;
    let (low, high) = neighbours(below)?;
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let (low, high) = (low as f64, high as f64);
    Some(low + (high - low) * (position - position.floor()))
}

#[allow(clippy::cast_precision_loss, reason = "counts of calls stay far below 2^53")]
fn to_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::CallKey;
    use crate::status::Status;

    fn call(duration_ms: Option<i64>, success: Success) -> Call {
        let mut call = Call::new(CallKey::parse("a/1").unwrap());
        call.duration_ms = duration_ms;
        call.success = success;
        call
    }

    #[test]
    fn averages_leave_out_unanswered_and_unknown_and_say_how_many() {
        let mut busy = call(None, Success::NotStated);
        busy.status = Status::Busy;
        let calls = [
            call(Some(60_000), Success::Yes),
            call(Some(120_000), Success::Yes),
            call(Some(0), Success::No),
            call(None, Success::NotStated),
            busy,
        ];
        let figures = Figures::of(calls.iter());
        assert_eq!((figures.answered, figures.unanswered, figures.unknown), (2, 2, 1));
        assert_eq!(figures.mean_ms, Some(90_000.0));
        assert_eq!(figures.median_ms, Some(90_000.0));
        assert_eq!(figures.talk_ms, 180_000);
    }

    #[test]
    fn the_difference_of_two_rates_has_the_interval_of_newcombe() {
        let rate = |yes, no| SuccessRate { yes, no, not_stated: 3 };
        // 56 of 70 and 48 of 80: 0.0524 to 0.3339 (Newcombe 1998, table II, method 10).
        let difference = rate(56, 14).above(rate(48, 32)).unwrap();
        assert!((difference.of - 0.2).abs() < 1e-9);
        assert!((difference.low - 0.0524).abs() < 5e-5, "{difference:?}");
        assert!((difference.high - 0.3339).abs() < 5e-5, "{difference:?}");
        assert!(!difference.is_within_noise());
        assert!(rate(5, 5).above(rate(4, 6)).unwrap().is_within_noise());
        assert_eq!(rate(5, 5).above(rate(0, 0)), None);
    }

    #[test]
    fn the_success_rate_divides_by_the_calls_that_state_something() {
        let rate = SuccessRate { yes: 8, no: 2, not_stated: 90 };
        assert_eq!(rate.denominator(), 10);
        assert_eq!(rate.rate(), Some(0.8));
        let (low, high) = rate.interval().unwrap();
        // Wilson, 8 of 10, as published tables have it.
        assert!((low - 0.4902).abs() < 1e-4 && (high - 0.9433).abs() < 1e-4, "{low} {high}");
        assert_eq!(SuccessRate::default().rate(), None);
    }

    #[test]
    fn deleted_calls_never_count() {
        let mut deleted = call(Some(5), Success::Yes);
        deleted.deleted = true;
        assert_eq!(Figures::of([deleted].iter()), Figures::default());
    }

    #[test]
    fn percentiles_interpolate_between_neighbours() {
        assert_eq!(percentile(&[10, 20, 30, 40], 0.5), Some(25.0));
        assert_eq!(percentile(&[10], 0.9), Some(10.0));
        assert_eq!(percentile(&[], 0.5), None);
    }
}
