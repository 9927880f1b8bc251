//! The proxy, running, as a user of it sees it.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proxy::{
    Config, Connection, LogSink, NameLookup, Outside, Patience, Proxy, Secret, Server,
    ServerLimits, StoppedClock,
};
use reqwest::{Client, Method, RequestBuilder, Response};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::acme::Acme;

/// The time at which every test takes place.
pub(crate) const NOW_MS: i64 = 1_772_366_400_000;

pub(crate) const KEY: &str = "key-of-the-test-0123456789";
pub(crate) const ORGANIZATION: &str = "organization-of-the-test";

/// What a stage is made from. Each test says only what it needs.
pub(crate) struct Setup {
    pub(crate) config: Config,
    pub(crate) patience: Patience,
    pub(crate) limits: ServerLimits,
    pub(crate) names: HashMap<String, Vec<IpAddr>>,
}

/// A running proxy.
pub(crate) struct Stage {
    pub(crate) address: SocketAddr,
    pub(crate) log: Arc<Lines>,
    client: Client,
    stop: Option<oneshot::Sender<()>>,
    ended: JoinHandle<()>,
}

#[derive(Default)]
pub(crate) struct Lines(Mutex<Vec<String>>);

impl LogSink for Lines {
    fn line(&self, line: &str) {
        self.0.lock().unwrap().push(line.to_owned());
    }
}

impl Lines {
    pub(crate) fn all(&self) -> String {
        self.0.lock().unwrap().join("\n")
    }
}

struct Names(HashMap<String, Vec<IpAddr>>);

impl NameLookup for Names {
    fn look_up(
        &self,
        host: String,
    ) -> futures_util::future::BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let found = self.0.get(&host).cloned().ok_or(io::ErrorKind::NotFound.into());
        Box::pin(async move { found })
    }
}

impl Setup {
    /// One connection `sales` to a provider at a base address.
    pub(crate) fn with_provider(base_url: &str) -> Self {
        let mut connection = Connection::new(&Acme, "sales", base_url);
        connection.add_key("authorization", "Bearer ", &Secret::new(KEY)).unwrap();
        connection.add_key("x-organization-id", "", &Secret::new(ORGANIZATION)).unwrap();
        let config = Config { connections: vec![connection], ..Config::default() };
        Self {
            config,
            patience: Patience::default(),
            limits: ServerLimits::default(),
            names: HashMap::new(),
        }
    }

    pub(crate) async fn start(self) -> Stage {
        let log = Arc::new(Lines::default());
        let outside = Outside {
            clock: Arc::new(StoppedClock(NOW_MS)),
            names: Arc::new(Names(self.names)),
            log: Arc::clone(&log) as Arc<dyn LogSink>,
        };
        let proxy = Proxy::new(self.config, outside, self.patience).unwrap();
        let server = Server::bind((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
        let address = server.address();
        let (stop, stopped) = oneshot::channel::<()>();
        let asked = async move { drop(stopped.await) };
        let ended = tokio::spawn(server.run(proxy::router(Arc::new(proxy)), self.limits, asked));
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .tls_certs_only([]);
        Stage { address, log, client: client.build().unwrap(), stop: Some(stop), ended }
    }
}

impl Stage {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.address))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// The code of our own refusal, with its status.
    pub(crate) async fn refusal(&self, path: &str) -> (u16, String) {
        refusal_of(self.get(path).await).await
    }

    /// Asks the proxy to stop, as a signal would.
    pub(crate) fn ask_to_stop(&mut self) {
        let _ = self.stop.take().unwrap().send(());
    }

    /// Waits until it has stopped.
    pub(crate) async fn ended(self) {
        self.ended.await.unwrap();
    }
}

/// Status and code of a refusal, having checked that it is one of ours.
pub(crate) async fn refusal_of(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    assert_eq!(header(&response, "calldeck-from"), "proxy");
    assert_eq!(header(&response, "content-type"), "application/json");
    let body: serde_json::Value = response.json().await.unwrap();
    assert!(body["error"]["message"].as_str().unwrap().len() > 10);
    (status, body["error"]["code"].as_str().unwrap().to_owned())
}

/// A header as text; empty if it is not there.
pub(crate) fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

/// Patience of a test that waits for its end.
pub(crate) const SHORT: Duration = Duration::from_millis(50);
