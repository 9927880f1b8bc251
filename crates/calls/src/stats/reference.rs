//! The same statistics from a plain list of calls: what the book's are held against, and what
//! whoever has no book uses.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::{CostSum, Spread, Summary, millionths};
use crate::call::Call;
use crate::end_reason::is_transfer;
use crate::figures::{Figures, percentile};

impl Summary {
    /// Summarises calls.
    #[must_use]
    pub fn of(calls: impl Iterator<Item = impl Borrow<Call>> + Clone) -> Self {
        let mut summary = Self { figures: Figures::of(calls.clone()), ..Self::default() };
        let (mut durations, mut scores, mut latencies) = (Vec::new(), Vec::new(), Vec::new());
        let mut costs: BTreeMap<_, (i64, usize)> = BTreeMap::new();
        for call in calls {
            let call: &Call = call.borrow();
            if call.deleted {
                continue;
            }
            if call.answered() == Some(true) {
                durations.extend(call.duration_ms);
                summary.answered_success.count(call.success, 1);
            }
            summary.voicemail.count(call.voicemail);
            summary.transferred.count(call.end_reason.as_deref().map(is_transfer));
            scores.extend(call.score.filter(|score| !score.is_nan()).map(millionths));
            latencies.extend(call.latency_ms);
            if let Some((amount, unit)) = call.cost.map(crate::Cost::parts) {
                let (sum, count) = costs.entry(unit).or_default();
                *sum = sum.saturating_add(millionths(amount));
                *count += 1;
            }
        }
        durations.sort_unstable();
        summary.p90_ms = percentile(&durations, 0.9);
        summary.score = Spread::of(scores);
        summary.latency_ms = Spread::of(latencies);
        let sum = |(unit, (millionths, calls))| CostSum { unit, millionths, calls };
        summary.costs = costs.into_iter().map(sum).collect();
        summary
    }
}
