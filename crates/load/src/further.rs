//! Looking further than what is loaded: for a number, an id or words in everything that a provider
//! has, and, where it cannot be asked for them, back through its lists in steps.
//!
//! What is found goes into the book like any other call; who shows it decides which days it shows.

use calls::period::Span;
use calls::{Call, Reference};
use providers::{Event, Purpose, Query, Refusal, RefusalKind, Request, Sought};

use crate::connection::Connection;
use crate::run::Listing;
use crate::transport::Transport;

/// Most records that are read of what a provider finds: whoever has more calls than these is
/// looked at in the list.
pub const MOST_FOUND: u64 = 300;

/// How far back lists are read where a provider cannot be asked, milliseconds: 90 days.
pub const FARTHEST_MS: i64 = 90 * DAY_MS;

/// How many days of a list are read in one step.
const STEP_MS: i64 = 21 * DAY_MS;

const DAY_MS: i64 = 86_400_000;

/// Whether a connection's provider can be asked for what is looked for, whatever its time.
#[must_use]
pub fn can_ask(connection: &Connection, query: &Query, sought: &Sought) -> bool {
    connection.adapter.seek(query, sought).is_some()
}

/// Asks for what is looked for, newest first, and hands out what is found as it comes. Nothing is
/// asked of a provider that cannot be. Dropping the future cancels it.
pub async fn seek<T: Transport>(
    transport: &T,
    connection: &Connection,
    query: &Query,
    sought: &Sought,
    mut found: impl FnMut(Event),
) {
    if let Sought::Id(id) = sought {
        match call_by_id(transport, connection, id).await {
            Ok(calls) if calls.is_empty() => {}
            // An id is one thing: what is a call is neither a contact nor a campaign.
            Ok(calls) => return found(Event::Calls(calls)),
            Err(refusal) => return found(Event::Refused(refusal)),
        }
    }
    if let Some(fetch) = connection.adapter.seek(query, sought) {
        Listing::of(connection, fetch).at_once(Some(MOST_FOUND)).read(transport, found).await;
    }
}

/// The call that an id means, and none if it means no call: ids of one provider are no ids at
/// another, and how each says so differs.
async fn call_by_id<T: Transport>(
    transport: &T,
    connection: &Connection,
    id: &str,
) -> Result<Vec<Call>, Refusal> {
    let Some(reference) = Reference::of(&[id]) else { return Ok(Vec::new()) };
    let (adapter, references) = (connection.adapter, [reference.clone()]);
    let several = adapter.details(&references);
    let Some(request) = several.clone().or_else(|| one(connection, &reference)) else {
        return Ok(Vec::new());
    };
    let answer = transport.send(&connection.id, &request).await?;
    let now_ms = transport.now_ms();
    let read = match several {
        Some(_) => adapter.read_details(&connection.id, &answer, now_ms),
        None => {
            let key = calls::CallKey { connection: connection.id.clone(), reference };
            adapter.read_detail(&key, &answer, now_ms).map(|opened| vec![opened.call])
        }
    };
    match read {
        Err(refusal) if !refusal.from_proxy && means_none(refusal.kind) => Ok(Vec::new()),
        read => read,
    }
}

fn means_none(kind: RefusalKind) -> bool {
    matches!(kind, RefusalKind::NotFound | RefusalKind::Invalid)
}

/// The request for one call by its id alone, where that is enough.
fn one(connection: &Connection, reference: &Reference) -> Option<Request> {
    let request = connection.adapter.detail(reference);
    let routes = connection.adapter.describe().routes;
    let fits = routes.iter().any(|route| {
        route.purpose == Purpose::Detail && route.admits(request.method, &request.path)
    });
    fits.then_some(request)
}

/// The steps in which lists are read back from what is loaded to the bound, newest first. None if
/// what is loaded reaches there.
#[must_use]
pub fn steps_back(loaded: Span, now_ms: i64) -> Vec<Span> {
    let bound_ms = now_ms.saturating_sub(FARTHEST_MS);
    let mut steps = Vec::new();
    let mut to_ms = loaded.from_ms.min(now_ms);
    while to_ms > bound_ms {
        let from_ms = to_ms.saturating_sub(STEP_MS).max(bound_ms);
        steps.push(Span { from_ms, to_ms });
        to_ms = from_ms;
    }
    steps
}

/// Reads lists back in steps and hands out what it finds as it comes; `reached` is told since when
/// everything has been read. It ends at the first step that could not be read to its end.
pub async fn look_back<T: Transport>(
    transport: &T,
    connection: &Connection,
    query: &Query,
    mut reached: impl FnMut(i64),
    mut found: impl FnMut(Event),
) {
    for span in steps_back(query.span, query.now_ms) {
        let query = Query { span, ..query.clone() };
        let mut whole = true;
        let take = |event: Event| {
            whole &= !matches!(event, Event::Refused(_) | Event::Capped { .. });
            found(event);
        };
        Listing::new(connection, &query).read(transport, take).await;
        if !whole {
            return;
        }
        reached(span.from_ms);
    }
}

/// The last call with a number (`query.phone`), whenever it was, where the provider can be asked
/// for that alone.
///
/// # Errors
/// Why the provider, or the way to it, refused.
pub async fn last_call<T: Transport>(
    transport: &T,
    connection: &Connection,
    query: &Query,
) -> Result<Option<Call>, Refusal> {
    let Some(request) = connection.adapter.last_call(query) else { return Ok(None) };
    let answer = transport.send(&connection.id, &request).await?;
    connection.adapter.read_last_call(&connection.id, &answer, transport.now_ms())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test")]
mod tests;
