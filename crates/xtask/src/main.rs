//! `cargo xtask …`: everything that is done with this repository, from set-up to bundle.
//!
//! It is the first thing that a stranger compiles, so it depends on next to nothing.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command that talks to a person on a terminal"
)]

pub mod app;
pub mod arguments;
pub mod bench;
pub mod browser;
pub mod check;
pub mod children;
pub mod demo;
pub mod dist;
pub mod figures;
pub mod fuzz;
pub mod lockfile;
pub mod python;
pub mod sdk;
pub mod setup;
pub mod stamp;
pub mod steps;
pub mod test;
pub mod tools;
pub mod voices;
pub mod waiting_page;
pub mod wasm;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::Command;

/// What a task ends with. The error is a sentence for a person: what happened, what to do.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let command = match arguments::parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::from(64);
        }
    };
    match run(&command) {
        Ok(code) => code,
        // Whoever pressed Ctrl-C knows why it ended.
        Err(_) if children::stopping() => ExitCode::from(130),
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Outcome<ExitCode> {
    children::stop_with_us()?;
    let root = repository()?;
    match command {
        Command::Demo(options) => demo::run(&root, options)?,
        Command::Test(tests) => return test::run(&root, tests),
        Command::Check => return check::run(&root),
        Command::Bench(options) => return bench::run(&root, options),
        Command::Dist => dist::run(&root)?,
        Command::Voices => voices::run(&root)?,
        Command::Help => println!("{}", arguments::HELP),
    }
    Ok(ExitCode::SUCCESS)
}

/// The folder with the workspace's `Cargo.toml`.
fn repository() -> Outcome<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2).ok_or("xtask does not lie in crates/xtask")?;
    if !root.join("Cargo.lock").is_file() {
        return Err(format!(
            "There is no Cargo.lock in {}. Run this from a complete clone.",
            root.display()
        )
        .into());
    }
    Ok(root.to_owned())
}
