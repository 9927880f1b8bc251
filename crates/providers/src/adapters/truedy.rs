//! Truedy. Documentation: docs.truedy.ai, guide "Call Management" and the API reference (read
//! 2026). The two describe different shapes on the same path, and stored copies show three
//! generations: whatever is named differently is read under every name.

use calls::key::CallKey;
use calls::{Call, Channel, Cost, Direction, OpenedCall, Outcome, Recording, Reference, Speaker, Status, Transcript, Turn};
use serde_json::value::RawValue;

use crate::answer::Answer;
use crate::descriptor::{Applies, AuthHeader, Capabilities, Descriptor};
use crate::fetch::{AgentName, Fetch};
use crate::fields::Fields;
use crate::page::Page;
use crate::paging::{AgentList, List, ListPage, Run, read_rows};
use crate::query::{Query, rfc3339};
use crate::reading::{key_of, other_facts};
use crate::refusal::Refusal;
use crate::request::{Method, Request};
use crate::route::{Purpose, Route};
use crate::{Adapter, NoRecording, RecordingAddress, Track};

/// The guide's largest page.
const PAGE_SIZE: usize = 100;

/// "Recording URLs are time-limited. They expire after 24 hours", after which "the audio is no
/// longer accessible through the API" (guide).
const RECORDING_KEPT_MS: i64 = 24 * 3_600_000;

/// A transcript may be null "for a few seconds while processing finishes" (guide). We call it
/// being written for a quarter of an hour, then absent.
const WRITING_MS: i64 = 15 * 60_000;

const LIST_QUERY: &[&str] =
    &["agent_id", "status", "direction", "created_after", "created_before", "limit", "offset"];

static DESCRIPTOR: Descriptor = Descriptor {
    id: "truedy",
    name: "Truedy",
    base_url: Some("https://api.truedy.ai/api/public/v1"),
    auth: &[AuthHeader { name: "authorization", prefix: "Bearer ", setting: "key" }],
    routes: &[
        Route { method: Method::Get, path: "/calls", query: LIST_QUERY, purpose: Purpose::List },
        Route { method: Method::Get, path: "/calls/{call}", query: &[], purpose: Purpose::Detail },
        Route { method: Method::Get, path: "/agents", query: &["status", "name", "limit", "offset"], purpose: Purpose::Agents },
    ],
    // The guide's example; storage hosts behind it are not documented.
    media_hosts: &["recordings.truedy.ai", ".truedy.ai"],
    per_minute: Some(100),
    request_id_header: Some("x-request-id"),
    capabilities: Capabilities {
        date: Applies::Provider,
        agent: Applies::Provider,
        status: Applies::Provider,
        direction: Applies::Provider,
        phone: Applies::Calldeck,
        text: Applies::Calldeck,
    },
    counts_from_answer: true,
};

/// Truedy.
pub struct Provider;

impl Adapter for Provider {
    fn describe(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn start(&self, query: &Query) -> Box<dyn Fetch> {
        let calls = Calls { query: query.clone() };
        Box::new(Run::new(Some(Box::new(Agents)), vec![Box::new(calls)]))
    }

    fn detail(&self, reference: &Reference) -> Request {
        Request::get(format!("/calls/{}", reference.call_id()))
    }

    fn read_detail(&self, key: &CallKey, answer: &Answer, now_ms: i64) -> Result<OpenedCall, Refusal> {
        let text = checked(answer, now_ms)?;
        let fields = bare_or_wrapped(&text).ok_or_else(|| Refusal::unreadable(answer, "the call is no JSON object"))?;
        let call = read_call(key.clone(), &fields, now_ms);
        let transcript = transcript(&fields, &call, now_ms);
        let facts = other_facts(&fields, READ);
        Ok(OpenedCall { call, transcript, facts, raw: text })
    }

    fn recording(&self, reference: &Reference, _track: Track) -> Request {
        self.detail(reference)
    }

    fn read_recording(&self, answer: &Answer, _track: Track, now_ms: i64) -> Result<RecordingAddress, NoRecording> {
        let text = checked(answer, now_ms).map_err(NoRecording::Refused)?;
        let fields = bare_or_wrapped(&text)
            .ok_or_else(|| NoRecording::Refused(Refusal::unreadable(answer, "the call is no JSON object")))?;
        match (recording(&fields, now_ms), fields.text("recording_url")) {
            (Recording::Expired, _) => Err(NoRecording::Expired),
            (Recording::NotReady, _) => Err(NoRecording::NotReady),
            (Recording::Available { until_ms }, Some(url)) => Ok(RecordingAddress { url, expires_ms: until_ms }),
            _ => Err(NoRecording::Absent),
        }
    }
}

/// Fields that are read into the call; everything else of an opened call is shown as it is named.
const READ: &[&str] = &[
    "id", "status", "direction", "agent_id", "agent_name", "to", "from", "to_number", "from_number",
    "phone_number", "duration_seconds", "recording_url", "summary", "cost_cents", "cost_credits",
    "outcome", "transcript", "started_at", "ended_at", "completed_at", "created_at",
];

fn checked(answer: &Answer, now_ms: i64) -> Result<String, Refusal> {
    if answer.is_ok() { Ok(answer.text().into_owned()) } else { Err(Refusal::of(answer, now_ms)) }
}

/// The guide shows a bare object, the API reference `{data, meta}`.
fn bare_or_wrapped(text: &str) -> Option<Fields<'_>> {
    let fields = Fields::parse(text)?;
    if fields.has("id") { Some(fields) } else { fields.object("data").or(Some(fields)) }
}

struct Calls {
    query: Query,
}

impl List for Calls {
    fn request(&self, page: u64) -> Request {
        let span = self.query.asked_span_by_creation();
        Request::get("/calls")
            .with("created_after", rfc3339(span.from_ms))
            .with("created_before", rfc3339(span.to_ms))
            .with("limit", PAGE_SIZE)
            .with("offset", page * PAGE_SIZE as u64)
    }

    fn read(&self, answer: &Answer, now_ms: i64) -> Result<ListPage, Refusal> {
        let text = checked(answer, now_ms)?;
        let page = Page::split(&text, &["data"]);
        if !page.found {
            return Err(Refusal::unreadable(answer, "there is no list of calls in the answer"));
        }
        let (calls, mut skipped) = read_rows(&page.rows, |row| self.row(row, now_ms));
        if let Some(why) = page.broken {
            skipped.get_or_insert((0, format!("the page breaks off: {why}"))).0 += 1;
        }
        let pagination = page.beside.object("pagination").unwrap_or_default();
        let meta = page.beside.object("meta").unwrap_or_default();
        Ok(ListPage {
            calls,
            records: page.rows.len(),
            skipped,
            // The guide's `meta.total` is the odd one out; the reference has `pagination.total`.
            total: pagination.count("total").or_else(|| meta.count("total")),
            more: pagination.bool("has_more"),
            page_size: PAGE_SIZE,
        })
    }
}

impl Calls {
    fn row(&self, row: &RawValue, now_ms: i64) -> Result<Option<Call>, String> {
        let fields = Fields::parse(row.get()).ok_or("a record is no JSON object")?;
        let key = key_of(&self.query.connection, &[fields.text("id")])?;
        Ok(Some(read_call(key, &fields, now_ms)))
    }
}

struct Agents;

impl AgentList for Agents {
    fn request(&self, page: u64) -> Request {
        Request::get("/agents").with("limit", PAGE_SIZE).with("offset", page * PAGE_SIZE as u64)
    }

    fn read(&self, answer: &Answer, page: u64, now_ms: i64) -> Result<(Vec<AgentName>, bool), Refusal> {
        let text = checked(answer, now_ms)?;
        let split = Page::split(&text, &["data"]);
        let (names, _) = read_rows(&split.rows, |row| Ok(agent(row)));
        let of = |name: &str| split.beside.object(name).and_then(|fields| fields.count("total"));
        let total = of("pagination").or_else(|| of("meta")).unwrap_or_default();
        Ok((names, (page + 1) * (PAGE_SIZE as u64) < total))
    }
}

fn agent(row: &RawValue) -> Option<AgentName> {
    let fields = Fields::parse(row.get())?;
    Some(AgentName { id: fields.text("id")?, name: fields.text("name")? })
}

fn read_call(key: CallKey, fields: &Fields, now_ms: i64) -> Call {
    let mut call = Call::new(key);
    call.started_ms = fields.time_ms("started_at").or_else(|| fields.time_ms("created_at"));
    call.ended_ms = fields.time_ms("ended_at").or_else(|| fields.time_ms("completed_at"));
    call.duration_ms = fields.secs_as_ms("duration_seconds");
    call.status = fields.text("status").map_or(Status::NotGiven, |word| Status::of(&word));
    read_direction(&mut call, fields);
    call.agent_id = fields.text("agent_id");
    call.agent_name = fields.text("agent_name");
    call.summary = fields.text("summary");
    call.outcomes = fields.text("outcome").map(|value| Outcome { name: None, value }).into_iter().collect();
    call.voicemail = call.outcomes.iter().any(|outcome| outcome.value == "voicemail").then_some(true);
    let cents = fields.number("cost_cents").map(Cost::UsCents);
    call.cost = cents.or_else(|| fields.number("cost_credits").map(Cost::Credits));
    call.recording = recording(fields, now_ms);
    call.campaign = fields.object("metadata").and_then(|metadata| metadata.text("campaign_id"));
    call
}

/// "WebRTC" is a direction of its own at Truedy, without numbers on either side.
fn read_direction(call: &mut Call, fields: &Fields) {
    let to = fields.first_text(&["to", "to_number"]);
    let from = fields.first_text(&["from", "from_number"]);
    let (customer, own) = match fields.text("direction").as_deref() {
        Some("inbound") => {
            call.direction = Direction::Inbound;
            (from, to)
        }
        Some("outbound") => {
            call.direction = Direction::Outbound;
            (to, from)
        }
        Some("webrtc") => {
            call.channel = Channel::Web;
            (None, None)
        }
        _ => (None, None),
    };
    let customer = customer.or_else(|| fields.text("phone_number"));
    call.customer.phone = customer.as_deref().and_then(calls::phone::given).map(str::to_owned);
    call.own_number = own;
}

/// A recording can be had for 24 hours after the call ended, then never again.
fn recording(fields: &Fields, now_ms: i64) -> Recording {
    let ended = fields.time_ms("ended_at").or_else(|| fields.time_ms("completed_at"));
    let start = || fields.time_ms("started_at").or_else(|| fields.time_ms("created_at"));
    let lasted = || fields.secs_as_ms("duration_seconds").unwrap_or_default();
    let ended = ended.or_else(|| Some(start()? + lasted()));
    let until_ms = ended.map(|ended| ended + RECORDING_KEPT_MS);
    let gone = until_ms.is_some_and(|until| until <= now_ms);
    let status = fields.text("status").map_or(Status::NotGiven, |word| Status::of(&word));
    match fields.text("recording_url") {
        Some(_) if gone => Recording::Expired,
        Some(_) => Recording::Available { until_ms },
        None if gone && lasted() > 0 && status == Status::Completed => Recording::Expired,
        None if fields.has("recording_url") && is_fresh(&status, ended, now_ms) => Recording::NotReady,
        None if fields.has("recording_url") => Recording::Absent,
        None => Recording::Unknown,
    }
}

fn is_fresh(status: &Status, ended: Option<i64>, now_ms: i64) -> bool {
    let running = matches!(status, Status::Queued | Status::Ringing | Status::InProgress);
    running || (*status == Status::Completed && ended.is_some_and(|ended| now_ms - ended < WRITING_MS))
}

fn transcript(fields: &Fields, call: &Call, now_ms: i64) -> Transcript {
    if fields.raw("transcript").is_none() {
        let ended = call.ended_ms.or(call.started_ms);
        let writing = is_fresh(&call.status, ended, now_ms);
        return if writing { Transcript::BeingWritten } else { Transcript::Absent };
    }
    let turns: Vec<Turn> = fields.list("transcript").into_iter().filter_map(turn).collect();
    match fields.text("transcript") {
        Some(text) if turns.is_empty() => Transcript::Text(text),
        _ => Transcript::of_turns(turns),
    }
}

/// `{speaker: "agent" | "contact", text, timestamp}` with seconds from the start of the call.
fn turn(row: &RawValue) -> Option<Turn> {
    let fields = Fields::parse(row.get())?;
    Some(Turn {
        speaker: Speaker::of(&fields.first_text(&["speaker", "role"]).unwrap_or_default()),
        text: fields.first_text(&["text", "content"])?,
        at_ms: fields.secs_as_ms("timestamp"),
    })
}
