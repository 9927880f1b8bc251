//! Finding a text in many texts that lie one behind the other.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::ahead::bring;
use crate::grams::Grams;

/// A text to look for, made ready once.
#[derive(Clone, Debug)]
pub struct Needle<'a>(Finder<'a>);

impl<'a> Needle<'a> {
    /// Makes a text ready to be looked for.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self(Finder::new(text.as_bytes()))
    }

    /// Whether a text holds it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.0.find(text.as_bytes()).is_some()
    }

    /// Hands out the number of each text that does not hold it.
    pub fn missing<'t>(
        &self,
        texts: impl Iterator<Item = &'t str>,
        missing: &mut dyn FnMut(usize),
    ) {
        let texts = texts.map(str::as_bytes).enumerate();
        self.look_at(texts, |number, is_in| {
            if !is_in {
                missing(number)
            }
        });
    }

    /// Says of numbered texts whether they hold it. They lie anywhere, and many of them are asked
    /// of the memory at a time.
    fn look_at<'t>(
        &self,
        mut texts: impl Iterator<Item = (usize, &'t [u8])>,
        mut each: impl FnMut(usize, bool),
    ) {
        let mut near = Vec::with_capacity(AHEAD);
        loop {
            near.clear();
            near.extend(texts.by_ref().take(AHEAD));
            if near.is_empty() {
                return;
            }
            near.iter().for_each(|(_, text)| bring(text));
            near.iter().for_each(|(number, text)| each(*number, self.0.find(text).is_some()));
        }
    }

    /// As [`Self::records`], where it is known which letters the records hold: only those that may
    /// hold it are looked at, unless that is most of them.
    pub fn records_by(
        &self,
        grams: &Grams,
        text: &str,
        ends: &[u32],
        found: &mut dyn FnMut(usize),
    ) {
        let Some(records) = grams.records(self.0.needle()) else {
            return self.records(text, ends, found);
        };
        if records.len() > ends.len() / 2 {
            return self.records(text, ends, found);
        }
        let text_of = |record| text.as_bytes().get(range(ends, record)).unwrap_or_default();
        let texts = records.into_iter().map(|record| (record, text_of(record)));
        self.look_at(texts, |record, is_in| {
            if is_in {
                found(record)
            }
        });
    }

    /// Hands out the number of each record that holds it, lowest first. Records lie one behind the
    /// other in `text`; `ends` says where each ends, ascending. A record has to end with something
    /// that is in no needle, or what is found might lie across two of them.
    pub fn records(&self, text: &str, ends: &[u32], found: &mut dyn FnMut(usize)) {
        let (bytes, mut from, mut record) = (text.as_bytes(), 0, 0);
        while let Some(hit) = bytes.get(from..).and_then(|rest| self.0.find(rest)) {
            record = holding(ends, record, from + hit);
            let Some(end) = ends.get(record) else { return };
            found(record);
            from = *end as usize;
            record += 1;
        }
    }
}

/// How many records are asked of the memory at a time.
const AHEAD: usize = 16;

/// Where a record lies.
fn range(ends: &[u32], record: usize) -> Range<usize> {
    let end = |record: usize| ends.get(record).map_or(0, |end| *end as usize);
    record.checked_sub(1).map_or(0, end)..end(record)
}

/// The record that holds a position, at or after another record. Near ones are looked at one by
/// one: where most records are hits, that is the next one.
fn holding(ends: &[u32], from: usize, position: usize) -> usize {
    let rest = ends.get(from..).unwrap_or_default();
    let before = |end: &u32| *end as usize <= position;
    match rest.iter().take(8).position(|end| !before(end)) {
        Some(near) => from + near,
        None => from + rest.partition_point(before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn the_records_that_hold_a_text_are_found_and_no_others() {
        for seed in 0..300 {
            let mut dice = Dice::new(seed);
            let (mut text, mut ends, mut records) = (String::new(), Vec::new(), Vec::new());
            for _ in 0..dice.below(60) {
                let letters = dice.below(12);
                let record: String =
                    (0..letters).map(|_| if dice.below(2) == 0 { 'a' } else { 'b' }).collect();
                text.push_str(&record);
                text.push('\n');
                ends.push(u32::try_from(text.len()).unwrap_or_default());
                records.push(record);
            }
            for wanted in ["a", "ab", "abba", "bbbbb", "c"] {
                let plain: Vec<usize> = (0..records.len())
                    .filter(|at| records.get(*at).is_some_and(|r| r.contains(wanted)))
                    .collect();
                let (mut found, mut known) = (Vec::new(), Vec::new());
                let (needle, grams) = (Needle::new(wanted), Grams::of(&text, &ends));
                needle.records(&text, &ends, &mut |record| found.push(record));
                needle.records_by(&grams, &text, &ends, &mut |record| known.push(record));
                assert_eq!((&found, &known), (&plain, &plain), "{wanted} in {text:?}");
                let mut missing = Vec::new();
                let texts = records.iter().map(String::as_str);
                needle.missing(texts, &mut |number| missing.push(number));
                missing.extend(&plain);
                missing.sort_unstable();
                assert_eq!(missing, (0..records.len()).collect::<Vec<usize>>());
            }
        }
    }
}
