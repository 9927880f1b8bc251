//! `GET /api/connections`: what there is to read. No key and no address is in it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, header};
use providers::{Applies, Capabilities};
use serde::Serialize;

use crate::Proxy;
use crate::connection::{Connection, SuccessMap};
use crate::refuse::FROM;

#[derive(Serialize)]
struct Answer<'a> {
    connections: Vec<Entry<'a>>,
    now_ms: i64,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    provider: &'static str,
    name: &'a str,
    capabilities: Filters,
    success: &'a SuccessMap,
}

/// Who applies which filter.
#[derive(Serialize)]
struct Filters {
    date: &'static str,
    agent: &'static str,
    status: &'static str,
    direction: &'static str,
    phone: &'static str,
    text: &'static str,
}

/// Lists the connections.
pub(crate) async fn list(State(proxy): State<Arc<Proxy>>) -> Response {
    let connections = proxy.config.connections.iter().map(entry).collect();
    let now_ms = proxy.outside.clock.now_ms();
    let mut response = Json(Answer { connections, now_ms }).into_response();
    let headers = response.headers_mut();
    headers.insert(FROM, HeaderValue::from_static("proxy"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

fn entry(connection: &Connection) -> Entry<'_> {
    let provider = connection.provider();
    Entry {
        id: &connection.id,
        provider: provider.id,
        name: &connection.name,
        capabilities: filters(&provider.capabilities),
        success: &connection.success,
    }
}

fn filters(capabilities: &Capabilities) -> Filters {
    let word = |applies| match applies {
        Applies::Provider => "provider",
        Applies::Calldeck => "calldeck",
    };
    Filters {
        date: word(capabilities.date),
        agent: word(capabilities.agent),
        status: word(capabilities.status),
        direction: word(capabilities.direction),
        phone: word(capabilities.phone),
        text: word(capabilities.text),
    }
}
