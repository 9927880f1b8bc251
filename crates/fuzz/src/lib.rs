//! Everything that reads what others wrote, as targets for random input: each takes any bytes and
//! panics where a promise is broken.
//!
//! The same targets run three ways: over the fixtures and over mutations of them in every test
//! run (`tests/replay.rs`), and guided by coverage in `cargo xtask test --job fuzz`
//! (`bin/coverage.rs`). The targets of providers are made of what is registered, so that a new
//! provider has them without a word here.
//!
//! What is promised everywhere: nothing panics, whatever is read is read alike a second time, and
//! what was read can be shown ([`sane`]).
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a panic is how a target tells what it found"
)]

pub mod mutation;
pub mod provider;
mod run;
pub mod sane;
pub mod seeds;
pub mod sound;
pub mod text;
pub mod transcript;

/// Something that reads what others wrote.
pub struct Target {
    /// Its name, in file names and on the command line: `list-atoms`.
    pub name: String,
    /// What it begins with: documented input, and what was kept of former runs.
    pub seeds: Vec<Vec<u8>>,
    run: Run,
}

/// Reads an input and panics where a promise is broken.
type Run = Box<dyn Fn(&[u8])>;

impl Target {
    /// A target by its name, its documented input, and what is done with an input.
    pub fn new(
        name: impl Into<String>,
        seeds: Vec<Vec<u8>>,
        run: impl Fn(&[u8]) + 'static,
    ) -> Self {
        let name = name.into();
        let seeds = [seeds, seeds::kept(&name)].concat();
        Self { name, seeds, run: Box::new(run) }
    }

    /// Reads an input.
    ///
    /// # Panics
    /// If a promise is broken.
    pub fn run(&self, input: &[u8]) {
        (self.run)(input);
    }
}

/// Every target.
#[must_use]
pub fn targets() -> Vec<Target> {
    let mut targets = Vec::new();
    for adapter in providers::all() {
        targets.push(provider::list(*adapter));
        targets.push(provider::detail(*adapter));
    }
    targets.push(provider::refusal());
    targets.push(transcript::target());
    targets.extend(text::targets());
    targets.extend(sound::targets());
    targets
}
