//! The index: all transcripts, folded, behind each other in one piece of memory that is searched as
//! a whole. There is nothing to build: a transcript can be found as soon as it is in. What is made
//! of them when there is time only saves looking where a word cannot be.

mod grams;

use std::ops::Range;

use memchr::memmem::Finder;

use crate::folded::fold_into;
use crate::message::{Answer, Order};
use crate::query::{Query, Term};
use crate::snippet::Snippet;
use crate::{CallId, Said, Side};
use grams::{Grams, TOGETHER};

/// Ends every turn. No folded text has it, so that nothing is found across turns or calls.
const END: u8 = 0;

/// Where a call that is not in the index has its document.
const NOWHERE: u32 = u32::MAX;

/// Transcripts, and the words in them.
#[derive(Clone, Debug, Default)]
pub struct Index {
    text: Vec<u8>,
    docs: Vec<Doc>,
    /// For each call the number of its document.
    places: Vec<u32>,
    /// Bytes of `text` that belong to no document any more. They are zeros.
    unused: usize,
    /// Which of the first documents may have what.
    grams: Grams,
    /// The last answer, while the documents are as they were then.
    last: Option<Found>,
}

/// One transcript.
#[derive(Clone, Debug)]
struct Doc {
    call: CallId,
    /// Where its folded text lies.
    at: Range<usize>,
    /// Where each turn's folded text begins, from the beginning of the document, and whose it is.
    turns: Vec<(u32, Side)>,
    /// What was said, as it was sent.
    said: Vec<Said>,
}

#[derive(Clone, Debug)]
struct Found {
    query: Query,
    docs: Vec<u32>,
}

impl Index {
    /// How many transcripts are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.iter().filter(|place| **place != NOWHERE).count()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Does what is asked, and says what there is to say.
    pub fn follow(&mut self, order: Order) -> Option<Answer> {
        match order {
            Order::Put(calls) => {
                calls.into_iter().for_each(|(call, said)| self.put(call, said));
                while self.prepare() {}
            }
            Order::Remove(calls) => calls.into_iter().for_each(|call| self.remove(call)),
            Order::Find { nth, text } => {
                let calls = self.find(&Query::parse(&text));
                return Some(Answer::Found { nth, calls });
            }
            Order::Show { nth, text, calls } => {
                let query = Query::parse(&text);
                let shown = |call| Some((call, self.snippet(call, &query)?));
                let snippets = calls.into_iter().filter_map(shown).collect();
                return Some(Answer::Shown { nth, snippets });
            }
        }
        None
    }

    /// Takes a call's transcript in, in place of the one that it had.
    pub fn put(&mut self, call: CallId, said: Vec<Said>) {
        self.remove(call);
        let start = self.text.len();
        let mut turns = Vec::with_capacity(said.len());
        for turn in &said {
            turns.push((as_u32(self.text.len() - start), turn.side));
            fold_into(&mut self.text, &turn.text);
            self.text.push(END);
        }
        let index = call as usize;
        if self.places.len() <= index {
            self.places.resize(index + 1, NOWHERE);
        }
        if let Some(place) = self.places.get_mut(index) {
            *place = as_u32(self.docs.len());
        }
        self.docs.push(Doc { call, at: start..self.text.len(), turns, said });
        self.last = None;
    }

    /// Makes the next few hundred transcripts ready for words that are rare, and says whether there
    /// were as many. Nothing has to be ready: it is a matter of time, for whoever has some.
    pub fn prepare(&mut self) -> bool {
        let from = self.grams.len();
        let docs = self.docs.get(from..from + TOGETHER);
        let Some(docs) = docs else { return false };
        let text = |doc: &Doc| doc.at.clone();
        let texts = docs.iter().map(text).map(|at| self.text.get(at).unwrap_or_default());
        self.grams.enter(texts);
        true
    }

    /// Forgets a call's transcript: its bytes are overwritten.
    pub fn remove(&mut self, call: CallId) {
        let place = self.places.get_mut(call as usize);
        let place = place.map_or(NOWHERE, |place| std::mem::replace(place, NOWHERE));
        let Some(doc) = self.docs.get_mut(place as usize) else { return };
        if let Some(bytes) = self.text.get_mut(doc.at.clone()) {
            bytes.fill(END);
        }
        self.unused += doc.at.len();
        for said in &mut doc.said {
            // Freed memory keeps its bytes, and a purge is one of the bytes.
            said.text = "\0".repeat(said.text.len());
        }
        (doc.said, doc.turns) = (Vec::new(), Vec::new());
        self.grams.remove(place as usize);
        self.last = None;
        if self.unused > self.text.len() / 4 {
            self.close_gaps();
        }
    }

    /// Moves the documents together over those that are gone.
    fn close_gaps(&mut self) {
        self.grams.clear();
        let mut to = 0;
        let gone = |doc: &Doc| doc.said.is_empty() && doc.turns.is_empty();
        self.docs.retain(|doc| !gone(doc));
        for (place, doc) in self.docs.iter_mut().enumerate() {
            self.text.copy_within(doc.at.clone(), to);
            doc.at = to..to + doc.at.len();
            to = doc.at.end;
            if let Some(known) = self.places.get_mut(doc.call as usize) {
                *known = as_u32(place);
            }
        }
        if let Some(rest) = self.text.get_mut(to..) {
            rest.fill(END);
        }
        self.text.truncate(to);
        self.unused = 0;
    }

    /// The calls whose transcript has every term of a query. A query without terms finds none.
    pub fn find(&mut self, query: &Query) -> Vec<CallId> {
        let last = self.last.take();
        let docs = match &last {
            Some(last) if last.query == *query => last.docs.clone(),
            Some(last) if self.is_narrowed(query, last) => self.among(&finders(query), &last.docs),
            _ if query.has_choices() => self.either(query),
            _ => self.scan(query),
        };
        let calls = docs.iter().filter_map(|place| Some(self.docs.get(*place as usize)?.call));
        let calls = calls.collect();
        self.last = Some(Found { query: query.clone(), docs });
        calls
    }

    /// What is shown of a call for a query.
    #[must_use]
    pub fn snippet(&self, call: CallId, query: &Query) -> Option<Snippet> {
        let place = *self.places.get(call as usize)?;
        Snippet::of(&self.docs.get(place as usize)?.said, query)
    }

    /// Whether the documents of an earlier answer are all that can have it, and few enough that
    /// looking at each is quicker than going through everything.
    fn is_narrowed(&self, query: &Query, last: &Found) -> bool {
        let few = last.docs.len() <= self.docs.len() / 2;
        few && !last.query.is_empty() && query.narrows(&last.query)
    }

    /// Looks at some documents only.
    fn among(&self, finders: &[(&Term, Finder<'_>)], docs: &[u32]) -> Vec<u32> {
        let has_all = |place: &u32| {
            let doc = self.docs.get(*place as usize);
            doc.is_some_and(|doc| finders.iter().all(|(term, finder)| self.has(doc, term, finder)))
        };
        docs.iter().copied().filter(has_all).collect()
    }

    /// The documents that one of a query's readings finds.
    fn either(&self, query: &Query) -> Vec<u32> {
        let readings = query.readings();
        let mut found: Vec<u32> = readings.iter().flat_map(|one| self.scan(one)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Looks where every term may be, and everywhere in what has not been made ready.
    fn scan(&self, query: &Query) -> Vec<u32> {
        let finders = finders(query);
        match self.grams.with_all(finders.iter().map(|(term, _)| term.text.as_str())) {
            Some(docs) => {
                let mut found = self.among(&finders, &docs);
                self.scan_from(self.grams.len(), &finders, &mut found);
                found
            }
            None => {
                let mut found = Vec::new();
                self.scan_from(0, &finders, &mut found);
                found
            }
        }
    }

    /// Looks for the longest term in all documents from one on, and for the others where that was
    /// found.
    fn scan_from(&self, from: usize, finders: &[(&Term, Finder<'_>)], found: &mut Vec<u32>) {
        let Some(((term, finder), others)) = finders.split_first() else { return };
        let Some(first) = self.docs.get(from) else { return };
        let (mut at, mut place) = (first.at.start, from);
        while let Some(hit) = self.text.get(at..).and_then(|rest| finder.find(rest)) {
            let hit = at + hit;
            place += self.docs.get(place..).map_or(0, |docs| behind(docs, hit));
            let Some(doc) = self.docs.get(place) else { break };
            if !doc.admits(term, hit) {
                at = hit + 1;
                continue;
            }
            if others.iter().all(|(term, finder)| self.has(doc, term, finder)) {
                found.push(as_u32(place));
            }
            at = doc.at.end;
        }
    }

    fn has(&self, doc: &Doc, term: &Term, finder: &Finder<'_>) -> bool {
        let mut at = doc.at.start;
        while let Some(hit) = self.text.get(at..doc.at.end).and_then(|rest| finder.find(rest)) {
            if doc.admits(term, at + hit) {
                return true;
            }
            at += hit + 1;
        }
        false
    }
}

impl Doc {
    /// Whether a term may stand at a byte of the index, which lies in this document.
    fn admits(&self, term: &Term, at: usize) -> bool {
        if term.side.is_none() {
            return true;
        }
        let within = as_u32(at.saturating_sub(self.at.start));
        let behind = self.turns.partition_point(|(start, _)| *start <= within);
        let turn = behind.checked_sub(1).and_then(|index| self.turns.get(index));
        turn.is_some_and(|(_, side)| term.admits(*side))
    }
}

/// The terms, the longest first: it is in the fewest documents.
fn finders(query: &Query) -> Vec<(&Term, Finder<'_>)> {
    let mut terms: Vec<&Term> = query.terms().iter().collect();
    terms.sort_by_key(|term| std::cmp::Reverse(term.text.len()));
    terms.into_iter().map(|term| (term, Finder::new(&term.text))).collect()
}

/// How many documents end at or before a byte. Hits of a rare word lie far apart and those of a
/// frequent one close together: steps that double find either soon.
fn behind(docs: &[Doc], at: usize) -> usize {
    let mut step = 1;
    while docs.get(step).is_some_and(|doc| doc.at.start <= at) {
        step *= 2;
    }
    let from = step / 2;
    let reach = docs.get(from..docs.len().min(step + 1)).unwrap_or_default();
    from + reach.partition_point(|doc| doc.at.end <= at)
}

fn as_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
