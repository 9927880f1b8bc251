//! Smallest.ai Atoms. Documentation: docs.smallest.ai, "Call Metrics", and the provider's OpenAPI
//! (read 2026). The two differ in statuses, kinds of call and latency fields: both are read.

mod insight;
mod narrow;
mod record;
mod transcript;
mod webhook;

use std::sync::Arc;

use calls::key::CallKey;
use calls::{Call, Insight, OpenedCall, Reference, Topics};

use crate::answer::Answer;
use crate::carried::{listed, opened};
use crate::descriptor::{Applies, AuthHeader, Capabilities, Descriptor, Limit};
use crate::fetch::{AgentName, Fetch};
use crate::fields::Fields;
use crate::list::{AgentList, List, Place};
use crate::narrow::Narrow;
use crate::paging::Run;
use crate::query::Query;
use crate::reading::{address, given_record, key_of, read_address, record as record_of};
use crate::refusal::Refusal;
use crate::request::{Method, Request};
use crate::route::{Purpose, Route};
use crate::rows::{Rows, read_list};
use crate::shape::Shape;
use crate::{Adapter, MOST_DETAILS, NoRecording, RecordingAddress, Sought, Track};

/// "Server-side cap is 500". Smaller pages show the first rows sooner.
const PAGE_SIZE: usize = 100;

/// Detail and recording take the `callId`, "not the Mongo `_id`".
const ID: &[&str] = &["callId"];

/// A presigned address is valid for "a few minutes" and is not to be kept: three, of which the
/// proxy uses two.
const PRESIGNED_GOOD_MS: i64 = 3 * 60_000;

const LIST_QUERY: &[&str] = &[
    "page",
    "limit",
    "agentIds",
    "campaignIds",
    "statusFilter",
    "callTypes",
    "search",
    "disconnectReasonFilter",
    "callAttemptFilter",
    "durationFilter",
    "versionFilter",
    "sortBy",
    "sortOrder",
    "dateFrom",
    "dateTo",
];

static DESCRIPTOR: Descriptor = Descriptor {
    id: "atoms",
    name: "Smallest.ai Atoms",
    // Was `https://atoms.smallest.ai/api/v1`, then `https://atoms-api.smallest.ai/api/v1`.
    base_url: Some("https://api.smallest.ai/atoms/v1"),
    auth: &[AuthHeader { name: "authorization", prefix: "Bearer ", setting: "key" }],
    routes: &[
        Route {
            method: Method::Get,
            path: "/conversation",
            query: LIST_QUERY,
            purpose: Purpose::List,
        },
        Route {
            method: Method::Get,
            path: "/conversation/{call}",
            query: &[],
            purpose: Purpose::Detail,
        },
        Route {
            method: Method::Post,
            path: "/conversation/search",
            query: &[],
            purpose: Purpose::Detail,
        },
        Route {
            method: Method::Get,
            path: "/conversation/{call}/retries",
            query: &[],
            purpose: Purpose::Detail,
        },
        Route {
            method: Method::Get,
            path: "/conversation/{call}/recording/download-url",
            query: &[],
            purpose: Purpose::Recording,
        },
        Route {
            method: Method::Get,
            path: "/agent",
            query: &["page", "offset", "search"],
            purpose: Purpose::Agents,
        },
    ],
    // The first is the host of the examples in the documentation of webhooks. No other host of
    // recordings is documented; more are named in the connection's settings.
    media_hosts: &["db2izkvf1oocn.cloudfront.net", ".smallest.ai"],
    // "API requests/second": 10 on the smallest plan.
    limits: &[Limit::new(10, 1)],
    request_id_header: Some("x-request-id"),
    capabilities: Capabilities {
        // See `Calls::request`.
        date: Applies::Calldeck,
        agent: Applies::Provider,
        status: Applies::Provider,
        direction: Applies::Provider,
        phone: Applies::Provider,
        text: Applies::Calldeck,
    },
    counts_from_answer: false,
};

/// Smallest.ai Atoms.
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

    fn insight(&self, text: &str, call: &Call) -> Insight {
        let fields = record_of(&Answer::of(200, text), text, ID);
        fields.map(|fields| insight::of(&fields, call)).unwrap_or_default()
    }

    fn topics(&self) -> &'static Topics {
        &insight::TOPICS
    }

    fn tracks(&self) -> &'static [Track] {
        &[Track::Main, Track::Mono]
    }

    fn narrows(&self, narrow: &Narrow) -> bool {
        !narrow.agents.is_empty()
            || narrow.all_statuses(narrow::STATUSES).is_some()
            || narrow::call_types(narrow).is_some()
    }

    /// `search` "by callId, fromNumber, or toNumber". There are no names, and words are in texts
    /// that it does not look at. An id may also be a campaign's.
    fn seek(&self, query: &Query, sought: &Sought) -> Option<Box<dyn Fetch>> {
        let number = || sought.international().or_else(|| sought.significant());
        let campaign = |id: &str| Narrow { campaign: Some(id.to_owned()), ..Narrow::default() };
        let search = |text| Narrow { search: Some(text), ..Narrow::default() };
        let narrows = match sought {
            Sought::Number(_) => vec![search(number()?)],
            Sought::Id(id) if narrow::is_object_id(id) => vec![campaign(id)],
            Sought::Id(id) => vec![search(id.clone())],
            Sought::Words(_) => return None,
        };
        let query = Query { phone: None, ..query.any_time() };
        let list = |narrow| -> Box<dyn List> { Box::new(Calls { query: query.clone(), narrow }) };
        Some(Box::new(Run::new(None, narrows.into_iter().map(list).collect())))
    }

    fn detail(&self, reference: &Reference) -> Request {
        Request::get(format!("/conversation/{}", reference.call_id()))
    }

    fn read_detail(
        &self,
        key: &CallKey,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<OpenedCall, Refusal> {
        let text = given_record(answer, now_ms)?;
        let fields = record_of(answer, &text, ID)?;
        let call = opened(record::call(key.clone(), &fields, now_ms), &fields, record::CARRIED);
        let transcript = transcript::of(&fields, &call, now_ms);
        Ok(OpenedCall { call, transcript, facts: record::facts(&fields), raw: text })
    }

    /// "Maximum 100 call IDs per request". Unlike the list this knows further attempts as well.
    fn details(&self, references: &[Reference]) -> Option<Request> {
        let ids: Vec<&str> = references.iter().map(Reference::call_id).collect();
        let body = serde_json::json!({ "callIds": ids }).to_string();
        let request = Request { method: Method::Post, ..Request::get("/conversation/search") };
        (1..=MOST_DETAILS)
            .contains(&ids.len())
            .then_some(Request { body: Some(body), ..request })
    }

    fn read_details(
        &self,
        connection: &Arc<str>,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<Vec<Call>, Refusal> {
        let read = |list: &str| {
            read_list(answer, now_ms, &["data", list], MOST_DETAILS, |row| {
                let key = key_of(connection, &[row.first_text(ID)])?;
                Ok(listed(record::call(key, row, now_ms), row, record::CARRIED))
            })
        };
        read("logs").or_else(|_| read("retries")).map(|rows| rows.read)
    }

    fn retries(&self, reference: &Reference) -> Option<Request> {
        Some(Request::get(format!("/conversation/{}/retries", reference.call_id())))
    }

    fn shape(&self) -> &'static Shape {
        &webhook::SHAPE
    }

    fn webhook(&self, body: &Fields) -> Option<String> {
        webhook::record(body)
    }

    /// For a call whose detail has an empty `recordingUrl`.
    fn recording_instead(&self, reference: &Reference, _track: Track) -> Option<Request> {
        let path = format!("/conversation/{}/recording/download-url", reference.call_id());
        Some(Request::get(path))
    }

    /// The detail and not `/conversation/{callId}/recording/download-url`: every generation of the
    /// API has it, it tells stereo from mono, and it says that there is none without a refusal.
    fn recording(&self, reference: &Reference, _track: Track) -> Request {
        self.detail(reference)
    }

    /// Where one of the two is missing the other is better than nothing. Nothing is said of how
    /// long an address is good.
    fn read_recording(
        &self,
        answer: &Answer,
        track: Track,
        now_ms: i64,
    ) -> Result<RecordingAddress, NoRecording> {
        if let Some(url) = presigned(answer) {
            return Ok(RecordingAddress { url, expires_ms: Some(now_ms + PRESIGNED_GOOD_MS) });
        }
        let names = match track {
            Track::Main => ["recordingDualUrl", "recordingUrl"],
            Track::Mono => ["recordingUrl", "recordingDualUrl"],
        };
        read_address(answer, now_ms, ID, |key, fields| {
            address(&record::call(key, fields, now_ms), fields.first_text(&names), None)
        })
    }
}

/// The answer of `/conversation/{callId}/recording/download-url`.
fn presigned(answer: &Answer) -> Option<String> {
    let text = answer.text();
    let data = Fields::parse(&text).filter(|_| answer.is_ok())?.object("data")?;
    data.text("presignedUrl").filter(|_| !data.has("callId"))
}

struct Calls {
    query: Query,
    narrow: Narrow,
}

impl List for Calls {
    /// No `dateFrom`, `dateTo` or `sortBy`: they exist, but the provider warns that on large
    /// accounts they end in a 504, and a filter that fails gives less than what is wanted. The
    /// default order is by last change, so the first old row says nothing of the rows behind it:
    /// the list is read to its end (or to the cap, which is told), and dates are ours to compare.
    ///
    /// `search` "by callId, fromNumber, or toNumber" is shown with a whole number. The others take
    /// lists, joined by commas.
    fn request(&self, at: Place) -> Request {
        Request::get("/conversation")
            .with("page", at.page + 1)
            .with("limit", PAGE_SIZE)
            .with_some("search", self.query.phone.as_ref().or(self.narrow.search.as_ref()))
            .with_some("agentIds", narrow::agent_ids(&self.narrow))
            .with_some("statusFilter", self.narrow.all_statuses(narrow::STATUSES))
            .with_some("callTypes", narrow::call_types(&self.narrow))
            .with_some("campaignIds", self.narrow.campaign.as_ref())
    }

    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<Call>, Refusal> {
        read_list(answer, now_ms, &["data", "logs"], PAGE_SIZE, |row| {
            let key = key_of(&self.query.connection, &[row.first_text(ID)])?;
            Ok(listed(record::call(key, row, now_ms), row, record::CARRIED))
        })
    }

    /// A call without a time may lie anywhere.
    fn wants(&self, call: &Call) -> bool {
        let span = self.query.asked_span();
        call.started_ms.is_none_or(|at| span.holds(at))
    }
}

struct Agents;

impl AgentList for Agents {
    /// Here `offset` is the "number of items to return per page".
    fn request(&self, at: Place) -> Request {
        Request::get("/agent").with("page", at.page + 1).with("offset", PAGE_SIZE)
    }

    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<AgentName>, Refusal> {
        read_list(answer, now_ms, &["data", "agents"], PAGE_SIZE, |row| {
            let id = row.text("_id").ok_or("an agent has no id")?;
            Ok(AgentName { name: row.text("name").unwrap_or_else(|| id.clone()), id })
        })
    }
}

#[cfg(test)]
mod tests;
