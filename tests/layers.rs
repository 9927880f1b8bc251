//! Which crate may know which: the arrows of ARCHITECTURE.md, held over `cargo tree`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;
use std::process::Command;

/// A crate of the workspace, and the ones that it may know. What an allowed crate knows may
/// be used directly as well.
const ARROWS: [(&str, &[&str]); 16] = [
    ("dashboard", &["calls", "kernels", "place", "providers", "load", "export", "search", "sound"]),
    ("cli", &["calls", "place", "providers", "load", "export", "proxy", "demo"]),
    ("worker", &["calls", "search", "sound"]),
    ("bench", &["dashboard", "calls", "search", "sound"]),
    ("load", &["calls", "kernels", "providers"]),
    ("proxy", &["calls", "providers"]),
    ("demo", &["calls", "providers"]),
    ("export", &["calls"]),
    ("search", &["calls"]),
    ("place", &["calls", "search"]),
    ("fuzz", &["dashboard", "export", "search", "place", "calls", "providers", "load", "sound"]),
    ("providers", &["calls"]),
    ("sound", &["kernels"]),
    ("calls", &["kernels"]),
    ("kernels", &[]),
    ("xtask", &[]),
];

/// What reaches the network, in any form that a crate could take in.
const NETWORK: [&str; 7] = ["reqwest", "hyper", "ureq", "gloo-net", "web-sys", "tokio", "axum"];

#[test]
fn crates_know_only_what_lies_below_them() {
    let members = members();
    for member in &members {
        let (_, allowed) = ARROWS.iter().find(|(name, _)| name == member).unwrap_or_else(|| {
            panic!("crates/{member} is on no map: add it to ARCHITECTURE.md and to this test")
        });
        let known = tree(member, &["--depth", "1"]);
        for other in known.intersection(&members).filter(|other| *other != member) {
            assert!(
                allowed.contains(&other.as_str()),
                "{member} may not depend on {other}. The map in ARCHITECTURE.md says who knows \
                 whom; what both need belongs into a crate that both may know."
            );
        }
    }
}

/// The domain is plain data in and plain data out, so that it cannot fail and runs anywhere.
#[test]
fn the_domain_knows_no_wire_format_and_no_clock() {
    let tree = tree("calls", &[]);
    lacks("calls", &tree, &["serde", "serde_json"]);
    lacks("calls", &tree, &NETWORK);
    // chrono's `clock` would bring these, and with them an answer to "now" that no test can set.
    lacks("calls", &tree, &["iana-time-zone"]);
}

/// An adapter says what it wants sent and reads what came: whoever uses it does the sending.
#[test]
fn the_providers_never_send_anything_themselves() {
    lacks("providers", &tree("providers", &[]), &NETWORK);
    lacks("load", &tree("load", &[]), &NETWORK);
}

/// What is in this tree is downloaded by everybody who opens the dashboard.
#[test]
fn the_page_carries_nothing_that_belongs_to_a_server() {
    let tree = tree("dashboard", &["--target", "wasm32-unknown-unknown"]);
    lacks("the page", &tree, &["tokio", "proxy", "demo", "cli", "reqwest", "hyper", "axum"]);
    // Measured with brotli: 47, 83 and 123 kB, for what a few lines do here.
    lacks("the page", &tree, &["leptos_router", "chrono-tz", "jiff"]);
    // What decodes recordings is in the worker, which is loaded when there is something to draw.
    lacks("the page", &tree, &["symphonia", "symphonia-core"]);
    // One door to the clock: the browser's own, in src/browser.
    lacks("the page", &tree, &["iana-time-zone"]);
}

fn lacks(whose: &str, tree: &BTreeSet<String>, unwanted: &[&str]) {
    for name in unwanted {
        assert!(
            !tree.contains(*name),
            "{whose} depends on {name}, which it must not. This shows through what: \
             cargo tree --workspace --edges normal --invert {name}"
        );
    }
}

/// Every package that a crate of ours is linked with, itself included.
fn tree(package: &str, more: &[&str]) -> BTreeSet<String> {
    let edges = ["tree", "--package", package, "--edges", "normal,no-proc-macro"];
    let output = cargo(&edges, &[&["--prefix", "none", "--format", "{p}"], more].concat());
    names(&output)
}

fn members() -> BTreeSet<String> {
    let output = cargo(&["tree", "--workspace", "--depth", "0"], &["--prefix", "none"]);
    names(&output)
}

/// `serde v1.0.228` on each line; an empty line between trees.
fn names(output: &str) -> BTreeSet<String> {
    output.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn cargo(arguments: &[&str], more: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(more)
        .arg("--locked")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?} {more:?} failed:\n{errors}");
    String::from_utf8(output.stdout).unwrap()
}
