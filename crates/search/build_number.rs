//! Makes one number of the sources of a crate: a page and a worker that were built from the same ones
//! understand each other.

use std::fs;
use std::hash::{DefaultHasher, Hasher};

/// Hands the number to the crate that is being built, under this name.
pub(crate) fn tell(name: &str) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    let mut files: Vec<_> =
        fs::read_dir("src")?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    // The folders are tests.
    files.retain(|file| file.is_file());
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        hasher.write(&fs::read(file)?);
    }
    println!("cargo::rustc-env={name}={}", hasher.finish());
    Ok(())
}
