//! The standard library for `wasm32-unknown-unknown`: rustup's, else Debian's.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::steps::{Ended, Progress};
use crate::tools;

const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's compiler with the source of its standard library, and the linker that it goes with.
const DEBIAN: [&str; 3] = ["rustc-web", "rust-web-src", "lld-22"];

/// Which compiler builds the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rust {
    /// The one that builds everything else.
    Rustup,
    /// Debian's, which brings the source of the standard library instead of a build of it.
    Debian {
        /// The linker for WebAssembly.
        linker: PathBuf,
    },
}

impl Rust {
    /// What cargo has to be told to use it.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Rustup => Vec::new(),
            Self::Debian { linker } => vec![
                ("RUSTC", "/usr/bin/rustc".to_owned()),
                // Building the standard library is not stable in cargo yet.
                ("RUSTC_BOOTSTRAP", "1".to_owned()),
                ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".to_owned()),
                (
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
                    linker.to_string_lossy().into_owned(),
                ),
            ],
        }
    }
}

/// Finds a compiler for the browser, or installs one.
pub fn set_up(progress: &mut Progress<'_>) -> Outcome<Ended<Rust>> {
    if is_there() {
        return Ok(Ended::There(Rust::Rustup, "already there".to_owned()));
    }
    let by_rustup = add_with_rustup(progress);
    if by_rustup.is_ok() && is_there() {
        return Ok(Ended::Done(Rust::Rustup));
    }
    if let Some(rust) = debian() {
        return Ok(Ended::There(rust, "Debian's rustc-web is used".to_owned()));
    }
    tools::apt_install(&DEBIAN, progress).map_err(|error| advice(by_rustup.err(), &*error))?;
    debian().map(Ended::Done).ok_or_else(|| advice(None, "rustc-web does not build for it").into())
}

fn is_there() -> bool {
    let folder = tools::said("rustc", &["--print", "target-libdir", "--target", TARGET]);
    let entries = folder.and_then(|folder| std::fs::read_dir(folder).ok());
    entries.is_some_and(|mut entries| entries.any(|entry| entry.is_ok()))
}

fn add_with_rustup(progress: &mut Progress<'_>) -> Outcome {
    if tools::on_path("rustup").is_none() {
        return Err("There is no rustup on the PATH.".into());
    }
    progress.doing(&format!("rustup target add {TARGET}"));
    tools::run(Command::new("rustup").args(["target", "add", TARGET]), progress)
}

fn debian() -> Option<Rust> {
    let sysroot = tools::said("/usr/bin/rustc", &["--print", "sysroot"])?;
    let source = Path::new(&sysroot).join("lib/rustlib/src/rust/library/std");
    let linker = tools::on_path("wasm-ld-22").filter(|_| source.is_dir())?;
    Some(Rust::Debian { linker })
}

fn advice(by_rustup: Option<Box<dyn std::error::Error>>, by_debian: impl ToString) -> String {
    let by_rustup = by_rustup.map(|error| format!("{error}\n\n")).unwrap_or_default();
    format!(
        "{by_rustup}The app needs Rust's {TARGET} target. With a network, this adds it: \
         rustup target add {TARGET}\nWithout rustup's server, Debian's packages {} do it too. {}",
        DEBIAN.join(", "),
        by_debian.to_string()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_compiler_needs_no_settings() {
        assert!(Rust::Rustup.environment().is_empty());
    }

    #[test]
    fn debians_compiler_builds_the_standard_library_itself() {
        let rust = Rust::Debian { linker: PathBuf::from("/usr/bin/wasm-ld-22") };
        let environment = rust.environment();
        assert!(environment.contains(&("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".into())));
        assert!(environment.iter().any(|(_, value)| value == "/usr/bin/wasm-ld-22"));
    }

    #[test]
    fn where_neither_can_be_had_both_ways_are_named() {
        let sentence = advice(Some("no network".into()), "Run this as root.");
        assert!(sentence.contains("rustup target add") && sentence.contains("rustc-web"));
    }
}
