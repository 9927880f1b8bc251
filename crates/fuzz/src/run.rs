//! Plays a provider for a run over its list: what is fed where, and that the run comes to an end.

use providers::{Adapter, Answer, Event, Purpose, Query, Request};

use crate::seeds::template;

/// The instant at which everything is read: 2026-03-20T00:00:00Z.
pub(crate) const NOW_MS: i64 = 1_773_964_800_000;

/// No run over pages that are empty but for the first needs more requests.
const MOST_REQUESTS: usize = 400;

/// The shapes of a provider's pages, as its fixtures have them.
pub(crate) struct Shapes {
    page: String,
    row: String,
    agents: String,
    agent: String,
}

impl Shapes {
    pub(crate) fn of(adapter: &dyn Adapter) -> Self {
        let text = |name| template(adapter.describe().id, name);
        Self {
            page: text("page.json").expect("a provider has the shape of a page"),
            row: text("row.json").expect("a provider has the shape of a record"),
            agents: text("agents.json").unwrap_or_default(),
            agent: text("agent.json").unwrap_or_default().replace("{n}", "0"),
        }
    }

    /// A page of calls with these rows on it.
    pub(crate) fn page(&self, rows: &str, count: usize) -> String {
        filled(&self.page, rows, count)
    }

    /// A record without any fault.
    pub(crate) fn good(&self, number: u8) -> String {
        self.row.replace("{n}", &format!("good-{number}"))
    }
}

fn filled(shape: &str, rows: &str, count: usize) -> String {
    let count = count.to_string();
    let values = [
        ("rows", rows),
        ("total", &count),
        ("count", &count),
        ("more", "false"),
        ("limit", "100"),
        ("offset", "0"),
        ("page", "1"),
        ("pages", "1"),
    ];
    values.iter().fold(shape.to_owned(), |page, (name, value)| {
        page.replace(&format!("\"{{{name}}}\""), value)
    })
}

/// A run in which the first answer for one purpose is the input, and every other one honest.
pub(crate) struct Played<'a> {
    pub(crate) adapter: &'a dyn Adapter,
    pub(crate) shapes: &'a Shapes,
    pub(crate) fed: Purpose,
    pub(crate) answer: Answer,
}

impl Played<'_> {
    /// Runs to the end.
    pub(crate) fn events(&self) -> Vec<Event> {
        let mut fetch = self.adapter.start(&query());
        let (mut events, mut requests, mut fed) = (Vec::new(), 0, false);
        while !fetch.is_done() {
            let wanted = fetch.next();
            assert!(!wanted.is_empty(), "the run is stuck");
            requests += wanted.len();
            assert!(requests < MOST_REQUESTS, "the run does not end");
            for (id, request) in wanted {
                let first = self.purpose(&request) == self.fed && !fed;
                fed |= first;
                let answer = if first { self.answer.clone() } else { self.honest(&request) };
                events.extend(fetch.feed(id, &answer, NOW_MS));
            }
        }
        events
    }

    /// What a request is for. Nothing that a provider says makes the adapter ask what the proxy
    /// would not let pass.
    fn purpose(&self, request: &Request) -> Purpose {
        let route = self.adapter.describe().routes.iter().find(|route| {
            let known = request.query.iter().all(|(name, _)| route.admits_query(name));
            known && route.admits(request.method, &request.path)
        });
        route.unwrap_or_else(|| panic!("{} is not declared", request.target())).purpose
    }

    /// One agent where agents are listed; of calls none.
    fn honest(&self, request: &Request) -> Answer {
        let Shapes { page, agents, agent, .. } = self.shapes;
        if self.purpose(request) != Purpose::Agents {
            return Answer::of(200, filled(page, "", 0));
        }
        let later = request.query.iter().any(|(name, value)| *name == "page" && value != "1");
        Answer::of(200, if later { filled(agents, "", 0) } else { filled(agents, agent, 1) })
    }
}

/// All time, so that nothing is too old.
pub(crate) fn query() -> Query {
    let span = calls::period::Span { from_ms: 0, to_ms: 4_000_000_000_000 };
    Query { connection: "c".into(), span, phone: None, deleted: true, now_ms: NOW_MS }
}
