//! The peers that Calldeck is measured beside, from npm, in exactly these versions.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::process::Command;

use crate::steps::{Ended, Progress, Step, Steps};
use crate::{Outcome, tools};

/// Getting them.
pub const PEERS: Step = Step { title: "The peers, from npm", usually: "30 seconds" };

const PACKAGES: [&str; 12] = [
    "crossfilter2@1.5.4",
    "arquero@7.2.1",
    "minisearch@7.2.0",
    "flexsearch@0.8.212",
    "@leeoniya/ufuzzy@1.0.19",
    "react@19.3.1",
    "react-dom@19.3.1",
    "@tanstack/react-table@9.3.1",
    "@tanstack/react-virtual@3.14.26",
    "ag-grid-community@36.2.0",
    "tabulator-tables@6.5.3",
    "esbuild@0.28.2",
];
/// Those that are large: 80 MB to download.
const LARGE: [&str; 1] = ["@duckdb/duckdb-wasm@1.32.0"];

/// Where the peers are.
#[derive(Debug)]
pub struct Peers {
    /// The folder with their `node_modules`.
    usual: PathBuf,
    /// The same of the large ones, if they take part.
    large: Option<PathBuf>,
}

impl Peers {
    /// Esbuild, finding every peer.
    pub fn esbuild(&self) -> Command {
        let mut esbuild = Command::new(self.usual.join("node_modules/.bin/esbuild"));
        let folders = [Some(&self.usual), self.large.as_ref()].into_iter().flatten();
        let modules: Vec<PathBuf> = folders.map(|folder| folder.join("node_modules")).collect();
        esbuild.env("NODE_PATH", std::env::join_paths(modules).unwrap_or_default());
        esbuild
    }

    /// The files of DuckDB, if it takes part.
    pub fn duckdb(&self) -> Option<PathBuf> {
        Some(self.large.as_ref()?.join("node_modules/@duckdb/duckdb-wasm/dist"))
    }
}

/// Gets the peers that are missing.
pub fn set_up(all: bool, steps: &Steps) -> Outcome<Peers> {
    steps.run(PEERS, |progress| {
        let usual = folder(&PACKAGES)?;
        let large = if all { Some(folder(&LARGE)?) } else { None };
        let missing = |folder: &PathBuf| !folder.join("complete").is_file();
        let fresh = missing(&usual) || large.as_ref().is_some_and(missing);
        if missing(&usual) {
            fetch(&usual, &PACKAGES, progress)?;
        }
        if let Some(large) = large.as_ref().filter(|folder| missing(folder)) {
            fetch(large, &LARGE, progress)?;
        }
        let peers = Peers { usual, large };
        if fresh {
            return Ok(Ended::Done(peers));
        }
        Ok(Ended::There(peers, "already there".to_owned()))
    })
}

/// Other versions are kept elsewhere.
fn folder(packages: &[&str]) -> Outcome<PathBuf> {
    let mut hasher = DefaultHasher::new();
    packages.hash(&mut hasher);
    Ok(tools::folder()?.join(format!("peers-{:016x}", hasher.finish())))
}

fn fetch(folder: &PathBuf, packages: &[&str], progress: &mut Progress<'_>) -> Outcome {
    if tools::on_path("npm").is_none() {
        return Err("The peers come from npm, and there is no npm on the PATH.".into());
    }
    progress.doing("fetching them with npm");
    std::fs::create_dir_all(folder)?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(folder);
    tools::run(npm.args(packages), progress)?;
    std::fs::write(folder.join("complete"), "")?;
    Ok(())
}
