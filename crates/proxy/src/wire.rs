//! The way to providers, as a value, so that a test can answer in their place.

use axum::body::Body;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use crate::upstream::{Patience, USER_AGENT};

/// Carries one request to a provider and its answer back.
pub trait Wire: Send + Sync {
    /// Sends a request with an absolute address. No redirect is followed.
    fn send(
        &self,
        request: http::Request<Option<String>>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, WireError>>;
}

/// Why no answer came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WireError {
    /// There was no connection: the request was not sent.
    NoConnection,
    /// The answer did not come in time.
    TimedOut,
    /// The connection was lost.
    Lost,
}

/// HTTP, with the machine's certificates.
pub(crate) struct HttpWire(reqwest::Client);

impl HttpWire {
    pub(crate) fn new(patience: &Patience) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .user_agent(USER_AGENT)
            .connect_timeout(patience.connect)
            .timeout(patience.answer)
            .build()?;
        Ok(Self(client))
    }
}

impl Wire for HttpWire {
    fn send(
        &self,
        request: http::Request<Option<String>>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, WireError>> {
        let (head, body) = request.into_parts();
        let mut builder = self.0.request(head.method, head.uri.to_string()).headers(head.headers);
        if let Some(body) = body {
            builder = builder.body(body);
        }
        let sending = builder.send();
        let sent = async move {
            let response = sending.await.map_err(|error| kind_of(&error))?;
            Ok(http::Response::from(response).map(Body::new))
        };
        sent.boxed()
    }
}

fn kind_of(error: &reqwest::Error) -> WireError {
    if error.is_connect() {
        WireError::NoConnection
    } else if error.is_timeout() {
        WireError::TimedOut
    } else {
        WireError::Lost
    }
}
