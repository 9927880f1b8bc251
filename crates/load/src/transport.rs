//! What carries requests: `fetch` in the browser, HTTP in the command line, a script in tests.

use std::future::Future;

use providers::{Answer, Refusal, Request};

/// Sends requests for connections and knows the time.
pub trait Transport {
    /// Sends a request for a connection. Any answer, also one with an error status, is `Ok`.
    ///
    /// # Errors
    /// [`providers::RefusalKind::Unreachable`] if no answer came.
    fn send(
        &self,
        connection: &str,
        request: &Request,
    ) -> impl Future<Output = Result<Answer, Refusal>>;

    /// Waits until an instant, UTC milliseconds.
    fn wait_until(&self, until_ms: i64) -> impl Future<Output = ()>;

    /// Now, UTC milliseconds.
    fn now_ms(&self) -> i64;
}
