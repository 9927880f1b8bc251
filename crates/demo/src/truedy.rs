//! Truedy on the wire: guide "Call Management", with the field forms that the API reference
//! shows mixed in. Envelope of calls as in the guide (`meta.total`), of agents as in the reference.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
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

/// The demo's key.
pub(crate) const KEY: &str = "truedy_demo";

const STATUSES: [&str; 8] = [
    "queued",
    "ringing",
    "in-progress",
    "ended",
    "failed",
    "cancelled",
    "in_progress",
    "completed",
];
const DIRECTIONS: [&str; 3] = ["outbound", "inbound", "webrtc"];

pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/calls", get(list))
        .route("/calls/{id}", get(detail))
        .route("/agents", get(agents))
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(from_fn_with_state(Arc::clone(&world), gate))
        .with_state(world)
}

async fn gate(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    answer::linger(&world).await;
    if let Err(response) = admit(&world, request.headers()) {
        return *response;
    }
    next.run(request).await
}

/// Key first, then the account, then the limit.
fn admit(world: &World, headers: &HeaderMap) -> Result<(), Box<Response>> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = given.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
    let refused =
        |status, code, message| Err(Box::new(error(world, status, code, message, json!({}))));
    match key {
        Some(KEY) => {}
        Some(sentinel::KEY_TRUEDY_NO_CREDITS) => {
            let message = "Your organization is out of credits";
            return refused(StatusCode::PAYMENT_REQUIRED, "payment_required", message);
        }
        Some(sentinel::KEY_TRUEDY_OTHER_IP) => {
            let message = "This API key may not be used from your IP address";
            return refused(StatusCode::FORBIDDEN, "forbidden", message);
        }
        _ => {
            return refused(StatusCode::UNAUTHORIZED, "unauthorized", "Invalid or missing API key");
        }
    }
    let now_ms = clock::real_ms();
    match world.limiter.count(KEY, limit::TRUEDY, now_ms) {
        Some(verdict) if verdict.refused && world.options.limits == Limits::Real => {
            Err(Box::new(too_many(world, &verdict)))
        }
        _ => Ok(()),
    }
}

/// 429 without headers: the limit and its end stand in the body (guide "Rate limits").
fn too_many(world: &World, verdict: &Verdict) -> Response {
    let details = json!({"limit": verdict.limit, "reset_at": clock::seconds(verdict.reset_ms)});
    error(
        world,
        StatusCode::TOO_MANY_REQUESTS,
        "rate_limit_exceeded",
        "Rate limit exceeded",
        details,
    )
}

fn error(world: &World, status: StatusCode, code: &str, message: &str, details: Value) -> Response {
    let meta = meta(world);
    let body =
        json!({"error": {"code": code, "message": message, "details": details}, "meta": meta});
    answer::json(status, &body)
}

fn meta(world: &World) -> Value {
    json!({"request_id": answer::request_id(world), "ts": clock::micros(world.now_ms())})
}

fn unusable(world: &World, bad: &Unusable) -> Response {
    let details = json!({"field": bad.name, "reason": bad.why});
    let message = format!("{} {}", bad.name, bad.why);
    error(world, StatusCode::UNPROCESSABLE_ENTITY, "validation_error", &message, details)
}

async fn unknown(State(world): State<Arc<World>>) -> Response {
    error(&world, StatusCode::NOT_FOUND, "not_found", "Resource not found", json!({}))
}

struct Filter<'a> {
    agent: Option<&'a str>,
    status: Option<&'a str>,
    direction: Option<&'a str>,
    after_ms: Option<i64>,
    before_ms: Option<i64>,
}

impl<'a> Filter<'a> {
    fn read(params: &'a Params) -> Result<Self, Unusable> {
        Ok(Self {
            agent: params.text("agent_id"),
            status: params.word("status", &STATUSES)?,
            direction: params.word("direction", &DIRECTIONS)?,
            after_ms: params.time("created_after")?,
            before_ms: params.time("created_before")?,
        })
    }

    fn admits(&self, world: &World, call: &Call, phase: Phase) -> bool {
        let status = record::status(call, phase, record::Generation::Guide);
        self.agent.is_none_or(|agent| world.agent_id(call.agent) == agent)
            && self.status.is_none_or(|wanted| record::guide_word(wanted) == status)
            && self.direction.is_none_or(|wanted| record::direction(call) == wanted)
            && self.after_ms.is_none_or(|after| call.created_ms > after)
            && self.before_ms.is_none_or(|before| call.created_ms < before)
    }
}

/// Page size and start: default `usual`, at most 100.
fn window(params: &Params, usual: usize) -> Result<(usize, usize), Unusable> {
    let limit = params.whole("limit", usual, 1)?;
    if limit > 100 {
        return Err(Unusable { name: "limit", why: "must be at most 100".to_owned() });
    }
    Ok((limit, params.whole("offset", 0, 0)?))
}

async fn list(State(world): State<Arc<World>>, params: Params) -> Response {
    let read = Filter::read(&params).and_then(|filter| Ok((filter, window(&params, 20)?)));
    let (filter, (limit, offset)) = match read {
        Ok(read) => read,
        Err(bad) => return unusable(&world, &bad),
    };
    let calls = world.calls(Provider::Truedy);
    let rows: Vec<_> = calls.filter(|(call, phase)| filter.admits(&world, call, *phase)).collect();
    let data: Vec<Value> = page::cut(&rows, offset, limit)
        .iter()
        .map(|(call, phase)| Value::Object(record::summary(&world, call, *phase)))
        .collect();
    let meta = json!({"total": rows.len(), "limit": limit, "offset": offset});
    answer::json(StatusCode::OK, &json!({"data": data, "meta": meta}))
}

async fn detail(State(world): State<Arc<World>>, Path(id): Path<String>) -> Response {
    let Some((call, phase)) = world.find(Provider::Truedy, &id) else {
        return error(
            &world,
            StatusCode::NOT_FOUND,
            "not_found",
            "Call not found",
            json!({"id": id}),
        );
    };
    let body = Value::Object(record::detail(&world, call, phase));
    answer::faulty(call.fault, answer::json(StatusCode::OK, &body), |status| match status {
        StatusCode::TOO_MANY_REQUESTS => {
            let reset_ms = clock::real_ms() + 30 * clock::SECOND;
            too_many(&world, &Verdict { refused: true, limit: 100, remaining: 0, reset_ms })
        }
        _ => error(&world, status, "internal_error", "An unexpected error occurred", json!({})),
    })
    .await
}

async fn agents(State(world): State<Arc<World>>, params: Params) -> Response {
    let status = params.word("status", &["active", "draft"]);
    let (status, (limit, offset)) =
        match status.and_then(|status| Ok((status, window(&params, 50)?))) {
            Ok(read) => read,
            Err(bad) => return unusable(&world, &bad),
        };
    let name = params.text("name").unwrap_or_default().to_lowercase();
    let agent = |place: &usize| {
        let agent = AGENTS.get(*place)?;
        let wanted = agent.name.to_lowercase().contains(&name) && status != Some("draft");
        let id = world.agent_id(*place);
        let language = agent.language.code();
        wanted.then(|| {
            json!({"id": id, "name": agent.name, "status": "active", "language": language,
            "phone_number": agent.number, "created_at": "2026-01-12T09:00:00.000000Z"})
        })
    };
    let all: Vec<Value> = agents_of(Provider::Truedy).iter().filter_map(agent).collect();
    let data = page::cut(&all, offset, limit);
    let has_more = offset.saturating_add(limit) < all.len();
    let pagination =
        json!({"total": all.len(), "limit": limit, "offset": offset, "has_more": has_more});
    answer::json(
        StatusCode::OK,
        &json!({"data": data, "meta": meta(&world), "pagination": pagination}),
    )
}
