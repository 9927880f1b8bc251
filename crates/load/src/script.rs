//! A wire for tests that answers from a script. Time only passes by waiting.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use calls::period::Span;
use providers::{Answer, Query, Refusal, Request};

use crate::connection::Connection;
use crate::transport::Transport;

type Scripted = dyn Fn(&str, usize) -> Result<Answer, Refusal>;

/// Answers by target and by how many requests there have been.
pub(crate) struct Script {
    answer: Box<Scripted>,
    /// What was asked: targets, and bodies where there are any.
    pub(crate) asked: RefCell<Vec<String>>,
    now_ms: Cell<i64>,
}

impl Script {
    pub(crate) fn new(
        now_ms: i64,
        answer: impl Fn(&str, usize) -> Result<Answer, Refusal> + 'static,
    ) -> Self {
        let asked = RefCell::default();
        Self { answer: Box::new(answer), asked, now_ms: Cell::new(now_ms) }
    }
}

impl Transport for Script {
    async fn send(&self, _: &str, request: &Request) -> Result<Answer, Refusal> {
        let body = request.body.as_deref().unwrap_or_default();
        let target = format!("{}{body}", request.target());
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

/// Runs what never has to wait for anything but the script.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a script never leaves a run waiting"),
    }
}

pub(crate) fn connection(provider: &str) -> Connection {
    Connection {
        id: "a".into(),
        name: "A".into(),
        adapter: providers::find(provider).unwrap(),
        success: Default::default(),
    }
}

/// The calls of a span, asked for at an instant.
pub(crate) fn query(span: Span, now_ms: i64) -> Query {
    Query { connection: "a".into(), span, phone: None, deleted: false, now_ms }
}

/// Truedy's page of calls with these ids.
pub(crate) fn rows(ids: std::ops::Range<u32>, total: u32) -> Answer {
    let rows: Vec<String> = ids.map(|id| format!(r#"{{"id":"c{id}","status":"ended"}}"#)).collect();
    Answer::of(200, format!(r#"{{"data":[{}],"meta":{{"total":{total}}}}}"#, rows.join(",")))
}
