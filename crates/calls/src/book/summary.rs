//! Statistics over rows, straight from the columns. What each means stands in [`crate::stats`].

use std::collections::BTreeMap;

use kernels::count;

use super::facet::{findings_value, outcome_values, what_value, who_value};
use super::{Book, Row};
use crate::end_reason::is_transfer;
use crate::figures::percentile;
use crate::filter::Facet;
use crate::money::CostUnit;
use crate::outcome::Success;
use crate::stats::{
    CostSum, Known, LENGTHS_MS, Rank, Series, Split, Spread, Step, Summary, hour_of_week,
    millionths,
};
use crate::zone::Zone;

/// Codes of one column, and what their values stand for.
struct Named<T> {
    of_code: Vec<T>,
}

impl<T: Copy> Named<T> {
    fn get(&self, code: u32, none: T) -> T {
        self.of_code.get(code as usize).copied().unwrap_or(none)
    }
}

impl Book {
    /// The rows of calls that count: all but deleted ones.
    #[must_use]
    pub fn counting(&self, rows: &[Row]) -> Vec<Row> {
        let counts = Named { of_code: self.what.table(false, |what| !what.deleted) };
        let codes = &self.columns.what;
        rows.iter().copied().filter(|row| counts.get(codes.raw(*row), false)).collect()
    }

    /// The summary of rows, the same as [`Summary::of`] gives of their calls.
    #[must_use]
    pub fn summary(&self, rows: &[Row]) -> Summary {
        let rows = &self.counting(rows);
        let mut summary = Summary { figures: self.figures(rows), ..Summary::default() };
        let duration_ms = |row: Row| self.columns.duration_ms.get(row).filter(|ms| *ms > 0);
        let mut durations: Vec<i64> = rows.iter().filter_map(|row| duration_ms(*row)).collect();
        durations.sort_unstable();
        summary.p90_ms = percentile(&durations, 0.9);
        let success = Named { of_code: self.what.table(Success::NotStated, |what| what.success) };
        for row in rows.iter().filter(|row| duration_ms(**row).is_some()) {
            let code = self.columns.what.raw(*row);
            summary.answered_success.count(success.get(code, Success::NotStated));
        }
        (summary.voicemail, summary.transferred) = self.endings(rows);
        summary.costs = self.costs(rows);
        let score = |row: &Row| self.columns.score.get(*row).map(millionths);
        summary.score = Spread::of(rows.iter().filter_map(score).collect());
        let latency_ms = |row: &Row| self.columns.latency_ms.get(*row);
        summary.latency_ms = Spread::of(rows.iter().filter_map(latency_ms).collect());
        summary
    }

    /// Voicemails and transfers.
    fn endings(&self, rows: &[Row]) -> (Known, Known) {
        let (mut voicemail, mut transferred) = (Known::default(), Known::default());
        let told = Named {
            of_code: self.findings.table((None, None), |found| {
                (found.voicemail, found.end_reason.as_deref().map(is_transfer))
            }),
        };
        for row in rows {
            let (reached, handed_on) = told.get(self.columns.findings.raw(*row), (None, None));
            voicemail.count(reached);
            transferred.count(handed_on);
        }
        (voicemail, transferred)
    }

    /// What rows cost, by unit.
    #[must_use]
    pub fn costs(&self, rows: &[Row]) -> Vec<CostSum> {
        let mut sums: BTreeMap<CostUnit, (i64, usize)> = BTreeMap::new();
        let units = Named { of_code: self.what.table(None, |what| what.cost_unit) };
        for row in rows {
            let amount = self.columns.amount.get(*row);
            let unit = units.get(self.columns.what.raw(*row), None);
            if let (Some(amount), Some(unit)) = (amount, unit) {
                let (sum, calls) = sums.entry(unit).or_default();
                *sum = sum.saturating_add(millionths(amount));
                *calls += 1;
            }
        }
        let sum = |(unit, (millionths, calls))| CostSum { unit, millionths, calls };
        sums.into_iter().map(sum).collect()
    }

    /// The calls of each value of a dimension with their figures, the most calls first. A call
    /// with several outcomes stands under each of them.
    #[must_use]
    pub fn ranking(&self, facet: Facet, rows: &[Row]) -> Vec<Rank> {
        let rows = self.counting(rows);
        let (codes, names) = self.values_of(facet);
        let mut groups: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
        for row in rows {
            for name in names.get(codes(row) as usize).into_iter().flatten() {
                groups.entry(name).or_default().push(row);
            }
        }
        let rank = |(value, rows): (&str, Vec<Row>)| Rank {
            value: value.to_owned(),
            figures: self.figures(&rows),
        };
        let mut ranks: Vec<Rank> = groups.into_iter().map(rank).collect();
        ranks.sort_by_key(|rank| std::cmp::Reverse(rank.figures.calls));
        ranks
    }

    /// The code of a row in the column of a dimension, and the values that each code stands for.
    fn values_of(&self, facet: Facet) -> (impl Fn(Row) -> u32 + '_, Vec<Vec<String>>) {
        let columns = &self.columns;
        let (column, names) = match facet {
            Facet::Connection
            | Facet::Agent
            | Facet::Version
            | Facet::Campaign
            | Facet::Employee => {
                (&columns.who, self.who.table(Vec::new(), |who| vec![who_value(facet, who)]))
            }
            Facet::Outcome => (&columns.outcomes, {
                self.outcomes.table(Vec::new(), |labels| {
                    let mut names = Vec::new();
                    outcome_values(labels, &mut |name| names.push(name));
                    names
                })
            }),
            Facet::EndReason | Facet::Transcript | Facet::Voicemail | Facet::ToolErrors => {
                let name = |found: &_| vec![findings_value(facet, found)];
                (&columns.findings, self.findings.table(Vec::new(), name))
            }
            _ => (&columns.what, self.what.table(Vec::new(), |what| vec![what_value(facet, what)])),
        };
        (move |row| column.raw(row), names)
    }

    /// How many calls fall into each part of time between two neighbours of `bounds` (see
    /// [`Step::bounds`]), by what is told apart. Calls without a time are left out.
    #[must_use]
    pub fn series(&self, rows: &[Row], (bounds, step): (&[i64], Step), split: Split) -> Series {
        let keys = match split {
            Split::Success => Success::ALL.map(|success| success.code().to_owned()).to_vec(),
            Split::Status => {
                self.ranking(Facet::Status, rows).into_iter().map(|rank| rank.value).collect()
            }
        };
        let facet = if split == Split::Success { Facet::Success } else { Facet::Status };
        let place = |value: &str| keys.iter().position(|key| key == value).unwrap_or(usize::MAX);
        let classes = self.what.table(usize::MAX, |what| {
            if what.deleted { usize::MAX } else { place(&what_value(facet, what)) }
        });
        let of = (self.columns.what.values(), classes.as_slice());
        let started_ms = self.columns.started_ms.values();
        let about = (bounds, step.about_ms());
        let counts = count::by_interval(rows, of, started_ms, about, keys.len());
        let parts = counts.chunks_exact(keys.len().max(1)).map(<[u32]>::to_vec).collect();
        Series { keys, parts }
    }

    /// What calls cost in one unit in each part of time, millionths.
    #[must_use]
    pub fn costs_over(&self, rows: &[Row], bounds: &[i64], unit: CostUnit) -> Vec<i64> {
        let mut sums = vec![0_i64; bounds.len().saturating_sub(1)];
        let units = Named { of_code: self.what.table(None, |what| what.cost_unit) };
        for row in self.counting(rows) {
            let amount = self.columns.amount.get(row);
            let (Some(amount), Some(at)) = (amount, self.columns.started_ms.get(row)) else {
                continue;
            };
            let part = bounds.partition_point(|from| *from <= at).checked_sub(1);
            let sum = part.and_then(|part| sums.get_mut(part));
            if let Some(sum) = sum
                && units.get(self.columns.what.raw(row), None) == Some(unit)
            {
                *sum = sum.saturating_add(millionths(amount));
            }
        }
        sums
    }

    /// How many answered calls lasted so long: a count for each class of [`LENGTHS_MS`], and one
    /// for what is longer.
    #[must_use]
    pub fn lengths(&self, rows: &[Row]) -> [usize; LENGTHS_MS.len() + 1] {
        let mut counts = [0; LENGTHS_MS.len() + 1];
        for row in self.counting(rows) {
            let Some(ms) = self.columns.duration_ms.get(row).filter(|ms| *ms > 0) else { continue };
            let class = LENGTHS_MS.partition_point(|most| *most < ms);
            if let Some(count) = counts.get_mut(class) {
                *count += 1;
            }
        }
        counts
    }

    /// How many calls began in each hour of the week on the wall, Monday 0:00 first.
    #[must_use]
    pub fn week(&self, rows: &[Row], zone: &Zone) -> [usize; 168] {
        let mut counts = [0; 168];
        for row in self.counting(rows) {
            let hour = self.columns.started_ms.get(row).map(|at| hour_of_week(at, zone));
            if let Some(count) = hour.and_then(|hour| counts.get_mut(hour)) {
                *count += 1;
            }
        }
        counts
    }
}
