//! The proxy between the dashboard and the providers: it adds keys, refuses the rest, and keeps
//! nothing.
//!
//! Invariants: a client's headers never reach a provider. A key never reaches a client, a log, a
//! storage host or the far end of a redirect. A client never names a URL. What is passed on is
//! what the descriptors list, and nothing is held in memory as a whole but the answers in which
//! recordings' addresses are looked for.
//!
//! Places for what is to come: sign-in is a middleware inside of [`guard`], with the right it
//! gives put on the request; budgets stand in front of [`upstream`], which is the only place that
//! talks to providers; narrowing a body to somebody's rights belongs in `routes/provider.rs`,
//! between the provider's answer and ours.

mod access_log;
mod audio_type;
mod clock;
pub mod config;
mod connection;
mod csp;
mod dashboard;
mod guard;
mod media_host;
mod metered;
mod names;
mod public_address;
mod recording_refusal;
mod recordings;
mod refuse;
mod routes;
mod secret;
mod server;
mod start;
mod storage;
mod upstream;

use std::sync::Arc;

pub use access_log::{LogFormat, LogSink, StandardError};
pub use clock::{Clock, StoppedClock, SystemClock};
pub use config::{Config, Environment, Problems, ProcessEnvironment};
pub use connection::{Connection, SuccessMap};
pub use names::{NameLookup, SystemNames};
pub use routes::router;
pub use secret::Secret;
pub use server::{Server, ServerLimits};
pub use start::StartError;
pub use upstream::Patience;

use dashboard::Dashboard;
use recordings::Recordings;
use storage::Storage;
use upstream::Upstream;

/// The outside world, as values, so that tests can bring their own.
#[derive(Clone)]
pub struct Outside {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Addresses of hosts.
    pub names: Arc<dyn NameLookup>,
    /// Where log lines go.
    pub log: Arc<dyn LogSink>,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            names: Arc::new(SystemNames),
            log: Arc::new(StandardError),
        }
    }
}

/// Everything that answering a request needs.
pub struct Proxy {
    config: Config,
    outside: Outside,
    patience: Patience,
    upstream: Upstream,
    storage: Storage,
    recordings: Recordings,
    dashboard: Option<Dashboard>,
}

impl Proxy {
    /// Makes a proxy of a checked configuration.
    ///
    /// # Errors
    /// If there is no TLS to be had: the machine's certificates cannot be read.
    pub fn new(config: Config, outside: Outside, patience: Patience) -> Result<Self, StartError> {
        let no_tls = |error: reqwest::Error| StartError::NoTls(error.to_string());
        Ok(Self {
            upstream: Upstream::new(&patience).map_err(no_tls)?,
            storage: Storage::new(&patience, &outside.names).map_err(no_tls)?,
            recordings: Recordings::default(),
            dashboard: config.dashboard.clone().map(Dashboard::new),
            config,
            outside,
            patience,
        })
    }
}
