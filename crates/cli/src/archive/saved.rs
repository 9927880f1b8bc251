//! What has been saved of a call, and what is still to come: the file `saved.json` in its folder.
//! It names every file that was written there, so that no other is ever touched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ::export::folder;
use calls::{Call, CallKey, Recording, Status};
use load::Connection;
use serde::{Deserialize, Serialize};

use super::{Trouble, disk};

/// The file.
pub(super) const SAVED: &str = "saved.json";

/// The number of its format.
const FORMAT: u32 = 1;

/// What has been saved of a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Saved {
    calldeck_archive: u32,
    /// The call's identity, as it stands in links.
    pub(super) key: String,
    /// The id of its provider, and the name of its connection.
    pub(super) provider: String,
    pub(super) name: String,
    /// When the call was, and when it was first saved, UTC milliseconds.
    pub(super) started_ms: Option<i64>,
    pub(super) saved_ms: i64,
    /// A print of what the list said of it when its data was written; empty until then.
    #[serde(default)]
    pub(super) print: String,
    /// What the list said of its recording when that was last asked for.
    #[serde(default)]
    pub(super) told: String,
    #[serde(default)]
    pub(super) talk: Talk,
    /// Recordings by the codes of their tracks.
    #[serde(default)]
    pub(super) recordings: BTreeMap<String, Sound>,
    /// The files that were written, or are about to be.
    pub(super) files: BTreeSet<String>,
}

/// What has been saved of a transcript.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(super) enum Talk {
    /// It was not asked for yet: the call was still going on.
    #[default]
    Unasked,
    /// It is saved.
    Saved,
    /// There is none.
    Absent,
    /// It was purged.
    Purged,
    /// The provider is still writing it.
    BeingWritten,
    /// It could not be had.
    Failed { why: String },
}

/// What has been saved of a recording.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(super) enum Sound {
    /// Its first bytes may be there.
    Begun {
        /// How the whole of them is told from another's: a strong `ETag`.
        whole: Option<String>,
        /// How many they are.
        total: Option<u64>,
        /// What will stand behind the dot.
        ending: String,
    },
    /// It is saved.
    Saved { file: String, bytes: u64 },
    /// There is none.
    Absent,
    /// The provider no longer gives it out.
    Expired,
    /// It was purged.
    Purged,
    /// It may still appear.
    NotReady,
    /// It could not be had.
    Failed { why: String },
}

/// A call's folder, and what is saved in it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) path: PathBuf,
    pub(super) key: CallKey,
    pub(super) saved: Saved,
    /// Whether something that was never told before could not be saved.
    pub(super) news: bool,
}

impl Entry {
    /// A call of which nothing is saved yet.
    pub(super) fn new(path: PathBuf, call: &Call, connection: &Connection, now_ms: i64) -> Self {
        let saved = Saved {
            calldeck_archive: FORMAT,
            key: call.key.to_string(),
            provider: connection.adapter.describe().id.to_owned(),
            name: connection.name.clone(),
            started_ms: call.started_ms,
            saved_ms: now_ms,
            print: String::new(),
            told: String::new(),
            talk: Talk::Unasked,
            recordings: BTreeMap::new(),
            files: BTreeSet::new(),
        };
        Self { path, key: call.key.clone(), saved, news: false }
    }

    /// Reads what is saved in a folder; `None` if it is not one of ours.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let file = path.join(SAVED);
        disk::size(&file)?;
        let saved: Saved = serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()?;
        let key = CallKey::parse(&saved.key)?;
        let is_ours = saved.calldeck_archive == FORMAT;
        is_ours.then(|| Self { path: path.to_owned(), key, saved, news: false })
    }

    /// Notes what is saved. A file is named here before it is there.
    pub(super) fn note(&self) -> Result<(), Trouble> {
        let text = serde_json::to_string_pretty(&self.saved).unwrap_or_default();
        let file = self.path.join(SAVED);
        disk::write(&file, &format!("{text}\n")).map_err(|error| Trouble::at(&file, &error))
    }

    /// Writes a file of the call.
    pub(super) fn write(&mut self, name: &str, text: &str) -> Result<(), Trouble> {
        let file = self.claim(name)?;
        disk::write(&file, text).map_err(|error| Trouble::at(&file, &error))
    }

    /// The path of a file that is about to be written: noted first, and never one of somebody else.
    pub(super) fn claim(&mut self, name: &str) -> Result<PathBuf, Trouble> {
        let file = self.path.join(name);
        if self.saved.files.contains(name) {
            return Ok(file);
        }
        if disk::is_there(&file) {
            return Err(Trouble::Foreign(file));
        }
        self.saved.files.insert(name.to_owned());
        self.note()?;
        Ok(file)
    }

    /// Removes a file of the call, if there is one.
    pub(super) fn remove(&mut self, name: &str) -> Result<(), Trouble> {
        let file = self.path.join(name);
        if self.saved.files.contains(name) && is_ours(name) {
            let removed = disk::remove(&disk::part_of(&file)).and_then(|()| disk::remove(&file));
            removed.map_err(|error| Trouble::at(&file, &error))?;
            self.saved.files.remove(name);
        }
        Ok(())
    }

    /// Removes everything that can be heard.
    pub(super) fn silence(&mut self) -> Result<(), Trouble> {
        let sound = |name: &String| name.starts_with("recording-");
        let files: Vec<String> =
            self.saved.files.iter().filter(|name| sound(name)).cloned().collect();
        files.iter().try_for_each(|name| self.remove(name))
    }

    /// Whether a recording is there as a whole.
    pub(super) fn has(&self, track: &str) -> bool {
        match self.saved.recordings.get(track) {
            Some(Sound::Saved { file, bytes }) => {
                is_ours(file) && disk::size(&self.path.join(file)) == Some(*bytes)
            }
            _ => false,
        }
    }

    /// The month of the folder, by its place.
    pub(super) fn month(&self) -> Option<&str> {
        self.path.parent()?.file_name()?.to_str()
    }
}

/// Whether a name is one that is given here: a list that somebody changed leads nowhere else.
pub(super) fn is_ours(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    let known = [folder::CALL, folder::TRANSCRIPT, folder::CAPTIONS].contains(&name);
    known || (plain && name.starts_with("recording-"))
}

/// One word for what a list says of a recording.
pub(super) fn told(recording: Recording) -> &'static str {
    match recording {
        Recording::Unknown => "unknown",
        Recording::Available { .. } => "available",
        Recording::NotReady => "not ready",
        Recording::Absent => "absent",
        Recording::Expired => "expired",
        Recording::Purged => "purged",
    }
}

/// Whether a call is going on: its data changes, and there is nothing to hear or to read yet.
pub(super) fn is_running(call: &Call) -> bool {
    matches!(call.status, Status::Queued | Status::Ringing | Status::InProgress)
}
