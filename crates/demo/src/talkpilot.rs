//! TalkPilot on the wire: documents "Calls", "Pagination", "Rate limiting", "Error handling".
//! Calls hang on their agent; the base URL already ends in `/v1`.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use crate::agent::{AGENTS, Provider, agents_of};
use crate::call::{Call, Phase};
use crate::limit::{self, Verdict};
use crate::query::{Params, Unusable};
use crate::world::World;
use crate::{Limits, answer, clock, page, sentinel};

mod record;

/// The demo's key: the right form, and plainly none.
pub(crate) const KEY: &str = "tp_live_00000000000000000000000000000000";

const KEYS: [&str; 3] = [KEY, sentinel::KEY_TALKPILOT_NO_CALLS, sentinel::KEY_TALKPILOT_ONE_AGENT];

pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/agents", get(agents))
        .route("/agents/{agent}", get(agent))
        .route("/agents/{agent}/status", get(agent_status))
        .route("/agents/{agent}/calls", get(list))
        .route("/agents/{agent}/calls/{call}", get(detail))
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(from_fn_with_state(Arc::clone(&world), gate))
        // No key, no limit ("Getting started").
        .route("/health", get(health))
        .with_state(world)
}

/// The key of a request that was let in.
#[derive(Clone, Copy)]
struct Key(&'static str);

async fn gate(State(world): State<Arc<World>>, mut request: Request, next: Next) -> Response {
    answer::linger(&world).await;
    let Some(key) = known_key(request.headers()) else {
        return error(
            &world,
            StatusCode::UNAUTHORIZED,
            "UNAUTHORIZED",
            "Invalid or expired API key",
        );
    };
    if world.options.limits == Limits::Off {
        request.extensions_mut().insert(Key(key));
        return next.run(request).await;
    }
    let now_ms = clock::real_ms();
    let Some(verdict) = world.limiter.count(key, limit::TALKPILOT, now_ms) else {
        return next.run(request).await;
    };
    if verdict.refused {
        return too_many(&world, &verdict, now_ms);
    }
    request.extensions_mut().insert(Key(key));
    limited(next.run(request).await, &verdict)
}

fn known_key(headers: &HeaderMap) -> Option<&'static str> {
    let given = headers.get("x-api-key")?.to_str().ok()?;
    KEYS.into_iter().find(|key| *key == given)
}

fn limited(response: Response, verdict: &Verdict) -> Response {
    let headers = [
        ("x-ratelimit-limit", verdict.limit.to_string()),
        ("x-ratelimit-remaining", verdict.remaining.to_string()),
        ("x-ratelimit-reset", (verdict.reset_ms / clock::SECOND).to_string()),
    ];
    headers
        .iter()
        .fold(response, |response, (name, value)| answer::with_header(response, name, value))
}

fn too_many(world: &World, verdict: &Verdict, now_ms: i64) -> Response {
    let response = error(world, StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", "Too many requests");
    let seconds = limit::seconds_until(verdict.reset_ms, now_ms).to_string();
    limited(answer::with_header(response, "retry-after", &seconds), verdict)
}

fn error(world: &World, status: StatusCode, code: &str, message: &str) -> Response {
    let request_id = answer::request_id(world);
    let body = json!({"error": {"code": code, "message": message, "request_id": request_id}});
    answer::json(status, &body)
}

fn unusable(world: &World, bad: &Unusable) -> Response {
    let request_id = answer::request_id(world);
    let details = json!([{"field": bad.name, "message": bad.why}]);
    let body = json!({"error": {"code": "VALIDATION_ERROR", "message": "Invalid query parameters",
        "details": details, "request_id": request_id}});
    answer::json(StatusCode::BAD_REQUEST, &body)
}

fn not_found(world: &World, what: &str) -> Response {
    error(world, StatusCode::NOT_FOUND, "NOT_FOUND", &format!("{what} not found"))
}

async fn unknown(State(world): State<Arc<World>>) -> Response {
    not_found(&world, "Route")
}

async fn health(State(world): State<Arc<World>>) -> Response {
    answer::linger(&world).await;
    let timestamp = clock::millis(world.now_ms());
    answer::json(
        StatusCode::OK,
        &json!({"status": "ok", "version": "1.0.0", "timestamp": timestamp}),
    )
}

/// The places of the agents that a key may see; a forbidden agent is as good as absent.
fn visible(key: Key) -> Vec<usize> {
    let all = agents_of(Provider::TalkPilot);
    let count = if key.0 == sentinel::KEY_TALKPILOT_ONE_AGENT { 1 } else { all.len() };
    all.into_iter().take(count).collect()
}

fn place(world: &World, key: Key, id: &str) -> Option<usize> {
    visible(key).into_iter().find(|place| world.agent_id(*place) == id)
}

/// Page number and size: default 20, at most 100 ("Pagination").
fn window(params: &Params) -> Result<(usize, usize), Unusable> {
    let limit = params.whole("limit", 20, 1)?;
    if limit > 100 {
        return Err(Unusable { name: "limit", why: "must be at most 100".to_owned() });
    }
    Ok((params.whole("page", 1, 1)?, limit))
}

fn paged(rows: &[Value], (number, limit): (usize, usize)) -> Response {
    let data = page::cut(rows, page::offset(number, limit), limit);
    let pagination = json!({"page": number, "limit": limit, "total": rows.len(),
        "pages": rows.len().div_ceil(limit)});
    answer::json(StatusCode::OK, &json!({"data": data, "pagination": pagination}))
}

async fn agents(
    State(world): State<Arc<World>>,
    key: axum::Extension<Key>,
    params: Params,
) -> Response {
    let all: Vec<Value> =
        visible(key.0).into_iter().filter_map(|place| record::agent(&world, place)).collect();
    match window(&params) {
        Ok(window) => paged(&all, window),
        Err(bad) => unusable(&world, &bad),
    }
}

async fn agent(
    State(world): State<Arc<World>>,
    key: axum::Extension<Key>,
    Path(id): Path<String>,
) -> Response {
    let agent = place(&world, key.0, &id).and_then(|place| record::agent(&world, place));
    agent.map_or_else(|| not_found(&world, "Agent"), |agent| answer::json(StatusCode::OK, &agent))
}

async fn agent_status(
    State(world): State<Arc<World>>,
    key: axum::Extension<Key>,
    Path(id): Path<String>,
) -> Response {
    let agent = place(&world, key.0, &id).and_then(|place| AGENTS.get(place));
    let status = agent.map(|agent| json!({"id": id, "name": agent.name, "is_active": true}));
    status
        .map_or_else(|| not_found(&world, "Agent"), |status| answer::json(StatusCode::OK, &status))
}

struct Filter<'a> {
    done: Option<bool>,
    from_ms: Option<i64>,
    to_ms: Option<i64>,
    phone: Option<&'a str>,
    search: Option<String>,
    deleted: bool,
}

impl<'a> Filter<'a> {
    fn read(params: &'a Params) -> Result<Self, Unusable> {
        Ok(Self {
            done: params.truth("done")?,
            from_ms: params.time("from")?,
            to_ms: params.time("to")?,
            phone: params.text("phone_number"),
            search: params.text("search").map(str::to_lowercase),
            deleted: params.truth("include_deleted")?.unwrap_or(false),
        })
    }

    fn admits(&self, world: &World, call: &Call) -> bool {
        (self.deleted || record::deleted_ms(world, call).is_none())
            && self.done.is_none_or(|done| record::done(world, call) == done)
            && self.from_ms.is_none_or(|from| call.created_ms > from)
            && self.to_ms.is_none_or(|to| call.created_ms < to)
            && self.phone.is_none_or(|phone| call.phone.as_deref() == Some(phone))
            && self.search.as_ref().is_none_or(|text| record::mentions(call, text))
    }
}

fn may_read_calls(world: &World, key: Key) -> Result<(), Box<Response>> {
    if key.0 == sentinel::KEY_TALKPILOT_NO_CALLS {
        let message = "This API key lacks the permission calls:read";
        return Err(Box::new(error(world, StatusCode::FORBIDDEN, "FORBIDDEN", message)));
    }
    Ok(())
}

/// A call is on record once it is over.
fn on_record(world: &World, place: usize) -> impl Iterator<Item = (&Call, Phase)> {
    let calls = world.calls(Provider::TalkPilot);
    calls.filter(move |(call, phase)| call.agent == place && phase.over())
}

async fn list(
    State(world): State<Arc<World>>,
    key: axum::Extension<Key>,
    Path(id): Path<String>,
    params: Params,
) -> Response {
    if let Err(response) = may_read_calls(&world, key.0) {
        return *response;
    }
    let Some(place) = place(&world, key.0, &id) else { return not_found(&world, "Agent") };
    let (filter, window) =
        match Filter::read(&params).and_then(|filter| Ok((filter, window(&params)?))) {
            Ok(read) => read,
            Err(bad) => return unusable(&world, &bad),
        };
    let calls = on_record(&world, place).filter(|(call, _)| filter.admits(&world, call));
    let rows: Vec<Value> =
        calls.map(|(call, phase)| record::summary(&world, call, phase).into()).collect();
    paged(&rows, window)
}

async fn detail(
    State(world): State<Arc<World>>,
    key: axum::Extension<Key>,
    Path((agent, id)): Path<(String, String)>,
) -> Response {
    if let Err(response) = may_read_calls(&world, key.0) {
        return *response;
    }
    let place = place(&world, key.0, &agent);
    let found = world.find(Provider::TalkPilot, &id);
    let Some((call, phase)) =
        found.filter(|(call, phase)| Some(call.agent) == place && phase.over())
    else {
        return not_found(&world, "Call");
    };
    let body = Value::Object(record::detail(&world, call, phase));
    answer::faulty(call.fault, answer::json(StatusCode::OK, &body), |status| match status {
        StatusCode::TOO_MANY_REQUESTS => {
            let now_ms = clock::real_ms();
            let reset_ms = now_ms + 30 * clock::SECOND;
            let verdict = Verdict { refused: true, limit: 60, remaining: 0, reset_ms };
            too_many(&world, &verdict, now_ms)
        }
        _ => error(&world, status, "INTERNAL_ERROR", "Internal server error"),
    })
    .await
}
