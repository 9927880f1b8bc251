//! What can be written after `calldeck`.

use std::path::PathBuf;

use chrono::DateTime;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Where the configuration is looked for.
const USUAL_CONFIG: &str = "calldeck.toml";

/// The calls of voice-AI agents, in a browser.
#[derive(Parser, Debug)]
#[command(name = "calldeck", version, about)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Serve the dashboard and the proxy of a configuration.
    Serve(ServeOptions),
    /// Serve the dashboard with four emulated providers behind it.
    Demo(DemoOptions),
    /// Check a configuration and say what is set. Keys are never shown.
    CheckConfig(CheckOptions),
}

#[derive(Args, Debug)]
pub(crate) struct ServeOptions {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value = USUAL_CONFIG)]
    pub(crate) config: PathBuf,
    /// Listen where other machines reach it, although nobody has to sign in.
    #[arg(long)]
    pub(crate) i_know_there_is_no_sign_in: bool,
}

#[derive(Args, Debug)]
pub(crate) struct CheckOptions {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value = USUAL_CONFIG)]
    pub(crate) config: PathBuf,
    /// Ask the providers a few things and say what works. Exits with 1 if something does not.
    #[arg(long)]
    pub(crate) live: bool,
    /// Write what was found to a file for a report of a mistake: names of fields and their kinds,
    /// without any value, number, name or key.
    #[arg(long, value_name = "FILE", requires = "live")]
    pub(crate) report: Option<PathBuf>,
    /// Only these connections.
    #[arg(value_name = "CONNECTION", requires = "live")]
    pub(crate) connections: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct DemoOptions {
    /// Port of the dashboard; 0 takes any free one.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// Port of the emulated providers; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    pub(crate) providers_port: u16,
    /// Directory of the built dashboard; `dist` if there is one.
    #[arg(long, value_name = "DIR")]
    pub(crate) dist: Option<PathBuf>,
    /// Whether the providers keep their limits and delays.
    #[arg(long, value_enum, default_value_t = Limits::Real)]
    pub(crate) limits: Limits,
    /// Another number gives other people and other calls.
    #[arg(long, value_name = "N", default_value_t = 7)]
    pub(crate) seed: u64,
    /// Stop the clock at a time, such as 2026-03-01T12:00:00Z.
    #[arg(long, value_name = "RFC3339", value_parser = read_time)]
    pub(crate) now: Option<i64>,
    /// Give a connection a key that its provider refuses.
    #[arg(long, value_name = "CONNECTION")]
    pub(crate) wrong_key: Vec<String>,
    /// An origin that may show /embed in a frame.
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) embed_origin: Vec<String>,
    /// An origin whose pages may call /api and /media.
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) cors_origin: Vec<String>,
    /// How requests are logged.
    #[arg(long, value_enum, default_value_t = Log::Plain)]
    pub(crate) log: Log,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum Limits {
    /// As documented.
    Real,
    /// None, for tests.
    Off,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum Log {
    /// For people.
    Plain,
    /// For machines.
    Json,
    /// Not at all.
    Off,
}

fn read_time(text: &str) -> Result<i64, String> {
    let read = DateTime::parse_from_rfc3339(text);
    read.map(|time| time.timestamp_millis())
        .map_err(|_| "write date, time and zone, such as 2026-03-01T12:00:00Z".to_owned())
}
