//! `cargo xtask test --job figures`: every figure of `calldeck stats` beside what DuckDB counts over
//! the JSON export of the same calls.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::children::Running;
use crate::steps::{Ended, Progress, Step, Steps};
use crate::{Outcome, app, python, sdk};

const DUCKDB: Step = Step { title: "DuckDB for Python", usually: "20 seconds" };

/// The version that counts.
const VERSION: &str = "2.0.0";

/// When the demo takes place: days with the end of Berlin's summer time, and with the begin of
/// Santiago's.
const NOW: &str = "2026-11-21T13:00:00Z";

/// Runs the job. What differs is printed.
pub fn run(root: &Path) -> Outcome<ExitCode> {
    let steps = Steps::plan(&[DUCKDB, app::SERVER]);
    let python = steps.run(DUCKDB, set_up)?;
    let program = app::server(root, &steps)?;
    let mut command = Command::new(&program);
    command.current_dir(root).args(["demo", "--port", "0", "--providers-port", "0"]);
    command.args(["--limits", "off", "--log", "off", "--seed", "7", "--now", NOW]);
    let mut demo = Running::start(command.stdout(Stdio::piped()))?;
    let (proxy, _) = sdk::ready(&mut demo)?;
    let mut proof = Command::new(python);
    proof.current_dir(root).arg("tests/figures/run.py").arg("--program").arg(program);
    proof.args(["--proxy", &proxy, "--now", NOW]);
    let status = Running::start(&mut proof)?.wait()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn set_up(progress: &mut Progress<'_>) -> Outcome<Ended<PathBuf>> {
    // Windows has no table of time zones of its own.
    let packages = [format!("duckdb=={VERSION}"), "tzdata".to_owned()];
    let found = python::with(&format!("duckdb-python-{VERSION}"), &packages, progress)?;
    let there = "already there".to_owned();
    Ok(match found.is_new {
        true => Ended::Done(found.program),
        false => Ended::There(found.program, there),
    })
}
