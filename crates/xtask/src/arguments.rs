//! The command line: words in, a [`Command`] or a sentence out.

use crate::bench::PARTS;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask demo    the dashboard with four emulated providers, in a browser
      --port PORT            where the dashboard answers (8080)
      --providers-port PORT  where the emulated providers answer (0: any free one)
      --no-open              do not open a browser
cargo xtask test    every test, those in a real browser included
      NAME                   only tests with this in their name
      --job sdk              the providers' own examples and Python SDK instead (needs
                             python3, curl and node)
      --job figures          every figure beside DuckDB's instead (needs python3)
      --job fuzz             random input, guided by coverage: 4 minutes a target, or
                             FUZZ_SECS (needs a C++ compiler)
      --job hosting          every journey on the bundle for production
      --job wasm             what counts and searches, as WebAssembly (needs rustup and
                             node)
cargo xtask check   formatting, lints, and every test that needs no browser
cargo xtask dist    the bundle for production in dist/, compressed, with its sizes
cargo xtask bench   Calldeck beside its peers in one browser (needs npm)
      PART                   only analytics, table, search or sound
      --rounds N             how often each contest is run (11)
      --calls N              how many calls there are (1000000)
      --transcripts N        how many transcripts there are (10000)
      --all                  with DuckDB, too, which is 80 MB to download
cargo xtask voices  speaks the demo's phrases anew (needs espeak-ng and lame)
cargo xtask help    this text

demo, test, check, dist and bench set up what is missing first. Tools are kept in
$CALLDECK_TOOLS, else $XDG_CACHE_HOME/calldeck/tools, else ~/.cache/calldeck/tools.";

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Serve the dashboard and the emulated providers.
    Demo(DemoOptions),
    /// Run the tests.
    Test(Tests),
    /// Formatting, lints, tests without a browser.
    Check,
    /// Build the bundle for production.
    Dist,
    /// Measure beside peers.
    Bench(BenchOptions),
    /// Render the demo's speech.
    Voices,
    /// Print [`HELP`].
    Help,
}

/// Which tests are run.
#[derive(Debug, PartialEq, Eq)]
pub enum Tests {
    /// All of them.
    All,
    /// Those with this in their name.
    Named(String),
    /// One of the long jobs.
    Job(String),
}

/// How the demo is served.
#[derive(Debug, PartialEq, Eq)]
pub struct DemoOptions {
    /// Port of the dashboard.
    pub port: u16,
    /// Port of the emulated providers; 0 takes a free one.
    pub providers_port: u16,
    /// Whether a browser is opened when the dashboard is ready.
    pub open: bool,
}

impl Default for DemoOptions {
    fn default() -> Self {
        Self { port: 8080, providers_port: 0, open: true }
    }
}

/// What is measured, and how often.
#[derive(Debug, PartialEq, Eq)]
pub struct BenchOptions {
    /// The one part that is run, or all.
    pub part: Option<String>,
    /// How often each contest is run.
    pub rounds: u32,
    /// How many calls there are.
    pub calls: u32,
    /// How many transcripts there are.
    pub transcripts: u32,
    /// Whether the peers that are large take part.
    pub all: bool,
}

impl Default for BenchOptions {
    fn default() -> Self {
        Self { part: None, rounds: 11, calls: 1_000_000, transcripts: 10_000, all: false }
    }
}

/// Reads the words after `cargo xtask`.
pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Command, String> {
    let Some(name) = words.next() else {
        return Ok(Command::Help);
    };
    let command = match name.as_str() {
        "demo" => Command::Demo(demo_options(&mut words)?),
        "test" => Command::Test(tests(&mut words)?),
        "check" => Command::Check,
        "dist" => Command::Dist,
        "bench" => Command::Bench(bench_options(&mut words)?),
        "voices" => Command::Voices,
        "help" | "--help" | "-h" => Command::Help,
        _ => return Err(format!("There is no task `{name}`.\n\n{HELP}")),
    };
    match words.next() {
        None => Ok(command),
        Some(extra) => Err(format!("`{name}` does not take `{extra}`.\n\n{HELP}")),
    }
}

type Words<'a> = &'a mut dyn Iterator<Item = String>;

fn demo_options(words: Words<'_>) -> Result<DemoOptions, String> {
    let mut options = DemoOptions::default();
    while let Some(word) = words.next() {
        let (flag, value) = split(&word);
        match flag {
            "--port" => options.port = port(flag, value, words)?,
            "--providers-port" => options.providers_port = port(flag, value, words)?,
            "--no-open" if value.is_none() => options.open = false,
            _ => return Err(format!("`demo` does not take `{word}`.\n\n{HELP}")),
        }
    }
    Ok(options)
}

fn tests(words: Words<'_>) -> Result<Tests, String> {
    let Some(word) = words.next() else {
        return Ok(Tests::All);
    };
    match split(&word) {
        ("--job", value) => after("--job", value, words).map(Tests::Job),
        (flag, _) if flag.starts_with('-') => {
            Err(format!("`test` does not take `{word}`.\n\n{HELP}"))
        }
        _ => Ok(Tests::Named(word)),
    }
}

fn bench_options(words: Words<'_>) -> Result<BenchOptions, String> {
    let mut options = BenchOptions::default();
    while let Some(word) = words.next() {
        let (flag, value) = split(&word);
        match flag {
            "--rounds" => options.rounds = count(flag, value, words)?,
            "--calls" => options.calls = count(flag, value, words)?,
            "--transcripts" => options.transcripts = count(flag, value, words)?,
            "--all" if value.is_none() => options.all = true,
            part if PARTS.contains(&part) && options.part.is_none() => {
                options.part = Some(part.to_owned());
            }
            _ => return Err(format!("`bench` does not take `{word}`.\n\n{HELP}")),
        }
    }
    Ok(options)
}

fn count(flag: &str, value: Option<&str>, words: Words<'_>) -> Result<u32, String> {
    let text = after(flag, value, words)?;
    let count = text.parse().ok().filter(|count| *count > 0);
    count.ok_or_else(|| format!("`{flag}` takes a whole number above 0, not `{text}`."))
}

/// `--port=8090` is `--port 8090`.
fn split(word: &str) -> (&str, Option<&str>) {
    match word.split_once('=') {
        Some((flag, value)) => (flag, Some(value)),
        None => (word, None),
    }
}

fn after(flag: &str, value: Option<&str>, words: Words<'_>) -> Result<String, String> {
    match value {
        Some(value) => Ok(value.to_owned()),
        None => words.next().ok_or_else(|| format!("`{flag}` needs a value after it.")),
    }
}

fn port(flag: &str, value: Option<&str>, words: Words<'_>) -> Result<u16, String> {
    let text = after(flag, value, words)?;
    text.parse().map_err(|_| format!("`{flag}` takes a port from 0 to 65535, not `{text}`."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_demo_without_flags_is_on_port_8080_and_opens_a_browser() {
        assert_eq!(read("demo"), Ok(Command::Demo(DemoOptions::default())));
    }

    #[test]
    fn flags_take_their_value_as_the_next_word_or_after_an_equals_sign() {
        let expected = DemoOptions { port: 8090, providers_port: 9000, open: false };
        assert_eq!(
            read("demo --port 8090 --providers-port=9000 --no-open"),
            Ok(Command::Demo(expected))
        );
    }

    #[test]
    fn a_port_that_is_no_port_is_named_in_the_refusal() {
        for bad in ["demo --port 99999", "demo --port=http", "demo --port -1"] {
            let refusal = read(bad).unwrap_err();
            assert!(refusal.contains("--port") && refusal.contains("65535"), "{refusal}");
        }
        assert!(read("demo --port").unwrap_err().contains("needs a value"));
    }

    #[test]
    fn what_is_not_known_is_refused_with_the_list_of_what_is() {
        for bad in [
            "deploy",
            "demo --prot 1",
            "check --all",
            "test --joob x",
            "test one two",
            "demo --no-open=1",
        ] {
            assert!(read(bad).unwrap_err().contains("cargo xtask demo"), "{bad}");
        }
    }

    #[test]
    fn tests_are_all_or_chosen_by_name_or_a_long_job() {
        assert_eq!(read("test"), Ok(Command::Test(Tests::All)));
        assert_eq!(read("test find"), Ok(Command::Test(Tests::Named("find".into()))));
        assert_eq!(read("test --job=sdk"), Ok(Command::Test(Tests::Job("sdk".into()))));
    }

    #[test]
    fn a_bench_is_of_one_part_or_of_all() {
        let part = Some("search".to_owned());
        let expected = BenchOptions { part, rounds: 3, ..BenchOptions::default() };
        assert_eq!(read("bench search --rounds=3"), Ok(Command::Bench(expected)));
        assert_eq!(read("bench"), Ok(Command::Bench(BenchOptions::default())));
        for bad in ["bench noise", "bench table search", "bench --rounds 0", "bench --all=1"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn no_words_at_all_ask_for_help() {
        assert_eq!(read(""), Ok(Command::Help));
    }
}
