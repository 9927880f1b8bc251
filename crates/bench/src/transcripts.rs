//! Transcripts that are the same in every run: sentences of made-up words, some of which are said
//! all the time and most of which hardly ever, as in any language.

use search::{Said, Side};

/// How many words there are. Ten thousand transcripts of two hundred words know about as many.
const WORDS: u32 = 12_000;
/// No transcript has more turns.
const MOST_TURNS: u32 = 26;
/// Words begin with letters that no word has further on: what begins a word is found nowhere else,
/// so that those who look for words and those who look for letters find the same.
const BEGINNINGS: [&str; 16] =
    ["v", "w", "z", "j", "qu", "p", "x", "vr", "wr", "zr", "pr", "pl", "vl", "jr", "xl", "zl"];
const STARTS: [&str; 14] =
    ["b", "d", "f", "g", "h", "k", "l", "m", "n", "r", "s", "t", "sch", "st"];
const MIDDLES: [&str; 10] = ["a", "e", "i", "o", "u", "ei", "au", "ü", "ie", "ä"];
const ENDS: [&str; 10] = ["", "n", "r", "t", "ng", "s", "l", "ch", "m", "nd"];

/// An endless row of transcripts.
#[derive(Clone, Copy, Debug)]
pub struct Transcripts {
    state: u64,
}

impl Transcripts {
    /// The transcripts of a seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    }

    fn below(&mut self, end: u32) -> u32 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        u32::try_from((self.state >> 33) % u64::from(end.max(1))).unwrap_or_default()
    }

    /// The frequent ones are drawn most often: the rank is a product of draws.
    fn word(&mut self) -> String {
        let mut rank = WORDS;
        for _ in 0..3 {
            rank = self.below(rank + 1);
        }
        word(rank)
    }

    fn turn(&mut self, side: Side) -> Said {
        let words = self.below(20) + 3;
        let mut text = String::new();
        for nth in 0..words {
            text.push_str(if nth == 0 { "" } else { " " });
            text.push_str(&self.word());
        }
        text.push('.');
        Said { side, text, at_ms: None }
    }
}

impl Iterator for Transcripts {
    type Item = Vec<Said>;

    fn next(&mut self) -> Option<Vec<Said>> {
        let turns = self.below(MOST_TURNS - 1) + 2;
        let sides = [Side::Agent, Side::Customer].into_iter().cycle();
        Some(sides.take(turns as usize).map(|side| self.turn(side)).collect())
    }
}

/// The word of a rank: the rarer, the longer.
#[must_use]
pub fn word(rank: u32) -> String {
    let mut state = u64::from(rank).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5555;
    let mut pick = |among: &[&'static str]| {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        let index = (state >> 40) as usize % among.len();
        among.get(index).copied().unwrap_or_default()
    };
    let syllables = 1 + rank.max(1).ilog(12);
    let mut word = String::new();
    for syllable in 0..syllables {
        word.push_str(pick(if syllable == 0 { &BEGINNINGS } else { &STARTS }));
        word.push_str(pick(&MIDDLES));
        word.push_str(pick(&ENDS));
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_transcripts_are_about_23_megabytes() {
        let bytes = |said: Vec<Said>| said.iter().map(|said| said.text.len()).sum::<usize>();
        let average = Transcripts::of(4).take(500).map(bytes).sum::<usize>() / 500;
        assert!((2_000..2_600).contains(&average), "{average}");
    }

    #[test]
    fn no_word_has_the_beginning_of_one_further_on() {
        let first = |letter: char| "vwzjqpx".contains(letter);
        for rank in 0..WORDS {
            let word = word(rank);
            assert!(word.starts_with(first) && !word.chars().skip(1).any(first), "{word}");
        }
    }

    #[test]
    fn frequent_words_are_short_and_rare_ones_long() {
        assert!(word(3).chars().count() < word(11_000).chars().count());
    }
}
