//! A question's rows together with what they come to, added up while the rows are at hand.

use std::sync::Arc;

use kernels::UNKNOWN;

use super::looking::Looking;
use super::tally::by_success;
use super::{Book, Row};
use crate::figures::Figures;
use crate::outcome::Success;
use crate::sort::Sort;
use crate::stats::{Series, Split, Step};

/// The rows that answer a question, and what they come to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answer {
    /// The rows, in the order of the question.
    pub rows: Arc<Vec<Row>>,
    /// Their figures.
    pub figures: Figures,
    /// The class of each row and where some of them stand, if the newest stand first and nothing
    /// changed since; else empty.
    classes: Arc<Vec<u8>>,
    stations: Vec<Station>,
}

/// So many rows began at an instant or later, or some of those that began at it.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Station {
    rows: usize,
    last_ms: i64,
}

impl Book {
    /// The rows that answer a question and their figures. It takes less than asking for one and
    /// then for the other.
    #[must_use]
    pub fn answer(&self, looking: &Looking<'_>) -> Answer {
        let (mut added, mut stations) = (self.nothing_added(self.len), Vec::new());
        let mut count = 0;
        let mut rows = self.passing(looking, &mut |rows| {
            count += rows.len();
            self.add(&mut added, rows);
            let last_ms = rows.last().map(|row| self.columns.started_ms.raw(*row));
            stations.extend(last_ms.map(|last_ms| Station { rows: count, last_ms }));
        });
        // Not all that passed the first questions has passed the others.
        if count != rows.len() || looking.sort != Sort::default() {
            stations.clear();
        }
        let figures = if count == rows.len() { added.figures() } else { self.figures(&rows) };
        let classes = if stations.is_empty() { Vec::new() } else { added.into_classes() };
        self.sort(&mut rows, looking.sort);
        Answer { rows: Arc::new(rows), figures, classes: Arc::new(classes), stations }
    }

    /// The same as [`Book::series`] gives of the rows of an answer, of this book as it was asked.
    #[must_use]
    pub fn series_of(&self, answer: &Answer, parts: (&[i64], Step), split: Split) -> Series {
        if split != Split::Success || answer.stations.is_empty() {
            return self.series(&answer.rows, parts, split);
        }
        let (bounds, _) = parts;
        let since: Vec<usize> =
            bounds.iter().map(|at| self.since(answer, (*at).max(UNKNOWN + 1))).collect();
        let between = |pair: &[usize]| match pair {
            [from, to] => by_success(answer.classes.get(*to..*from).unwrap_or_default()).to_vec(),
            _ => Vec::new(),
        };
        let keys = Success::ALL.map(|success| success.code().to_owned()).to_vec();
        Series { keys, parts: since.windows(2).map(between).collect() }
    }

    /// How many rows of an answer began at an instant or later.
    fn since(&self, answer: &Answer, at: i64) -> usize {
        let next = answer.stations.partition_point(|station| station.last_ms >= at);
        let before = next.checked_sub(1).and_then(|before| answer.stations.get(before));
        let from = before.map_or(0, |station| station.rows);
        let Some(station) = answer.stations.get(next) else { return from };
        let rest = answer.rows.get(from..station.rows).unwrap_or_default();
        from + self.begun_since(rest, at, station.last_ms)
    }

    /// How many of some rows, newest first, began at an instant or later. Calls mostly come evenly,
    /// so the place is looked for around where it then is; the memory there is seen only once.
    fn begun_since(&self, rows: &[Row], at: i64, last_ms: i64) -> usize {
        let began_ms = |row: &Row| self.columns.started_ms.raw(*row);
        let is_since = |place: usize| rows.get(place).is_some_and(|row| began_ms(row) >= at);
        let first_ms = rows.first().map_or(at, began_ms);
        let share = first_ms.saturating_sub(at) as f64 / first_ms.saturating_sub(last_ms) as f64;
        let guess = (share.clamp(0.0, 1.0) * rows.len() as f64) as usize;
        let (mut from, mut to) = (guess.saturating_sub(NEAR), (guess + NEAR).min(rows.len()));
        while from > 0 && !is_since(from) {
            (from, to) = (from.saturating_sub(2 * NEAR), from);
        }
        while is_since(to) {
            (from, to) = (to, (to + 2 * NEAR).min(rows.len()));
        }
        let between = rows.get(from..to).unwrap_or_default();
        from + between.partition_point(|row| began_ms(row) >= at)
    }
}

/// About how far a place may be from where it would be if calls came evenly.
const NEAR: usize = 8;
