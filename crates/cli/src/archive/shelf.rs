//! The folder that calls are saved in: a folder a month, in it a folder a call, and beside these
//! the month's calls as one file that Calldeck opens.

use std::collections::{BTreeSet, HashMap};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use ::export::folder;
use calls::period::Span;
use calls::{Call, CallKey, Zone};
use load::Connection;

use super::saved::{Entry, SAVED, is_ours};
use super::{Trouble, disk};
use crate::ending::Ending;

/// What one run locks.
const LOCK: &str = ".calldeck-archive.lock";

/// The months whose file of calls is ours, one a line.
const MONTHS: &str = ".calldeck-archive.months";

/// A month and a day more: a call may lie in another month's folder in another zone.
const AROUND_MS: i64 = 32 * 86_400_000;

/// The folder, locked for this run.
pub(super) struct Shelf {
    pub(super) root: PathBuf,
    pub(super) zone: Zone,
    months: BTreeSet<String>,
    /// It is unlocked when this is dropped, or the program ends however it ends.
    _lock: File,
}

impl Shelf {
    /// Opens the folder, and makes it if it is not there.
    pub(super) fn open(root: &Path, zone: &Zone) -> Result<Self, Ending> {
        let wrong = |error: &dyn std::fmt::Display| {
            Ending::Usage(format!(
                "{} cannot be used ({error}). Name another folder.",
                root.display()
            ))
        };
        disk::make(root).map_err(|error| wrong(&error))?;
        let lock = disk::lockable(&root.join(LOCK)).map_err(|error| wrong(&error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let root = root.display();
                return Err(Ending::Busy(format!(
                    "Another calldeck archive is at work in {root}."
                )));
            }
            Err(TryLockError::Error(error)) => return Err(wrong(&error)),
        }
        let months = std::fs::read_to_string(root.join(MONTHS)).unwrap_or_default();
        let months = months.lines().map(str::to_owned).collect();
        Ok(Self { root: root.to_owned(), zone: zone.clone(), months, _lock: lock })
    }

    /// What is saved in the months of a span, by call.
    pub(super) fn around(&self, span: Span) -> Result<HashMap<CallKey, Entry>, Trouble> {
        let month = |at_ms: i64| folder::of_month(Some(at_ms), &self.zone);
        let first = month(span.from_ms.saturating_sub(AROUND_MS));
        let last = month(span.to_ms.saturating_add(AROUND_MS));
        let undated = folder::of_month(None, &self.zone);
        let wanted = |name: &&String| **name == undated || (first <= **name && **name <= last);
        let months = self.month_names()?;
        let entries = months.iter().filter(wanted).map(|name| self.month(name));
        let entries = entries.collect::<Result<Vec<_>, _>>()?;
        Ok(entries.into_iter().flatten().map(|entry| (entry.key.clone(), entry)).collect())
    }

    /// The times before and after a span in which calls are saved.
    pub(super) fn beside(&self, span: Span) -> Result<Vec<Span>, Trouble> {
        let mut times: Vec<i64> = Vec::new();
        for month in self.month_names()? {
            times.extend(self.month(&month)?.iter().filter_map(|entry| entry.saved.started_ms));
        }
        let first = times.iter().copied().filter(|at| *at < span.from_ms).min();
        let last = times.iter().copied().filter(|at| *at >= span.to_ms).max();
        let before = first.map(|from_ms| Span { from_ms, to_ms: span.from_ms });
        let after = last.map(|at_ms| Span { from_ms: span.to_ms, to_ms: at_ms.saturating_add(1) });
        Ok([before, after].into_iter().flatten().collect())
    }

    /// The months there are.
    pub(super) fn month_names(&self) -> Result<Vec<String>, Trouble> {
        let names = disk::names(&self.root).map_err(|error| Trouble::at(&self.root, &error))?;
        let undated = folder::of_month(None, &self.zone);
        let is_month = |name: &str| {
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            name.split_once('-').is_some_and(|(year, month)| {
                year.len() == 4 && month.len() == 2 && digits(year) && digits(month)
            })
        };
        let there = |name: &String| disk::is_folder(&self.root.join(name));
        let known = |name: &String| is_month(name) || *name == undated;
        Ok(names.into_iter().filter(|name| known(name) && there(name)).collect())
    }

    /// What is saved in a month; folders that are not ours are passed over.
    pub(super) fn month(&self, name: &str) -> Result<Vec<Entry>, Trouble> {
        let path = self.root.join(name);
        let names = disk::names(&path).map_err(|error| Trouble::at(&path, &error))?;
        let folders = names.into_iter().map(|name| path.join(name));
        Ok(folders
            .filter(|path| disk::is_folder(path))
            .filter_map(|path| Entry::read(&path))
            .collect())
    }

    /// Makes the folder of a call of which nothing is saved yet.
    pub(super) fn begin(
        &self,
        call: &Call,
        connection: &Connection,
        now_ms: i64,
    ) -> Result<Entry, Trouble> {
        let month = folder::of_month(call.started_ms, &self.zone);
        let path = self.root.join(month).join(folder::of_call(call, &self.zone));
        if disk::is_there(&path) && !is_left_over(&path) {
            return Err(Trouble::Foreign(path));
        }
        disk::make(&path).map_err(|error| Trouble::at(&path, &error))?;
        let entry = Entry::new(path, call, connection, now_ms);
        entry.note().map(|()| entry)
    }

    /// The path of a month's file, noted as ours first; never one of somebody else.
    pub(super) fn claim(&mut self, month: &str) -> Result<PathBuf, Trouble> {
        let path = self.root.join(month).join(folder::CALLS);
        if !self.months.contains(month) {
            if disk::is_there(&path) {
                return Err(Trouble::Foreign(path));
            }
            self.months.insert(month.to_owned());
            self.note()?;
        }
        Ok(path)
    }

    /// Removes a month's file and its folder, if nothing else is in it.
    pub(super) fn close(&mut self, month: &str) -> Result<(), Trouble> {
        let path = self.root.join(month);
        if self.months.remove(month) {
            let file = path.join(folder::CALLS);
            let removed = disk::remove(&disk::part_of(&file)).and_then(|()| disk::remove(&file));
            removed.map_err(|error| Trouble::at(&file, &error))?;
            self.note()?;
        }
        // It stays if something is in it.
        drop(std::fs::remove_dir(path));
        Ok(())
    }

    fn note(&self) -> Result<(), Trouble> {
        let path = self.root.join(MONTHS);
        let text: String = self.months.iter().map(|month| format!("{month}\n")).collect();
        disk::write(&path, &text).map_err(|error| Trouble::at(&path, &error))
    }
}

/// Whether a folder without a `saved.json` is one of ours that was just made: there is nothing in
/// it but what was being written.
fn is_left_over(path: &Path) -> bool {
    let part = disk::part_of(Path::new(SAVED));
    let ours = |name: &String| Path::new(name) == part || is_ours(name.trim_end_matches(".part"));
    let names = disk::is_folder(path).then(|| disk::names(path).unwrap_or_default());
    names.is_some_and(|names| names.iter().all(|name| name.ends_with(".part") && ours(name)))
}
