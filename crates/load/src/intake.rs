//! Takes the events of a run into the book, and keeps what is to be said about the run.

use calls::book::Book;
use providers::{Event, Refusal};

use crate::connection::Connection;

/// How far one connection is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LoadState {
    /// What is going on.
    pub phase: Phase,
    /// Records read in this run.
    pub read: u64,
    /// Records there are, where the provider says so.
    pub total: Option<u64>,
    /// Records that could not be read.
    pub skipped: usize,
    /// Why the first of them could not.
    pub skipped_why: Option<String>,
    /// The list was longer than is read.
    pub capped: bool,
    /// The first refusal of the run.
    pub refusal: Option<Refusal>,
}

/// What a run is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    /// Nothing asked yet.
    #[default]
    Idle,
    /// Requests are under way.
    Busy,
    /// The provider asked for patience.
    Waiting {
        /// UTC milliseconds at which it goes on.
        until_ms: i64,
    },
    /// Read to its end.
    Done,
}

impl LoadState {
    /// A run that begins.
    #[must_use]
    pub fn begun() -> Self {
        Self { phase: Phase::Busy, ..Self::default() }
    }

    /// Whether something is missing from what should be loaded, or may still come.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.phase != Phase::Done || self.refusal.is_some() || self.capped || self.skipped > 0
    }

    /// Takes one event.
    pub fn take(&mut self, connection: &Connection, event: Event, book: &mut Book) {
        match event {
            Event::Calls(calls) => {
                for mut call in calls {
                    connection.success.apply(&mut call);
                    book.take(call);
                }
                self.phase = Phase::Busy;
            }
            Event::Agents(agents) => {
                for agent in agents {
                    book.take_agent(&connection.id, &agent.id, &agent.name);
                }
            }
            Event::Skipped { records, why } => {
                self.skipped += records;
                self.skipped_why.get_or_insert(why);
            }
            Event::Progress { read, total } => (self.read, self.total) = (read, total),
            Event::Wait { until_ms } => self.phase = Phase::Waiting { until_ms },
            Event::Refused(refusal) => drop(self.refusal.get_or_insert(refusal)),
            Event::Capped { read, total } => {
                self.capped = true;
                (self.read, self.total) = (read, total);
            }
        }
    }
}
