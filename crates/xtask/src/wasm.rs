//! `cargo xtask test --job wasm`: the tests of everything that counts, sorts and searches, compiled
//! as the browser gets it. There it works on vectors, and natively on one value after the other:
//! the tests that hold either to plain loops see both.

use std::path::Path;
use std::process::{Command, ExitCode};

use crate::steps::{Ended, Step, Steps};
use crate::{Outcome, app, test, tools};

const TARGET: &str = "wasm32-wasip1";
const RUST: Step = Step { title: "Rust for WASI, and node", usually: "20 seconds" };

/// The crates whose code is in the page or in its worker and needs no browser.
const CRATES: [&str; 5] = ["kernels", "calls", "search", "sound", "place"];

/// As the page is compiled; see `.cargo/config.toml`.
const FLAGS: &str = "-Ctarget-feature=+simd128";

/// Runs the job.
pub fn run(root: &Path) -> Outcome<ExitCode> {
    Steps::plan(&[RUST]).run(RUST, |progress| {
        if tools::on_path("node").is_none() {
            return Err("This job runs WebAssembly with node, 20 or later; there is none.".into());
        }
        progress.doing(&format!("rustup target add {TARGET}"));
        tools::run(Command::new("rustup").args(["target", "add", TARGET]), progress)?;
        Ok(Ended::Done(()))
    })?;
    let tally = test::watch(&mut cargo(root))?;
    println!("\n{}", tally.sentence());
    Ok(tally.code())
}

fn cargo(root: &Path) -> Command {
    let runner = root.join("crates/xtask/src/wasi_runner.mjs");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["test", "--lib", "--no-fail-fast", "--target", TARGET]);
    cargo.args(CRATES.iter().flat_map(|name| ["--package", name]));
    cargo.env("CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS", FLAGS);
    let run = format!("node --no-warnings {}", runner.display());
    cargo.env("CARGO_TARGET_WASM32_WASIP1_RUNNER", run);
    // Apart from every other build, whose features are others.
    cargo.arg("--target-dir").arg(app::target(root).join("wasi"));
    cargo
}
