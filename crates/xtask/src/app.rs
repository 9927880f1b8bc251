//! Builds the two halves: the page for the browser and the `calldeck` program.

use std::env;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::setup::Toolbox;
use crate::stamp::Stamp;
use crate::steps::{Ended, Progress, Step, Steps};
use crate::{Outcome, tools};

/// The page, quickly built.
pub const PAGE: Step = Step { title: "The page, as WebAssembly", usually: "2 minutes at first" };
/// The page, as small as it gets.
pub const SMALL_PAGE: Step = Step { title: "The page, as small WebAssembly", usually: "4 minutes" };
/// The program.
pub const SERVER: Step = Step { title: "The calldeck program", usually: "2 minutes at first" };

/// Builds the page for demo and tests if its source has changed; answers the folder of the
/// bundle, which is kept with everything else that cargo builds.
pub fn page(root: &Path, toolbox: &Toolbox, steps: &Steps) -> Outcome<PathBuf> {
    steps.run(PAGE, |progress| {
        let bundle = target(root).join("dist-dev");
        let stamp = Stamp::of(root, target(root).join("dist-dev.stamp"))?;
        if stamp.holds() && bundle.join("index.html").is_file() {
            return Ok(Ended::There(bundle, "unchanged since it was built".to_owned()));
        }
        stamp.remove()?;
        let mut trunk = toolbox.trunk(root);
        trunk.args(["build", "--cargo-profile", "dev"]);
        build_page(&mut trunk, &bundle, progress)?;
        stamp.write()?;
        Ok(Ended::Done(bundle))
    })
}

/// Builds the page for production, always anew, whole or to be cut; answers the folder of the
/// bundle.
pub fn small_page(root: &Path, toolbox: &Toolbox, to_cut: bool, steps: &Steps) -> Outcome<PathBuf> {
    steps.run(SMALL_PAGE, |progress| {
        let bundle = root.join("dist");
        remove(&bundle)?;
        let mut trunk = toolbox.trunk(root);
        trunk.args(["build", "--cargo-profile", "web", "--locked", "true"]);
        // The files are changed after trunk has written their hashes into the page. Its own
        // minifier panics on what wasm-bindgen writes (0.21.14), so that is left to esbuild.
        trunk.args(["--no-sri", "true"]);
        if to_cut {
            trunk.args(["--features", "split"]);
        }
        build_page(&mut trunk, &bundle, progress)?;
        Ok(Ended::Done(bundle))
    })
}

fn build_page(trunk: &mut Command, bundle: &Path, progress: &mut Progress<'_>) -> Outcome {
    progress.doing("building it with trunk");
    // What an interrupted build has left there would become part of the bundle.
    remove(&bundle.join(".stage"))?;
    std::fs::create_dir_all(bundle)?;
    tools::run(trunk.arg("--dist").arg(bundle), progress)
}

fn remove(folder: &Path) -> Outcome {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(format!("{} could not be removed: {error}", folder.display()).into())
        }
        _ => Ok(()),
    }
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
