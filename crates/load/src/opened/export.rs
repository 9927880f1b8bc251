//! An export of Calldeck as an opened file: its connections under ids of the file's own, so that
//! they are never taken for those of the proxy.

use std::collections::BTreeMap;
use std::sync::Arc;

use calls::{CallKey, OpenedCall, SuccessMap, Transcript};

use super::calldeck::{self, Export, Why};
use super::place::Place;
use super::problem::{Problem, Problems, What};
use super::record::Record;
use crate::connection::Connection;

/// An opened export.
#[derive(Clone, Debug, Default)]
pub struct ExportFile {
    /// Its connections.
    pub connections: Vec<Connection>,
    /// Its calls, with what had been opened of them.
    pub calls: Vec<OpenedCall>,
    /// What could not be read of it.
    pub problems: Problems,
}

impl ExportFile {
    /// Reads an export. Each of its connections gets the id that there is for its own, and its name
    /// with the file's.
    #[must_use]
    pub fn read(record: &Record, file: &str, id_of: impl FnMut(&str) -> String) -> Option<Self> {
        let export = calldeck::read(&record.text)?;
        let connections = connections(&export, file, id_of);
        let mut read = Self::default();
        for skip in &export.skipped {
            let what = match skip.why {
                Why::NoObject => What::NoObject,
                Why::NoKey => What::NoId("key"),
                Why::CutOff => What::CutOff,
            };
            let at = place(record, skip.byte);
            read.problems.skip(Problem { at, record: Some(skip.nth), what });
        }
        for (nth, opened) in export.calls.into_iter().enumerate() {
            match connections.get(&*opened.call.key.connection) {
                Some(connection) => read.calls.push(of_file(opened, connection)),
                None => {
                    let what = What::NoId("connections");
                    read.problems.skip(Problem { at: record.at, record: Some(nth + 1), what });
                }
            }
        }
        read.connections = connections.into_values().collect();
        Some(read)
    }

    /// Takes another export in, which was read under the same name with the same ids.
    pub fn join(&mut self, other: Self) {
        for connection in other.connections {
            if self.connections.iter().all(|known| known.id != connection.id) {
                self.connections.push(connection);
            }
        }
        self.calls.extend(other.calls);
        self.problems.join(other.problems);
    }

    /// When the first and the last of its calls were, UTC milliseconds.
    #[must_use]
    pub fn times_ms(&self) -> Option<(i64, i64)> {
        let times = || self.calls.iter().filter_map(|opened| opened.call.started_ms);
        Some((times().min()?, times().max()?))
    }
}

/// The export's connections by their ids in it. One of a provider that this version does not know
/// cannot be one.
fn connections(
    export: &Export,
    file: &str,
    mut id_of: impl FnMut(&str) -> String,
) -> BTreeMap<String, Connection> {
    let known = export.connections.iter().filter_map(|named| {
        let adapter = providers::find(named.provider.as_deref()?)?;
        let name = named.name.as_deref().unwrap_or(&named.id);
        let name = format!("{name} ({file})");
        let success = SuccessMap::default();
        Some((named.id.clone(), Connection { id: id_of(&named.id).into(), name, adapter, success }))
    });
    known.collect()
}

fn of_file(mut opened: OpenedCall, connection: &Connection) -> OpenedCall {
    let id: Arc<str> = connection.id.clone();
    opened.call.key = CallKey { connection: id, reference: opened.call.key.reference };
    if opened.transcript == Transcript::NotAsked {
        // It had not been opened when it was exported, and here nobody can be asked.
        opened.transcript = Transcript::NotInRecord;
    }
    opened
}

fn place(record: &Record, byte: usize) -> Place {
    let mut at = record.at;
    record.text.bytes().take(byte).for_each(|byte| at.pass(byte));
    at
}
