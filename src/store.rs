//! What has been loaded. The book is a plain value; beside it stands a version that is bumped
//! when it changed, and what is to be said of each connection's run.

mod bringing;
mod files;
mod folders;
mod further;
mod meanings;
mod progress;
mod read_on;
mod refresh;
mod stranger;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use calls::book::{Book, Hits, Looking, Row};
use calls::filter::Filter;
use calls::period::Span;
use calls::words::Words;
use calls::{Call, CallKey, Zone};
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use load::refresh::Pace;
use load::{Connection, Connections, Listing, LoadState, Phase};
use providers::{Event, Query, Refusal};

use crate::browser::clock;
use crate::browser::wire::Wire;
use crate::notice::{self, Notice};
use files::Files;
use stranger::{of_stranger, unreadable};

pub use files::{FilePhase, FileState};

pub use further::{Further, How, Looked};

/// What is known of the proxy's connections.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Reach {
    /// Asked, no answer yet.
    #[default]
    Asking,
    /// Here they are.
    Ready(Connections),
    /// The proxy did not answer, or not as it should.
    Failed(Refusal),
}

/// The book, and how far its loading is. Cheap to copy: all fields are handles.
#[derive(Clone, Copy)]
pub struct Store {
    wire: StoredValue<Wire>,
    book: StoredValue<Book>,
    version: RwSignal<u64>,
    reach: RwSignal<Reach>,
    states: RwSignal<BTreeMap<Arc<str>, LoadState>>,
    as_of_ms: RwSignal<Option<i64>>,
    running: StoredValue<Vec<AbortHandle>>,
    /// What is loaded, whichever the connection.
    wanted: StoredValue<Option<Query>>,
    /// The connections that are being refreshed.
    refreshing: StoredValue<BTreeSet<Arc<str>>>,
    /// How often each connection is read again, and when it was read last.
    paces: RwSignal<BTreeMap<Arc<str>, (Pace, i64)>>,
    files: Files,
    /// Lists that were not read to their end.
    unread: read_on::Unread,
    /// What has been looked for beyond what is loaded.
    beyond: further::Beyond,
    /// The calls whose transcript has the text of the filter.
    hits: RwSignal<Option<HashSet<CallKey>>>,
    /// Connections whose outcomes have meant something else than is configured.
    mapped: StoredValue<BTreeSet<Arc<str>>>,
    /// The zone on screen, which says what hour of the week it was.
    zone: StoredValue<Option<Memo<Arc<Zone>>>>,
}

impl Store {
    /// An empty store over a wire.
    #[must_use]
    pub fn new(wire: Wire) -> Self {
        Self {
            wire: StoredValue::new(wire),
            book: StoredValue::new(Book::default()),
            version: RwSignal::new(0),
            reach: RwSignal::new(Reach::Asking),
            states: RwSignal::default(),
            as_of_ms: RwSignal::new(None),
            running: StoredValue::new(Vec::new()),
            wanted: StoredValue::new(None),
            refreshing: StoredValue::new(BTreeSet::new()),
            paces: RwSignal::default(),
            files: Files::new(),
            unread: read_on::Unread::default(),
            beyond: further::Beyond::default(),
            hits: RwSignal::default(),
            mapped: StoredValue::default(),
            zone: StoredValue::new(None),
        }
    }

    /// A store of which it is known what the proxy offers and how far each connection is, without
    /// anybody having been asked.
    #[must_use]
    pub fn settled(reach: Reach, states: BTreeMap<Arc<str>, LoadState>) -> Self {
        let (reach, states) = (RwSignal::new(reach), RwSignal::new(states));
        Self { reach, states, ..Self::new(Wire::default()) }
    }

    /// The wire.
    #[must_use]
    pub fn wire(self) -> Wire {
        self.wire.get_value()
    }

    /// What is known of the connections, tracked.
    #[must_use]
    pub fn reach(self) -> Reach {
        self.reach.get()
    }

    /// The connections of the proxy, and behind them the opened files, tracked.
    #[must_use]
    pub fn connections(self) -> Vec<Connection> {
        self.wired().into_iter().chain(self.files.connections()).collect()
    }

    /// The connections of the proxy, tracked; none until it answered.
    #[must_use]
    pub fn wired(self) -> Vec<Connection> {
        match self.reach.get() {
            Reach::Ready(connections) => connections.known,
            _ => Vec::new(),
        }
    }

    /// A connection by its id, tracked.
    #[must_use]
    pub fn connection(self, id: &str) -> Option<Connection> {
        let wired = self.reach.with(|reach| match reach {
            Reach::Ready(connections) => connections.find(id).cloned(),
            _ => None,
        });
        wired.or_else(|| self.files.connection(id))
    }

    /// What is wrong with a link to a call, if the connections are known, not tracked.
    #[must_use]
    pub fn wrong_link(self, key: &CallKey, words: &Words) -> Option<Notice> {
        self.reach.with_untracked(|reach| match reach {
            Reach::Ready(connections) => notice::of_link(key, connections, words),
            _ => None,
        })
    }

    /// The rows that a filter shows, tracked by the book's version: those that have its text, and
    /// those whose transcript has it.
    #[must_use]
    pub fn rows(self, filter: &Filter, span: Option<Span>) -> Vec<Row> {
        self.looking(Looking::at(filter, span), |book, looking| book.select(looking))
    }

    /// Looks for something in the book with what transcripts have of the filter's text, tracked by
    /// both.
    pub fn looking<T>(
        self,
        looking: Looking<'_>,
        look: impl FnOnce(&Book, &Looking<'_>) -> T,
    ) -> T {
        self.version.track();
        let asks_hours = !looking.filter.hours.is_open();
        let zone = self.zone.get_value().filter(|_| asks_hours).map(|zone| zone.get());
        let looking = zone.as_deref().map_or(looking, |zone| looking.on_wall(zone));
        self.hits.with(|hits| {
            self.book.with_value(|book| {
                let rows = hits.as_ref().map(|hits| hits.iter().filter_map(|key| book.row_of(key)));
                let hits: Option<Hits> = rows.map(Iterator::collect);
                look(book, &Looking { hits: hits.as_ref(), ..looking })
            })
        })
    }

    /// Says of which calls the transcript has the text of the filter; `None` where transcripts are
    /// not searched.
    pub fn set_hits(self, hits: Option<HashSet<CallKey>>) {
        if self.hits.with_untracked(|known| *known != hits) {
            self.hits.set(hits);
        }
    }

    /// The calls whose transcript has the text of the filter.
    #[must_use]
    pub fn hits(self) -> RwSignal<Option<HashSet<CallKey>>> {
        self.hits
    }

    /// Whether the proxy could not be reached, not tracked.
    #[must_use]
    pub fn reach_untracked_failed(self) -> bool {
        self.reach.with_untracked(|reach| matches!(reach, Reach::Failed(_)))
    }

    /// A connection's name on screen; its id where it is not known.
    #[must_use]
    pub fn connection_name(self, id: &str) -> String {
        let known = self.connection(id).map(|connection| connection.name);
        known.unwrap_or_else(|| id.to_owned())
    }

    /// An agent's name by the word that stands for it in filters (`connection/agent id`).
    #[must_use]
    pub fn agent_name(self, key: &str) -> String {
        let (connection, id) = key.split_once('/').unwrap_or(("", key));
        self.with_book(|book| book.agent_name(connection, id)).unwrap_or_else(|| id.to_owned())
    }

    /// Looks into the book, tracked by its version.
    pub fn with_book<T>(self, look: impl FnOnce(&Book) -> T) -> T {
        self.version.track();
        self.book.with_value(look)
    }

    /// A call by its identity, tracked by the book's version.
    #[must_use]
    pub fn call(self, key: &CallKey) -> Option<Call> {
        self.with_book(|book| book.find(key))
    }

    /// What the book knows of a row, as a memo that follows it. Whatever is drawn of a row reads
    /// this and stays, so that a change never costs it its focus or its sound.
    #[must_use]
    pub fn row(self, row: Row) -> Option<Memo<Call>> {
        let first = untrack(|| self.with_book(|book| book.call(row)))?;
        Some(Memo::new(move |_| {
            self.with_book(|book| book.call(row)).unwrap_or_else(|| first.clone())
        }))
    }

    /// Looks into the book without following it.
    pub fn look<T>(self, look: impl FnOnce(&Book) -> T) -> T {
        self.book.with_value(look)
    }

    /// How often the book changed, not tracked.
    #[must_use]
    pub fn version_untracked(self) -> u64 {
        self.version.get_untracked()
    }

    /// Takes what was read of several calls into the book.
    pub fn take_all(self, calls: Vec<Call>) {
        if calls.is_empty() {
            return;
        }
        self.book.update_value(|book| calls.into_iter().for_each(|call| book.take(call)));
        self.version.update(|version| *version += 1);
    }

    /// Takes what opening a call told into the book.
    pub fn take(self, call: Call) {
        self.book.update_value(|book| book.take(call));
        self.version.update(|version| *version += 1);
    }

    /// Forgets calls that turned out to be gone at their provider.
    pub fn purge(self, keys: &[CallKey]) {
        if keys.is_empty() {
            return;
        }
        self.book.update_value(|book| {
            for key in keys {
                book.purge(key);
            }
        });
        self.version.update(|version| *version += 1);
    }

    /// Asks the proxy which connections there are.
    pub fn reach_out(self) {
        self.reach.set(Reach::Asking);
        spawn_local(async move {
            let wire = self.wire();
            let reach = match wire.get_text("api/connections").await {
                Ok(text) => match Connections::parse(&text) {
                    Ok(connections) => Reach::Ready(connections),
                    Err(why) => Reach::Failed(unreadable(why)),
                },
                Err(refusal) => Reach::Failed(of_stranger(refusal)),
            };
            self.reach.set(reach);
        });
    }

    /// Loads the calls of a span from every connection, cancelling what was under way. What the
    /// book already holds stays on screen meanwhile.
    pub fn load(self, span: Span, deleted: bool, phone: Option<String>) {
        let query = Query { connection: "".into(), span, phone, deleted, now_ms: clock::now_ms() };
        self.wanted.set_value(Some(query.clone()));
        self.begin(&query, &self.wire());
    }

    /// Loads the same calls again, past what the proxy kept: a person asked for it.
    pub fn reload(self) {
        let Some(query) = self.wanted.get_value() else { return };
        // What was deleted meanwhile is asked for, so that it is seen to be.
        let query = Query { now_ms: clock::now_ms(), deleted: true, ..query };
        self.begin(&query, &self.wire().anew());
    }

    fn begin(self, query: &Query, wire: &Wire) {
        self.cancel();
        let connections = untrack(|| self.wired());
        self.forget_unread();
        let begun = connections.iter().map(|found| (found.id.clone(), LoadState::begun()));
        let files = untrack(|| self.files.connections());
        self.states.update(|states| {
            states.retain(|id, _| files.iter().any(|file| file.id == *id));
            states.extend(begun);
        });
        for connection in connections {
            let query = Query { connection: connection.id.clone(), ..query.clone() };
            let (run, handle) = abortable(self.run(connection, query, wire.clone()));
            self.running.update_value(|running| running.push(handle));
            spawn_local(async move {
                let _cancelled = run.await;
            });
        }
    }

    /// Cancels every run. Their requests are aborted and no late answer is shown.
    pub fn cancel(self) {
        let handles = self.running.try_update_value(std::mem::take).unwrap_or_default();
        handles.iter().for_each(AbortHandle::abort);
        self.refreshing.update_value(BTreeSet::clear);
    }

    async fn run(self, connection: Connection, query: Query, wire: Wire) {
        let listing = Listing::new(&connection, &query).at_once(self.unread.at_once());
        self.read(connection, listing, wire).await;
    }

    /// Takes an event of a connection's run.
    fn take_event(self, connection: &Connection, event: Event) {
        self.book.update_value(|book| {
            self.states.update(|states| {
                let state = states.entry(connection.id.clone()).or_default();
                state.take(connection, event, book);
            });
        });
        self.version.update(|version| *version += 1);
    }

    /// Notes that a connection's run has come to its end.
    fn end(self, connection: &Connection) {
        let mut ended = LoadState::default();
        self.states.update(|states| {
            let state = states.entry(connection.id.clone()).or_default();
            state.phase = Phase::Done;
            ended = state.clone();
        });
        self.note_end(&connection.id, &ended);
    }
}

/// Provides the store to everything below.
pub fn provide_store(store: Store) {
    provide_context(store);
}

/// The store.
#[must_use]
pub fn use_store() -> Store {
    use_context::<Store>().unwrap_or_else(|| Store::new(Wire::default()))
}
