//! Builds the two halves: the page for the browser and the `calldeck` program.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::setup::Toolbox;
use crate::stamp::Stamp;
use crate::steps::{Ended, Progress, Step, Steps};
use crate::{Outcome, tools};

/// The page, quickly built.
pub const PAGE: Step = Step { title: "The page, as WebAssembly", usually: "2 minutes" };
/// The program.
pub const SERVER: Step = Step { title: "The calldeck program", usually: "2 minutes" };

/// A page as it was built.
#[derive(Debug, Clone, Copy)]
pub enum Profile {
    /// Quick to build, for demo and tests; kept with everything else that cargo builds.
    Dev,
    /// Small, for production; written to `dist`.
    Web,
}

impl Profile {
    fn cargo_name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Web => "web",
        }
    }

    /// The folder that the bundle is in.
    pub fn bundle(self, root: &Path) -> PathBuf {
        match self {
            Self::Dev => target(root).join("dist-dev"),
            Self::Web => root.join("dist"),
        }
    }
}

/// Builds the page if its source has changed; answers the folder of the bundle.
pub fn page(root: &Path, toolbox: &Toolbox, profile: Profile, steps: &Steps) -> Outcome<PathBuf> {
    steps.run(PAGE, |progress| {
        let bundle = profile.bundle(root);
        let stamp = target(root).join(format!("page-{}.stamp", profile.cargo_name()));
        let stamp = Stamp::of(root, stamp, profile.cargo_name())?;
        if stamp.holds() && bundle.join("index.html").is_file() {
            return Ok(Ended::There(bundle, "unchanged since it was built".to_owned()));
        }
        stamp.remove()?;
        build_page(root, toolbox, profile, &bundle, progress)?;
        stamp.write()?;
        Ok(Ended::Done(bundle))
    })
}

fn build_page(
    root: &Path,
    toolbox: &Toolbox,
    profile: Profile,
    bundle: &Path,
    progress: &mut Progress<'_>,
) -> Outcome {
    progress.doing("building it with trunk");
    std::fs::create_dir_all(bundle)?;
    let mut trunk = toolbox.trunk(root);
    trunk.args(["build", "--cargo-profile", profile.cargo_name(), "--dist"]).arg(bundle);
    if matches!(profile, Profile::Web) {
        // wasm-opt changes the files after trunk has written their hashes.
        trunk.args(["--locked", "true", "--no-sri", "true", "--minify"]);
    }
    tools::run(&mut trunk, progress)
}

/// Builds the `calldeck` program; answers where it is.
pub fn server(root: &Path, steps: &Steps) -> Outcome<PathBuf> {
    steps.run(SERVER, |progress| {
        progress.doing("building what changed with cargo");
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root).args(["build", "--package", "cli", "--bin", "calldeck"]);
        tools::run(&mut cargo, progress)?;
        let program = format!("debug/calldeck{}", env::consts::EXE_SUFFIX);
        Ok(Ended::Done(target(root).join(program)))
    })
}

/// Where cargo builds.
pub fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir))
}
