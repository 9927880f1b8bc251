//! What the page asks the book when somebody filters or sorts.

use std::cell::RefCell;
use std::sync::Arc;

use calls::book::{Looking, Row};
use calls::figures::Figures;
use calls::filter::{Bounds, Filter, Mark, Wanted};
use calls::period::Span;
use calls::stats::{Series, Split, Step};
use calls::{Sort, Zone};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::book::look;

/// The first day of a week.
const MONDAY: u32 = 0;

/// What the page has after a filter changed.
#[derive(Debug, Default)]
struct Shown {
    rows: Arc<Vec<Row>>,
    figures: Figures,
    days: Series,
}

thread_local! {
    static SHOWN: RefCell<Shown> = RefCell::default();
}

/// Filters all calls by status, agent and duration; counts all figures of what passes, and its
/// calls per day from `from_ms` on. Lists are separated by blanks.
#[wasm_bindgen]
pub fn ask(statuses: &str, agents: &str, least_ms: f64, most_ms: f64, from_ms: f64, to_ms: f64) {
    let listed = |words: &str| words.split_whitespace().map(str::to_owned).collect();
    let filter = Filter {
        statuses: listed(statuses),
        agents: listed(agents),
        duration_ms: Bounds::of(Some(instant(least_ms)), Some(instant(most_ms))),
        ..Filter::default()
    };
    let span = Span { from_ms: instant(from_ms), to_ms: instant(to_ms) };
    let shown = look(|book| {
        let answer = book.answer(&Looking::at(&filter, Some(span)));
        let bounds = Step::Day.bounds(span, &Zone::utc(), MONDAY);
        let days = book.series_of(&answer, (&bounds, Step::Day), Split::Success);
        Shown { rows: answer.rows, figures: answer.figures, days }
    });
    SHOWN.set(shown);
}

/// What [`ask`] counted: calls, answered, unanswered, unknown, talk time, mean and median duration,
/// yes, no, not stated, to do, and then yes, no and not stated of each day.
#[wasm_bindgen]
pub fn answer() -> Vec<f64> {
    SHOWN.with_borrow(|shown| {
        let figures = &shown.figures;
        #[allow(clippy::cast_precision_loss, reason = "counts of calls stay far below 2^53")]
        let count = |count: usize| count as f64;
        #[allow(clippy::cast_precision_loss, reason = "so do milliseconds of calls")]
        let talk_ms = figures.talk_ms as f64;
        let mut answer = [figures.calls, figures.answered, figures.unanswered, figures.unknown]
            .map(count)
            .to_vec();
        answer.push(talk_ms);
        answer.extend([figures.mean_ms, figures.median_ms].map(|ms| ms.unwrap_or(-1.0)));
        let success = figures.success;
        answer.extend([success.yes, success.no, success.not_stated, figures.todo].map(count));
        answer.extend(shown.days.parts.iter().flatten().copied().map(f64::from));
        answer
    })
}

/// Puts all calls in an order, as links write it: `duration`, `-customer`.
#[wasm_bindgen]
pub fn sort(order: &str) {
    let mut filter = Filter::default();
    filter.marks.set(Mark::Deleted, Wanted::Any);
    let sort = Sort::parse(order).unwrap_or_default();
    let rows = look(|book| book.select(&Looking { sort, ..Looking::at(&filter, None) }));
    SHOWN.set(Shown { rows: Arc::new(rows), ..Shown::default() });
}

/// The rows that the last question found, in its order.
#[wasm_bindgen]
pub fn rows() -> Vec<Row> {
    SHOWN.with_borrow(|shown| shown.rows.to_vec())
}

#[allow(clippy::cast_possible_truncation, reason = "whole milliseconds come as such")]
fn instant(ms: f64) -> i64 {
    ms as i64
}
