//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// What is made while building, or belongs to git.
const NOT_OURS: [&str; 6] = [".git", ".trunk", "dist", "node_modules", "target", ".cargo-ok"];

/// A text file.
#[derive(Debug)]
pub(crate) struct Source {
    /// From the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// None if it is no text.
    pub(crate) fn read(path: String) -> Option<Self> {
        let text = fs::read_to_string(root().join(&path)).ok()?;
        Some(Self { path, text })
    }

    /// `path:line: code` of every line whose code, comments left out, has one of these.
    pub(crate) fn lines_with(&self, needles: &[&str]) -> Vec<String> {
        self.places(needles, code)
    }

    /// The same, but not where the line itself or the one above excuses it.
    pub(crate) fn lines_with_unless(&self, needles: &[&str], excuse: &str) -> Vec<String> {
        let lines: Vec<_> = self.text.lines().collect();
        let excused = |number: usize| {
            lines[number.saturating_sub(1)..=number].iter().any(|line| line.contains(excuse))
        };
        let found = lines.iter().enumerate().filter(|(number, line)| {
            needles.iter().any(|needle| code(line).contains(needle)) && !excused(*number)
        });
        found.map(|(number, line)| self.place(number, line)).collect()
    }

    /// The same in the whole line.
    pub(crate) fn lines_with_in_comments_too(&self, needles: &[&str]) -> Vec<String> {
        self.places(needles, |line| line)
    }

    /// `path:line: code`, with lines counted from 0.
    pub(crate) fn place(&self, number: usize, line: &str) -> String {
        let short: String = line.trim().chars().take(100).collect();
        format!("{}:{}: {short}", self.path, number + 1)
    }

    fn places(&self, needles: &[&str], part: fn(&str) -> &str) -> Vec<String> {
        let lines = self.text.lines().enumerate();
        lines
            .filter(|(_, line)| needles.iter().any(|needle| part(line).contains(needle)))
            .map(|(number, line)| self.place(number, line))
            .collect()
    }
}

/// A line without a comment at its end. The `//` of an address follows a colon.
fn code(line: &str) -> &str {
    let comment = line.match_indices("//").find(|(at, _)| !line[..*at].ends_with(':'));
    comment.map_or(line, |(at, _)| &line[..at])
}

/// The folder with the workspace's `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file that has to be there.
#[track_caller]
pub(crate) fn read(path: impl AsRef<str>) -> String {
    let path = path.as_ref();
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files below a folder with this ending.
pub(crate) fn files(folder: &str, ending: &str) -> impl Iterator<Item = Source> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    let ending = format!(".{ending}");
    paths.into_iter().filter(move |path| path.ends_with(&ending)).filter_map(Source::read)
}

/// Every file that is not made while building, in the order of their names.
pub(crate) fn all() -> Vec<String> {
    let mut paths = Vec::new();
    walk(root(), &mut paths);
    paths
}

fn walk(folder: &Path, paths: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if entry.is_dir() {
            walk(&entry, paths);
        } else {
            let path = entry.strip_prefix(root()).unwrap().to_string_lossy();
            paths.push(path.replace('\\', "/"));
        }
    }
}

#[test]
fn a_comment_is_not_code_but_an_address_is() {
    assert_eq!(code("let a = 1; // web_sys"), "let a = 1; ");
    assert_eq!(code("//! js_sys"), "");
    assert_eq!(code("get(\"http://127.0.0.1\")"), "get(\"http://127.0.0.1\")");
}

#[test]
fn an_excuse_counts_for_its_own_line_and_the_next() {
    let text = "pause();\n// fine: why\npause();\npause();\n".to_owned();
    let file = Source { path: "a.rs".to_owned(), text };
    assert_eq!(
        file.lines_with_unless(&["pause"], "fine:"),
        ["a.rs:1: pause();", "a.rs:4: pause();"]
    );
}
