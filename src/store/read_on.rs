//! Lists that were not read to their end: reading on in them, and asking providers for what the
//! filter allows instead.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use calls::filter::Filter;
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use load::{Connection, Listing, LoadState, Phase};
use providers::Narrow;

use super::Store;
use crate::browser::clock;
use crate::browser::wire::Wire;

/// How long a filter stands before providers are asked with it, milliseconds.
const SETTLED_MS: i64 = 600;

type Listings = BTreeMap<Arc<str>, Listing>;

/// The lists, and what is being read in their place. All fields are handles.
#[derive(Clone, Copy)]
pub(super) struct Unread {
    /// Records of a connection that are read at once; `None` is what its adapter says.
    at_once: StoredValue<Option<u64>>,
    /// Which load the lists belong to: a list of an earlier one is not gone on with.
    load: StoredValue<u64>,
    listings: StoredValue<Listings, LocalStorage>,
    /// Connections whose list can be read on, or is being read on.
    short: RwSignal<BTreeSet<Arc<str>>>,
    reading: StoredValue<BTreeMap<Arc<str>, AbortHandle>>,
    /// Lists that providers narrow down by the filter.
    narrowed: RwSignal<BTreeMap<Arc<str>, LoadState>>,
    narrowing: StoredValue<Vec<AbortHandle>>,
}

impl Default for Unread {
    fn default() -> Self {
        Self {
            at_once: StoredValue::new(None),
            load: StoredValue::new(0),
            listings: StoredValue::new_local(Listings::new()),
            short: RwSignal::default(),
            reading: StoredValue::new(BTreeMap::new()),
            narrowed: RwSignal::default(),
            narrowing: StoredValue::new(Vec::new()),
        }
    }
}

impl Unread {
    pub(super) fn at_once(self) -> Option<u64> {
        self.at_once.get_value()
    }
}

/// Gives a list back when its reading ends, also when it is stopped in the middle.
struct Lent {
    listing: Listing,
    connection: Arc<str>,
    load: u64,
    unread: Unread,
}

impl Drop for Lent {
    fn drop(&mut self) {
        let same = self.unread.load.try_get_value() == Some(self.load);
        if !same {
            return;
        }
        let (id, unread) = (self.connection.clone(), self.unread);
        if !self.listing.more() {
            let _ended = unread.short.try_update(|short| short.remove(&id));
            return;
        }
        let ended = self.listing.ended();
        let listing = std::mem::replace(&mut self.listing, ended);
        let _kept = unread.listings.try_update_value(|kept| kept.insert(id.clone(), listing));
        let _known = unread.short.try_update(|short| short.insert(id));
    }
}

impl Store {
    /// Sets how many records of a connection are read at once; a person reads on from there.
    pub fn read_at_once(self, records: Option<u64>) {
        self.unread.at_once.set_value(records);
    }

    pub(super) fn forget_unread(self) {
        let unread = self.unread;
        unread.load.update_value(|load| *load += 1);
        unread.listings.update_value(BTreeMap::clear);
        unread.reading.update_value(BTreeMap::clear);
        unread.short.set(BTreeSet::new());
    }

    pub(super) async fn read(self, connection: Connection, listing: Listing, wire: Wire) {
        let (id, unread) = (connection.id.clone(), self.unread);
        let mut lent = Lent { listing, connection: id, load: unread.load.get_value(), unread };
        lent.listing.read(&wire, |event| self.take_event(&connection, event)).await;
        drop(lent);
        self.end(&connection);
    }

    /// The connections whose list can be read on, or is being read on, tracked.
    #[must_use]
    pub fn short(self) -> BTreeSet<Arc<str>> {
        self.unread.short.get()
    }

    /// Whether a connection's list is being read, tracked.
    #[must_use]
    pub fn is_reading(self, connection: &Arc<str>) -> bool {
        self.states
            .with(|states| states.get(connection).is_some_and(|state| state.phase != Phase::Done))
    }

    /// Reads on where a connection's list was left.
    pub fn read_on(self, connection: &Arc<str>) {
        let unread = self.unread;
        let Some(connection) = untrack(|| self.connection(connection)) else { return };
        let listing = unread.listings.try_update_value(|kept| kept.remove(&connection.id));
        let Some(listing) = listing.flatten() else { return };
        self.states.update(|states| {
            let state = states.entry(connection.id.clone()).or_default();
            *state = state.going_on();
        });
        let id = connection.id.clone();
        let (run, handle) = abortable(self.read(connection, listing, self.wire()));
        self.running.update_value(|running| running.push(handle.clone()));
        unread.reading.update_value(|reading| drop(reading.insert(id, handle)));
        spawn_local(async move {
            let _stopped = run.await;
        });
    }

    /// Stops reading on. What came stays, and the list can be read on from there.
    pub fn stop_reading(self, connection: &Arc<str>) {
        let handle = self.unread.reading.try_update_value(|reading| reading.remove(connection));
        let Some(handle) = handle.flatten() else { return };
        handle.abort();
        self.states.update(|states| {
            let state = states.entry(connection.clone()).or_default();
            (state.phase, state.capped) = (Phase::Done, true);
        });
        self.as_of_ms.set(Some(clock::now_ms()));
    }

    /// What the filter allows to ask of the connections whose lists were not read to their end,
    /// where it is less than the list, tracked.
    #[must_use]
    pub fn narrowings(self, filter: &Filter) -> Vec<(Arc<str>, Narrow)> {
        let states = self.states.get();
        let cut = |connection: &Connection| {
            let state = states.get(&connection.id);
            state.is_some_and(|state| state.capped && state.phase == Phase::Done)
        };
        let narrow = |connection: Connection| {
            let id = &connection.id;
            let is_agent =
                |agent: &str| self.book.with_value(|book| book.agent_name(id, agent).is_some());
            let narrow = Narrow::of(filter, id, is_agent)?;
            connection.adapter.narrows(&narrow).then(|| (id.clone(), narrow))
        };
        self.wired().into_iter().filter(cut).filter_map(narrow).collect()
    }

    /// Asks providers for what a filter allows, in place of the rest of their lists.
    pub fn read_narrowed(self, narrowings: Vec<(Arc<str>, Narrow)>) {
        let before = self.unread.narrowing.try_update_value(std::mem::take).unwrap_or_default();
        before.iter().for_each(AbortHandle::abort);
        self.unread.narrowed.set(BTreeMap::new());
        for (id, narrow) in narrowings {
            let Some(connection) = untrack(|| self.connection(&id)) else { continue };
            let (run, handle) = abortable(self.narrowed_run(connection, narrow));
            self.unread.narrowing.update_value(|running| running.push(handle));
            spawn_local(async move {
                let _cancelled = run.await;
            });
        }
    }

    /// How far the lists are that providers narrow down, tracked.
    #[must_use]
    pub fn narrowed(self) -> BTreeMap<Arc<str>, LoadState> {
        self.unread.narrowed.get()
    }

    async fn narrowed_run(self, connection: Connection, narrow: Narrow) {
        clock::sleep_ms(SETTLED_MS).await;
        let Some(query) = self.query(&connection) else { return };
        let mut state = LoadState::begun();
        let show = |state: &LoadState| {
            let state = state.clone();
            self.unread.narrowed.update(|all| drop(all.insert(connection.id.clone(), state)));
        };
        show(&state);
        let mut listing = Listing::narrowed(&connection, &query, &narrow);
        let wire = self.wire();
        listing
            .read(&wire, |event| {
                self.book.update_value(|book| state.take(&connection, event, book));
                self.version.update(|version| *version += 1);
                show(&state);
            })
            .await;
        state.phase = Phase::Done;
        show(&state);
    }
}
