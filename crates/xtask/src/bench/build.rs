//! Builds what the browser opens: Calldeck's part as it is built for production, and the scripts
//! with the peers in them.

use std::path::Path;
use std::process::Command;

use crate::bench::emptied;
use crate::bench::peers::Peers;
use crate::dist::shrink::Shrinkers;
use crate::setup::Toolbox;
use crate::steps::{Ended, Progress, Step, Steps};
use crate::{Outcome, app, tools};

/// The building.
pub const PROGRAM: Step =
    Step { title: "What is measured, built as for production", usually: "4 minutes at first" };

/// Builds everything into a folder.
pub fn site(
    root: &Path,
    toolbox: &Toolbox,
    shrinkers: Option<&Shrinkers>,
    peers: &Peers,
    folder: &Path,
    steps: &Steps,
) -> Outcome {
    steps.run(PROGRAM, |progress| {
        progress.doing("building what changed with cargo, wasm-bindgen and esbuild");
        calldeck(root, toolbox, shrinkers, &folder.join("calldeck"), progress)?;
        scripts(root, peers, folder, progress)?;
        styles(root, folder)?;
        if let Some(from) = peers.duckdb() {
            for name in ["duckdb-eh.wasm", "duckdb-browser-eh.worker.js"] {
                std::fs::copy(from.join(name), folder.join(name))?;
            }
        }
        Ok(Ended::Done(()))
    })
}

fn calldeck(
    root: &Path,
    toolbox: &Toolbox,
    shrinkers: Option<&Shrinkers>,
    folder: &Path,
    progress: &mut Progress<'_>,
) -> Outcome {
    let mut cargo = toolbox.cargo(root);
    cargo.args(["build", "--package", "bench", "--profile", "web", "--locked"]);
    tools::run(cargo.args(["--target", "wasm32-unknown-unknown"]), progress)?;
    let built = app::target(root).join("wasm32-unknown-unknown/web/bench.wasm");
    // Shrinking takes longer than everything else when nothing else has to be done.
    let kept = folder.join("kept.wasm");
    let program = std::fs::read(&built)?;
    if std::fs::read(&kept).is_ok_and(|before| before == program) {
        return Ok(());
    }
    let folder = &emptied(folder)?;
    let mut bindgen = toolbox.bindgen();
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(folder);
    tools::run(bindgen.arg(built), progress)?;
    if let Some(shrinkers) = shrinkers {
        let (wasm, smaller) = (folder.join("bench_bg.wasm"), folder.join("smaller.wasm"));
        tools::run(&mut shrinkers.command("wasm", &wasm, &smaller), progress)?;
        std::fs::rename(smaller, wasm)?;
    }
    std::fs::write(kept, program)?;
    Ok(())
}

fn scripts(root: &Path, peers: &Peers, folder: &Path, progress: &mut Progress<'_>) -> Outcome {
    let page = root.join("crates/bench/page");
    let mut esbuild: Command = peers.esbuild();
    esbuild.args([page.join("main.js"), page.join("grids.css")]);
    esbuild.arg(format!("--outdir={}", folder.display()));
    esbuild.args(["--bundle", "--splitting", "--format=esm", "--target=esnext", "--minify"]);
    esbuild.args(["--define:process.env.NODE_ENV=\"production\"", "--log-level=warning"]);
    esbuild.arg("--external:/calldeck/*");
    esbuild.arg(match peers.duckdb() {
        // It exports everything but what runs where it is called.
        Some(from) => {
            format!("--alias:duckdb={}", from.join("duckdb-browser-blocking.mjs").display())
        }
        None => "--external:duckdb".to_owned(),
    });
    tools::run(&mut esbuild, progress)?;
    std::fs::copy(page.join("index.html"), folder.join("index.html"))?;
    Ok(())
}

/// The page's own style sheets, in the order in which it loads them.
fn styles(root: &Path, folder: &Path) -> Outcome {
    let page = std::fs::read_to_string(root.join("index.html"))?;
    let mut all = String::new();
    for name in page.split('"').filter(|part| part.ends_with(".css")) {
        all.push_str(&std::fs::read_to_string(root.join(name))?);
    }
    std::fs::write(folder.join("calldeck.css"), all)?;
    Ok(())
}
