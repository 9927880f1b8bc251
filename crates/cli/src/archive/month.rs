//! The file of a month's calls, put together from what is saved of each. It is only written anew if
//! something in it differs, so that who copies the folder copies what changed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;

use ::export::{calldeck, folder};

use super::saved::Entry;
use super::shelf::Shelf;
use super::tally::sentences;
use super::{Trouble, about, disk};

/// Writes a month's file. `missing` is what is missing of its calls as a whole.
pub(super) fn write(
    shelf: &mut Shelf,
    month: &str,
    missing: &[String],
    now_ms: i64,
) -> Result<(), Trouble> {
    let mut entries = shelf.month(month)?;
    entries.retain(|entry| disk::size(&entry.path.join(folder::CALL)).is_some());
    if entries.is_empty() {
        return shelf.close(month);
    }
    entries.sort_by(|a, b| (b.saved.started_ms, &a.key).cmp(&(a.saved.started_ms, &b.key)));
    let path = shelf.claim(month)?;
    let mut why = missing.to_vec();
    why.extend(entries.iter().flat_map(|entry| sentences(entry, &shelf.zone)));
    let mut head = String::new();
    calldeck::head(&about(&shelf.zone, connections(&entries), now_ms), &mut head);
    put(&path, &head, &entries, &why).map_err(|error| Trouble::at(&path, &error))
}

fn put(path: &Path, head: &str, entries: &[Entry], why: &[String]) -> io::Result<()> {
    let (part, file) = disk::begin(path)?;
    let mut out = BufWriter::new(file);
    out.write_all(head.as_bytes())?;
    let mut first = true;
    for entry in entries {
        let Some(record) = record(&entry.path.join(folder::CALL))? else { continue };
        out.write_all(if first { b"\n" } else { b",\n" })?;
        out.write_all(record.as_bytes())?;
        first = false;
    }
    let mut tail = String::new();
    calldeck::tail(why, &mut tail);
    out.write_all(tail.as_bytes())?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if disk::size(path).is_some() && is_same(&part, path)? {
        drop(file);
        return disk::remove(&part);
    }
    disk::end(file, &part, path)
}

/// The record in the file of one call: its second line.
fn record(path: &Path) -> io::Result<Option<String>> {
    let mut lines = BufReader::new(File::open(path)?).lines();
    lines.nth(1).transpose()
}

/// Whether two files hold the same calls. Their first lines say when they were written.
fn is_same(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) =
        (BufReader::new(File::open(one)?), BufReader::new(File::open(other)?));
    let (mut a, mut b) = (Vec::new(), Vec::new());
    one.read_until(b'\n', &mut a)?;
    other.read_until(b'\n', &mut b)?;
    loop {
        a.clear();
        b.clear();
        one.read_until(b'\n', &mut a)?;
        other.read_until(b'\n', &mut b)?;
        if a != b || a.is_empty() {
            return Ok(a == b);
        }
    }
}

/// The connections that the calls are of, under their latest names.
fn connections(entries: &[Entry]) -> Vec<calldeck::Connection> {
    let mut found: BTreeMap<String, calldeck::Connection> = BTreeMap::new();
    for entry in entries {
        let id = entry.key.connection.to_string();
        let (provider, name) = (entry.saved.provider.clone(), entry.saved.name.clone());
        found.entry(id.clone()).or_insert(calldeck::Connection { id, provider, name });
    }
    found.into_values().collect()
}
