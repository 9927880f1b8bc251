//! One line per request: what kind of request it was, what came of it, how long it took.
//!
//! Never in it: the address, the query, numbers, ids of calls, keys. The route stands as its
//! template.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::Proxy;

/// How lines look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogFormat {
    /// For people.
    Plain,
    /// For machines: one JSON object a line.
    Json,
    /// No lines.
    Off,
}

impl LogFormat {
    /// Reads the word of the configuration.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "plain" => Some(Self::Plain),
            "json" => Some(Self::Json),
            "off" => Some(Self::Off),
            _ => None,
        }
    }
}

/// Takes finished lines.
pub trait LogSink: Send + Sync {
    /// Writes one line, without a line break at the end.
    fn line(&self, line: &str);
}

/// Writes to standard error.
pub struct StandardError;

impl LogSink for StandardError {
    fn line(&self, line: &str) {
        // If nobody reads standard error there is nobody left to tell.
        drop(writeln!(std::io::stderr().lock(), "{line}"));
    }
}

/// The provider's own route, put on responses by the handler that knows it.
#[derive(Clone, Copy)]
pub(crate) struct ProviderRoute {
    pub(crate) provider: &'static str,
    pub(crate) path: &'static str,
}

/// Middleware: logs a request when its response's head is ready.
pub(crate) async fn log(State(proxy): State<Arc<Proxy>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let format = proxy.config.log;
    if format != LogFormat::Off {
        let known: Option<ProviderRoute> = response.extensions().get().copied();
        let line = Line {
            time_ms: proxy.outside.clock.now_ms(),
            method: method.as_str(),
            route: route(matched, known),
            provider: known.map(|route| route.provider),
            status: response.status().as_u16(),
            ms: began.elapsed().as_millis(),
        };
        proxy.outside.log.line(&line.write(format));
    }
    response
}

#[derive(serde::Serialize)]
struct Line<'a> {
    time_ms: i64,
    method: &'a str,
    route: String,
    provider: Option<&'static str>,
    status: u16,
    ms: u128,
}

impl Line<'_> {
    fn write(&self, format: LogFormat) -> String {
        let Self { time_ms: _, method, route, provider, status, ms } = self;
        match format {
            LogFormat::Json => serde_json::to_string(self).unwrap_or_default(),
            _ => {
                let provider = provider.map(|id| format!(" {id}")).unwrap_or_default();
                format!("{status} {method} {route} {ms} ms{provider}")
            }
        }
    }
}

fn route(matched: Option<String>, known: Option<ProviderRoute>) -> String {
    match known {
        Some(route) => format!("/api/c/{{connection}}{}", route.path),
        None => matched.unwrap_or_else(|| "(file)".to_owned()),
    }
}
