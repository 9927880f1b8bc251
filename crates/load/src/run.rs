//! Runs over lists, and the opening of one call.

use calls::{CallKey, OpenedCall};
use futures_util::stream::{FuturesUnordered, StreamExt};
use providers::{Event, Query, Refusal, Request, RequestId};

use crate::connection::Connection;
use crate::transport::Transport;

/// Requests under way at once for one connection.
const MOST_AT_ONCE: usize = 4;

/// Reads a connection's list and hands out what it finds as it comes. Dropping the future
/// cancels the run.
pub async fn list<T: Transport>(
    transport: &T,
    connection: &Connection,
    query: &Query,
    mut found: impl FnMut(Event),
) {
    let mut fetch = connection.adapter.start(query);
    let mut ready: Vec<(RequestId, Request)> = Vec::new();
    let mut under_way = FuturesUnordered::new();
    let mut wait_until_ms = None;
    loop {
        if under_way.is_empty()
            && let Some(until_ms) = wait_until_ms.take()
        {
            transport.wait_until(until_ms).await;
        }
        if wait_until_ms.is_none() {
            ready.extend(fetch.next());
        }
        while wait_until_ms.is_none() && under_way.len() < MOST_AT_ONCE && !ready.is_empty() {
            let (id, request) = ready.remove(0);
            under_way.push(async move { (id, transport.send(&connection.id, &request).await) });
        }
        let Some((id, answer)) = under_way.next().await else {
            if wait_until_ms.is_none() && ready.is_empty() {
                break;
            }
            continue;
        };
        match answer {
            Ok(answer) => {
                for event in fetch.feed(id, &answer, transport.now_ms()) {
                    if let Event::Wait { until_ms } = event {
                        wait_until_ms = wait_until_ms.max(Some(until_ms));
                    }
                    found(event);
                }
            }
            Err(refusal) => {
                // Whatever else this connection was asked would fail alike.
                found(Event::Refused(refusal));
                break;
            }
        }
    }
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
    let mut opened = connection.adapter.read_detail(key, &answer, transport.now_ms())?;
    connection.success.apply(&mut opened.call);
    Ok(opened)
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::intake::{LoadState, Phase};
    use calls::book::Book;
    use calls::period::Span;
    use providers::Answer;

    type Scripted = dyn Fn(&str, usize) -> Result<Answer, Refusal>;

    /// A wire that answers from a script; time only passes by waiting.
    struct Script {
        answer: Box<Scripted>,
        asked: RefCell<Vec<String>>,
        now_ms: Cell<i64>,
    }

    impl Transport for Script {
        async fn send(&self, _: &str, request: &Request) -> Result<Answer, Refusal> {
            let target = request.target();
            self.asked.borrow_mut().push(target.clone());
            (self.answer)(&target, self.asked.borrow().len())
        }

        async fn wait_until(&self, until_ms: i64) {
            self.now_ms.set(until_ms);
        }

        fn now_ms(&self) -> i64 {
            self.now_ms.get()
        }
    }

    fn run(
        answer: impl Fn(&str, usize) -> Result<Answer, Refusal> + 'static,
    ) -> (Book, LoadState, Script) {
        let script = Script {
            answer: Box::new(answer),
            asked: RefCell::default(),
            now_ms: Cell::new(1_000),
        };
        let connection = Connection {
            id: "a".into(),
            name: "A".into(),
            adapter: providers::find("truedy").unwrap(),
            success: Default::default(),
        };
        let query = Query {
            connection: "a".into(),
            span: Span { from_ms: 0, to_ms: 86_400_000 },
            phone: None,
            deleted: false,
            now_ms: 1_000,
        };
        let (mut book, mut state) = (Book::default(), LoadState::begun());
        {
            let run = list(&script, &connection, &query, |event| {
                state.take(&connection, event, &mut book)
            });
            let Poll::Ready(()) = pin!(run).poll(&mut Context::from_waker(Waker::noop())) else {
                panic!("a script never leaves a run waiting");
            };
        }
        state.phase = Phase::Done;
        (book, state, script)
    }

    fn rows(ids: std::ops::Range<u32>, total: u32) -> Answer {
        let rows: Vec<String> =
            ids.map(|id| format!(r#"{{"id":"c{id}","status":"ended"}}"#)).collect();
        Answer::of(200, format!(r#"{{"data":[{}],"meta":{{"total":{total}}}}}"#, rows.join(",")))
    }

    fn offset(target: &str) -> u32 {
        target.rsplit_once("offset=").unwrap().1.parse().unwrap()
    }

    #[test]
    fn every_page_is_read_and_counted() {
        let (book, state, _) = run(|target, _| {
            let offset = offset(target);
            Ok(if target.starts_with("/agents") {
                rows(0..0, 0)
            } else {
                rows(offset..250.min(offset + 100), 250)
            })
        });
        assert_eq!(book.len(), 250);
        assert_eq!((state.read, state.total), (250, Some(250)));
        assert!(!state.is_partial());
    }

    #[test]
    fn after_too_many_requests_the_run_waits_and_goes_on() {
        let (book, state, script) = run(|target, nth| {
            Ok(match nth {
                _ if target.starts_with("/agents") => rows(0..0, 0),
                2 => Answer::of(429, r#"{"retry_after":7}"#),
                _ => rows(0..3, 3),
            })
        });
        assert_eq!(book.len(), 3);
        assert_eq!(script.now_ms(), 8_000);
        assert_eq!(state.refusal, None);
    }

    #[test]
    fn no_network_ends_the_run_and_is_said_and_what_came_before_stays() {
        let (book, state, _) = run(|target, _| match target {
            _ if target.starts_with("/agents") => Ok(rows(0..0, 0)),
            _ if offset(target) == 0 => Ok(rows(0..100, 250)),
            _ => Err(Refusal::unreachable("no network")),
        });
        assert_eq!(book.len(), 100);
        assert!(state.is_partial() && state.refusal.is_some());
    }
}
