//! The way to the proxy: one of our own on a free port of this machine, or one that is running.

use std::io::IsTerminal as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use calls::CallKey;
use load::{Connections, Transport};
use place::Place;
use providers::{Answer, Method, Refusal, Request, Track};
use proxy::{
    Clock, Config, LogFormat, Outside, Patience, ProcessEnvironment, Proxy, Server, ServerLimits,
};
use reqwest::Response;

use crate::arguments::SourceOptions;
use crate::clock::now_ms;
use crate::ending::{Ending, say};

/// How long an answer may take. Providers are given less by the proxy.
const PATIENCE: Duration = Duration::from_secs(180);

/// How long a recording may stand still.
const STANDSTILL: Duration = Duration::from_secs(90);

/// The way to the proxy.
pub(crate) struct Way {
    client: reqwest::Client,
    /// The same for recordings, which may take as long as they move.
    listener: reqwest::Client,
    /// Its address with a closing slash.
    base: String,
    /// Whether it is one that people use, too.
    is_shared: bool,
    in_background: bool,
    clock: Shifted,
    talks: bool,
}

/// The real clock, as far ahead or behind as somebody said.
#[derive(Clone, Copy)]
struct Shifted {
    by_ms: i64,
}

impl Clock for Shifted {
    fn now_ms(&self) -> i64 {
        now_ms().saturating_add(self.by_ms)
    }
}

impl Way {
    /// A way to the server that was named, or to a proxy over the configuration.
    pub(super) async fn of(options: &SourceOptions) -> Result<Self, Ending> {
        let clock = Shifted { by_ms: options.now.map_or(0, |now| now.saturating_sub(now_ms())) };
        let is_shared = options.server.is_some();
        let base = match &options.server {
            Some(server) => server.clone(),
            None => serve(options, clock).await?,
        };
        let client = || {
            let client = reqwest::Client::builder();
            // What is on this machine is reached without a detour.
            if is_shared { client } else { client.no_proxy() }
        };
        let broken = |error: reqwest::Error| Ending::NotWorking(error.to_string());
        let listener = client().read_timeout(STANDSTILL).build().map_err(broken)?;
        let client = client().timeout(PATIENCE).build().map_err(broken)?;
        let base = format!("{}/", base.trim_end_matches('/'));
        let talks = !options.quiet && std::io::stderr().is_terminal();
        let in_background = options.in_background;
        Ok(Self { client, listener, base, is_shared, in_background, clock, talks })
    }

    /// The connections there are.
    pub(super) async fn connections(&self) -> Result<Vec<load::Connection>, Ending> {
        let url = format!("{}api/connections", self.base);
        let broken = |why: String| {
            Ending::NotWorking(format!("{url} does not answer as Calldeck does: {why}"))
        };
        let answer = self.ask(&url, &Request::get("")).await;
        let answer = answer.map_err(|why| {
            let why = why.text.unwrap_or_default();
            Ending::NotWorking(format!(
                "{} cannot be reached ({why}). Check the address, and that calldeck serve runs there.",
                self.base
            ))
        })?;
        if answer.status != 200 {
            return Err(broken(format!("status {}", answer.status)));
        }
        let connections = Connections::parse(&answer.text()).map_err(broken)?;
        for name in &connections.unknown {
            say(&format!("{name} is of a provider that this version does not know."));
        }
        Ok(connections.known)
    }

    /// The address at which a call opens for people; empty where nobody knows one.
    pub(crate) fn link(&self, key: &CallKey) -> String {
        let place = Place { call: Some(key.clone()), ..Place::default() };
        if self.is_shared { format!("{}{}", self.base, place.fragment()) } else { String::new() }
    }

    /// Asks for a recording from a byte on, if its storage still calls it by the name `whole`. The
    /// bytes are still to come.
    pub(crate) async fn media(
        &self,
        key: &CallKey,
        track: Track,
        from: u64,
        whole: Option<&str>,
    ) -> Result<Response, Refusal> {
        let mut sent = self.listener.get(format!("{}media/{key}/{}", self.base, track.code()));
        if let Some(whole) = whole.filter(|_| from > 0) {
            sent = sent.header("Range", format!("bytes={from}-")).header("If-Range", whole);
        }
        sent.send().await.map_err(|error| unreachable(&error))
    }

    /// Reads an answer to its end.
    pub(crate) async fn read(response: Response) -> Result<Answer, Refusal> {
        let text = |value: &reqwest::header::HeaderValue| value.to_str().ok().map(str::to_owned);
        let headers = response.headers().iter();
        let headers = headers.filter_map(|(name, value)| Some((name.to_string(), text(value)?)));
        let (status, headers) = (response.status().as_u16(), headers.collect());
        let body = response.bytes().await;
        let body = body.map_err(|error| unreachable(&error))?.to_vec();
        Ok(Answer { status, headers, body })
    }

    /// Says how far it is, if somebody sits there.
    pub(crate) fn progress(&self, text: &str) {
        if self.talks {
            say(text);
        }
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
        let sent = match self.in_background {
            true => sent.header("Calldeck-Priority", "background"),
            false => sent,
        };
        let sent = sent.send().await;
        Self::read(sent.map_err(|error| unreachable(&error))?).await
    }
}

impl Transport for Way {
    async fn send(&self, connection: &str, request: &Request) -> Result<Answer, Refusal> {
        self.ask(&format!("{}api/c/{connection}{}", self.base, request.target()), request).await
    }

    async fn wait_until(&self, until_ms: i64) {
        let left_ms = u64::try_from(until_ms - self.clock.now_ms()).unwrap_or_default();
        self.progress(&format!("waiting for {} s, as the provider asks", left_ms.div_ceil(1_000)));
        tokio::time::sleep(Duration::from_millis(left_ms)).await;
    }

    fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}

/// Why nothing came: what is underneath, and not that a request was sent, to which address.
fn unreachable(error: &reqwest::Error) -> Refusal {
    let mut cause: &dyn std::error::Error = error;
    while let Some(under) = cause.source() {
        cause = under;
    }
    Refusal::unreachable(cause.to_string())
}

/// Serves a configuration to nobody but this program, for as long as it runs.
async fn serve(options: &SourceOptions, clock: Shifted) -> Result<String, Ending> {
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
    let outside = Outside { clock: Arc::new(clock), ..Outside::default() };
    let proxy = Proxy::new(private, outside, Patience::default())?;
    let router = proxy::router(Arc::new(proxy));
    let serving = server.run(router, ServerLimits::default(), std::future::pending());
    tokio::spawn(serving);
    Ok(format!("http://{address}"))
}
