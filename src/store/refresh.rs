//! Keeps what is on screen true: reads again, by itself and while somebody looks, what may have
//! changed. Scroll, selection, the open call and its sound stay as they are.

use std::sync::Arc;

use calls::CallKey;
use leptos::prelude::*;
use leptos::task::spawn_local;
use load::refresh::{self, Refresh, Reopened};
use load::{Connection, LoadState, Phase};
use providers::{Event, Query};

use super::Store;
use crate::browser::{clock, document};
use crate::parts;
use crate::ui::lazy::at_last;

/// How often it is looked whether a connection is due, milliseconds.
const LOOK_MS: i64 = 5_000;

/// No connection is due sooner, milliseconds.
const NOT_BEFORE_MS: i64 = 30_000;

impl Store {
    /// Refreshes connections as they become due, as long as the app lives. What does that is fetched
    /// when there may be something to do.
    pub fn refresh_by_itself(self) {
        spawn_local(async move {
            clock::sleep_ms(NOT_BEFORE_MS).await;
            at_last(|| parts::refreshing(self)).await;
        });
    }

    /// Looks from now on whether a connection is due.
    pub(crate) fn begin_refreshing(self) {
        spawn_local(async move {
            // The app is gone once its signals are.
            while let Some(due) = self.due(clock::now_ms(), document::is_hidden()) {
                for connection in due {
                    let (run, handle) = futures_util::future::abortable(self.refresh(connection));
                    self.running.update_value(|running| running.push(handle));
                    spawn_local(async move {
                        let _cancelled = run.await;
                    });
                }
                clock::sleep_ms(LOOK_MS).await;
            }
        });
    }

    /// When a connection was last read, tracked.
    #[must_use]
    pub fn read_at_ms(self, connection: &Arc<str>) -> Option<i64> {
        self.paces.with(|paces| paces.get(connection).map(|(_, ended_ms)| *ended_ms))
    }

    /// Notes how a run or a refresh of a connection ended, and when.
    pub(super) fn note_end(self, connection: &Arc<str>, state: &LoadState) {
        let now_ms = clock::now_ms();
        self.paces.update(|paces| {
            let (pace, ended_ms) = paces.entry(connection.clone()).or_default();
            (*pace, *ended_ms) = (pace.after(state), now_ms);
        });
        self.as_of_ms.set(Some(now_ms));
    }

    fn due(self, now_ms: i64, hidden: bool) -> Option<Vec<Connection>> {
        let states = self.states.try_get_untracked()?;
        let paces = self.paces.try_get_untracked()?;
        let is_due = |connection: &Connection| {
            let (Some(state), Some((pace, ended_ms))) =
                (states.get(&connection.id), paces.get(&connection.id))
            else {
                return false;
            };
            let under_way = self.refreshing.with_value(|ids| ids.contains(&connection.id));
            let next_ms = pace.next_ms(*ended_ms, hidden, state);
            !under_way
                && state.phase == Phase::Done
                && next_ms.is_some_and(|next_ms| next_ms <= now_ms)
        };
        let connections = untrack(|| self.wired());
        Some(connections.into_iter().filter(is_due).collect())
    }

    async fn refresh(self, connection: Connection) {
        let Some(query) = self.query(&connection) else { return };
        self.refreshing.update_value(|under_way| {
            under_way.insert(connection.id.clone());
        });
        let plan =
            self.book.with_value(|book| Refresh::plan(book, &connection, query.span, query.now_ms));
        let mut state = self.state(&connection.id).refreshing();
        let wire = self.wire().refreshing();
        refresh::refresh(&wire, &connection, &query, &plan, |event| {
            self.book.update_value(|book| match plan {
                Refresh::Reload => state.take(&connection, event, book),
                Refresh::Changed { .. } => state.take_refresh(&connection, event, book),
            });
            self.version.update(|version| *version += 1);
        })
        .await;
        state.phase = Phase::Done;
        self.refreshing.update_value(|under_way| {
            under_way.remove(&connection.id);
        });
        self.note_end(&connection.id, &state);
        self.states.update(|states| {
            let now = states.entry(connection.id.clone()).or_default();
            // A list that is being read on meanwhile keeps its own counts.
            if now.phase == Phase::Done {
                *now = state;
            } else {
                now.stale = state.stale;
            }
        });
    }

    fn state(self, connection: &Arc<str>) -> LoadState {
        let states = self.states.get_untracked();
        states.get(connection).cloned().unwrap_or_default()
    }

    pub(super) fn query(self, connection: &Connection) -> Option<Query> {
        let mut query = self.wanted.get_value()?;
        query.connection = connection.id.clone();
        query.now_ms = clock::now_ms();
        Some(query)
    }

    /// Reads an open call again, quietly: what could not be read now stays as it was.
    pub async fn reopen(self, connection: &Connection, key: &CallKey) -> Reopened {
        // A purge must not be hidden by an answer that the proxy kept.
        let wire = self.wire().refreshing().anew();
        let reopened = refresh::reopen(&wire, connection, key, |event| {
            if let Event::Gone(key) = event {
                self.book.update_value(|book| {
                    book.purge(&key);
                });
                self.version.update(|version| *version += 1);
            }
        })
        .await;
        if let Reopened::Call(opened) = &reopened {
            self.take(opened.call.clone());
        }
        reopened
    }
}
