//! A question to the book, and the rows that answer it.

use std::sync::Arc;

use kernels::bits::Bits;
use kernels::keep;
use kernels::keys::{Asked, BLOCK, Part, sift};

use super::columns::{Whole, packed_digits};
use super::{Book, Row, order};
use crate::filter::{Bounds, Filter, Sieve, Time, is_contact};
use crate::period::Span;
use crate::phone;
use crate::sort::Sort;
use crate::zone::Zone;

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Looking<'a> {
    /// Which calls.
    pub filter: &'a Filter,
    /// At which time.
    pub time: Time<'a>,
    /// In which order.
    pub sort: Sort,
    /// Rows whose transcript matches the typed text, for whoever has transcripts: they pass the
    /// text filter, whatever their other texts say.
    pub hits: Option<&'a Hits>,
}

impl<'a> Looking<'a> {
    /// A filter over a span, newest first; of hours of the week nothing is asked.
    #[must_use]
    pub fn at(filter: &'a Filter, span: Option<Span>) -> Self {
        Self { filter, time: Time { span, zone: None }, sort: Sort::default(), hits: None }
    }

    /// The same, with hours of the week as they are on the wall in a zone.
    #[must_use]
    pub fn on_wall(self, zone: &'a Zone) -> Self {
        Self { time: Time { zone: Some(zone), ..self.time }, ..self }
    }
}

/// A set of rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hits(Bits);

impl FromIterator<Row> for Hits {
    fn from_iter<T: IntoIterator<Item = Row>>(rows: T) -> Self {
        Self(Bits::from_iter(rows))
    }
}

impl Book {
    /// The rows that pass a filter inside a span, newest first; calls of the same instant in the
    /// order of their identity, so that the order never flickers; calls without a time last.
    #[must_use]
    pub fn rows(&self, filter: &Filter, span: Option<Span>) -> Vec<Row> {
        self.select(&Looking::at(filter, span))
    }

    /// The rows that answer a question, in its order.
    #[must_use]
    pub fn select(&self, looking: &Looking<'_>) -> Vec<Row> {
        let mut rows = self.passing(looking, &mut |_| {});
        self.sort(&mut rows, looking.sort);
        rows
    }

    /// The rows that pass, newest first. `each` gets those that pass what is asked in one pass, in
    /// the same order, while they are at hand; what else is asked they may not pass.
    pub(super) fn passing(&self, looking: &Looking<'_>, each: &mut dyn FnMut(&[Row])) -> Vec<Row> {
        let Looking { filter, time, hits, .. } = *looking;
        let (columns, sieve) = (&self.columns, Sieve::new(filter, time));
        let order = self.in_order();
        let inside = order::inside(order, time.span, |row| columns.started_ms.raw(row));
        // A text that few calls have leaves few to be asked anything else.
        let found = self.found_in_texts(&sieve, hits);
        let few = found.filter(|found| found.len() < order.len() / 4);
        let mut rows = match &few {
            Some(found) => {
                let picked = self.order.pick(order, found, inside);
                self.keep_first(&[Part::Rows(&picked)], filter, &sieve, each)
            }
            None => {
                let parts = inside.map(|range| self.order.parts(order, range)).concat();
                self.keep_first(&parts, filter, &sieve, each)
            }
        };
        if sieve.asks_findings() {
            let findings = self.findings.table(false, |findings| sieve.passes_findings(findings));
            keep::codes_in(&mut rows, columns.findings.values(), &findings);
        }
        if !filter.outcomes.is_empty() {
            let outcomes = self.outcomes.table(false, |labels| sieve.passes_outcomes(labels));
            keep::codes_in(&mut rows, columns.outcomes.values(), &outcomes);
        }
        if let Some((hours, mut of_week)) = time.hours(filter.hours) {
            rows.retain(|row| hours.hold_at(columns.started_ms.get(*row), &mut of_week));
        }
        self.keep_in_bounds(&mut rows, filter);
        self.keep_person(&mut rows, filter);
        if few.is_none() {
            self.keep_text(&mut rows, &sieve, hits);
        }
        rows
    }

    /// What is asked in one pass.
    fn keep_first(
        &self,
        parts: &[Part<'_>],
        filter: &Filter,
        sieve: &Sieve<'_>,
        each: &mut dyn FnMut(&[Row]),
    ) -> Vec<Row> {
        let columns = &self.columns;
        let what = self.what.table(false, |what| sieve.passes_what(what));
        let who = sieve.asks_who().then(|| self.who.table(false, |who| sieve.passes_who(who)));
        if columns.odd > 0 {
            let mut rows = Vec::new();
            parts.iter().for_each(|part| part.list(&mut rows));
            keep::codes_in(&mut rows, columns.what.values(), &what);
            if let Some(who) = &who {
                keep::codes_in(&mut rows, columns.who.values(), who);
            }
            between(&mut rows, &columns.duration_ms, filter.duration_ms);
            return rows;
        }
        let bounds = filter.duration_ms;
        let bounds = (!bounds.is_open()).then(|| bounds.whole());
        let asked = Asked { codes: &what, others: who.as_deref(), bounds };
        let mut rows = Vec::with_capacity(parts.iter().map(Part::count).sum());
        if asked.is_nothing() {
            parts.iter().for_each(|part| part.list(&mut rows));
            rows.chunks(BLOCK).for_each(each);
            return rows;
        }
        sift(parts, columns.keys.values(), asked, &mut |passed| {
            rows.extend_from_slice(passed);
            each(passed);
        });
        rows
    }

    fn keep_in_bounds(&self, rows: &mut Vec<Row>, filter: &Filter) {
        let columns = &self.columns;
        between(rows, &columns.latency_ms, filter.latency_ms);
        between(rows, &columns.interruptions, filter.interruptions);
        if let Some(cost) = filter.cost {
            let (least, most) = cost.bounds.parts();
            keep::parts_between(rows, columns.amount.values(), least, most);
        }
        if !filter.score.is_open() {
            let (least, most) = filter.score.parts();
            keep::parts_between(rows, columns.score.values(), least, most);
        }
    }

    fn keep_person(&self, rows: &mut Vec<Row>, filter: &Filter) {
        if !filter.phone.trim().is_empty() {
            self.keep_number(rows, filter.phone.trim());
        }
        if !filter.contact.trim().is_empty() {
            rows.retain(|row| {
                let entry = self.entry(*row);
                entry.is_some_and(|entry| {
                    is_contact(&filter.contact, entry.contact_id(), entry.email())
                })
            });
        }
    }

    /// Keeps rows whose customer has a typed number, or one that ends with it.
    pub(super) fn keep_number(&self, rows: &mut Vec<Row>, typed: &str) {
        let wanted = phone::typed_ends(typed);
        let packed: Vec<(u64, u64)> = wanted.iter().map(|end| packed_digits(end)).collect();
        keep::masked(rows, self.columns.phone.values(), &packed);
        // More digits than are packed have to be looked at.
        if wanted.iter().any(|end| end.len() > 16) {
            rows.retain(|row| {
                let phone = self.entry(*row).and_then(|entry| entry.phone());
                phone.is_some_and(|stored| phone::matches(stored, typed))
            });
        }
    }

    /// The rows whose texts, or transcripts, have what was typed, if that is all that is asked of
    /// it: a number is looked for elsewhere besides.
    fn found_in_texts(&self, sieve: &Sieve<'_>, hits: Option<&Hits>) -> Option<Arc<Bits>> {
        if sieve.words().is_empty() || sieve.typed_number().is_some() {
            return None;
        }
        let found = self.found(sieve.words());
        let Some(hits) = hits else { return Some(found) };
        let mut found = (*found).clone();
        found.add(&hits.0);
        Some(Arc::new(found))
    }

    fn keep_text(&self, rows: &mut Vec<Row>, sieve: &Sieve<'_>, hits: Option<&Hits>) {
        if sieve.words().is_empty() {
            return;
        }
        let found = self.found(sieve.words());
        if hits.is_none() && sieve.typed_number().is_none() {
            return keep::in_set(rows, &found);
        }
        let mut found = (*found).clone();
        hits.into_iter().for_each(|hits| found.add(&hits.0));
        if let Some(typed) = sieve.typed_number() {
            let mut numbered = rows.clone();
            self.keep_number(&mut numbered, typed);
            numbered.into_iter().for_each(|row| found.set(row));
            let own = self.who.table(false, |who| {
                who.own_number.as_deref().is_some_and(|own| phone::matches(own, typed))
            });
            let mut numbered = rows.clone();
            keep::codes_in(&mut numbered, self.columns.who.values(), &own);
            numbered.into_iter().for_each(|row| found.set(row));
        }
        keep::in_set(rows, &found);
    }
}

fn between(rows: &mut Vec<Row>, column: &Whole, bounds: Bounds) {
    if !bounds.is_open() {
        let (least, most) = bounds.whole();
        keep::between(rows, column.values(), least, most);
    }
}
