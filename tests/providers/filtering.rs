//! Whoever applies a filter, the same calls come out: a provider narrows its list down by all of
//! what it is asked for, by nothing of it, or by some of it; ours runs after it every time.

use std::collections::{BTreeMap, BTreeSet};

use calls::book::Book;
use calls::filter::{Filter, Mark, Marks, Wanted, agent_key};
use calls::period::Span;
use calls::{Direction, Status};
use providers::{Adapter, Answer, Event, Narrow, Purpose, Query, Request};
use serde_json::Value;

use crate::paged::{self, Asked};
use crate::{fixture, wire};

/// Where the generated calls lie: two weeks of 2026.
const BEGIN_MS: i64 = 1_772_000_000_000;
const LENGTH_MS: i64 = 14 * 86_400_000;
const AGENTS: [&str; 3] = ["agent-0", "agent-1", "agent-2"];
const NUMBERS: [&str; 4] = ["+14155550100", "+14155550142", "+493023125042", "+447946000990"];

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    fn some<T: Clone>(&mut self, from: &[T]) -> Vec<T> {
        if self.below(2) == 0 {
            return Vec::new();
        }
        (0..=self.below(2)).map(|_| self.pick(from).clone()).collect()
    }
}

/// Which of the parameters that it is asked for a provider obeys.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Obeys {
    All,
    None,
    Some(u64),
}

impl Obeys {
    fn obeys(self, parameter: usize) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Some(mask) => mask >> parameter & 1 == 1,
        }
    }
}

fn iso(at_ms: i64) -> String {
    let at = at_ms.div_euclid(1_000);
    let day = calls::Day(i32::try_from(at.div_euclid(86_400)).unwrap()).iso();
    let (secs, ms) = (at.rem_euclid(86_400), at_ms.rem_euclid(1_000));
    format!("{day}T{:02}:{:02}:{:02}.{ms:03}Z", secs / 3_600, secs / 60 % 60, secs % 60)
}

/// What is known of a provider's filters, in `filters.json` beside its fixtures.
///
/// `record` is a record: `{n}`, `{agent}`, `{number}`, `{from}`, `{to}`, `{direction}`, `{start}`
/// and `{created}` (within a day before the start) stand for what differs, of a list one is taken,
/// and of what is filed under directions the call's own. `parameters` says what each parameter
/// wants of a record: `field`, `field >`, `field <`, `field in` for several values with commas,
/// several fields for any of them, and nothing at all for one that narrows nothing down. `words`
/// are statuses and directions that have to be among the records.
struct Filters {
    record: Value,
    parameters: Value,
    words: Value,
}

impl Filters {
    fn of(provider: &str) -> Self {
        let mut file: Value =
            serde_json::from_str(&fixture::text(provider, "filters.json")).unwrap();
        let mut part = |name: &str| file[name].take();
        Self { record: part("record"), parameters: part("parameters"), words: part("words") }
    }

    /// Whether a record passes one parameter, as the provider's document says of it.
    fn pass(&self, record: &Value, name: &str, value: &str) -> bool {
        if OF_PAGING.contains(&name) {
            return true;
        }
        let rule = self.parameters[name].as_str();
        let rule = rule.unwrap_or_else(|| panic!("filters.json says nothing of {name}"));
        let text = |field: &str| match &record[field] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let words: Vec<&str> = rule.split(' ').collect();
        match words[..] {
            [""] => true,
            [field, ">"] => text(field).as_str() > value,
            [field, "<"] => text(field).as_str() < value,
            [field, "in"] => value.split(',').any(|wanted| text(field) == wanted),
            _ => words.iter().any(|field| text(field) == value),
        }
    }
}

/// What lists are paged and ordered by; it narrows nothing down.
const OF_PAGING: [&str; 6] = ["page", "limit", "offset", "order", "order_by", "include_deleted"];

/// A record of this shape.
fn record(shape: &Value, n: usize, dice: &mut Dice) -> Value {
    let start_ms = BEGIN_MS + i64::try_from(dice.below(LENGTH_MS.unsigned_abs())).unwrap();
    // Some lie exactly on the bounds that are asked for.
    let start_ms =
        if dice.below(4) == 0 { start_ms - start_ms.rem_euclid(3_600_000) } else { start_ms };
    let early_ms = i64::try_from(dice.below(80_000_000)).unwrap();
    let number = *dice.pick(&NUMBERS);
    let direction = *dice.pick(&["inbound", "outbound", "webrtc", "other"]);
    let own = "+14155550199";
    let (from, to) = if direction == "inbound" { (number, own) } else { (own, number) };
    let values = [
        ("{n}", n.to_string()),
        ("{agent}", (*dice.pick(&AGENTS)).to_owned()),
        ("{start}", iso(start_ms)),
        ("{created}", iso(start_ms - early_ms)),
        ("{number}", number.to_owned()),
        ("{from}", from.to_owned()),
        ("{to}", to.to_owned()),
        ("{direction}", direction.to_owned()),
    ];
    let fields = shape.as_object().unwrap().iter();
    fields.map(|(name, shape)| (name.clone(), value(shape, direction, &values, dice))).collect()
}

fn value(shape: &Value, direction: &str, values: &[(&str, String)], dice: &mut Dice) -> Value {
    match shape {
        Value::Array(several) => value(&dice.pick(several).clone(), direction, values, dice),
        Value::Object(by_direction) => by_direction[direction].clone(),
        Value::String(text) => {
            let filled = |text: String, (word, value): &(&str, String)| text.replace(word, value);
            values.iter().fold(text.clone(), filled).into()
        }
        other => other.clone(),
    }
}

/// A provider with some records, which obeys some parameters.
pub(crate) struct Server {
    adapter: &'static dyn Adapter,
    provider: &'static str,
    filters: Filters,
    page: String,
    records: Vec<Value>,
}

impl Server {
    pub(crate) fn new(adapter: &'static dyn Adapter, dice: &mut Dice) -> Self {
        let provider = adapter.describe().id;
        let filters = Filters::of(provider);
        let records = (0..120).map(|n| record(&filters.record, n, dice)).collect();
        let page = fixture::text(provider, "pages/page.json");
        Self { adapter, provider, filters, page, records }
    }

    /// Statuses and directions that have to be among the records.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.filters.words.as_array().unwrap().iter().map(|word| word.as_str().unwrap())
    }

    fn answer(&self, request: &Request, obeys: Obeys) -> Answer {
        let asked = Asked::of(request);
        if wire::purpose(self.adapter, request) == Purpose::Agents {
            let text = |name: &str| fixture::text(self.provider, name);
            let agent = text("pages/agent.json");
            let agents = (0..AGENTS.len()).map(|n| paged::numbered(&agent, &n.to_string()));
            let agents: Vec<String> = agents.collect();
            let page = asked.page(&text("pages/agents.json"), &agents, AGENTS.len(), false);
            return Answer::of(200, page);
        }
        // Where calls are listed agent by agent, the agent stands in the path.
        let of_agent = request.path.split('/').find(|part| AGENTS.contains(part));
        let wanted = |record: &&Value| {
            of_agent.is_none_or(|agent| record["agent_id"] == agent)
                && request.query.iter().enumerate().all(|(parameter, (name, value))| {
                    !obeys.obeys(parameter) || self.filters.pass(record, name, value)
                })
        };
        let mut rows: Vec<&Value> = self.records.iter().filter(wanted).collect();
        if let Some((_, field)) = request.query.iter().find(|(name, _)| *name == "order_by") {
            rows.sort_by_key(|row| std::cmp::Reverse(row[field.as_str()].as_str()));
        }
        let page = rows.iter().skip(asked.start).take(asked.size);
        let page: Vec<String> = page.map(ToString::to_string).collect();
        let more = asked.start + page.len() < rows.len();
        Answer::of(200, asked.page(&self.page, &page, rows.len(), more))
    }

    /// The calls that are shown in the end.
    pub(crate) fn shown(&self, wish: &Wish, obeys: Obeys) -> BTreeSet<String> {
        let fetch = self.adapter.start_narrowed(&wish.query(), &wish.narrow());
        let events = wire::drive_fetch(fetch, |request| self.answer(request, obeys));
        let mut book = Book::default();
        for event in events {
            match event {
                Event::Calls(calls) => calls.into_iter().for_each(|call| book.take(call)),
                Event::Refused(refusal) => panic!("{}: {refusal:?}", self.provider),
                _ => {}
            }
        }
        let rows = book.rows(&wish.filter(), Some(wish.span));
        let calls = rows.into_iter().filter_map(|row| book.call(row));
        calls.map(|call| call.key.reference.call_id().to_owned()).collect()
    }

    /// How often each word occurs in what would be shown without any filter.
    pub(crate) fn tally(&self) -> BTreeMap<String, usize> {
        let all = Wish::everything();
        let fetch = self.adapter.start(&all.query());
        let mut tally = BTreeMap::new();
        for event in wire::drive_fetch(fetch, |request| self.answer(request, Obeys::None)) {
            let Event::Calls(calls) = event else { continue };
            for call in calls {
                let agent = agent_key(&call).unwrap_or_default();
                for word in [call.status.code(), call.direction.code(), &agent] {
                    *tally.entry(word.to_owned()).or_default() += 1;
                }
            }
        }
        tally
    }
}

/// What a person filters by.
#[derive(Debug)]
pub(crate) struct Wish {
    span: Span,
    agents: Vec<&'static str>,
    statuses: Vec<String>,
    directions: Vec<Direction>,
    phone: Option<&'static str>,
    todo: Wanted,
}

impl Wish {
    fn everything() -> Self {
        let span = Span { from_ms: 0, to_ms: i64::MAX };
        let (agents, statuses, directions) = (Vec::new(), Vec::new(), Vec::new());
        Self { span, agents, statuses, directions, phone: None, todo: Wanted::Any }
    }

    pub(crate) fn new(dice: &mut Dice) -> Self {
        let hours = LENGTH_MS / 3_600_000;
        let hour = |dice: &mut Dice| i64::try_from(dice.below(hours.unsigned_abs())).unwrap();
        let (a, b) = (hour(dice), hour(dice));
        let at = |hours: i64| BEGIN_MS - BEGIN_MS.rem_euclid(3_600_000) + hours * 3_600_000;
        let statuses = ["completed", "queued", "in_progress", "failed", "no_answer", "paused"];
        let has_todo = dice.below(6) == 0;
        Self {
            span: Span { from_ms: at(a.min(b)), to_ms: at(a.max(b) + 1) },
            agents: dice.some(&AGENTS),
            statuses: dice.some(&statuses.map(|word| Status::of(word).code().to_owned())),
            directions: dice.some(&[Direction::Inbound, Direction::Outbound, Direction::Unknown]),
            phone: (dice.below(4) == 0).then(|| *dice.pick(&NUMBERS)),
            todo: if has_todo { *dice.pick(&Wanted::ALL) } else { Wanted::Any },
        }
    }

    fn query(&self) -> Query {
        Query {
            connection: "c".into(),
            span: self.span,
            phone: self.phone.map(str::to_owned),
            deleted: false,
            now_ms: BEGIN_MS + LENGTH_MS + 86_400_000,
        }
    }

    /// What the page asks for a filter.
    fn narrow(&self) -> Narrow {
        let is_agent = |word: &str| AGENTS.contains(&word);
        Narrow::of(&self.filter(), "c", is_agent).unwrap()
    }

    fn filter(&self) -> Filter {
        Filter {
            agents: self.agents.iter().map(|id| format!("c/{id}")).collect(),
            statuses: self.statuses.clone(),
            directions: self.directions.clone(),
            phone: self.phone.unwrap_or_default().to_owned(),
            marks: Marks::default().with(Mark::Todo, self.todo),
            ..Filter::default()
        }
    }
}
