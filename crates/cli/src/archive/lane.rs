//! The calls of one connection, a few at a time, the most urgent first: of each its recordings,
//! then its data and its transcript.

use std::cell::{Cell, RefCell};
use std::pin::pin;

use ::export::folder;
use calls::{Call, Transcript};
use futures_util::future::{Either, select};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use load::{Connection, Reopened, Transport as _};
use providers::{Event, Refusal, RefusalKind, Track};
use tokio::sync::Notify;

use super::data::Desk;
use super::due::{self, Due};
use super::removal;
use super::saved::{Entry, Sound, Talk, is_running, told};
use super::shelf::Shelf;
use super::tally::{Kind, Tally};
use super::waiting::Waiting;
use super::{Trouble, print, recording};
use crate::source::{Way, in_words};

/// Calls that are under way at once.
const AT_ONCE: usize = 3;

/// How often it is said how far it is, in calls.
const TOLD: usize = 50;

/// The work on one connection's calls.
pub(super) struct Lane<'a> {
    pub(super) way: &'a Way,
    pub(super) connection: &'a Connection,
    pub(super) shelf: &'a Shelf,
    pub(super) now_ms: i64,
    pub(super) tally: &'a RefCell<Tally>,
    /// Why nothing more is asked: only a person can help.
    pub(super) given_up: RefCell<Option<String>>,
    pub(super) done: Cell<usize>,
    /// How many of its questions were answered.
    pub(super) answered: Cell<usize>,
    /// How many calls in a row were waited for in vain.
    pub(super) in_vain: Cell<usize>,
}

impl Lane<'_> {
    /// Saves calls in their order; what is known of each goes with it.
    pub(super) async fn run(&self, calls: Vec<(Call, Option<Entry>)>) -> Result<(), Trouble> {
        let of = calls.len();
        let each = calls.into_iter().map(|(call, known)| async move {
            self.keep(call, known).await.or_else(|trouble| self.pass_over(trouble))?;
            self.done.set(self.done.get() + 1);
            if self.done.get().is_multiple_of(TOLD) {
                self.way.progress(&format!(
                    "{}: {} of {of} calls",
                    self.connection.name,
                    self.done.get()
                ));
            }
            Ok(())
        });
        stream::iter(each).buffer_unordered(AT_ONCE).try_collect::<()>().await
    }

    /// Somebody else's file costs the one call.
    fn pass_over(&self, trouble: Trouble) -> Result<(), Trouble> {
        match trouble {
            Trouble::Foreign(path) => {
                self.tally.borrow_mut().in_the_way(path);
                Ok(())
            }
            other => Err(other),
        }
    }

    async fn keep(&self, call: Call, known: Option<Entry>) -> Result<(), Trouble> {
        let (is_new, said) = (known.is_none(), print(&call));
        let mut entry = match known {
            Some(entry) => entry,
            None => self.shelf.begin(&call, self.connection, self.now_ms)?,
        };
        let before = entry.saved.recordings.clone();
        let due = due::of(&entry, &call, &said, self.connection.adapter.tracks(), self.now_ms);
        self.recordings(&call, &mut entry, &due).await?;
        if due.data || !due.tracks.is_empty() {
            entry.saved.told = told(call.recording).to_owned();
            entry.saved.name.clone_from(&self.connection.name);
            entry.saved.started_ms = call.started_ms;
        }
        if due.data {
            if !self.data(call, &mut entry, said).await? {
                return Ok(());
            }
        } else if before != entry.saved.recordings {
            entry.note()?;
        }
        let kind = match (is_new, due.data || !due.tracks.is_empty()) {
            (true, _) => Kind::New,
            (false, true) => Kind::Changed,
            (false, false) => Kind::Same,
        };
        self.tally.borrow_mut().count(&entry, kind);
        Ok(())
    }

    async fn recordings(&self, call: &Call, entry: &mut Entry, due: &Due) -> Result<(), Trouble> {
        if due.tracks.is_empty() {
            let main = Track::Main.code();
            let is_settled = matches!(
                entry.saved.recordings.get(main),
                Some(Sound::Saved { .. } | Sound::Absent | Sound::Expired | Sound::Purged)
            );
            if let Some(state) = due::without_asking(call, self.now_ms).filter(|_| !is_settled) {
                entry.news |= state == Sound::Expired;
                entry.saved.recordings.insert(main.to_owned(), state);
            }
        }
        for track in &due.tracks {
            if let Some(why) = self.given_up.borrow().clone() {
                let failed = Sound::Failed { why };
                entry.saved.recordings.insert(track.code().to_owned(), failed);
                break;
            }
            let saved = recording::save(self, entry, *track).await?;
            match saved {
                Ok(bytes) => {
                    self.note_answer();
                    self.tally.borrow_mut().recording(bytes);
                }
                Err(refusal) => {
                    let state = state(&refusal);
                    entry.news |= state == Sound::Expired;
                    entry.saved.recordings.insert(track.code().to_owned(), state);
                    break;
                }
            }
        }
        Ok(())
    }

    /// Writes what is known of a call and what was said in it. Says whether the call is still
    /// there: what its provider no longer knows is not kept.
    async fn data(&self, call: Call, entry: &mut Entry, said: String) -> Result<bool, Trouble> {
        let has_words = call.answered() != Some(false) && !is_running(&call) && !call.purged;
        let reopened = if has_words { Some(self.open(&call).await) } else { None };
        let (call, transcript, facts) = match reopened {
            None if call.purged => (call, Transcript::Purged, Vec::new()),
            None if is_running(&call) => (call, Transcript::NotAsked, Vec::new()),
            None => (call, Transcript::Absent, Vec::new()),
            Some(Reopened::Call(opened)) => {
                let opened = opened.over(Some(&call));
                (opened.call, opened.transcript, opened.facts)
            }
            Some(Reopened::Gone) => {
                removal::remove(entry)?;
                self.tally.borrow_mut().gone(entry);
                return Ok(false);
            }
            Some(Reopened::Refused(refusal)) => {
                return self.refused(call, entry, &refusal).map(|()| true);
            }
        };
        entry.saved.talk = talk(&transcript);
        if call.purged {
            removal::purge(entry)?;
        }
        self.desk(&call).write(&call, &transcript, &facts, entry)?;
        entry.saved.print = said;
        entry.note().map(|()| true)
    }

    fn desk(&self, call: &Call) -> Desk<'_> {
        let link = self.way.link(&call.key);
        let name = &self.connection.name;
        Desk { name, link, zone: &self.shelf.zone, now_ms: self.now_ms }
    }

    async fn open(&self, call: &Call) -> Reopened {
        if let Some(why) = self.given_up.borrow().clone() {
            return Reopened::Refused(Refusal::unreachable(why));
        }
        let (waiting, given_up) = (Cell::new(Waiting::default()), Notify::new());
        let heard = |event| {
            if let Event::Wait { until_ms } = event
                && !self.goes_on(&waiting, until_ms)
            {
                given_up.notify_one();
            }
        };
        let reopen = pin!(load::reopen(self.way, self.connection, &call.key, heard));
        let reopened = match select(pin!(given_up.notified()), reopen).await {
            Either::Left(_) => Reopened::Refused(self.too_many()),
            Either::Right((reopened, _)) => reopened,
        };
        match &reopened {
            Reopened::Refused(refusal) => {
                use RefusalKind::{Forbidden, PaymentRequired, Unauthorized};
                if matches!(refusal.kind, Unauthorized | PaymentRequired | Forbidden) {
                    *self.given_up.borrow_mut() = Some(in_words(refusal));
                }
            }
            Reopened::Call(_) | Reopened::Gone => self.note_answer(),
        }
        reopened
    }

    /// Whether a call that is asked to wait does so.
    pub(super) fn goes_on(&self, waiting: &Cell<Waiting>, until_ms: i64) -> bool {
        let mut so_far = waiting.get();
        let goes_on = so_far.goes_on(until_ms, self.answered.get(), self.way.now_ms());
        waiting.set(so_far);
        goes_on
    }

    fn note_answer(&self) {
        self.answered.set(self.answered.get() + 1);
        self.in_vain.set(0);
    }

    /// What is said of a call that is not waited for any longer. Where none gets through any more,
    /// nothing more is asked: the next run goes on.
    pub(super) fn too_many(&self) -> Refusal {
        let mut refusal = Refusal::unreachable("");
        (refusal.kind, refusal.text) = (RefusalKind::RateLimited, None);
        self.in_vain.set(self.in_vain.get() + 1);
        if self.in_vain.get() >= AT_ONCE {
            *self.given_up.borrow_mut() = Some(in_words(&refusal));
        }
        refusal
    }

    /// What was saved before still stands; of a new call it is what its list tells.
    fn refused(&self, call: Call, entry: &mut Entry, refusal: &Refusal) -> Result<(), Trouble> {
        let why = self.given_up.borrow().clone().unwrap_or_else(|| in_words(refusal));
        entry.saved.talk = Talk::Failed { why };
        if !entry.saved.files.contains(folder::CALL) {
            self.desk(&call).write(&call, &Transcript::NotAsked, &[], entry)?;
        }
        entry.note()
    }
}

fn talk(transcript: &Transcript) -> Talk {
    match transcript {
        Transcript::Turns(_) | Transcript::Text(_) => Talk::Saved,
        Transcript::NotAsked => Talk::Unasked,
        Transcript::BeingWritten => Talk::BeingWritten,
        Transcript::Purged => Talk::Purged,
        Transcript::Elsewhere | Transcript::NotInRecord | Transcript::Absent => Talk::Absent,
    }
}

/// What becomes of a recording that could not be had.
fn state(refusal: &Refusal) -> Sound {
    match refusal.code.as_deref().filter(|_| refusal.from_proxy) {
        Some("recording_absent") => Sound::Absent,
        Some("recording_not_ready") => Sound::NotReady,
        Some("recording_expired") => Sound::Expired,
        Some("recording_purged") => Sound::Purged,
        _ => Sound::Failed { why: in_words(refusal) },
    }
}
