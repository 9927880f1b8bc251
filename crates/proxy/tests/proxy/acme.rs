//! A provider that only exists here: it has a route of every kind.

use calls::key::CallKey;
use calls::{Call, OpenedCall, Reference, Status, Transcript};
use providers::route::Purpose;
use providers::{
    Adapter, Answer, Applies, AuthHeader, Capabilities, Descriptor, Fetch, Method, NoRecording,
    Query, RecordingAddress, Refusal, Request, Route, Track,
};

pub(crate) struct Acme;

static DESCRIPTOR: Descriptor = Descriptor {
    id: "acme",
    name: "Acme",
    base_url: None,
    auth: &[
        AuthHeader { name: "authorization", prefix: "Bearer ", setting: "key" },
        AuthHeader { name: "x-organization-id", prefix: "", setting: "organization" },
    ],
    routes: &[
        route(Method::Get, "/calls", &["limit", "phone"], Purpose::List),
        route(Method::Get, "/calls/{call}", &[], Purpose::Detail),
        route(Method::Post, "/search", &["full"], Purpose::Detail),
        route(Method::Get, "/calls/{call}/link", &["track"], Purpose::Recording),
        route(Method::Get, "/calls/{call}/spare", &[], Purpose::Recording),
    ],
    media_hosts: &["audio.acme.example", ".cdn.acme.example"],
    limits: &[],
    request_id_header: Some("x-acme-request"),
    capabilities: Capabilities {
        date: Applies::Provider,
        agent: Applies::Calldeck,
        status: Applies::Calldeck,
        direction: Applies::Calldeck,
        phone: Applies::Provider,
        text: Applies::Calldeck,
    },
    counts_from_answer: true,
};

const fn route(
    method: Method,
    path: &'static str,
    query: &'static [&'static str],
    purpose: Purpose,
) -> Route {
    Route { method, path, query, purpose }
}

impl Adapter for Acme {
    fn describe(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn start(&self, _: &Query) -> Box<dyn Fetch> {
        unreachable!("the proxy starts no list")
    }

    fn detail(&self, reference: &Reference) -> Request {
        Request::get(format!("/calls/{}", reference.call_id()))
    }

    /// A call is over when its answer says `"over"`.
    fn read_detail(
        &self,
        key: &CallKey,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<OpenedCall, Refusal> {
        if !answer.is_ok() {
            return Err(Refusal::of(answer, now_ms));
        }
        let mut call = Call::new(key.clone());
        call.status =
            if answer.text().contains("\"over\"") { Status::Completed } else { Status::InProgress };
        Ok(OpenedCall { call, transcript: Transcript::Absent, facts: vec![], raw: String::new() })
    }

    /// The calls of `told` ones tell it themselves, under `link`.
    fn recording(&self, reference: &Reference, track: Track) -> Request {
        if reference.call_id().starts_with("told") {
            return self.detail(reference);
        }
        let path = format!("/calls/{}/link", reference.call_id());
        Request::get(path).with("track", track.code())
    }

    /// Recordings of calls whose id begins with `late` may be named elsewhere.
    fn recording_instead(&self, reference: &Reference, _: Track) -> Option<Request> {
        let id = reference.call_id();
        id.starts_with("late").then(|| Request::get(format!("/calls/{id}/spare")))
    }

    /// `none=WORD`, or an address and, after a blank, its end in UTC milliseconds.
    fn read_recording(
        &self,
        answer: &Answer,
        _: Track,
        now_ms: i64,
    ) -> Result<RecordingAddress, NoRecording> {
        if !answer.is_ok() {
            return Err(NoRecording::Refused(Refusal::of(answer, now_ms)));
        }
        let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        let text = body["link"].as_str().or(body.as_str()).unwrap();
        match text.strip_prefix("none=") {
            Some("absent") => Err(NoRecording::Absent),
            Some("not_ready") => Err(NoRecording::NotReady),
            Some("expired") => Err(NoRecording::Expired),
            Some(_) => Err(NoRecording::Purged),
            None => {
                let (url, until) = text.split_once(' ').unwrap_or((text, ""));
                Ok(RecordingAddress { url: url.to_owned(), expires_ms: until.parse().ok() })
            }
        }
    }
}
