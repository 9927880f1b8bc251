//! `/api/c/{connection}/…`: a provider's own path and query, if it is one of those that we read.
//! The answer's status and JSON body are passed on as they came.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use calls::key::is_plain_id;
use futures_util::StreamExt as _;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use providers::{Descriptor, Purpose, Route};
use serde::{Deserialize, Serialize};
use tokio::time::timeout;

use crate::Proxy;
use crate::access_log::ProviderRoute;
use crate::exchange::{Given, Large, Wish};
use crate::kept::Whole;
use crate::metered::Metered;
use crate::priority::Priority;
use crate::refuse::{FROM, Refusal};
use crate::upstream::{LARGEST_ANSWER, is_json};

/// Where this route begins.
pub(crate) const PREFIX: &str = "/api/c/";

/// Most calls that may be asked for at once.
const MOST_IDS: usize = 100;

/// Largest body of a client, in bytes.
const LARGEST_BODY: usize = 16 * 1024;

/// Our name for the provider's own id of a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("calldeck-request-id");

/// Answers `/api/c/{connection}/…`.
pub(crate) async fn pass_on(
    State(proxy): State<Arc<Proxy>>,
    request: Request,
) -> Result<Response, Refusal> {
    // The path is compared as it came: what no id needs, such as an escape, matches nothing.
    let rest = request.uri().path().strip_prefix(PREFIX).ok_or(Refusal::NotFound)?;
    let (id, _) = rest.split_once('/').ok_or(Refusal::NotFound)?;
    let connection = proxy.config.connection(id).ok_or(Refusal::UnknownConnection)?;
    let path = rest.get(id.len()..).unwrap_or_default().to_owned();
    let provider = connection.provider();
    let method = if request.method() == Method::POST {
        providers::Method::Post
    } else {
        providers::Method::Get
    };
    let route = find_route(provider, method, &path)?;
    let query = read_query(route, request.uri().query().unwrap_or_default())?;
    let wish = read_wish(request.headers());
    let body = match method {
        providers::Method::Post => Some(read_body(&proxy, request).await?),
        providers::Method::Get => None,
    };
    let asked = providers::Request { method, path, query, body };
    let given = proxy.exchange.ask(connection, &asked, route.purpose, wish).await;
    let mut response = match given {
        Ok(given) => relay(provider, given, proxy.patience.answer),
        Err(refusal) => refusal.json(),
    };
    let known = ProviderRoute { provider: provider.id, path: route.path };
    response.extensions_mut().insert(known);
    Ok(response)
}

/// The route of the descriptor that a request is for. Recordings' addresses are never given out.
fn find_route(
    provider: &'static Descriptor,
    method: providers::Method,
    path: &str,
) -> Result<&'static Route, Refusal> {
    let offered = || provider.routes.iter().filter(|route| route.purpose != Purpose::Recording);
    if let Some(route) = offered().find(|route| route.admits(method, path)) {
        return Ok(route);
    }
    match method {
        providers::Method::Get
            if offered().any(|route| route.admits(providers::Method::Post, path)) =>
        {
            Err(Refusal::Method("POST"))
        }
        providers::Method::Post
            if offered().any(|route| route.admits(providers::Method::Get, path)) =>
        {
            Err(Refusal::Method("GET, HEAD"))
        }
        _ => Err(Refusal::NotOffered),
    }
}

/// How urgent a request is, and whether it may be answered from what is kept.
fn read_wish(headers: &HeaderMap) -> Wish {
    let control = headers.get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok());
    let anew = control.is_some_and(|control| control.contains("no-cache"));
    Wish { priority: Priority::of(headers), anew }
}

fn read_query(route: &Route, query: &str) -> Result<Vec<(&'static str, String)>, Refusal> {
    let mut read: Vec<(&'static str, String)> = Vec::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let Some(known) = route.query.iter().copied().find(|known| *known == name) else {
            return Err(Refusal::UnknownQuery(printable(&name)));
        };
        if read.iter().any(|(before, _)| *before == known) {
            return Err(Refusal::DoubleQuery(known.to_owned()));
        }
        read.push((known, value.into_owned()));
    }
    Ok(read)
}

/// A name of a client's, cut and without anything that could disturb a message.
fn printable(name: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']');
    name.chars().filter(plain).take(40).collect()
}

/// What a search by ids takes. Nothing else of a client's body is passed on.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct CallIds {
    #[serde(rename = "callIds")]
    call_ids: Vec<String>,
}

async fn read_body(proxy: &Proxy, request: Request) -> Result<String, Refusal> {
    // A form of another site cannot send this type without being asked for permission first.
    if !is_json(request.headers()) {
        return Err(Refusal::BodyNotJson);
    }
    let declared = request.headers().get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > LARGEST_BODY) {
        return Err(Refusal::BodyTooLarge);
    }
    let reading = timeout(proxy.patience.body, to_bytes(request.into_body(), LARGEST_BODY));
    let bytes = reading.await.map_err(|_| Refusal::BodyTooSlow)?;
    let bytes = bytes.map_err(|_| Refusal::BodyTooLarge)?;
    let asked: CallIds = serde_json::from_slice(&bytes).map_err(|_| Refusal::BadBody)?;
    let count = (1..=MOST_IDS).contains(&asked.call_ids.len());
    if !count || !asked.call_ids.iter().all(|id| is_plain_id(id)) {
        return Err(Refusal::BadBody);
    }
    serde_json::to_string(&asked).map_err(|_| Refusal::BadBody)
}

fn relay(provider: &Descriptor, given: Given, time: Duration) -> Response {
    match given {
        Given::Whole(whole) => relay_whole(provider, &whole),
        Given::Large(large) => relay_large(provider, large, time),
    }
}

fn relay_whole(provider: &Descriptor, whole: &Whole) -> Response {
    // A gateway's page in HTML keeps its status, which says what is wrong, and loses its body.
    let mut response = if is_json(&whole.headers) {
        Body::from(whole.body.clone()).into_response()
    } else {
        Refusal::NotJson(provider.name).json()
    };
    *response.status_mut() = whole.status;
    let age = whole.at.elapsed().as_secs();
    copy_headers(provider, &whole.headers, response.headers_mut());
    if age > 0 {
        // What was left of the limit then says nothing of now.
        let old = |name: &HeaderName| name.as_str().starts_with("x-ratelimit-");
        let names: Vec<HeaderName> =
            response.headers().keys().filter(|n| old(n)).cloned().collect();
        for name in names {
            response.headers_mut().remove(name);
        }
        response.headers_mut().insert(header::AGE, HeaderValue::from(age));
    }
    response
}

fn relay_large(provider: &Descriptor, large: Large, time: Duration) -> Response {
    let Large { status, headers, came, pass } = large;
    // The request is over, and its place free, when the last of it has gone by.
    let stream = came.into_stream().inspect(move |_| _ = &pass);
    let mut response =
        Body::from_stream(Metered::new(stream, LARGEST_ANSWER, time)).into_response();
    *response.status_mut() = status;
    copy_headers(provider, &headers, response.headers_mut());
    if let Some(length) = headers.get(header::CONTENT_LENGTH) {
        response.headers_mut().insert(header::CONTENT_LENGTH, length.clone());
    }
    response
}

fn copy_headers(provider: &Descriptor, from: &HeaderMap, to: &mut HeaderMap) {
    for (name, value) in from {
        if *name == header::RETRY_AFTER || name.as_str().starts_with("x-ratelimit-") {
            to.insert(name, value.clone());
        }
    }
    if let Some(id) = provider.request_id_header.and_then(|name| from.get(name)) {
        to.insert(REQUEST_ID, id.clone());
    }
    to.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    to.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    to.insert(FROM, HeaderValue::from_static("provider"));
}
