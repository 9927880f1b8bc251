//! Programs that are not part of this repository: where they are kept, found and built.

use std::collections::VecDeque;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use crate::Outcome;
use crate::children::{Line, Running};
use crate::steps::Progress;

/// How much of a failed program's output is repeated.
const TAIL_LINES: usize = 60;

/// The folder that the tools are kept in; it survives `cargo clean`.
pub fn folder() -> Outcome<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("CALLDECK_TOOLS")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("calldeck/tools")))
        .or_else(|| env::home_dir().map(|home| home.join(".cache/calldeck/tools")))
        .ok_or_else(|| {
            "There is no home folder to keep tools in. Set CALLDECK_TOOLS to one.".into()
        })
}

/// A program on the path.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(&file)).find(|path| path.is_file())
}

/// The path with a folder in front of it.
pub fn path_with(front: &[&Path]) -> OsString {
    let rest = env::var_os("PATH").unwrap_or_default();
    let all = front.iter().map(|dir| dir.to_path_buf()).chain(env::split_paths(&rest));
    env::join_paths(all).unwrap_or(rest)
}

/// The version that a program says it has: the second word of what `--version` prints.
pub fn version_of(program: &Path) -> Option<String> {
    said(program, &["--version"])?.split_whitespace().nth(1).map(str::to_owned)
}

/// What a program prints, when it ends well.
pub fn said(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program to its end and shows what it says as the progress of a step. The error
/// repeats the command and the end of its output.
pub fn run(command: &mut Command, progress: &mut Progress<'_>) -> Outcome {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    // Cargo counts its crates when it is asked to, wherever its output goes.
    command.env("CARGO_TERM_PROGRESS_WHEN", "always").env("CARGO_TERM_PROGRESS_WIDTH", "100");
    let mut running = Running::start(command)?;
    let lines = running.lines();
    let mut tail = VecDeque::new();
    loop {
        match lines.recv_timeout(Duration::from_millis(500)) {
            Ok(Line::Out(line) | Line::Err(line)) => hear(&line, &mut tail, progress),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        progress.tick();
    }
    if running.wait()?.success() {
        return Ok(());
    }
    let tail = Vec::from(tail).join("\n");
    Err(format!("{tail}\n\nThis failed: {}", shown(command)).into())
}

fn hear(line: &str, tail: &mut VecDeque<String>, progress: &mut Progress<'_>) {
    if line.trim_start().starts_with("Building [") {
        progress.counted(counter(line));
        return;
    }
    if !line.trim().is_empty() {
        progress.heard(line);
    }
    if tail.len() == TAIL_LINES {
        tail.pop_front();
    }
    tail.push_back(line.to_owned());
}

/// How many of how many: `45/120` out of `Building [====>   ] 45/120: serde, leptos`.
fn counter(line: &str) -> &str {
    let count = line.split_once("] ").map_or("", |(_, count)| count);
    count.split(':').next().unwrap_or_default()
}

/// A command as a person would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Whether packages of the system can be installed without asking for a password.
pub fn is_root() -> bool {
    said("id", &["-u"]).as_deref() == Some("0")
}

/// Installs Debian's packages, or says which line to run.
pub fn apt_install(packages: &[&str], progress: &mut Progress<'_>) -> Outcome {
    let line = format!("apt-get install --no-install-recommends {}", packages.join(" "));
    if on_path("apt-get").is_none() || !is_root() {
        return Err(format!("Run this as root, then start again: {line}").into());
    }
    progress.doing(&format!("{line}, with Debian's packages"));
    run(apt().arg("update"), progress)?;
    run(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages), progress)
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "Dpkg::Use-Pty=0"]);
    apt
}

/// A program that comes from crates.io in one version.
#[derive(Debug)]
pub struct Crate<'a> {
    /// The package.
    pub package: &'a str,
    /// The program in it.
    pub program: &'a str,
    /// Exactly this version.
    pub version: &'a str,
    /// What `cargo install` is told besides.
    pub flags: &'a [&'a str],
}

impl Crate<'_> {
    /// A folder that has the program, if the path or the tools have the right version.
    pub fn find(&self, tools: &Path) -> Option<PathBuf> {
        let own = self.root(tools).join("bin").join(self.program);
        let own = own.with_extension(env::consts::EXE_EXTENSION);
        let right = |path: &PathBuf| version_of(path).as_deref() == Some(self.version);
        let found = Some(own).filter(right).or_else(|| on_path(self.program).filter(right))?;
        found.parent().map(Path::to_owned)
    }

    /// Gets it, prebuilt where `cargo binstall` can; answers the folder it is in.
    pub fn install(&self, tools: &Path, progress: &mut Progress<'_>) -> Outcome<PathBuf> {
        std::fs::create_dir_all(tools)
            .map_err(|error| format!("{} could not be made: {error}", tools.display()))?;
        let prebuilt = said("cargo", &["binstall", "-V"]).is_some();
        if !(prebuilt && self.download(tools, progress).is_ok()) {
            self.build(tools, progress)?;
        }
        self.find(tools).ok_or_else(|| {
            format!(
                "{} {} is still not there after its installation. Look into {}.",
                self.program,
                self.version,
                self.root(tools).display()
            )
            .into()
        })
    }

    fn root(&self, tools: &Path) -> PathBuf {
        tools.join(format!("{}-{}", self.program, self.version))
    }

    fn download(&self, tools: &Path, progress: &mut Progress<'_>) -> Outcome {
        progress.doing("fetching it prebuilt with cargo binstall");
        let mut command = cargo(tools);
        command.args(["binstall", "--no-confirm", "--root"]).arg(self.root(tools));
        run(command.arg(self.spec()), progress)
    }

    fn build(&self, tools: &Path, progress: &mut Progress<'_>) -> Outcome {
        progress.doing("building it from source");
        // A folder that stays when the build is interrupted, so that the next one goes on.
        let scratch = tools.join(format!("build-{}", self.program));
        let mut command = cargo(tools);
        command.args(["install", "--locked", "--debug", "--root"]).arg(self.root(tools));
        command.args(self.flags).arg(self.spec()).env("CARGO_TARGET_DIR", &scratch);
        command.env("CARGO_PROFILE_DEV_DEBUG", "false");
        run(&mut command, progress).map_err(|error| {
            format!(
                "{error}\n\nIf crates.io cannot be reached, check the network and start again. \
                 {} {} on the PATH is used as well.",
                self.program, self.version
            )
        })?;
        // What was built is installed; an unremoved folder only costs space.
        let _ = std::fs::remove_dir_all(&scratch);
        Ok(())
    }

    fn spec(&self) -> String {
        format!("{}@{}", self.package, self.version)
    }
}

/// Cargo outside the repository, so that nothing of its settings reaches the tool's build.
fn cargo(tools: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(tools).env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_of_crates_is_shown_without_the_bar() {
        assert_eq!(counter("    Building [====>    ] 45/120: serde, leptos"), "45/120");
    }

    #[test]
    fn a_program_that_does_not_exist_has_no_version() {
        assert_eq!(version_of(Path::new("/nonexistent/trunk")), None);
    }

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        assert_eq!(
            shown(Command::new("cargo").args(["build", "--locked"])),
            "cargo build --locked"
        );
    }

    #[test]
    fn a_tool_is_looked_for_under_its_name_and_version() {
        let tool = Crate { package: "trunk", program: "trunk", version: "0.21.14", flags: &[] };
        assert_eq!(tool.root(Path::new("/t")), Path::new("/t/trunk-0.21.14"));
        assert_eq!(
            tool.find(Path::new("/nonexistent")).is_some(),
            on_path("trunk").is_some_and(|path| version_of(&path).as_deref() == Some("0.21.14"))
        );
    }
}
