//! What is printed, as values.

use calls::filter::Facet;
use calls::stats::{Series, Split, Step, Summary};
use calls::{CostUnit, Zone, period::Span};

use crate::arguments::StatsOptions;
use crate::source::{self, Loaded, Which};

/// Weeks of tables begin on Monday, as ISO 8601 has it.
const MONDAY: u32 = 0;

/// The figures of one command.
pub(super) struct Report {
    pub(super) zone: Zone,
    /// The time that is counted; `None` is all that a file holds.
    pub(super) span: Option<Span>,
    /// Which calls, as the fragment of a link.
    pub(super) filter: String,
    pub(super) summary: Summary,
    /// Answered calls by the classes of [`calls::stats::LENGTHS_MS`], and by what is longer.
    pub(super) lengths: Vec<usize>,
    /// Calls by hours of the week, Monday 0:00 first.
    pub(super) week: Vec<usize>,
    /// The same of the period before.
    pub(super) before: Option<(Span, Summary)>,
    pub(super) ranks: Option<(Facet, Vec<Named>)>,
    pub(super) parts: Option<Parts>,
    /// What is missing, in sentences.
    pub(super) missing: Vec<String>,
}

/// The calls of one value, with its name for people.
pub(super) struct Named {
    pub(super) value: String,
    pub(super) name: String,
    pub(super) figures: calls::figures::Figures,
}

/// Calls by parts of time.
pub(super) struct Parts {
    pub(super) step: Step,
    /// Where each part begins, and the last one ends, UTC milliseconds.
    pub(super) bounds: Vec<i64>,
    pub(super) series: Series,
    pub(super) statuses: Series,
    /// What the calls of each part cost, in millionths of each unit that occurs.
    pub(super) costs: Vec<(CostUnit, Vec<i64>)>,
}

impl Report {
    /// Counts.
    pub(super) fn of(loaded: &Loaded, which: &Which, options: &StatsOptions) -> Self {
        let span = options.source.in_time().then(|| which.when.span());
        let rows = loaded.rows(which, span);
        let book = &loaded.book;
        let before = options.before.then(|| {
            let span = which.when.span_before();
            (span, book.summary(&loaded.rows(which, Some(span))))
        });
        let ranks = options.by.map(|by| (by, ranks(loaded, by, &rows)));
        let parts = options.per.zip(span.or_else(|| whole(loaded, &rows))).map(|(per, span)| {
            let step = per.step();
            let bounds = step.bounds(span, &which.when.zone, MONDAY);
            let series = book.series(&rows, (&bounds, step), Split::Success);
            let statuses = book.series(&rows, (&bounds, step), Split::Status);
            let units = book.costs(&book.counting(&rows)).into_iter().map(|cost| cost.unit);
            let costs = units.map(|unit| (unit, book.costs_over(&rows, &bounds, unit)));
            let costs = costs.collect();
            Parts { step, bounds, series, statuses, costs }
        });
        Self {
            zone: which.when.zone.clone(),
            span,
            filter: which.place.with_call(None).fragment(),
            summary: book.summary(&rows),
            lengths: book.lengths(&rows).to_vec(),
            week: book.week(&rows, &which.when.zone).to_vec(),
            before,
            ranks,
            parts,
            missing: loaded.missing.clone(),
        }
    }
}

/// From the first call to the last one.
fn whole(loaded: &Loaded, rows: &[calls::book::Row]) -> Option<Span> {
    let times = || rows.iter().filter_map(|row| loaded.book.entry(*row)?.started_ms());
    Some(Span { from_ms: times().min()?, to_ms: times().max()? + 1 })
}

fn ranks(loaded: &Loaded, facet: Facet, rows: &[calls::book::Row]) -> Vec<Named> {
    let names = source::names(&loaded.connections);
    let ranks = loaded.book.ranking(facet, rows).into_iter();
    let named = ranks.map(|rank| {
        let name = match facet {
            Facet::Connection => names.get(&*rank.value).cloned(),
            Facet::Agent => rank
                .value
                .split_once('/')
                .and_then(|(connection, id)| loaded.book.agent_name(connection, id)),
            _ => None,
        };
        let none = || if rank.value.is_empty() { "(none)".into() } else { rank.value.clone() };
        Named { name: name.unwrap_or_else(none), value: rank.value, figures: rank.figures }
    });
    named.collect()
}
