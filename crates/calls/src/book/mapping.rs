//! What the outcomes of a connection's calls mean, which somebody may say anew at any time.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Book, Row, What};
use crate::call::Call;
use crate::outcome::{Outcome, SuccessMap};

impl Book {
    /// From now on this is what outcomes of a connection mean: calls that are in the book state
    /// their success anew, and so do those that come. What a provider states itself stays.
    pub fn map_success(&mut self, connection: &Arc<str>, map: SuccessMap) {
        if self.success_maps.get(connection) == Some(&map) {
            return;
        }
        let of_it = self.who.table(false, |who| who.connection == *connection);
        for row in 0..self.rows_end {
            let who = self.columns.who.raw(row);
            if of_it.get(who as usize).copied().unwrap_or_default() {
                self.restate_row(row, &map);
            }
        }
        self.success_maps.insert(connection.clone(), map);
    }

    /// States the success of a row anew; nothing else of it is written.
    fn restate_row(&mut self, row: Row, map: &SuccessMap) {
        let code = self.columns.what.raw(row);
        let outcomes = self.outcomes.get(self.columns.outcomes.raw(row));
        let Some((what, outcomes)) = self.what.get(code).zip(outcomes) else { return };
        let (success, mapped) = map.stated(what.success, what.mapped, outcomes);
        if outcomes.is_empty() || (success, mapped) == (what.success, what.mapped) {
            return;
        }
        let entered = self.what.enter(What { success, mapped, ..what.clone() });
        self.what.leave(code);
        self.columns.what.set(row, entered);
        self.columns.pack(row);
        self.columns.stamps.set(row, self.stamp(row).wrapping_add(1));
    }

    /// States a call's success as its connection's outcomes are meant now.
    pub(super) fn restate(&self, call: &mut Call) {
        if let Some(map) = self.success_maps.get(&call.key.connection) {
            map.restate(call);
        }
    }

    /// How many of some rows have each outcome of a connection, where its provider did not state
    /// their success itself.
    #[must_use]
    pub fn outcomes(&self, connection: &str, rows: &[Row]) -> BTreeMap<Outcome, usize> {
        let mut outcomes = BTreeMap::new();
        for row in rows {
            let Some(entry) = self.entry(*row) else { continue };
            if entry.connection() != connection || !(entry.is_mapped() || entry.states_nothing()) {
                continue;
            }
            let own = entry.outcomes();
            let first =
                |(at, one): &(usize, &Outcome)| !own.get(..*at).unwrap_or(&[]).contains(one);
            for (_, outcome) in own.iter().enumerate().filter(first) {
                *outcomes.entry(outcome.clone()).or_default() += 1;
            }
        }
        outcomes
    }
}
