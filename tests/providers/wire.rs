//! Plays the provider for an adapter: answers what it asks, and looks at what it asks for.

use calls::{CallKey, Reference};
use providers::{Adapter, Answer, Event, Fetch, Method, Purpose, Query, Refusal, Request};

use crate::fixture::{self, Fixture};
use crate::paged::{Habit, Paged};
use crate::show::NOW_MS;

/// No run of a test needs more requests; one that does would never end.
const MOST_REQUESTS: usize = 1_000;

/// Runs a fetch to its end.
pub(crate) fn drive(
    adapter: &dyn Adapter,
    query: &Query,
    answer: impl FnMut(&Request) -> Answer,
) -> Vec<Event> {
    drive_fetch(adapter.start(query), answer)
}

/// Runs a fetch that has been started to its end.
pub(crate) fn drive_fetch(
    mut fetch: Box<dyn Fetch>,
    mut answer: impl FnMut(&Request) -> Answer,
) -> Vec<Event> {
    let mut events = Vec::new();
    let mut requests = 0;
    while !fetch.is_done() {
        let now = fetch.next();
        assert!(!now.is_empty(), "the run is stuck");
        requests += now.len();
        assert!(requests < MOST_REQUESTS, "paging does not end");
        for (id, request) in now {
            events.extend(fetch.feed(id, &answer(&request), NOW_MS));
        }
    }
    events
}

/// Reads one page of calls as a whole run: one agent where agents are listed, then the page, then
/// nothing more. A refusal is repeated until it is taken for one.
pub(crate) fn read_list(adapter: &dyn Adapter, page: &Fixture) -> Vec<Event> {
    let id = adapter.describe().id;
    let template = fixture::find(id, "pages/page.json");
    let mut nothing = Paged::new(id, &template, Habit::Empty);
    let mut given = false;
    drive(adapter, &crate::query(), |request| {
        let again = page.status != 200;
        let first = purpose(adapter, request) == Purpose::List && (!given || again);
        given |= first;
        if first { page.answer() } else { nothing.answer(request) }
    })
}

/// Reads a page of agents as a run whose lists are empty.
pub(crate) fn read_agents(adapter: &dyn Adapter, page: &Fixture) -> Vec<Event> {
    let id = adapter.describe().id;
    let template = fixture::find(id, "pages/page.json");
    let mut nothing = Paged::new(id, &template, Habit::Empty);
    let mut given = false;
    drive(adapter, &crate::query(), |request| {
        let first = purpose(adapter, request) == Purpose::Agents && !given;
        given |= first;
        if first { page.answer() } else { nothing.answer(request) }
    })
}

pub(crate) fn purpose(adapter: &dyn Adapter, request: &Request) -> Purpose {
    let routes = adapter.describe().routes;
    let route = routes.iter().find(|route| route.admits(request.method, &request.path));
    route.unwrap_or_else(|| panic!("no route admits {}", request.path)).purpose
}

/// Fails if the proxy would not let a search by ids pass: the only request with a body.
pub(crate) fn check_search(adapter: &dyn Adapter, request: &Request) {
    assert_eq!(purpose(adapter, request), Purpose::Detail);
    let body: serde_json::Value = serde_json::from_str(request.body.as_ref().unwrap()).unwrap();
    let names: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!((names.len(), names[0].as_str()), (1, "callIds"), "{}", adapter.describe().id);
}

/// Fails if the proxy would not let a request pass.
pub(crate) fn check_declared(adapter: &dyn Adapter, request: &Request) {
    let descriptor = adapter.describe();
    let mut routes = descriptor.routes.iter();
    let fits = routes.any(|route| {
        let names = || request.query.iter().all(|(name, _)| route.admits_query(name));
        route.admits(request.method, &request.path) && names()
    });
    assert!(fits, "{}: {} is not declared", descriptor.id, request.target());
    assert_eq!(request.method, Method::Get, "{}: a viewer writes nothing", descriptor.id);
}

/// A key as the adapter's own list would have made it, for a fixture of a detail.
pub(crate) fn key(adapter: &dyn Adapter) -> CallKey {
    let detail = adapter.describe().routes.iter().find(|route| route.purpose == Purpose::Detail);
    let ids = detail.unwrap().path.matches('{').count();
    let reference = Reference::of(&["agent-1", "call-1"][2 - ids..]).unwrap();
    CallKey { connection: "c".into(), reference }
}

/// How many calls came, and how many records did not.
pub(crate) fn counts(events: &[Event]) -> (usize, usize) {
    let skipped = events.iter().map(|event| match event {
        Event::Skipped { records, .. } => *records,
        _ => 0,
    });
    (ids(events).len(), skipped.sum())
}

pub(crate) fn refusals(events: &[Event]) -> Vec<&Refusal> {
    let refused = events.iter().filter_map(|event| match event {
        Event::Refused(refusal) => Some(refusal),
        _ => None,
    });
    refused.collect()
}

pub(crate) fn ids(events: &[Event]) -> Vec<String> {
    let calls = events.iter().filter_map(|event| match event {
        Event::Calls(calls) => Some(calls),
        _ => None,
    });
    calls.flatten().map(|call| call.key.reference.to_string()).collect()
}
