//! What a call cost, with its unit. Amounts of different units are never added.

/// A cost as the provider states it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Cost {
    /// US cents (Truedy guide, `cost_cents`).
    UsCents(f64),
    /// The provider's own credits (Truedy `cost_credits`, Atoms `callCost`), worth unknown.
    Credits(f64),
}

/// The unit of a cost. Amounts of different units are never compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CostUnit {
    /// US cents.
    UsCents,
    /// A provider's own credits.
    Credits,
}

impl CostUnit {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::UsCents, Self::Credits];

    /// One word for URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UsCents => "us-cents",
            Self::Credits => "credits",
        }
    }

    /// Reads [`CostUnit::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }
}

impl Cost {
    /// Amount and unit.
    #[must_use]
    pub fn parts(self) -> (f64, CostUnit) {
        match self {
            Self::UsCents(amount) => (amount, CostUnit::UsCents),
            Self::Credits(amount) => (amount, CostUnit::Credits),
        }
    }

    /// The cost of an amount in a unit.
    #[must_use]
    pub fn of(amount: f64, unit: CostUnit) -> Self {
        match unit {
            CostUnit::UsCents => Self::UsCents(amount),
            CostUnit::Credits => Self::Credits(amount),
        }
    }
}
