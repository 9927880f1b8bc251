//! Listening, and stopping without cutting anybody off.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::start::StartError;

/// Largest head of a request in bytes. It is more than the longest address that hyper reads
/// (65,534 bytes), so that an address that is too long is told so (414).
const LARGEST_HEAD: usize = 96 * 1024;

/// How long to wait when the machine has no more file handles to give.
const NO_HANDLES: Duration = Duration::from_millis(100);

/// Limits of the server as a whole.
#[derive(Clone, Copy, Debug)]
pub struct ServerLimits {
    /// Until the head of a request has come, and between two requests.
    pub header_read: Duration,
    /// How long answers may go on after a stop.
    pub drain: Duration,
    /// Connections at a time. Further ones wait.
    pub connections: usize,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            header_read: Duration::from_secs(10),
            drain: Duration::from_secs(25),
            connections: 4_096,
        }
    }
}

/// A port that is listened on.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Listens. Port 0 takes any free one.
    ///
    /// # Errors
    /// If the port is in use, or the address is not ours.
    pub async fn bind(address: SocketAddr) -> Result<Self, StartError> {
        let failed = |error| StartError::of(address, error);
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// The address with the port that was taken.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is done. Then nothing new is accepted, and what is being answered has
    /// the time of [`ServerLimits::drain`] to end; after that it is cut.
    pub async fn run(self, router: Router, limits: ServerLimits, stop: impl Future<Output = ()>) {
        let graceful = GracefulShutdown::new();
        let places = Arc::new(Semaphore::new(limits.connections));
        let mut connections = JoinSet::new();
        let accepting = async {
            loop {
                let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
                let Some(stream) = accept(&self.listener).await else { continue };
                let serving = serve(stream, router.clone(), limits.header_read, graceful.watcher());
                connections.spawn(async move {
                    serving.await;
                    drop(place);
                });
                while connections.try_join_next().is_some() {}
            }
        };
        tokio::select! {
            () = stop => {}
            () = accepting => {}
        }
        drop(self.listener);
        // Whoever is not done by then is cut off; dropping the set ends what is left.
        let _ = timeout(limits.drain, graceful.shutdown()).await;
        drop(connections);
    }
}

async fn accept(listener: &TcpListener) -> Option<TcpStream> {
    match listener.accept().await {
        Ok((stream, _)) => {
            // Small answers would otherwise wait 40 ms for the client's acknowledgement.
            drop(stream.set_nodelay(true));
            Some(stream)
        }
        Err(_) => {
            // Too many open files, or a client that is gone again.
            sleep(NO_HANDLES).await;
            None
        }
    }
}

async fn serve(stream: TcpStream, router: Router, header_read: Duration, watcher: Watcher) {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(header_read).max_buf_size(LARGEST_HEAD);
    let connection =
        builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // What goes wrong on a connection is the client's to see; there is nothing to do about it.
    let _ = watcher.watch(connection).await;
}
