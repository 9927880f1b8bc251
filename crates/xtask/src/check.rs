//! `cargo xtask check`: formatting, lints, and every test that needs no browser.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use crate::children::Running;
use crate::steps::Steps;
use crate::{Outcome, setup, test, tools};

const DENY: &str = "cargo deny --workspace check bans licenses sources";

/// Runs all checks and says at the end which failed.
pub fn run(root: &Path) -> Outcome<ExitCode> {
    let steps = Steps::plan(&[setup::TARGET]);
    let rust = steps.run(setup::TARGET, setup::target::set_up)?;
    let mut report = Report::default();
    report.note("formatting", command(root, "cargo fmt --all --check"))?;
    let native = "cargo clippy --workspace --all-targets -- -D warnings";
    report.note("lints", command(root, native))?;
    if rust == setup::target::Rust::Rustup {
        let app = "cargo clippy --package dashboard --target wasm32-unknown-unknown -- -D warnings";
        report.note("lints of the app for the browser", command(root, app))?;
    } else {
        report.skipped.push("lints of the app for the browser (they need rustup's target)");
    }
    let tally = test::without_browser(root)?;
    println!("\n{}", tally.sentence());
    report.note("tests without a browser", Ok(tally.is_good()))?;
    deny(root, &mut report)?;
    println!("\n{}", report.sentence());
    Ok(if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Licences and sources always; known vulnerabilities only where the network reaches their list.
fn deny(root: &Path, report: &mut Report) -> Outcome {
    if tools::said("cargo", &["deny", "--version"]).is_none() {
        report.skipped.push("licences and vulnerabilities (cargo install cargo-deny --locked)");
        return Ok(());
    }
    report.note("licences and sources of dependencies", command(root, DENY))?;
    let update = Command::new("cargo").current_dir(root).args(["deny", "fetch", "db"]).status();
    if !update.is_ok_and(|status| status.success()) {
        report.skipped.push("known vulnerabilities (their list could not be fetched)");
        return Ok(());
    }
    let known = "cargo deny --workspace check --disable-fetch advisories";
    report.note("known vulnerabilities", command(root, known))
}

fn command(root: &Path, line: &str) -> Outcome<bool> {
    println!("\n$ {line}");
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap_or("cargo"));
    command.current_dir(root).args(words).stdout(Stdio::inherit()).stderr(Stdio::inherit());
    Ok(Running::start(&mut command)?.wait()?.success())
}

#[derive(Debug, Default)]
struct Report {
    failed: Vec<&'static str>,
    skipped: Vec<&'static str>,
}

impl Report {
    fn note(&mut self, what: &'static str, passed: Outcome<bool>) -> Outcome {
        if !passed? {
            self.failed.push(what);
        }
        Ok(())
    }

    fn sentence(&self) -> String {
        let mut lines = Vec::new();
        if self.failed.is_empty() {
            lines.push("All checks passed.".to_owned());
        } else {
            lines.push(format!("Failed: {}.", self.failed.join(", ")));
        }
        lines.extend(self.skipped.iter().map(|what| format!("Skipped: {what}.")));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_skipped_is_said_aloud() {
        let mut report = Report::default();
        report.note("formatting", Ok(true)).unwrap();
        report.skipped.push("licences");
        assert_eq!(report.sentence(), "All checks passed.\nSkipped: licences.");
    }

    #[test]
    fn everything_that_failed_is_named() {
        let mut report = Report::default();
        report.note("formatting", Ok(false)).unwrap();
        report.note("lints", Ok(false)).unwrap();
        assert_eq!(report.sentence(), "Failed: formatting, lints.");
    }
}
