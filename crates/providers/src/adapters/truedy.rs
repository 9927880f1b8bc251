//! Truedy. Documentation: docs.truedy.ai, guide "Call Management" and the API reference (read
//! 2026). The two describe different shapes on the same path, and stored copies show three
//! generations: whatever is named differently is read under every name.

mod record;

use calls::key::CallKey;
use calls::{Call, OpenedCall, Recording, Reference};

use crate::answer::Answer;
use crate::carried::{listed, opened};
use crate::descriptor::{Applies, AuthHeader, Capabilities, Descriptor, Limit};
use crate::fetch::{AgentName, Fetch};
use crate::fields::Fields;
use crate::list::{AgentList, List, Place};
use crate::narrow::Narrow;
use crate::paging::Run;
use crate::query::{Query, rfc3339};
use crate::reading::{address, given_record, key_of, other_facts, read_address, record};
use crate::refusal::Refusal;
use crate::request::{Method, Request};
use crate::route::{Purpose, Route};
use crate::rows::{Rows, read_list};
use crate::shape::Shape;
use crate::{Adapter, NoRecording, RecordingAddress, Track};

/// The guide's largest page.
const PAGE_SIZE: usize = 100;

/// Statuses that the guide and the API reference write alike. `ended` and `in-progress` of the one
/// are `completed` and `in_progress` of the other, and only one word can be asked for.
const STATUSES: &[&str] = &["queued", "ringing", "failed"];

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
        Route {
            method: Method::Get,
            path: "/agents",
            query: &["status", "name", "limit", "offset"],
            purpose: Purpose::Agents,
        },
    ],
    // The guide's example; storage hosts behind it are not documented.
    media_hosts: &["recordings.truedy.ai", ".truedy.ai"],
    // Guide "Rate limits": 100 a minute for an organization.
    limits: &[Limit::new(100, 60)],
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
        self.start_narrowed(query, &Narrow::default())
    }

    fn start_narrowed(&self, query: &Query, narrow: &Narrow) -> Box<dyn Fetch> {
        let calls = Calls { query: query.clone(), narrow: narrow.clone() };
        Box::new(Run::new(Some(Box::new(Agents)), vec![Box::new(calls)]))
    }

    fn narrows(&self, narrow: &Narrow) -> bool {
        narrow.one_agent().is_some()
            || narrow.one_status(STATUSES).is_some()
            || narrow.one_direction().is_some()
    }

    /// "Truedy retains call records (metadata, transcripts) for 12 months from the call date"
    /// (guide "Call Management"). Taken as the shortest year.
    fn keeps_ms(&self) -> Option<i64> {
        Some(365 * 86_400_000)
    }

    fn keeps_recordings_ms(&self) -> Option<i64> {
        Some(record::RECORDING_KEPT_MS)
    }

    fn detail(&self, reference: &Reference) -> Request {
        Request::get(format!("/calls/{}", reference.call_id()))
    }

    /// The guide shows a bare object, the API reference `{data, meta}`.
    fn read_detail(
        &self,
        key: &CallKey,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<OpenedCall, Refusal> {
        let text = given_record(answer, now_ms)?;
        let fields = record(answer, &text, &["id"])?;
        let call = opened(record::call(key.clone(), &fields, now_ms), &fields, record::CARRIED);
        let transcript = record::transcript(&fields, &call, now_ms);
        let facts = other_facts(&fields, &record::read_names(&fields));
        Ok(OpenedCall { call, transcript, facts, raw: text })
    }

    fn shape(&self) -> &'static Shape {
        &record::SHAPE
    }

    /// "Each time a call completes, Truedy pushes the full call object" as `call.analyzed` (guide
    /// "Call Management"). Its envelope is not shown; that of other events has `event` (or `type`)
    /// and `data` (guide "Webhooks"), and what they hold is no call of this provider's shape.
    fn webhook(&self, body: &Fields) -> Option<String> {
        body.first_text(&["event", "type"])?;
        let record = ["data", "call"].into_iter().find_map(|name| body.raw(name))?;
        Some(record.get().to_owned())
    }

    fn recording(&self, reference: &Reference, _track: Track) -> Request {
        self.detail(reference)
    }

    fn read_recording(
        &self,
        answer: &Answer,
        _track: Track,
        now_ms: i64,
    ) -> Result<RecordingAddress, NoRecording> {
        read_address(answer, now_ms, &["id"], |key, fields| {
            let call = record::call(key, fields, now_ms);
            let until_ms = match call.recording {
                Recording::Available { until_ms } => until_ms,
                _ => None,
            };
            address(&call, fields.text("recording_url"), until_ms)
        })
    }
}

struct Calls {
    query: Query,
    narrow: Narrow,
}

impl List for Calls {
    fn request(&self, at: Place) -> Request {
        let span = self.query.asked_span_by_creation();
        Request::get("/calls")
            .with("created_after", rfc3339(span.from_ms))
            .with("created_before", rfc3339(span.to_ms))
            .with("limit", PAGE_SIZE)
            .with("offset", at.read)
            .with_some("agent_id", self.narrow.one_agent())
            .with_some("status", self.narrow.one_status(STATUSES))
            .with_some("direction", self.narrow.one_direction())
    }

    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<Call>, Refusal> {
        read_list(answer, now_ms, &["data"], PAGE_SIZE, |row| {
            let key = key_of(&self.query.connection, &[row.text("id")])?;
            Ok(listed(record::call(key, row, now_ms), row, record::CARRIED))
        })
    }
}

struct Agents;

impl AgentList for Agents {
    fn request(&self, at: Place) -> Request {
        Request::get("/agents").with("limit", PAGE_SIZE).with("offset", at.read)
    }

    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<AgentName>, Refusal> {
        read_list(answer, now_ms, &["data"], PAGE_SIZE, |row| {
            let id = row.text("id").ok_or("an agent has no id")?;
            Ok(AgentName { name: row.text("name").unwrap_or_else(|| id.clone()), id })
        })
    }
}
