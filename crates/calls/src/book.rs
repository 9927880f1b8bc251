//! The book: every call that has been loaded, once each, and the rows that a filter shows.
//!
//! The book is a plain value. Whoever shows it keeps a version number beside it and asks again
//! for rows when that changed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::call::Call;
use crate::filter::{Filter, Sieve, searchable};
use crate::key::CallKey;
use crate::period::Span;

/// Row number in a book.
pub type Row = u32;

/// All loaded calls.
#[derive(Clone, Debug, Default)]
pub struct Book {
    calls: Vec<Call>,
    /// Per row: the folded text that the text filter looks at.
    searchable: Vec<String>,
    /// Per row: how often it changed.
    stamps: Vec<u32>,
    rows: HashMap<CallKey, Row>,
    /// Calls that are gone at their provider. A purge wins: what a list that was asked before it
    /// still brings is not taken.
    purged: HashSet<CallKey>,
    /// Names of agents by connection and agent id, as far as the providers told them.
    agents: HashMap<(Arc<str>, String), String>,
}

impl Book {
    /// How many calls are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Takes a call in: a new one is appended, a known one is merged (lists repeat and shift).
    pub fn take(&mut self, mut call: Call) {
        if self.purged.contains(&call.key) {
            return;
        }
        self.name_agent(&mut call);
        if let Some(row) = self.rows.get(&call.key).copied() {
            return self.merge(row, call);
        }
        let row = Row::try_from(self.calls.len()).unwrap_or(Row::MAX);
        self.rows.insert(call.key.clone(), row);
        self.searchable.push(searchable(&call));
        self.stamps.push(0);
        self.calls.push(call);
    }

    /// Forgets a call for good: number, texts, what it can be found by, and its row. Row numbers of
    /// the other calls stay as they are. Says whether the call was in the book; a transcript lives
    /// with whoever opened the call, and is to be dropped there.
    pub fn purge(&mut self, key: &CallKey) -> bool {
        self.purged.insert(key.clone());
        let Some(row) = self.rows.remove(key) else { return false };
        let index = row as usize;
        if let Some(call) = self.calls.get_mut(index) {
            *call = Call::new(key.clone());
        }
        if let Some(text) = self.searchable.get_mut(index) {
            *text = String::new();
        }
        if let Some(stamp) = self.stamps.get_mut(index) {
            *stamp += 1;
        }
        true
    }

    /// Whether a call is gone at its provider.
    #[must_use]
    pub fn is_purged(&self, key: &CallKey) -> bool {
        self.purged.contains(key)
    }

    fn merge(&mut self, row: Row, later: Call) {
        let index = row as usize;
        let (Some(call), Some(text)) = (self.calls.get_mut(index), self.searchable.get_mut(index))
        else {
            return;
        };
        let before = call.clone();
        call.merge(later);
        if *call == before {
            return;
        }
        *text = searchable(call);
        if let Some(stamp) = self.stamps.get_mut(index) {
            *stamp += 1;
        }
    }

    /// Learns an agent's name, and gives it to the calls of this agent that came before it.
    pub fn take_agent(&mut self, connection: &Arc<str>, id: &str, name: &str) {
        self.agents.insert((connection.clone(), id.to_owned()), name.to_owned());
        let rows = self.calls.iter_mut().zip(&mut self.searchable).zip(&mut self.stamps);
        for ((call, text), stamp) in rows {
            let same = call.key.connection == *connection && call.agent_id.as_deref() == Some(id);
            if same && call.agent_name.as_deref() != Some(name) {
                call.agent_name = Some(name.to_owned());
                *text = searchable(call);
                *stamp += 1;
            }
        }
    }

    fn name_agent(&self, call: &mut Call) {
        let Some(id) = &call.agent_id else { return };
        let known = self.agents.get(&(call.key.connection.clone(), id.clone()));
        if call.agent_name.is_none() {
            call.agent_name = known.cloned();
        }
    }

    /// An agent's name, as far as it is known.
    #[must_use]
    pub fn agent_name(&self, connection: &str, id: &str) -> Option<String> {
        let told = self.agents.get(&(connection.into(), id.to_owned())).cloned();
        let of_calls = || {
            let same = |call: &&Call| {
                &*call.key.connection == connection && call.agent_id.as_deref() == Some(id)
            };
            self.calls().find(same).and_then(|call| call.agent_name.clone())
        };
        told.or_else(of_calls)
    }

    /// How often a row has changed since it was taken in; a list redraws the rows whose stamp
    /// moved.
    #[must_use]
    pub fn stamp(&self, row: Row) -> u32 {
        self.stamps.get(row as usize).copied().unwrap_or_default()
    }

    /// A call by its row.
    #[must_use]
    pub fn call(&self, row: Row) -> Option<&Call> {
        self.calls.get(row as usize).filter(|call| !self.is_purged(&call.key))
    }

    /// A call by its identity.
    #[must_use]
    pub fn find(&self, key: &CallKey) -> Option<&Call> {
        self.rows.get(key).and_then(|row| self.call(*row))
    }

    /// The identity of a call that a key names by its other id (TalkPilot: the one at LiveKit).
    #[must_use]
    pub fn known_as(&self, key: &CallKey) -> Option<CallKey> {
        let id = key.reference.call_id();
        let named = |call: &&Call| {
            call.key.connection == key.connection && call.other_id.as_deref() == Some(id)
        };
        let unknown = !self.rows.contains_key(key);
        unknown.then(|| self.calls().find(named).map(|call| call.key.clone()))?
    }

    /// All calls, in no particular order.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|call| !self.is_purged(&call.key))
    }

    /// The rows that pass a filter inside a span, newest first; calls of the same instant in the
    /// order of their identity, so that the order never flickers; calls without a time last.
    #[must_use]
    pub fn rows(&self, filter: &Filter, span: Option<Span>) -> Vec<Row> {
        let sieve = Sieve::new(filter, span);
        let passing = self.calls.iter().zip(&self.searchable).enumerate();
        let mut rows: Vec<Row> = passing
            .filter(|(_, (call, text))| !self.is_purged(&call.key) && sieve.passes(call, text))
            .filter_map(|(index, _)| Row::try_from(index).ok())
            .collect();
        rows.sort_unstable_by(|a, b| {
            let key = |row: &Row| self.call(*row).map(|call| (call.started_ms, &call.key));
            let (a, b) = (key(a), key(b));
            let time = |k: &Option<(Option<i64>, _)>| k.as_ref().and_then(|(at, _)| *at);
            time(&b).cmp(&time(&a)).then_with(|| a.map(|k| k.1).cmp(&b.map(|k| k.1)))
        });
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(key: &str, started_ms: Option<i64>) -> Call {
        let mut call = Call::new(CallKey::parse(key).unwrap());
        call.started_ms = started_ms;
        call
    }

    fn shown(book: &Book) -> Vec<String> {
        let rows = book.rows(&Filter::default(), None);
        rows.iter().map(|row| book.call(*row).unwrap().key.to_string()).collect()
    }

    #[test]
    fn a_call_that_a_shifting_list_repeats_is_in_the_book_once() {
        let mut book = Book::default();
        book.take(call("a/1", Some(1)));
        book.take(call("a/1", Some(1)));
        book.take(call("b/1", Some(2)));
        assert_eq!(book.len(), 2);
        assert_eq!(shown(&book), ["b/1", "a/1"]);
    }

    #[test]
    fn rows_are_newest_first_and_calls_without_a_time_come_last() {
        let mut book = Book::default();
        for (key, at) in [("a/3", Some(5)), ("a/2", None), ("a/1", Some(5)), ("a/4", Some(9))] {
            book.take(call(key, at));
        }
        assert_eq!(shown(&book), ["a/4", "a/1", "a/3", "a/2"]);
    }

    #[test]
    fn an_agents_name_reaches_calls_that_came_before_it_and_after_it() {
        let mut book = Book::default();
        let mut first = call("a/1", Some(1));
        first.agent_id = Some("x".into());
        let mut second = first.clone();
        second.key = CallKey::parse("a/2").unwrap();
        book.take(first);
        book.take_agent(&"a".into(), "x", "Empfang");
        book.take(second);
        assert!(book.calls().all(|call| call.agent_name.as_deref() == Some("Empfang")));
        let filter = Filter { text: "empfang".into(), ..Filter::default() };
        assert_eq!(book.rows(&filter, None).len(), 2);
    }

    #[test]
    fn a_call_is_found_by_its_other_id_in_its_own_connection() {
        let mut book = Book::default();
        let mut one = call("tp/agent~1", Some(1));
        one.other_id = Some("lk_1".into());
        book.take(one.clone());
        let known_as = |key: &str| book.known_as(&CallKey::parse(key).unwrap());
        assert_eq!(known_as("tp/lk_1"), Some(one.key.clone()));
        for key in ["other/lk_1", "tp/lk_2", "tp/agent~1"] {
            assert_eq!(known_as(key), None, "{key}");
        }
        let filter = Filter { text: "LK_1".into(), ..Filter::default() };
        assert_eq!(book.rows(&filter, None), [0], "it is searched as well");
    }

    #[test]
    fn a_call_that_is_gone_leaves_nothing_and_every_other_row_where_it_was() {
        let mut book = Book::default();
        let mut gone = call("a/1", Some(1));
        gone.customer.phone = Some("+14155550100".into());
        gone.customer.name = Some("Ada".into());
        gone.summary = Some("A secret".into());
        book.take(gone.clone());
        book.take(call("a/2", Some(2)));
        let (row, stamp) = (0, book.stamp(0));
        assert!(book.purge(&gone.key));
        assert_eq!((book.len(), book.find(&gone.key), book.call(row)), (1, None, None));
        assert!(book.stamp(row) > stamp);
        assert_eq!(book.call(1).unwrap().key.to_string(), "a/2");
        assert_eq!(shown(&book), ["a/2"]);
        let kept = format!("{:?} {:?}", book.calls, book.searchable).to_lowercase();
        for text in ["ada", "secret", "4155550100"] {
            assert!(!kept.contains(text), "{text} is still in the book");
        }
        let found = Filter { text: "ada".into(), ..Filter::default() };
        assert_eq!(book.rows(&found, None), [0; 0]);
    }

    #[test]
    fn a_late_list_does_not_bring_back_a_call_that_is_gone() {
        let mut book = Book::default();
        let gone = call("a/1", Some(1));
        assert!(!book.purge(&gone.key), "it had not been loaded");
        book.take(gone.clone());
        assert!(book.is_empty() && book.is_purged(&gone.key));
        book.take(call("a/2", Some(2)));
        assert_eq!(shown(&book), ["a/2"]);
    }
}
