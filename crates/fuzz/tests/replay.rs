//! Every target over its documented input, and over changes of it that are the same in every run.
//!
//! `FUZZ_SEED=7 cargo test -p fuzz` changes it in another way.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use fuzz::{Target, mutation, targets};

/// How many changed inputs each target reads: some ten seconds in all.
const ROUNDS: u64 = 400;

#[test]
fn every_target_takes_what_is_documented() {
    let found = targets().into_iter().filter_map(|target| {
        assert!(!target.seeds.is_empty(), "{} begins with nothing", target.name);
        target.seeds.iter().find_map(|seed| finding(&target, seed, "as documented"))
    });
    none(found.collect());
}

#[test]
fn every_target_takes_what_has_been_changed_at_random() {
    let seed = std::env::var("FUZZ_SEED").ok().map_or(1, |seed| seed.parse().unwrap());
    let found = targets().into_iter().filter_map(|target| {
        (0..ROUNDS).find_map(|round| {
            let mut rng = fastrand::Rng::with_seed(seed ^ (round << 16));
            let from = &target.seeds[rng.usize(0..target.seeds.len())];
            let input = mutation::mutated(from, &mut rng);
            finding(&target, &input, &format!("FUZZ_SEED={seed}, round {round}"))
        })
    });
    none(found.collect());
}

/// Every registered provider is fuzzed, without a word here.
#[test]
fn every_provider_has_its_targets() {
    let names: Vec<String> = targets().into_iter().map(|target| target.name).collect();
    for adapter in providers::all() {
        for kind in ["list", "detail"] {
            let name = format!("{kind}-{}", adapter.describe().id);
            assert!(names.contains(&name), "{name} is missing");
        }
    }
}

/// What an input breaks. The promise itself is in the panic's message, which is printed.
fn finding(target: &Target, input: &[u8], how: &str) -> Option<String> {
    let read = catch_unwind(AssertUnwindSafe(|| target.run(input)));
    read.is_err().then(|| format!("{}, {how}: {}", target.name, input.escape_ascii()))
}

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "{} targets break:\n{}", found.len(), found.join("\n"));
}
