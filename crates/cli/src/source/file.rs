//! Opened files: what the page opens, the command line opens too.

mod folder;

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use calls::book::Book;
use calls::{Call, CallKey, OpenedCall, SuccessMap, Transcript};
use load::Connection;
use load::opened::{ExportFile, OpenFile, Problems, Reader, Scan, Whose, file_id};

use super::Loaded;
use crate::ending::Ending;

/// Records that are read before progress is looked at.
const RECORDS_AT_ONCE: usize = 10_000;

/// Bytes that are read at once.
const SLICE: usize = 1 << 20;

/// Reads files, and folders of saved calls.
pub(super) fn read(paths: &[PathBuf]) -> Result<Loaded, Ending> {
    let mut files = Files::default();
    for path in paths {
        if path.is_dir() {
            files.open_folder(path)?;
        } else {
            files.open(path)?;
        }
    }
    let Files { book, connections, missing, kept, .. } = files;
    let whole = BTreeSet::new();
    Ok(Loaded { book, connections, missing, whole, kept, way: None })
}

#[derive(Default)]
struct Files {
    book: Book,
    connections: Vec<Connection>,
    missing: Vec<String>,
    kept: HashMap<CallKey, (Call, Transcript)>,
    count: usize,
}

impl Files {
    fn open(&mut self, path: &Path) -> Result<(), Ending> {
        let (name, scan) = (name_of(path), scan(path)?);
        match scan.whose() {
            Whose::Known(adapter) => {
                let (id, success) = (self.next_id().into(), SuccessMap::default());
                self.take(OpenFile::new(Connection { id, name, adapter, success }, scan));
            }
            Whose::Export => self.take_export(&name, &scan),
            Whose::Ask(adapters) => {
                let names: Vec<&str> = adapters.iter().map(|one| one.describe().name).collect();
                return Err(Ending::Usage(format!(
                    "{name} could be of {}. Open it in the dashboard, which asks whose it is, and \
                     export it from there.",
                    names.join(" or ")
                )));
            }
            Whose::Nobody => return Err(no_call(&name)),
        }
        Ok(())
    }

    fn next_id(&mut self) -> String {
        self.count += 1;
        file_id(self.count)
    }

    fn take(&mut self, mut file: OpenFile) {
        while !file.is_read() {
            for call in file.read_some(RECORDS_AT_ONCE, 0) {
                self.keep(file.open(&call.key, 0));
                self.book.take(call);
            }
        }
        self.tell(&file.connection().name.clone(), file.problems());
        self.connections.push(file.connection().clone());
    }

    fn take_export(&mut self, name: &str, scan: &Scan) {
        let record = scan.export();
        let read = record.and_then(|record| ExportFile::read(record, name, |_| self.next_id()));
        match read {
            Some(file) => self.keep_export(name, file),
            None => self.missing.push(format!("{name}: its calls could not be read")),
        }
    }

    fn keep_export(&mut self, name: &str, file: ExportFile) {
        for opened in file.calls {
            self.book.take(opened.call.clone());
            self.keep(Some(opened));
        }
        self.tell(name, &file.problems);
        self.connections.extend(file.connections);
    }

    fn keep(&mut self, opened: Option<OpenedCall>) {
        if let Some(opened) = opened {
            self.kept.insert(opened.call.key.clone(), (opened.call, opened.transcript));
        }
    }

    fn tell(&mut self, name: &str, problems: &Problems) {
        if problems.count == 0 {
            return;
        }
        let first = problems.told.first().map(|problem| {
            let place = problem.at;
            format!(", the first at line {}, column {}", place.line, place.column)
        });
        let (count, first) = (problems.count, first.unwrap_or_default());
        self.missing.push(format!("{name}: {count} problems{first}"));
    }
}

/// What a file or a folder is called, without where it is.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn no_call(name: &str) -> Ending {
    Ending::Usage(format!("There is no call in {name}."))
}

fn scan(path: &Path) -> Result<Scan, Ending> {
    let unreadable = |error: std::io::Error| {
        Ending::Usage(format!("{} cannot be read ({error}).", path.display()))
    };
    let mut file = File::open(path).map_err(unreadable)?;
    let (mut reader, mut slice) = (Reader::default(), vec![0; SLICE]);
    while !reader.is_hopeless() {
        let read = file.read(&mut slice).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        reader.feed(slice.get(..read).unwrap_or_default());
    }
    Ok(reader.finish())
}
