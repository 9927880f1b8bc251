//! What a call cost, with its unit. Amounts of different units are never added.

/// A cost as the provider states it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Cost {
    /// US cents (Truedy guide, `cost_cents`).
    UsCents(f64),
    /// The provider's own credits (Truedy `cost_credits`, Atoms `callCost`), worth unknown.
    Credits(f64),
}
