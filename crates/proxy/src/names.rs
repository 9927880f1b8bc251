//! Looking up the hosts of recordings. What is looked up is checked and is what is connected to,
//! in one step, so that a name that changes its address in between gains nothing.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::public_address::is_public;

/// Asks for the addresses of a name.
pub trait NameLookup: Send + Sync {
    /// All addresses of a host.
    fn look_up(&self, host: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// Asks the operating system.
pub struct SystemNames;

impl NameLookup for SystemNames {
    fn look_up(&self, host: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Which addresses may be connected to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// Only public ones.
    Internet,
    /// Only this machine's own.
    Loopback,
}

impl Reach {
    fn admits(self, address: IpAddr) -> bool {
        match self {
            Self::Internet => is_public(address),
            Self::Loopback => address.is_loopback(),
        }
    }
}

/// A resolver that only answers with addresses that may be connected to.
pub(crate) struct CheckedNames {
    names: Arc<dyn NameLookup>,
    reach: Reach,
}

impl CheckedNames {
    pub(crate) fn new(names: Arc<dyn NameLookup>, reach: Reach) -> Self {
        Self { names, reach }
    }
}

impl Resolve for CheckedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, reach) = (self.names.look_up(name.as_str().to_owned()), self.reach);
        Box::pin(async move {
            let admitted: Vec<SocketAddr> = found
                .await?
                .into_iter()
                .filter(|address| reach.admits(*address))
                .map(|address| SocketAddr::new(address, 0))
                .collect();
            if admitted.is_empty() {
                return Err(NoAddress.into());
            }
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

/// A name has no address that may be connected to.
#[derive(Debug)]
pub(crate) struct NoAddress;

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no address that may be connected to")
    }
}

impl std::error::Error for NoAddress {}

impl NoAddress {
    /// Whether an error came about because of this.
    pub(crate) fn caused(error: &reqwest::Error) -> bool {
        let mut source = std::error::Error::source(error);
        while let Some(error) = source {
            if error.is::<Self>() {
                return true;
            }
            source = error.source();
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Mixed;

    impl NameLookup for Mixed {
        fn look_up(&self, _: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
            let found = ["10.0.0.5", "1.1.1.1", "::1", "2606:4700::1111", "127.0.0.1"];
            Box::pin(async move { Ok(found.map(|text| text.parse().unwrap()).to_vec()) })
        }
    }

    async fn admitted(reach: Reach) -> Vec<String> {
        let names = CheckedNames::new(Arc::new(Mixed), reach);
        let found = names.resolve("audio.example".parse().unwrap()).await.ok().unwrap();
        found.map(|address| address.ip().to_string()).collect()
    }

    #[tokio::test]
    async fn of_mixed_addresses_only_those_that_may_be_connected_to_are_given() {
        assert_eq!(admitted(Reach::Internet).await, ["1.1.1.1", "2606:4700::1111"]);
        assert_eq!(admitted(Reach::Loopback).await, ["::1", "127.0.0.1"]);
    }
}
