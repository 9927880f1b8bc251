//! The text filter over everything: which rows hold all words that were typed.

use std::sync::{Arc, Mutex, PoisonError};

use kernels::bits::Bits;
use kernels::search::Needle;

use super::shared::Who;
use super::{Book, Row};
use crate::call::Call;
use crate::filter::{OR, alternatives, folded_lines};
use crate::fold::fold;

/// The texts of a call that the text filter looks at, folded, each ended by a line break, which is
/// in no typed word. What [`Who`] holds is looked at there.
pub(super) fn folded(call: &Call) -> String {
    let customer = &call.customer;
    let texts = [
        &customer.name,
        &customer.phone,
        &customer.email,
        &customer.contact_id,
        &call.other_id,
        &call.request,
        &call.summary,
        &call.note,
        &call.end_reason,
    ];
    let mut all = folded_lines(call, texts);
    all.push('\n');
    all
}

/// What was searched last, so that one letter more only looks at what one letter less had found,
/// and one letter less looks at nothing.
#[derive(Debug, Default)]
pub(super) struct Searched(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// By code of [`Who`]: its searched words, folded.
    who: Option<Vec<String>>,
    /// The last answers; the one that was used last is the last.
    answers: Vec<Answer>,
}

/// Words, and the rows that hold all of them.
#[derive(Debug)]
struct Answer {
    words: Vec<String>,
    found: Arc<Bits>,
    count: usize,
}

/// How many answers are kept: as many as letters are typed and taken back in one go.
const ANSWERS: usize = 8;

impl Clone for Searched {
    /// A copy of a book has been searched for nothing yet.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Searched {
    /// Some text changed.
    pub(super) fn forget(&mut self) {
        *self.0.get_mut().unwrap_or_else(PoisonError::into_inner) = State::default();
    }
}

impl Book {
    /// The rows whose texts hold all of some folded words, or one of the alternatives of each.
    pub(super) fn found(&self, words: &[String]) -> Arc<Bits> {
        let (choices, plain): (Vec<String>, Vec<String>) =
            words.iter().cloned().partition(|word| word.contains(OR));
        let mut parts: Vec<Arc<Bits>> = choices.iter().map(|word| self.either(word)).collect();
        if !plain.is_empty() || parts.is_empty() {
            parts.push(self.holding(&plain));
        }
        parts.into_iter().reduce(common).unwrap_or_default()
    }

    /// The rows whose texts hold one of the alternatives.
    fn either(&self, word: &str) -> Arc<Bits> {
        let mut found = Bits::default();
        for one in alternatives(word) {
            found.add(&self.holding(&[one.to_owned()]));
        }
        Arc::new(found)
    }

    fn holding(&self, words: &[String]) -> Arc<Bits> {
        let mut state = self.searched.0.lock().unwrap_or_else(PoisonError::into_inner);
        let State { who, answers } = &mut *state;
        if let Some(same) = answers.iter().position(|answer| answer.words == words) {
            let same = answers.remove(same);
            let found = same.found.clone();
            answers.push(same);
            return found;
        }
        let who = who.get_or_insert_with(|| self.who.table(String::new(), folded_who));
        let search = Search { book: self, who };
        let wider = answers.iter().filter(|answer| narrows(&answer.words, words));
        let found = Arc::new(match wider.min_by_key(|answer| answer.count) {
            Some(answer) => search.among(&answer.found, words, &answer.words),
            None => search.everywhere(words),
        });
        if answers.len() == ANSWERS {
            answers.remove(0);
        }
        let (words, count) = (words.to_vec(), found.len());
        answers.push(Answer { words, found: found.clone(), count });
        found
    }
}

/// The rows that are in both.
fn common(one: Arc<Bits>, other: Arc<Bits>) -> Arc<Bits> {
    Arc::new(one.rows().filter(|row| other.has(*row)).collect())
}

fn folded_who(who: &Who) -> String {
    let mut all = who.employee.clone().unwrap_or_default();
    all.push('\n');
    all.push_str(who.agent_name.as_deref().unwrap_or_default());
    fold(&all)
}

/// Whether everything that holds the words holds the earlier words, too.
fn narrows(earlier: &[String], words: &[String]) -> bool {
    earlier.iter().all(|old| words.iter().any(|word| word.contains(old.as_str())))
}

/// A search over a book.
struct Search<'a> {
    book: &'a Book,
    who: &'a [String],
}

impl Search<'_> {
    /// Looks for the longest word in everything, and for the others where that one is.
    fn everywhere(&self, words: &[String]) -> Bits {
        let Some(longest) = words.iter().max_by_key(|word| word.len()) else {
            return Bits::default();
        };
        let mut found = Bits::with_room(self.book.rows_end as usize);
        let needle = Needle::new(longest);
        self.book.folded.find(&needle, |row| found.set(row));
        let who = self.who_has(&needle);
        if who.contains(&true) {
            let rows = 0..self.book.rows_end;
            rows.filter(|row| self.is_on(*row, &who)).for_each(|row| found.set(row));
        }
        self.among(&found, words, std::slice::from_ref(longest))
    }

    /// Which of some rows hold all words; those that are `known` to be in all of them are not
    /// looked for again.
    fn among(&self, rows: &Bits, words: &[String], known: &[String]) -> Bits {
        let mut found = rows.clone();
        for word in words.iter().filter(|word| !known.contains(word)) {
            let needle = Needle::new(word);
            let who = self.who_has(&needle);
            let rows: Vec<Row> = found.rows().filter(|row| !self.is_on(*row, &who)).collect();
            let texts = rows.iter().map(|row| self.book.folded.get(*row));
            needle.missing(texts, &mut |number| {
                rows.get(number).into_iter().for_each(|row| found.clear(*row));
            });
        }
        found
    }

    fn who_has(&self, needle: &Needle<'_>) -> Vec<bool> {
        self.who.iter().map(|text| needle.is_in(text)).collect()
    }

    fn is_on(&self, row: Row, who: &[bool]) -> bool {
        let code = self.book.columns.who.raw(row);
        who.get(code as usize) == Some(&true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_used_again_outlives_those_that_are_not() {
        let book = crate::book::Book::default();
        let ask = |word: &str| book.found(&[word.to_owned()]);
        let (used, unused) = (ask("used"), ask("unused"));
        for nth in 2..ANSWERS {
            ask(&format!("word{nth}"));
        }
        assert!(Arc::ptr_eq(&ask("used"), &used));
        ask("one too many");
        assert!(Arc::ptr_eq(&ask("used"), &used), "it is looked for once");
        assert!(!Arc::ptr_eq(&ask("unused"), &unused), "the one that nobody asked for is gone");
    }
}
