//! The amounts that calls are filtered by: from this much to that much.

use calls::CostUnit;
use calls::book::Field;
use calls::filter::{Bounds, CostBounds, Filter, THOUSANDTHS};
use calls::formats::duration;

/// An amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Range {
    /// How long a call lasted.
    Duration,
    /// What it cost, in a unit.
    Cost(CostUnit),
    /// The provider's score.
    Score,
    /// How long the agent took to answer.
    Latency,
    /// How often somebody was interrupted.
    Interruptions,
}

impl Range {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::Duration,
        Self::Cost(CostUnit::UsCents),
        Self::Cost(CostUnit::Credits),
        Self::Score,
        Self::Latency,
        Self::Interruptions,
    ];

    /// What is chosen.
    #[must_use]
    pub fn bounds(self, filter: &Filter) -> Bounds {
        match self {
            Self::Duration => filter.duration_ms,
            Self::Cost(unit) => {
                let chosen = filter.cost.filter(|cost| cost.unit == unit);
                chosen.map_or_else(Bounds::default, |cost| cost.bounds)
            }
            Self::Score => filter.score,
            Self::Latency => filter.latency_ms,
            Self::Interruptions => filter.interruptions,
        }
    }

    /// Chooses. Costs of two units are never compared: choosing one gives up the other.
    pub fn set(self, filter: &mut Filter, bounds: Bounds) {
        match self {
            Self::Duration => filter.duration_ms = bounds,
            Self::Cost(unit) if bounds.is_open() => {
                filter.cost = filter.cost.filter(|cost| cost.unit != unit);
            }
            Self::Cost(unit) => filter.cost = Some(CostBounds { unit, bounds }),
            Self::Score => filter.score = bounds,
            Self::Latency => filter.latency_ms = bounds,
            Self::Interruptions => filter.interruptions = bounds,
        }
    }

    /// A typed amount: `90` or `1:30` of a duration (seconds), `2.5` or `2,5` of a cost or score,
    /// whole milliseconds of latency. An empty text is no bound.
    ///
    /// # Errors
    /// The text is no such amount.
    pub fn read(self, typed: &str) -> Result<Option<i64>, NoAmount> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let amount = match self {
            Self::Duration => clock_ms(typed),
            Self::Cost(_) | Self::Score => thousandths(typed),
            Self::Latency | Self::Interruptions => typed.parse().ok(),
        };
        amount.filter(|amount| *amount >= 0).map(Some).ok_or(NoAmount)
    }

    /// An amount as it is typed.
    #[must_use]
    pub fn write(self, amount: i64) -> String {
        #[allow(clippy::cast_precision_loss, reason = "typed amounts stay far below 2^53")]
        let exact = amount as f64;
        match self {
            Self::Duration if amount % 1_000 == 0 => duration(exact),
            Self::Duration => (exact / 1_000.0).to_string(),
            Self::Cost(_) | Self::Score => (exact / 1_000.0).to_string(),
            Self::Latency | Self::Interruptions => amount.to_string(),
        }
    }

    /// Whether calls may not state it: every call lasted, or is known not to have.
    #[must_use]
    pub fn may_be_unstated(self) -> bool {
        self != Self::Duration
    }

    /// What only opening a call tells, at some provider.
    #[must_use]
    pub fn told_late(self) -> Option<Field> {
        match self {
            Self::Score => Some(Field::Score),
            Self::Latency => Some(Field::Latency),
            Self::Interruptions => Some(Field::Interruptions),
            Self::Duration | Self::Cost(_) => None,
        }
    }
}

/// What was typed is no amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoAmount;

/// Seconds, minutes and seconds, or hours, minutes and seconds, in milliseconds.
fn clock_ms(typed: &str) -> Option<i64> {
    let mut parts = typed.rsplitn(3, ':');
    let seconds = thousandths(parts.next()?)?;
    let minutes = |part: Option<&str>| part.map_or(Some(0), |part| part.parse::<i64>().ok());
    let (minutes, hours) = (minutes(parts.next())?, minutes(parts.next())?);
    let whole = hours.checked_mul(60)?.checked_add(minutes)?.checked_mul(60_000)?;
    whole.checked_add(seconds)
}

/// A number with up to three decimals, in thousandths.
fn thousandths(typed: &str) -> Option<i64> {
    let typed = typed.replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 3 || whole.is_empty() {
        return None;
    }
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(THOUSANDTHS)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_typed_as_seconds_or_as_a_clock_shows_them() {
        let cases = [("90", 90_000), ("1:30", 90_000), ("1:02:05", 3_725_000), ("0,5", 500)];
        for (typed, ms) in cases {
            assert_eq!(Range::Duration.read(typed), Ok(Some(ms)), "{typed}");
        }
        for typed in ["-1", "1:x", "a", "1:2:3:4", "1.2345", "99999999999999999999"] {
            assert_eq!(Range::Duration.read(typed), Err(NoAmount), "{typed}");
        }
        assert_eq!(Range::Duration.read("  "), Ok(None));
    }

    #[test]
    fn an_amount_reads_as_it_is_written() {
        for range in Range::ALL {
            for amount in [0, 500, 1_000, 7_500, 90_000, 3_725_000] {
                assert_eq!(range.read(&range.write(amount)), Ok(Some(amount)), "{range:?}");
            }
        }
    }

    #[test]
    fn choosing_a_cost_in_one_unit_gives_up_the_other() {
        let mut filter = Filter::default();
        let bounds = Bounds::from(5);
        let (cents, credits) = (Range::Cost(CostUnit::UsCents), Range::Cost(CostUnit::Credits));
        cents.set(&mut filter, bounds);
        credits.set(&mut filter, bounds);
        assert!(cents.bounds(&filter).is_open());
        cents.set(&mut filter, Bounds::default());
        assert_eq!(credits.bounds(&filter), bounds, "the other one stays");
        credits.set(&mut filter, Bounds::default());
        assert!(filter.is_empty());
    }
}
