//! A folder that calls were saved in: its months are read as exports, and whether there is a
//! recording is what lies beside them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use calls::{CallKey, OpenedCall, Recording};
use export::folder::Contents;
use load::opened::ExportFile;
use providers::Track;

use super::{Files, name_of, no_call, scan};
use crate::ending::Ending;

/// A folder that is being read.
struct Folder {
    /// Its files: what they are called from it on, and how many bytes there are.
    files: Vec<(String, u64)>,
    contents: Contents,
    /// The ids that its connections have here, by those that they have in the folder.
    ids: BTreeMap<String, String>,
}

impl Files {
    /// Reads the calls of a folder. A month that cannot be read is missing, and costs no other.
    pub(super) fn open_folder(&mut self, path: &Path) -> Result<(), Ending> {
        let name = fs::canonicalize(path).map_or_else(|_| name_of(path), |path| name_of(&path));
        let files = files(path)?;
        let contents = Contents::of(files.iter().map(|(path, _)| path.as_str()));
        let mut folder = Folder { files, contents, ids: BTreeMap::new() };
        let (mut lost, mut all) = (folder.contents.missing(), ExportFile::default());
        for (beside, nth) in folder.months() {
            let Some((file, _)) = folder.files.get(nth).cloned() else { continue };
            match self.month(&mut folder, path, &beside, &file, &name) {
                Some(month) => all.join(month),
                None => lost.push(file),
            }
        }
        if all.connections.is_empty() && lost.is_empty() {
            return Err(no_call(&name));
        }
        let lost = lost.iter().map(|file| format!("{name}: {file} is missing or cannot be read"));
        self.missing.extend(lost);
        self.keep_export(&name, all);
        Ok(())
    }

    fn month(
        &mut self,
        folder: &mut Folder,
        path: &Path,
        beside: &str,
        file: &str,
        name: &str,
    ) -> Option<ExportFile> {
        let scan = scan(&path.join(file)).ok()?;
        let ids = &mut folder.ids;
        let id_of = |own: &str| ids.entry(own.to_owned()).or_insert_with(|| self.next_id()).clone();
        let mut month = ExportFile::read(scan.export()?, name, id_of)?;
        month.calls.iter_mut().for_each(|opened| folder.hear(beside, opened));
        Some(month)
    }
}

impl Folder {
    /// The folders of months, and where their files of calls are.
    fn months(&self) -> Vec<(String, usize)> {
        self.contents.calls().map(|(folder, nth)| (folder.to_owned(), nth)).collect()
    }

    /// What lies in the folder of a call can be heard, whatever its provider said of it then.
    fn hear(&self, beside: &str, opened: &mut OpenedCall) {
        let key = &opened.call.key;
        let own = self.ids.iter().find(|(_, id)| ***id == *key.connection).map(|(own, _)| own);
        let Some(own) = own.filter(|_| !opened.call.purged) else { return };
        let saved = CallKey { connection: own.as_str().into(), reference: key.reference.clone() };
        let is_there = |nth| self.files.get(nth).is_some_and(|(_, bytes)| *bytes > 0);
        let mut found = self.contents.recordings(beside, &saved);
        if found.any(|(track, nth)| Track::parse(track).is_some() && is_there(nth)) {
            opened.call.recording = Recording::Available { until_ms: None };
        }
    }
}

/// Every file of a folder and of those below it, in the order of their names.
fn files(root: &Path) -> Result<Vec<(String, u64)>, Ending> {
    let unreadable = |error: std::io::Error| {
        Ending::Usage(format!("{} cannot be read ({error}).", root.display()))
    };
    let (mut found, mut folders) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = folder.join(entry.file_name());
            // What a link points to may lead back here: its files are taken, its folders are not.
            if entry.file_type().map_err(unreadable)?.is_dir() {
                folders.push(path);
            } else if let Ok(data) = fs::metadata(entry.path()).map(|data| data.len()) {
                found.push((in_parts(&path), data));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A path whose parts `/` stands between.
fn in_parts(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
