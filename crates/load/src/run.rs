//! Runs over lists, and the opening of one call.

use std::collections::VecDeque;

use calls::{CallKey, OpenedCall};
use futures_util::stream::{FuturesUnordered, StreamExt};
use providers::{Event, Fetch, Narrow, Query, Refusal, RefusalKind, Request, RequestId};

use providers::paging::Run;

use crate::connection::Connection;
use crate::transport::Transport;

/// Requests under way at once for one connection.
const MOST_AT_ONCE: usize = 4;

/// A list that is being read, and that can be gone on with: behind the cap, after a refusal, or
/// after it was cancelled.
pub struct Listing {
    connection: Connection,
    fetch: Box<dyn Fetch>,
    /// How many records are read at once, if fewer than the fetch's own cap.
    at_once: Option<u64>,
    /// Records read so far, and records there are.
    read: (u64, Option<u64>),
}

impl Listing {
    /// A list that has not been asked for yet.
    #[must_use]
    pub fn new(connection: &Connection, query: &Query) -> Self {
        Self::of(connection, connection.adapter.start(query))
    }

    /// A list that the provider narrows down as far as it can.
    #[must_use]
    pub fn narrowed(connection: &Connection, query: &Query, narrow: &Narrow) -> Self {
        Self::of(connection, connection.adapter.start_narrowed(query, narrow))
    }

    /// What a fetch over this connection reads.
    #[must_use]
    pub fn of(connection: &Connection, fetch: Box<dyn Fetch>) -> Self {
        Self { connection: connection.clone(), fetch, at_once: None, read: (0, None) }
    }

    /// A list that has been read to its end, to stand in the place of another one.
    #[must_use]
    pub fn ended(&self) -> Self {
        Self::of(&self.connection, Box::new(Run::new(None, Vec::new())))
    }

    /// The same list, of which every [`Listing::read`] reads about so many records and then stops,
    /// as if it had come to the provider's cap.
    #[must_use]
    pub fn at_once(self, records: Option<u64>) -> Self {
        Self { at_once: records, ..self }
    }

    /// Reads it to its end or its cap, and hands out what it finds as it comes. Dropping the future
    /// cancels the run.
    pub async fn read<T: Transport>(&mut self, transport: &T, mut found: impl FnMut(Event)) {
        let connection = &self.connection.id;
        let stop_at = self.at_once.map(|records| self.read.0.saturating_add(records));
        let mut ready: VecDeque<(RequestId, Request)> = VecDeque::new();
        let mut under_way = FuturesUnordered::new();
        let mut wait_until_ms = None;
        loop {
            if under_way.is_empty()
                && let Some(until_ms) = wait_until_ms.take()
            {
                transport.wait_until(until_ms).await;
            }
            if wait_until_ms.is_none() {
                ready.extend(self.fetch.next());
            }
            while wait_until_ms.is_none() && under_way.len() < MOST_AT_ONCE {
                let Some((id, request)) = ready.pop_front() else { break };
                under_way.push(async move { (id, transport.send(connection, &request).await) });
            }
            let Some((id, answer)) = under_way.next().await else {
                if wait_until_ms.is_none() && ready.is_empty() {
                    break;
                }
                continue;
            };
            let events = match answer {
                Ok(answer) => self.fetch.feed(id, &answer, transport.now_ms()),
                Err(refusal) => self.fetch.lost(id, refusal, transport.now_ms()),
            };
            let mut ended = events.iter().any(ends_the_run);
            for event in events {
                if let Event::Progress { read, total } = event {
                    self.read = (read, total);
                }
                if let Event::Wait { until_ms } = event {
                    wait_until_ms = wait_until_ms.max(Some(until_ms));
                }
                found(event);
            }
            let (read, total) = self.read;
            if stop_at.is_some_and(|stop_at| read >= stop_at) && !self.fetch.is_done() {
                found(Event::Capped { read, total });
                ended = true;
            }
            if ended {
                break;
            }
        }
    }

    /// Whether there is something to go on with; if so, [`Listing::read`] reads on.
    pub fn more(&mut self) -> bool {
        self.fetch.more()
    }
}

impl std::fmt::Debug for Listing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Listing({:?})", self.connection)
    }
}

/// No network was waited for and is still not there: whatever else is asked would fail alike.
fn ends_the_run(event: &Event) -> bool {
    matches!(event, Event::Refused(refusal) if refusal.kind == RefusalKind::Unreachable)
}

/// Reads a connection's list and hands out what it finds as it comes. Dropping the future
/// cancels the run.
pub async fn list<T: Transport>(
    transport: &T,
    connection: &Connection,
    query: &Query,
    found: impl FnMut(Event),
) {
    Listing::new(connection, query).read(transport, found).await;
}

/// Opens one call: everything its provider has of it.
///
/// # Errors
/// Why the provider, or the way to it, refused.
pub async fn open<T: Transport>(
    transport: &T,
    connection: &Connection,
    key: &CallKey,
) -> Result<OpenedCall, Refusal> {
    let request = connection.adapter.detail(&key.reference);
    let answer = transport.send(&connection.id, &request).await?;
    connection.read_call(key, &answer, transport.now_ms())
}

#[cfg(test)]
mod tests;
