//! `cargo xtask test --job sdk`: the providers' own examples, and the Python SDK of one of them,
//! against the emulated providers and through the proxy.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::children::{Line, Running};
use crate::steps::{Ended, Progress, Step, Steps};
use crate::{Outcome, app, python, tools};

const CLIENTS: Step = Step { title: "The provider's Python clients", usually: "30 seconds" };

/// The versions that are tried: the last of the generation that the document describes, and
/// today's. The first does not ask for `requests`, which it needs.
const VERSIONS: [&str; 2] = ["4.4.7", "5.14.0"];
const REQUESTS: &str = "requests==2.34.2";

/// Runs the job. What works and what does not is printed.
pub fn run(root: &Path) -> Outcome<ExitCode> {
    for program in ["curl", "bash", "node"] {
        if tools::on_path(program).is_none() {
            return Err(format!("`{program}` is not on the PATH. The examples need it.").into());
        }
    }
    let steps = Steps::plan(&[CLIENTS, app::SERVER]);
    let pythons = steps.run(CLIENTS, set_up)?;
    let program = app::server(root, &steps)?;
    let mut command = Command::new(program);
    command.current_dir(root).args(["demo", "--port", "0", "--providers-port", "0"]);
    command.args(["--limits", "off", "--log", "off"]).stdout(Stdio::piped());
    let mut demo = Running::start(&mut command)?;
    let (proxy, providers) = ready(&mut demo)?;
    let mut examples = Command::new(pythons.first().ok_or("there is no Python")?);
    examples.current_dir(root).arg("tests/sdk/run.py");
    examples.args(["--proxy", &proxy, "--providers", &providers]);
    for (flag, python) in ["--python4", "--python5"].iter().zip(&pythons) {
        examples.arg(flag).arg(python);
    }
    let status = Running::start(&mut examples)?.wait()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A Python of its own for each version; answers the programs.
fn set_up(progress: &mut Progress<'_>) -> Outcome<Ended<Vec<PathBuf>>> {
    let mut pythons = Vec::new();
    let mut is_new = false;
    for version in VERSIONS {
        let packages = [format!("smallestai=={version}"), REQUESTS.to_owned()];
        let found = python::with(&format!("smallestai-{version}"), &packages, progress)?;
        is_new |= found.is_new;
        pythons.push(found.program);
    }
    let there = || Ended::There(pythons.clone(), "already there".to_owned());
    Ok(if is_new { Ended::Done(pythons) } else { there() })
}

/// Waits for the line `ready URL providers=URL`, and gives both addresses.
pub fn ready(demo: &mut Running) -> Outcome<(String, String)> {
    let lines = demo.lines();
    for line in &lines {
        let Line::Out(line) = line else { continue };
        if let Some(addresses) = addresses(&line) {
            // Its output is read on, so that its pipe never fills up.
            std::thread::spawn(move || lines.into_iter().for_each(drop));
            return Ok(addresses);
        }
    }
    let status = demo.wait()?;
    Err(format!("calldeck ended before it was ready ({status}).").into())
}

fn addresses(line: &str) -> Option<(String, String)> {
    let (proxy, providers) = line.strip_prefix("ready ")?.split_once(" providers=")?;
    Some((proxy.to_owned(), providers.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_addresses_are_read_from_the_line_that_says_ready() {
        let read = addresses("ready http://127.0.0.1:1/ providers=http://127.0.0.1:2/");
        let expected = ("http://127.0.0.1:1/".to_owned(), "http://127.0.0.1:2/".to_owned());
        assert_eq!(read, Some(expected));
        assert_eq!(addresses("Listening"), None);
    }
}
