//! How every answer leaves the demo: status, JSON, delays, limits, and sentinel faults.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::sentinel::Fault;
use crate::world::World;
use crate::{Limits, id};

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (status, kind, body.to_string()).into_response()
}

/// The answer with one more header; left as it is when the value cannot stand in a header.
pub(crate) fn with_header(mut response: Response, name: &'static str, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
    response
}

/// An id for the next answer, as providers give them for their support.
pub(crate) fn request_id(world: &World) -> String {
    format!("req_{}", id::hex(12, &[world.options.seed, world.next_answer()]))
}

/// Waits 20 to 60 ms, as a provider over the internet would, unless limits are off.
pub(crate) async fn linger(world: &World) {
    if world.options.limits == Limits::Real {
        let ms = 20 + world.next_answer().wrapping_mul(17) % 41;
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

/// The detail of a sentinel call. `error` makes the provider's own error body for 500 and 429.
pub(crate) async fn faulty(
    fault: Option<Fault>,
    detail: Response,
    error: impl Fn(StatusCode) -> Response,
) -> Response {
    match fault {
        None => detail,
        Some(Fault::ServerError) => error(StatusCode::INTERNAL_SERVER_ERROR),
        Some(Fault::TooMany) => error(StatusCode::TOO_MANY_REQUESTS),
        Some(Fault::CutOff) => cut_off(detail).await,
        Some(Fault::Html) => html(),
        Some(Fault::Slow) => {
            tokio::time::sleep(Duration::from_secs(2)).await;
            detail
        }
    }
}

async fn cut_off(detail: Response) -> Response {
    let (mut parts, body) = detail.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes.slice(..bytes.len() * 3 / 5)))
}

fn html() -> Response {
    let page = "<!DOCTYPE html><html><head><title>Maintenance</title></head>\
        <body><h1>We will be back soon</h1><p>Scheduled maintenance.</p></body></html>";
    axum::response::Html(page).into_response()
}
