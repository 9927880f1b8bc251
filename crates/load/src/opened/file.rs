//! An opened file: its calls, and each of them opened out of the record that was kept.

use std::collections::HashMap;

use calls::{Call, CallKey, OpenedCall, Reference, Transcript};
use providers::shape::read_alone;
use providers::{Adapter, Confidence, Unread};

use super::problem::{Problem, Problems, What};
use super::reader::Scan;
use super::record::Record;
use crate::connection::Connection;

/// A file whose provider is known.
#[derive(Clone, Debug)]
pub struct OpenFile {
    connection: Connection,
    records: Vec<Record>,
    problems: Problems,
    /// Records read so far.
    read: usize,
    /// Which records tell of a call.
    of_call: HashMap<Reference, Vec<usize>>,
    /// When the first and the last of its calls were, UTC milliseconds.
    times_ms: Option<(i64, i64)>,
}

impl OpenFile {
    /// A file of which nothing has been read. Its calls belong to `connection`.
    #[must_use]
    pub fn new(connection: Connection, scan: Scan) -> Self {
        Self {
            connection,
            records: scan.records,
            problems: scan.problems,
            read: 0,
            of_call: HashMap::new(),
            times_ms: None,
        }
    }

    /// The connection that its calls belong to.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// How many records have been read, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.read, self.records.len())
    }

    /// Whether every record has been read.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.read == self.records.len()
    }

    /// How many calls it holds.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.of_call.len()
    }

    /// What could not be read of it.
    #[must_use]
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    /// When the first and the last of its calls were, UTC milliseconds.
    #[must_use]
    pub fn times_ms(&self) -> Option<(i64, i64)> {
        self.times_ms
    }

    /// Reads the next records, at most so many, so that a large file can be read in between other
    /// things.
    pub fn read_some(&mut self, most: usize, now_ms: i64) -> Vec<Call> {
        let end = (self.read + most).min(self.records.len());
        let mut calls = Vec::with_capacity(end - self.read);
        for index in self.read..end {
            match self.read_one(index, now_ms) {
                Ok(opened) => calls.push(self.keep(index, opened)),
                Err(problem) => self.problems.skip(problem),
            }
        }
        self.read = end;
        calls
    }

    /// Everything that the file has of a call.
    #[must_use]
    pub fn open(&self, key: &CallKey, now_ms: i64) -> Option<OpenedCall> {
        let records = self.of_call.get(&key.reference)?;
        let opened = records.iter().filter_map(|index| self.read_one(*index, now_ms).ok());
        opened.reduce(joined)
    }

    fn keep(&mut self, index: usize, opened: OpenedCall) -> Call {
        let call = opened.call;
        if call.purged
            && let Some(record) = self.records.get_mut(index)
        {
            // What a purge takes must not lie in memory either.
            record.text = opened.raw;
        }
        self.of_call.entry(call.key.reference.clone()).or_default().push(index);
        if let Some(at) = call.started_ms {
            let (first, last) = self.times_ms.unwrap_or((at, at));
            self.times_ms = Some((first.min(at), last.max(at)));
        }
        call
    }

    fn read_one(&self, index: usize, now_ms: i64) -> Result<OpenedCall, Problem> {
        let adapter = self.connection.adapter;
        let Some(record) = self.records.get(index) else {
            let at = super::place::Place::START;
            return Err(Problem { at, record: None, what: What::Empty });
        };
        let (confidence, inner) = record.inner(adapter);
        let Some(inner) = inner.filter(|_| confidence > Confidence::No) else {
            return Err(why_not(record, adapter));
        };
        if confidence < Confidence::Sure
            && let Some(other) = surely_of_another(record, adapter)
        {
            return Err(record.problem(What::OtherProvider(other)));
        }
        let read = read_alone(adapter, &self.connection.id, &inner, now_ms);
        let mut opened = read.map_err(|why| record.problem(what(why)))?;
        if !opened.call.purged {
            opened.raw = record.text.clone();
        }
        if opened.transcript != Transcript::NotInRecord {
            opened = opened.noted();
        }
        self.connection.success.apply(&mut opened.call);
        Ok(opened)
    }
}

/// Why a record is none of this provider's calls.
fn why_not(record: &Record, adapter: &dyn Adapter) -> Problem {
    if let Some(problem) = record.broken() {
        return problem;
    }
    if let Some(other) = surely_of_another(record, adapter) {
        return record.problem(What::OtherProvider(other));
    }
    let shape = adapter.shape();
    let fields = providers::fields::Fields::parse(&record.text).unwrap_or_default();
    let id = shape.ids.last().filter(|id| fields.text(id).is_none());
    let call_like = shape.own.iter().chain(shape.shared).filter(|name| fields.has(name)).count();
    record.problem(id.filter(|_| call_like > 1).map_or(What::NoCall, |id| What::NoId(id)))
}

fn surely_of_another(record: &Record, adapter: &dyn Adapter) -> Option<&'static str> {
    let others = providers::all().iter().map(|other| (other, other.describe()));
    let mut others = others.filter(|(_, other)| other.id != adapter.describe().id);
    let found = others.find(|(other, _)| record.confidence(**other) == Confidence::Sure);
    found.map(|(_, other)| other.name)
}

fn what(why: Unread) -> What {
    match why {
        Unread::NoObject => What::NoObject,
        Unread::NoId(name) => What::NoId(name),
        Unread::OddId(id) => What::OddId(id),
    }
}

/// Two records of one call: a list's and a detail's, or the bodies of two webhooks.
fn joined(one: OpenedCall, other: OpenedCall) -> OpenedCall {
    let (first, mut second) =
        if told(&one.transcript) > told(&other.transcript) { (other, one) } else { (one, other) };
    let fresh: Vec<_> =
        first.facts.into_iter().filter(|fact| !second.facts.contains(fact)).collect();
    second.facts.extend(fresh);
    second.raw = format!("{}\n{}", first.raw, second.raw);
    second.over(Some(&first.call))
}

/// How much is told of a transcript.
fn told(transcript: &Transcript) -> u8 {
    match transcript {
        Transcript::NotAsked | Transcript::NotInRecord => 0,
        Transcript::BeingWritten | Transcript::Elsewhere | Transcript::Absent => 1,
        Transcript::Turns(_) | Transcript::Text(_) => 2,
        Transcript::Purged => 3,
    }
}
