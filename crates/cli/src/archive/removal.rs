//! What is taken away again: calls that are too old to be kept, and calls of which their provider
//! has taken something away. Only files that are noted as ours are removed.

use ::export::folder;

use super::saved::{Entry, SAVED, Sound, Talk};
use super::shelf::Shelf;
use super::{Trouble, disk};

/// What a removal left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Left {
    /// Nothing.
    Nothing,
    /// Files of somebody else.
    Foreign,
}

/// Removes everything of a call. What says that the files are ours goes last, so that a stop in
/// between is made up for by the next run.
pub(super) fn remove(entry: &mut Entry) -> Result<Left, Trouble> {
    let files: Vec<String> = entry.saved.files.iter().cloned().collect();
    files.iter().try_for_each(|name| entry.remove(name))?;
    for name in [folder::CALL, folder::TRANSCRIPT, folder::CAPTIONS, SAVED] {
        let part = disk::part_of(&entry.path.join(name));
        disk::remove(&part).map_err(|error| Trouble::at(&part, &error))?;
    }
    let last = entry.path.join(SAVED);
    disk::remove(&last).map_err(|error| Trouble::at(&last, &error))?;
    Ok(if std::fs::remove_dir(&entry.path).is_ok() { Left::Nothing } else { Left::Foreign })
}

/// Removes what a purge removes from what is saved: what was said, in words and in sound.
pub(super) fn purge(entry: &mut Entry) -> Result<(), Trouble> {
    entry.silence()?;
    entry.remove(folder::TRANSCRIPT)?;
    entry.remove(folder::CAPTIONS)?;
    entry.saved.talk = Talk::Purged;
    let tracks: Vec<String> = entry.saved.recordings.keys().cloned().collect();
    for track in tracks {
        entry.saved.recordings.insert(track, Sound::Purged);
    }
    entry.note()
}

/// The calls that are older than what is kept are gone, month by month: how many, and the folders
/// of which something of somebody else is left.
#[derive(Debug, Default)]
pub(super) struct Outdated {
    pub(super) calls: usize,
    pub(super) left: Vec<std::path::PathBuf>,
    pub(super) months: Vec<String>,
}

/// Removes calls from before an instant; one without a time counts from when it was saved.
pub(super) fn outdated(shelf: &Shelf, before_ms: i64) -> Result<Outdated, Trouble> {
    let mut outdated = Outdated::default();
    let (last, undated) = (
        folder::of_month(Some(before_ms + 86_400_000), &shelf.zone),
        folder::of_month(None, &shelf.zone),
    );
    for month in shelf.month_names()?.into_iter().filter(|name| *name <= last || *name == undated) {
        let mut touched = false;
        for mut entry in shelf.month(&month)? {
            if entry.saved.started_ms.unwrap_or(entry.saved.saved_ms) >= before_ms {
                continue;
            }
            (touched, outdated.calls) = (true, outdated.calls + 1);
            if remove(&mut entry)? == Left::Foreign {
                outdated.left.push(entry.path);
            }
        }
        if touched {
            outdated.months.push(month);
        }
    }
    Ok(outdated)
}
