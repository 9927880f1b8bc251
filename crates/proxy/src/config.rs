//! The configuration: a TOML file, and keys from variables or files.
//!
//! Everything that is wrong is reported together. The values in [`Config`] are checked: whatever
//! builds one by hand (the demo, tests) takes over that duty.

mod connection;
mod environment;
mod origin;
mod problem;
mod section;

pub use environment::{Environment, ProcessEnvironment};
pub(crate) use origin::is_loopback;
pub use origin::read_origin;
pub use problem::{Problem, Problems};

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::access_log::LogFormat;
use crate::connection::Connection;
use connection::{Keys, read_connection};
use section::{Given, Section, Source};

/// Address that is listened on unless the file names another.
pub const USUAL_LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// A checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Names under which the dashboard is reached, besides this machine's own.
    pub public_hosts: Vec<String>,
    /// Directory of the built dashboard.
    pub dashboard: Option<PathBuf>,
    /// Origins that may show `/embed` in a frame.
    pub embed_origins: Vec<String>,
    /// Origins whose pages may call `/api` and `/media`.
    pub cors_origins: Vec<String>,
    /// How requests are logged.
    pub log: LogFormat,
    /// The connections, in the order of the file.
    pub connections: Vec<Connection>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: USUAL_LISTEN,
            public_hosts: Vec::new(),
            dashboard: None,
            embed_origins: Vec::new(),
            cors_origins: Vec::new(),
            log: LogFormat::Plain,
            connections: Vec::new(),
        }
    }
}

impl Config {
    /// Reads a configuration file and the keys that it names.
    ///
    /// # Errors
    /// All problems together.
    pub fn read(path: &Path, environment: &dyn Environment) -> Result<Self, Problems> {
        let directory = path.parent().unwrap_or(Path::new(""));
        match environment.file(path) {
            Ok(text) => Self::parse(&text, directory, environment),
            Err(error) => {
                let mut problems = Problems::default();
                let text = format!(
                    "The configuration {} cannot be read ({error}). Copy \
                    config.example.toml there, or name another with --config.",
                    path.display()
                );
                problems.add(None, text);
                Err(problems)
            }
        }
    }

    /// Reads the text of a configuration file. Relative paths in it start at `directory`.
    ///
    /// # Errors
    /// All problems together.
    pub fn parse(
        text: &str,
        directory: &Path,
        environment: &dyn Environment,
    ) -> Result<Self, Problems> {
        let source = Source::new(text);
        let document = match DeTable::parse(text) {
            Ok(document) => document,
            Err(error) => return Err(not_toml(&source, &error)),
        };
        let keys = Keys { environment, directory };
        let config = read(Section::new(&source, document.get_ref(), "", 1), &keys);
        let problems = source.problems.take();
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    /// What is set, for people: one line each. Of keys only that they are there.
    #[must_use]
    pub fn describe(&self) -> Vec<String> {
        let list = |list: &[String]| match list {
            [] => "none".to_owned(),
            list => list.join(", "),
        };
        let dashboard = self.dashboard.as_ref().map(|path| path.display().to_string());
        let mut lines = vec![
            format!("listen: {}", self.listen),
            format!("public hosts: {}", list(&self.public_hosts)),
            format!("dashboard: {}", dashboard.unwrap_or_else(|| "none, only the API".to_owned())),
            format!("frames: {}", list(&self.embed_origins)),
            format!("pages of other origins: {}", list(&self.cors_origins)),
        ];
        lines.extend(self.connections.iter().map(Connection::describe));
        lines
    }

    /// The connection with an id.
    #[must_use]
    pub fn connection(&self, id: &str) -> Option<&Connection> {
        self.connections.iter().find(|connection| connection.id == id)
    }
}

fn not_toml(source: &Source<'_>, error: &toml::de::Error) -> Problems {
    let mut problems = Problems::default();
    let line = error.span().map(|span| source.line_at(span.start));
    // The message names the mistake, not the line's content, which might be a key.
    problems.add(line, format!("This is not TOML: {}. Correct the line.", error.message()));
    problems
}

fn read(root: Section<'_>, keys: &Keys<'_>) -> Config {
    let usual = Config::default();
    let read_one = |section| read_connection(section, keys);
    let tables = root.tables("connection", "[[connection]]");
    if tables.is_empty() {
        root.problem(
            1,
            "There is no connection. Add at least one [[connection]]; \
                         config.example.toml shows how.",
        );
    }
    let given_ids: Vec<_> = tables.iter().filter_map(|table| table.text("id")).collect();
    report_doubles(&root, &given_ids);
    let config = Config {
        listen: read_listen(&root).unwrap_or(usual.listen),
        public_hosts: checked(&root, root.texts("public_hosts"), |text| {
            origin::read_host("public_hosts", text)
        }),
        dashboard: read_dashboard(&root, keys),
        embed_origins: read_origins(&root, "embed"),
        cors_origins: read_origins(&root, "cors"),
        log: read_log(&root).unwrap_or(usual.log),
        connections: tables.into_iter().filter_map(read_one).collect(),
    };
    root.finish();
    config
}

fn report_doubles(root: &Section<'_>, ids: &[Given]) {
    for (index, id) in ids.iter().enumerate() {
        if ids.iter().take(index).any(|before| before.text == id.text) {
            root.problem(
                id.line,
                format!(
                    "The id \"{}\" is given twice. Links would not know which \
                                           is meant; rename one.",
                    id.text
                ),
            );
        }
    }
}

fn read_listen(root: &Section<'_>) -> Option<SocketAddr> {
    let given = root.text("listen")?;
    let read = given.text.parse();
    if read.is_err() {
        root.problem(
            given.line,
            format!(
                "`listen` is \"{}\". Write address and port, such as \
                                          \"127.0.0.1:8080\".",
                given.text
            ),
        );
    }
    read.ok()
}

fn read_log(root: &Section<'_>) -> Option<LogFormat> {
    let table = root.table("log", "[log]")?;
    let given = table.text("format");
    let read = given.as_ref().and_then(|given| LogFormat::parse(&given.text));
    if let (Some(given), None) = (&given, read) {
        table.problem(
            given.line,
            format!(
                "There is no log format \"{}\". Write \"plain\", \
                                           \"json\" or \"off\".",
                given.text
            ),
        );
    }
    table.finish();
    read
}

fn read_dashboard(root: &Section<'_>, keys: &Keys<'_>) -> Option<PathBuf> {
    let table = root.table("dashboard", "[dashboard]")?;
    let given = table.text("dir");
    let path = given.as_ref().map(|given| keys.directory.join(&given.text));
    if let (Some(given), Some(path)) = (&given, &path)
        && !keys.environment.is_directory(path)
    {
        table.problem(
            given.line,
            format!(
                "There is no directory {}. Build the dashboard into it, or \
            name the directory that was built. Without [dashboard] only the API is served.",
                path.display()
            ),
        );
    }
    table.finish();
    path
}

fn read_origins(root: &Section<'_>, key: &str) -> Vec<String> {
    let Some(table) = root.table(key, &format!("[{key}]")) else { return Vec::new() };
    let origins = checked(&table, table.texts("origins"), origin::read_origin);
    table.finish();
    origins
}

fn checked(
    section: &Section<'_>,
    given: Vec<Given>,
    read: impl Fn(&str) -> Result<String, String>,
) -> Vec<String> {
    let read_one = |given: Given| match read(&given.text) {
        Ok(value) => Some(value),
        Err(problem) => {
            section.problem(given.line, problem);
            None
        }
    };
    given.into_iter().filter_map(read_one).collect()
}
