//! From this much to that much, both included.

use crate::money::{Cost, CostUnit};

/// Costs and scores have parts of a unit: their bounds count thousandths, so that a typed bound
/// is exactly what the link says.
pub const THOUSANDTHS: i64 = 1000;

/// From this much to that much, both included. Upside down they let nothing through. Bounds let
/// through only what is known, those without ends too where they say so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Bounds {
    /// The least that passes.
    pub least: Option<i64>,
    /// The most that passes.
    pub most: Option<i64>,
    /// Without ends: whether what is not known is left out.
    pub known: bool,
}

impl Bounds {
    /// Everything that is known.
    pub const KNOWN: Self = Self { least: None, most: None, known: true };

    /// From this much on.
    #[must_use]
    pub fn from(least: i64) -> Self {
        Self { least: Some(least), ..Self::default() }
    }

    /// One or both ends; none is everything.
    #[must_use]
    pub fn of(least: Option<i64>, most: Option<i64>) -> Self {
        Self { least, most, known: false }
    }

    /// Whether they let everything through, what is not known included.
    #[must_use]
    pub fn is_open(self) -> bool {
        self == Self::default()
    }

    /// Whether a whole number passes. What is not known passes only open bounds.
    #[must_use]
    pub fn hold(self, value: Option<i64>) -> bool {
        let Some(value) = value else { return self.is_open() };
        self.least.is_none_or(|least| value >= least) && self.most.is_none_or(|most| value <= most)
    }

    /// Whether a number with parts passes bounds of thousandths.
    #[must_use]
    pub fn hold_parts(self, value: Option<f64>) -> bool {
        let Some(value) = value else { return self.is_open() };
        let (least, most) = self.parts();
        value >= least && value <= most
    }

    /// The least and the most whole number that pass.
    pub(crate) fn whole(self) -> (i64, i64) {
        (self.least.unwrap_or(i64::MIN), self.most.unwrap_or(i64::MAX))
    }

    /// Bounds of thousandths as numbers; an end that is open is infinite.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "typed bounds stay far below 2^53")]
    pub fn parts(self) -> (f64, f64) {
        let part = |bound: i64| bound as f64 / THOUSANDTHS as f64;
        (self.least.map_or(f64::NEG_INFINITY, part), self.most.map_or(f64::INFINITY, part))
    }
}

/// A cost from this much to that much, in one unit. Calls whose cost is stated in another unit, or
/// not at all, do not pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CostBounds {
    /// The unit.
    pub unit: CostUnit,
    /// Thousandths of the unit.
    pub bounds: Bounds,
}

impl CostBounds {
    /// Whether a cost passes.
    #[must_use]
    pub fn hold(self, cost: Option<Cost>) -> bool {
        let Some((amount, unit)) = cost.map(Cost::parts) else { return false };
        unit == self.unit && self.bounds.hold_parts(Some(amount))
    }
}
