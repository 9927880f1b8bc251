//! A connection: one account at one provider, with its keys.

use std::fmt;

use http::{HeaderName, HeaderValue};
use providers::{Adapter, Descriptor, Limit};
use url::Url;

use crate::config::is_loopback;
use crate::secret::Secret;

/// Which outcome labels mean success. Labels are `value`, or `name=value`.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub struct SuccessMap {
    /// Labels of a success.
    pub yes: Vec<String>,
    /// Labels of a failure.
    pub no: Vec<String>,
    /// Labels that are neither, although their value alone is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nothing: Vec<String>,
}

/// What is asked of a provider at most if it documents no limit: the strictest that another
/// documents.
const UNDOCUMENTED: &[Limit] = &[Limit::new(60, 60)];

/// One account at one provider.
#[derive(Clone)]
pub struct Connection {
    /// Id in URLs.
    pub id: String,
    /// Name on screen.
    pub name: String,
    /// How the provider is talked to.
    pub adapter: &'static dyn Adapter,
    /// Base address without a slash at the end.
    pub base_url: String,
    /// Hosts that recordings may come from besides the provider's own.
    pub media_hosts: Vec<String>,
    /// Which outcomes are successes.
    pub success: SuccessMap,
    /// How many requests are sent at most. None means as many as are asked for.
    pub limits: Vec<Limit>,
    auth: Vec<(HeaderName, HeaderValue)>,
}

impl Connection {
    /// A connection without keys.
    #[must_use]
    pub fn new(adapter: &'static dyn Adapter, id: &str, base_url: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: adapter.describe().name.to_owned(),
            adapter,
            base_url: base_url.trim_end_matches('/').to_owned(),
            media_hosts: Vec::new(),
            success: SuccessMap::default(),
            limits: usual_limits(adapter.describe()),
            auth: Vec::new(),
        }
    }

    /// Adds a key: the header it goes into, and what stands before it.
    ///
    /// # Errors
    /// A sentence, if header or key have characters that no header may have.
    pub fn add_key(&mut self, header: &str, prefix: &str, key: &Secret) -> Result<(), String> {
        let wrong = "The key has characters that cannot be sent, such as a line break inside.";
        let name = HeaderName::try_from(header)
            .map_err(|_| format!("\"{header}\" cannot be a header."))?;
        self.auth.push((name, key.header(prefix).map_err(|_| wrong.to_owned())?));
        Ok(())
    }

    /// What is known of the provider.
    #[must_use]
    pub fn provider(&self) -> &'static Descriptor {
        self.adapter.describe()
    }

    /// Uses only a part of what the provider allows, so that other programs with the same key get
    /// the rest; at least one request in each window.
    pub fn use_share(&mut self, share: f64) {
        for limit in &mut self.limits {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a part of a u32, and not negative"
            )]
            let part = (f64::from(limit.requests) * share.clamp(0.0, 1.0)).floor() as u32;
            limit.requests = part.max(1);
        }
    }

    /// Whether both are asked with the same key, so that they share its limits.
    pub(crate) fn is_same_account(&self, other: &Self) -> bool {
        self.provider().id == other.provider().id
            && self.base_url == other.base_url
            && self.auth == other.auth
    }

    /// One line about the connection, for people. Of keys only that they are there.
    pub(crate) fn describe(&self) -> String {
        let provider = self.provider();
        let settings: Vec<_> = provider.auth.iter().map(|header| header.setting).collect();
        let settings = settings.join(" and ");
        let (id, name, base) = (&self.id, &self.name, &self.base_url);
        format!("connection {id}: {} \"{name}\" at {base}, {settings} set", provider.name)
    }

    /// The headers that carry the keys.
    pub(crate) fn auth(&self) -> &[(HeaderName, HeaderValue)] {
        &self.auth
    }

    /// The base address, if it is on this very machine: then recordings may come from there too.
    pub(crate) fn loopback(&self) -> Option<Url> {
        Url::parse(&self.base_url).ok().filter(is_loopback)
    }
}

fn usual_limits(provider: &Descriptor) -> Vec<Limit> {
    let limits = if provider.limits.is_empty() { UNDOCUMENTED } else { provider.limits };
    limits.to_vec()
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("id", &self.id)
            .field("provider", &self.provider().id)
            .finish_non_exhaustive()
    }
}
