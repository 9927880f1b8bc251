//! Figures over rows, straight from the columns.

use kernels::count::{self, LEFT_OUT, Totals};
use kernels::keys::ODD;

use super::shared::What;
use super::{Book, Row};
use crate::figures::{Figures, SuccessRate, between_neighbours};
use crate::outcome::Success;

/// Something that only opening a call tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// The provider's score.
    Score,
    /// How long the agent took to answer.
    Latency,
    /// Interruptions.
    Interruptions,
    /// Whether a tool failed.
    ToolErrors,
    /// Whether there is a transcript.
    Transcript,
}

/// What figures tell apart of calls that are not deleted.
#[derive(Clone, Copy)]
struct Class {
    success: Success,
    unanswered: bool,
    todo: bool,
}

/// Classes of one success; they stand one behind the other.
const PARTS: usize = 4;

/// How many of some classes are those of each success, in the order of [`Success::ALL`].
pub(super) fn by_success(classes: &[u8]) -> [u32; Success::ALL.len()] {
    Success::ALL.map(|success| {
        let least = Class { success, unanswered: false, todo: false };
        let most = Class { success, unanswered: true, todo: true };
        count::between(classes, least.code(), most.code())
    })
}

impl Class {
    fn all() -> impl Iterator<Item = Self> {
        Success::ALL.into_iter().flat_map(|success| {
            [(false, false), (true, false), (false, true), (true, true)]
                .map(|(unanswered, todo)| Self { success, unanswered, todo })
        })
    }

    fn index(self) -> usize {
        self.success as usize * PARTS + usize::from(self.unanswered) * 2 + usize::from(self.todo)
    }

    fn code_of(what: &What) -> u8 {
        let (unanswered, todo) = (what.status.is_unanswered(), what.todo == Some(true));
        let class = Self { success: what.success, unanswered, todo };
        if what.deleted { LEFT_OUT } else { class.code() }
    }

    fn code(self) -> u8 {
        u8::try_from(self.index()).unwrap_or(LEFT_OUT)
    }

    fn add(self, figures: &mut Figures, calls: usize, nothing: usize, unknown: usize) {
        figures.calls += calls;
        figures.unanswered += nothing;
        if self.unanswered {
            figures.unanswered += unknown;
        } else {
            figures.unknown += unknown;
        }
        figures.success.count(self.success, calls);
        figures.todo += if self.todo { calls } else { 0 };
    }
}

/// What rows come to, by class; whatever is said of their durations is taken out of it.
pub(super) struct Added(Totals);

impl Added {
    pub(super) fn figures(&self) -> Figures {
        let Self(totals) = self;
        let mut figures = Figures { answered: totals.values.count(), ..Figures::default() };
        for class in Class::all() {
            let of = |count: u32| count as usize;
            let (calls, nothing) = (totals.rows(class.index()), totals.nothing(class.index()));
            class.add(&mut figures, of(calls), of(nothing), of(totals.unknown(class.index())));
        }
        figures.talk_ms = totals.values.sum();
        figures.mean_ms = totals.values.mean();
        figures.median_ms = self.percentile(0.5);
        figures
    }

    /// A percentile of the durations of answered calls.
    pub(super) fn percentile(&self, share: f64) -> Option<f64> {
        let values = &self.0.values;
        between_neighbours(values.count(), share, |position| values.neighbours(position))
    }

    /// The class of each row.
    pub(super) fn into_classes(self) -> Vec<u8> {
        self.0.of_rows
    }

    /// How often a call that was answered succeeded.
    pub(super) fn answered_success(&self) -> SuccessRate {
        let mut answered = Figures::default();
        for class in Class::all() {
            let index = class.index();
            let left_out = self.0.nothing(index) + self.0.unknown(index);
            class.add(&mut answered, (self.0.rows(index) - left_out) as usize, 0, 0);
        }
        answered.success
    }
}

impl Book {
    /// The figures of rows, the same as [`Figures::of`] gives of their calls.
    #[must_use]
    pub fn figures(&self, rows: &[Row]) -> Figures {
        self.added_up(rows).figures()
    }

    /// Adds rows up, in one pass.
    pub(super) fn added_up(&self, rows: &[Row]) -> Added {
        let mut added = self.nothing_added(rows.len());
        self.add(&mut added, rows);
        added
    }

    /// Adds rows to others.
    pub(super) fn add(&self, Added(totals): &mut Added, rows: &[Row]) {
        let columns = &self.columns;
        totals.add_rows(rows, columns.keys.values());
        if columns.odd > 0 {
            for row in rows.iter().filter(|row| columns.keys.raw(**row) == ODD) {
                let class = self.what.get(columns.what.raw(*row)).map_or(LEFT_OUT, Class::code_of);
                totals.add_odd(class, columns.duration_ms.raw(*row));
            }
        }
    }

    /// Where so many rows are added, or less.
    pub(super) fn nothing_added(&self, rows: usize) -> Added {
        Added(Totals::with_room(rows, &self.what.table(LEFT_OUT, Class::code_of)))
    }

    /// Of how many rows a field is known, and of how many it could be: a call that has been opened
    /// has told it, or has told that there is none.
    #[must_use]
    pub fn coverage(&self, field: Field, rows: &[Row]) -> (usize, usize) {
        let told = self.tells(field);
        (rows.iter().filter(|row| told(**row)).count(), rows.len())
    }

    /// The rows of which a field is not known, since their calls have not been opened.
    #[must_use]
    pub fn untold(&self, field: Field, rows: &[Row]) -> Vec<Row> {
        let told = self.tells(field);
        rows.iter().copied().filter(|row| !told(*row)).collect()
    }

    /// Whether a row tells a field.
    fn tells(&self, field: Field) -> impl Fn(Row) -> bool {
        let told = self.findings.table(false, |findings| {
            let told = match field {
                Field::ToolErrors => findings.tool_errors.is_some(),
                Field::Transcript => findings.transcript.is_some(),
                _ => false,
            };
            told || findings.opened
        });
        let columns = &self.columns;
        move |row: Row| {
            let has = match field {
                Field::Score => columns.score.get(row).is_some(),
                Field::Latency => columns.latency_ms.get(row).is_some(),
                Field::Interruptions => columns.interruptions.get(row).is_some(),
                Field::ToolErrors | Field::Transcript => false,
            };
            has || told.get(columns.findings.raw(row) as usize) == Some(&true)
        }
    }
}
