//! Loads the transcripts that an export is to have: in the background, as fast as the providers'
//! limits let it, and saying how long that will take.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use calls::{Call, CallKey, Transcript};
use leptos::prelude::*;
use load::Connection;
use load::fill::{Brought, Fill, has_words};

use super::{Exporting, Items, Scope, Step};
use crate::browser::clock;
use crate::locale::Locale;
use crate::store::Store;

/// What was loaded.
#[derive(Default)]
pub(super) struct Talks {
    brought: HashMap<CallKey, (Call, Transcript)>,
    /// Calls whose transcript could not be loaded, by connection.
    failed: BTreeMap<Arc<str>, usize>,
}

impl Talks {
    /// A call under what opening it told, and its transcript.
    pub(super) fn over(&self, mut call: Call) -> (Call, Transcript) {
        let Some((opened, transcript)) = self.brought.get(&call.key) else {
            let known = if call.transcript == Some(false) {
                Transcript::Absent
            } else {
                Transcript::NotAsked
            };
            return (call, known);
        };
        call.merge(opened.clone());
        let transcript = if call.purged { Transcript::Purged } else { transcript.clone() };
        (call, transcript)
    }

    /// Which transcripts could not be loaded, in sentences.
    pub(super) fn missing(&self, store: Store, locale: Locale) -> Vec<String> {
        let said = self.failed.iter().map(|(connection, count)| {
            let name = untrack(|| store.connection_name(connection));
            let plural = i64::try_from(*count).unwrap_or(i64::MAX);
            locale.words.export_not_loaded(
                locale.formats.plural(plural),
                name,
                locale.count(*count),
            )
        });
        said.collect()
    }
}

impl Exporting {
    pub(super) async fn load_transcripts(self, items: &Items) -> Talks {
        let mut talks = Talks::default();
        self.keep_kept(items, &mut talks);
        let wanted = self.wanted(items);
        let mut fill = self.plan(&wanted, clock::now_ms());
        let connections = untrack(|| self.store.connections());
        let step = |fill: &Fill, brought: Option<Brought>| match brought {
            Some(brought) => self.keep(brought, &mut talks),
            None => self.say(fill, &connections),
        };
        self.store.bring_all(&mut fill, step).await;
        for key in wanted {
            if !talks.brought.contains_key(&key) && !self.is_gone(&key) {
                *talks.failed.entry(key.connection.clone()).or_default() += 1;
            }
        }
        talks
    }

    /// How long loading the transcripts of the list would take, as far as that is known, and how
    /// many they are.
    #[must_use]
    pub fn estimate(self, scope: Scope, chosen: Vec<CallKey>) -> (usize, Option<i64>) {
        let now_ms = clock::now_ms();
        let fill = self.plan(&self.wanted(&self.items(scope, chosen)), now_ms);
        let coverage = fill.coverage(&untrack(|| self.store.connections()), now_ms);
        (coverage.total, coverage.left_ms)
    }

    /// The calls whose transcripts have to be asked for: not those of opened files or that
    /// have been read before, which are here.
    fn wanted(self, items: &Items) -> Vec<CallKey> {
        let calls = (0..items.len()).filter_map(|nth| items.call(nth, self.store));
        let is_here = |key: &CallKey| self.is_of_a_file(key) || self.read.recall(key).is_some();
        let keys: Vec<CallKey> = calls.map(|call| call.key).filter(|key| !is_here(key)).collect();
        self.store.look(|book| {
            let has_words = |key: &CallKey| {
                book.row_of(key)
                    .and_then(|row| book.entry(row))
                    .is_some_and(|call| has_words(&call))
            };
            keys.into_iter().filter(has_words).collect()
        })
    }

    fn plan(self, wanted: &[CallKey], now_ms: i64) -> Fill {
        let mut fill = Fill::default();
        self.store.look(|book| {
            let rows = wanted.iter().filter_map(|key| book.row_of(key));
            fill.plan(book, rows, now_ms);
        });
        fill
    }

    /// Takes what opened files have, and what has been read before.
    fn keep_kept(self, items: &Items, talks: &mut Talks) {
        for call in (0..items.len()).filter_map(|nth| items.call(nth, self.store)) {
            if self.is_of_a_file(&call.key) {
                if let Some(opened) = self.store.open_kept(&call.key) {
                    talks.brought.insert(call.key, (opened.call, opened.transcript));
                }
            } else if let Some(transcript) = self.read.recall(&call.key) {
                talks.brought.insert(call.key.clone(), (call, transcript));
            }
        }
    }

    fn is_of_a_file(self, key: &CallKey) -> bool {
        untrack(|| self.store.is_file_read(&key.connection)).is_some()
    }

    fn keep(self, brought: Brought, talks: &mut Talks) {
        // A purge wins: the list forgets what is gone, too.
        self.store.purge(&brought.gone);
        for (call, transcript) in brought.opened {
            talks.brought.insert(call.key.clone(), (call, transcript));
        }
    }

    fn say(self, fill: &Fill, connections: &[Connection]) {
        let coverage = fill.coverage(connections, clock::now_ms());
        let done = coverage.loaded + coverage.refused;
        self.step.set(Step::Loading { done, of: coverage.total, left_ms: coverage.left_ms });
    }

    fn is_gone(self, key: &CallKey) -> bool {
        untrack(|| self.store.with_book(|book| book.is_purged(key)))
    }
}
