//! Smallest.ai Atoms. Documentation: docs.smallest.ai, "Call Metrics", and the provider's OpenAPI
//! (read 2026). The two differ in statuses, kinds of call and latency fields: both are read.

mod record;
mod transcript;

use calls::key::CallKey;
use calls::{Call, OpenedCall, Reference};

use crate::answer::Answer;
use crate::descriptor::{Applies, AuthHeader, Capabilities, Descriptor, Limit};
use crate::fetch::{AgentName, Fetch};
use crate::list::{AgentList, List, Place};
use crate::paging::Run;
use crate::query::Query;
use crate::reading::{address, given_record, key_of, read_address, record as record_of};
use crate::refusal::Refusal;
use crate::request::{Method, Request};
use crate::route::{Purpose, Route};
use crate::rows::{Rows, read_list};
use crate::{Adapter, NoRecording, RecordingAddress, Track};

/// "Server-side cap is 500". Smaller pages show the first rows sooner.
const PAGE_SIZE: usize = 100;

/// Detail and recording take the `callId`, "not the Mongo `_id`".
const ID: &[&str] = &["callId"];

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
        let calls = Calls { query: query.clone() };
        Box::new(Run::new(Some(Box::new(Agents)), vec![Box::new(calls)]))
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
        let call = record::call(key.clone(), &fields, now_ms);
        let transcript = transcript::of(&fields, &call, now_ms);
        Ok(OpenedCall { call, transcript, facts: record::facts(&fields), raw: text })
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
        let names = match track {
            Track::Main => ["recordingDualUrl", "recordingUrl"],
            Track::Mono => ["recordingUrl", "recordingDualUrl"],
        };
        read_address(answer, now_ms, ID, |key, fields| {
            address(&record::call(key, fields, now_ms), fields.first_text(&names), None)
        })
    }
}

struct Calls {
    query: Query,
}

impl List for Calls {
    /// No `dateFrom`, `dateTo` or `sortBy`: they exist, but the provider warns that on large
    /// accounts they end in a 504, and a filter that fails gives less than what is wanted. The
    /// default order is by last change, so the first old row says nothing of the rows behind it:
    /// the list is read to its end (or to the cap, which is told), and dates are ours to compare.
    ///
    /// `search` "by callId, fromNumber, or toNumber" is shown with a whole number.
    fn request(&self, at: Place) -> Request {
        Request::get("/conversation")
            .with("page", at.page + 1)
            .with("limit", PAGE_SIZE)
            .with_some("search", self.query.phone.as_ref())
    }

    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<Call>, Refusal> {
        read_list(answer, now_ms, &["data", "logs"], PAGE_SIZE, |row| {
            let key = key_of(&self.query.connection, &[row.first_text(ID)])?;
            Ok(record::call(key, row, now_ms))
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
            Ok(AgentName { name: row.text("name").ok_or("an agent has no name")?, id })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::period::Span;

    fn calls(phone: Option<&str>) -> Calls {
        let span = Span { from_ms: 1_768_780_800_000, to_ms: 1_768_867_200_000 };
        let phone = phone.map(str::to_owned);
        Calls { query: Query { connection: "at".into(), span, phone, deleted: false, now_ms: 0 } }
    }

    #[test]
    fn no_date_is_asked_of_atoms_and_old_rows_are_read_but_not_handed_on() {
        let calls = calls(None);
        let place = Place { page: 2, read: 200 };
        assert_eq!(calls.request(place).target(), "/conversation?page=3&limit=100");
        let body = r#"{"status":true,"data":{"logs":[
            {"callId":"CALL-1768807723178-4561d0"},
            {"callId":"CALL-1668807723178-4561d0"},
            {"callId":"old","createdAt":"2026-01-18T00:00:00.000Z"},
            {"callId":"no-time"}],"pagination":{"hasMore":false}}}"#;
        let rows = calls.read(&Answer::of(200, body), 0).unwrap();
        let wanted: Vec<bool> = rows.read.iter().map(|call| calls.wants(call)).collect();
        assert_eq!(wanted, [true, false, false, true]);
    }

    #[test]
    fn a_whole_number_is_searched_for_with_its_plus() {
        let request = calls(Some("+14155550100")).request(Place::default());
        assert_eq!(request.target(), "/conversation?page=1&limit=100&search=%2B14155550100");
    }

    #[test]
    fn the_stereo_recording_is_listened_to_and_an_empty_address_is_none() {
        let read = |track, body: &str| {
            let body = format!(r#"{{"status":true,"data":{{"callId":"c",{body}}}}}"#);
            Provider.read_recording(&Answer::of(200, body), track, 0).map(|address| address.url)
        };
        let both = r#""recordingUrl":"https://a.example/m","recordingDualUrl":"https://a.example/d""#;
        assert_eq!(read(Track::Main, both), Ok("https://a.example/d".into()));
        assert_eq!(read(Track::Mono, both), Ok("https://a.example/m".into()));
        let one = r#""recordingUrl":"https://a.example/m","recordingDualUrl":"""#;
        assert_eq!(read(Track::Main, one), Ok("https://a.example/m".into()));
        let none = r#""recordingUrl":"","recordingDualUrl":null"#;
        assert_eq!(read(Track::Main, none), Err(NoRecording::Absent));
    }
}
