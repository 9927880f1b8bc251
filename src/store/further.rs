//! Looking further than what is loaded, for what somebody typed. What is found goes into the book
//! like any other call; the chosen days decide what of it the list shows.

use std::collections::BTreeMap;
use std::sync::Arc;

use calls::filter::{Filter, Mark};
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use load::further;
use load::{Connection, LoadState, Phase};
use providers::{Event, Query, Sought};

use super::Store;
use crate::browser::clock;
use crate::parts;
use crate::ui::lazy::at_last;

/// How long nobody types before anybody is asked, milliseconds.
const SETTLED_MS: i64 = 700;

/// What is looked for, and how far that has come with each connection.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Further {
    /// What is looked for; `None` while nothing is.
    pub sought: Option<Sought>,
    /// Per connection that the filter lets through.
    pub looked: BTreeMap<Arc<str>, Looked>,
}

/// How far one connection has been looked into.
#[derive(Clone, PartialEq, Debug)]
pub struct Looked {
    /// In which way.
    pub how: How,
    /// How far that is.
    pub state: LoadState,
}

/// How a connection is looked into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// Its provider is asked, and looks at everything it has.
    Asked,
    /// Its provider cannot be asked: its list is read back, when a person wishes so.
    Back {
        /// UTC milliseconds since when everything has been read; `None`: only what is loaded.
        since_ms: Option<i64>,
    },
}

/// All fields are handles.
#[derive(Clone, Copy)]
pub(super) struct Beyond {
    found: RwSignal<Further>,
    /// What the runs are for: the same is not asked twice.
    asked: StoredValue<Option<Question>>,
    asking: Runs,
    reading_back: Runs,
}

type Runs = StoredValue<Vec<AbortHandle>>;

/// What is looked for, in which connections, and whether deleted calls are looked for, too.
type Question = (Sought, Vec<String>, bool);

impl Default for Beyond {
    fn default() -> Self {
        Self {
            found: RwSignal::default(),
            asked: StoredValue::new(None),
            asking: StoredValue::new(Vec::new()),
            reading_back: StoredValue::new(Vec::new()),
        }
    }
}

impl Store {
    /// What has been looked for beyond what is loaded, tracked.
    #[must_use]
    pub fn further(self) -> Further {
        self.beyond.found.get()
    }

    /// Looks for what a filter's texts name, in everything that providers can be asked for, once
    /// nobody types any more. What was looked for before is cancelled.
    pub fn look_further(self, filter: &Filter) {
        let question = Sought::of(filter)
            .map(|sought| (sought, filter.connections.clone(), filter.marks.shows(Mark::Deleted)));
        if self.beyond.asked.with_value(|asked| *asked == question) {
            return;
        }
        self.beyond.asked.set_value(question.clone());
        self.cancel_looking();
        self.beyond.found.set(Further::default());
        let Some((sought, connections, _)) = question else { return };
        begin(self.beyond.asking, async move {
            clock::sleep_ms(SETTLED_MS).await;
            // The section below the list says so if what looks cannot be fetched: it is drawn by
            // the same part.
            self.beyond.found.set(Further { sought: Some(sought.clone()), ..Further::default() });
            at_last(|| parts::look_further(self, sought.clone(), connections.clone())).await;
        });
    }

    /// Looks in some connections, or in all if none is named, for what has been typed.
    pub(crate) fn begin_looking_further(self, sought: Sought, connections: &[String]) {
        let wanted = |connection: &Connection| {
            connections.is_empty() || connections.iter().any(|id| **id == *connection.id)
        };
        for connection in untrack(|| self.wired()).into_iter().filter(wanted) {
            self.ask(connection, sought.clone());
        }
    }

    /// Looks for a number at once, whatever is typed: for whoever stands in a record of a CRM.
    pub fn look_for_number(self, phone: &str) {
        let sought = Sought::Number(phone.to_owned());
        self.cancel_looking();
        self.beyond.found.set(Further { sought: Some(sought.clone()), ..Further::default() });
        for connection in untrack(|| self.wired()) {
            let Some(query) = self.query(&connection) else { return };
            let query = Query { phone: sought.international(), ..query };
            match connection.adapter.last_call(&query) {
                Some(_) => self.ask_last(connection, query),
                None => self.ask(connection, sought.clone()),
            }
        }
    }

    /// Reads back through the lists of connections that cannot be asked.
    pub fn look_back(self) {
        let looked = self.beyond.found.with_untracked(|further| further.looked.clone());
        for (id, looked) in looked {
            let How::Back { since_ms } = looked.how else { continue };
            let Some(connection) = untrack(|| self.connection(&id)) else { continue };
            let Some(mut query) = self.query(&connection) else { continue };
            query.span.from_ms = since_ms.unwrap_or(i64::MAX).min(query.span.from_ms);
            self.note(&id, |looked| looked.state = LoadState::begun());
            begin(self.beyond.reading_back, self.read_back(connection, query));
        }
    }

    /// Stops reading back; how far it has come stands.
    pub fn stop_looking(self) {
        cancel(self.beyond.reading_back);
        self.beyond.found.update(|further| {
            let is_back = |looked: &&mut Looked| matches!(looked.how, How::Back { .. });
            for looked in further.looked.values_mut().filter(is_back) {
                looked.state.phase = Phase::Idle;
            }
        });
    }

    fn cancel_looking(self) {
        cancel(self.beyond.asking);
        cancel(self.beyond.reading_back);
    }

    fn note(self, connection: &Arc<str>, note: impl FnOnce(&mut Looked)) {
        self.beyond.found.update(|further| {
            if let Some(looked) = further.looked.get_mut(connection) {
                note(looked);
            }
        });
    }

    fn begin_looking(self, connection: &Arc<str>, how: How, state: LoadState) {
        let looked = Looked { how, state };
        self.beyond.found.update(|further| drop(further.looked.insert(connection.clone(), looked)));
    }

    fn ask(self, connection: Connection, sought: Sought) {
        let Some(query) = self.query(&connection) else { return };
        if further::can_ask(&connection, &query, &sought) {
            self.begin_looking(&connection.id, How::Asked, LoadState::begun());
        } else {
            let how = How::Back { since_ms: None };
            self.begin_looking(&connection.id, how, LoadState::default());
            // A call's own id is enough for opening it.
            if !matches!(sought, Sought::Id(_)) {
                return;
            }
        }
        begin(self.beyond.asking, async move {
            let wire = self.wire().background();
            let take = |event| self.take_found(&connection, event);
            further::seek(&wire, &connection, &query, &sought, take).await;
            self.note(&connection.id, |looked| looked.state.phase = Phase::Done);
        });
    }

    fn ask_last(self, connection: Connection, query: Query) {
        self.begin_looking(&connection.id, How::Asked, LoadState::begun());
        begin(self.beyond.asking, async move {
            let wire = self.wire().background();
            let event = match further::last_call(&wire, &connection, &query).await {
                Ok(call) => Event::Calls(call.into_iter().collect()),
                Err(refusal) => Event::Refused(refusal),
            };
            self.take_found(&connection, event);
            self.note(&connection.id, |looked| looked.state.phase = Phase::Done);
        });
    }

    async fn read_back(self, connection: Connection, query: Query) {
        let id = connection.id.clone();
        let reached = |since_ms| {
            self.note(&id, |looked| looked.how = How::Back { since_ms: Some(since_ms) });
        };
        let wire = self.wire().background();
        let take = |event| self.take_found(&connection, event);
        further::look_back(&wire, &connection, &query, reached, take).await;
        self.note(&id, |looked| looked.state.phase = Phase::Done);
    }

    fn take_found(self, connection: &Connection, event: Event) {
        self.book.update_value(|book| {
            self.note(&connection.id, |looked| looked.state.take(connection, event, book));
        });
        self.version.update(|version| *version += 1);
    }
}

fn begin(runs: Runs, run: impl Future<Output = ()> + 'static) {
    let (run, handle) = abortable(run);
    runs.update_value(|runs| runs.push(handle));
    spawn_local(async move {
        let _cancelled = run.await;
    });
}

fn cancel(runs: Runs) {
    let before = runs.try_update_value(std::mem::take).unwrap_or_default();
    before.iter().for_each(AbortHandle::abort);
}
