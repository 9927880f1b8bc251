//! How statistics are looked at, and how the address bar says so.

use calls::filter::Facet;
use calls::stats::{Split, Step};

use super::Misread;
use crate::fragment::Pairs;

/// How statistics are looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Looks {
    /// Beside each figure that of the period before.
    pub before: bool,
    /// The parts of time that calls are counted by; `None` is what fits the period.
    pub step: Option<Step>,
    /// What is told apart in each part of time.
    pub split: Split,
    /// The dimension whose values stand side by side.
    pub ranked: Facet,
    /// The two values of that dimension whose figures are compared; none that is the same twice.
    pub pair: Option<(String, String)>,
}

impl Default for Looks {
    fn default() -> Self {
        let split = Split::Success;
        Self { before: false, step: None, split, ranked: Facet::Agent, pair: None }
    }
}

impl Looks {
    /// Ranks another dimension; values of one are none of another.
    pub fn rank(&mut self, facet: Facet) {
        if self.ranked != facet {
            (self.ranked, self.pair) = (facet, None);
        }
    }
}

/// Writes what [`read`] reads; what is as it is by default is left out.
pub(super) fn write(looks: &Looks, pairs: &mut Pairs) {
    let usual = Looks::default();
    pairs.add_some("compare", looks.before.then_some("before"));
    pairs.add_some("per", looks.step.map(Step::code));
    pairs.add_some("split", (looks.split != usual.split).then(|| looks.split.code()));
    pairs.add_some("by", (looks.ranked != usual.ranked).then(|| looks.ranked.ranking_code()));
    if let Some((one, other)) = &looks.pair {
        pairs.add("pair", one);
        pairs.add("pair", other);
    }
}

/// Reads how statistics are looked at; what cannot be read is left out, and said.
pub(super) fn read(pairs: &Pairs, misread: &mut Vec<Misread>) -> Looks {
    let mut looks = Looks { before: pairs.first("compare") == Some("before"), ..Looks::default() };
    let mut note = |name: &str, code: &str, is_known: bool| {
        misread.extend((!is_known).then(|| Misread::Filter(format!("{name}={code}"))));
    };
    if let Some(code) = pairs.first("per") {
        looks.step = Step::parse(code);
        note("per", code, looks.step.is_some());
    }
    if let Some(code) = pairs.first("split") {
        let split = Split::parse(code);
        looks.split = split.unwrap_or(looks.split);
        note("split", code, split.is_some());
    }
    if let Some(code) = pairs.first("by") {
        let ranked = Facet::parse_ranking(code);
        looks.ranked = ranked.unwrap_or(looks.ranked);
        note("by", code, ranked.is_some());
    }
    let mut pair = pairs.all("pair").map(str::to_owned);
    looks.pair = pair.next().zip(pair.next()).filter(|(one, other)| one != other);
    looks
}
