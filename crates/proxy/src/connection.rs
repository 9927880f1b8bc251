//! A connection: one account at one provider, with its keys.

use std::fmt;

use http::{HeaderName, HeaderValue};
use providers::{Adapter, Descriptor};
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
}

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

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("id", &self.id)
            .field("provider", &self.provider().id)
            .finish_non_exhaustive()
    }
}
