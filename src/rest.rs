//! The rest of what only opening a call tells (scores, latencies, tool errors): read when somebody
//! asks for it, so that a filter on it can tell of all calls.

use std::collections::BTreeMap;

use calls::Call;
use calls::book::Row;
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use load::fill::{Fill, opening_ms};

use crate::browser::clock;
use crate::parts;
use crate::store::{Store, use_store};
use crate::ui::lazy::at_last;

/// Most calls that are opened in one go: the newest.
const MOST: usize = 20_000;

/// How often the list hears of what has come, milliseconds.
const TELL_MS: i64 = 1_000;

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Calls that have been opened, or could not be.
    pub done: usize,
    /// Of so many.
    pub of: usize,
    /// Milliseconds that are left, as far as that is known.
    pub left_ms: Option<i64>,
}

/// The reading. Cheap to copy: all fields are handles.
#[derive(Clone, Copy)]
pub struct Rest {
    store: Store,
    progress: RwSignal<Option<Progress>>,
    running: StoredValue<Option<AbortHandle>>,
}

impl Rest {
    /// Nothing is being read.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store, progress: RwSignal::default(), running: StoredValue::default() }
    }

    /// How far it is, tracked; `None` while nothing is being read.
    #[must_use]
    pub fn progress(self) -> Option<Progress> {
        self.progress.get()
    }

    /// Of these rows, those that can be opened: files have told what they hold.
    #[must_use]
    pub fn open_to_asking(self, rows: Vec<Row>) -> Vec<Row> {
        let wired = untrack(|| self.store.wired());
        let is_wired = |id: &str| wired.iter().any(|connection| &*connection.id == id);
        self.store.look(|book| {
            let asked =
                |row: &Row| book.entry(*row).is_some_and(|call| is_wired(call.connection()));
            rows.into_iter().filter(asked).take(MOST).collect()
        })
    }

    /// How long opening these calls takes, by the providers' limits, milliseconds.
    #[must_use]
    pub fn estimate_ms(self, rows: &[Row]) -> Option<i64> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        self.store.look(|book| {
            for call in rows.iter().filter_map(|row| book.entry(*row)) {
                match counts.get_mut(call.connection()) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(call.connection().to_owned(), 1)),
                }
            }
        });
        let wired = untrack(|| self.store.wired());
        let times = wired.iter().filter_map(|connection| {
            opening_ms(connection, counts.get(&*connection.id).copied().unwrap_or_default())
        });
        times.max()
    }

    /// Begins to open these calls.
    pub fn begin(self, rows: &[Row]) {
        self.stop();
        self.progress.set(Some(Progress { of: rows.len(), ..Progress::default() }));
        let rows = rows.to_vec();
        // Without a network nothing could be opened either: it waits until there is one again, or
        // somebody stops it.
        let (fetch, handle) = abortable(at_last(move || parts::open_rest(self, rows.clone())));
        self.running.set_value(Some(handle));
        spawn_local(async move {
            let _stopped = fetch.await;
        });
    }

    /// Opens them.
    pub(crate) fn open(self, rows: &[Row]) {
        let mut fill = Fill::opening();
        let now_ms = clock::now_ms();
        self.store.look(|book| fill.plan(book, rows.iter().copied(), now_ms));
        let (run, handle) = abortable(self.run(fill));
        self.running.set_value(Some(handle));
        spawn_local(async move {
            if run.await.is_ok() {
                let _gone = self.progress.try_set(None);
            }
        });
    }

    /// Stops. What has come stays.
    pub fn stop(self) {
        let running = self.running.try_update_value(Option::take).flatten();
        if let Some(running) = running {
            running.abort();
        }
        let _gone = self.progress.try_set(None);
    }

    async fn run(self, mut fill: Fill) {
        let (mut read, mut told_ms) = (Vec::<Call>::new(), clock::now_ms());
        let connections = untrack(|| self.store.wired());
        self.store
            .bring_all(&mut fill, |fill, brought| {
                if let Some(brought) = brought {
                    self.store.purge(&brought.gone);
                    read.extend(brought.opened.into_iter().map(|(call, _)| call));
                }
                let now_ms = clock::now_ms();
                if now_ms - told_ms >= TELL_MS {
                    // In one go, so that the list is not drawn for each.
                    self.store.take_all(std::mem::take(&mut read));
                    told_ms = now_ms;
                }
                let coverage = fill.coverage(&connections, now_ms);
                let (done, of) = (coverage.loaded + coverage.refused, coverage.total);
                let progress = Progress { done, of, left_ms: coverage.left_ms };
                let _gone = self.progress.try_set(Some(progress));
            })
            .await;
        self.store.take_all(read);
    }
}

/// Provides the reading to everything below.
pub fn provide_rest(rest: Rest) {
    provide_context(rest);
}

/// The reading; where nobody provided one, one that nobody asked for.
#[must_use]
pub fn use_rest() -> Rest {
    use_context::<Rest>().unwrap_or_else(|| Rest::new(use_store()))
}
