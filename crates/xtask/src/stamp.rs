//! Whether the built page still belongs to the source: a hash over everything that goes
//! into it, kept beside the bundle.
//!
//! Contents and not times, so that switching branches back and forth costs nothing.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::Outcome;

const INPUTS: [&str; 9] = [
    "src",
    "style",
    "locales",
    "public",
    "crates",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
];
/// Programs of their own; nothing of them is in the page. Every other crate may be.
const NATIVE: [&str; 5] =
    ["crates/bench", "crates/cli", "crates/demo", "crates/proxy", "crates/xtask"];

/// A stamp on disk.
#[derive(Debug)]
pub struct Stamp {
    path: PathBuf,
    now: String,
}

impl Stamp {
    /// What the source is now, to be compared with what is noted at the path.
    pub fn of(root: &Path, path: PathBuf) -> Outcome<Self> {
        let mut hasher = DefaultHasher::new();
        for input in INPUTS {
            add(root, &root.join(input), &mut hasher)?;
        }
        Ok(Self { path, now: format!("{:016x}\n", hasher.finish()) })
    }

    /// Whether the last build that ended well was of this source.
    pub fn holds(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|then| then == self.now)
    }

    /// Forgets the last build; done before a new one, which may be interrupted.
    pub fn remove(&self) -> Outcome {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(format!("{} could not be removed: {error}", self.path.display()).into())
            }
            _ => Ok(()),
        }
    }

    /// Notes that this source was built.
    pub fn write(&self) -> Outcome {
        fs::write(&self.path, &self.now).map_err(|error| {
            format!("{} could not be written: {error}", self.path.display()).into()
        })
    }
}

fn add(root: &Path, path: &Path, hasher: &mut DefaultHasher) -> Outcome {
    let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    if path.is_dir() {
        let is_test = name.starts_with("crates/") && name.ends_with("/tests");
        if is_test || NATIVE.contains(&name.as_str()) {
            return Ok(());
        }
        let mut entries =
            fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Outcome<Vec<_>>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(root, entry, hasher));
    }
    if path.is_file() {
        let content = fs::read(path)?;
        // Lengths keep a name and a content from running into each other.
        for part in [name.as_bytes(), &content] {
            hasher.write(&part.len().to_le_bytes());
            hasher.write(part);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Clone(PathBuf);

    impl Clone {
        fn new(name: &str) -> Self {
            let root =
                std::env::temp_dir().join(format!("calldeck-stamp-{name}-{}", std::process::id()));
            let clone = Self(root);
            for dir in ["src/pages", "crates/calls/src", "crates/calls/tests", "crates/proxy"] {
                fs::create_dir_all(clone.0.join(dir)).unwrap();
            }
            clone.put("src/pages/list.rs", "one");
            clone
        }

        fn put(&self, name: &str, content: &str) {
            fs::write(self.0.join(name), content).unwrap();
        }

        fn stamp(&self) -> Stamp {
            Stamp::of(&self.0, self.0.join("stamp")).unwrap()
        }
    }

    impl Drop for Clone {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_stamp_holds_until_something_in_the_page_changes() {
        let clone = Clone::new("holds");
        assert!(!clone.stamp().holds());
        clone.stamp().write().unwrap();
        assert!(clone.stamp().holds());
        clone.put("crates/calls/src/lib.rs", "new");
        assert!(!clone.stamp().holds());
        clone.stamp().write().unwrap();
        fs::rename(clone.0.join("src/pages/list.rs"), clone.0.join("src/pages/call.rs")).unwrap();
        assert!(!clone.stamp().holds());
    }

    #[test]
    fn tests_and_native_programs_do_not_rebuild_the_page() {
        let clone = Clone::new("native");
        clone.stamp().write().unwrap();
        clone.put("crates/calls/tests/zone.rs", "new");
        clone.put("crates/proxy/main.rs", "new");
        assert!(clone.stamp().holds());
    }

    #[test]
    fn an_interrupted_build_leaves_no_stamp() {
        let clone = Clone::new("remove");
        clone.stamp().write().unwrap();
        clone.stamp().remove().unwrap();
        assert!(!clone.stamp().holds());
        clone.stamp().remove().unwrap();
    }
}
