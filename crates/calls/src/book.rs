//! The book: every call that has been loaded, once each, and the rows that a filter shows.
//!
//! The book is a plain value. Whoever shows it keeps a version number beside it and asks again
//! for rows when that changed.
//!
//! Inside it is columns: what a call has for itself lies in typed columns and in one arena of
//! texts; what many calls share (agent, status, outcome, …) is held once and named by a code. A
//! condition is then asked of some hundred shared values instead of a million calls, and the
//! loops over rows are those of `kernels`.

mod answer;
mod arena;
mod columns;
mod entry;
mod facet;
mod groups;
mod index;
mod looking;
mod mapping;
mod order;
mod record;
mod shared;
mod sorting;
mod summary;
mod tally;
mod text;

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::call::Call;
use crate::key::CallKey;
use crate::outcome::{Outcome, SuccessMap};
use crate::told::ToldBy;
use arena::Arena;
use columns::{Columns, HOLE};
use groups::Groups;
use index::Index;
use order::Order;
use record::Texts;

pub use answer::Answer;
pub use entry::Entry;
pub use facet::FacetCount;
pub use looking::{Hits, Looking};
pub use tally::Field;

pub(crate) use shared::{Findings, What, Who};

/// Row number in a book.
pub type Row = u32;

/// All loaded calls.
#[derive(Clone, Debug, Default)]
pub struct Book {
    columns: Columns,
    who: Groups<Who>,
    what: Groups<What>,
    findings: Groups<Findings>,
    outcomes: Groups<Vec<Outcome>>,
    told: Groups<ToldBy>,
    /// The texts that each call has for itself, see [`Texts`].
    texts: Arena<false>,
    /// The same, folded, as far as the text filter looks at them.
    folded: Arena<true>,
    index: Index,
    order: Order,
    /// One more than the largest row that was ever given.
    rows_end: Row,
    len: usize,
    /// Calls that are gone at their provider. A purge wins: what a list that was asked before it
    /// still brings is not taken.
    purged: HashSet<CallKey>,
    /// Names of agents by connection and agent id, as far as the providers told them.
    agents: HashMap<(Arc<str>, String), String>,
    /// What outcomes mean, by connection, where that is not as it was when calls were read.
    success_maps: BTreeMap<Arc<str>, SuccessMap>,
    searched: text::Searched,
    ranked: sorting::Ranked,
}

impl Book {
    /// How many calls are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Takes a call in: a new one is appended, a known one is merged (lists repeat and shift).
    pub fn take(&mut self, mut call: Call) {
        if self.purged.contains(&call.key) {
            return;
        }
        self.name_agent(&mut call);
        if let Some(row) = self.row_of(&call.key) {
            return self.merge(row, call);
        }
        let row = self.rows_end;
        self.rows_end = self.rows_end.saturating_add(1);
        self.len += 1;
        self.index.insert(&call.key, row);
        self.restate(&mut call);
        self.put(row, call);
    }

    fn merge(&mut self, row: Row, later: Call) {
        let Some(before) = self.call(row) else { return };
        let mut call = before.clone();
        call.merge(later);
        self.restate(&mut call);
        if call != before {
            self.put(row, call);
            self.columns.stamps.set(row, self.stamp(row).wrapping_add(1));
        }
    }

    /// Writes everything of a call into its row.
    fn put(&mut self, row: Row, mut call: Call) {
        if self.columns.started_ms.get(row) != call.started_ms || self.entry(row).is_none() {
            self.order.touch(row);
        }
        self.columns.put(row, &call);
        let mut text = String::new();
        Texts::of(&call).write(&mut text);
        let folded = text::folded(&call);
        if self.texts.get(row) != text || self.folded.get(row) != folded {
            self.texts.put(row, &text);
            self.folded.put(row, &folded);
            self.searched.forget();
            self.ranked.forget();
        }
        let told = self.told.enter(call.told);
        let outcomes = self.outcomes.enter(std::mem::take(&mut call.outcomes));
        let findings = self.findings.enter(Findings::take(&mut call));
        let what = self.what.enter(What::take(&mut call));
        let who = self.who.enter(Who::take(&mut call));
        self.change_codes(row, [who, what, findings, outcomes, told]);
    }

    /// Gives a row its codes, which have been entered; the ones before are left.
    fn change_codes(&mut self, row: Row, [who, what, findings, outcomes, told]: [u32; 5]) {
        let columns = &mut self.columns;
        if columns.who.raw(row) != who {
            // The words of whose call it is are searched too.
            self.searched.forget();
        }
        self.who.leave(columns.who.raw(row));
        self.what.leave(columns.what.raw(row));
        self.findings.leave(columns.findings.raw(row));
        self.outcomes.leave(columns.outcomes.raw(row));
        self.told.leave(columns.told.raw(row));
        columns.who.set(row, who);
        columns.what.set(row, what);
        columns.findings.set(row, findings);
        columns.outcomes.set(row, outcomes);
        columns.told.set(row, told);
        columns.pack(row);
    }

    /// Forgets a call for good: number, texts, what it can be found by, and its row. Row numbers of
    /// the other calls stay as they are. Says whether the call was in the book; a transcript lives
    /// with whoever opened the call, and is to be dropped there.
    pub fn purge(&mut self, key: &CallKey) -> bool {
        self.purged.insert(key.clone());
        self.let_go(key)
    }

    /// Forgets a call as a purge does, but it may come back: the file that it is in was closed.
    /// Says whether the call was in the book.
    pub fn let_go(&mut self, key: &CallKey) -> bool {
        let Some(row) = self.row_of(key) else { return false };
        self.columns.put(row, &Call::new(key.clone()));
        self.change_codes(row, [HOLE; 5]);
        self.texts.remove(row);
        self.folded.remove(row);
        self.searched.forget();
        self.ranked.forget();
        self.order.touch(row);
        self.columns.stamps.set(row, self.stamp(row).wrapping_add(1));
        self.len -= 1;
        true
    }

    /// Whether a call is gone at its provider.
    #[must_use]
    pub fn is_purged(&self, key: &CallKey) -> bool {
        self.purged.contains(key)
    }

    /// Learns an agent's name, and gives it to the calls of this agent that came before it.
    pub fn take_agent(&mut self, connection: &Arc<str>, id: &str, name: &str) {
        self.agents.insert((connection.clone(), id.to_owned()), name.to_owned());
        let unnamed = |who: &Who| {
            who.connection == *connection
                && who.agent_id.as_deref() == Some(id)
                && who.agent_name.as_deref() != Some(name)
        };
        let found = self.who.iter().filter(|(_, who)| unnamed(who));
        let found: Vec<(u32, Who)> = found.map(|(code, who)| (code, who.clone())).collect();
        if found.is_empty() {
            return;
        }
        let mut codes: Vec<Option<u32>> = vec![None; self.who.end()];
        for (code, mut who) in found {
            who.agent_name = Some(name.to_owned());
            let changed = self.who.replace(code, who).unwrap_or(code);
            if let Some(place) = codes.get_mut(code as usize) {
                *place = Some(changed);
            }
        }
        self.change_over(&codes);
        self.searched.forget();
    }

    /// Rows whose group changed change their code where that has another one now.
    fn change_over(&mut self, codes: &[Option<u32>]) {
        for row in 0..self.rows_end {
            let code = self.columns.who.raw(row);
            let Some(Some(changed)) = codes.get(code as usize) else { continue };
            self.columns.stamps.set(row, self.columns.stamps.raw(row).wrapping_add(1));
            if *changed != code
                && let Some(who) = self.who.get(*changed).cloned()
            {
                let entered = self.who.enter(who);
                self.who.leave(code);
                self.columns.who.set(row, entered);
                self.columns.pack(row);
            }
        }
    }

    fn name_agent(&self, call: &mut Call) {
        let Some(id) = &call.agent_id else { return };
        if call.agent_name.is_none() && !self.agents.is_empty() {
            let known = self.agents.get(&(call.key.connection.clone(), id.clone()));
            call.agent_name = known.cloned();
        }
    }

    /// An agent's name, as far as it is known.
    #[must_use]
    pub fn agent_name(&self, connection: &str, id: &str) -> Option<String> {
        let told = self.agents.get(&(connection.into(), id.to_owned())).cloned();
        let of_calls = || {
            let same =
                |who: &&Who| &*who.connection == connection && who.agent_id.as_deref() == Some(id);
            self.who.iter().map(|(_, who)| who).filter(same).find_map(|who| who.agent_name.clone())
        };
        told.or_else(of_calls)
    }

    /// How often a row has changed since it was taken in; a list redraws the rows whose stamp
    /// moved.
    #[must_use]
    pub fn stamp(&self, row: Row) -> u32 {
        self.columns.stamps.raw(row)
    }

    /// What is known of a row, borrowed.
    #[must_use]
    pub fn entry(&self, row: Row) -> Option<Entry<'_>> {
        Entry::of(self, row)
    }

    /// A call by its row.
    #[must_use]
    pub fn call(&self, row: Row) -> Option<Call> {
        self.entry(row).map(|entry| entry.to_call())
    }

    /// A call by its identity.
    #[must_use]
    pub fn find(&self, key: &CallKey) -> Option<Call> {
        self.call(self.row_of(key)?)
    }

    /// The row of a call.
    #[must_use]
    pub fn row_of(&self, key: &CallKey) -> Option<Row> {
        self.index.find(key, |row| {
            let same = |who: &Who| who.connection == key.connection;
            self.who.get(self.columns.who.raw(row)).is_some_and(same)
                && Texts::read(self.texts.get(row)).reference == key.reference.as_str()
        })
    }

    /// The identity of a call that a key names by its other id (TalkPilot: the one at LiveKit).
    #[must_use]
    pub fn known_as(&self, key: &CallKey) -> Option<CallKey> {
        let id = key.reference.call_id();
        let named = |entry: &Entry<'_>| {
            entry.connection() == &*key.connection && entry.other_id() == Some(id)
        };
        let unknown = self.row_of(key).is_none();
        unknown.then(|| self.entries().find(named).map(|entry| entry.key()))?
    }

    /// All calls, in no particular order.
    pub fn calls(&self) -> impl Iterator<Item = Call> {
        self.entries().map(|entry| entry.to_call())
    }

    /// All calls, borrowed, in no particular order.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.rows_end).filter_map(|row| self.entry(row))
    }

    /// All rows, newest first.
    fn in_order(&self) -> &[Row] {
        let started_ms = &self.columns.started_ms;
        let is_there = |row: &Row| self.columns.what.raw(*row) != HOLE;
        let time = |row: Row| Some(row).filter(is_there).map(|row| started_ms.raw(row));
        self.order.rows(time, |a, b| self.by_identity(a, b))
    }

    fn by_identity(&self, a: Row, b: Row) -> Ordering {
        let connection = |row| self.who.get(self.columns.who.raw(row)).map(|who| &who.connection);
        let reference = |row| Texts::read(self.texts.get(row)).reference;
        let same = || reference(a).cmp(reference(b));
        connection(a).cmp(&connection(b)).then_with(same)
    }
}

#[cfg(test)]
mod tests;
