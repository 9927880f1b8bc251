//! What the outcomes of a connection's calls mean, which somebody may say anew at any time.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Book, Row};
use crate::call::Call;
use crate::outcome::SuccessMap;

impl Book {
    /// From now on this is what outcomes of a connection mean: calls that are in the book state
    /// their success anew, and so do those that come. What a provider states itself stays.
    pub fn map_success(&mut self, connection: &Arc<str>, map: SuccessMap) {
        if self.success_maps.get(connection) == Some(&map) {
            return;
        }
        self.success_maps.insert(connection.clone(), map);
        for row in 0..self.rows_end {
            let of_it = self.entry(row).is_some_and(|entry| entry.connection() == &**connection);
            if of_it && self.has_outcomes(row) {
                self.restate_row(row);
            }
        }
    }

    fn has_outcomes(&self, row: Row) -> bool {
        let outcomes = self.outcomes.get(self.columns.outcomes.raw(row));
        outcomes.is_some_and(|outcomes| !outcomes.is_empty())
    }

    fn restate_row(&mut self, row: Row) {
        let Some(before) = self.call(row) else { return };
        let mut call = before.clone();
        self.restate(&mut call);
        if call != before {
            self.put(row, call);
            self.columns.stamps.set(row, self.stamp(row).wrapping_add(1));
        }
    }

    /// States a call's success as its connection's outcomes are meant now.
    pub(super) fn restate(&self, call: &mut Call) {
        if let Some(map) = self.success_maps.get(&call.key.connection) {
            map.restate(call);
        }
    }

    /// How many of some rows have each outcome label of a connection, where its provider did not
    /// state their success itself.
    #[must_use]
    pub fn labels(&self, connection: &str, rows: &[Row]) -> BTreeMap<String, usize> {
        let mut labels = BTreeMap::new();
        for row in rows {
            let Some(entry) = self.entry(*row) else { continue };
            if entry.connection() != connection || !(entry.is_mapped() || entry.states_nothing()) {
                continue;
            }
            for outcome in entry.outcomes() {
                *labels.entry(outcome.label()).or_default() += 1;
            }
        }
        labels
    }
}
