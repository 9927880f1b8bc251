//! Cuts the page's program where `src/parts.rs` says, so that a first visit downloads what the list
//! needs, and the rest when it is wanted.
//!
//! Trunk can not do that itself (trunk-rs/trunk#1022): the program has to be cut between the
//! compiler and `wasm-bindgen`. So the two files that trunk made of the whole are replaced.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::names;
use super::shrink::Shrinkers;
use crate::setup::Toolbox;
use crate::steps::{Ended, Progress, Step, Steps};
use crate::{Outcome, app, tools};

/// Cutting.
pub const CUT: Step = Step { title: "The parts that are fetched later", usually: "a minute" };

/// The page's program.
const PROGRAM: &str = "dashboard-app";
/// The script that fetches parts. Scripts and parts name each other, so it becomes a piece of the
/// script that starts the program.
const FETCHES: &str = "__wasm_split.js";

/// Cuts the program of a bundle that was built with the feature `split`.
pub fn cut(
    root: &Path,
    toolbox: &Toolbox,
    shrinkers: &Shrinkers,
    bundle: &Path,
    steps: &Steps,
) -> Outcome {
    steps.run(CUT, |progress| {
        let name = script_name(bundle)?;
        let folder = app::target(root).join("cut");
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => fs::create_dir_all(&folder)?,
        }
        take_apart(root, &folder, &name, progress)?;
        bind(toolbox, &folder, &name, progress)?;
        names::make_plain(&folder, &format!("{name}.js"))?;
        bring_parts(&folder, bundle)?;
        for file in [format!("{name}_bg.wasm"), format!("{name}.js"), FETCHES.to_owned()] {
            fs::copy(folder.join(&file), bundle.join(&file))?;
        }
        join_scripts(shrinkers, bundle, &name, progress)?;
        Ok(Ended::Done(()))
    })
}

/// The name, with trunk's hash, of the script that starts the program.
fn script_name(bundle: &Path) -> Outcome<String> {
    for entry in fs::read_dir(bundle)? {
        let name = entry?.file_name().into_string().unwrap_or_default();
        if let Some(stem) = name.strip_suffix(".js").filter(|stem| stem.starts_with(PROGRAM)) {
            return Ok(stem.to_owned());
        }
    }
    Err(format!("{} has no script that begins with {PROGRAM}.", bundle.display()).into())
}

fn take_apart(root: &Path, folder: &Path, name: &str, progress: &mut Progress<'_>) -> Outcome {
    progress.doing("building what cuts and running it");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["build", "--release", "--package", "xtask"]);
    tools::run(cargo.args(["--features", "cut", "--bin", "cut"]), progress)?;
    let target = app::target(root);
    let whole = target.join(format!("wasm32-unknown-unknown/web/{PROGRAM}.wasm"));
    let cut = target.join(format!("release/cut{}", env::consts::EXE_SUFFIX));
    tools::run(Command::new(cut).arg(whole).arg(folder).arg(name), progress)
}

/// Connects what stays with the browser.
fn bind(toolbox: &Toolbox, folder: &Path, name: &str, progress: &mut Progress<'_>) -> Outcome {
    let rest = folder.join(format!("{name}.wasm"));
    let mut bindgen = toolbox.bindgen();
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports"]);
    bindgen.args(["--out-name", name, "--out-dir"]);
    tools::run(bindgen.arg(folder).arg(&rest), progress)?;
    Ok(fs::remove_file(rest)?)
}

/// Puts the parts beside the page, under names that get the hash of their content later.
fn bring_parts(folder: &Path, bundle: &Path) -> Outcome {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(part) = part_name(&name) else { continue };
        fs::copy(&path, bundle.join(&part))?;
        let script = folder.join(FETCHES);
        fs::write(&script, fs::read_to_string(&script)?.replace(&name, &part))?;
    }
    Ok(())
}

/// `part_call-0000000000000000.wasm` of `split_call.wasm`. What several parts share is called
/// `shared`.
fn part_name(name: &str) -> Option<String> {
    let stem = name.strip_suffix(".wasm")?;
    let stem = match stem.strip_prefix("split_") {
        Some(part) => format!("part_{part}"),
        None => stem.strip_prefix("chunk_").map(|nth| format!("shared_{nth}"))?,
    };
    Some(format!("{stem}-{:016x}.wasm", 0))
}

fn join_scripts(
    shrinkers: &Shrinkers,
    bundle: &Path,
    name: &str,
    progress: &mut Progress<'_>,
) -> Outcome {
    let (script, joined) = (bundle.join(format!("{name}.js")), bundle.join("joined.js"));
    tools::run(&mut shrinkers.join(&script, &joined), progress)?;
    fs::remove_file(bundle.join(FETCHES))?;
    Ok(fs::rename(joined, script)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_a_name_with_room_for_the_hash_of_its_content() {
        let names = ["split_call.wasm", "chunk_7.wasm", "dashboard-app-1_bg.wasm", FETCHES];
        let parts = names.map(part_name);
        let expected = ["part_call-0000000000000000.wasm", "shared_7-0000000000000000.wasm"];
        assert_eq!(parts, [Some(expected[0].to_owned()), Some(expected[1].to_owned()), None, None]);
    }
}
