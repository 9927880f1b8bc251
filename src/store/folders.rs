//! Folders that calls were saved in, opened with their recordings: the files of calls are read at
//! once, a recording when somebody wants to hear it.

use std::collections::BTreeMap;
use std::sync::Arc;

use calls::{CallKey, OpenedCall, Recording};
use export::folder::Contents;
use leptos::prelude::*;
use leptos::task::spawn_local;
use load::opened::{ExportFile, Scan, is_file};
use providers::Track;

use super::files::{FilePhase, FileState, scan};
use super::{Connection, Store};
use crate::browser::download::Offer;
use crate::browser::file::ChosenFile;

/// A folder that is being read.
struct Opening {
    id: Arc<str>,
    name: String,
    files: Vec<ChosenFile>,
    contents: Contents,
    /// The ids that its connections have here, by those that they have in the folder.
    ids: BTreeMap<String, String>,
    recordings: BTreeMap<CallKey, Vec<(Track, ChosenFile)>>,
    missing: Vec<String>,
}

impl Store {
    /// Opens the files of a folder.
    pub fn open_folder(self, name: String, files: Vec<ChosenFile>) {
        let id = self.announce(name.clone(), true);
        let contents = Contents::of(files.iter().map(ChosenFile::path));
        let missing = contents.missing();
        let opening = Opening {
            id: id.clone(),
            name,
            files,
            contents,
            ids: BTreeMap::new(),
            recordings: BTreeMap::new(),
            missing,
        };
        self.note_reading(&id);
        spawn_local(async move {
            self.read_folder(opening).await;
            self.end_file(&id);
        });
    }

    async fn read_folder(self, mut opening: Opening) {
        let months: Vec<(String, usize)> =
            opening.contents.calls().map(|(folder, nth)| (folder.to_owned(), nth)).collect();
        let mut all = ExportFile::default();
        for (done, (folder, nth)) in months.iter().enumerate() {
            let Some(file) = opening.files.get(*nth).cloned() else { continue };
            let mut open = true;
            let told = |share: f64| {
                let phase = FilePhase::Reading(share_of(done, share, months.len()));
                open = self.change_file(&opening.id, |file| file.phase = phase);
                open
            };
            let scanned = scan(&file, told).await;
            if !open {
                return;
            }
            match scanned.and_then(|scan| self.month(&mut opening, folder, &scan)) {
                Some(month) => all.join(month),
                None => opening.missing.push(file.path().to_owned()),
            }
        }
        self.end_folder(opening, all);
    }

    /// The calls of one file, with the recordings that lie beside it.
    fn month(self, opening: &mut Opening, folder: &str, scan: &Scan) -> Option<ExportFile> {
        let Opening { id, name, ids, .. } = opening;
        let id_of = |own: &str| {
            if let Some(known) = ids.get(own) {
                return known.clone();
            }
            let given: Vec<String> = ids.values().cloned().collect();
            let next = if given.is_empty() { id.to_string() } else { self.next_file_id(&given) };
            ids.insert(own.to_owned(), next.clone());
            next
        };
        let mut month = ExportFile::read(scan.export()?, name, id_of)?;
        for opened in &mut month.calls {
            opening.hear(folder, opened);
        }
        Some(month)
    }

    fn end_folder(self, opening: Opening, all: ExportFile) {
        let Opening { id, recordings, missing, .. } = opening;
        let count = recordings.len();
        self.files.recordings.update_value(|known| known.extend(recordings));
        self.take_export(&id, all);
        self.change_file(&id, |file| (file.recordings, file.missing) = (count, missing));
    }

    /// Whether a call's recording can be had at all: from its provider, or out of an opened folder.
    #[must_use]
    pub fn can_be_heard(self, key: &CallKey) -> bool {
        !is_file(&key.connection)
            || self.files.recordings.with_value(|recordings| recordings.contains_key(key))
    }

    /// Whether a call is one of an opened folder.
    #[must_use]
    pub fn is_of_folder(self, key: &CallKey) -> bool {
        let holds = |file: &FileState| {
            file.is_folder && file.connections.iter().any(|own| own.id == key.connection)
        };
        self.files.states.with_untracked(|files| files.iter().any(holds))
    }

    /// The tracks of a call's recording that there are.
    #[must_use]
    pub fn tracks(self, key: &CallKey) -> Vec<Track> {
        if is_file(&key.connection) {
            let of_folder = |all: &BTreeMap<CallKey, Vec<(Track, ChosenFile)>>| {
                let found = all.get(key).map(Vec::as_slice).unwrap_or_default();
                found.iter().map(|(track, _)| *track).collect()
            };
            return self.files.recordings.with_value(of_folder);
        }
        let adapter = self.connection(&key.connection).map(|Connection { adapter, .. }| adapter);
        adapter.map_or(vec![Track::Main], |adapter| adapter.tracks().to_vec())
    }

    /// A recording out of an opened folder: an address for as long as the offer lives.
    #[must_use]
    pub fn kept_recording(self, key: &CallKey, track: Track) -> Option<Offer> {
        self.files.recordings.with_value(|all| {
            let found = all.get(key)?.iter().find(|(other, _)| *other == track)?;
            found.1.offer()
        })
    }
}

impl Opening {
    /// What lies in the folder of a call can be heard, whatever its provider said of it then.
    fn hear(&mut self, folder: &str, opened: &mut OpenedCall) {
        let key = &opened.call.key;
        let own = self.ids.iter().find(|(_, id)| ***id == *key.connection).map(|(own, _)| own);
        let Some(own) = own else { return };
        let saved = CallKey { connection: own.as_str().into(), reference: key.reference.clone() };
        let found = self.contents.recordings(folder, &saved);
        let found = found.filter_map(|(track, nth)| {
            let file = self.files.get(nth).filter(|file| file.size() > 0.0)?;
            Some((Track::parse(track)?, file.clone()))
        });
        let found: Vec<(Track, ChosenFile)> = found.collect();
        if !found.is_empty() && !opened.call.purged {
            opened.call.recording = Recording::Available { until_ms: None };
            self.recordings.insert(key.clone(), found);
        }
    }
}

fn share_of(done: usize, share: f64, of: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "months are few")]
    let (done, of) = (done as f64, of.max(1) as f64);
    (done + share) / of
}
