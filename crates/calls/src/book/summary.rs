//! Statistics over rows, straight from the columns. What each means stands in [`crate::stats`].

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use kernels::{count, order};

use super::facet::{findings_value, outcome_values, what_value, who_value};
use super::{Book, Row};
use crate::end_reason::is_transfer;
use crate::filter::{Facet, Group};
use crate::money::CostUnit;
use crate::outcome::Success;
use crate::stats::{
    CostSum, Known, LENGTHS_MS, Rank, Series, Split, Spread, Step, Summary, WeekHours, millionths,
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
    /// The rows of calls that count: all but deleted ones, which are mostly not among them.
    #[must_use]
    pub fn counting<'a>(&self, rows: &'a [Row]) -> Cow<'a, [Row]> {
        let counts = Named { of_code: self.what.table(true, |what| !what.deleted) };
        if counts.of_code.iter().all(|counts| *counts) {
            return Cow::Borrowed(rows);
        }
        let codes = &self.columns.what;
        let left = rows.iter().copied().filter(|row| counts.get(codes.raw(*row), false));
        Cow::Owned(left.collect())
    }

    /// The summary of rows, the same as [`Summary::of`] gives of their calls.
    #[must_use]
    pub fn summary(&self, rows: &[Row]) -> Summary {
        let rows = &*self.counting(rows);
        let added = self.added_up(rows);
        let mut summary = Summary {
            figures: added.figures(),
            p90_ms: added.percentile(0.9),
            answered_success: added.answered_success(),
            ..Summary::default()
        };
        (summary.voicemail, summary.transferred) = self.endings(rows);
        summary.costs = self.costs(rows);
        let score = self.columns.score.known(rows).map(millionths);
        summary.score = Spread::of(score.collect());
        summary.latency_ms = Spread::of(self.columns.latency_ms.known(rows).collect());
        summary
    }

    /// Voicemails and transfers.
    fn endings(&self, rows: &[Row]) -> (Known, Known) {
        let (mut voicemail, mut transferred) = (Known::default(), Known::default());
        let counts = count::by_code(rows, self.columns.findings.values(), self.findings.end());
        for (code, found) in self.findings.iter() {
            let calls = counts.get(code as usize).copied().unwrap_or_default() as usize;
            voicemail.add(found.voicemail, calls);
            transferred.add(found.end_reason.as_deref().map(is_transfer), calls);
        }
        (voicemail, transferred)
    }

    /// How many rows are in each group that has a switch, in the order of [`Group::ALL`].
    #[must_use]
    pub fn groups(&self, rows: &[Row]) -> [usize; Group::ALL.len()] {
        let rows = &*self.counting(rows);
        let what = count::by_code(rows, self.columns.what.values(), self.what.end());
        let findings = count::by_code(rows, self.columns.findings.values(), self.findings.end());
        let of = |counts: &[u32], code: u32| counts.get(code as usize).copied().unwrap_or_default();
        Group::ALL.map(|group| match group.facet() {
            Facet::Mark(mark) => {
                let inside = self.what.iter().filter(|(_, what)| what.has(mark));
                inside.map(|(code, _)| of(&what, code) as usize).sum()
            }
            _ => {
                let inside =
                    self.findings.iter().filter(|(_, found)| found.voicemail == Some(true));
                inside.map(|(code, _)| of(&findings, code) as usize).sum()
            }
        })
    }

    /// What rows cost, by unit.
    #[must_use]
    pub fn costs(&self, rows: &[Row]) -> Vec<CostSum> {
        let mut sums = CostUnit::ALL.map(|unit| CostSum { unit, millionths: 0, calls: 0 });
        let units = self.units();
        for row in rows {
            let Some(amount) = self.columns.amount.get(*row) else { continue };
            let unit = units.get(self.columns.what.raw(*row), usize::MAX);
            if let Some(sum) = sums.get_mut(unit) {
                sum.millionths = sum.millionths.saturating_add(millionths(amount));
                sum.calls += 1;
            }
        }
        sums.into_iter().filter(|sum| sum.calls > 0).collect()
    }

    /// The place of a code's unit of cost in [`CostUnit::ALL`].
    fn units(&self) -> Named<usize> {
        let place = |unit| CostUnit::ALL.into_iter().position(|other| other == unit);
        let of_code = self.what.table(usize::MAX, |what| {
            what.cost_unit.filter(|_| !what.deleted).and_then(place).unwrap_or(usize::MAX)
        });
        Named { of_code }
    }

    /// The calls of each value of a dimension with their figures, the most calls first. A call
    /// with several outcomes stands under each of them.
    #[must_use]
    pub fn ranking(&self, facet: Facet, rows: &[Row]) -> Vec<Rank> {
        let figures =
            |(value, rows): (String, Vec<Row>)| Rank { value, figures: self.figures(&rows) };
        let mut ranks: Vec<Rank> = self.apart(facet, rows).into_iter().map(figures).collect();
        order::sort_by_key(&mut ranks, |rank| Reverse(rank.figures.calls));
        ranks
    }

    /// The summary of the calls of one value of a dimension.
    #[must_use]
    pub fn summary_of(&self, facet: Facet, value: &str, rows: &[Row]) -> Summary {
        let (codes, names) = self.values_of(facet);
        let has = |names: &Vec<String>| names.iter().any(|name| name == value);
        let inside: Vec<bool> = names.iter().map(has).collect();
        let is_it = |row: &Row| inside.get(codes(*row) as usize) == Some(&true);
        let rows: Vec<Row> = rows.iter().copied().filter(is_it).collect();
        self.summary(&rows)
    }

    /// The rows that count, by the value of a dimension that they have.
    fn apart(&self, facet: Facet, rows: &[Row]) -> BTreeMap<String, Vec<Row>> {
        let (codes, names) = self.values_of(facet);
        // A value is looked up once for each code and not once for each row.
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for name in names.iter().flatten() {
            let next = places.len();
            places.entry(name.clone()).or_insert(next);
        }
        let place = |name: &String| places.get(name).copied().unwrap_or(usize::MAX);
        let of_code: Vec<Vec<usize>> =
            names.iter().map(|names| names.iter().map(place).collect()).collect();
        let mut groups = vec![Vec::new(); places.len()];
        for row in self.counting(rows).iter() {
            for place in of_code.get(codes(*row) as usize).into_iter().flatten() {
                groups
                    .get_mut(*place)
                    .into_iter()
                    .for_each(|group: &mut Vec<Row>| group.push(*row));
            }
        }
        let taken = |(name, place): (String, usize)| {
            (name, groups.get_mut(place).map(std::mem::take).unwrap_or_default())
        };
        places.into_iter().map(taken).filter(|(_, rows)| !rows.is_empty()).collect()
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
            Split::Status => self.statuses(rows),
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

    /// The statuses of rows, the most frequent first.
    fn statuses(&self, rows: &[Row]) -> Vec<String> {
        let counts = count::by_code(rows, self.columns.what.values(), self.what.end());
        let mut calls: BTreeMap<&str, u32> = BTreeMap::new();
        for (code, what) in self.what.iter().filter(|(_, what)| !what.deleted) {
            let count = counts.get(code as usize).copied().unwrap_or_default();
            *calls.entry(what.status.code()).or_default() += count;
        }
        let mut calls: Vec<(&str, u32)> =
            calls.into_iter().filter(|(_, count)| *count > 0).collect();
        order::sort_by_key(&mut calls, |(_, count)| Reverse(*count));
        calls.into_iter().map(|(code, _)| code.to_owned()).collect()
    }

    /// What calls cost in one unit in each part of time, millionths.
    #[must_use]
    pub fn costs_over(&self, rows: &[Row], bounds: &[i64], unit: CostUnit) -> Vec<i64> {
        let mut sums = vec![0_i64; bounds.len().saturating_sub(1)];
        let units = self.units();
        let wanted = CostUnit::ALL.into_iter().position(|other| other == unit);
        // Neighbours among the rows are mostly neighbours in time: they are in the same part.
        let (mut part, mut from, mut to) = (usize::MAX, i64::MAX, i64::MIN);
        for row in rows {
            let amount = self.columns.amount.get(*row);
            let (Some(amount), Some(at)) = (amount, self.columns.started_ms.get(*row)) else {
                continue;
            };
            if at < from || at >= to {
                part = bounds.partition_point(|from| *from <= at).wrapping_sub(1);
                from = bounds.get(part).copied().unwrap_or(i64::MAX);
                to = bounds.get(part.wrapping_add(1)).copied().unwrap_or(i64::MIN);
            }
            if Some(units.get(self.columns.what.raw(*row), usize::MAX)) == wanted
                && let Some(sum) = sums.get_mut(part)
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
        for row in self.counting(rows).iter() {
            let Some(ms) = self.columns.duration_ms.get(*row).filter(|ms| *ms > 0) else {
                continue;
            };
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
        let mut hours = WeekHours::new(zone);
        for row in self.counting(rows).iter() {
            let hour = self.columns.started_ms.get(*row).map(|at| hours.of(at));
            if let Some(count) = hour.and_then(|hour| counts.get_mut(hour)) {
                *count += 1;
            }
        }
        counts
    }
}
