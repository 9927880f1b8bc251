//! The targets of a provider: a page of its list, the record of one call, a refusal.

use std::collections::BTreeSet;

use calls::{CallKey, Reference};
use providers::{Adapter, Answer, Event, Purpose, Track};
use serde_json::value::RawValue;

use crate::run::{NOW_MS, Played, Shapes};
use crate::{Target, sane, seeds};

/// A page of calls: the input is the whole answer, the list of agents, and one record among good
/// ones.
#[must_use]
pub fn list(adapter: &'static dyn Adapter) -> Target {
    let id = adapter.describe().id;
    let mut inputs = seeds::bodies(id, "list", "");
    inputs.extend(seeds::bodies(id, "odd", "list-"));
    inputs.extend(seeds::bodies(id, "agents", ""));
    inputs.extend(seeds::template(id, "row.json").map(String::into_bytes));
    let reader = Reader { adapter, shapes: Shapes::of(adapter) };
    let lists_agents = adapter.describe().routes.iter().any(|r| r.purpose == Purpose::Agents);
    Target::new(format!("list-{id}"), inputs, move |input| {
        reader.read(Purpose::List, input);
        if lists_agents {
            reader.read(Purpose::Agents, input);
        }
        reader.among_good_ones(input);
    })
}

struct Reader {
    adapter: &'static dyn Adapter,
    shapes: Shapes,
}

impl Reader {
    /// Reads it twice and looks at what came.
    fn read(&self, fed: Purpose, body: impl Into<Vec<u8>>) -> Vec<Event> {
        let answer = Answer::of(200, body);
        let played = Played { adapter: self.adapter, shapes: &self.shapes, fed, answer };
        let events = played.events();
        // Numbers that are none differ from themselves, so it is their words that are compared.
        assert_eq!(format!("{events:?}"), format!("{:?}", played.events()), "read otherwise");
        let mut seen = BTreeSet::new();
        for event in &events {
            sane::event(event);
            let Event::Calls(calls) = event else { continue };
            let twice = calls.iter().find(|call| !seen.insert(call.key.clone()));
            assert!(twice.is_none(), "a call came twice: {twice:?}");
        }
        events
    }

    /// One bad record costs itself and never its neighbours; a page that breaks off in it keeps
    /// the rows before.
    fn among_good_ones(&self, record: &[u8]) {
        let record = String::from_utf8_lossy(record);
        let good = |number| self.shapes.good(number);
        if serde_json::from_str::<&RawValue>(&record).is_ok() {
            let rows = [good(1), record.into_owned(), good(2)].join(",");
            let events = self.read(Purpose::List, self.shapes.page(&rows, 3));
            assert_eq!(good_ones(&events), 2, "a record costs its neighbours");
            assert!(skipped(&events) <= 1, "a record costs more than itself");
        } else if !record.contains(['}', ']']) {
            let whole = self.shapes.page("\u{0}", 3);
            let before = whole.split('\u{0}').next().unwrap_or_default();
            let cut = format!("{before}{},{record}", good(1));
            let events = self.read(Purpose::List, cut);
            assert_eq!(good_ones(&events), 1, "a page that breaks off loses what is whole");
        }
    }
}

fn good_ones(events: &[Event]) -> usize {
    let calls = events.iter().filter_map(|event| match event {
        Event::Calls(calls) => Some(calls),
        _ => None,
    });
    let ids = calls.flatten().map(|call| call.key.reference.call_id().to_owned());
    ids.filter(|id| id.contains("good-")).collect::<BTreeSet<_>>().len()
}

fn skipped(events: &[Event]) -> usize {
    let records = events.iter().map(|event| match event {
        Event::Skipped { records, .. } => *records,
        _ => 0,
    });
    records.sum()
}

/// One call: its record, its recording, and the answer to a search by ids where there is one.
#[must_use]
pub fn detail(adapter: &'static dyn Adapter) -> Target {
    let id = adapter.describe().id;
    let mut inputs = seeds::bodies(id, "detail", "");
    inputs.extend(seeds::bodies(id, "odd", "detail-"));
    Target::new(format!("detail-{id}"), inputs, move |input| {
        read_detail(adapter, &Answer::of(200, input));
    })
}

fn read_detail(adapter: &dyn Adapter, answer: &Answer) {
    let key = key(adapter);
    let read = || adapter.read_detail(&key, answer, NOW_MS);
    assert_eq!(format!("{:?}", read()), format!("{:?}", read()), "read otherwise");
    match read() {
        Ok(opened) => sane::opened(&opened),
        Err(refusal) => sane::refusal(&refusal),
    }
    for track in [Track::Main, Track::Mono] {
        let address = adapter.read_recording(answer, track, NOW_MS).map(|address| address.url);
        let again = adapter.read_recording(answer, track, NOW_MS).map(|address| address.url);
        assert_eq!(address, again, "read otherwise");
    }
    match adapter.read_details(&"c".into(), answer, NOW_MS) {
        Ok(calls) => calls.iter().for_each(sane::call),
        Err(refusal) => sane::refusal(&refusal),
    }
}

/// A key as the adapter's own list makes it: of as many ids as its route for a call has.
pub(crate) fn key(adapter: &dyn Adapter) -> CallKey {
    let detail = adapter.describe().routes.iter().find(|route| route.purpose == Purpose::Detail);
    let ids = detail.unwrap().path.matches('{').count();
    let ids: Vec<String> = (0..ids.max(1)).map(|n| format!("id-{n}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    CallKey { connection: "c".into(), reference: Reference::of(&ids).unwrap() }
}

/// A refusal of any provider: the first two bytes are the status, then come lines of headers, and
/// after an empty line the body.
#[must_use]
pub fn refusal() -> Target {
    let mut inputs = Vec::new();
    for adapter in providers::all() {
        for body in seeds::bodies(adapter.describe().id, "error", "") {
            let head =
                b"\x01\xadretry-after: 7\nx-ratelimit-reset: 1773964860\nx-request-id: r\n\n";
            inputs.push([head.as_slice(), &body].concat());
        }
    }
    let all: Vec<_> = providers::all().iter().map(|a| (*a, Shapes::of(*a))).collect();
    Target::new("refusal", inputs, move |input| {
        for (adapter, shapes) in &all {
            let (adapter, answer) = (*adapter, answer(input));
            read_detail(adapter, &answer);
            let played = Played { adapter, shapes, fed: Purpose::List, answer };
            played.events().iter().for_each(sane::event);
        }
    })
}

fn answer(input: &[u8]) -> Answer {
    let (status, rest) = input.split_at(input.len().min(2));
    let status = status.iter().fold(0_u16, |sum, byte| (sum << 8) | u16::from(*byte));
    let end = rest.windows(2).position(|pair| pair == b"\n\n").unwrap_or(rest.len());
    let (head, body) = rest.split_at(end);
    let head = String::from_utf8_lossy(head);
    let headers = head.lines().filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Answer { status, headers, body: body.get(2..).unwrap_or_default().to_vec() }
}
