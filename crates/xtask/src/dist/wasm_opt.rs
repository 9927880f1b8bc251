//! `wasm-opt` from Binaryen: a tenth to a quarter off the WebAssembly.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Ended, Progress, Step, Steps};
use crate::{Outcome, tools};

/// Getting it.
pub const SETUP: Step = Step { title: "wasm-opt", usually: "20 seconds" };
/// Using it.
pub const SHRINK: Step = Step { title: "WebAssembly made smaller", usually: "20 seconds" };

/// Older ones do not know what today's Rust writes; Debian's is 108.
const OLDEST: u32 = 120;
const FROM_NPM: &str = "132.0.0";
/// What Rust's compiler takes for granted of a browser, and a search until nothing is gained.
const FLAGS: [&str; 10] = [
    "-Oz",
    "--converge",
    "--strip-debug",
    "--strip-producers",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Finds it, or gets it from npm. None where neither can be: then the bundle is larger.
pub fn set_up(steps: &Steps) -> Outcome<Option<PathBuf>> {
    steps.run(SETUP, |progress| {
        let own = tools::folder()?.join(format!("binaryen-{FROM_NPM}"));
        let program = own.join("node_modules/.bin/wasm-opt");
        let found = [tools::on_path("wasm-opt"), Some(program.clone())].into_iter().flatten();
        if let Some(found) = found.into_iter().find(|path| is_new_enough(path)) {
            return Ok(Ended::There(Some(found), "already there".to_owned()));
        }
        if tools::on_path("npm").is_none() {
            let words = format!(
                "left out, the bundle will be larger: there is neither wasm-opt {OLDEST} or newer \
                 nor npm on the PATH"
            );
            return Ok(Ended::There(None, words));
        }
        fetch(&own, progress)?;
        Ok(Ended::Done(Some(program)))
    })
}

fn fetch(folder: &Path, progress: &mut Progress<'_>) -> Outcome {
    progress.doing("fetching the package binaryen with npm");
    fs::create_dir_all(folder)?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(folder);
    tools::run(npm.arg(format!("binaryen@{FROM_NPM}")), progress)
}

fn is_new_enough(program: &Path) -> bool {
    let said = tools::said(program, &["--version"]);
    said.as_deref().and_then(number).is_some_and(|version| version >= OLDEST)
}

/// `wasm-opt version 132 (version_132)`.
fn number(said: &str) -> Option<u32> {
    said.split_whitespace().find_map(|word| word.parse().ok())
}

/// Makes every `.wasm` of the bundle smaller and gives it the name that goes with its new
/// content, so that it may be kept for ever by whoever downloaded it.
pub fn shrink(program: Option<&Path>, bundle: &Path, steps: &Steps) -> Outcome {
    steps.run(SHRINK, |progress| {
        let Some(program) = program else {
            return Ok(Ended::There((), "left out".to_owned()));
        };
        progress.doing("running wasm-opt");
        for name in wasm_files(bundle)? {
            let path = bundle.join(&name);
            let smaller = path.with_extension("smaller");
            let mut command = Command::new(program);
            command.args(FLAGS).arg(&path).arg("--output").arg(&smaller);
            tools::run(&mut command, progress)?;
            let content = fs::read(&smaller)?;
            fs::remove_file(&path)?;
            let renamed = renamed(&name, &content);
            fs::rename(&smaller, bundle.join(&renamed))?;
            refer(bundle, &name, &renamed)?;
        }
        Ok(Ended::Done(()))
    })
}

fn wasm_files(bundle: &Path) -> Outcome<Vec<String>> {
    let names =
        fs::read_dir(bundle)?.map(|entry| Ok(entry?.file_name())).collect::<Outcome<Vec<_>>>();
    let names = names?.into_iter().filter_map(|name| name.into_string().ok());
    Ok(names.filter(|name| name.ends_with(".wasm")).collect())
}

/// `app-HASH_bg.wasm` with another hash; a name without one stays as it is.
fn renamed(name: &str, content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    let is_hash =
        |part: &str| (10..=16).contains(&part.len()) && part.chars().all(|c| c.is_ascii_hexdigit());
    let old = name.split(['-', '_', '.']).find(|part| is_hash(part));
    old.map_or_else(
        || name.to_owned(),
        |old| name.replace(old, &format!("{:016x}", hasher.finish())),
    )
}

/// The page and the scripts name the file.
fn refer(bundle: &Path, old: &str, new: &str) -> Outcome {
    for entry in fs::read_dir(bundle)? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "html" || kind == "js") {
            let text = fs::read_to_string(&path)?;
            if text.contains(old) {
                fs::write(&path, text.replace(old, new))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_first_number_that_it_says() {
        assert_eq!(number("wasm-opt version 132 (version_132)"), Some(132));
        assert_eq!(number("wasm-opt version 108"), Some(108));
        assert_eq!(number("no"), None);
    }

    #[test]
    fn another_content_gets_another_name_of_the_same_form() {
        let name = "dashboard-app-70ab0ef20c855006_bg.wasm";
        let one = renamed(name, b"one");
        assert!(one.starts_with("dashboard-app-") && one.ends_with("_bg.wasm"), "{one}");
        assert_eq!(one.len(), name.len());
        assert_ne!(one, renamed(name, b"other"));
        assert_eq!(renamed("worker_bg.wasm", b"one"), "worker_bg.wasm");
    }
}
