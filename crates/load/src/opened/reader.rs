//! Reads a file in slices into records, and says whose they are.

use providers::fields::Fields;
use providers::{Adapter, Confidence};

use super::bytes::{Bytes, Slice};
use super::calldeck;
use super::place::Place;
use super::problem::{Problem, Problems, What};
use super::record::Record;
use super::scanner::Scanner;

/// Records that are looked at to tell whose they are, as long as one of them tells.
const LOOKED_AT: usize = 200;

/// Bytes within which the second line of a file begins, if it has one record a line.
const FIRST_LINE: usize = 8 * 1024 * 1024;

/// Takes a file in slices.
#[derive(Debug, Default)]
pub struct Reader {
    bytes: Bytes,
    /// What has come before it is known whether each line is a record.
    head: Vec<u8>,
    scanner: Option<Scanner>,
    binary: bool,
}

impl Reader {
    /// Takes the next slice.
    pub fn feed(&mut self, slice: &[u8]) {
        self.take(slice, false);
    }

    /// How many records have been cut so far.
    #[must_use]
    pub fn records(&self) -> usize {
        self.scanner.as_ref().map_or(0, |scanner| scanner.records.len())
    }

    /// Whether the file turned out to be no text: reading on is of no use.
    #[must_use]
    pub fn is_hopeless(&self) -> bool {
        self.binary
    }

    /// Says that nothing follows.
    #[must_use]
    pub fn finish(mut self) -> Scan {
        self.take(&[], true);
        let mut scan = Scan::default();
        let alone = |what| Problem { at: Place::START, record: None, what };
        match self.scanner {
            _ if self.binary => scan.problems.note(alone(What::Binary)),
            None => scan.problems.note(alone(What::Empty)),
            Some(mut scanner) => {
                scanner.finish();
                (scan.records, scan.problems) = (scanner.records, scanner.problems);
            }
        }
        let not_json = scan.problems.told.first().is_some_and(|first| first.what == What::NoObject);
        if scan.records.is_empty() && not_json {
            let first = scan.problems.told.first().map_or(Place::START, |first| first.at);
            scan.problems = Problems::default();
            scan.problems.note(Problem { at: first, record: None, what: What::NotJson });
        }
        scan
    }

    fn take(&mut self, slice: &[u8], last: bool) {
        if self.binary {
            return;
        }
        let Slice::Text(text) = self.bytes.take(slice, last) else {
            self.binary = true;
            return;
        };
        if let Some(scanner) = &mut self.scanner {
            return scanner.feed(&text);
        }
        self.head.extend(text);
        let lines = lines(&self.head, last || self.head.len() > FIRST_LINE);
        let blank = self.head.iter().all(u8::is_ascii_whitespace);
        if let Some(lines) = lines.filter(|_| !blank) {
            let mut scanner = Scanner::new(lines, lists());
            scanner.feed(&std::mem::take(&mut self.head));
            self.scanner = Some(scanner);
        }
    }
}

/// The names down to every provider's lists.
fn lists() -> Vec<&'static [&'static str]> {
    providers::all().iter().flat_map(|adapter| adapter.shape().lists).copied().collect()
}

/// Whether each line of a text is a record by itself: the second one begins as the first does,
/// and the first one does not end in the middle. `None` if more has to come to tell.
fn lines(head: &[u8], all: bool) -> Option<bool> {
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.by_ref().find(|line| !line.is_empty())?;
    if !first.starts_with(b"{") {
        return Some(false);
    }
    let goes_on = first.last().is_none_or(|last| b"[,:{".contains(last));
    match lines.find(|line| !line.is_empty()) {
        Some(second) => Some(!goes_on && second.starts_with(b"{")),
        None if all => Some(false),
        None => None,
    }
}

/// A file, cut into records.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// The records, unread.
    pub records: Vec<Record>,
    /// What was wrong between them.
    pub problems: Problems,
}

/// Whose records a file holds.
#[derive(Clone)]
pub enum Whose {
    /// This provider's.
    Known(&'static dyn Adapter),
    /// Calldeck's own: it is an export.
    Export,
    /// It could be one of these: a person has to say.
    Ask(Vec<&'static dyn Adapter>),
    /// There is no call of any provider in it.
    Nobody,
}

impl std::fmt::Debug for Whose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let id = |adapter: &&'static dyn Adapter| adapter.describe().id;
        match self {
            Self::Known(adapter) => write!(f, "Known({})", id(adapter)),
            Self::Ask(adapters) => f.debug_list().entries(adapters.iter().map(id)).finish(),
            Self::Export => f.write_str("Export"),
            Self::Nobody => f.write_str("Nobody"),
        }
    }
}

impl Scan {
    /// Says whose the records are, by the names of their fields.
    #[must_use]
    pub fn whose(&self) -> Whose {
        if self.export().is_some() {
            return Whose::Export;
        }
        let (first, rest) = self.records.split_at(self.records.len().min(LOOKED_AT));
        match whose(first) {
            Whose::Nobody => whose(rest),
            said => said,
        }
    }
}

impl Scan {
    /// The record that is an export of Calldeck, if the file is one.
    #[must_use]
    pub fn export(&self) -> Option<&Record> {
        let fields = |record: &Record| {
            Fields::parse(&record.text).is_some_and(|fields| calldeck::is_export(&fields))
        };
        let begins = |record: &&Record| {
            let head = record.text.get(..64).unwrap_or(&record.text);
            head.contains("\"calldeck\"") || fields(record)
        };
        self.records.first().filter(begins)
    }
}

fn whose(records: &[Record]) -> Whose {
    let sureness = |adapter: &dyn Adapter| {
        records.iter().map(|record| record.confidence(adapter)).max().unwrap_or_default()
    };
    let all: Vec<_> = providers::all().iter().map(|found| (sureness(*found), *found)).collect();
    let of = |wanted: Confidence| -> Vec<&'static dyn Adapter> {
        let same = all.iter().filter(|(confidence, _)| *confidence == wanted);
        same.map(|(_, adapter)| *adapter).collect()
    };
    let sure = of(Confidence::Sure);
    let candidates = if sure.is_empty() { of(Confidence::Possible) } else { sure };
    match candidates[..] {
        [] => Whose::Nobody,
        [one] => Whose::Known(one),
        _ => Whose::Ask(candidates),
    }
}
