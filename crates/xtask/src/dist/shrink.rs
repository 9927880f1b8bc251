//! Makes the files of a bundle smaller: WebAssembly with Binaryen's `wasm-opt` (a tenth to a
//! quarter), scripts and style sheets with esbuild. Both come from npm.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{Ended, Progress, Step, Steps};
use crate::{Outcome, tools};

/// Getting the two.
pub const SETUP: Step = Step { title: "wasm-opt and esbuild", usually: "20 seconds" };
/// Using them.
pub const SHRINK: Step = Step { title: "The same, smaller", usually: "30 seconds" };

const BINARYEN: &str = "binaryen@132.0.0";
const ESBUILD: &str = "esbuild@0.28.2";
/// What Rust's compiler takes for granted of a browser, and a search until nothing is gained.
const WASM_FLAGS: [&str; 11] = [
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
    "--enable-simd",
];
/// Browsers that know what the style sheets use are newer than any syntax esbuild could lower.
const TEXT_FLAGS: [&str; 3] = ["--minify", "--target=esnext", "--legal-comments=none"];

/// The worker: the program that trunk makes of `crates/worker`, what connects it with the browser,
/// and the script that it begins with (`public/worker_loader.js`).
const WORKER: [&str; 3] = ["worker_bg.wasm", "worker.js", "worker_loader.js"];

/// The programs.
#[derive(Debug)]
pub struct Shrinkers {
    wasm_opt: PathBuf,
    esbuild: PathBuf,
}

/// Finds them, or gets them from npm. None where there is no npm: then the bundle is larger.
pub fn set_up(steps: &Steps) -> Outcome<Option<Shrinkers>> {
    steps.run(SETUP, |progress| {
        let folder = tools::folder()?.join(format!("{BINARYEN}+{ESBUILD}").replace('@', "-"));
        let programs = folder.join("node_modules/.bin");
        let shrinkers =
            Shrinkers { wasm_opt: programs.join("wasm-opt"), esbuild: programs.join("esbuild") };
        let works = |program| tools::said(program, &["--version"]).is_some();
        if works(&shrinkers.wasm_opt) && works(&shrinkers.esbuild) {
            return Ok(Ended::There(Some(shrinkers), "already there".to_owned()));
        }
        if tools::on_path("npm").is_none() {
            let words = "left out, there is no npm on the PATH; the bundle will be larger";
            return Ok(Ended::There(None, words.to_owned()));
        }
        fetch(&folder, progress)?;
        Ok(Ended::Done(Some(shrinkers)))
    })
}

fn fetch(folder: &Path, progress: &mut Progress<'_>) -> Outcome {
    progress.doing("fetching them with npm");
    fs::create_dir_all(folder)?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(folder);
    tools::run(npm.args([BINARYEN, ESBUILD]), progress)
}

/// Makes the files smaller and gives each the name that goes with its new content, so that
/// it may be kept for ever by whoever downloaded it.
pub fn shrink(shrinkers: Option<&Shrinkers>, bundle: &Path, steps: &Steps) -> Outcome {
    steps.run(SHRINK, |progress| {
        stamp_worker(bundle)?;
        let Some(shrinkers) = shrinkers else {
            return Ok(Ended::There((), "left out".to_owned()));
        };
        progress.doing("running wasm-opt and esbuild");
        // WebAssembly first: its new name changes the script that names it.
        for kind in ["wasm", "js", "css"] {
            for name in files(bundle, kind)? {
                let path = bundle.join(&name);
                let smaller = bundle.join(format!("smaller.{kind}"));
                tools::run(&mut shrinkers.command(kind, &path, &smaller), progress)?;
                let renamed = renamed(&name, &fs::read(&smaller)?);
                fs::remove_file(&path)?;
                fs::rename(&smaller, bundle.join(&renamed))?;
                refer(bundle, &name, &renamed)?;
            }
        }
        Ok(Ended::Done(()))
    })
}

/// Trunk gives the files of a worker no hash. Whoever names one comes behind it: its own hash is
/// made of the new names.
fn stamp_worker(bundle: &Path) -> Outcome {
    for name in WORKER {
        let path = bundle.join(name);
        if !path.is_file() {
            continue;
        }
        let (stem, ending) = name.split_at("worker".len());
        let stamped = renamed(&format!("{stem}-{:016x}{ending}", 0), &fs::read(&path)?);
        fs::rename(path, bundle.join(&stamped))?;
        refer(bundle, name, &stamped)?;
    }
    Ok(())
}

impl Shrinkers {
    /// Makes a file of this kind smaller.
    pub fn command(&self, kind: &str, from: &Path, to: &Path) -> Command {
        if kind == "wasm" {
            let mut command = Command::new(&self.wasm_opt);
            command.args(WASM_FLAGS).arg(from).arg("--output").arg(to);
            return command;
        }
        let mut command = Command::new(&self.esbuild);
        command.args(TEXT_FLAGS).arg(from).arg(format!("--outfile={}", to.display()));
        command
    }

    /// Makes one script of a script and those that it imports.
    pub fn join(&self, from: &Path, to: &Path) -> Command {
        let mut command = Command::new(&self.esbuild);
        command.args(["--bundle", "--format=esm", "--target=esnext"]).arg(from);
        command.arg(format!("--outfile={}", to.display()));
        command
    }
}

fn files(bundle: &Path, kind: &str) -> Outcome<Vec<String>> {
    let ending = format!(".{kind}");
    let mut names = Vec::new();
    for entry in fs::read_dir(bundle)? {
        names.extend(entry?.file_name().into_string().ok().filter(|name| name.ends_with(&ending)));
    }
    // The loader names another script, whose name has to be its last one by then.
    names.sort_by_key(|name| name.contains("_loader"));
    Ok(names)
}

/// `app-HASH_bg.wasm` with another hash; a name without one stays as it is. Trunk writes its
/// hash without leading zeros.
fn renamed(name: &str, content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    let new = format!("{:016x}", hasher.finish());
    let is_hash = |part: &&str| {
        (12..=16).contains(&part.len()) && part.chars().all(|c| c.is_ascii_hexdigit())
    };
    let old = name.split(['-', '_', '.']).find(is_hash);
    old.map_or_else(|| name.to_owned(), |old| name.replace(old, &new))
}

/// The page and the scripts name the file.
fn refer(bundle: &Path, old: &str, new: &str) -> Outcome {
    for kind in ["html", "js"] {
        for name in files(bundle, kind)? {
            let path = bundle.join(name);
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
    fn another_content_gets_another_name_of_the_same_form() {
        let name = "dashboard-app-70ab0ef20c855006_bg.wasm";
        let one = renamed(name, b"one");
        assert!(one.starts_with("dashboard-app-") && one.ends_with("_bg.wasm"), "{one}");
        assert_eq!(one.len(), name.len());
        assert_ne!(one, renamed(name, b"other"));
        assert_ne!(renamed("call-9e8c9023ab2bc0.css", b"one"), "call-9e8c9023ab2bc0.css");
    }

    #[test]
    fn the_files_of_the_worker_get_names_of_their_content_and_name_each_other_by_them() {
        let bundle = std::env::temp_dir().join(format!("calldeck-worker-{}", std::process::id()));
        fs::create_dir_all(&bundle).unwrap();
        let put = |name: &str, text: &str| fs::write(bundle.join(name), text).unwrap();
        put("worker_bg.wasm", "wasm");
        put("worker.js", "let wasm_bindgen");
        put("worker_loader.js", "importScripts('./worker.js');wasm_bindgen('./worker_bg.wasm')");
        put("index.html", "<meta content=\"./worker_loader.js\">");
        stamp_worker(&bundle).unwrap();
        let scripts = files(&bundle, "js").unwrap();
        let wasm = files(&bundle, "wasm").unwrap();
        let read = |name: &str| fs::read_to_string(bundle.join(name)).unwrap();
        let (loader, page) = (read(&scripts[1]), read("index.html"));
        fs::remove_dir_all(&bundle).unwrap();
        assert!(scripts[0].starts_with("worker-") && scripts[1].ends_with("_loader.js"));
        assert!(scripts.iter().chain(&wasm).all(|name| name.len() > 24), "{scripts:?} {wasm:?}");
        assert!(loader.contains(&scripts[0]) && loader.contains(&wasm[0]), "{loader}");
        assert!(page.contains(&scripts[1]), "{page}");
    }

    #[test]
    fn a_name_without_a_hash_stays() {
        assert_eq!(renamed("config.json", b"one"), "config.json");
    }

    #[test]
    fn whoever_names_a_file_names_its_new_name() {
        let bundle = std::env::temp_dir().join(format!("calldeck-shrink-{}", std::process::id()));
        fs::create_dir_all(&bundle).unwrap();
        fs::write(bundle.join("index.html"), "<link href=./a-1.css>").unwrap();
        refer(&bundle, "a-1.css", "a-2.css").unwrap();
        let page = fs::read_to_string(bundle.join("index.html")).unwrap();
        fs::remove_dir_all(&bundle).unwrap();
        assert_eq!(page, "<link href=./a-2.css>");
    }
}
