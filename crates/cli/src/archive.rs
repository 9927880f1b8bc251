//! `calldeck archive`: calls into a folder, before their providers let go of them. A run saves what
//! is new or has changed since the last one, and may be stopped at any moment.
//!
//! Invariants: a file under its own name is whole. Nothing is written over or removed that is not
//! noted as ours. What its provider has taken away is taken away here, too.

mod data;
mod disk;
mod due;
mod lane;
mod month;
mod recording;
mod removal;
mod saved;
mod shelf;
mod tally;
mod waiting;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use ::export::{About, Exported, calldeck, folder};
use calls::filter::{Mark, Wanted};
use calls::period::Span;
use calls::{Call, CallKey, Recording, Transcript, Zone};
use futures_util::future::try_join_all;
use load::Reopened;
use place::Place;

use crate::arguments::ArchiveOptions;
use crate::ending::{Ending, say};
use crate::source::{self, Behind, Loaded, Which};
use data::Desk;
use lane::Lane;
use removal::Outdated;
use saved::{Entry, Talk};
use shelf::Shelf;
use tally::Tally;

/// A day in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// Why something cannot be done in the folder.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The disk does not do it: nothing else would work either.
    Disk(String),
    /// Something of somebody else has the name of a file of ours.
    Foreign(PathBuf),
}

impl Trouble {
    fn at(path: &Path, error: &std::io::Error) -> Self {
        Self::Disk(format!("{} cannot be written or read: {error}", path.display()))
    }
}

impl From<Trouble> for Ending {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Disk(text) => Self::NotWorking(text),
            Trouble::Foreign(path) => {
                Self::NotWorking(format!("{} is not of this archive.", path.display()))
            }
        }
    }
}

/// Saves what is to be saved.
pub(crate) async fn run(mut options: ArchiveOptions) -> Result<(), Ending> {
    if !options.source.file.is_empty() {
        return Err(Ending::Usage("An archive is made of connections, not of files.".to_owned()));
    }
    options.source.quiet = options.quiet;
    options.source.in_background = options.source.server.is_some();
    let which = Which::of(&options.source)?;
    let mut shelf = Shelf::open(&options.dir, &which.when.zone)?;
    let before_ms = options.keep_days.map(|days| which.when.now_ms - i64::from(days) * DAY_MS);
    let mut run = Run { options: &options, which: &which, before_ms, tally: RefCell::default() };
    if let Some(before_ms) = before_ms {
        run.let_go(&mut shelf, before_ms)?;
    }
    let mut place = which.place.clone();
    place.filter.marks.set(Mark::Deleted, Wanted::Any);
    let span = which.when.span();
    let loaded = source::read(&options.source, &place, &[span], Behind::Said).await?;
    let saved = run.save(&mut shelf, &loaded).await;
    let mut missing = loaded.missing.clone();
    if before_ms.is_some() && saved.is_ok() {
        missing.extend(run.purge_others(&mut shelf, &place).await?);
    }
    run.tell(&missing);
    saved?;
    if missing.is_empty() && !run.tally.get_mut().has_failed() {
        return Ok(());
    }
    Err(Ending::NotWorking("Something could not be saved.".to_owned()))
}

/// One run over the folder.
struct Run<'a> {
    options: &'a ArchiveOptions,
    which: &'a Which,
    /// Calls from before this instant are not kept.
    before_ms: Option<i64>,
    tally: RefCell<Tally>,
}

impl Run<'_> {
    /// Removes what is too old, and says what.
    fn let_go(&self, shelf: &mut Shelf, before_ms: i64) -> Result<(), Ending> {
        let Outdated { calls, left, months } = removal::outdated(shelf, before_ms)?;
        let now_ms = self.which.when.now_ms;
        months.iter().try_for_each(|name| self.passing(month::write(shelf, name, &[], now_ms)))?;
        if calls > 0 && !self.options.quiet {
            let day = shelf.zone.day_of(before_ms).iso();
            say(&format!("Removed {calls} calls from before {day} (--keep-days)."));
        }
        for path in left {
            say(&format!("{} was left: something in it is not of this archive.", path.display()));
        }
        Ok(())
    }

    /// Somebody else's file costs the one month.
    fn passing(&self, done: Result<(), Trouble>) -> Result<(), Trouble> {
        match done {
            Err(Trouble::Foreign(path)) => {
                self.tally.borrow_mut().in_the_way(path);
                Ok(())
            }
            other => other,
        }
    }

    async fn save(&self, shelf: &mut Shelf, loaded: &Loaded) -> Result<(), Ending> {
        let (span, now_ms) = (self.which.when.span(), self.which.when.now_ms);
        let mut known = shelf.around(span)?;
        let kept = self.keep(shelf, loaded, span, &mut known).await;
        // What was saved is in the month's file, whatever happened then.
        let mut months: BTreeSet<String> = std::mem::take(&mut self.tally.borrow_mut().months);
        let first = folder::of_month(Some(span.from_ms), &shelf.zone);
        let last = folder::of_month(Some(span.to_ms.saturating_sub(1)), &shelf.zone);
        let in_span = |name: &String| (&first..=&last).contains(&name);
        months.extend(shelf.month_names()?.into_iter().filter(in_span));
        for name in months {
            let missing = if in_span(&name) { loaded.missing.as_slice() } else { &[] };
            self.passing(month::write(shelf, &name, missing, now_ms))?;
        }
        kept
    }

    /// What providers have taken away of the calls that are kept besides: whoever says for how long
    /// calls are kept lets go of what is purged in that time, also where a run covers fewer days.
    /// Says what of their lists is missing.
    async fn purge_others(&self, shelf: &mut Shelf, place: &Place) -> Result<Vec<String>, Ending> {
        let (span, now_ms) = (self.which.when.span(), self.which.when.now_ms);
        let mut missing = Vec::new();
        for beside in shelf.beside(span)? {
            let options = &self.options.source;
            let loaded = source::read(options, place, &[beside], Behind::LeftOut).await?;
            let mut known = shelf.around(beside)?;
            known.retain(|_, entry| entry.saved.started_ms.is_some_and(|at| beside.holds(at)));
            self.take_away(&loaded, beside, &mut known).await?;
            missing.extend(loaded.missing);
        }
        let months: BTreeSet<String> = std::mem::take(&mut self.tally.borrow_mut().months);
        for name in months {
            self.passing(month::write(shelf, &name, &[], now_ms))?;
        }
        Ok(missing)
    }

    async fn keep(
        &self,
        shelf: &Shelf,
        loaded: &Loaded,
        span: Span,
        known: &mut HashMap<CallKey, Entry>,
    ) -> Result<(), Ending> {
        let Some(way) = &loaded.way else { return Ok(()) };
        self.take_away(loaded, span, known).await?;
        let lanes: Vec<Lane<'_>> = loaded
            .connections
            .iter()
            .map(|connection| Lane {
                way,
                connection,
                shelf,
                now_ms: self.which.when.now_ms,
                tally: &self.tally,
                given_up: RefCell::default(),
                done: Cell::default(),
                answered: Cell::default(),
                in_vain: Cell::default(),
            })
            .collect();
        let mut calls = self.wanted(loaded, span);
        calls.sort_by_key(|call| call.recording.urgency());
        let runs = lanes.iter().map(|lane| {
            let own = calls.iter().filter(|call| call.key.connection == lane.connection.id);
            let own = own.map(|call| (call.clone(), known.remove(&call.key))).collect();
            lane.run(own)
        });
        let runs: Vec<_> = runs.collect();
        try_join_all(runs).await?;
        Ok(())
    }

    /// The calls that the link shows, newest first, as far as they are to be kept.
    fn wanted(&self, loaded: &Loaded, span: Span) -> Vec<Call> {
        let rows = loaded.rows(self.which, Some(span)).into_iter();
        let calls = rows.filter_map(|row| loaded.book.call(row));
        let is_kept = |call: &Call| {
            let times = self.before_ms.zip(call.started_ms);
            let is_old = times.is_some_and(|(before_ms, at_ms)| at_ms < before_ms);
            !call.deleted && !is_old
        };
        calls.filter(is_kept).collect()
    }

    /// What providers have taken away, whichever calls the link shows: those that are deleted or
    /// purged in a list, and those that are in none any more and turn out to be gone.
    async fn take_away(
        &self,
        loaded: &Loaded,
        span: Span,
        known: &mut HashMap<CallKey, Entry>,
    ) -> Result<(), Ending> {
        let mut gone = Vec::new();
        for (key, entry) in known.iter_mut() {
            let deleted = match loaded.book.find(key) {
                Some(call) if call.deleted => true,
                Some(call) if call.purged && entry.saved.talk != Talk::Purged => {
                    self.purge(entry, &call, loaded)?;
                    false
                }
                Some(_) => false,
                None => self.is_gone(loaded, span, entry).await,
            };
            if deleted {
                removal::remove(entry)?;
                self.tally.borrow_mut().gone(entry);
                gone.push(key.clone());
            }
        }
        gone.iter().for_each(|key| drop(known.remove(key)));
        Ok(())
    }

    /// A call that is purged loses what was saved of it, also where the link does not show it.
    fn purge(&self, entry: &mut Entry, call: &Call, loaded: &Loaded) -> Result<(), Trouble> {
        removal::purge(entry)?;
        self.tally.borrow_mut().gone(entry);
        let (Some(way), Some(connection)) = (&loaded.way, loaded.connection(&call.key)) else {
            return Ok(());
        };
        let link = way.link(&call.key);
        let when = &self.which.when;
        let desk = Desk { name: &connection.name, link, zone: &when.zone, now_ms: when.now_ms };
        desk.write(call, &Transcript::Purged, &[], entry)
    }

    /// Whether a call that is not listed any more is gone at its provider. What the provider only
    /// no longer keeps is what an archive is for.
    async fn is_gone(&self, loaded: &Loaded, span: Span, entry: &Entry) -> bool {
        let (Some(way), Some(connection)) = (&loaded.way, loaded.connection(&entry.key)) else {
            return false;
        };
        let now_ms = self.which.when.now_ms;
        let since_ms = connection.adapter.keeps_ms().map_or(i64::MIN, |ms| now_ms - ms + DAY_MS);
        let listed = |at_ms: i64| span.holds(at_ms) && at_ms >= since_ms;
        let should_be_there = entry.saved.started_ms.is_some_and(listed);
        if !should_be_there || !loaded.whole.contains(&connection.id) {
            return false;
        }
        let reopened = load::reopen(way, connection, &entry.key, |_| {}).await;
        reopened == Reopened::Gone
    }

    fn tell(&self, missing: &[String]) {
        let tally = self.tally.borrow();
        if !self.options.quiet {
            say(&format!("{}: {}.", self.options.dir.display(), tally.saved()));
        }
        source::tell(missing);
        source::tell(&tally.not_saved(!self.options.quiet));
    }
}

/// What a file of this archive says about itself.
fn about(zone: &Zone, connections: Vec<calldeck::Connection>, now_ms: i64) -> About {
    let zone = zone.clone();
    About { exported_ms: now_ms, zone, filter: "#".to_owned(), masked: false, connections }
}

/// By what it is told whether a list says something else of a call than before: everything but
/// whether there is a recording, which is looked at by itself, and the agent's name, which comes
/// from elsewhere.
fn print(call: &Call) -> String {
    let mut call = call.clone();
    (call.recording, call.agent_name) = (Recording::Unknown, None);
    let record = Exported { call: &call, connection: "", link: "", transcript: None, facts: &[] };
    let mut text = String::new();
    calldeck::call(&record, true, &mut text);
    // FNV-1a: the same on every machine and in every version.
    let mixed = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{mixed:016x}")
}
