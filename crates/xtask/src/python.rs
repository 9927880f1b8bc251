//! Pythons with packages of their own, in the folder of the tools.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::Progress;
use crate::{Outcome, tools};

/// A Python with its packages.
pub struct Python {
    /// The program.
    pub program: PathBuf,
    /// Whether it was just made.
    pub is_new: bool,
}

/// Finds or makes the Python of this name with these packages, each with its version.
pub fn with(name: &str, packages: &[String], progress: &mut Progress<'_>) -> Outcome<Python> {
    let folder = tools::folder()?;
    let home = folder.join(name);
    let program = program(&home);
    if home.join("complete").is_file() {
        return Ok(Python { program, is_new: false });
    }
    std::fs::create_dir_all(&folder)?;
    progress.doing(&format!("installing {name}"));
    let python = if cfg!(windows) { "python" } else { "python3" };
    tools::run(Command::new(python).args(["-m", "venv", "--clear"]).arg(&home), progress)
        .map_err(|error| format!("{error}\n\nPython 3.9 or later with venv is needed."))?;
    let mut pip = Command::new(&program);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    tools::run(pip.args(packages), progress)?;
    std::fs::write(home.join("complete"), "")?;
    Ok(Python { program, is_new: true })
}

fn program(home: &Path) -> PathBuf {
    if cfg!(windows) { home.join("Scripts/python.exe") } else { home.join("bin/python") }
}
