//! The one port: the four providers under their prefixes, recordings, and `GET /`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use crate::agent::Provider;
use crate::answer;
use crate::world::World;
use crate::{ProviderAccess, agentvoice, atoms, recording, talkpilot, truedy};

const TALKPILOT: &str = "/talkpilot/functions/v1/api/v1";
const TRUEDY: &str = "/truedy/api/public/v1";
const AGENTVOICE: &str = "/agentvoice/api";
const ATOMS: &str = "/atoms/v1";

pub(crate) fn router(world: Arc<World>) -> axum::Router {
    axum::Router::new()
        .route("/", get(directory))
        .with_state(Arc::clone(&world))
        .nest(TALKPILOT, talkpilot::router(Arc::clone(&world)))
        .nest(TRUEDY, truedy::router(Arc::clone(&world)))
        .nest(AGENTVOICE, agentvoice::router(Arc::clone(&world)))
        .nest(ATOMS, atoms::router(Arc::clone(&world)))
        .merge(recording::router(world))
}

pub(crate) fn providers(origin: &str) -> Vec<ProviderAccess> {
    Provider::ALL.into_iter().map(|provider| access(origin, provider)).collect()
}

fn access(origin: &str, provider: Provider) -> ProviderAccess {
    let (prefix, headers): (_, &[(&str, String)]) = match provider {
        Provider::TalkPilot => (TALKPILOT, &[("X-API-Key", talkpilot::KEY.to_owned())]),
        Provider::Truedy => (TRUEDY, &[("Authorization", format!("Bearer {}", truedy::KEY))]),
        Provider::AgentVoice => (
            AGENTVOICE,
            &[
                ("x-api-key", agentvoice::KEY.to_owned()),
                ("x-organization-id", agentvoice::ORGANIZATION.to_owned()),
            ],
        ),
        Provider::Atoms => (ATOMS, &[("Authorization", format!("Bearer {}", atoms::KEY))]),
    };
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    ProviderAccess { provider: provider.id(), base_url: format!("{origin}{prefix}"), headers }
}

async fn directory(State(world): State<Arc<World>>) -> Response {
    let entry = |access: ProviderAccess| {
        let pairs = access.headers.into_iter().map(|(name, value)| (name, Value::from(value)));
        let headers = Value::Object(pairs.collect());
        json!({"provider": access.provider, "base_url": access.base_url, "headers": headers})
    };
    let entries: Vec<Value> = providers(&world.options.origin).into_iter().map(entry).collect();
    answer::json(StatusCode::OK, &json!({"providers": entries}))
}
