//! How many calls each value of a dimension would show.

use std::collections::BTreeMap;

use kernels::{count, order};

use super::Book;
use super::looking::Looking;
use super::shared::{Findings, What, Who};
use crate::filter::{Facet, Told, Wanted};
use crate::outcome::Outcome;

/// A value of a dimension, and how many calls it has.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FacetCount {
    /// The value, as filters and links name it; empty for calls that have none.
    pub value: String,
    /// How many calls choosing it alone would show.
    pub count: usize,
}

impl Book {
    /// The values of a dimension with their counts, most frequent first: how many calls each would
    /// show, all other filters standing. A chosen value stays even when nothing has it any more.
    #[must_use]
    pub fn facet(&self, facet: Facet, looking: &Looking<'_>) -> Vec<FacetCount> {
        let mut filter = looking.filter.clone();
        facet.choose(&mut filter, Vec::new());
        let rows = self.passing(&Looking { filter: &filter, ..*looking }, &mut |_| {});
        let chosen = facet.chosen(looking.filter).into_iter().map(|value| (value, 0));
        let mut tally = Tally(chosen.collect());
        match facet {
            Facet::Connection
            | Facet::Agent
            | Facet::Version
            | Facet::Campaign
            | Facet::Employee => {
                let counts = count::by_code(&rows, self.columns.who.values(), self.who.end());
                let values = self.who.iter();
                tally.add(&counts, values, |who, add| add(who_value(facet, who)));
            }
            Facet::Outcome => {
                let codes = self.columns.outcomes.values();
                let counts = count::by_code(&rows, codes, self.outcomes.end());
                tally.add(&counts, self.outcomes.iter(), |labels, add| outcome_values(labels, add));
            }
            Facet::EndReason
            | Facet::Transcript
            | Facet::Voicemail
            | Facet::Transfer
            | Facet::ToolErrors => {
                let codes = self.columns.findings.values();
                let counts = count::by_code(&rows, codes, self.findings.end());
                let values = self.findings.iter();
                tally.add(&counts, values, |found, add| add(findings_value(facet, found)));
            }
            _ => {
                let counts = count::by_code(&rows, self.columns.what.values(), self.what.end());
                let values = self.what.iter();
                tally.add(&counts, values, |what, add| add(what_value(facet, what)));
            }
        }
        tally.sorted()
    }
}

/// Counts by value.
struct Tally(BTreeMap<String, usize>);

impl Tally {
    fn add<'a, T: 'a>(
        &mut self,
        counts: &[u32],
        values: impl Iterator<Item = (u32, &'a T)>,
        name: impl Fn(&T, &mut dyn FnMut(String)),
    ) {
        for (code, value) in values {
            let count = counts.get(code as usize).copied().unwrap_or_default() as usize;
            if count > 0 {
                name(value, &mut |value| *self.0.entry(value).or_default() += count);
            }
        }
    }

    fn sorted(self) -> Vec<FacetCount> {
        let counts = self.0.into_iter().map(|(value, count)| FacetCount { value, count });
        let mut counts: Vec<FacetCount> = counts.collect();
        let order = |a: &FacetCount, b: &FacetCount| {
            b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value))
        };
        order::sort_by(&mut counts, order);
        counts
    }
}

pub(super) fn who_value(facet: Facet, who: &Who) -> String {
    let word = match facet {
        Facet::Connection => return who.connection.to_string(),
        Facet::Agent => {
            let key = |agent| format!("{}/{agent}", who.connection);
            return who.agent().map(key).unwrap_or_default();
        }
        Facet::Version => &who.version,
        Facet::Campaign => &who.campaign,
        _ => &who.employee,
    };
    word.clone().unwrap_or_default()
}

pub(super) fn what_value(facet: Facet, what: &What) -> String {
    let code = match facet {
        Facet::Status => what.status.code(),
        Facet::Direction => what.direction.code(),
        Facet::Channel => what.channel.code(),
        Facet::Success => what.success.code(),
        Facet::Recording => Told::recording(what.recording).code(),
        Facet::Mark(mark) if what.has(mark) => Wanted::Only.code(),
        _ => Wanted::Without.code(),
    };
    code.to_owned()
}

pub(super) fn findings_value(facet: Facet, findings: &Findings) -> String {
    let told = match facet {
        Facet::EndReason => return findings.end_reason.clone().unwrap_or_default(),
        Facet::Transcript => findings.transcript,
        Facet::Voicemail => findings.voicemail,
        Facet::Transfer => findings.transferred(),
        _ => findings.tool_errors,
    };
    Told::of(told).code().to_owned()
}

/// A call counts once for each of its labels, however often it has it.
pub(super) fn outcome_values(labels: &[Outcome], add: &mut dyn FnMut(String)) {
    let mut names: Vec<String> = labels.iter().map(Outcome::label).collect();
    order::sort_by(&mut names, Ord::cmp);
    names.dedup();
    if names.is_empty() {
        names.push(String::new());
    }
    names.into_iter().for_each(add);
}
