//! `cargo xtask dist`: the bundle for production, as small as it gets, and its sizes.

pub mod cut;
mod names;
pub mod shrink;
pub mod sizes;

use std::env;
use std::path::Path;
use std::process::Command;

use crate::steps::{Ended, Step, Steps};
use crate::{Outcome, app, setup, tools};

const COMPRESS: Step = Step { title: "Brotli and gzip beside each file", usually: "a minute" };

/// Builds, shrinks and compresses the bundle in `dist/`, and prints its sizes.
pub fn run(root: &Path) -> Outcome {
    let steps = Steps::plan(&[
        setup::TARGET,
        setup::TRUNK,
        setup::BINDGEN,
        shrink::SETUP,
        app::SMALL_PAGE,
        cut::CUT,
        shrink::SHRINK,
        COMPRESS,
    ]);
    let toolbox = setup::run(root, &steps)?;
    let shrinkers = shrink::set_up(&steps)?;
    let bundle = app::small_page(root, &toolbox, shrinkers.is_some(), &steps)?;
    if let Some(shrinkers) = &shrinkers {
        cut::cut(root, &toolbox, shrinkers, &bundle, &steps)?;
    }
    shrink::shrink(shrinkers.as_ref(), &bundle, &steps)?;
    compress(root, &bundle, &steps)?;
    println!("\n{}", sizes::table(&bundle)?);
    Ok(())
}

fn compress(root: &Path, bundle: &Path, steps: &Steps) -> Outcome {
    steps.run(COMPRESS, |progress| {
        progress.doing("building the compressor and running it");
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root).args(["build", "--release", "--package", "xtask"]);
        cargo.args(["--features", "compress", "--bin", "compress"]);
        tools::run(&mut cargo, progress)?;
        let program = format!("release/compress{}", env::consts::EXE_SUFFIX);
        let program = app::target(root).join(program);
        tools::run(Command::new(program).arg(bundle), progress)?;
        Ok(Ended::Done(()))
    })
}
