//! Whoever applies a filter, the same calls come out: a provider narrows its list down by all of
//! what it is asked for, by nothing of it, or by some of it; ours runs after it every time.

use std::collections::{BTreeMap, BTreeSet};

use calls::book::Book;
use calls::filter::{Filter, Mark, Marks, Wanted, agent_key};
use calls::period::Span;
use calls::{Direction, Status};
use providers::{Adapter, Answer, Event, Narrow, Query, Request};
use serde_json::{Value, json};

use crate::wire;

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

/// A provider's record. Created within a day of its start, where the provider tells the two apart.
fn record(provider: &str, n: usize, dice: &mut Dice) -> Value {
    let start_ms = BEGIN_MS + i64::try_from(dice.below(LENGTH_MS.unsigned_abs())).unwrap();
    // Some lie exactly on the bounds that are asked for.
    let start_ms =
        if dice.below(4) == 0 { start_ms - start_ms.rem_euclid(3_600_000) } else { start_ms };
    let early_ms = i64::try_from(dice.below(80_000_000)).unwrap();
    let (agent, number) = (*dice.pick(&AGENTS), *dice.pick(&NUMBERS));
    let direction = *dice.pick(&["inbound", "outbound", "webrtc", "other"]);
    let own = "+14155550199";
    let (from, to) = if direction == "inbound" { (number, own) } else { (own, number) };
    match provider {
        "talkpilot" => {
            json!({"id": format!("c{n}"), "agent_id": agent, "created_at": iso(start_ms),
            "phone_number": number, "duration": 60, "done": dice.below(2) == 0,
            "customer_name": dice.pick(&["Ada", "Hans"])})
        }
        "truedy" => json!({"id": format!("c{n}"), "agent_id": agent, "direction": direction,
            "created_at": iso(start_ms - early_ms), "started_at": iso(start_ms), "from": from, "to": to,
            "status": dice.pick(&["queued", "ringing", "in-progress", "in_progress", "ended",
                "completed", "failed", "cancelled"])}),
        // One in four never began: it has no start, and its time is when it was created.
        "agentvoice" => json!({"id": format!("c{n}"), "agent_id": agent, "call_type": direction,
            "started_at": (dice.below(4) > 0).then(|| iso(start_ms)),
            "created_at": iso(start_ms), "phone_number": number,
            "status": dice.pick(&["completed", "ended", "failed", "no-answer", "paused"])}),
        _ => {
            json!({"callId": format!("c{n}"), "agentId": agent, "createdAt": iso(start_ms), "from": from,
            "to": to, "type": match direction {
                "inbound" => "telephony_inbound",
                "outbound" => "telephony_outbound",
                _ => "webcall",
            },
            "status": dice.pick(&["pending", "in_queue", "active", "processing", "in_progress",
                "completed", "failed", "no_answer", "cancelled", "busy"])})
        }
    }
}

/// Whether a record passes one parameter, as the provider's document says of it.
fn passes(provider: &str, record: &Value, name: &str, value: &str) -> bool {
    let text = |field: &str| record[field].as_str().unwrap_or_default().to_owned();
    let any = |field: &str| value.split(',').any(|wanted| text(field) == wanted);
    match (provider, name) {
        ("talkpilot", "from") => text("created_at").as_str() > value,
        ("talkpilot", "to") => text("created_at").as_str() < value,
        ("truedy", "created_after") => text("created_at").as_str() > value,
        ("truedy", "created_before") => text("created_at").as_str() < value,
        ("agentvoice", "from") => text("started_at").as_str() > value,
        ("agentvoice", "to") => text("started_at").as_str() < value,
        ("talkpilot" | "agentvoice", "phone_number") => text("phone_number") == value,
        ("talkpilot", "done") => record["done"].as_bool() == value.parse().ok(),
        ("truedy" | "agentvoice", "agent_id") => text("agent_id") == value,
        ("truedy", "status" | "direction") => text(name) == value,
        ("agentvoice", "call_type") => text(name) == value,
        ("atoms", "search") => ["callId", "from", "to"].iter().any(|field| text(field) == value),
        ("atoms", "agentIds") => any("agentId"),
        ("atoms", "statusFilter") => any("status"),
        ("atoms", "callTypes") => any("type"),
        (_, "page" | "limit" | "offset" | "order" | "order_by" | "include_deleted") => true,
        _ => panic!("{provider} is asked for {name}, of which this test knows nothing"),
    }
}

/// A provider with some records, which obeys some parameters.
pub(crate) struct Server {
    provider: &'static str,
    records: Vec<Value>,
}

impl Server {
    pub(crate) fn new(provider: &'static str, dice: &mut Dice) -> Self {
        Self { provider, records: (0..120).map(|n| record(provider, n, dice)).collect() }
    }

    fn answer(&self, request: &Request, obeys: Obeys) -> Answer {
        if request.path.ends_with("/agents") || request.path.ends_with("/agent") {
            let agents = AGENTS.map(|id| json!({"id": id, "_id": id, "name": id}));
            return Answer::of(200, json!({"data": agents, "agents": agents}).to_string())
                .nested(self.provider, "agents");
        }
        let of_agent =
            request.path.strip_prefix("/agents/").and_then(|rest| rest.split('/').next());
        let wanted = |record: &&Value| {
            of_agent.is_none_or(|agent| record["agent_id"] == agent)
                && request.query.iter().enumerate().all(|(parameter, (name, value))| {
                    !obeys.obeys(parameter) || passes(self.provider, record, name, value)
                })
        };
        let number = |name: &str| {
            let given = request.query.iter().find(|(given, _)| *given == name)?;
            given.1.parse::<usize>().ok()
        };
        let size = number("limit").unwrap();
        let start = number("page").map_or_else(|| number("offset"), |page| Some((page - 1) * size));
        let mut rows: Vec<&Value> = self.records.iter().filter(wanted).collect();
        if let Some((_, field)) = request.query.iter().find(|(name, _)| *name == "order_by") {
            rows.sort_by_key(|row| std::cmp::Reverse(row[field.as_str()].as_str()));
        }
        let page: Vec<&&Value> = rows.iter().skip(start.unwrap()).take(size).collect();
        let more = start.unwrap() + page.len() < rows.len();
        let pagination = json!({"total": rows.len(), "has_more": more, "hasMore": more});
        Answer::of(200, json!({"data": page, "logs": page, "pagination": pagination}).to_string())
            .nested(self.provider, "logs")
    }

    /// The calls that are shown in the end.
    pub(crate) fn shown(
        &self,
        adapter: &dyn Adapter,
        wish: &Wish,
        obeys: Obeys,
    ) -> BTreeSet<String> {
        let fetch = adapter.start_narrowed(&wish.query(), &wish.narrow());
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
    pub(crate) fn tally(&self, adapter: &dyn Adapter) -> BTreeMap<String, usize> {
        let all = Wish::everything();
        let fetch = adapter.start(&all.query());
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

/// Atoms wraps its lists once more.
trait Nested {
    fn nested(self, provider: &str, list: &str) -> Self;
}

impl Nested for Answer {
    fn nested(self, provider: &str, list: &str) -> Self {
        let mut body: Value = serde_json::from_slice(&self.body).unwrap();
        if provider != "atoms" {
            return self;
        }
        let rows = body[list].take();
        let data = json!({list: rows, "pagination": body["pagination"].take()});
        Self::of(200, json!({"status": true, "data": data}).to_string())
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

    pub(crate) fn new(provider: &str, dice: &mut Dice) -> Self {
        let hours = LENGTH_MS / 3_600_000;
        let hour = |dice: &mut Dice| i64::try_from(dice.below(hours.unsigned_abs())).unwrap();
        let (a, b) = (hour(dice), hour(dice));
        let at = |hours: i64| BEGIN_MS - BEGIN_MS.rem_euclid(3_600_000) + hours * 3_600_000;
        let statuses = ["completed", "queued", "in_progress", "failed", "no_answer", "paused"];
        let has_todo = provider == "talkpilot" && dice.below(3) == 0;
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
