//! Documented input, out of the fixtures of the contract tests.

use std::path::{Path, PathBuf};

/// Where the providers' fixtures lie.
#[must_use]
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}

/// The bodies of a provider's fixtures of a kind (`list`, `odd`) whose names begin like this.
#[must_use]
pub fn bodies(provider: &str, kind: &str, beginning: &str) -> Vec<Vec<u8>> {
    let directory = fixtures().join(provider).join(kind);
    let wanted = |name: &String| name.starts_with(beginning) && !name.ends_with(".headers");
    let names = names(&directory).into_iter().filter(wanted);
    names.map(|name| std::fs::read(directory.join(name)).unwrap()).collect()
}

/// Names in a directory, sorted; none if it is no directory.
fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Inputs that broke a promise once, or lead where no fixture does: `crates/fuzz/corpus/TARGET/`.
#[must_use]
pub fn kept(target: &str) -> Vec<Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    names(&directory).into_iter().map(|name| std::fs::read(directory.join(name)).unwrap()).collect()
}

/// A template of a provider's pages, if it has such a one.
#[must_use]
pub fn template(provider: &str, name: &str) -> Option<String> {
    std::fs::read_to_string(fixtures().join(provider).join("pages").join(name)).ok()
}

/// Everything that stands as a value under one of these names, anywhere in the fixtures' JSON.
#[must_use]
pub fn values_named(names: &[&str]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for adapter in providers::all() {
        for kind in ["detail", "transcript"] {
            for body in bodies(adapter.describe().id, kind, "") {
                if let Ok(value) = serde_json::from_slice(&body) {
                    collect(&value, names, &mut found);
                }
            }
        }
    }
    found
}

fn collect(value: &serde_json::Value, names: &[&str], found: &mut Vec<Vec<u8>>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, inner) in fields {
                if names.contains(&name.as_str()) {
                    found.push(inner.to_string().into_bytes());
                }
                collect(inner, names, found);
            }
        }
        serde_json::Value::Array(items) => {
            items.iter().for_each(|item| collect(item, names, found));
        }
        _ => {}
    }
}
