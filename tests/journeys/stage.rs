//! A demo of a journey's own: the real program, on free ports, with the emulated providers.

use std::env;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// How long the program may take until it is ready.
const READY: Duration = Duration::from_secs(60);

/// A running demo; it ends with the value.
#[derive(Debug)]
pub struct Stage {
    child: Child,
    url: String,
    providers_url: String,
}

impl Stage {
    /// Starts a demo.
    #[track_caller]
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts a demo with more arguments, such as `["--limits", "real"]`.
    #[track_caller]
    pub fn start_with(arguments: &[&str]) -> Self {
        let mut command = Command::new(program());
        command.args(["demo", "--port", "0", "--providers-port", "0", "--dist"]).arg(bundle());
        command.args(arguments).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{:?} did not start: {error}", command.get_program()));
        let out = child.stdout.take().expect("a piped output");
        let err = child.stderr.take().expect("a piped error output");
        let complaints = thread::spawn(move || {
            let mut text = String::new();
            let _ = BufReader::new(err).read_to_string(&mut text);
            text
        });
        match addresses(&ready_line(out)) {
            Some((url, providers_url)) => Self { child, url, providers_url },
            None => {
                let _ = child.kill();
                let _ = child.wait();
                let complaints = complaints.join().unwrap_or_default();
                panic!("{command:?} did not say `ready URL providers=URL`. It said:\n{complaints}");
            }
        }
    }

    /// Where the dashboard is: `http://127.0.0.1:PORT/`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// An address in the dashboard: `at("#?view=stats")`, `at("embed?phone=…")`.
    pub fn at(&self, rest: &str) -> String {
        format!("{}{rest}", self.url)
    }

    /// What the program prints about the calls of this demo.
    #[track_caller]
    pub fn ask(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{arguments:?} ended with {}: {said}", ended.status);
        String::from_utf8(ended.stdout).expect("text")
    }

    /// Runs the program over the calls of this demo, some of which cannot be had on purpose.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(program());
        let server = self.url.trim_end_matches('/');
        let ended = command.args(arguments).args(["--server", server]).output();
        ended.expect("the program starts")
    }

    /// Where the emulated providers are: `http://127.0.0.1:PORT/`.
    pub fn providers_url(&self) -> &str {
        &self.providers_url
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the program prints about files, without anybody being asked; some of them may be missing.
#[track_caller]
pub fn ask_of_files(arguments: &[&str]) -> String {
    let ended = Command::new(program()).args(arguments).output().expect("the program starts");
    String::from_utf8(ended.stdout).expect("text")
}

fn program() -> PathBuf {
    let built = format!("target/debug/calldeck{}", env::consts::EXE_SUFFIX);
    from_environment("CALLDECK_BIN", &built)
}

/// The folder with the built page.
pub fn bundle() -> PathBuf {
    from_environment("CALLDECK_DIST", "target/dist-dev")
}

#[track_caller]
fn from_environment(name: &str, otherwise: &str) -> PathBuf {
    let chosen = env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let path = chosen.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(otherwise));
    assert!(
        path.exists(),
        "{} is missing. Run `cargo xtask test`: it builds the page and the program first.",
        path.display()
    );
    path
}

/// The line that starts with `ready`, without that word; empty when the program ended first.
fn ready_line(out: ChildStdout) -> String {
    let lines = forward(out);
    let mut line = lines.recv_timeout(READY);
    while let Ok(text) = &line {
        if let Some(rest) = text.strip_prefix("ready ") {
            return rest.to_owned();
        }
        line = lines.recv_timeout(READY);
    }
    String::new()
}

/// Reads on after the journey has lost interest, so that the program's pipe never fills up.
fn forward(out: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    receiver
}

fn addresses(ready: &str) -> Option<(String, String)> {
    let mut words = ready.split_whitespace();
    let url = words.next()?.to_owned();
    let providers = words.find_map(|word| word.strip_prefix("providers="))?;
    Some((url, providers.to_owned()))
}

#[test]
fn the_ready_line_names_dashboard_and_providers() {
    let read = addresses("http://127.0.0.1:1/ providers=http://127.0.0.1:2/");
    assert_eq!(read, Some(("http://127.0.0.1:1/".into(), "http://127.0.0.1:2/".into())));
    assert_eq!(addresses("http://127.0.0.1:1/"), None);
    assert_eq!(addresses(""), None);
}
