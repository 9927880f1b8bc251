//! The proxy between the dashboard and the providers: it adds keys, refuses the rest, and keeps
//! nothing on disk.
//!
//! Invariants: a client's headers never reach a provider. A key never reaches a client, a log, a
//! storage host or the far end of a redirect. A client never names a URL. What is passed on is
//! what the descriptors list. What is held in memory is bounded: JSON answers of up to 4 MB, for
//! seconds or minutes and at most 64 MB in all ([`kept`]); recordings stream through.
//!
//! The way of a request to a provider: [`exchange`] gives an answer that is still good, or joins
//! the request with one that is under way; else it waits at the [`gate`] for the [`budget`] of its
//! key and goes out through [`upstream`], which is the only place that talks to providers.
//!
//! Places for what is to come: sign-in is a middleware inside of [`guard`], with the right it
//! gives put on the request; narrowing a body to somebody's rights belongs in
//! `routes/provider.rs`, between the provider's answer and ours.

mod access_log;
mod audio_type;
mod budget;
mod circuit;
mod clock;
pub mod config;
mod connection;
mod csp;
mod dashboard;
mod exchange;
mod freshness;
mod gate;
mod guard;
mod kept;
mod media_host;
mod metered;
mod names;
mod priority;
mod probe;
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
mod wire;

use std::sync::Arc;

pub use access_log::{LogFormat, LogSink, StandardError};
pub use clock::{Clock, StoppedClock, SystemClock};
pub use config::{Config, Environment, Problems, ProcessEnvironment};
pub use connection::{Connection, SuccessMap};
pub use names::{NameLookup, SystemNames};
pub use probe::Trouble;
pub use routes::router;
pub use secret::Secret;
pub use server::{Server, ServerLimits};
pub use start::StartError;
pub use upstream::Patience;
pub use wire::{Wire, WireError};

use dashboard::Dashboard;
use exchange::Exchange;
use recordings::Recordings;
use storage::Storage;
use wire::HttpWire;

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
    exchange: Exchange,
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
        let wire = HttpWire::new(&patience).map_err(no_tls)?;
        Self::with_wire(config, outside, patience, Arc::new(wire))
    }

    /// Makes a proxy that reaches providers in a way of its own, for tests.
    ///
    /// # Errors
    /// If there is no TLS to be had for recordings.
    pub fn with_wire(
        config: Config,
        outside: Outside,
        patience: Patience,
        wire: Arc<dyn Wire>,
    ) -> Result<Self, StartError> {
        Ok(Self {
            exchange: Exchange::new(&config, wire, Arc::clone(&outside.clock), patience),
            storage: Storage::new(&patience, &outside.names).map_err(no_tls)?,
            recordings: Recordings::default(),
            dashboard: config.dashboard.clone().map(Dashboard::new),
            config,
            outside,
            patience,
        })
    }
}

fn no_tls(error: reqwest::Error) -> StartError {
    StartError::NoTls(error.to_string())
}
