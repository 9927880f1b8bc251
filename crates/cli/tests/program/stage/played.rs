//! A provider that is played: TalkPilot's wire over calls that a test changes as it goes, and a
//! storage of recordings that can stand still.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::stage::Entry;

/// How many bytes a recording has.
pub(crate) const SIZE: usize = 40_000;

/// How the id of a call begins that is refused whenever it is asked for: too many requests.
pub(crate) const BUSY: &str = "busy";

/// How it behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mood {
    /// As it should.
    Well,
    /// A recording stands still in its middle for ever.
    StopsHalfway,
    /// Whoever asks for the list waits for ever.
    AnswersNobody,
}

/// The provider.
pub(crate) struct Played {
    pub(crate) origin: String,
    calls: Mutex<Vec<Value>>,
    mood: Mutex<Mood>,
    /// Paths that were asked for besides lists, with their ranges.
    asked: Mutex<Vec<String>>,
    waiting: UnboundedSender<()>,
}

impl Played {
    /// Starts it with calls. The receiver hears of everybody who waits for ever.
    pub(crate) async fn start(calls: Vec<Value>) -> (Arc<Self>, UnboundedReceiver<()>) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (waiting, heard) = unbounded_channel();
        let played = Arc::new(Self {
            origin,
            calls: Mutex::new(calls),
            mood: Mutex::new(Mood::Well),
            asked: Mutex::default(),
            waiting,
        });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&played));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (played, heard)
    }

    /// What a configuration says of it.
    pub(crate) fn entry(&self) -> Entry {
        let (base_url, key) = (format!("{}/v1", self.origin), "tp_live_played_key".to_owned());
        Entry { id: "talkpilot".into(), provider: "talkpilot", base_url, key, organization: None }
    }

    pub(crate) fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Vec<Value>)) {
        change(&mut self.calls.lock().unwrap());
    }

    /// What was asked for since it was last looked, besides lists.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    /// A call that was answered, with a transcript and a recording.
    pub(crate) fn call(&self, id: &str, created_at: &str) -> Value {
        json!({
            "id": id, "agent_id": "a1", "created_at": created_at, "duration": 95,
            "phone_number": "+493023125042", "customer_name": "Erika Mustermann",
            "call_summary": "Kundin verschiebt ihren Termin.", "general_success": true,
            "is_purged": false, "deleted_at": null, "note": null,
            "transcript": "[{\"role\":\"agent\",\"text\":\"Guten Tag.\"},{\"role\":\"user\",\"text\":\"Hallo.\"}]",
            "audio_file_url": format!("{}/sound/{id}.mp3?signature=secret-of-storage", self.origin),
        })
    }
}

/// The bytes of every recording.
pub(crate) fn sound() -> Vec<u8> {
    (0..SIZE).map(|nth| u8::try_from(nth % 251).unwrap()).collect()
}

async fn answer(State(played): State<Arc<Played>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let range = request.headers().get(header::RANGE).map(|range| range.to_str().unwrap());
    let mood = *played.mood.lock().unwrap();
    if path == "/v1/agents" {
        return page(vec![json!({"id": "a1", "name": "Empfang", "is_active": true})]);
    }
    if path == "/v1/agents/a1/calls" {
        if mood == Mood::AnswersNobody {
            return played.wait().await;
        }
        return page(played.calls.lock().unwrap().iter().map(listed).collect());
    }
    played.asked.lock().unwrap().push(match range {
        Some(range) => format!("{path} {range}"),
        None => path.clone(),
    });
    if path.starts_with("/sound/") {
        return play(request.headers(), mood);
    }
    if path.rsplit('/').next().is_some_and(|id| id.starts_with(BUSY)) {
        let after = [(header::RETRY_AFTER, "1")];
        return (StatusCode::TOO_MANY_REQUESTS, after, "{}").into_response();
    }
    let id = path.trim_start_matches("/v1/agents/a1/calls/");
    let calls = played.calls.lock().unwrap();
    match calls.iter().find(|call| call["id"] == id) {
        Some(call) => axum::Json(call.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, axum::Json(json!({"error": {"code": "NOT_FOUND"}})))
            .into_response(),
    }
}

impl Played {
    async fn wait(&self) -> Response {
        self.waiting.send(()).unwrap();
        std::future::pending().await
    }
}

/// A call as its list tells it.
fn listed(call: &Value) -> Value {
    let mut call = call.clone();
    let fields = call.as_object_mut().unwrap();
    fields.remove("transcript");
    fields.remove("audio_file_url");
    call
}

fn page(rows: Vec<Value>) -> Response {
    let pagination = json!({"page": 1, "limit": 100, "total": rows.len(), "pages": 1});
    axum::Json(json!({"data": rows, "pagination": pagination})).into_response()
}

fn play(headers: &HeaderMap, mood: Mood) -> Response {
    let (all, tag) = (sound(), "\"the same\"");
    let common = [(header::CONTENT_TYPE, "audio/mpeg"), (header::ETAG, tag)];
    let from = headers.get(header::RANGE).and_then(|range| {
        let range = range.to_str().unwrap().strip_prefix("bytes=")?.strip_suffix('-')?;
        (headers.get(header::IF_RANGE)?.to_str().unwrap() == tag).then(|| range.parse().unwrap())
    });
    if let Some(from) = from {
        let range: usize = from;
        let told = [(header::CONTENT_RANGE, format!("bytes {range}-{}/{SIZE}", SIZE - 1))];
        return (StatusCode::PARTIAL_CONTENT, common, told, all[range..].to_vec()).into_response();
    }
    if mood == Mood::Well {
        return (common, all).into_response();
    }
    let half = Bytes::from(all[..SIZE / 2].to_vec());
    let body = stream::iter([Ok::<_, std::io::Error>(half)]).chain(stream::pending());
    let told = [(header::CONTENT_LENGTH, SIZE.to_string())];
    (common, told, Body::from_stream(body)).into_response()
}
