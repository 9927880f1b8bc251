//! One connection, step by step: list, agents, detail, recording, date filter.

use calls::period::Span;
use calls::{Call, OpenedCall, Recording, Transcript};
use providers::{Answer, Applies, Event, Purpose, Query, Refusal, Request};
use proxy::{Connection, Proxy, Trouble};
use serde_json::Value;

use super::{shape, words};

/// Requests that are made for lists at most, so that no budget is spent on a check.
const MOST_REQUESTS: usize = 8;

/// The time whose calls are looked at.
const MONTH_MS: i64 = 30 * 86_400_000;

/// A day in which no call was made: 2001-01-01.
const LONG_AGO: Span = Span { from_ms: 978_307_200_000, to_ms: 978_393_600_000 };

/// What came of a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    Works,
    Fails,
    /// It could not be tried, or is worth knowing.
    Note,
}

impl Verdict {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Fails => "FAILS",
            Self::Note => "note",
        }
    }
}

/// A step, for people; `code` says the same without a word of the provider's.
pub(super) struct Step {
    pub(super) verdict: Verdict,
    pub(super) what: &'static str,
    pub(super) text: String,
    pub(super) code: String,
}

/// What was found at one connection.
#[derive(Default)]
pub(super) struct Found {
    pub(super) steps: Vec<Step>,
    /// Route, status and shape of each answer.
    pub(super) shapes: Vec<(&'static str, u16, Value)>,
}

/// What a look into a list brought.
#[derive(Default)]
struct Listed {
    calls: Vec<Call>,
    read: u64,
    /// How many agents were named, if they could be read.
    agents: Option<usize>,
    skipped: Option<(usize, String)>,
    /// What stopped a request for agents, or for calls.
    refused: Vec<(Purpose, String, String)>,
    envelope: Option<String>,
}

struct Look<'a> {
    proxy: &'a Proxy,
    connection: &'a Connection,
    now_ms: i64,
    found: Found,
}

/// Looks at a connection.
pub(super) async fn at(proxy: &Proxy, connection: &Connection, now_ms: i64) -> Found {
    let mut look = Look { proxy, connection, now_ms, found: Found::default() };
    let span = Span { from_ms: now_ms - MONTH_MS, to_ms: now_ms + 1 };
    let listed = look.list(span).await;
    look.tell_list(&listed);
    if let Some(call) = best(&listed.calls, now_ms) {
        look.open(call).await;
    } else if listed.refused.is_empty() {
        look.note("detail", "There is no call of the last 30 days to open.", "no_call");
    }
    if listed.read > 0 {
        look.try_dates().await;
    }
    look.found
}

/// The call that tells most: one that can be heard, and a long one.
fn best(calls: &[Call], now_ms: i64) -> Option<&Call> {
    let heard = |call: &Call| {
        matches!(call.recording, Recording::Available { .. }) && call.recording.playable(now_ms)
    };
    calls.iter().max_by_key(|call| (heard(call), call.duration_ms.unwrap_or_default()))
}

impl Look<'_> {
    fn step(&mut self, verdict: Verdict, what: &'static str, text: String, code: &str) {
        self.found.steps.push(Step { verdict, what, text, code: code.to_owned() });
    }

    fn note(&mut self, what: &'static str, text: &str, code: &str) {
        self.step(Verdict::Note, what, text.to_owned(), code);
    }

    /// The route that a request is for: its template for the report, and its purpose.
    fn route(&self, request: &Request) -> (&'static str, Purpose) {
        let mut routes = self.connection.provider().routes.iter();
        let route = routes.find(|route| route.admits(request.method, &request.path));
        route.map_or(("(unknown)", Purpose::List), |route| (route.path, route.purpose))
    }

    async fn ask(&mut self, request: &Request) -> Result<Answer, Trouble> {
        let answer = self.proxy.probe(&self.connection.id, request).await?;
        let shape = (self.route(request).0, answer.status, shape::of(&answer.text()));
        if !self.found.shapes.contains(&shape) {
            self.found.shapes.push(shape);
        }
        Ok(answer)
    }

    /// The first pages of the list, as far as needed to see agents and calls.
    async fn list(&mut self, span: Span) -> Listed {
        let query = Query {
            connection: self.connection.id.as_str().into(),
            span,
            phone: None,
            deleted: false,
            now_ms: self.now_ms,
        };
        let mut fetch = self.connection.adapter.start(&query);
        let mut listed = Listed::default();
        let mut asked = 0;
        let mut answered = Vec::new();
        while asked < MOST_REQUESTS {
            let requests = fetch.next();
            if requests.is_empty() {
                break;
            }
            for (id, request) in requests {
                let purpose = self.route(&request).1;
                let enough = purpose == Purpose::Agents && answered.contains(&purpose)
                    || purpose == Purpose::List && !listed.calls.is_empty();
                if enough || asked >= MOST_REQUESTS {
                    continue;
                }
                asked += 1;
                answered.push(purpose);
                match self.ask(&request).await {
                    Ok(answer) => {
                        let events = fetch.feed(id, &answer, self.now_ms);
                        listed.take(purpose, &answer, events, self.now_ms);
                    }
                    Err(trouble) => {
                        listed.refused.push((purpose, trouble.message, trouble.code.to_owned()));
                        return listed;
                    }
                }
            }
        }
        listed
    }

    fn tell_list(&mut self, listed: &Listed) {
        for (purpose, text, code) in &listed.refused {
            let what = if *purpose == Purpose::Agents { "agents" } else { "list" };
            self.step(Verdict::Fails, what, text.clone(), code);
        }
        if let Some(agents) = listed.agents {
            self.step(Verdict::Works, "agents", format!("{agents} named."), "ok");
        }
        if let Some(envelope) = &listed.envelope {
            let read = listed.read;
            let text = format!(
                "The key is accepted; {read} calls of the last 30 days on the pages looked at. \
                 Shape: {envelope}."
            );
            self.step(Verdict::Works, "list", text, "ok");
        }
        if let Some((records, why)) = &listed.skipped {
            let text =
                format!("{records} records could not be read: {why}. Report it with --report.");
            self.step(Verdict::Note, "list", text, "skipped");
        }
    }

    async fn open(&mut self, call: &Call) {
        let request = self.connection.adapter.detail(&call.key.reference);
        let read = match self.ask(&request).await {
            Ok(answer) => self.connection.adapter.read_detail(&call.key, &answer, self.now_ms),
            Err(trouble) => {
                return self.step(Verdict::Fails, "detail", trouble.message, trouble.code);
            }
        };
        match read {
            Ok(opened) => {
                let text = format!("A call could be opened; {}.", transcript(&opened));
                self.step(Verdict::Works, "detail", text, "ok");
                self.hear(&opened.call).await;
            }
            Err(refusal) => {
                let (text, code) = told(&refusal);
                self.step(Verdict::Fails, "detail", text, &code);
            }
        }
    }

    async fn hear(&mut self, call: &Call) {
        match self.proxy.probe_recording(&self.connection.id, &call.key.reference).await {
            Ok(host) => {
                let text = format!("It lies on {host}, which is allowed, and can be fetched.");
                self.step(Verdict::Works, "recording", text, "ok");
            }
            Err(trouble) => {
                let missing = trouble.code.starts_with("recording_")
                    && !matches!(trouble.code, "recording_blocked" | "recording_refused");
                let verdict = if missing { Verdict::Note } else { Verdict::Fails };
                self.step(verdict, "recording", trouble.message, trouble.code);
            }
        }
    }

    /// Asks for a day on which there was no call.
    async fn try_dates(&mut self) {
        if self.connection.provider().capabilities.date == Applies::Calldeck {
            let text = "Not asked of this provider: Calldeck reads the list and compares.";
            return self.note("dates", text, "by_calldeck");
        }
        let listed = self.list(LONG_AGO).await;
        if let Some((_, text, code)) = listed.refused.first() {
            self.step(Verdict::Fails, "dates", text.clone(), code);
        } else if listed.read == 0 {
            let text = "Obeyed: a day without calls gave none.".to_owned();
            self.step(Verdict::Works, "dates", text, "obeyed");
        } else {
            let text = "Ignored: a day without calls gave calls. Nothing wrong is shown, since \
                        Calldeck compares itself, but lists take longer.";
            self.note("dates", text, "ignored");
        }
    }
}

impl Listed {
    fn take(&mut self, purpose: Purpose, answer: &Answer, events: Vec<Event>, now_ms: i64) {
        if !answer.is_ok() {
            let (text, code) = told(&Refusal::of(answer, now_ms));
            // Every agent's list is refused alike; once is enough.
            let known = |(of, _, word): &(Purpose, String, String)| *of == purpose && *word == code;
            if !self.refused.iter().any(known) {
                self.refused.push((purpose, text, code));
            }
            return;
        }
        if purpose == Purpose::List {
            self.envelope = Some(shape::envelope(&answer.text()));
        }
        for event in events {
            match event {
                Event::Calls(calls) => self.calls.extend(calls),
                Event::Agents(agents) => {
                    self.agents = Some(self.agents.unwrap_or_default() + agents.len());
                }
                Event::Progress { read, .. } => self.read = read,
                Event::Skipped { records, why } => self.skipped = Some((records, why)),
                Event::Refused(refusal) => {
                    let (text, code) = told(&refusal);
                    self.refused.push((purpose, text, code));
                }
                _ => {}
            }
        }
    }
}

/// A refusal for people, and as a word.
fn told(refusal: &Refusal) -> (String, String) {
    (words::refusal(refusal), format!("{:?} {}", refusal.kind, refusal.status))
}

fn transcript(opened: &OpenedCall) -> String {
    match &opened.transcript {
        Transcript::Turns(turns) => format!("its transcript has {} turns", turns.len()),
        Transcript::Text(_) => "its transcript is a text without turns".to_owned(),
        Transcript::BeingWritten => "its transcript is being written".to_owned(),
        Transcript::Elsewhere => "its transcript lies at an address of its own".to_owned(),
        Transcript::Purged => "its transcript has been purged".to_owned(),
        Transcript::Absent | Transcript::NotInRecord | Transcript::NotAsked => {
            "it has no transcript".to_owned()
        }
    }
}
