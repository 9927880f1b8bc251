//! How the program ends when it does not do what was asked.

use std::io::Write as _;
use std::process::ExitCode;

use proxy::{Problems, StartError};

/// Exit code of wrong usage and of wrong configuration (`EX_USAGE` of sysexits.h).
const USAGE: u8 = 64;

/// Exit code of what may work later (`EX_TEMPFAIL` of sysexits.h).
const LATER: u8 = 75;

/// Why the program ends.
#[derive(Debug)]
pub(crate) enum Ending {
    /// The configuration is wrong.
    Configuration { file: String, problems: Problems },
    /// A flag does not fit.
    Usage(String),
    /// It cannot start.
    Start(StartError),
    /// Something that was tried does not work.
    NotWorking(String),
    /// Another run is at work.
    Busy(String),
    /// There is no runtime to be had.
    NoRuntime(String),
}

impl From<StartError> for Ending {
    fn from(error: StartError) -> Self {
        Self::Start(error)
    }
}

impl Ending {
    /// Says why, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        let (text, code) = match self {
            Self::Configuration { file, problems } => {
                (format!("{file} cannot be used:\n{problems}"), USAGE)
            }
            Self::Usage(text) => (text.clone(), USAGE),
            Self::Start(error @ StartError::Exposed(_)) => (error.to_string(), USAGE),
            Self::Start(error) => (error.to_string(), 1),
            Self::NotWorking(text) => (text.clone(), 1),
            Self::Busy(text) => (text.clone(), LATER),
            Self::NoRuntime(error) => (format!("No threads can be started ({error})."), 1),
        };
        say(&text);
        ExitCode::from(code)
    }
}

/// Help and version are no mistakes; everything else that clap says is wrong usage.
pub(crate) fn of_arguments(error: &clap::Error) -> ExitCode {
    // If nobody reads what it says, nobody can be told.
    drop(error.print());
    if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS }
}

/// Says something to whoever started the program.
pub(crate) fn say(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// Prints a line that a program may read.
pub(crate) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    drop(writeln!(out, "{text}").and_then(|()| out.flush()));
}
