//! Files that were opened: they are read in this tab, stand beside the connections of the proxy,
//! and are gone when they are closed. Nothing of them is sent or kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use calls::{CallKey, OpenedCall, SuccessMap};
use leptos::prelude::*;
use leptos::task::spawn_local;
use load::opened::{ExportFile, OpenFile, Problems, Reader, Scan, Whose, file_id};
use load::{Connection, LoadState, Phase};
use providers::{Adapter, Track};

use super::Store;
use crate::browser::clock;
use crate::browser::file::ChosenFile;

/// Bytes that are read at once.
const SLICE: f64 = 4_194_304.0;

/// Records that are read between two looks at what else there is to do.
const RECORDS_AT_ONCE: usize = 500;

/// What is known of an opened file.
#[derive(Clone, PartialEq, Debug)]
pub struct FileState {
    /// The id of its connection.
    pub id: Arc<str>,
    /// The file's name.
    pub name: String,
    /// How far it is.
    pub phase: FilePhase,
    /// The connections that its calls belong to, once it is known whose they are: one, or those of
    /// an export.
    pub connections: Vec<Connection>,
    /// How many calls it holds.
    pub calls: usize,
    /// What could not be read of it.
    pub problems: Problems,
    /// When the first and the last of its calls were, UTC milliseconds.
    pub times_ms: Option<(i64, i64)>,
    /// Whether it is a folder that calls were saved in.
    pub is_folder: bool,
    /// How many of its calls have a recording in it.
    pub recordings: usize,
    /// The paths of files that should be in it, and are not there or cannot be read.
    pub missing: Vec<String>,
}

/// How far an opened file is.
#[derive(Clone, PartialEq, Debug)]
pub enum FilePhase {
    /// It is being read; this much of it, from 0 to 1.
    Reading(f64),
    /// Whose calls these are has to be said by a person: the ids of the providers that it could be.
    Ask(Vec<&'static str>),
    /// Its calls are in the book.
    Read,
    /// There are no calls in it.
    Nobody,
    /// The browser could not read it.
    Unreadable,
}

/// The opened files. What is shown of them is a signal; the records lie beside it.
#[derive(Clone, Copy)]
pub(super) struct Files {
    pub(super) states: RwSignal<Vec<FileState>>,
    /// Those whose provider has to be asked for.
    scans: StoredValue<BTreeMap<Arc<str>, Scan>>,
    open: StoredValue<BTreeMap<Arc<str>, OpenFile>>,
    /// Calls of exports.
    exported: StoredValue<BTreeMap<CallKey, OpenedCall>>,
    /// Recordings that lie in opened folders.
    pub(super) recordings: StoredValue<BTreeMap<CallKey, Vec<(Track, ChosenFile)>>>,
    /// The ids that are being read under, also where the file was closed meanwhile: another file
    /// gets none of these.
    reading: StoredValue<BTreeSet<Arc<str>>>,
}

impl Files {
    pub(super) fn new() -> Self {
        Self {
            states: RwSignal::default(),
            scans: StoredValue::default(),
            open: StoredValue::default(),
            exported: StoredValue::default(),
            recordings: StoredValue::default(),
            reading: StoredValue::default(),
        }
    }

    /// The connections that stand for files, tracked.
    pub(super) fn connections(self) -> Vec<Connection> {
        self.states.with(|files| files.iter().flat_map(|file| file.connections.clone()).collect())
    }

    /// The connection that stands for a file, tracked.
    pub(super) fn connection(self, id: &str) -> Option<Connection> {
        self.connections().into_iter().find(|connection| &*connection.id == id)
    }
}

impl Store {
    /// The opened files in the order in which they were opened, tracked.
    #[must_use]
    pub fn files(self) -> Vec<FileState> {
        self.files.states.get()
    }

    /// Whether a connection is a file that has been read, tracked; `None` if it is no open file.
    #[must_use]
    pub fn is_file_read(self, connection: &str) -> Option<bool> {
        self.files.states.with(|files| {
            let of_file = |found: &Connection| &*found.id == connection;
            let file = files
                .iter()
                .find(|file| &*file.id == connection || file.connections.iter().any(of_file))?;
            Some(file.phase == FilePhase::Read)
        })
    }

    /// Whether a call is one of the file with this id.
    #[must_use]
    pub fn is_of_file(self, call: &CallKey, id: &str) -> bool {
        self.files.states.with_untracked(|files| {
            let file = files.iter().find(|file| &*file.id == id);
            file.is_some_and(|file| file.connections.iter().any(|own| own.id == call.connection))
        })
    }

    /// Everything that an opened file has of a call.
    #[must_use]
    pub fn open_kept(self, key: &CallKey) -> Option<OpenedCall> {
        let exported = self.files.exported.with_value(|exported| exported.get(key).cloned());
        exported.or_else(|| {
            let now_ms = clock::now_ms();
            self.files.open.with_value(|open| open.get(&key.connection)?.open(key, now_ms))
        })
    }

    /// Notes that something is being opened, and gives it an id.
    pub(super) fn announce(self, name: String, is_folder: bool) -> Arc<str> {
        let id: Arc<str> = self.next_file_id(&[]).into();
        self.files.states.update(|files| {
            files.push(FileState {
                id: id.clone(),
                name,
                phase: FilePhase::Reading(0.0),
                connections: Vec::new(),
                calls: 0,
                problems: Problems::default(),
                times_ms: None,
                is_folder,
                recordings: 0,
                missing: Vec::new(),
            });
        });
        id
    }

    /// Opens a file: reads it slice by slice, and asks whose it is if it does not say.
    pub fn open_file(self, chosen: ChosenFile) {
        let id = self.announce(chosen.name(), false);
        spawn_local(async move {
            if let Some(scan) = self.begin_file(&id, &chosen).await {
                self.read_scan(id.clone(), scan).await;
            }
            self.end_file(&id);
        });
    }

    async fn begin_file(self, id: &Arc<str>, chosen: &ChosenFile) -> Option<Scan> {
        self.note_reading(id);
        self.scan_file(id, chosen).await
    }

    pub(super) fn note_reading(self, id: &Arc<str>) {
        self.files.reading.update_value(|reading| {
            reading.insert(id.clone());
        });
    }

    pub(super) fn end_file(self, id: &Arc<str>) {
        // The app is gone once its values are.
        let _gone = self.files.reading.try_update_value(|reading| reading.remove(id));
    }

    async fn read_scan(self, id: Arc<str>, scan: Scan) {
        match scan.whose() {
            Whose::Known(adapter) => self.read_file(id, adapter, scan).await,
            Whose::Ask(adapters) => {
                let ids = adapters.iter().map(|adapter| adapter.describe().id).collect();
                if self.change_file(&id, |file| file.phase = FilePhase::Ask(ids)) {
                    self.files.scans.update_value(|scans| drop(scans.insert(id, scan)));
                }
            }
            Whose::Export => self.read_export(&id, &scan),
            Whose::Nobody => {
                self.change_file(&id, |file| {
                    (file.phase, file.problems) = (FilePhase::Nobody, scan.problems);
                });
            }
        }
    }

    /// Reads a file as a provider's, which a person said it is.
    pub fn read_file_as(self, id: Arc<str>, provider: &str) {
        let scan = self.files.scans.try_update_value(|scans| scans.remove(&id)).flatten();
        if let (Some(scan), Some(adapter)) = (scan, providers::find(provider)) {
            self.note_reading(&id);
            spawn_local(async move {
                self.read_file(id.clone(), adapter, scan).await;
                self.end_file(&id);
            });
        }
    }

    /// Closes a file: its calls, and everything that was kept of it, are gone from memory.
    pub fn close_file(self, id: &Arc<str>) {
        let own = |file: &FileState| file.connections.iter().map(|own| own.id.clone()).collect();
        let ids: Vec<Arc<str>> = self.files.states.with_untracked(|files| {
            files.iter().find(|file| file.id == *id).map(own).unwrap_or_default()
        });
        let of_file = |connection: &Arc<str>| connection == id || ids.contains(connection);
        self.files.states.update(|files| files.retain(|file| file.id != *id));
        self.files.exported.update_value(|kept| kept.retain(|key, _| !of_file(&key.connection)));
        self.files.recordings.update_value(|all| all.retain(|key, _| !of_file(&key.connection)));
        self.files.scans.update_value(|scans| drop(scans.remove(id)));
        self.files.open.update_value(|open| drop(open.remove(id)));
        self.states.update(|states| states.retain(|id, _| !of_file(id)));
        self.book.update_value(|book| {
            let keys = book.entries().map(|entry| entry.key());
            let keys: Vec<CallKey> = keys.filter(|key| of_file(&key.connection)).collect();
            for key in keys {
                book.let_go(&key);
            }
        });
        self.version.update(|version| *version += 1);
    }

    /// The first id that is free and not given a moment ago: a file that is opened again has the
    /// links that it had.
    pub(super) fn next_file_id(self, given: &[String]) -> String {
        let taken = untrack(|| self.connections());
        let is_free = |id: &String| {
            let file = |file: &FileState| *file.id == **id;
            taken.iter().all(|connection| *connection.id != **id)
                && !self.files.states.with_untracked(|files| files.iter().any(file))
                && !self.files.reading.with_value(|reading| reading.contains(id.as_str()))
                && !given.contains(id)
        };
        (1..).map(file_id).find(is_free).unwrap_or_default()
    }

    /// Changes what is known of a file. Says whether it is still open.
    pub(super) fn change_file(self, id: &str, change: impl FnOnce(&mut FileState)) -> bool {
        let changed = self.files.states.try_update(|files| {
            files.iter_mut().find(|file| &*file.id == id).map(change).is_some()
        });
        changed.unwrap_or_default()
    }

    async fn scan_file(self, id: &str, chosen: &ChosenFile) -> Option<Scan> {
        let mut open = true;
        let told = |share: f64| {
            let phase = FilePhase::Reading(share / 2.0);
            open = self.change_file(id, |file| file.phase = phase);
            open
        };
        let scan = scan(chosen, told).await;
        if scan.is_none() && open {
            self.change_file(id, |file| file.phase = FilePhase::Unreadable);
        }
        scan
    }

    async fn read_file(self, id: Arc<str>, adapter: &'static dyn Adapter, scan: Scan) {
        let name = self.files.states.with_untracked(|files| {
            files.iter().find(|file| file.id == id).map(|file| file.name.clone())
        });
        let Some(name) = name else { return };
        let success = SuccessMap::default();
        let connection = Connection { id, name, adapter, success };
        self.change_file(&connection.id, |file| file.connections = vec![connection.clone()]);
        let mut file = OpenFile::new(connection, scan);
        let mut shown = RECORDS_AT_ONCE;
        while !file.is_read() {
            let calls = file.read_some(RECORDS_AT_ONCE, clock::now_ms());
            self.book.update_value(|book| calls.into_iter().for_each(|call| book.take(call)));
            if !self.note_progress(&file) {
                // It was closed meanwhile, and what has just been taken goes as well.
                return self.close_file(&file.connection().id);
            }
            // Each look at the book costs as much as the book is large.
            if file.progress().0 >= shown {
                self.version.update(|version| *version += 1);
                shown *= 2;
            }
            clock::sleep_ms(0).await;
        }
        self.note_read(file);
    }

    /// An export says of each of its calls which connection it is of.
    fn read_export(self, id: &str, scan: &Scan) {
        let name = self.files.states.with_untracked(|files| {
            files.iter().find(|file| &*file.id == id).map(|file| file.name.clone())
        });
        let mut given: Vec<String> = Vec::new();
        let next = |_: &str| {
            let next = if given.is_empty() { id.to_owned() } else { self.next_file_id(&given) };
            given.push(next.clone());
            next
        };
        let read = scan.export().zip(name.as_deref());
        let Some(file) = read.and_then(|(record, name)| ExportFile::read(record, name, next))
        else {
            self.change_file(id, |file| file.phase = FilePhase::Nobody);
            return;
        };
        self.take_export(id, file);
    }

    /// Takes the calls of an export into the book.
    pub(super) fn take_export(self, id: &str, file: ExportFile) {
        for connection in &file.connections {
            let mine = file.calls.iter().filter(|call| call.call.key.connection == connection.id);
            let read = mine.count() as u64;
            let skipped = file.problems.skipped;
            let (phase, total) = (Phase::Done, Some(read));
            let state = LoadState { phase, read, total, skipped, ..LoadState::default() };
            self.states.update(|states| drop(states.insert(connection.id.clone(), state)));
        }
        self.book.update_value(|book| {
            file.calls.iter().for_each(|opened| book.take(opened.call.clone()));
        });
        self.change_file(id, |state| {
            state.phase = if file.calls.is_empty() { FilePhase::Nobody } else { FilePhase::Read };
            (state.calls, state.times_ms) = (file.calls.len(), file.times_ms());
            (state.connections, state.problems) = (file.connections.clone(), file.problems.clone());
        });
        let kept = file.calls.into_iter().map(|opened| (opened.call.key.clone(), opened));
        self.files.exported.update_value(|exported| exported.extend(kept));
        self.version.update(|version| *version += 1);
    }

    fn note_progress(self, file: &OpenFile) -> bool {
        let (read, total) = file.progress();
        #[allow(clippy::cast_precision_loss, reason = "records of a file are far below 2^53")]
        let share = 0.5 + read as f64 / total.max(1) as f64 / 2.0;
        self.change_file(&file.connection().id, |state| {
            (state.phase, state.calls) = (FilePhase::Reading(share), file.calls());
        })
    }

    fn note_read(self, file: OpenFile) {
        let (connection, read) = (file.connection().clone(), file.progress().0 as u64);
        let state = LoadState {
            phase: Phase::Done,
            read,
            total: Some(read),
            skipped: file.problems().skipped,
            ..LoadState::default()
        };
        let (problems, calls, times_ms) = (file.problems().clone(), file.calls(), file.times_ms());
        self.files.open.update_value(|open| drop(open.insert(connection.id.clone(), file)));
        self.states.update(|states| drop(states.insert(connection.id.clone(), state)));
        self.change_file(&connection.id, |state| {
            let phase = if calls > 0 { FilePhase::Read } else { FilePhase::Nobody };
            (state.phase, state.calls, state.problems) = (phase, calls, problems);
            state.times_ms = times_ms;
        });
        self.version.update(|version| *version += 1);
    }
}

/// Reads a file slice by slice. `told` hears how much of it was read, 0 to 1, and says whether to go
/// on. `None` if it is not wanted any more, or the browser cannot read it.
pub(super) async fn scan(chosen: &ChosenFile, mut told: impl FnMut(f64) -> bool) -> Option<Scan> {
    let (mut reader, mut at, size) = (Reader::default(), 0.0, chosen.size());
    while at < size && !reader.is_hopeless() {
        reader.feed(&chosen.slice(at, at + SLICE).await?);
        at += SLICE;
        if !told((at / size).min(1.0)) {
            return None;
        }
    }
    Some(reader.finish())
}
