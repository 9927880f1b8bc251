//! Statistics over calls, beyond the [`Figures`] that stand over every list: what each counts,
//! what it leaves out, and the parts of time that calls are counted by.
//!
//! Amounts and scores are added as whole millionths, so that the same calls give the same sum in
//! whatever order they stand. Deleted calls never count.

mod clock;
mod reference;

pub use clock::{Step, WeekHours, hour_of_week};

use kernels::sort;

use crate::figures::{Figures, SuccessRate, percentile};
use crate::money::CostUnit;

/// Parts of one that sums are kept in.
pub const MILLIONTHS: f64 = 1_000_000.0;

/// Everything that is said of a set of calls in one figure each.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Summary {
    /// Calls, answered, durations, success.
    pub figures: Figures,
    /// The duration that nine of ten answered calls do not exceed, milliseconds.
    pub p90_ms: Option<f64>,
    /// How often a call that was answered succeeded.
    pub answered_success: SuccessRate,
    /// Calls that reached a voicemail.
    pub voicemail: Known,
    /// Calls that were handed on to somebody, of those whose end has a reason.
    pub transferred: Known,
    /// What they cost, one sum for each unit that occurs.
    pub costs: Vec<CostSum>,
    /// The providers' scores, in millionths of a point.
    pub score: Spread,
    /// How long the agent took to answer, milliseconds.
    pub latency_ms: Spread,
}

/// How many calls have something, have it not, and do not tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// They have it.
    pub yes: usize,
    /// They have it not.
    pub no: usize,
    /// The provider does not say.
    pub not_stated: usize,
}

impl Known {
    /// Counts one.
    pub fn count(&mut self, told: Option<bool>) {
        self.add(told, 1);
    }

    /// Counts several that tell the same.
    pub fn add(&mut self, told: Option<bool>, calls: usize) {
        match told {
            Some(true) => self.yes += calls,
            Some(false) => self.no += calls,
            None => self.not_stated += calls,
        }
    }

    /// What a share divides by.
    #[must_use]
    pub fn denominator(self) -> usize {
        self.yes + self.no
    }
}

/// What calls cost in one unit. Units are never added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CostSum {
    /// The unit.
    pub unit: CostUnit,
    /// The sum in millionths of the unit.
    pub millionths: i64,
    /// How many calls have a cost in this unit; the others have none or another one.
    pub calls: usize,
}

impl CostSum {
    /// The sum in the unit itself.
    #[must_use]
    pub fn amount(self) -> f64 {
        of_millionths(self.millionths)
    }
}

/// How the values of some calls are spread.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Spread {
    /// How many calls have a value.
    pub count: usize,
    /// Their mean.
    pub mean: Option<f64>,
    /// Their median.
    pub median: Option<f64>,
    /// What nine of ten do not exceed.
    pub p90: Option<f64>,
    /// What 19 of 20 do not exceed.
    pub p95: Option<f64>,
}

impl Spread {
    /// The spread of values, in any order.
    #[must_use]
    pub fn of(mut values: Vec<i64>) -> Self {
        sort::ascending(&mut values);
        let sum: i64 = values.iter().fold(0, |sum, value| sum.saturating_add(*value));
        #[allow(clippy::cast_precision_loss, reason = "sums of calls stay far below 2^53")]
        let mean = (!values.is_empty()).then(|| sum as f64 / values.len() as f64);
        let at = |share| percentile(&values, share);
        Self { count: values.len(), mean, median: at(0.5), p90: at(0.9), p95: at(0.95) }
    }
}

/// The calls of one value of a dimension.
#[derive(Clone, PartialEq, Debug)]
pub struct Rank {
    /// The value as filters and links name it; empty for calls that have none.
    pub value: String,
    /// Their figures.
    pub figures: Figures,
}

/// What is told apart inside each part of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Split {
    /// Successful, not, not stated.
    Success,
    /// What came of the call.
    Status,
}

impl Split {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Success, Self::Status];

    /// One word for URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Status => "status",
        }
    }

    /// Reads [`Split::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|split| split.code() == code)
    }
}

/// Calls by parts of time, and by what is told apart in each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Series {
    /// What is told apart: codes of success or of status, in the order they are drawn.
    pub keys: Vec<String>,
    /// For each part of time the calls of each key.
    pub parts: Vec<Vec<u32>>,
}

/// The upper ends of the classes that durations are shown in, milliseconds; the last class is
/// open. Classes begin above 0: a call that lasted nothing was not answered.
pub const LENGTHS_MS: [i64; 11] =
    [10_000, 20_000, 30_000, 45_000, 60_000, 90_000, 120_000, 180_000, 300_000, 600_000, 1_800_000];

/// An amount as whole millionths.
#[must_use]
pub fn millionths(amount: f64) -> i64 {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "casts of floats saturate, and what is no number becomes 0"
    )]
    let whole = (amount * MILLIONTHS).round() as i64;
    whole
}

/// Whole millionths as an amount.
#[must_use]
pub fn of_millionths(whole: i64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "sums of calls stay far below 2^53")]
    let amount = whole as f64 / MILLIONTHS;
    amount
}
