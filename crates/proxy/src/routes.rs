//! All routes. Adding one is a line here and a file below.

pub(crate) mod connections;
pub(crate) mod health;
pub(crate) mod media;
pub(crate) mod provider;

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{any, get};
use http::{HeaderName, HeaderValue, Method, header};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::CorsLayer;

use crate::dashboard::{Framing, file_request};
use crate::priority::PRIORITY;
use crate::refuse::Refusal;
use crate::{Proxy, access_log, guard};

/// How long a browser remembers that a listed origin may ask.
const PREFLIGHT: Duration = Duration::from_secs(600);

/// The whole proxy as one service. Outermost is the log, then a net under panics, then the guard.
pub fn router(proxy: Arc<Proxy>) -> Router {
    let data = Router::new()
        .route("/api/connections", any(connections::list))
        .route("/api/c/{connection}/{*path}", any(provider::pass_on))
        .route("/media/{connection}/{call}/{track}", any(media::play));
    let data = match cors(&proxy.config.cors_origins) {
        Some(layer) => data.layer(layer),
        None => data,
    };
    Router::new()
        .merge(data)
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/", get(page))
        .route("/index.html", get(page))
        .route("/embed", get(frame))
        .fallback(file)
        .layer(from_fn_with_state(Arc::clone(&proxy), guard::check))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn_with_state(Arc::clone(&proxy), access_log::log))
        .with_state(proxy)
}

/// Lets pages of listed origins read answers. Never with credentials.
fn cors(origins: &[String]) -> Option<CorsLayer> {
    let listed: Vec<HeaderValue> =
        origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    if listed.is_empty() {
        return None;
    }
    let ours = |name| HeaderName::from_static(name);
    let exposed = [
        header::RETRY_AFTER,
        header::CONTENT_RANGE,
        header::ACCEPT_RANGES,
        header::CONTENT_LENGTH,
        header::AGE,
        ours("calldeck-from"),
        ours("calldeck-request-id"),
        ours("x-ratelimit-limit"),
        ours("x-ratelimit-remaining"),
        ours("x-ratelimit-reset"),
    ];
    let layer = CorsLayer::new()
        .allow_origin(listed)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([
            header::CONTENT_TYPE,
            header::RANGE,
            header::IF_RANGE,
            header::CACHE_CONTROL,
            ours(PRIORITY),
        ])
        .expose_headers(exposed)
        .max_age(PREFLIGHT);
    Some(layer)
}

async fn page(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    serve_page(&proxy, file_request(&request), Framing::Nobody).await
}

async fn frame(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let framing = Framing::Listed(&proxy.config.embed_origins);
    serve_page(&proxy, file_request(&request), framing).await
}

async fn serve_page(proxy: &Proxy, request: http::Request<()>, framing: Framing<'_>) -> Response {
    match &proxy.dashboard {
        Some(dashboard) => dashboard.serve_page(request, framing).await,
        None => Refusal::NotFound.text(),
    }
}

async fn file(State(proxy): State<Arc<Proxy>>, request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || path.starts_with(media::PREFIX) {
        return Refusal::NotFound.json();
    }
    match &proxy.dashboard {
        Some(dashboard) => dashboard.serve_file(file_request(&request)).await,
        None => Refusal::NotFound.text(),
    }
}

/// What a panic said stays inside; it may have a call in it.
fn after_panic(_: Box<dyn Any + Send>) -> Response {
    Refusal::Internal.json()
}
