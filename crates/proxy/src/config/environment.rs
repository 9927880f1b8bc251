//! Where settings that do not stand in the file come from.

use std::io;
use std::path::Path;

/// Variables and files, as a value, so that tests need neither.
pub trait Environment {
    /// The value of a variable.
    fn variable(&self, name: &str) -> Option<String>;

    /// The text of a file.
    ///
    /// # Errors
    /// Whatever the file system says.
    fn file(&self, path: &Path) -> io::Result<String>;

    /// Whether there is such a directory.
    fn is_directory(&self, path: &Path) -> bool;
}

/// The real environment of the process.
pub struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn file(&self, path: &Path) -> io::Result<String> {
        std::fs::read_to_string(path)
    }

    fn is_directory(&self, path: &Path) -> bool {
        path.is_dir()
    }
}
