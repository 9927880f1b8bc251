//! What has to be on the machine before the page can be built.

pub mod target;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Ended, Step, Steps};
use crate::tools::{self, Crate};
use crate::{Outcome, lockfile};

/// Rust's standard library for the browser.
pub const TARGET: Step = Step { title: "Rust for WebAssembly", usually: "20 seconds" };
/// What bundles the page.
pub const TRUNK: Step =
    Step { title: "trunk 0.21.14, which bundles the page", usually: "3 minutes" };
/// What writes the JavaScript between page and WebAssembly.
pub const BINDGEN: Step =
    Step { title: "wasm-bindgen in the version of Cargo.lock", usually: "1 to 2 minutes" };

/// 0.22 needs a newer Rust than this repository.
const TRUNK_VERSION: &str = "0.21.14";

/// Everything that building the page needs.
#[derive(Debug)]
pub struct Toolbox {
    trunk: PathBuf,
    bindgen: PathBuf,
    path: OsString,
    rust: target::Rust,
}

impl Toolbox {
    /// Trunk, with everything in place that it would otherwise try to download.
    pub fn trunk(&self, root: &Path) -> Command {
        let mut trunk = Command::new(&self.trunk);
        trunk.current_dir(root).env("PATH", &self.path).envs(self.rust.environment());
        trunk.env_remove("NO_COLOR").args(["--skip-version-check", "--color", "never"]);
        trunk
    }

    /// Cargo, building for the browser.
    pub fn cargo(&self, root: &Path) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root).envs(self.rust.environment());
        cargo
    }

    /// What makes a program for the browser of what cargo built.
    pub fn bindgen(&self) -> Command {
        Command::new(&self.bindgen)
    }

    /// Whether clippy can check the app for the browser: it belongs to rustup's compiler.
    pub fn lints_for_browser(&self) -> bool {
        matches!(self.rust, target::Rust::Rustup)
    }
}

/// Sets up what is missing: the three steps of this module.
pub fn run(root: &Path, steps: &Steps) -> Outcome<Toolbox> {
    let folder = tools::folder()?;
    let rust = steps.run(TARGET, target::set_up)?;
    let trunk = Crate {
        package: "trunk",
        program: "trunk",
        version: TRUNK_VERSION,
        flags: &["--no-default-features", "--features", "rustls"],
    };
    let trunk = set_up(TRUNK, &trunk, &folder, steps)?;
    let version = lockfile::version(root, "wasm-bindgen")?;
    let bindgen = Crate {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &version,
        flags: &[],
    };
    let bindgen = set_up(BINDGEN, &bindgen, &folder, steps)?;
    let program = bindgen.join("wasm-bindgen");
    Ok(Toolbox {
        trunk: trunk.join("trunk"),
        bindgen: program,
        path: tools::path_with(&[&bindgen]),
        rust,
    })
}

fn set_up(step: Step, tool: &Crate<'_>, folder: &Path, steps: &Steps) -> Outcome<PathBuf> {
    steps.run(step, |progress| match tool.find(folder) {
        Some(found) => Ok(Ended::There(found, "already there".to_owned())),
        None => tool.install(folder, progress).map(Ended::Done),
    })
}
