//! What can go wrong before there is anything to serve.

use std::fmt;
use std::io;
use std::net::SocketAddr;

/// Why the proxy did not start.
#[derive(Debug)]
pub enum StartError {
    /// Another program has the port.
    PortInUse(SocketAddr),
    /// The address cannot be listened on.
    CannotListen(SocketAddr, io::Error),
    /// The address can be reached by others, and nobody would have to sign in.
    Exposed(SocketAddr),
    /// No TLS.
    NoTls(String),
}

impl StartError {
    /// What an error of the operating system means for an address.
    pub(crate) fn of(address: SocketAddr, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AddrInUse => Self::PortInUse(address),
            _ => Self::CannotListen(address, error),
        }
    }

    /// Refuses an address that other machines can reach, since nobody has to sign in.
    ///
    /// # Errors
    /// [`StartError::Exposed`], if the address is not this machine's own.
    pub fn unless_private(address: SocketAddr) -> Result<(), Self> {
        if address.ip().is_loopback() { Ok(()) } else { Err(Self::Exposed(address)) }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse(address) => write!(
                f,
                "Port {} on {} is in use by another program. End that one, or take another port.",
                address.port(),
                address.ip()
            ),
            Self::CannotListen(address, error) => write!(
                f,
                "{address} cannot be listened on ({error}). Take an address of this machine and a \
                 port above 1023."
            ),
            Self::Exposed(address) => write!(
                f,
                "{address} can be reached from other machines, and Calldeck has no sign-in: \
                 everybody who reaches it could read and hear all calls. Listen on 127.0.0.1, or, \
                 if something in front of it checks who comes, add --i-know-there-is-no-sign-in."
            ),
            Self::NoTls(error) => write!(
                f,
                "TLS could not be set up ({error}). Install the system's certificates (Debian: \
                 ca-certificates)."
            ),
        }
    }
}

impl std::error::Error for StartError {}
