//! Text made ready for comparing, and the way back from there to the text as it was sent.

use std::ops::Range;

pub use calls::fold::fold_line as fold_into;

use calls::fold::fold;

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

/// A folded text that remembers where each of its bytes comes from.
#[derive(Clone, Debug, Default)]
pub struct Traced {
    /// The folded text.
    pub text: String,
    /// For each byte of it, the byte of the sent text at which its letter begins.
    from: Vec<usize>,
    /// Length of the sent text.
    sent: usize,
}

impl Traced {
    /// Folds a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut traced = Self { sent: text.len(), ..Self::default() };
        for (at, letter) in text.char_indices() {
            if is_blank(letter) {
                if !traced.text.is_empty() && !traced.text.ends_with(' ') {
                    traced.push(" ", at);
                }
            } else {
                traced.push(&fold(letter.encode_utf8(&mut [0; 4])), at);
            }
        }
        traced
    }

    fn push(&mut self, folded: &str, at: usize) {
        self.text.push_str(folded);
        self.from.resize(self.text.len(), at);
    }

    /// Every place where a folded needle stands, as ranges of whole letters of the sent text.
    pub fn find<'a>(&'a self, needle: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let found = self.text.match_indices(needle).filter(|_| !needle.is_empty());
        found.map(|(at, _)| self.sent_range(at..at + needle.len()))
    }

    /// The whole letters behind a range of the folded text. A mark that carries no letter of its
    /// own (`e` and a combining accent) belongs to the letter before it.
    fn sent_range(&self, folded: Range<usize>) -> Range<usize> {
        let start = self.from.get(folded.start).copied().unwrap_or(self.sent);
        let last = self.from.get(folded.end - 1).copied().unwrap_or(self.sent);
        let behind = self.from.iter().skip(folded.end).find(|from| **from > last);
        start..behind.copied().unwrap_or(self.sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut bytes = Vec::new();
        fold_into(&mut bytes, text);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn blanks_and_control_characters_of_any_kind_are_one_blank() {
        assert_eq!(folded("  Ada\r\n\tLovelace\0 x"), "ada lovelace x");
        assert_eq!(folded("\u{a0}Ä\u{2003}\nb"), "ae b");
        assert_eq!(folded(""), "");
    }

    #[test]
    fn the_traced_form_is_the_same_text_but_for_a_blank_at_the_end() {
        for text in ["Grüß  Gott", "plain ASCII\ntext", "cafe\u{301} Ǆ İ", "مرحبا بك", "a\u{0}b"]
        {
            assert_eq!(Traced::of(text).text, folded(text), "{text}");
        }
    }

    #[test]
    fn what_is_found_is_marked_in_the_text_as_it_was_sent() {
        let text = "Bitte um Rückruf, ja: RUECKRUF.";
        let traced = Traced::of(text);
        let found: Vec<&str> = traced.find("rueckruf").map(|range| &text[range]).collect();
        assert_eq!(found, ["Rückruf", "RUECKRUF"]);
        let half: Vec<&str> = traced.find("eckruf").map(|range| &text[range]).collect();
        assert_eq!(half, ["ückruf", "ECKRUF"], "half a letter is marked as a whole one");
    }

    #[test]
    fn an_accent_of_its_own_is_marked_with_its_letter() {
        let text = "cafe\u{301} au";
        let found: Vec<&str> = Traced::of(text).find("cafe").map(|range| &text[range]).collect();
        assert_eq!(found, ["cafe\u{301} "].map(|marked| marked.trim_end()));
    }
}
