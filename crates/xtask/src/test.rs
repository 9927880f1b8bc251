//! `cargo xtask test`: set up, build the page and the program, run every test.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use crate::arguments::Tests;
use crate::children::{Line, Running};
use crate::steps::{Ended, Step, Steps, clock};
use crate::{Outcome, app, browser, dist, figures, fuzz, sdk, setup, tools, wasm};

const TESTS: Step = Step { title: "The tests themselves", usually: "3 minutes to build" };
/// Every test that drives a browser is in a module of this name.
const IN_BROWSER: &str = "in_browser::";
/// Those that only hold of the bundle that is shipped.
const SHIPPED: &str = "in_browser::shipped::";

/// Runs every test. Without a browser the others run, and it still counts as a failure.
pub fn run(root: &Path, tests: &Tests) -> Outcome<ExitCode> {
    let name = match tests {
        Tests::All => None,
        Tests::Named(name) => Some(name),
        Tests::Job(job) if job == "sdk" => return sdk::run(root),
        Tests::Job(job) if job == "figures" => return figures::run(root),
        Tests::Job(job) if job == "hosting" => return hosting(root),
        Tests::Job(job) if job == "fuzz" => return fuzz::run(root),
        Tests::Job(job) if job == "wasm" => return wasm::run(root),
        Tests::Job(job) => return Err(unknown_job(job).into()),
    };
    let began = Instant::now();
    let steps = Steps::plan(&[
        setup::TARGET,
        setup::TRUNK,
        setup::BINDGEN,
        browser::BROWSER,
        app::PAGE,
        app::SERVER,
        TESTS,
    ]);
    let toolbox = setup::run(root, &steps)?;
    let chrome = browser::set_up(&steps);
    let bundle = app::page(root, &toolbox, &steps)?;
    let program = app::server(root, &steps)?;
    steps.run(TESTS, |progress| {
        progress.doing("building them with cargo");
        let mut cargo = cargo_test(root);
        tools::run(cargo.arg("--no-run"), progress)?;
        Ok(Ended::Done(()))
    })?;
    let mut cargo = cargo_test(root);
    cargo.env("CALLDECK_DIST", bundle).env("CALLDECK_BIN", program);
    cargo.arg("--no-fail-fast").args(name);
    let tally = match &chrome {
        Ok(chrome) => watch(cargo.env("CALLDECK_CHROME", chrome).args(["--", "--skip", SHIPPED]))?,
        Err(_) => watch(cargo.args(["--", "--skip", IN_BROWSER]))?,
    };
    println!("\n{} It took {}.", tally.sentence(), clock(began.elapsed().as_secs()));
    if let Err(error) = chrome {
        println!("The tests in a browser (tests/journeys) did NOT run. {error}");
        return Ok(ExitCode::FAILURE);
    }
    Ok(tally.code())
}

/// Runs every journey on the bundle that is shipped: shrunk, and cut into parts.
fn hosting(root: &Path) -> Outcome<ExitCode> {
    dist::run(root)?;
    let steps = Steps::plan(&[browser::BROWSER, app::SERVER]);
    let chrome = browser::set_up(&steps)?;
    let program = app::server(root, &steps)?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["test", "--test", "journeys"]);
    cargo.env("CALLDECK_DIST", root.join("dist")).env("CALLDECK_BIN", program);
    let tally = watch(cargo.env("CALLDECK_CHROME", chrome))?;
    println!("\n{}", tally.sentence());
    Ok(tally.code())
}

fn unknown_job(job: &str) -> String {
    format!(
        "There is no job `{job}`. There are `sdk`, `figures`, `hosting`, `fuzz` and `wasm`; `cargo \
         xtask test` alone runs every test."
    )
}

/// Every test that needs no browser.
pub fn without_browser(root: &Path) -> Outcome<Tally> {
    watch(cargo_test(root).args(["--no-fail-fast", "--", "--skip", IN_BROWSER]))
}

fn cargo_test(root: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["test", "--workspace"]);
    cargo
}

/// What `cargo test` said in all.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    passed: u64,
    failed: Vec<String>,
    ended_well: bool,
}

impl Tally {
    /// The summary.
    pub fn sentence(&self) -> String {
        let mut sentence = format!("{} tests passed, {} failed", self.passed, self.failed.len());
        for name in &self.failed {
            sentence.push_str("\n  ");
            sentence.push_str(name);
        }
        let silent = !self.ended_well && self.failed.is_empty();
        let end = if silent { ", and cargo test failed for the reason above." } else { "." };
        sentence + if self.failed.is_empty() { end } else { "\n" }
    }

    /// Whether everything passed. Nothing at all is a name that no test has.
    pub fn is_good(&self) -> bool {
        self.ended_well && self.failed.is_empty() && self.passed > 0
    }

    /// How a program that ran them ends.
    pub fn code(&self) -> ExitCode {
        if self.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn count(&mut self, line: &str) {
        let Some(test) = line.strip_prefix("test ") else { return };
        if test.ends_with(" ... ok") {
            self.passed += 1;
        } else if let Some(name) = test.strip_suffix(" ... FAILED") {
            self.failed.push(name.to_owned());
        }
    }
}

/// Passes the output of `cargo test` on and counts.
pub fn watch(command: &mut Command) -> Outcome<Tally> {
    println!("\n$ {}", tools::shown(command));
    command.stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut running = Running::start(command)?;
    let mut tally = Tally::default();
    for line in running.lines() {
        let (Line::Out(line) | Line::Err(line)) = line;
        println!("{line}");
        tally.count(&line);
    }
    tally.ended_well = running.wait()?.success();
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(output: &str, ended_well: bool) -> Tally {
        let mut tally = Tally { ended_well, ..Tally::default() };
        output.lines().for_each(|line| tally.count(line));
        tally
    }

    #[test]
    fn passed_and_failed_tests_are_counted_over_all_programs() {
        let output = "running 2 tests\ntest a::b ... ok\ntest a::c ... FAILED\n\
                      running 1 test\ntest d ... ok\ntest result: ok. 1 passed";
        let tally = tally(output, false);
        assert_eq!(tally.sentence(), "2 tests passed, 1 failed\n  a::c\n");
        assert!(!tally.is_good());
    }

    #[test]
    fn a_long_job_that_does_not_exist_is_an_error_with_its_name() {
        assert!(unknown_job("soak").contains("no job `soak`"));
    }

    #[test]
    fn a_build_that_fails_is_never_a_success() {
        let tally = tally("", false);
        assert!(!tally.is_good());
        assert!(tally.sentence().contains("for the reason above"));
    }

    #[test]
    fn a_name_that_no_test_has_is_not_a_success() {
        assert!(!tally("running 0 tests", true).is_good());
    }

    #[test]
    fn everything_passed_only_when_cargo_says_so_too() {
        assert!(tally("test a ... ok", true).is_good());
    }
}
