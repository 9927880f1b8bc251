//! A target under libFuzzer, which is told by coverage what leads further. `cargo xtask test --job
//! fuzz` builds this with the flags that it needs and runs it; `FUZZ_TARGET` names the target, and
//! `FUZZ_SEEDS` a folder for its documented input. Without a name the targets are listed.
#![no_main]
#![allow(unsafe_code, reason = "the entry points that libFuzzer calls are named by its macros")]
#![allow(clippy::expect_used, clippy::panic, reason = "a tool of tests")]

use std::cell::OnceCell;
use std::path::Path;

use fuzz::{Target, mutation, targets};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

thread_local! {
    static TARGET: OnceCell<Target> = const { OnceCell::new() };
}

fuzz_target!(init: begin(), |input: &[u8]| {
    TARGET.with(|target| target.get().expect("there is a target").run(input));
});

// Half of the time libFuzzer changes bytes as it sees fit, else a value of the JSON is changed,
// which by bytes alone would take for ever.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed.is_multiple_of(2) {
        return fuzzer_mutate(data, size, max_size);
    }
    let mut rng = fastrand::Rng::with_seed(seed.into());
    let changed = mutation::mutated(data.get(..size).unwrap_or_default(), &mut rng);
    let length = changed.len().min(max_size);
    for (to, from) in data.iter_mut().zip(changed.into_iter().take(length)) {
        *to = from;
    }
    length
});

fn begin() {
    let Ok(name) = std::env::var("FUZZ_TARGET") else { list() };
    let mut all = targets().into_iter();
    let target = all.find(|target| target.name == name);
    let target = target.unwrap_or_else(|| panic!("there is no target {name}"));
    if let Some(folder) = std::env::var_os("FUZZ_SEEDS") {
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        for (number, seed) in target.seeds.iter().enumerate() {
            let path = Path::new(&folder).join(format!("documented-{number}"));
            std::fs::write(path, seed).expect("the folder can be written to");
        }
    }
    TARGET.with(|slot| drop(slot.set(target)));
}

#[allow(clippy::print_stdout, reason = "what it is asked for")]
fn list() -> ! {
    targets().iter().for_each(|target| println!("{}", target.name));
    std::process::exit(0)
}
