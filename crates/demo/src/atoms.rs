//! Smallest.ai Atoms on the wire: OpenAPI of 2026-08 with the words that seed documents add
//! (`busy`, `chat`, `average_*_latency`). Everything is wrapped in `{status, data}`.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::agent::{AGENTS, Provider, agents_of};
use crate::call::{Call, Phase};
use crate::limit;
use crate::query::{Params, Unusable};
use crate::world::World;
use crate::{Limits, answer, clock, page, recording};

mod filter;
mod record;

/// The demo's key.
pub(crate) const KEY: &str = "sk_demo";

/// How long a presigned link lives: "a few minutes".
const PRESIGNED_MS: i64 = 5 * clock::MINUTE;

pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/conversation", get(list))
        .route("/conversation/search", post(search))
        .route("/conversation/{id}", get(detail))
        .route("/conversation/{id}/retries", get(retries))
        .route("/conversation/{id}/recording/download-url", get(download_url))
        .route("/agent", get(agents))
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(from_fn_with_state(Arc::clone(&world), gate))
        .with_state(world)
}

async fn gate(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    answer::linger(&world).await;
    let request_id = answer::request_id(&world);
    let response = match refusal(&world, request.headers()) {
        Some(response) => response,
        None => next.run(request).await,
    };
    answer::with_header(response, "x-request-id", &request_id)
}

fn refusal(world: &World, headers: &HeaderMap) -> Option<Response> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if given.and_then(|value| value.strip_prefix("Bearer ")) != Some(KEY) {
        return Some(error(StatusCode::UNAUTHORIZED, "Invalid API key"));
    }
    let now_ms = clock::real_ms();
    let verdict = world.limiter.count(KEY, limit::ATOMS, now_ms)?;
    let refused = verdict.refused && world.options.limits == Limits::Real;
    refused.then(|| too_many(limit::seconds_until(verdict.reset_ms, now_ms)))
}

fn too_many(seconds: i64) -> Response {
    let body = json!({"status": false, "error": "Rate limit exceeded", "code": "RATE_LIMIT_EXCEEDED",
        "retry_after": seconds});
    let response = answer::json(StatusCode::TOO_MANY_REQUESTS, &body);
    answer::with_header(response, "retry-after", &seconds.to_string())
}

fn error(status: StatusCode, message: &str) -> Response {
    answer::json(status, &json!({"status": false, "errors": [message]}))
}

fn unusable(bad: &Unusable) -> Response {
    error(StatusCode::BAD_REQUEST, &format!("{} {}", bad.name, bad.why))
}

fn data(data: &Value) -> Response {
    answer::json(StatusCode::OK, &json!({"status": true, "data": data}))
}

async fn unknown() -> Response {
    error(StatusCode::NOT_FOUND, "Route not found")
}

/// Root calls only; "GET /conversation/search can also return retry calls".
fn roots(world: &World) -> impl Iterator<Item = (&Call, Phase)> {
    world.calls(Provider::Atoms).filter(|(call, _)| call.retry_of.is_none())
}

async fn list(State(world): State<Arc<World>>, params: Params) -> Response {
    let (wish, page, limit) = match list_wish(&params) {
        Ok(read) => read,
        Err(bad) => return unusable(&bad),
    };
    let mut rows: Vec<_> =
        roots(&world).filter(|(call, phase)| wish.admits(&world, call, *phase)).collect();
    rows.sort_by(|a, b| wish.order(&world, a, b));
    let written = |(call, phase): &(&Call, Phase)| record::listed(&world, call, *phase);
    let logs: Vec<Value> =
        page::cut(&rows, page::offset(page, limit), limit).iter().map(written).collect();
    let pages = rows.len().div_ceil(limit);
    let pagination = json!({"total": rows.len(), "page": page, "limit": limit, "hasMore": page < pages,
        "totalPages": pages});
    let config = record::disposition_config();
    data(&json!({"logs": logs, "pagination": pagination, "dispositionMetricsConfig": config}))
}

/// Page size: 5 unless asked for, silently cut to 500.
fn list_wish(params: &Params) -> Result<(filter::Wish<'_>, usize, usize), Unusable> {
    let wish = filter::Wish::read(params)?;
    Ok((wish, params.whole("page", 1, 1)?, params.whole("limit", 5, 1)?.min(500)))
}

async fn detail(State(world): State<Arc<World>>, Path(id): Path<String>) -> Response {
    let Some((call, phase)) = world.find(Provider::Atoms, &id) else {
        return error(StatusCode::NOT_FOUND, "Conversation not found");
    };
    let body = record::detail(&world, call, phase);
    answer::faulty(call.fault, data(&body), |status| match status {
        StatusCode::TOO_MANY_REQUESTS => too_many(30),
        _ => error(status, "Internal server error"),
    })
    .await
}

/// `POST /conversation/search` with `{"callIds": […]}`, 1 to 100 of them.
async fn search(State(world): State<Arc<World>>, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let ids = body.get("callIds").and_then(Value::as_array);
    let ids: Option<Vec<&str>> = ids.and_then(|ids| ids.iter().map(Value::as_str).collect());
    let Some(ids) = ids.filter(|ids| (1..=100).contains(&ids.len())) else {
        return error(StatusCode::BAD_REQUEST, "callIds must be an array of 1 to 100 strings");
    };
    let found = ids.iter().filter_map(|id| world.find(Provider::Atoms, id));
    let logs: Vec<Value> = found.map(|(call, phase)| record::found(&world, call, phase)).collect();
    data(&json!({"logs": logs, "total": logs.len()}))
}

async fn retries(State(world): State<Arc<World>>, Path(id): Path<String>) -> Response {
    if world.find(Provider::Atoms, &id).is_none() {
        return error(StatusCode::NOT_FOUND, "Conversation not found");
    }
    let calls = record::retries_of(&world, &id);
    let retries: Vec<Value> =
        calls.iter().map(|(call, phase)| record::found(&world, call, *phase)).collect();
    data(&json!({"retries": retries}))
}

async fn download_url(State(world): State<Arc<World>>, Path(id): Path<String>) -> Response {
    let found = world.find(Provider::Atoms, &id);
    let Some((call, _)) = found.filter(|(call, phase)| *phase == Phase::Done && call.recorded())
    else {
        return error(StatusCode::NOT_FOUND, "Recording not found");
    };
    let url = recording::url(&world, call, true, world.now_ms() + PRESIGNED_MS);
    data(&json!({"presignedUrl": url}))
}

/// Here `offset` means page size.
async fn agents(State(world): State<Arc<World>>, params: Params) -> Response {
    let window =
        params.whole("page", 1, 1).and_then(|page| Ok((page, params.whole("offset", 10, 1)?)));
    let (page, size) = match window {
        Ok(window) => window,
        Err(bad) => return unusable(&bad),
    };
    let text = params.text("search").unwrap_or_default().to_lowercase();
    let places = agents_of(Provider::Atoms);
    let named = |place: &usize| {
        AGENTS.get(*place).is_some_and(|agent| agent.name.to_lowercase().contains(&text))
    };
    let all: Vec<Value> =
        places.into_iter().filter(named).filter_map(|place| record::agent(&world, place)).collect();
    let agents = page::cut(&all, page::offset(page, size), size);
    data(&json!({"agents": agents, "total": all.len()}))
}
