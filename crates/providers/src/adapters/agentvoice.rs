//! AgentVoice. Documentation: agentvoice.com/docs/api-reference, "Calls" (read 2026). There is no
//! list of agents; a call carries its agent's name. Inner shapes of the full payload are not
//! documented: what is not known here is told under its own name.

mod diagnostics;
mod insight;
mod record;
mod unbegun;

use std::sync::Arc;

use calls::key::CallKey;
use calls::{Call, Insight, OpenedCall, Reference, Topics, Transcript};
use unbegun::Unbegun;

use crate::answer::Answer;
use crate::carried::{listed, opened};
use crate::descriptor::{Applies, AuthHeader, Capabilities, Descriptor};
use crate::fetch::Fetch;
use crate::list::{List, Place};
use crate::narrow::Narrow;
use crate::paging::Run;
use crate::query::{Query, rfc3339};
use crate::reading::{address, given_record, key_of, other_facts, read_address, record};
use crate::refusal::{Refusal, RefusalKind};
use crate::request::{Method, Request};
use crate::route::{Purpose, Route};
use crate::rows::{Rows, read_list};
use crate::shape::Shape;
use crate::{Adapter, NoRecording, RecordingAddress, Sought, Subject, Track};

/// "Number of results per page (max: 100)".
const PAGE_SIZE: usize = 100;

const LIST_QUERY: &[&str] = &[
    "limit",
    "offset",
    "order",
    "order_by",
    "fields",
    "phone_number",
    "contact_id",
    "agent_id",
    "campaign_id",
    "status",
    "call_type",
    "from",
    "to",
    "most_recent",
    "include",
];

static DESCRIPTOR: Descriptor = Descriptor {
    id: "agentvoice",
    name: "AgentVoice",
    base_url: Some("https://api.agentvoice.com/api"),
    auth: &[
        AuthHeader { name: "x-api-key", prefix: "", setting: "key" },
        AuthHeader { name: "x-organization-id", prefix: "", setting: "organization" },
    ],
    routes: &[
        Route { method: Method::Get, path: "/calls", query: LIST_QUERY, purpose: Purpose::List },
        Route {
            method: Method::Get,
            path: "/calls/{call}",
            query: &["fields", "include"],
            purpose: Purpose::Detail,
        },
    ],
    // Not documented: the only example is `storage.example.com`. The provider's own hosts are
    // allowed; the storage that it really uses is named in the connection's settings.
    media_hosts: &[".agentvoice.com"],
    // None is documented.
    limits: &[],
    request_id_header: None,
    capabilities: Capabilities {
        date: Applies::Provider,
        agent: Applies::Provider,
        // See `wishes`.
        status: Applies::Calldeck,
        direction: Applies::Provider,
        phone: Applies::Provider,
        text: Applies::Calldeck,
    },
    counts_from_answer: false,
};

/// AgentVoice.
pub struct Provider;

impl Adapter for Provider {
    fn describe(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn start(&self, query: &Query) -> Box<dyn Fetch> {
        self.start_narrowed(query, &Narrow::default())
    }

    fn start_narrowed(&self, query: &Query, narrow: &Narrow) -> Box<dyn Fetch> {
        let (query, narrow) = (query.clone(), narrow.clone());
        let unbegun = Unbegun { query: query.clone(), narrow: narrow.clone() };
        Box::new(Run::new(None, vec![Box::new(Calls { query, narrow }), Box::new(unbegun)]))
    }

    fn narrows(&self, narrow: &Narrow) -> bool {
        narrow.one_agent().is_some() || narrow.one_direction().is_some()
    }

    /// `phone_number` is compared exactly. An id may be a contact's or a campaign's; a call's own
    /// is asked for with [`Adapter::detail`]. There is no search by names.
    fn seek(&self, query: &Query, sought: &Sought) -> Option<Box<dyn Fetch>> {
        let list = |phone: Option<String>, narrow: Narrow| -> Box<dyn List> {
            Box::new(Calls { query: Query { phone, ..query.any_time() }, narrow })
        };
        let lists = match sought {
            Sought::Number(_) => vec![list(Some(sought.international()?), Narrow::default())],
            Sought::Id(id) => {
                let contact = Narrow { contact: Some(id.clone()), ..Narrow::default() };
                let campaign = Narrow { campaign: Some(id.clone()), ..Narrow::default() };
                vec![list(None, contact), list(None, campaign)]
            }
            Sought::Words(_) => return None,
        };
        Some(Box::new(Run::new(None, lists)))
    }

    fn last_call(&self, query: &Query) -> Option<Request> {
        let phone = query.phone.as_ref()?;
        Some(Request::get("/calls").with("phone_number", phone).with("most_recent", true))
    }

    /// A bare object, or 404 "No calls found matching criteria".
    fn read_last_call(
        &self,
        connection: &Arc<str>,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<Option<Call>, Refusal> {
        let text = match given_record(answer, now_ms) {
            Err(refusal) if says_none(&refusal) => return Ok(None),
            given => given?,
        };
        let fields = record(answer, &text, &["id"])?;
        let key = key_of(connection, &[fields.text("id")])
            .map_err(|why| Refusal::unreadable(answer, &why))?;
        Ok(Some(record::call(key, &fields, now_ms)))
    }

    /// `fields=full` holds the transcript and the actions, but neither latency and audio metrics
    /// nor the diagnostics; "any duplicate fields are automatically handled".
    fn detail(&self, reference: &Reference) -> Request {
        Request::get(format!("/calls/{}", reference.call_id()))
            .with("fields", "full")
            .with("include", "metrics,diagnostics")
    }

    /// The envelope is not shown. `most_recent` gives a bare object; `{data}` is read as well.
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

    /// "include: Comma-separated list of additional field groups": `transcript` is one of them.
    fn transcripts(&self, query: &Query) -> Option<Request> {
        let calls = Calls { query: query.clone(), narrow: Narrow::default() };
        Some(calls.request(Place::default()).with("include", "transcript"))
    }

    fn read_transcripts(
        &self,
        connection: &Arc<str>,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<Vec<(Call, Transcript)>, Refusal> {
        let rows = read_list(answer, now_ms, &["data"], PAGE_SIZE, |row| {
            let call = record::call(key_of(connection, &[row.text("id")])?, row, now_ms);
            let transcript = record::transcript(row, &call, now_ms);
            Ok((call, transcript))
        })?;
        Ok(rows.read)
    }

    fn insight(&self, text: &str, call: &Call) -> Insight {
        let fields = record(&Answer::of(200, text), text, &["id"]);
        fields.map(|fields| insight::of(&fields, call)).unwrap_or_default()
    }

    fn topics(&self) -> &'static Topics {
        &insight::TOPICS
    }

    /// No webhooks are documented.
    fn shape(&self) -> &'static Shape {
        &record::SHAPE
    }

    /// The light payload has the address.
    fn recording(&self, reference: &Reference, _track: Track) -> Request {
        Request::get(format!("/calls/{}", reference.call_id()))
    }

    /// Nothing is said of how long an address is good.
    fn read_recording(
        &self,
        answer: &Answer,
        _track: Track,
        now_ms: i64,
    ) -> Result<RecordingAddress, NoRecording> {
        read_address(answer, now_ms, &["id"], |key, fields| {
            let call = record::call(key, fields, now_ms);
            address(&call, fields.text("recording_url"), None)
        })
    }
}

struct Calls {
    query: Query,
    narrow: Narrow,
}

impl List for Calls {
    /// `from` and `to` are on the start, which a call's time is read from. Without a bound in time
    /// they are left out, so that calls that never began are there as well.
    fn request(&self, at: Place) -> Request {
        let span = (!self.query.is_any_time()).then(|| self.query.asked_span());
        let request = Request::get("/calls")
            .with_some("from", span.map(|span| rfc3339(span.from_ms)))
            .with_some("to", span.map(|span| rfc3339(span.to_ms)))
            .with("order_by", "started_at")
            .with("order", "desc")
            .with("limit", PAGE_SIZE)
            .with("offset", at.read);
        wishes(request, &self.query, &self.narrow)
    }

    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<Call>, Refusal> {
        let read = read_list(answer, now_ms, &["data"], PAGE_SIZE, |row| {
            let key = key_of(&self.query.connection, &[row.text("id")])?;
            Ok(listed(record::call(key, row, now_ms), row, record::CARRIED))
        });
        match read {
            Err(refusal) if says_none(&refusal) => Ok(Rows::none()),
            read => read,
        }
    }
}

/// What is asked of a list besides its dates. No `status`: its words are not documented, and one
/// that is missed loses its calls.
fn wishes(request: Request, query: &Query, narrow: &Narrow) -> Request {
    request
        .with_some("phone_number", query.phone.as_ref())
        .with_some("agent_id", narrow.one_agent())
        .with_some("call_type", narrow.one_direction())
        .with_some("contact_id", narrow.contact.as_ref())
        .with_some("campaign_id", narrow.campaign.as_ref())
}

/// Whether a refusal only says that no call fits.
fn says_none(refusal: &Refusal) -> bool {
    refusal.kind == RefusalKind::NotFound && refusal.subject() == Some(Subject::NoCalls)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::period::Span;

    #[test]
    fn a_page_is_asked_for_newest_first_with_the_number_encoded() {
        let query = Query {
            connection: "av".into(),
            span: Span { from_ms: 1_773_916_200_000, to_ms: 1_773_916_260_000 },
            phone: Some("+14155551234".into()),
            deleted: false,
            now_ms: 0,
        };
        assert_eq!(
            Calls { query, narrow: Narrow::default() }.request(Place { page: 1, read: 57 }).target(),
            "/calls?from=2026-03-19T10%3A29%3A59Z&to=2026-03-19T10%3A31%3A01Z&order_by=started_at\
             &order=desc&limit=100&offset=57&phone_number=%2B14155551234"
        );
    }

    fn sought(sought: &Sought) -> Vec<String> {
        let span = Span { from_ms: 1, to_ms: 2 };
        let query = Query { connection: "av".into(), span, phone: None, deleted: false, now_ms: 0 };
        let mut fetch = Provider.seek(&query, sought).unwrap();
        fetch.next().into_iter().map(|(_, request)| request.target()).collect()
    }

    #[test]
    fn a_number_is_looked_for_at_any_time_and_an_id_as_a_contacts_and_a_campaigns() {
        let rest = "order_by=started_at&order=desc&limit=100&offset=0";
        assert_eq!(
            sought(&Sought::Number("001 415 555 0142".into())),
            [format!("/calls?{rest}&phone_number=%2B14155550142")]
        );
        assert_eq!(
            sought(&Sought::Id("con_12345678".into())),
            ["contact_id", "campaign_id"].map(|name| format!("/calls?{rest}&{name}=con_12345678"))
        );
    }

    #[test]
    fn somebodys_last_call_is_one_request_whose_404_means_none() {
        let span = Span { from_ms: 0, to_ms: 1 };
        let phone = Some("+14155550142".to_owned());
        let query = Query { connection: "av".into(), span, phone, deleted: false, now_ms: 0 };
        let request = Provider.last_call(&query).unwrap();
        assert_eq!(request.target(), "/calls?phone_number=%2B14155550142&most_recent=true");
        let read = |status, body: &str| {
            Provider.read_last_call(&"av".into(), &Answer::of(status, body), 0)
        };
        let call = read(200, r#"{"id":"x","phone_number":"+14155550142"}"#).unwrap().unwrap();
        assert_eq!(call.key.to_string(), "av/x");
        assert_eq!(read(404, r#"{"error":"No calls found matching criteria"}"#), Ok(None));
        assert!(read(404, r#"{"error":"Call not found"}"#).is_err());
    }

    #[test]
    fn a_page_of_the_list_brings_the_transcripts_of_a_hundred_calls() {
        let span = Span { from_ms: 1_773_916_200_000, to_ms: 1_773_916_260_000 };
        let (connection, phone, deleted): (Arc<str>, _, _) = ("av".into(), None, false);
        let query = Query { connection: connection.clone(), span, phone, deleted, now_ms: 0 };
        let target = Provider.transcripts(&query).unwrap().target();
        assert!(target.ends_with("&limit=100&offset=0&include=transcript"), "{target}");
        let body = r#"{"data":[{"id":"c1","transcript":"AI: Hi"},{"id":"c2"},{"x":1}]}"#;
        let read = Provider.read_transcripts(&connection, &Answer::of(200, body), i64::MAX / 2);
        let read: Vec<_> = read.unwrap().into_iter().map(|(_, transcript)| transcript).collect();
        assert_eq!(read, [Transcript::Text("AI: Hi".into()), Transcript::Absent]);
    }

    #[test]
    fn opening_a_call_asks_for_everything_there_is() {
        let request = Provider.detail(&Reference::parse("abc-123").unwrap());
        assert_eq!(
            request.target(),
            "/calls/abc-123?fields=full&include=metrics%2Cdiagnostics"
        );
    }
}
