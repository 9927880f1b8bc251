//! AgentVoice on the wire: document "Calls". There is no route for agents; errors are `{"error"}`.

use std::cmp::Ordering;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use crate::agent::Provider;
use crate::call::{Call, Phase};
use crate::query::{Params, Unusable};
use crate::world::World;
use crate::{answer, page};

mod extra;
mod record;

/// The demo's key.
pub(crate) const KEY: &str = "demo-key";
/// The demo's organization, which AgentVoice wants on every request too.
pub(crate) const ORGANIZATION: &str = "demo-org";

pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/calls", get(list))
        .route("/calls/{id}", get(detail))
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(from_fn_with_state(Arc::clone(&world), gate))
        .with_state(world)
}

/// Both headers, then on: no limits are documented.
async fn gate(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    answer::linger(&world).await;
    let has = |headers: &HeaderMap, name, value: &str| {
        headers.get(name).is_some_and(|given| given.as_bytes() == value.as_bytes())
    };
    let headers = request.headers();
    if has(headers, "x-api-key", KEY) && has(headers, "x-organization-id", ORGANIZATION) {
        return next.run(request).await;
    }
    error(StatusCode::UNAUTHORIZED, "Authentication failed")
}

fn error(status: StatusCode, message: &str) -> Response {
    answer::json(status, &json!({"error": message}))
}

fn unusable(bad: &Unusable) -> Response {
    error(StatusCode::BAD_REQUEST, &format!("Invalid {} parameter", bad.name))
}

async fn unknown() -> Response {
    error(StatusCode::NOT_FOUND, "Not found")
}

/// What a list request asks for.
struct Wish<'a> {
    filter: Filter<'a>,
    order_by: &'a str,
    ascending: bool,
    limit: usize,
    offset: usize,
    most_recent: bool,
    fields: record::Fields,
}

struct Filter<'a> {
    phone: Option<&'a str>,
    contact: Option<&'a str>,
    agent: Option<&'a str>,
    campaign: Option<&'a str>,
    status: Option<&'a str>,
    kind: Option<&'a str>,
    from_ms: Option<i64>,
    to_ms: Option<i64>,
}

impl<'a> Filter<'a> {
    fn read(params: &'a Params) -> Result<Self, Unusable> {
        Ok(Self {
            phone: params.text("phone_number"),
            contact: params.text("contact_id"),
            agent: params.text("agent_id"),
            campaign: params.text("campaign_id"),
            status: params.text("status"),
            kind: params.word("call_type", &["inbound", "outbound"])?,
            from_ms: params.time("from")?,
            to_ms: params.time("to")?,
        })
    }

    fn admits(&self, world: &World, call: &Call, phase: Phase) -> bool {
        let started = record::started_ms(call, phase);
        self.phone.is_none_or(|phone| call.phone.as_deref() == Some(phone))
            && self.contact.is_none_or(|id| record::contact_id(world, call) == Some(id))
            && self.agent.is_none_or(|agent| world.agent_id(call.agent) == agent)
            && self.campaign.is_none_or(|id| {
                record::campaign(world, call).is_some_and(|(known, _)| known == id)
            })
            && self.status.is_none_or(|status| record::status(call, phase) == status)
            && self.kind.is_none_or(|kind| record::kind(call) == kind)
            && self.from_ms.is_none_or(|from| started > from)
            && self.to_ms.is_none_or(|to| started < to)
    }
}

impl<'a> Wish<'a> {
    fn read(params: &'a Params) -> Result<Self, Unusable> {
        let order_by = params.word("order_by", &["started_at", "ended_at", "created_at"])?;
        Ok(Self {
            filter: Filter::read(params)?,
            order_by: order_by.unwrap_or("started_at"),
            ascending: params.word("order", &["asc", "desc"])? == Some("asc"),
            // More than the maximum is cut to it.
            limit: params.whole("limit", 50, 1)?.min(100),
            offset: params.whole("offset", 0, 0)?,
            most_recent: params.truth("most_recent")?.unwrap_or(false),
            fields: fields(params)?,
        })
    }

    fn order(&self, (a, a_phase): &(&Call, Phase), (b, b_phase): &(&Call, Phase)) -> Ordering {
        let key = |call: &Call, phase: Phase| match self.order_by {
            "ended_at" => record::ended_ms(call, phase).unwrap_or(i64::MAX),
            "created_at" => call.created_ms,
            _ => record::started_ms(call, phase),
        };
        let order = (key(a, *a_phase), &a.id).cmp(&(key(b, *b_phase), &b.id));
        if self.ascending { order } else { order.reverse() }
    }
}

fn fields(params: &Params) -> Result<record::Fields, Unusable> {
    let full = params.word("fields", &["light", "full"])? == Some("full");
    let include = params.list("include");
    let has = |group: &str| include.contains(&group);
    Ok(record::Fields {
        full,
        transcript: has("transcript"),
        metrics: has("metrics"),
        diagnostics: has("diagnostics"),
        actions: has("actions"),
    })
}

async fn list(State(world): State<Arc<World>>, params: Params) -> Response {
    let wish = match Wish::read(&params) {
        Ok(wish) => wish,
        Err(bad) => return unusable(&bad),
    };
    let calls = world.calls(Provider::AgentVoice);
    let mut rows: Vec<_> =
        calls.filter(|(call, phase)| wish.filter.admits(&world, call, *phase)).collect();
    if wish.most_recent {
        return most_recent(&world, &rows, wish.fields);
    }
    rows.sort_by(|a, b| wish.order(a, b));
    let written =
        |(call, phase): &(&Call, Phase)| record::written(&world, call, *phase, wish.fields, false);
    let data: Vec<Value> = page::cut(&rows, wish.offset, wish.limit).iter().map(written).collect();
    let has_more = wish.offset.saturating_add(wish.limit) < rows.len();
    let pagination = json!({"total": rows.len(), "limit": wish.limit, "offset": wish.offset, "has_more": has_more});
    answer::json(StatusCode::OK, &json!({"data": data, "pagination": pagination}))
}

/// A bare object, and without the fields that the document's example leaves out.
fn most_recent(world: &World, rows: &[(&Call, Phase)], fields: record::Fields) -> Response {
    match rows.iter().max_by_key(|(call, phase)| (record::started_ms(call, *phase), &call.id)) {
        Some((call, phase)) => {
            answer::json(StatusCode::OK, &record::written(world, call, *phase, fields, true))
        }
        None => error(StatusCode::NOT_FOUND, "No calls found matching criteria"),
    }
}

async fn detail(
    State(world): State<Arc<World>>,
    Path(id): Path<String>,
    params: Params,
) -> Response {
    let fields = match fields(&params) {
        Ok(fields) => fields,
        Err(bad) => return unusable(&bad),
    };
    let Some((call, phase)) = world.find(Provider::AgentVoice, &id) else {
        return error(StatusCode::NOT_FOUND, "Call not found");
    };
    let body = record::written(&world, call, phase, fields, false);
    answer::faulty(call.fault, answer::json(StatusCode::OK, &body), |status| match status {
        StatusCode::TOO_MANY_REQUESTS => error(status, "Too many requests"),
        _ => error(status, "Failed to fetch call"),
    })
    .await
}
