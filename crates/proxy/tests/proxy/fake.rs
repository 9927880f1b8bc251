//! Emulated providers and storage: any router, with everything that reached it written down.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use proxy::{Server, ServerLimits};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

type Book = Arc<Mutex<Vec<Seen>>>;

/// A running emulation.
#[derive(Clone)]
pub(crate) struct Fake {
    pub(crate) address: SocketAddr,
    book: Book,
}

impl Fake {
    pub(crate) async fn start(router: Router) -> Self {
        Self::start_knowing(|_| router).await
    }

    /// For routers that need to know where they are.
    pub(crate) async fn start_knowing(router: impl FnOnce(SocketAddr) -> Router) -> Self {
        let server = Server::bind((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
        let (address, book) = (server.address(), Book::default());
        let router = router(address).layer(from_fn_with_state(Arc::clone(&book), write_down));
        let forever = std::future::pending();
        tokio::spawn(server.run(router, ServerLimits::default(), forever));
        Self { address, book }
    }

    /// Answers everything with the same JSON.
    pub(crate) async fn saying(json: &'static str) -> Self {
        Self::start(Router::new().fallback(async move || json_response(StatusCode::OK, json))).await
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.book.lock().unwrap().clone()
    }

    /// How many requests came whose path begins so.
    pub(crate) fn count(&self, path: &str) -> usize {
        self.seen().iter().filter(|seen| seen.target.starts_with(path)).count()
    }
}

pub(crate) fn json_response(status: StatusCode, json: impl Into<Body>) -> Response {
    let json: Body = json.into();
    (status, [("content-type", "application/json")], json).into_response()
}

async fn write_down(State(book): State<Book>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    book.lock().unwrap().push(Seen {
        method: head.method.to_string(),
        target: head.uri.to_string(),
        headers: head.headers.clone(),
        body: String::from_utf8(bytes.to_vec()).unwrap(),
    });
    next.run(Request::from_parts(head, Body::from(bytes))).await
}

/// Answers every connection with the same bytes, then closes it: for answers that no server
/// would give.
pub(crate) async fn start_raw(answer: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(answer).await;
            let _ = stream.shutdown().await;
        }
    });
    address
}
