//! `cargo xtask bench [PART]`: Calldeck beside its peers, in one browser, in turns.
//!
//! What is measured is decided by the page in `crates/bench/page`; here everything is built,
//! served and started, and what the page tells is printed and kept.

pub mod build;
pub mod busy;
pub mod peers;
pub mod site;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::arguments::BenchOptions;
use crate::children::Running;
use crate::dist::shrink;
use crate::steps::{Ended, Progress, Step, Steps};
use crate::{Outcome, app, browser, setup, tools};
use site::{Site, Told};

const MEASURE: Step = Step { title: "The measurements", usually: "5 minutes a part" };
/// The slowest peer takes a million calls over in less than this.
const SILENCE: Duration = Duration::from_secs(15 * 60);

/// The parts, in the order in which they are run.
pub const PARTS: [&str; 4] = ["analytics", "table", "search", "sound"];

/// Measures, prints tables, and keeps all rounds as JSON. A bar that is missed by the medians and
/// by the best rounds is a failure.
pub fn run(root: &Path, options: &BenchOptions) -> Outcome<ExitCode> {
    let steps = Steps::plan(&[
        setup::TARGET,
        setup::TRUNK,
        setup::BINDGEN,
        browser::BROWSER,
        shrink::SETUP,
        peers::PEERS,
        build::PROGRAM,
        MEASURE,
    ]);
    let toolbox = setup::run(root, &steps)?;
    let chrome = browser::set_up(&steps)?;
    let shrinkers = shrink::set_up(&steps)?;
    let peers = peers::set_up(options.all, &steps)?;
    let folder = app::target(root).join("bench");
    let built = folder.join("site");
    build::site(root, &toolbox, shrinkers.as_ref(), &peers, &built, &steps)?;
    let report = steps.run(MEASURE, |progress| {
        progress.doing("starting a browser");
        let site = Site::serve(built)?;
        let profile = folder.join("profile");
        let url = format!("http://127.0.0.1:{}/?{}", site.port(), options.query());
        let mut chrome = start(&chrome, &profile, &url)?;
        site.watch(&chrome);
        let report = listen(site.told(), &mut chrome, progress);
        drop(chrome);
        // What stays only costs space.
        let _ = std::fs::remove_dir_all(&profile);
        report.map(Ended::Done)
    })?;
    let path = folder.join(format!("{}.json", options.part.as_deref().unwrap_or("all")));
    std::fs::write(&path, report.json)?;
    println!("\nEvery round is in {}.", path.display());
    println!("{}", load().unwrap_or_default());
    Ok(if report.held { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl BenchOptions {
    /// The options as the page reads them from its address.
    fn query(&self) -> String {
        let parts = self.part.clone().unwrap_or_else(|| PARTS.join(","));
        format!(
            "parts={parts}&rounds={}&calls={}&transcripts={}&all={}",
            self.rounds, self.calls, self.transcripts, self.all
        )
    }
}

fn start(chrome: &Path, profile: &Path, url: &str) -> Outcome<Running> {
    // What another run has left there would be another browser.
    let _ = std::fs::remove_dir_all(profile);
    std::fs::create_dir_all(profile)?;
    let mut command = Command::new(chrome);
    command.args(["--headless=new", "--remote-debugging-port=0", "--window-size=1400,900"]);
    command.args(["--disable-gpu", "--disable-quic", "--disable-background-networking"]);
    command.args(["--no-first-run", "--enable-precise-memory-info", "--disable-extensions"]);
    command.args(["--js-flags=--max-old-space-size=8192 --expose-gc", "--disable-dev-shm-usage"]);
    command.arg(format!("--user-data-dir={}", profile.display()));
    if tools::is_root() {
        // Chromium refuses to start with its sandbox as root, which is what containers are.
        command.arg("--no-sandbox");
    }
    Running::start(command.arg(url).stdout(Stdio::null()).stderr(Stdio::piped()))
}

struct Report {
    json: String,
    held: bool,
}

/// Prints what the page tells until it has ended.
fn listen(
    told: &Receiver<Told>,
    chrome: &mut Running,
    progress: &mut Progress<'_>,
) -> Outcome<Report> {
    let complaints = chrome.lines();
    let (mut json, mut heard) = (String::new(), Instant::now());
    loop {
        match told.recv_timeout(Duration::from_millis(500)) {
            Ok(Told { what, text }) => {
                heard = Instant::now();
                match what.as_str() {
                    "progress" => progress.heard(&text),
                    "table" => progress.print(&text),
                    "json" => json = text,
                    "end" => return Ok(Report { json, held: text == "held" }),
                    _ => return Err(text.into()),
                }
            }
            Err(RecvTimeoutError::Timeout) if heard.elapsed() < SILENCE => {}
            Err(_) => return Err("The browser has told nothing for a long time.".into()),
        }
        progress.tick();
        if ended(&complaints) {
            return Err("The browser ended before it had measured everything.".into());
        }
    }
}

/// Whether a program has ended, by its output. What it complains of is of no interest.
fn ended<T>(lines: &Receiver<T>) -> bool {
    loop {
        match lines.try_recv() {
            Ok(_) => {}
            Err(std::sync::mpsc::TryRecvError::Empty) => return false,
            Err(std::sync::mpsc::TryRecvError::Disconnected) => return true,
        }
    }
}

/// How busy the machine is, so that nobody takes a figure for more than it is.
fn load() -> Option<String> {
    let average = std::fs::read_to_string("/proc/loadavg").ok()?;
    let minutes: Vec<&str> = average.split_whitespace().take(3).collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Some(format!(
        "Load of the machine over the last 1, 5 and 15 minutes: {}, on {cores} cores.",
        minutes.join(", ")
    ))
}

/// A folder that is empty.
fn emptied(folder: &Path) -> Outcome<PathBuf> {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder)?;
    Ok(folder.to_owned())
}
