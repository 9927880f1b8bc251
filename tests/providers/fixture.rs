//! The fixtures on disk.

use std::path::{Path, PathBuf};

use providers::Answer;

/// A body as a provider would send it.
pub(crate) struct Fixture {
    /// Path below the provider's directory: `list/documented.json`.
    pub(crate) name: String,
    /// HTTP status.
    pub(crate) status: u16,
    /// Header names and values.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Fixture {
    pub(crate) fn answer(&self) -> Answer {
        Answer { status: self.status, headers: self.headers.clone(), body: self.body.clone() }
    }
}

pub(crate) fn directory(provider: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(provider)
}

pub(crate) fn text(provider: &str, name: &str) -> String {
    let path = directory(provider).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// All fixtures of a kind (`list`, `detail`, …), by name. There may be none.
pub(crate) fn of(provider: &str, kind: &str) -> Vec<Fixture> {
    let names = names(&directory(provider).join(kind));
    let bodies = names.into_iter().filter(|name| !name.ends_with(".headers"));
    bodies.map(|name| find(provider, &format!("{kind}/{name}"))).collect()
}

pub(crate) fn find(provider: &str, name: &str) -> Fixture {
    let path = directory(provider).join(name);
    let body = std::fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let headers = std::fs::read_to_string(path.with_extension("headers")).unwrap_or_default();
    let headers = headers.lines().filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Fixture { name: name.to_owned(), status: status(name), headers, body }
}

/// `error/429-limit.json` was sent with 429, everything else with 200.
fn status(name: &str) -> u16 {
    let number = name.strip_prefix("error/").and_then(|name| name.split('-').next());
    number.map_or(200, |number| number.parse().unwrap())
}

/// Every file below a provider's directory, as text.
pub(crate) fn all_texts(provider: &str) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for kind in names(&directory(provider)) {
        let inside = names(&directory(provider).join(&kind));
        let files = if inside.is_empty() {
            vec![kind]
        } else {
            inside.iter().map(|name| format!("{kind}/{name}")).collect()
        };
        for name in files {
            let bytes = std::fs::read(directory(provider).join(&name)).unwrap();
            texts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    texts
}

/// The adapters' own files: path and text.
pub(crate) fn adapter_sources() -> Vec<(String, String)> {
    let adapters = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/providers/src/adapters");
    let (mut sources, mut directories) = (Vec::new(), vec![adapters]);
    while let Some(directory) = directories.pop() {
        for path in names(&directory).into_iter().map(|name| directory.join(name)) {
            match std::fs::read_to_string(&path) {
                Ok(text) => sources.push((path.display().to_string(), text)),
                Err(_) => directories.push(path),
            }
        }
    }
    assert!(!sources.is_empty(), "no adapter was found");
    sources
}

/// Names in a directory, sorted; none if it is no directory.
fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
