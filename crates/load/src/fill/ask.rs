//! One request for transcripts: of one call, or of a page of the list where a provider's list
//! brings them.

use std::collections::VecDeque;

use calls::period::Span;
use calls::{Call, CallKey, Transcript};
use providers::{Answer, MOST_DETAILS, Query, Refusal, RefusalKind, Request};

use super::Wanted;
use crate::connection::Connection;
use crate::transport::Transport;

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ask {
    /// The request.
    pub request: Request,
    /// The calls that it should bring.
    pub wanted: Vec<Wanted>,
    /// Whether it is a page of the list; else it is one call.
    pub is_page: bool,
}

/// What came of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Brought {
    /// Calls with their transcripts. A page brings others as well, which are as welcome.
    pub opened: Vec<(Call, Transcript)>,
    /// Calls that their provider no longer knows.
    pub gone: Vec<CallKey>,
    /// Why there is nothing.
    pub refusal: Option<Refusal>,
}

/// Takes the next request out of a queue. `times` are those of all calls of the connection, newest
/// first: they tell which span a page of the list covers.
pub(super) fn next(
    connection: &Connection,
    queue: &mut VecDeque<Wanted>,
    times: &[i64],
    alone: impl Fn(&CallKey) -> bool,
    now_ms: i64,
) -> Option<Ask> {
    let first = queue.pop_front()?;
    let page = first.started_ms.filter(|_| !alone(&first.key)).and_then(|newest_ms| {
        let span = span(newest_ms, times);
        let query = Query {
            connection: connection.id.clone(),
            span,
            phone: None,
            // A deleted call that is shown is searched as well.
            deleted: true,
            now_ms,
        };
        Some((span, connection.adapter.transcripts(&query)?))
    });
    let Some((span, request)) = page else {
        let request = connection.adapter.detail(&first.key.reference);
        return Some(Ask { request, wanted: vec![first], is_page: false });
    };
    let inside =
        |wanted: &Wanted| wanted.started_ms.is_some_and(|at| span.holds(at)) && !alone(&wanted.key);
    let (with_it, others) = queue.drain(..).partition(inside);
    *queue = others;
    let mut wanted: Vec<Wanted> = vec![first];
    wanted.extend::<VecDeque<Wanted>>(with_it);
    Some(Ask { request, wanted, is_page: true })
}

/// From a call back to the last one that is still on a page which begins with it.
fn span(newest_ms: i64, times: &[i64]) -> Span {
    let begin = times.partition_point(|at| *at > newest_ms);
    let page = times.get(begin..times.len().min(begin + MOST_DETAILS)).unwrap_or_default();
    let oldest_ms = page.last().copied().unwrap_or(newest_ms);
    Span { from_ms: oldest_ms, to_ms: newest_ms.saturating_add(1) }
}

/// Sends a request for transcripts. It is not repeated: who is refused steps back.
pub async fn bring<T: Transport>(transport: &T, connection: &Connection, ask: &Ask) -> Brought {
    let (id, adapter) = (&connection.id, connection.adapter);
    let answer = transport.send(id, &ask.request).await;
    match ask.wanted.first() {
        Some(wanted) if !ask.is_page => {
            let key = &wanted.key;
            let read = |answer: Answer| connection.read_call(key, &answer, transport.now_ms());
            let opened = answer.and_then(read).map(|opened| (opened.call, opened.transcript));
            brought(opened.map(|opened| vec![opened]), Some(key))
        }
        _ => {
            let read = |answer: Answer| adapter.read_transcripts(id, &answer, transport.now_ms());
            let mut opened = answer.and_then(read);
            opened.iter_mut().flatten().for_each(|(call, _)| connection.success.apply(call));
            brought(opened, None)
        }
    }
}

fn brought(read: Result<Vec<(Call, Transcript)>, Refusal>, one: Option<&CallKey>) -> Brought {
    match (read, one) {
        (Ok(mut opened), _) => {
            for (call, transcript) in &mut opened {
                if call.purged {
                    *transcript = Transcript::Purged;
                }
                call.transcript = transcript.is_there().or(call.transcript);
            }
            Brought { opened, ..Brought::default() }
        }
        // The proxy's own 404 means the connection, and says nothing of the call.
        (Err(refusal), Some(key))
            if refusal.kind == RefusalKind::NotFound && !refusal.from_proxy =>
        {
            Brought { gone: vec![key.clone()], ..Brought::default() }
        }
        (Err(refusal), _) => Brought { refusal: Some(refusal), ..Brought::default() },
    }
}
