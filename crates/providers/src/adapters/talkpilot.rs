//! TalkPilot. Documentation: docs.talkpilot.io, "Calls", "Getting started", "Authentication",
//! "Pagination", "Rate limiting" (read 2026). Calls can only be listed agent by agent, so a run
//! lists the agents first; the key needs `agents:read` and `calls:read`.

mod record;

use calls::key::{CallKey, is_plain_id};
use calls::{Call, OpenedCall, Reference};

use crate::answer::Answer;
use crate::carried::{listed, opened};
use crate::descriptor::{Applies, AuthHeader, Capabilities, Descriptor, Limit};
use crate::fetch::{AgentName, Fetch};
use crate::fields::Fields;
use crate::list::{AgentList, List, Place};
use crate::narrow::Narrow;
use crate::paging::Run;
use crate::query::{Query, rfc3339};
use crate::reading::{address, given_record, key_of, other_facts, read_address, record, without};
use crate::refusal::Refusal;
use crate::request::{Method, Request};
use crate::route::{Purpose, Route};
use crate::rows::{Rows, read_list};
use crate::shape::Shape;
use crate::{Adapter, NoRecording, RecordingAddress, Sought, Track};

/// The largest page ("Pagination").
const PAGE_SIZE: usize = 100;

/// "Signed URL to call recording (expires after 1 hour)" ("Calls"). A minute less: it was signed
/// before we read it. Opening the call again signs a new one.
const ADDRESS_GOOD_MS: i64 = 59 * 60_000;

const LIST_QUERY: &[&str] =
    &["page", "limit", "done", "from", "to", "phone_number", "search", "include_deleted"];

static DESCRIPTOR: Descriptor = Descriptor {
    id: "talkpilot",
    name: "TalkPilot",
    // `https://{project_ref}.supabase.co/functions/v1/api/v1`: every customer has their own.
    base_url: None,
    auth: &[AuthHeader { name: "x-api-key", prefix: "", setting: "key" }],
    routes: &[
        Route {
            method: Method::Get,
            path: "/agents",
            query: &["page", "limit"],
            purpose: Purpose::Agents,
        },
        Route {
            method: Method::Get,
            path: "/agents/{agent}/calls",
            query: LIST_QUERY,
            purpose: Purpose::List,
        },
        Route {
            method: Method::Get,
            path: "/agents/{agent}/calls/{call}",
            query: &[],
            purpose: Purpose::Detail,
        },
    ],
    // Not documented: the API itself lies on Supabase, whose signed storage URLs have the
    // project's host. Other storage is named in the connection's settings.
    media_hosts: &[".supabase.co"],
    // Guide "Rate limiting": 60 a minute and 1,000 an hour for each key.
    limits: &[Limit::new(60, 60), Limit::new(1_000, 3_600)],
    // In the body of an error only: `error.request_id`.
    request_id_header: None,
    capabilities: Capabilities {
        date: Applies::Provider,
        agent: Applies::Provider,
        status: Applies::Calldeck,
        direction: Applies::Calldeck,
        phone: Applies::Provider,
        // `search` knows name, number and summary, not the transcript: less than ours.
        text: Applies::Calldeck,
    },
    counts_from_answer: false,
};

/// TalkPilot.
pub struct Provider;

impl Adapter for Provider {
    fn describe(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn start(&self, query: &Query) -> Box<dyn Fetch> {
        self.start_narrowed(query, &Narrow::default())
    }

    /// An agent whose calls are not wanted is not asked for its calls.
    fn start_narrowed(&self, query: &Query, narrow: &Narrow) -> Box<dyn Fetch> {
        let agents = Agents { query: query.clone(), narrow: narrow.clone() };
        Box::new(Run::new(Some(Box::new(agents)), vec![]))
    }

    fn narrows(&self, narrow: &Narrow) -> bool {
        !narrow.agents.is_empty() || narrow.todo.is_some()
    }

    /// `phone_number` is compared exactly, so that a number without its country code goes to
    /// `search` ("Search by customer name, phone number, or summary").
    fn seek(&self, query: &Query, sought: &Sought) -> Option<Box<dyn Fetch>> {
        let phone = sought.international();
        let words = || sought.significant().unwrap_or_else(|| sought.typed().to_owned());
        let search = phone.is_none().then(words);
        let query = Query { phone, ..query.any_time() };
        Some(self.start_narrowed(&query, &Narrow { search, ..Narrow::default() }))
    }

    /// Turns are roles and texts ("Calls").
    fn tells_times(&self) -> bool {
        false
    }

    /// A reference without an agent makes a path that no route admits.
    fn detail(&self, reference: &Reference) -> Request {
        let ids: Vec<&str> = reference.ids().collect();
        let (agent, call) = if let [agent, call] = ids[..] { (agent, call) } else { ("", "") };
        Request::get(format!("/agents/{agent}/calls/{call}"))
    }

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
        let raw = if call.purged { without(&fields, record::PURGED) } else { text };
        Ok(OpenedCall { call, transcript, facts, raw })
    }

    fn shape(&self) -> &'static Shape {
        &record::SHAPE
    }

    /// `{"event": "call.completed", "call": {…, "transcript": …}}` (guide "Webhooks").
    fn webhook(&self, body: &Fields) -> Option<String> {
        body.text("event")?;
        Some(body.raw("call")?.get().to_owned())
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
            address(&call, fields.text("audio_file_url"), Some(now_ms + ADDRESS_GOOD_MS))
        })
    }
}

struct Agents {
    query: Query,
    narrow: Narrow,
}

impl AgentList for Agents {
    fn request(&self, at: Place) -> Request {
        Request::get("/agents").with("page", at.page + 1).with("limit", PAGE_SIZE)
    }

    /// An agent without a name still has calls; one without an id that can stand in a URL does
    /// not, and is told.
    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<AgentName>, Refusal> {
        read_list(answer, now_ms, &["data"], PAGE_SIZE, |row| {
            let id = row.text("id").filter(|id| is_plain_id(id));
            let id = id.ok_or("an agent has no id that can stand in a URL")?;
            Ok(AgentName { name: row.text("name").unwrap_or_else(|| id.clone()), id })
        })
    }

    fn calls_of(&self, agent: &AgentName) -> Option<Box<dyn List>> {
        let (query, narrow) = (self.query.clone(), self.narrow.clone());
        let wanted = narrow.wants_agent(&agent.id);
        wanted.then(|| -> Box<dyn List> { Box::new(Calls { query, narrow, agent: agent.clone() }) })
    }
}

/// The calls of one agent.
struct Calls {
    query: Query,
    narrow: Narrow,
    agent: AgentName,
}

impl List for Calls {
    fn name(&self) -> Option<&str> {
        Some(&self.agent.name)
    }

    /// `from` and `to` are on `created_at`, which is the "call start timestamp" that a call's
    /// time is read from.
    fn request(&self, at: Place) -> Request {
        let span = self.query.asked_span();
        Request::get(format!("/agents/{}/calls", self.agent.id))
            .with("from", rfc3339(span.from_ms))
            .with("to", rfc3339(span.to_ms))
            .with("page", at.page + 1)
            .with("limit", PAGE_SIZE)
            .with_some("phone_number", self.query.phone.as_ref())
            .with_some("search", self.narrow.search.as_ref())
            // `done` is the staff's to-do mark ("Whether the call has been processed").
            .with_some("done", self.narrow.todo.map(|todo| !todo))
            .with_some("include_deleted", self.query.deleted.then_some(true))
    }

    fn read(&self, answer: &Answer, now_ms: i64) -> Result<Rows<Call>, Refusal> {
        read_list(answer, now_ms, &["data"], PAGE_SIZE, |row| {
            // The agent of the path, not of the record: it is what the detail route needs.
            let ids = [Some(self.agent.id.clone()), row.text("id")];
            let call = record::call(key_of(&self.query.connection, &ids)?, row, now_ms);
            let mut call = listed(call, row, record::CARRIED);
            call.agent_id.get_or_insert_with(|| self.agent.id.clone());
            if call.agent_id.as_ref() == Some(&self.agent.id) {
                call.agent_name = Some(self.agent.name.clone());
            }
            Ok(call)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::period::Span;

    fn calls() -> Calls {
        let query = Query {
            connection: "tp".into(),
            span: Span { from_ms: 1_773_916_200_000, to_ms: 1_773_916_260_000 },
            phone: Some("+491701234567".into()),
            deleted: true,
            now_ms: 0,
        };
        let agent = AgentName { id: "a1".into(), name: "Empfang".into() };
        Calls { query, narrow: Narrow::default(), agent }
    }

    #[test]
    fn a_page_of_calls_is_asked_for_by_agent_time_and_whole_number() {
        assert_eq!(
            calls().request(Place { page: 1, read: 100 }).target(),
            "/agents/a1/calls?from=2026-03-19T10%3A29%3A59Z&to=2026-03-19T10%3A31%3A01Z\
             &page=2&limit=100&phone_number=%2B491701234567&include_deleted=true"
        );
    }

    #[test]
    fn what_is_still_to_do_is_asked_for_by_the_mark_and_words_by_the_providers_search() {
        let narrow = |todo, search: Option<&str>| Narrow {
            todo,
            search: search.map(str::to_owned),
            ..Narrow::default()
        };
        let target = |narrow| Calls { narrow, ..calls() }.request(Place::default()).target();
        assert!(target(narrow(Some(true), None)).contains("&done=false&"));
        assert!(target(narrow(Some(false), None)).contains("&done=true&"));
        assert!(target(narrow(None, Some("Rechnung #1234"))).contains("&search=Rechnung%20%231234&"));
    }

    #[test]
    fn an_agent_whose_calls_are_not_wanted_is_not_asked_for_them() {
        let narrow = Narrow { agents: vec!["a2".into()], ..Narrow::default() };
        let agents = Agents { query: calls().query, narrow };
        let agent = |id: &str| AgentName { id: id.into(), name: id.into() };
        assert!(agents.calls_of(&agent("a1")).is_none());
        assert!(agents.calls_of(&agent("a2")).is_some());
    }

    #[test]
    fn a_call_is_opened_under_the_agent_it_was_listed_by() {
        let answer = Answer::of(200, r#"{"data":[{"id":"c1","agent_id":"other"}]}"#);
        let call = calls().read(&answer, 0).unwrap().read.remove(0);
        assert_eq!(
            Provider.detail(&call.key.reference),
            Request::get("/agents/a1/calls/c1")
        );
        assert_eq!(call.agent_name, None);
    }

    #[test]
    fn a_reference_without_an_agent_makes_no_path_that_could_be_sent() {
        let request = Provider.detail(&Reference::parse("c1").unwrap());
        assert!(!DESCRIPTOR.routes.iter().any(|route| route.admits(Method::Get, &request.path)));
    }
}
