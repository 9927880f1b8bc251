//! What can be written after `calldeck`.

use std::path::PathBuf;

use calls::filter::Facet;
use calls::stats::Step;
use chrono::DateTime;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Where the configuration is looked for.
const USUAL_CONFIG: &str = "calldeck.toml";

/// The calls of voice-AI agents, in a browser.
#[derive(Parser, Debug)]
#[command(name = "calldeck", version)]
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
    /// Print the figures of calls: how many, how long, how often successful.
    Stats(StatsOptions),
    /// Write calls to a file: a table, or JSON that the dashboard opens.
    Export(ExportOptions),
    /// Save new calls with their transcripts and recordings to a folder, before they are gone.
    Archive(ArchiveOptions),
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

/// Which calls, and where they come from.
#[derive(Args, Debug)]
pub(crate) struct SourceOptions {
    /// A link of the dashboard, or what stands behind its #: which calls. Without one it is the
    /// last seven days.
    #[arg(value_name = "LINK")]
    pub(crate) link: Option<String>,
    /// The configuration file whose connections are read.
    #[arg(long, value_name = "FILE", default_value = USUAL_CONFIG)]
    pub(crate) config: PathBuf,
    /// Read through a Calldeck that is running, such as http://127.0.0.1:8080.
    #[arg(long, value_name = "URL", conflicts_with = "config")]
    pub(crate) server: Option<String>,
    /// Read files in place of connections: exports, providers' answers, webhook bodies, or a folder
    /// that calls were saved in.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["config", "server"])]
    pub(crate) file: Vec<PathBuf>,
    /// A named period, such as yesterday, 30d or last-month.
    #[arg(long, value_name = "PERIOD", conflicts_with_all = ["from", "to"])]
    pub(crate) period: Option<String>,
    /// The first day, such as 2026-11-01.
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<String>,
    /// The last day.
    #[arg(long, value_name = "DAY")]
    pub(crate) to: Option<String>,
    /// The time zone of days and times, such as Europe/Berlin. Without one it is the link's, or
    /// this machine's.
    #[arg(long, value_name = "ZONE")]
    pub(crate) zone: Option<String>,
    /// Count from this time as if it were now, such as 2026-03-01T12:00:00Z.
    #[arg(long, value_name = "RFC3339", value_parser = read_time)]
    pub(crate) now: Option<i64>,
    /// Nothing is said of how far it is.
    #[arg(skip)]
    pub(crate) quiet: bool,
    /// What people ask of the same server goes first.
    #[arg(skip)]
    pub(crate) in_background: bool,
}

impl SourceOptions {
    /// Whether only calls of some days are wanted. A file is read whole unless days are named.
    pub(crate) fn in_time(&self) -> bool {
        let of_link = || {
            let link = self.link.as_deref().unwrap_or_default();
            ["period=", "from=", "to="].iter().any(|name| link.contains(name))
        };
        let named = self.period.is_some() || self.from.is_some() || self.to.is_some();
        self.file.is_empty() || named || of_link()
    }
}

#[derive(Args, Debug)]
pub(crate) struct StatsOptions {
    #[command(flatten)]
    pub(crate) source: SourceOptions,
    /// The calls of each value of a dimension, side by side.
    #[arg(long, value_parser = dimensions(), value_name = "DIMENSION")]
    pub(crate) by: Option<Facet>,
    /// The calls of each part of time.
    #[arg(long, value_enum, value_name = "STEP")]
    pub(crate) per: Option<Per>,
    /// Beside each figure that of the period before: as many days, on the same days of the week; of
    /// a period that is not over the same part.
    #[arg(long)]
    pub(crate) before: bool,
    /// For people, for spreadsheets (the table of --per or --by alone), or for programs.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
}

#[derive(Args, Debug)]
pub(crate) struct ExportOptions {
    #[command(flatten)]
    pub(crate) source: SourceOptions,
    /// What is written.
    #[arg(long, value_enum, default_value_t = ExportForm::Csv)]
    pub(crate) format: ExportForm,
    /// Transcripts too. Where lists bring none, each call is opened, which takes its time.
    #[arg(long)]
    pub(crate) transcripts: bool,
    /// Mask what looks like a number, an e-mail address or a card. It goes by patterns.
    #[arg(long)]
    pub(crate) mask: bool,
    /// The file, the folder that gets one, or - for the standard output. Without it the file is
    /// named after its days, and has -partial in its name if something is missing.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct ArchiveOptions {
    #[command(flatten)]
    pub(crate) source: SourceOptions,
    /// The folder that calls are saved in. It is made if it is not there.
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Remove saved calls that are older than so many days.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub(crate) keep_days: Option<u32>,
    /// Say only what could not be saved.
    #[arg(long)]
    pub(crate) quiet: bool,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ExportForm {
    /// A table for spreadsheets.
    Csv,
    /// JSON that the dashboard opens.
    Json,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// For spreadsheets.
    Csv,
    /// For programs, with all digits.
    Json,
}

/// The dimensions of the dashboard's rankings, by the words of their links.
fn dimensions() -> impl TypedValueParser<Value = Facet> {
    let word = |facet: Facet| match facet {
        Facet::EndReason => PossibleValue::new(facet.ranking_code()).alias("end-reason"),
        _ => PossibleValue::new(facet.ranking_code()),
    };
    let read = |code: String| match code.as_str() {
        "end-reason" => Some(Facet::EndReason),
        code => Facet::parse_ranking(code),
    };
    PossibleValuesParser::new(Facet::RANKED.map(word))
        .try_map(move |code| read(code).ok_or("there is no such dimension"))
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum Per {
    Hour,
    Day,
    Week,
    Month,
}

impl Per {
    pub(crate) fn step(self) -> Step {
        match self {
            Self::Hour => Step::Hour,
            Self::Day => Step::Day,
            Self::Week => Step::Week,
            Self::Month => Step::Month,
        }
    }
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
