//! `/healthz` and `/readyz`. Neither asks a provider: probes come often, and budgets are small.

use std::sync::Arc;

use axum::extract::State;
use http::StatusCode;

use crate::Proxy;

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// The configuration is complete and there is a dashboard to serve, if there should be one.
pub(crate) async fn ready(State(proxy): State<Arc<Proxy>>) -> (StatusCode, &'static str) {
    match &proxy.dashboard {
        Some(dashboard) if !dashboard.is_built().await => {
            (StatusCode::SERVICE_UNAVAILABLE, "the dashboard is not built\n")
        }
        _ => (StatusCode::OK, "ok\n"),
    }
}
