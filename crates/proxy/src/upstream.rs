//! One request to a provider, and its answer. Each request is built from nothing: method, checked
//! path and query, `Accept`, our name, the key. Nothing of a client's request is in it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use providers::{Answer, Method, Request};
use tokio::time::{Instant, timeout_at};

use crate::connection::Connection;
use crate::refuse::Refusal;
use crate::wire::{Wire, WireError};

/// Largest answer that is passed on.
pub(crate) const LARGEST_ANSWER: u64 = 64 * 1024 * 1024;

/// Largest answer that is read as a whole, shared and kept. A larger one flows through.
const LARGEST_WHOLE: usize = 4 * 1024 * 1024;

/// Largest answer that is read here, to find a recording's address in it.
const LARGEST_READ: usize = 16 * 1024 * 1024;

/// How we name ourselves to providers and storage.
pub(crate) const USER_AGENT: &str = concat!("calldeck/", env!("CARGO_PKG_VERSION"));

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until there is a connection.
    pub connect: Duration,
    /// Until an answer of a provider has come whole.
    pub answer: Duration,
    /// Between two pieces of a recording.
    pub idle: Duration,
    /// Until a body of a client's has come whole.
    pub body: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(30),
            idle: Duration::from_secs(30),
            body: Duration::from_secs(10),
        }
    }
}

/// An answer's body: all of it, or what has come so far with the rest still to come.
pub(crate) enum Came {
    Whole(Bytes),
    Part(Bytes, BodyDataStream),
}

impl Came {
    /// The body as it comes.
    pub(crate) fn into_stream(self) -> impl Stream<Item = Result<Bytes, axum::Error>> + Unpin {
        let (first, rest) = match self {
            Self::Whole(body) => (body, Body::empty().into_data_stream()),
            Self::Part(first, rest) => (first, rest),
        };
        futures_util::stream::iter([Ok(first)]).chain(rest)
    }
}

/// Reads what is left of a large answer, for us to look into.
pub(crate) async fn read_rest(name: &'static str, came: Came) -> Result<Bytes, Refusal> {
    let mut stream = came.into_stream();
    let mut read = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        read.extend_from_slice(&chunk.map_err(|_| Refusal::BrokeOff(name))?);
        if read.len() > LARGEST_READ {
            return Err(Refusal::TooLarge(name));
        }
    }
    Ok(read.freeze())
}

/// A request as it is sent, with the connection's keys.
pub(crate) fn build(
    connection: &Connection,
    request: &Request,
) -> Result<http::Request<Option<String>>, Refusal> {
    let method = match request.method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
    };
    let mut builder = http::Request::builder()
        .method(method)
        .uri(format!("{}{}", connection.base_url, request.target()))
        .header(header::ACCEPT, HeaderValue::from_static("application/json"));
    for (header, key) in connection.auth() {
        builder = builder.header(header, key);
    }
    if request.body.is_some() {
        builder = builder.header(header::CONTENT_TYPE, "application/json");
    }
    // A base address that is no address has been refused with the configuration.
    builder.body(request.body.clone()).map_err(|_| Refusal::Internal)
}

/// Sends a request; once more if there was no connection, since all we ever do is read.
pub(crate) async fn send(
    wire: &Arc<dyn Wire>,
    name: &'static str,
    request: &http::Request<Option<String>>,
    deadline: Instant,
) -> Result<http::Response<Body>, Refusal> {
    let mut sent = timeout_at(deadline, wire.send(request.clone())).await;
    if matches!(sent, Ok(Err(WireError::NoConnection))) {
        sent = timeout_at(deadline, wire.send(request.clone())).await;
    }
    match sent {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(WireError::TimedOut)) | Err(_) => Err(Refusal::TimedOut(name)),
        Ok(Err(WireError::NoConnection | WireError::Lost)) => Err(Refusal::Unreachable(name)),
    }
}

/// Reads a body whole if it is small enough.
pub(crate) async fn read(
    name: &'static str,
    body: Body,
    deadline: Instant,
) -> Result<Came, Refusal> {
    let mut rest = body.into_data_stream();
    let mut read = BytesMut::new();
    loop {
        match timeout_at(deadline, rest.next()).await {
            Err(_) => return Err(Refusal::TimedOut(name)),
            Ok(None) => return Ok(Came::Whole(read.freeze())),
            Ok(Some(Err(_))) => return Err(Refusal::BrokeOff(name)),
            Ok(Some(Ok(chunk))) => read.extend_from_slice(&chunk),
        }
        if read.len() > LARGEST_WHOLE {
            return Ok(Came::Part(read.freeze(), rest));
        }
    }
}

/// Refuses answers that are not passed on whatever they hold. One that is left is JSON, unless
/// its status is a refusal: [`is_json`] tells.
pub(crate) fn check(
    name: &'static str,
    status: StatusCode,
    headers: &HeaderMap,
) -> Result<(), Refusal> {
    if status.is_redirection() || status.is_informational() {
        return Err(Refusal::Redirected(name));
    }
    if status.is_success() && !is_json(headers) {
        return Err(Refusal::NotJson(name));
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let length = length.and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > LARGEST_ANSWER) {
        return Err(Refusal::TooLarge(name));
    }
    Ok(())
}

/// `application/json`, or a type built on it; not compressed, since we did not ask for that.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let essence = text(header::CONTENT_TYPE).and_then(|value| value.split(';').next());
    let essence = essence.unwrap_or_default().trim().to_ascii_lowercase();
    let suffixed = essence.starts_with("application/") && essence.ends_with("+json");
    let encoded = text(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    (essence == "application/json" || suffixed) && !encoded
}

/// An answer as adapters read it.
pub(crate) fn plain(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Answer {
    let pair = |(name, value): (&http::HeaderName, &HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    let headers = headers.iter().filter_map(pair).collect();
    Answer { status: status.as_u16(), headers, body: body.to_vec() }
}
