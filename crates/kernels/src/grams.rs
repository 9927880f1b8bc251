//! Which of many records may hold a text, told without looking at them.
//!
//! For every two and every three letters in a row there is a set of records. A text can only be in
//! a record that is in the sets of all its letters. Many share a set, so that what the sets say is
//! a guess, but one that leaves nothing out.

/// How many sets there are: with more, fewer records are looked at in vain, and each record costs
/// an eighth of so many bytes.
const SETS: usize = 512;

/// Bits of a set are kept in numbers of this size.
const WORD: usize = u64::BITS as usize;

/// Which records hold which letters. Records are named by their place.
#[derive(Clone, Debug, Default)]
pub struct Grams {
    /// The sets, one behind the other.
    bits: Vec<u64>,
    /// Numbers that a set has.
    words: usize,
}

impl Grams {
    /// The letters of records that lie one behind the other; `ends` says where each ends,
    /// ascending.
    #[must_use]
    pub fn of(text: &str, ends: &[u32]) -> Self {
        let words = ends.len().div_ceil(WORD);
        let mut bits = vec![0; SETS * words];
        let mut from = 0;
        for (record, end) in ends.iter().enumerate() {
            let (word, bit) = (record / WORD, 1 << (record % WORD));
            let record = text.as_bytes().get(from..*end as usize).unwrap_or_default();
            each_set(record, |set| {
                bits.get_mut(set * words + word).into_iter().for_each(|word| *word |= bit);
            });
            from = *end as usize;
        }
        Self { bits, words }
    }

    /// Takes a record out of all sets: nothing of what it held is known any more.
    pub fn remove(&mut self, record: usize) {
        let (word, bit) = (record / WORD, 1 << (record % WORD));
        if word < self.words {
            self.bits.iter_mut().skip(word).step_by(self.words).for_each(|word| *word &= !bit);
        }
    }

    /// The records that may hold a text, lowest first. Nothing can be said of a single letter.
    #[must_use]
    pub fn records(&self, text: &[u8]) -> Option<Vec<usize>> {
        let mut common = vec![u64::MAX; self.words];
        let mut any = false;
        each_set(text, |set| {
            any = true;
            let held = self.bits.get(set * self.words..).unwrap_or_default();
            common.iter_mut().zip(held).for_each(|(common, held)| *common &= held);
        });
        any.then(|| ones(&common).collect())
    }
}

/// Names the set of every two and every three letters of a text.
fn each_set(text: &[u8], mut name: impl FnMut(usize)) {
    let (mut before, mut last) = (0, 0);
    for (place, letter) in text.iter().enumerate() {
        let letter = u32::from(*letter);
        if place > 0 {
            name(set_of(last << 8 | letter));
        }
        if place > 1 {
            name(set_of(before << 16 | last << 8 | letter));
        }
        (before, last) = (last, letter);
    }
}

fn set_of(letters: u32) -> usize {
    (letters.wrapping_mul(0x9e37_79b1) >> 16) as usize % SETS
}

/// The bits that are set.
fn ones(words: &[u64]) -> impl Iterator<Item = usize> {
    (0..).step_by(WORD).zip(words).flat_map(|(from, word)| {
        let mut rest = *word;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros())?;
            rest &= rest - 1;
            Some(from + bit as usize)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    fn grams(texts: &[String]) -> Grams {
        let ends = texts.iter().scan(0, |end, text| {
            *end += u32::try_from(text.len()).unwrap_or_default();
            Some(*end)
        });
        Grams::of(&texts.concat(), &ends.collect::<Vec<_>>())
    }

    #[test]
    fn no_record_that_holds_a_text_is_left_out_and_hardly_any_other_is_named() {
        let mut dice = Dice::new(3);
        let texts: Vec<String> = (0..300)
            .map(|_| (0..dice.below(30)).map(|_| char::from(b'a' + dice.below(26) as u8)).collect())
            .collect();
        let grams = grams(&texts);
        let (mut named, mut holding) = (0, 0);
        for wanted in texts.iter().filter_map(|text| text.get(1..6)) {
            let records = grams.records(wanted.as_bytes()).unwrap();
            let plain = (0..texts.len()).filter(|record| texts[*record].contains(wanted));
            holding += plain.filter(|record| records.contains(record)).count();
            named += records.len();
        }
        let plain = |wanted: &str| texts.iter().filter(|text| text.contains(wanted)).count();
        let all: usize = texts.iter().filter_map(|text| text.get(1..6)).map(plain).sum();
        assert!(holding == all && named < all * 2, "{holding} of {all}, {named} named");
    }

    #[test]
    fn a_record_that_is_taken_out_is_named_no_more() {
        let texts: Vec<String> = (0..200).map(|record| format!("text {record:03}")).collect();
        let mut grams = grams(&texts);
        grams.remove(70);
        let records = grams.records(b"text").unwrap();
        assert_eq!(records, (0..200).filter(|record| *record != 70).collect::<Vec<_>>());
        let kept = format!("{:?}", grams.bits);
        grams.remove(70);
        grams.remove(9_000);
        assert_eq!(format!("{:?}", grams.bits), kept);
    }

    #[test]
    fn nothing_is_said_of_a_letter_and_nothing_is_in_no_records() {
        let grams = grams(&["a".into(), "ab".into()]);
        assert_eq!((grams.records(b"a"), grams.records(b"")), (None, None));
        assert_eq!(grams.records(b"ab"), Some(vec![1]));
        assert_eq!(Grams::of("", &[]).records(b"ab"), Some(vec![]));
    }
}
