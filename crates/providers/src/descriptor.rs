//! What is known of a provider as a whole. The proxy's allow-list, the settings and the screen
//! are all made from this.

use crate::route::Route;

/// A provider.
#[derive(Debug)]
pub struct Descriptor {
    /// The word in configuration files and URLs.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// Base address; `None` where every customer has their own.
    pub base_url: Option<&'static str>,
    /// The headers that carry keys.
    pub auth: &'static [AuthHeader],
    /// Every request that is ever sent. Nothing else passes the proxy.
    pub routes: &'static [Route],
    /// Hosts that recordings may come from: exact, or with a leading dot for any host below.
    pub media_hosts: &'static [&'static str],
    /// Documented limits of requests per key; all of them hold. Empty where none is documented.
    pub limits: &'static [Limit],
    /// The response header that names a request for the provider's support.
    pub request_id_header: Option<&'static str>,
    /// Who applies which filter.
    pub capabilities: Capabilities,
    /// What the provider's duration counts, as a key of the catalogue's own words.
    pub counts_from_answer: bool,
}

/// So many requests in so many seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// Requests that are answered within the window.
    pub requests: u32,
    /// Length of the window in seconds.
    pub window_secs: u32,
}

impl Limit {
    /// A limit.
    #[must_use]
    pub const fn new(requests: u32, window_secs: u32) -> Self {
        Self { requests, window_secs }
    }
}

/// A header that carries a secret.
#[derive(Debug)]
pub struct AuthHeader {
    /// Header name, lower case.
    pub name: &'static str,
    /// What stands before the secret, such as `Bearer `.
    pub prefix: &'static str,
    /// The setting the secret comes from: `key` or `organization`.
    pub setting: &'static str,
}

/// Who applies a filter. Ours always runs after the provider's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applies {
    /// The provider narrows the list down; we only see a superset of what is wanted.
    Provider,
    /// Only we do, over what was loaded.
    Calldeck,
}

/// Filters a provider's list knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Capabilities {
    /// Date range.
    pub date: Applies,
    /// Agent.
    pub agent: Applies,
    /// Status.
    pub status: Applies,
    /// Direction.
    pub direction: Applies,
    /// Phone number.
    pub phone: Applies,
    /// Free text.
    pub text: Applies,
}
