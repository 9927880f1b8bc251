//! `cargo xtask test --job fuzz`: every target of `crates/fuzz` under libFuzzer, guided by
//! coverage, on stable Rust.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::children::{Line, Running};
use crate::steps::{Ended, Step, Steps};
use crate::{Outcome, app, tools};

const BUILD: Step = Step { title: "The fuzz targets", usually: "5 minutes at first" };

/// How long each target is tried. `FUZZ_SECS` changes it.
const USUAL_SECS: u64 = 240;

/// What tells libFuzzer where an input leads: counters at every edge, and what is compared with
/// what. All of it is the compiler's own and needs no nightly, unlike the sanitizers, which look
/// for what code without `unsafe` cannot do.
const COVERAGE: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// How a target ended.
struct Ending {
    target: String,
    /// The last that libFuzzer said of how far it came.
    reached: String,
    /// What it printed when it found something.
    found: Option<String>,
}

/// Runs the job. What was found lies in `target/fuzz/found`, one file an input.
pub fn run(root: &Path) -> Outcome<ExitCode> {
    let secs = match env::var("FUZZ_SECS") {
        Ok(secs) => secs.parse().map_err(|_| format!("FUZZ_SECS is no number: `{secs}`."))?,
        Err(_) => USUAL_SECS,
    };
    // Apart from every other build, whose flags are others.
    let folder = app::target(root).join("fuzz");
    let program = build(root, &folder, &Steps::plan(&[BUILD]))?;
    let targets = tools::said(&program, &[]).ok_or("The targets could not be listed.")?;
    let targets: Vec<&str> = targets.lines().collect();
    println!("\n{} targets, {secs} seconds each.", targets.len());
    let endings = all(&targets, |target| fuzz(&program, &folder, target, secs));
    let found = endings.iter().filter(|ending| ending.found.is_some()).count();
    for ending in &endings {
        println!("{:<20} {}", ending.target, ending.reached);
        ending.found.iter().for_each(|words| println!("{words}\n"));
    }
    println!("{found} of {} targets found something.", endings.len());
    if found > 0 {
        println!("{}", what_to_do(&folder.join("found")));
    }
    Ok(if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn what_to_do(found: &Path) -> String {
    format!(
        "The inputs are in {}. Mend what they break, write a test that names it, and keep an \
         input that no test says in crates/fuzz/corpus/TARGET/: `cargo test -p fuzz` reads it.",
        found.display()
    )
}

/// Builds the targets with the flags; answers the program.
fn build(root: &Path, folder: &Path, steps: &Steps) -> Outcome<PathBuf> {
    steps.run(BUILD, |progress| {
        progress.doing("building them with cargo, and libFuzzer with the C++ compiler");
        let host = tools::said("rustc", &["--print", "host-tuple"]);
        let host = host.ok_or("`rustc --print host-tuple` says nothing: is it 1.84 or later?")?;
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root).env("RUSTFLAGS", COVERAGE).arg("build");
        cargo.args(["--package", "fuzz", "--bin", "coverage", "--features", "coverage"]);
        // With a target, what runs while building is left as it is.
        cargo.args(["--profile", "fuzz", "--target", &host, "--target-dir"]).arg(folder);
        tools::run(&mut cargo, progress)?;
        let program = format!("{host}/fuzz/coverage{}", env::consts::EXE_SUFFIX);
        Ok(Ended::Done(folder.join(program)))
    })
}

/// Does it to all of them, as many at a time as there are processors.
fn all(targets: &[&str], work: impl Fn(&str) -> Outcome<Ending> + Sync) -> Vec<Ending> {
    let next = AtomicUsize::new(0);
    let some = || {
        let turn = || targets.get(next.fetch_add(1, Ordering::SeqCst));
        std::iter::from_fn(turn).map(|target| tried(target, work(target))).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let at_once = thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..at_once).map(|_| scope.spawn(some)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    })
}

fn tried(target: &str, ending: Outcome<Ending>) -> Ending {
    ending.unwrap_or_else(|error| Ending {
        target: target.to_owned(),
        reached: "did not run".to_owned(),
        found: Some(error.to_string()),
    })
}

fn fuzz(program: &Path, folder: &Path, target: &str, secs: u64) -> Outcome<Ending> {
    let place = |kind: &str| folder.join(kind).join(target);
    let (corpus, seeds, found) = (place("corpus"), place("seeds"), place("found"));
    for new in [&corpus, &seeds, &found] {
        std::fs::create_dir_all(new)?;
    }
    let mut command = Command::new(program);
    command.env("FUZZ_TARGET", target).env("FUZZ_SEEDS", &seeds);
    command.arg(format!("-max_total_time={secs}")).arg("-timeout=20").arg("-max_len=20000");
    command.arg(format!("-artifact_prefix={}/", found.display())).arg(corpus).arg(seeds);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    println!("{target} …");
    let mut running = Running::start(&mut command)?;
    let mut said = Vec::new();
    for line in running.lines() {
        let (Line::Out(line) | Line::Err(line)) = line;
        said.push(line);
    }
    let good = running.wait()?.success();
    Ok(ending(target, &said, good))
}

/// `#24123 DONE   cov: 812 ft: 3004 corp: 290/91Kb …` is how far it came; what was found begins
/// with the panic.
fn ending(target: &str, said: &[String], good: bool) -> Ending {
    let reached = said.iter().rev().find(|line| line.starts_with('#') && line.contains(" cov: "));
    let panic = said.iter().position(|line| line.contains("panicked at"));
    let from = panic.unwrap_or(said.len().saturating_sub(20));
    let words = || said.iter().skip(from).take(30).cloned().collect::<Vec<_>>().join("\n");
    Ending {
        target: target.to_owned(),
        reached: reached.cloned().unwrap_or_default(),
        found: (!good).then(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_target_that_ended_well_says_how_far_it_came() {
        let said =
            lines("INFO: Seed: 1\n#2 INITED cov: 3 ft: 4\n#9 DONE   cov: 12 ft: 30\nDone 9 runs");
        let ending = ending("place", &said, true);
        assert_eq!((ending.reached.as_str(), ending.found), ("#9 DONE   cov: 12 ft: 30", None));
    }

    #[test]
    fn what_was_found_is_told_from_the_panic_on() {
        let said =
            lines("INFO: x\n#2 INITED cov: 3 ft: 4\nthread 'main' panicked at a.rs:1:\nboom");
        let found = ending("place", &said, false).found.unwrap();
        assert_eq!(found, "thread 'main' panicked at a.rs:1:\nboom");
        assert!(ending("place", &lines("killed"), false).found.is_some());
    }

    #[test]
    fn every_target_has_its_turn() {
        let work = |target: &str| match target {
            "b" => Err("no room".into()),
            _ => Ok(ending(target, &[], true)),
        };
        let endings = all(&["a", "b", "c"], work);
        let found: Vec<_> = endings.into_iter().filter_map(|ending| ending.found).collect();
        assert_eq!(found, ["no room"]);
    }
}
