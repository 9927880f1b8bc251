//! Requests to providers. Each is built from nothing: method, checked path and query, `Accept`,
//! our name, the key. Nothing of a client's request is in it.

use std::time::Duration;

use futures_util::StreamExt as _;
use http::{HeaderMap, header};
use providers::{Answer, Method, Request};

use crate::connection::Connection;
use crate::refuse::Refusal;

/// Largest answer that is passed on.
pub(crate) const LARGEST_ANSWER: u64 = 64 * 1024 * 1024;

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

/// Sends requests to providers.
pub(crate) struct Upstream {
    client: reqwest::Client,
}

impl Upstream {
    pub(crate) fn new(patience: &Patience) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .user_agent(USER_AGENT)
            .connect_timeout(patience.connect)
            .timeout(patience.answer)
            .build()?;
        Ok(Self { client })
    }

    /// Sends a request with the connection's keys. The body of the answer has not been read. It is
    /// JSON, unless the status is a refusal: [`is_json`] tells.
    pub(crate) async fn send(
        &self,
        connection: &Connection,
        request: Request,
    ) -> Result<reqwest::Response, Refusal> {
        let name = connection.provider().name;
        let url = format!("{}{}", connection.base_url, request.target());
        let mut builder = match request.method {
            Method::Get => self.client.get(url),
            Method::Post => self.client.post(url),
        };
        builder = builder.header(header::ACCEPT, "application/json");
        for (header, key) in connection.auth() {
            builder = builder.header(header, key);
        }
        if let Some(body) = request.body {
            builder = builder.header(header::CONTENT_TYPE, "application/json").body(body);
        }
        let response = builder.send().await.map_err(|error| failed(name, &error))?;
        check(name, response)
    }

    /// Sends a request and reads the whole answer.
    pub(crate) async fn ask(
        &self,
        connection: &Connection,
        request: Request,
    ) -> Result<Answer, Refusal> {
        let name = connection.provider().name;
        let response = self.send(connection, request).await?;
        let status = response.status().as_u16();
        let headers = plain_headers(response.headers());
        let mut body = Vec::new();
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            body.extend_from_slice(&chunk.map_err(|error| failed(name, &error))?);
            if body.len() > LARGEST_READ {
                return Err(Refusal::TooLarge(name));
            }
        }
        Ok(Answer { status, headers, body })
    }
}

fn failed(name: &'static str, error: &reqwest::Error) -> Refusal {
    if error.is_timeout() && !error.is_connect() {
        Refusal::TimedOut(name)
    } else {
        Refusal::Unreachable(name)
    }
}

fn check(name: &'static str, response: reqwest::Response) -> Result<reqwest::Response, Refusal> {
    let status = response.status();
    if status.is_redirection() || status.is_informational() {
        return Err(Refusal::Redirected(name));
    }
    if status.is_success() && !is_json(response.headers()) {
        return Err(Refusal::NotJson(name));
    }
    if response.content_length().is_some_and(|length| length > LARGEST_ANSWER) {
        return Err(Refusal::TooLarge(name));
    }
    Ok(response)
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

fn plain_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let plain = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().filter_map(plain).collect()
}
