//! Takes the events of a run into the book, and keeps what is to be said about the run.

use std::collections::BTreeSet;

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
    /// Parts of the calls that are missing because of a refusal: names of agents, where calls are
    /// listed agent by agent.
    pub missing: Vec<String>,
    /// Names of the outcomes that calls can have, where the provider tells them.
    pub outcome_names: BTreeSet<String>,
    /// Calls that never began may be missing.
    pub doubtful: bool,
    /// Calls that turned out to be gone at the provider, and have been purged from the book.
    pub gone: usize,
    /// Why the last refresh did not work, while what was loaded before still stands.
    pub stale: Option<Refusal>,
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

    /// A refresh that begins over what this run brought: what is said of the run still holds.
    #[must_use]
    pub fn refreshing(&self) -> Self {
        Self { phase: Phase::Busy, stale: None, ..self.clone() }
    }

    /// The state of a run that goes on behind its cap, or where it was refused. Counts go on.
    #[must_use]
    pub fn going_on(&self) -> Self {
        let (read, total, gone) = (self.read, self.total, self.gone);
        let (skipped, skipped_why) = (self.skipped, self.skipped_why.clone());
        let doubtful = self.doubtful;
        Self { read, total, gone, skipped, skipped_why, doubtful, ..Self::begun() }
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
            Event::OutcomeNames(names) => self.outcome_names.extend(names),
            Event::Skipped { records, why } => {
                self.skipped += records;
                self.skipped_why.get_or_insert(why);
            }
            Event::Progress { read, total } => (self.read, self.total) = (read, total),
            Event::Wait { until_ms } => self.phase = Phase::Waiting { until_ms },
            Event::Refused(refusal) => drop(self.refusal.get_or_insert(refusal)),
            Event::Missing { part } => self.missing.push(part),
            Event::Doubtful => self.doubtful = true,
            Event::Gone(key) => self.gone += usize::from(book.purge(&key)),
            Event::Capped { read, total } => {
                self.capped = true;
                (self.read, self.total) = (read, total);
            }
        }
    }

    /// Takes one event of a refresh. Its refusal leaves standing what was loaded before, and its
    /// counts are those of a small window, which say nothing of the whole.
    pub fn take_refresh(&mut self, connection: &Connection, event: Event, book: &mut Book) {
        match event {
            Event::Refused(refusal) => drop(self.stale.get_or_insert(refusal)),
            Event::Progress { .. } | Event::Missing { .. } | Event::Skipped { .. } => {}
            Event::Doubtful => {}
            Event::Capped { .. } => self.capped = true,
            other => self.take(connection, other, book),
        }
    }
}
