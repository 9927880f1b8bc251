//! The way to the proxy: one of our own on a free port of this machine, or one that is running.

use std::io::IsTerminal as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use load::{Connections, Transport};
use providers::{Answer, Method, Refusal, Request};
use proxy::{
    Config, LogFormat, Outside, Patience, ProcessEnvironment, Proxy, Server, ServerLimits,
};

use crate::arguments::SourceOptions;
use crate::clock::now_ms;
use crate::ending::{Ending, say};

/// How long an answer may take. Providers are given less by the proxy.
const PATIENCE: Duration = Duration::from_secs(180);

/// The way to the proxy.
pub(super) struct Way {
    client: reqwest::Client,
    /// Its address with a closing slash.
    base: String,
    now_ms: Option<i64>,
    talks: bool,
}

impl Way {
    /// A way to the server that was named, or to a proxy over the configuration.
    pub(super) async fn of(options: &SourceOptions) -> Result<Self, Ending> {
        let client = reqwest::Client::builder().timeout(PATIENCE);
        let (client, base) = match &options.server {
            Some(server) => (client, server.clone()),
            // What is on this machine is reached without a detour.
            None => (client.no_proxy(), serve(options).await?),
        };
        let client = client.build().map_err(|error| Ending::NotWorking(error.to_string()))?;
        let base = format!("{}/", base.trim_end_matches('/'));
        let talks = std::io::stderr().is_terminal();
        Ok(Self { client, base, now_ms: options.now, talks })
    }

    /// The connections there are.
    pub(super) async fn connections(&self) -> Result<Vec<load::Connection>, Ending> {
        let url = format!("{}api/connections", self.base);
        let broken = |why: String| {
            Ending::NotWorking(format!("{url} does not answer as Calldeck does: {why}"))
        };
        let answer = self.ask(&url, &Request::get("")).await;
        let answer = answer.map_err(|why| broken(why.text.unwrap_or_default()))?;
        if answer.status != 200 {
            return Err(broken(format!("status {}", answer.status)));
        }
        let connections = Connections::parse(&answer.text()).map_err(broken)?;
        for name in &connections.unknown {
            say(&format!("{name} is of a provider that this version does not know."));
        }
        Ok(connections.known)
    }

    /// Says how far it is, if somebody sits there.
    pub(super) fn progress(&self, text: &str) {
        if self.talks {
            say(text);
        }
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.now_ms.unwrap_or_else(now_ms)
    }

    async fn ask(&self, url: &str, request: &Request) -> Result<Answer, Refusal> {
        let sent = match request.method {
            Method::Get => self.client.get(url),
            Method::Post => self.client.post(url),
        };
        let sent = sent.header("Accept", "application/json");
        let sent = match &request.body {
            Some(body) => sent.header("Content-Type", "application/json").body(body.clone()),
            None => sent,
        };
        let unreachable = |error: reqwest::Error| Refusal::unreachable(error.to_string());
        let response = sent.send().await.map_err(unreachable)?;
        let text = |value: &reqwest::header::HeaderValue| value.to_str().ok().map(str::to_owned);
        let headers = response.headers().iter();
        let headers = headers.filter_map(|(name, value)| Some((name.to_string(), text(value)?)));
        let (status, headers) = (response.status().as_u16(), headers.collect());
        let body = response.bytes().await.map_err(unreachable)?.to_vec();
        Ok(Answer { status, headers, body })
    }
}

impl Transport for Way {
    async fn send(&self, connection: &str, request: &Request) -> Result<Answer, Refusal> {
        self.ask(&format!("{}api/c/{connection}{}", self.base, request.target()), request).await
    }

    async fn wait_until(&self, until_ms: i64) {
        let left_ms = u64::try_from(until_ms - now_ms()).unwrap_or_default();
        self.progress(&format!("waiting for {} s, as the provider asks", left_ms.div_ceil(1_000)));
        tokio::time::sleep(Duration::from_millis(left_ms)).await;
    }

    fn now_ms(&self) -> i64 {
        // What providers ask us to wait for is counted by the real clock.
        now_ms()
    }
}

/// Serves a configuration to nobody but this program, for as long as it runs.
async fn serve(options: &SourceOptions) -> Result<String, Ending> {
    let file = options.config.display().to_string();
    let config = Config::read(&options.config, &ProcessEnvironment)
        .map_err(|problems| Ending::Configuration { file, problems })?;
    let server = Server::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let address = server.address();
    let private = Config {
        listen: address,
        dashboard: None,
        log: LogFormat::Off,
        connections: config.connections,
        ..Config::default()
    };
    let proxy = Proxy::new(private, Outside::default(), Patience::default())?;
    let router = proxy::router(Arc::new(proxy));
    let serving = server.run(router, ServerLimits::default(), std::future::pending());
    tokio::spawn(serving);
    Ok(format!("http://{address}"))
}
