//! Rows in the order of a column.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernels::sort::{self, LAST};
use kernels::{UNKNOWN, order, ranks};

use super::groups::Groups;
use super::record::Texts;
use super::shared::Findings;
use super::{Book, Row};
use crate::filter::Told;
use crate::fold::{fold, fold_start};
use crate::outcome::{Outcome, Success};
use crate::sort::{Sort, SortBy};
use crate::status::{Direction, Status};

/// Ranks of the texts that each call has for itself, by row, until a text changes.
#[derive(Debug, Default)]
pub(super) struct Ranked(Mutex<HashMap<bool, Arc<Vec<u32>>>>);

impl Clone for Ranked {
    /// A copy of a book has not been sorted yet.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Ranked {
    /// Some text changed.
    pub(super) fn forget(&mut self) {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Book {
    /// Puts rows that stand newest first in another order. What is the same there stays newest
    /// first, and what has nothing there comes last, whichever way.
    pub(super) fn sort(&self, rows: &mut [Row], order: Sort) {
        if order.by == SortBy::Time {
            if !order.descending {
                self.turn_around(rows);
            }
            return;
        }
        sort::by_keys(rows, &self.keys(rows, order.by), order.descending);
    }

    /// Oldest first. Calls of one instant stay in the order of their identity, and those without a
    /// time stay last.
    fn turn_around(&self, rows: &mut [Row]) {
        let time = |row: Row| self.columns.started_ms.raw(row);
        let timed = rows.partition_point(|row| time(*row) != UNKNOWN);
        let Some(timed) = rows.get_mut(..timed) else { return };
        timed.reverse();
        timed.chunk_by_mut(|a, b| time(*a) == time(*b)).for_each(<[Row]>::reverse);
    }

    fn keys(&self, rows: &[Row], by: SortBy) -> Vec<u32> {
        let columns = &self.columns;
        match by {
            SortBy::Customer | SortBy::About => {
                sort::keys_of_ranks(rows, &self.text_ranks(by == SortBy::Customer))
            }
            SortBy::Duration if columns.odd == 0 => sort::keys_of_keys(rows, columns.keys.values()),
            SortBy::Duration => sort::keys_of_values(rows, columns.duration_ms.values()),
            SortBy::Latency => sort::keys_of_values(rows, columns.latency_ms.values()),
            SortBy::Interruptions => sort::keys_of_values(rows, columns.interruptions.values()),
            SortBy::Score => sort::keys_of_parts(rows, columns.score.values()),
            SortBy::Cost => self.cost_keys(rows),
            SortBy::Time => sort::keys_of_values(rows, columns.started_ms.values()),
            SortBy::Connection
            | SortBy::Agent
            | SortBy::Version
            | SortBy::Campaign
            | SortBy::Employee => {
                sort::keys_of_codes(rows, columns.who.values(), &self.who_ranks(by))
            }
            SortBy::Outcome => {
                let first =
                    |labels: &Vec<Outcome>| labels.first().map(|first| fold(&first.label()));
                sort::keys_of_codes(
                    rows,
                    columns.outcomes.values(),
                    &ranks_of(&self.outcomes, first),
                )
            }
            SortBy::EndReason => {
                let reason = |found: &Findings| found.end_reason.as_deref().map(fold);
                let ranks = ranks_of(&self.findings, reason);
                sort::keys_of_codes(rows, columns.findings.values(), &ranks)
            }
            SortBy::Direction
            | SortBy::Channel
            | SortBy::Status
            | SortBy::Success
            | SortBy::Recording => {
                sort::keys_of_codes(rows, columns.what.values(), &self.what_ranks(by))
            }
        }
    }

    fn who_ranks(&self, by: SortBy) -> Vec<u32> {
        ranks_of(&self.who, |who| match by {
            SortBy::Connection => Some(fold(&who.connection)),
            SortBy::Agent => who.agent_name.as_deref().or(who.agent()).map(fold),
            SortBy::Version => who.version.as_deref().map(fold),
            SortBy::Campaign => who.campaign.as_deref().map(fold),
            _ => who.employee.as_deref().map(fold),
        })
    }

    fn what_ranks(&self, by: SortBy) -> Vec<u32> {
        let what = &self.what;
        match by {
            SortBy::Direction => ranks_of(what, |what| {
                Some(what.direction).filter(|direction| *direction != Direction::Unknown)
            }),
            SortBy::Channel => ranks_of(what, |what| Some(what.channel)),
            SortBy::Status => ranks_of(what, |what| {
                Some(what.status.clone()).filter(|status| *status != Status::NotGiven)
            }),
            SortBy::Success => ranks_of(what, |what| {
                Some(what.success).filter(|success| *success != Success::NotStated)
            }),
            _ => ranks_of(what, |what| {
                Some(Told::recording(what.recording)).filter(|told| *told != Told::NotTold)
            }),
        }
    }

    /// One unit after the other: amounts of different units are never compared.
    fn cost_keys(&self, rows: &[Row]) -> Vec<u32> {
        let amounts = sort::keys_of_parts(rows, self.columns.amount.values());
        let units = ranks_of(&self.what, |what| what.cost_unit);
        let units = sort::keys_of_codes(rows, self.columns.what.values(), &units);
        if units.iter().all(|unit| matches!(*unit, 0 | LAST)) {
            return amounts;
        }
        let known = amounts.iter().copied().filter(|key| *key != LAST);
        let sorted = sort::distinct(known.collect());
        let step = u32::try_from(sorted.len()).unwrap_or(LAST / 2);
        let key = |(unit, amount): (u32, &u32)| {
            let rank = sorted.binary_search(amount).ok().and_then(|rank| u32::try_from(rank).ok());
            let rank = rank.filter(|_| unit != LAST);
            rank.map_or(LAST, |rank| unit.saturating_mul(step).saturating_add(rank))
        };
        units.into_iter().zip(&amounts).map(key).collect()
    }

    /// The rank of each row's customer, or of what its call was about.
    fn text_ranks(&self, customer: bool) -> Arc<Vec<u32>> {
        let mut ranked = self.ranked.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Arc::new(self.rank_texts(customer));
        ranked.entry(customer).or_insert_with(fresh).clone()
    }

    /// Many calls have the same customer, and some the same request: each text is ranked once.
    fn rank_texts(&self, customer: bool) -> Vec<u32> {
        let text = |row: Row| {
            let texts = Texts::read(self.texts.get(row));
            if customer { texts.customer() } else { texts.about() }
        };
        let (mut texts, mut numbers) = (Vec::new(), HashMap::new());
        let mut number = |text| {
            *numbers.entry(text).or_insert_with(|| {
                texts.push(text);
                texts.len() - 1
            })
        };
        let of_row: Vec<Option<usize>> =
            (0..self.rows_end).map(|row| text(row).map(&mut number)).collect();
        let part = |at: u32, depth: usize| {
            let text = texts.get(at as usize).copied().unwrap_or_default();
            let mut start = fold_start(text, depth * 8 + 8).into_bytes();
            // A zero stands for the end.
            start.iter_mut().filter(|byte| **byte == 0).for_each(|byte| *byte = 1);
            ranks::part_of(&start, depth)
        };
        let ranks = ranks::of_texts(u32::try_from(texts.len()).unwrap_or(LAST), &part);
        let rank = |number: Option<usize>| number.and_then(|at| ranks.get(at).copied());
        of_row.into_iter().map(|number| rank(number).unwrap_or(LAST)).collect()
    }
}

/// The rank of what each code stands for; what has nothing there comes last.
fn ranks_of<T, K: Ord>(groups: &Groups<T>, key: impl Fn(&T) -> Option<K>) -> Vec<u32> {
    let keys = groups.table_of(&key);
    let at = |place: usize| keys.get(place).and_then(Option::as_ref);
    order::ranks(keys.len(), &|place| at(place).is_some(), &|a, b| at(a).cmp(&at(b)))
}
