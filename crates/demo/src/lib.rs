//! The four providers emulated on the wire: paths, keys, envelopes, limits, errors, and
//! signed audio links, over deterministic synthetic calls with spoken recordings.
//!
//! Nothing here uses Calldeck's own readers, so that the demo is an independent witness of
//! what each provider documents. Everything lives on one port; the caller serves the router.

mod agent;
mod agentvoice;
mod answer;
mod atoms;
mod call;
mod casting;
mod clock;
mod dice;
mod draft;
mod hostile;
mod id;
mod ima;
mod limit;
mod link;
mod mp3;
mod oddity;
mod page;
mod person;
mod query;
mod range;
mod recording;
mod root;
mod schedule;
mod script;
pub mod sentinel;
mod talk;
mod talkpilot;
mod truedy;
mod voice;
mod wav;
mod world;

use std::sync::Arc;

/// Whether the providers' documented request limits and usual delays are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limits {
    /// Limits as documented, and 20 to 60 ms before each answer.
    #[default]
    Real,
    /// No limits and no delay, for tests.
    Off,
}

/// What a demo is made from. The same options give the same calls.
#[derive(Clone, Debug)]
pub struct Options {
    /// The current time in UTC milliseconds; `None` follows the real clock.
    pub now_ms: Option<i64>,
    /// Another seed gives other people and other calls.
    pub seed: u64,
    /// Request limits and delays.
    pub limits: Limits,
    /// Where the router can be reached, for example `http://127.0.0.1:8081`. It is the
    /// beginning of every base URL and of every recording link.
    pub origin: String,
}

impl Default for Options {
    fn default() -> Self {
        let origin = "http://127.0.0.1:8081".to_owned();
        Self { now_ms: None, seed: 7, limits: Limits::Real, origin }
    }
}

/// How a client reaches one emulated provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderAccess {
    /// `talkpilot`, `truedy`, `agentvoice` or `atoms`.
    pub provider: &'static str,
    /// The provider's base URL, without a slash at the end.
    pub base_url: String,
    /// The headers that the provider wants on every request. The keys are worthless.
    pub headers: Vec<(String, String)>,
}

/// The emulated providers with their calls.
#[derive(Clone)]
pub struct Demo {
    world: Arc<world::World>,
}

impl Demo {
    /// Makes the calls of the last 90 days, seen from the options' time.
    pub fn new(mut options: Options) -> Self {
        options.origin = options.origin.trim_end_matches('/').to_owned();
        Self { world: Arc::new(world::World::new(options)) }
    }

    /// All routes of the four providers, their recordings, and `GET /`.
    pub fn router(&self) -> axum::Router {
        root::router(Arc::clone(&self.world))
    }

    /// The base URL and keys of each provider, as `GET /` gives them.
    pub fn providers(&self) -> Vec<ProviderAccess> {
        root::providers(&self.world.options.origin)
    }
}
