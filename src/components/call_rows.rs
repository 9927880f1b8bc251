//! The calls of the list as rows of a pool.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use calls::book::{Book, Entry, Row};
use calls::{CallKey, Sort, Status, Zone};
use leptos::prelude::*;
use search::Snippet;

use crate::browser::row_pool::Rows;
use crate::chosen::Chosen;
use crate::components::row_template::{RowStand, write_row};
use crate::components::row_words::Teller;
use crate::locale::Locale;
use crate::nav::Nav;
use crate::place::{CallLinks, Place};
use crate::selection::Selection;
use crate::store::Store;
use crate::table::Column;
use crate::transcripts::{Transcripts, use_transcripts};
use crate::ui::row_part::RowCells;

/// A call that runs began within this time, milliseconds. Nobody talks for longer than a day.
const RUNNING_SINCE_MS: i64 = 86_400_000;

/// The calls of the list. What it shows is taken over by [`CallRows::take`], so that it never
/// changes between two drawings without the pool being told.
pub struct CallRows {
    store: Store,
    selection: Selection,
    nav: Nav,
    chosen: Chosen,
    locale: Locale,
    transcripts: Transcripts,
    shown: RefCell<Shown>,
}

struct Shown {
    rows: Arc<Vec<Row>>,
    columns: Vec<Column>,
    names: Vec<(Arc<str>, String)>,
    zone: Arc<Zone>,
    /// The place that the links go out from, and the links.
    from: (Place, CallLinks),
}

impl CallRows {
    /// No rows yet.
    #[must_use]
    pub fn new(
        store: Store,
        selection: Selection,
        nav: Nav,
        chosen: Chosen,
        locale: Locale,
    ) -> Rc<Self> {
        let zone = selection.zone_untracked();
        let names = Vec::new();
        let from = (Place::default(), Place::default().call_links());
        let shown = Shown { rows: Arc::default(), columns: Vec::new(), names, zone, from };
        let transcripts = use_transcripts();
        let shown = RefCell::new(shown);
        Rc::new(Self { store, selection, nav, chosen, locale, transcripts, shown })
    }

    /// Takes over what is to be shown now.
    pub fn take(&self) {
        let rows = self.selection.rows.get_untracked();
        let sort = self.nav.place_untracked().sort;
        let now_ms = self.selection.now_ms.get_untracked();
        let rows = if sort == Sort::default() {
            self.look(|book| running_first(rows, book, now_ms))
        } else {
            rows
        };
        self.shown.borrow_mut().rows = rows;
        self.take_names();
    }

    /// Takes over how things are called now.
    pub fn take_names(&self) {
        let connections = untrack(|| self.store.connections());
        let names = connections.into_iter().map(|connection| (connection.id, connection.name));
        let mut shown = self.shown.borrow_mut();
        shown.names = names.collect();
        shown.zone = self.selection.zone_untracked();
    }

    /// Shows these columns.
    pub fn set_columns(&self, columns: Vec<Column>) {
        self.shown.borrow_mut().columns = columns;
    }

    /// The identity of the call in a row.
    #[must_use]
    pub fn key(&self, row: usize) -> Option<CallKey> {
        let row = self.shown.borrow().rows.get(row).copied()?;
        self.look(|book| book.entry(row).map(|entry| entry.key()))
    }

    /// The identities of the calls in these rows.
    #[must_use]
    pub fn keys(&self, rows: std::ops::RangeInclusive<usize>) -> Vec<CallKey> {
        let shown = self.shown.borrow();
        let rows = rows.filter_map(|row| shown.rows.get(row).copied());
        self.look(|book| rows.filter_map(|row| Some(book.entry(row)?.key())).collect())
    }

    /// The row of a call.
    #[must_use]
    pub fn find(&self, key: &CallKey) -> Option<usize> {
        let row = self.look(|book| book.row_of(key))?;
        self.shown.borrow().rows.iter().position(|other| *other == row)
    }

    /// Whether one of these rows says how long its call has been running.
    #[must_use]
    pub fn any_running(&self, rows: &[usize]) -> bool {
        let shown = self.shown.borrow();
        let mut rows = rows.iter().filter_map(|row| shown.rows.get(*row));
        self.look(|book| rows.any(|row| book.entry(*row).is_some_and(|entry| ticks(&entry))))
    }

    /// What was found in a call's transcript.
    #[must_use]
    pub fn hit(&self, key: &CallKey) -> Option<Snippet> {
        untrack(|| self.transcripts.snippet(key))
    }

    /// Says that these rows are drawn: their transcripts are read first, and where one has what is
    /// searched for, it is asked what to show of it.
    pub fn look_at_hits(&self, rows: &[usize]) {
        let shown = self.shown.borrow();
        let rows = rows.iter().filter_map(|row| shown.rows.get(*row));
        let keys: Vec<CallKey> =
            self.look(|book| rows.filter_map(|row| Some(book.entry(*row)?.key())).collect());
        self.transcripts.see(&keys);
        self.store.hits().with_untracked(|hits| {
            let Some(hits) = hits else { return };
            self.transcripts.look_at(keys.into_iter().filter(|key| hits.contains(key)));
        });
    }

    /// Whether a call is open, after the links have been brought to the place where one is.
    fn is_open(&self, key: &CallKey) -> bool {
        self.nav.look(|place| {
            let from = &mut self.shown.borrow_mut().from;
            if from.0 != *place {
                *from = (place.clone(), place.call_links());
            }
            place.call.as_ref() == Some(key)
        })
    }

    fn look<T>(&self, look: impl FnOnce(&Book) -> T) -> T {
        untrack(|| self.store.with_book(look))
    }
}

fn ticks(entry: &Entry<'_>) -> bool {
    *entry.status() == Status::InProgress
        && entry.duration_ms().is_none()
        && entry.started_ms().is_some()
}

/// Ringing is the beginning of it.
fn is_running(entry: &Entry<'_>) -> bool {
    matches!(entry.status(), Status::InProgress | Status::Ringing)
}

/// Puts the calls that are running before all others. The rows come newest first.
fn running_first(mut rows: Arc<Vec<Row>>, book: &Book, now_ms: i64) -> Arc<Vec<Row>> {
    let young = |row: &Row| {
        let started_ms = book.entry(*row).and_then(|entry| entry.started_ms());
        started_ms.is_some_and(|started_ms| now_ms - started_ms < RUNNING_SINCE_MS)
    };
    let young = rows.iter().take_while(|row| young(row)).count();
    // Mostly there is none, and then nothing is copied.
    if young > 0
        && let Some(young) = Arc::make_mut(&mut rows).get_mut(..young)
    {
        let is_running = |row: &Row| book.entry(*row).is_some_and(|entry| is_running(&entry));
        let (running, over): (Vec<Row>, Vec<Row>) = young.iter().partition(|row| is_running(row));
        let in_order = running.into_iter().chain(over);
        young.iter_mut().zip(in_order).for_each(|(place, row)| *place = row);
    }
    rows
}

impl Rows for CallRows {
    fn len(&self) -> usize {
        self.shown.borrow().rows.len()
    }

    fn id(&self, row: usize) -> u64 {
        self.shown.borrow().rows.get(row).copied().map_or(u64::MAX, u64::from)
    }

    fn position(&self, id: u64) -> Option<usize> {
        self.shown.borrow().rows.iter().position(|row| u64::from(*row) == id)
    }

    fn write(&self, row: usize, cells: &mut dyn RowCells) {
        let Some(number) = self.shown.borrow().rows.get(row).copied() else { return };
        self.look(|book| {
            let Some(call) = book.call(number) else { return };
            let open = self.is_open(&call.key);
            let shown = self.shown.borrow();
            let connection = shown.names.iter().find(|(id, _)| *id == call.key.connection);
            let hit = self.hit(&call.key);
            let teller = Teller {
                connection: connection.map_or(&*call.key.connection, |(_, name)| name),
                locale: self.locale,
                zone: &shown.zone,
                now_ms: self.selection.now_ms.get_untracked(),
                hit: hit.as_ref(),
            };
            let words = teller.row(&call, &shown.columns, cells.flies());
            let stand = RowStand {
                index: row + 2,
                open,
                ticked: self.chosen.has_untracked(&call.key),
                href: shown.from.1.to(&call.key, hit.as_ref()),
            };
            write_row(&words, &stand, &shown.columns, cells);
        });
    }
}
