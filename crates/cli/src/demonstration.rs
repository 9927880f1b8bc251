//! `calldeck demo`: the real proxy with the emulated providers behind it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use demo::{Demo, ProviderAccess};
use proxy::{
    Clock, Config, Connection, LogFormat, Outside, Patience, Proxy, Secret, Server, ServerLimits,
    StoppedClock, SuccessMap, SystemClock,
};

use crate::arguments::{DemoOptions, Limits, Log};
use crate::ending::{Ending, print};
use crate::stop;

/// Where the dashboard is built to unless something else is said.
const USUAL_DIST: &str = "dist";

/// Serves until it is asked to stop.
pub(crate) async fn run(options: DemoOptions) -> Result<(), Ending> {
    let providers = Server::bind(local(options.providers_port)).await?;
    let server = Server::bind(local(options.port)).await?;
    let origin = format!("http://{}", providers.address());
    let demo = Demo::new(demo_options(&options, origin.clone()));
    let config = configure(&options, server.address(), &demo.providers())?;
    let clock: Arc<dyn Clock> = match options.now {
        Some(now_ms) => Arc::new(StoppedClock(now_ms)),
        None => Arc::new(SystemClock),
    };
    let proxy = Proxy::new(config, Outside { clock, ..Outside::default() }, Patience::default())?;
    let router = proxy::router(Arc::new(proxy));
    print(&format!("ready http://{}/ providers={origin}/", server.address()));
    let limits = ServerLimits::default();
    tokio::select! {
        () = server.run(router, limits, stop::asked()) => {}
        // The providers end when the dashboard has ended: what it still answers needs them.
        () = providers.run(demo.router(), limits, std::future::pending()) => {}
    }
    Ok(())
}

fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

fn demo_options(options: &DemoOptions, origin: String) -> demo::Options {
    let limits = match options.limits {
        Limits::Real => demo::Limits::Real,
        Limits::Off => demo::Limits::Off,
    };
    demo::Options { now_ms: options.now, seed: options.seed, limits, origin }
}

fn configure(
    options: &DemoOptions,
    listen: SocketAddr,
    accesses: &[ProviderAccess],
) -> Result<Config, Ending> {
    let connections = accesses.iter().filter_map(|access| connect(access, options));
    let connections: Vec<Connection> = connections.collect::<Result<_, _>>()?;
    check_names(&options.wrong_key, &connections)?;
    Ok(Config {
        listen,
        dashboard: dist(options.dist.clone())?,
        embed_origins: origins("--embed-origin", &options.embed_origin)?,
        cors_origins: origins("--cors-origin", &options.cors_origin)?,
        log: match options.log {
            Log::Plain => LogFormat::Plain,
            Log::Json => LogFormat::Json,
            Log::Off => LogFormat::Off,
        },
        connections,
        ..Config::default()
    })
}

/// A connection to an emulated provider. `None` if there is no adapter for it.
fn connect(access: &ProviderAccess, options: &DemoOptions) -> Option<Result<Connection, Ending>> {
    let adapter = providers::find(access.provider)?;
    let mut connection = Connection::new(adapter, access.provider, &access.base_url);
    connection.success = success(access.provider);
    if matches!(options.limits, Limits::Off) {
        connection.limits.clear();
    }
    let wrong = options.wrong_key.contains(&connection.id);
    for (name, value) in &access.headers {
        let key = if wrong { "Bearer not-a-key-of-the-demo" } else { value };
        if let Err(problem) = connection.add_key(name, "", &Secret::new(key)) {
            return Some(Err(Ending::Usage(problem)));
        }
    }
    Some(Ok(connection))
}

/// What the demo's outcomes mean. TalkPilot and AgentVoice have a field of their own for it.
/// Nobody answering and voicemail are neither.
fn success(provider: &str) -> SuccessMap {
    let map = |yes: &[&str], no: &[&str]| SuccessMap {
        yes: yes.iter().map(|label| (*label).to_owned()).collect(),
        no: no.iter().map(|label| (*label).to_owned()).collect(),
        ..SuccessMap::default()
    };
    match provider {
        "truedy" => map(
            &["interested", "confirmed", "resolved"],
            &["not-interested", "callback-requested", "unresolved"],
        ),
        "atoms" => map(&["call_outcome=resolved"], &["call_outcome=unresolved"]),
        _ => SuccessMap::default(),
    }
}

fn check_names(names: &[String], connections: &[Connection]) -> Result<(), Ending> {
    let known = |name: &&String| connections.iter().any(|connection| connection.id == **name);
    let Some(unknown) = names.iter().find(|name| !known(name)) else { return Ok(()) };
    let ids: Vec<_> = connections.iter().map(|connection| connection.id.as_str()).collect();
    Err(Ending::Usage(format!(
        "--wrong-key: there is no connection \"{unknown}\". There are: {}.",
        ids.join(", ")
    )))
}

fn dist(given: Option<PathBuf>) -> Result<Option<PathBuf>, Ending> {
    match given {
        Some(path) if path.is_dir() => Ok(Some(path)),
        Some(path) => Err(Ending::Usage(format!(
            "--dist: there is no directory {}. Build the dashboard into it first.",
            path.display()
        ))),
        None => Ok(Some(Path::new(USUAL_DIST).to_owned())),
    }
}

fn origins(flag: &str, given: &[String]) -> Result<Vec<String>, Ending> {
    let read = |text: &String| {
        proxy::config::read_origin(text)
            .map_err(|problem| Ending::Usage(format!("{flag}: {problem}")))
    };
    given.iter().map(read).collect()
}
