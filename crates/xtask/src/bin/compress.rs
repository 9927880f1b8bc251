//! Writes a `.br` and a `.gz` beside every file of a bundle that becomes smaller by it.
//!
//! A program of its own: these two crates take longer to compile than all of xtask, and are
//! needed by `cargo xtask dist` only.
#![allow(clippy::print_stdout, reason = "it is run by xtask, which shows what it says")]

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Pictures and sounds are compressed by themselves.
const KINDS: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];
/// The strongest, with a window of 16 MB: it is done once and downloaded often.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 24;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("compress takes the folder of a bundle")?;
    compress_all(Path::new(&folder))
}

fn compress_all(folder: &Path) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            compress_all(&path)?;
        } else if path.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known)) {
            println!("{}", path.display());
            let content = fs::read(&path)?;
            keep_if_smaller(&path, "br", &content, brotli(&content)?)?;
            keep_if_smaller(&path, "gz", &content, gzip(&content)?)?;
        }
    }
    Ok(())
}

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = CompressorWriter::new(&mut packed, 1 << 16, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    Ok(packed)
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(content)?;
    writer.finish()
}

fn keep_if_smaller(
    path: &Path,
    kind: &str,
    content: &[u8],
    packed: Vec<u8>,
) -> std::io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(kind);
    let beside = PathBuf::from(name);
    if packed.len() < content.len() {
        return fs::write(beside, packed);
    }
    // One of an earlier run would be served in place of the file.
    match fs::remove_file(beside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
