//! What came of a run, in numbers and sentences: what was saved, and what could not be and why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use calls::Zone;

use super::saved::{Entry, Sound, Talk};

/// Most calls that are named one by one in a sentence.
const MOST_NAMED: usize = 5;

/// What a run did with a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// It was saved for the first time.
    New,
    /// Something of it was saved that was not there, or was otherwise.
    Changed,
    /// There was nothing to do.
    Same,
}

/// Why something of a call is not saved, in the order in which it is told.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Lack {
    Recording(String),
    Transcript(String),
    Expired,
    NotReady,
    BeingWritten,
    Running,
    Absent,
}

/// The calls that lack the same.
#[derive(Default, Debug)]
struct Lacking {
    count: usize,
    named: Vec<String>,
}

/// What came of a run.
#[derive(Default, Debug)]
pub(super) struct Tally {
    new: usize,
    changed: usize,
    same: usize,
    recordings: usize,
    bytes: u64,
    gone: usize,
    lacking: BTreeMap<(String, Lack), Lacking>,
    in_the_way: Vec<PathBuf>,
    /// Whether something failed that should not have.
    failed: bool,
    /// The months of which something changed.
    pub(super) months: BTreeSet<String>,
}

/// What is not saved of a call.
pub(super) fn lacks(entry: &Entry) -> Vec<Lack> {
    let mut lacks = BTreeSet::new();
    lacks.extend(match &entry.saved.talk {
        Talk::Unasked => Some(Lack::Running),
        Talk::BeingWritten => Some(Lack::BeingWritten),
        Talk::Failed { why } => Some(Lack::Transcript(why.clone())),
        Talk::Saved | Talk::Absent | Talk::Purged => None,
    });
    for sound in entry.saved.recordings.values() {
        lacks.extend(match sound {
            Sound::Begun { .. } => Some(Lack::Recording("it broke off".to_owned())),
            Sound::Failed { why } => Some(Lack::Recording(why.clone())),
            Sound::Expired => Some(Lack::Expired),
            Sound::NotReady if entry.saved.talk != Talk::Unasked => Some(Lack::NotReady),
            Sound::Absent => Some(Lack::Absent),
            Sound::NotReady | Sound::Saved { .. } | Sound::Purged => None,
        });
    }
    lacks.into_iter().collect()
}

impl Lack {
    /// Whether it is neither on its way nor to be had at all.
    fn is_failure(&self) -> bool {
        matches!(self, Self::Recording(_) | Self::Transcript(_))
    }

    /// "3 recordings have expired".
    pub(super) fn sentence(&self, count: usize) -> String {
        let of =
            |noun: &str| if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") };
        let have = if count == 1 { "has" } else { "have" };
        let are = if count == 1 { "is" } else { "are" };
        match self {
            Self::Recording(why) => format!("{} could not be saved: {why}", of("recording")),
            Self::Transcript(why) => format!("{} could not be read: {why}", of("transcript")),
            Self::Expired => {
                format!("{} {have} expired and cannot be had any more", of("recording"))
            }
            Self::NotReady => format!("{} {are} not ready yet", of("recording")),
            Self::BeingWritten => format!("{} {are} still being written", of("transcript")),
            Self::Running => format!("{} {are} still going on", of("call")),
            Self::Absent => format!("{} {have} no recording", of("call")),
        }
    }
}

impl Tally {
    /// Counts a call.
    pub(super) fn count(&mut self, entry: &Entry, kind: Kind) {
        match kind {
            Kind::New => self.new += 1,
            Kind::Changed => self.changed += 1,
            Kind::Same => self.same += 1,
        }
        if kind != Kind::Same {
            self.touch(entry);
        }
        for lack in lacks(entry) {
            self.failed |= lack.is_failure() || (lack == Lack::Expired && entry.news);
            let lacking = self.lacking.entry((entry.saved.name.clone(), lack)).or_default();
            lacking.count += 1;
            lacking.named.push(entry.key.reference.call_id().to_owned());
        }
    }

    /// Counts a recording that was saved, and what had to be fetched of it.
    pub(super) fn recording(&mut self, bytes: u64) {
        self.recordings += 1;
        self.bytes += bytes;
    }

    /// Counts a call that its provider no longer has, or has taken something away of.
    pub(super) fn gone(&mut self, entry: &Entry) {
        self.gone += 1;
        self.touch(entry);
    }

    /// Notes a file of somebody else where one of ours should be.
    pub(super) fn in_the_way(&mut self, path: PathBuf) {
        self.failed = true;
        self.in_the_way.push(path);
    }

    /// Whether something could not be saved that should have been.
    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    fn touch(&mut self, entry: &Entry) {
        self.months.extend(entry.month().map(str::to_owned));
    }

    /// What was saved, in a line.
    pub(super) fn saved(&self) -> String {
        #[allow(clippy::cast_precision_loss, reason = "a rounded number for people")]
        let megabytes = self.bytes as f64 / 1_000_000.0;
        let gone = match self.gone {
            0 => String::new(),
            count => format!(", {count} taken away as their providers did"),
        };
        format!(
            "{} new calls, {} changed, {} as before{gone}; {} recordings, {megabytes:.1} MB fetched",
            self.new, self.changed, self.same, self.recordings
        )
    }

    /// What could not be saved, a sentence each. `all` tells also what is as it should be.
    pub(super) fn not_saved(&self, all: bool) -> Vec<String> {
        let told = self.lacking.iter().filter(|((_, lack), _)| all || lack.is_failure());
        let mut said: Vec<String> = told
            .map(|((name, lack), lacking)| {
                format!("{name}: {}{}", lack.sentence(lacking.count), named(lack, &lacking.named))
            })
            .collect();
        said.extend(
            self.in_the_way
                .iter()
                .map(|path| format!("{} is in the way: it is not of this archive", path.display())),
        );
        said
    }
}

fn named(lack: &Lack, ids: &[String]) -> String {
    if *lack == Lack::Absent {
        return String::new();
    }
    let first = ids.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match ids.len().saturating_sub(MOST_NAMED) {
        0 => format!(" ({first})"),
        more => format!(" ({first} and {more} more)"),
    }
}

/// What the calls of a month lack, a sentence a call, as the dashboard's archive has them.
pub(super) fn sentences(entry: &Entry, zone: &Zone) -> Vec<String> {
    let when = entry.saved.started_ms.map(|at_ms| zone.day_of(at_ms).iso()).unwrap_or_default();
    let id = entry.key.reference.call_id();
    let told = lacks(entry).into_iter().filter(|lack| *lack != Lack::Absent);
    told.map(|lack| format!("{}, {when} {id}: {}", entry.saved.name, lack.sentence(1))).collect()
}
