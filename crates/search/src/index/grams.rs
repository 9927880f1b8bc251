//! Which documents may have a text, told without looking at them.
//!
//! For every three letters in a row there is a set of documents. A text can only be in a document
//! that is in the sets of all its letters, so that few have to be looked at where a word is rare.
//! Several threes share a set, and what the sets say is a guess that leaves nothing out.

/// How many documents are entered at a time.
pub(super) const TOGETHER: usize = if cfg!(test) { 64 } else { 512 };

/// How many sets there are.
const SETS: usize = 4096;

/// Bits of a set are kept in numbers of this size.
const WORD: usize = u64::BITS as usize;

/// Numbers that a set of documents that were entered together has.
const WORDS: usize = TOGETHER / WORD;

/// Which documents have which letters. Documents are named by their place.
#[derive(Clone, Debug, Default)]
pub(super) struct Grams {
    /// The sets of documents that were entered together, one set behind the other.
    blocks: Vec<Vec<u64>>,
}

impl Grams {
    /// How many documents have been entered.
    pub(super) fn len(&self) -> usize {
        self.blocks.len() * TOGETHER
    }

    /// Enters the next documents, [`TOGETHER`] of them.
    pub(super) fn enter<'a>(&mut self, texts: impl Iterator<Item = &'a [u8]>) {
        let mut block = vec![0; SETS * WORDS];
        for (doc, text) in texts.take(TOGETHER).enumerate() {
            let (word, bit) = (doc / WORD, 1 << (doc % WORD));
            for set in sets(text) {
                block.get_mut(set * WORDS + word).into_iter().for_each(|word| *word |= bit);
            }
        }
        self.blocks.push(block);
    }

    /// Takes a document out of all sets.
    pub(super) fn remove(&mut self, doc: usize) {
        let Some(block) = self.blocks.get_mut(doc / TOGETHER) else { return };
        let (word, bit) = (doc % TOGETHER / WORD, 1 << (doc % WORD));
        block.iter_mut().skip(word).step_by(WORDS).for_each(|word| *word &= !bit);
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.blocks.clear();
    }

    /// The documents that may have all of these texts, lowest first, among those that have been
    /// entered. Nothing can be said where no text has three letters.
    pub(super) fn with_all<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Option<Vec<u32>> {
        let sets: Vec<usize> = texts.flat_map(|text| sets(text.as_bytes())).collect();
        if sets.is_empty() {
            return None;
        }
        let mut docs = Vec::new();
        for (block, from) in self.blocks.iter().zip((0..).step_by(TOGETHER)) {
            let mut common = [u64::MAX; WORDS];
            for set in &sets {
                let held = block.get(set * WORDS..).unwrap_or_default();
                common.iter_mut().zip(held).for_each(|(common, held)| *common &= held);
            }
            docs.extend(ones(&common).map(|doc| from + doc));
        }
        Some(docs)
    }
}

/// The set of every three letters of a text.
fn sets(text: &[u8]) -> impl Iterator<Item = usize> {
    text.windows(3).map(|letters| match letters {
        [a, b, c] => {
            let three = u32::from(*a) << 16 | u32::from(*b) << 8 | u32::from(*c);
            (three.wrapping_mul(0x9e37_79b1) >> 20) as usize % SETS
        }
        _ => 0,
    })
}

/// The bits that are set.
fn ones(words: &[u64]) -> impl Iterator<Item = u32> {
    (0..).step_by(WORD).zip(words).flat_map(|(from, word)| {
        let mut rest = *word;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros())?;
            rest &= rest - 1;
            Some(from + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_in_the_sets_of_its_letters_until_it_is_taken_out() {
        let mut grams = Grams::default();
        let texts: Vec<String> = (0..2 * TOGETHER).map(|doc| format!("text {doc:04}")).collect();
        for texts in texts.chunks(TOGETHER) {
            grams.enter(texts.iter().map(String::as_bytes));
        }
        assert_eq!(grams.len(), texts.len());
        let with = |grams: &Grams, text: &str| grams.with_all([text].into_iter()).unwrap();
        for (doc, text) in (0..).zip(&texts) {
            assert!(with(&grams, text).contains(&doc) && with(&grams, &text[5..]).contains(&doc));
        }
        assert!(with(&grams, " 0070").len() < 20, "few others share all sets");
        grams.remove(70);
        assert!(texts.iter().all(|text| !with(&grams, &text[..5]).contains(&70)));
        assert_eq!(with(&grams, "text").len(), texts.len() - 1);
        assert_eq!(grams.with_all(["te", "x"].into_iter()), None);
    }
}
