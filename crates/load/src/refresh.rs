//! What is read again, so that what is on the screen stays true without asking for everything
//! again: new calls, the last two days, what was not finished, and the call that is open.

use std::sync::Arc;

use calls::book::{Book, Entry};
use calls::filter::{Filter, Mark, Wanted};
use calls::period::Span;
use calls::{Call, CallKey, OpenedCall, Recording, Reference, Status, Success};
use providers::{Answer, Event, MOST_DETAILS, Patience, Query, Refusal, RefusalKind, Request};

use crate::connection::Connection;
use crate::run;
use crate::transport::Transport;

mod pace;

pub use pace::Pace;

/// Calls that are younger than this change: notes are added, outcomes and recordings appear.
const YOUNG_MS: i64 = 48 * 3_600_000;

/// Calls that are older than this are left as they are: what has not appeared never will.
const OLD_MS: i64 = 7 * 24 * 3_600_000;

/// A refresh begins on a step of this length, so that everybody who refreshes at about the same
/// time asks the same, and the proxy asks the provider once.
const STEP_MS: i64 = 15 * 60_000;

/// Most calls that are opened one by one in a refresh, each being a request.
const MOST_SINGLE: usize = 5;

/// What a refresh of one connection reads again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refresh {
    /// The whole range: nothing of it is known yet, or a person asked for it.
    Reload,
    /// Only what may have changed.
    Changed {
        /// The part of the list that is read; `None` if the range is too old to change.
        span: Option<Span>,
        /// Unfinished calls outside that part, newest first.
        again: Vec<CallKey>,
    },
}

impl Refresh {
    /// What to read again of a connection, of which `book` holds what was loaded in `span`.
    #[must_use]
    pub fn plan(book: &Book, connection: &Connection, span: Span, now_ms: i64) -> Self {
        let mut filter =
            Filter { connections: vec![connection.id.to_string()], ..Filter::default() };
        filter.marks.set(Mark::Deleted, Wanted::Any);
        // Newest first; calls without a time are in every span, and not among these.
        let rows = book.rows(&filter, Some(span));
        let known = || {
            let entries = rows.iter().filter_map(|row| book.entry(*row));
            entries.filter_map(|entry| Some((entry.started_ms()?, entry)))
        };
        let Some((newest, _)) = known().next() else { return Self::Reload };
        let listed = listed_span(span, newest, now_ms);
        let is_listed = |at_ms: i64| listed.is_some_and(|listed| listed.holds(at_ms));
        let tells_outcomes = known().any(|(_, call)| !lacks_outcome(&call));
        let again: Vec<CallKey> = known()
            .take_while(|(at_ms, _)| now_ms.saturating_sub(*at_ms) < OLD_MS)
            .filter(|(at_ms, call)| !is_listed(*at_ms) && is_unfinished(call, tells_outcomes))
            .map(|(_, call)| call.key())
            .take(MOST_DETAILS)
            .collect();
        let most = most_again(connection, &again);
        Self::Changed { span: listed, again: again.into_iter().take(most).collect() }
    }
}

/// New calls since the newest one that is known, and at least the last two days, within the range.
fn listed_span(span: Span, newest_ms: i64, now_ms: i64) -> Option<Span> {
    let young_ms = now_ms.saturating_sub(YOUNG_MS);
    let from_ms = newest_ms.min(young_ms);
    let from_ms = from_ms.saturating_sub(from_ms.rem_euclid(STEP_MS)).max(span.from_ms);
    (span.to_ms > young_ms).then_some(Span { from_ms, to_ms: span.to_ms })
}

/// Whether something of a call is still to come: it is running, its recording (and with it the
/// transcript) is being written, or it has no outcome where others of its connection have one.
fn is_unfinished(call: &Entry<'_>, tells_outcomes: bool) -> bool {
    let running = matches!(call.status(), Status::Queued | Status::Ringing | Status::InProgress);
    let being_written = call.recording() == Recording::NotReady;
    let no_outcome = tells_outcomes && call.answered() == Some(true) && lacks_outcome(call);
    running || being_written || no_outcome
}

fn lacks_outcome(call: &Entry<'_>) -> bool {
    call.success() == Success::NotStated && call.outcomes().is_empty()
}

fn most_again(connection: &Connection, again: &[CallKey]) -> usize {
    let references: Vec<Reference> = again.iter().map(|key| key.reference.clone()).collect();
    let at_once = !references.is_empty() && connection.adapter.details(&references).is_some();
    if at_once { MOST_DETAILS } else { MOST_SINGLE }
}

/// Reads again what a plan names and hands out what it finds as it comes; take it with
/// [`crate::LoadState::take_refresh`], or with [`crate::LoadState::take`] where the plan is to
/// reload. `query` is that of the whole range. The open call is [`reopen`]'s. Dropping the future
/// cancels the run.
pub async fn refresh<T: Transport>(
    transport: &T,
    connection: &Connection,
    query: &Query,
    plan: &Refresh,
    mut found: impl FnMut(Event),
) {
    let (span, again) = match plan {
        Refresh::Reload => (Some(query.span), &[][..]),
        Refresh::Changed { span, again } => (*span, again.as_slice()),
    };
    if let Some(span) = span {
        // A call that was deleted meanwhile is seen as deleted; merely missing would mean nothing.
        let query = Query { span, deleted: true, ..query.clone() };
        run::list(transport, connection, &query, &mut found).await;
    }
    let references: Vec<Reference> = again.iter().map(|key| key.reference.clone()).collect();
    if references.is_empty() {
        return;
    }
    if let Some(request) = connection.adapter.details(&references) {
        return at_once(transport, connection, &request, found).await;
    }
    for key in again {
        match reopen(transport, connection, key, &mut found).await {
            Reopened::Call(opened) => found(Event::Calls(vec![opened.call])),
            Reopened::Gone => {}
            Reopened::Refused(refusal) => return found(Event::Refused(refusal)),
        }
    }
}

async fn at_once<T: Transport>(
    transport: &T,
    connection: &Connection,
    request: &Request,
    mut found: impl FnMut(Event),
) {
    let answer = ask(transport, &connection.id, request, &mut found).await;
    let read = |answer: Answer| {
        connection.adapter.read_details(&connection.id, &answer, transport.now_ms())
    };
    found(answer.and_then(read).map_or_else(Event::Refused, Event::Calls));
}

/// What became of a call that was opened again.
#[derive(Clone, PartialEq, Debug)]
pub enum Reopened {
    /// It is there; this is what its provider says of it now.
    Call(Box<OpenedCall>),
    /// It is gone: an [`Event::Gone`] has been handed out, which purges it from the book. Whoever
    /// shows its transcript or plays its recording stops doing so.
    Gone,
    /// It could not be read now. What was read before still stands.
    Refused(Refusal),
}

/// Reads a call again that has been opened before. A call that its provider no longer knows is
/// handed out as [`Event::Gone`].
pub async fn reopen<T: Transport>(
    transport: &T,
    connection: &Connection,
    key: &CallKey,
    mut found: impl FnMut(Event),
) -> Reopened {
    let request = connection.adapter.detail(&key.reference);
    let answer = ask(transport, &connection.id, &request, &mut found).await;
    let read = |answer: Answer| connection.read_call(key, &answer, transport.now_ms());
    match answer.and_then(read) {
        Ok(opened) => Reopened::Call(Box::new(opened)),
        // The proxy's own 404 means the connection, and says nothing of the call.
        Err(refusal) if refusal.kind == RefusalKind::NotFound && !refusal.from_proxy => {
            found(Event::Gone(key.clone()));
            Reopened::Gone
        }
        Err(refusal) => Reopened::Refused(refusal),
    }
}

/// Asks for the further attempts at a call, which are in no list (Atoms). None where the provider
/// has no such question.
///
/// # Errors
/// Why the provider, or the way to it, refused.
pub async fn attempts<T: Transport>(
    transport: &T,
    connection: &Connection,
    key: &CallKey,
) -> Result<Vec<Call>, Refusal> {
    let Some(request) = connection.adapter.retries(&key.reference) else { return Ok(Vec::new()) };
    let answer = transport.send(&connection.id, &request).await?;
    let adapter = connection.adapter;
    let mut calls = adapter.read_details(&connection.id, &answer, transport.now_ms())?;
    for call in &mut calls {
        connection.success.apply(call);
        // What is listed as an attempt at this call is one, whatever else the record says.
        call.retry = true;
        call.retry_of.get_or_insert_with(|| key.reference.call_id().to_owned());
    }
    Ok(calls)
}

/// Sends one request, and again after a pause where that may help.
async fn ask<T: Transport>(
    transport: &T,
    connection: &Arc<str>,
    request: &Request,
    found: &mut impl FnMut(Event),
) -> Result<Answer, Refusal> {
    let mut patience = Patience::default();
    loop {
        let refusal = match transport.send(connection, request).await {
            Ok(answer) if answer.is_ok() => return Ok(answer),
            Ok(answer) => Refusal::of(&answer, transport.now_ms()),
            Err(refusal) => refusal,
        };
        let Some(until_ms) = patience.after(&refusal, 0, transport.now_ms()) else {
            return Err(refusal);
        };
        found(Event::Wait { until_ms });
        transport.wait_until(until_ms).await;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test")]
mod tests;
