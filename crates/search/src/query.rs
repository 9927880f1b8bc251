//! What is searched for, as it is typed: words that must all occur, "phrases", `agent:` or
//! `customer:` before either for one side only, and `one|other` where one of several is enough.

use std::ops::Range;

use calls::filter::OR;

use crate::Side;
use crate::folded::{Traced, fold_into};

/// What stands before a word that only one side may have said. The German words are what people
/// type who read "Kunde" on the screen.
const SIDES: [(&str, Side); 3] =
    [("agent", Side::Agent), ("customer", Side::Customer), ("kunde", Side::Customer)];

/// A word or a phrase.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Folded; never empty.
    pub text: String,
    /// What may stand in its place, folded.
    pub or: Vec<String>,
    /// Who must have said it; `None` is anybody.
    pub side: Option<Side>,
}

impl Term {
    /// Whether a turn of this side may have it.
    #[must_use]
    pub fn admits(&self, side: Side) -> bool {
        self.side.is_none_or(|wanted| wanted == side)
    }

    /// The texts of which one is enough.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text).chain(&self.or).map(String::as_str)
    }
}

/// Most queries without a choice that one is taken apart into; further choices are not made.
const MOST_READINGS: usize = 16;

/// What is searched for. Every term must occur in the call, in whichever turns.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    terms: Vec<Term>,
}

impl Query {
    /// Reads what was typed. A quotation that is not closed yet goes to the end; `agent:` with
    /// nothing behind it yet says nothing.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut terms = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (side, behind) = side(rest);
            let (texts, behind) = texts(behind);
            let mut texts = texts.into_iter();
            if let Some(text) = texts.next() {
                terms.push(Term { text, or: texts.collect(), side });
            }
            rest = behind.trim_start();
        }
        Self { terms }
    }

    /// Whether nothing is searched for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The terms, in their order.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether one of several is enough anywhere.
    #[must_use]
    pub fn has_choices(&self) -> bool {
        self.terms.iter().any(|term| !term.or.is_empty())
    }

    /// The queries without a choice that this stands for: what one of them finds, it finds.
    #[must_use]
    pub fn readings(&self) -> Vec<Self> {
        let with = |readings: Vec<Self>, term: &Term| {
            let each = readings.iter().flat_map(|reading| {
                term.texts().map(|text| {
                    let term = Term { text: text.to_owned(), or: Vec::new(), side: term.side };
                    Self { terms: [reading.terms.clone(), vec![term]].concat() }
                })
            });
            each.take(MOST_READINGS).collect()
        };
        self.terms.iter().fold(vec![Self::default()], with)
    }

    /// Whether everything that this finds is also found by an earlier query: letters were added.
    #[must_use]
    pub fn narrows(&self, earlier: &Self) -> bool {
        if self.has_choices() || earlier.has_choices() {
            return false;
        }
        earlier.terms.iter().all(|before| {
            let within = |term: &Term| {
                term.text.contains(&before.text)
                    && (before.side.is_none() || before.side == term.side)
            };
            self.terms.iter().any(within)
        })
    }

    /// Where the terms stand in a turn of one side, as ranges of the text as it was sent: in order,
    /// none touching another.
    #[must_use]
    pub fn marks(&self, side: Side, text: &str) -> Vec<Range<usize>> {
        let terms = self.terms.iter().filter(|term| term.admits(side));
        let traced = Traced::of(text);
        let mut found: Vec<Range<usize>> =
            terms.flat_map(Term::texts).flat_map(|text| traced.find(text)).collect();
        found.sort_by_key(|range| (range.start, range.end));
        let mut marks: Vec<Range<usize>> = Vec::with_capacity(found.len());
        for range in found {
            match marks.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => marks.push(range),
            }
        }
        marks
    }
}

/// The side that a term is restricted to, and what stands behind that.
fn side(text: &str) -> (Option<Side>, &str) {
    let named = SIDES.iter().find_map(|(name, side)| {
        let (head, behind) = text.split_at_checked(name.len())?;
        let behind = behind.strip_prefix(':')?;
        head.eq_ignore_ascii_case(name).then_some((Some(*side), behind))
    });
    named.unwrap_or((None, text))
}

/// The next word or phrase with what may stand in its place, folded, and what stands behind.
fn texts(typed: &str) -> (Vec<String>, &str) {
    let (mut texts, mut rest) = (Vec::new(), typed);
    loop {
        let (part, behind) = part(rest);
        let mut folded = Vec::new();
        fold_into(&mut folded, part);
        let text = String::from_utf8_lossy(&folded).trim().to_owned();
        texts.extend(Some(text).filter(|text| !text.is_empty()));
        match behind.strip_prefix(OR) {
            Some(more) if !more.starts_with(char::is_whitespace) => rest = more,
            more => return (texts, more.unwrap_or(behind)),
        }
    }
}

/// The next word or phrase, and what stands behind it.
fn part(text: &str) -> (&str, &str) {
    let mut letters = text.char_indices();
    if let Some((_, first)) = letters.next()
        && is_quote(first)
    {
        let inside = text.get(first.len_utf8()..).unwrap_or_default();
        let end = inside.find(is_quote).unwrap_or(inside.len());
        let (phrase, behind) = inside.split_at(end);
        return (phrase, behind.trim_start_matches(is_quote));
    }
    let ends = |letter: char| letter.is_whitespace() || letter == OR;
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// Straight, English and German quotation marks, and guillemets: phones type them by themselves.
fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<(String, Option<Side>)> {
        let query = Query::parse(text);
        query.terms.into_iter().map(|term| (term.text, term.side)).collect()
    }

    fn any(text: &str) -> (String, Option<Side>) {
        (text.to_owned(), None)
    }

    #[test]
    fn words_and_phrases_are_read_as_they_are_typed() {
        assert_eq!(terms(" Rückruf  morgen "), [any("rueckruf"), any("morgen")]);
        assert_eq!(terms("\"two  words\" three"), [any("two words"), any("three")]);
        assert_eq!(terms("„um zehn“ «oder elf»"), [any("um zehn"), any("oder elf")]);
        assert_eq!(terms("\"not closed yet"), [any("not closed yet")]);
        assert_eq!(terms("\"\" \" \" \u{301}"), []);
    }

    #[test]
    fn a_side_restricts_the_word_or_phrase_behind_it() {
        let customer = Some(Side::Customer);
        assert_eq!(terms("Customer:Hund katze"), [("hund".into(), customer), any("katze")]);
        assert_eq!(terms("kunde:\"am Montag\""), [("am montag".into(), customer)]);
        assert_eq!(terms("agent:x"), [("x".into(), Some(Side::Agent))]);
        assert_eq!(terms("agent: x agency:y"), [any("x"), any("agency:y")]);
        assert_eq!(terms("agent:"), []);
    }

    #[test]
    fn of_words_with_a_stroke_between_them_one_is_enough() {
        let read = |text: &str| {
            let readings = Query::parse(text).readings().into_iter();
            let words = readings.map(|reading| {
                reading.terms.into_iter().map(|term| term.text).collect::<Vec<_>>().join("+")
            });
            words.collect::<Vec<_>>()
        };
        assert_eq!(read("callback|Rückruf"), ["callback", "rueckruf"]);
        assert_eq!(read("a|b c|d"), ["a+c", "a+d", "b+c", "b+d"]);
        assert_eq!(read("\"call back\"|rück"), ["call back", "rueck"]);
        assert_eq!(read("a| b |c||d|"), ["a+b+c", "a+b+d"]);
        assert_eq!(read("|"), [""]);
        assert_eq!(read("a|b c|d e|f g|h i|j").len(), MOST_READINGS);
        assert!(!Query::parse("ab|c").narrows(&Query::parse("a")));
        let agent = Query::parse("agent:a|b").terms;
        assert!(agent.len() == 1 && !agent[0].admits(Side::Customer));
        let marked = Query::parse("ten|zehn").marks(Side::Agent, "zehn, ten");
        assert_eq!(marked, [0..4, 6..9]);
    }

    #[test]
    fn a_query_narrows_an_earlier_one_when_letters_were_added() {
        let narrows = |now: &str, before: &str| Query::parse(now).narrows(&Query::parse(before));
        assert!(narrows("rueckr", "rück"));
        assert!(narrows("rück morgen", "morg"));
        assert!(narrows("agent:abc", "ab"));
        assert!(!narrows("ab", "agent:a"));
        assert!(!narrows("customer:ab", "agent:a"));
        assert!(!narrows("ab", "ab cd"));
    }

    #[test]
    fn marks_are_in_order_and_join_where_they_touch() {
        let text = "Banana, bandana: Straße";
        let marked = |query: &str, side| {
            let marks = Query::parse(query).marks(side, text);
            marks.into_iter().map(|range| &text[range]).collect::<Vec<_>>()
        };
        assert_eq!(marked("strasse ban nan", Side::Agent), ["Banan", "ban", "Straße"]);
        assert_eq!(marked("customer:ban strasse", Side::Agent), ["Straße"]);
        assert_eq!(marked("", Side::Agent), [""; 0]);
    }
}
