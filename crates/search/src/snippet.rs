//! The piece of a turn that is shown for a hit.

use std::ops::Range;

use crate::query::Query;
use crate::{Said, Side};

/// How much is shown before the first mark, in bytes: enough to know what it is about, and short
/// enough that the mark is seen in a narrow column.
const BEFORE: usize = 9;
/// A mark that is this near to the beginning, in bytes, is seen there; nothing is left out.
const NEAR: usize = 24;
/// How much is shown in all, in bytes.
const LENGTH: usize = 160;

/// A hit: the turn of a call that says most of what was searched for, and a piece of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snippet {
    /// Which turn of the transcript, from 0.
    pub turn: u32,
    /// Who speaks.
    pub side: Side,
    /// When, milliseconds from the start of the call, where the provider gives that.
    pub at_ms: Option<i64>,
    /// The piece, as it was sent; `…` where something is left out.
    pub text: String,
    /// What was searched for, as ranges of `text`: in order, none touching another.
    pub marks: Vec<Range<usize>>,
}

/// A text cut at its marks: its pieces in order, each with whether it is marked.
pub fn pieces<'a>(
    text: &'a str,
    marks: &'a [Range<usize>],
) -> impl Iterator<Item = (&'a str, bool)> {
    let cut = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let ends = std::iter::once(0).chain(marks.iter().map(|mark| mark.end));
    let starts = marks.iter().map(|mark| mark.start).chain(std::iter::once(text.len()));
    let between = ends.zip(starts).map(move |(from, to)| (cut(from, to), false));
    let marked = marks.iter().map(move |mark| (cut(mark.start, mark.end), true));
    let marked = marked.chain(std::iter::once(("", true)));
    between.zip(marked).flat_map(|(plain, mark)| [plain, mark]).filter(|(text, _)| !text.is_empty())
}

impl Snippet {
    /// The snippet of a transcript; `None` if no turn has anything of the query.
    #[must_use]
    pub fn of(turns: &[Said], query: &Query) -> Option<Self> {
        let mut best: Option<(usize, usize, Vec<Range<usize>>)> = None;
        for (index, said) in turns.iter().enumerate() {
            let terms = terms_in(said, query);
            if terms > best.as_ref().map_or(0, |(most, ..)| *most) {
                best = Some((terms, index, query.marks(said.side, &said.text)));
            }
        }
        let (_, index, marks) = best?;
        let said = turns.get(index)?;
        let (text, marks) = piece(&said.text, &marks);
        let turn = u32::try_from(index).ok()?;
        Some(Self { turn, side: said.side, at_ms: said.at_ms, text, marks })
    }
}

/// How many different terms a turn has.
fn terms_in(said: &Said, query: &Query) -> usize {
    let traced = crate::folded::Traced::of(&said.text);
    let has = |term: &&crate::query::Term| {
        term.admits(said.side) && term.texts().any(|text| traced.text.contains(text))
    };
    query.terms().iter().filter(has).count()
}

/// A piece around the first mark, and the marks within it.
fn piece(text: &str, marks: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let first = marks.first().map_or(0, |mark| mark.start);
    let before = if first <= NEAR { first } else { BEFORE };
    let start = begin_of_word(text, first.saturating_sub(before), first);
    let longest = marks.first().map_or(0, |mark| mark.len());
    let end = end_of_word(text, start + LENGTH.max(longest + 2 * BEFORE));
    let mut shown = String::with_capacity(end - start + 6);
    if start > 0 {
        shown.push('…');
    }
    let shift = shown.len();
    shown.push_str(text.get(start..end).unwrap_or_default());
    if end < text.len() {
        shown.push('…');
    }
    let inside = marks.iter().filter(|mark| mark.start >= start && mark.end <= end);
    let marks = inside.map(|mark| mark.start - start + shift..mark.end - start + shift);
    (shown, marks.collect())
}

/// The first beginning of a word at or behind `at`, but not behind `latest`.
fn begin_of_word(text: &str, at: usize, latest: usize) -> usize {
    let at = text.floor_char_boundary(at);
    if at == 0 {
        return 0;
    }
    let before = text.get(at..latest).unwrap_or_default();
    before.find(char::is_whitespace).map_or(at, |blank| {
        let behind = before.get(blank..).unwrap_or_default();
        at + blank + (behind.len() - behind.trim_start().len())
    })
}

/// The last end of a word at or before `at`, or the end of the text.
fn end_of_word(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let at = text.floor_char_boundary(at);
    let tail = text.get(..at).unwrap_or_default();
    // A word that is longer than what is shown is cut.
    tail.rfind(char::is_whitespace).filter(|blank| *blank + BEFORE > at).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(side: Side, text: &str) -> Said {
        Said { side, text: text.to_owned(), at_ms: None }
    }

    fn marked(snippet: &Snippet) -> Vec<&str> {
        snippet.marks.iter().map(|mark| &snippet.text[mark.clone()]).collect()
    }

    #[test]
    fn the_turn_that_says_most_of_it_is_shown_and_of_equals_the_first() {
        let turns = [
            said(Side::Agent, "Thursday at ten?"),
            said(Side::Customer, "Friday at ten, not Thursday."),
            said(Side::Agent, "Thursday, Friday."),
        ];
        let of = |query: &str| Snippet::of(&turns, &Query::parse(query)).unwrap();
        assert_eq!((of("thursday").turn, of("thursday friday").turn), (0, 1));
        assert_eq!(of("customer:thursday").turn, 1);
        assert_eq!(marked(&of("friday thursday")), ["Friday", "Thursday"]);
        assert_eq!(Snippet::of(&turns, &Query::parse("monday")), None);
    }

    #[test]
    fn what_was_searched_for_is_seen_in_a_narrow_column() {
        let of = |text: &str| {
            Snippet::of(&[said(Side::Customer, text)], &Query::parse("invoice")).unwrap().text
        };
        assert_eq!(of("I have a question about my last invoice."), "…my last invoice.");
        assert_eq!(of("A copy of the invoice, please."), "A copy of the invoice, please.");
    }

    #[test]
    fn a_long_turn_is_cut_between_words_around_the_first_mark() {
        let text = format!("{}Grüße an die Werkstatt {}", "lorem ".repeat(40), "ipsum ".repeat(60));
        let snippet = Snippet::of(&[said(Side::Other, &text)], &Query::parse("werkstatt")).unwrap();
        assert!(snippet.text.starts_with("…an die Werkstatt ipsum"), "{}", snippet.text);
        assert!(snippet.text.ends_with("ipsum…") && snippet.text.len() < 180, "{}", snippet.text);
        assert_eq!(marked(&snippet), ["Werkstatt"]);
    }

    #[test]
    fn a_text_is_cut_at_its_marks() {
        let cut = |text, marks: &[Range<usize>]| {
            let pieces = pieces(text, marks).map(|(piece, marked)| match marked {
                true => format!("[{piece}]"),
                false => piece.to_owned(),
            });
            pieces.collect::<Vec<_>>().join("|")
        };
        assert_eq!(cut("one two three", &[4..7, 8..13]), "one |[two]| |[three]");
        assert_eq!(cut("one two", &[0..3, 3..4]), "[one]|[ ]|two");
        assert_eq!(cut("one", &[]), "one");
        assert_eq!(cut("", &[]), "");
    }

    #[test]
    fn a_word_without_end_is_cut_between_letters() {
        let text = "ä".repeat(600);
        let snippet = Snippet::of(&[said(Side::Other, &text)], &Query::parse("ää")).unwrap();
        assert!(snippet.text.chars().all(|letter| letter == 'ä' || letter == '…'));
    }
}
