//! Which time is looked at, in the address bar: a word, days, or instants.

use calls::Day;
use calls::period::{self, Period, Preset};

use super::Misread;
use crate::fragment::Pairs;

/// Writes what [`read`] reads; what is looked at by default is left out.
pub(super) fn write(period: Period, pairs: &mut Pairs) {
    match period {
        _ if period == Period::default() => {}
        Period::Preset(preset) => pairs.add("period", preset.code()),
        Period::Days { first, last } => {
            pairs.add("from", first.iso());
            pairs.add("to", last.iso());
        }
        Period::Exact(span) => {
            pairs.add_some("from", period::instant_text(span.from_ms));
            pairs.add_some("to", period::instant_text(span.to_ms));
        }
    }
}

/// Reads a period; what cannot be read is left out, and said.
pub(super) fn read(pairs: &Pairs, misread: &mut Vec<Misread>) -> Period {
    if let Some(exact) = read_exact(pairs, misread) {
        return exact;
    }
    let day = |name| pairs.first(name).map(|text| Day::parse(text).ok_or(text));
    match (day("from"), day("to")) {
        (Some(Ok(from)), Some(Ok(to))) => {
            let (period, turned) = Period::between(from, to);
            misread.extend(turned.then_some(Misread::TurnedRange));
            return period;
        }
        (Some(Ok(only)), None) | (None, Some(Ok(only))) => return Period::between(only, only).0,
        (Some(Err(text)), _) | (_, Some(Err(text))) => misread.push(Misread::Period(text.into())),
        (None, None) => {}
    }
    let Some(code) = pairs.first("period") else { return Period::default() };
    match Preset::parse(code) {
        Some(preset) => Period::Preset(preset),
        None => {
            misread.push(Misread::Period(code.into()));
            Period::default()
        }
    }
}

/// Both ends as instants, if they are.
fn read_exact(pairs: &Pairs, misread: &mut Vec<Misread>) -> Option<Period> {
    let instant = |name| pairs.first(name).and_then(period::parse_instant);
    let (period, turned) = Period::exactly(instant("from")?, instant("to")?);
    misread.extend(turned.then_some(Misread::TurnedRange));
    Some(period)
}
