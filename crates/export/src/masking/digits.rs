//! Rows of digits in a text that may be a phone number or a card.

use std::ops::Range;

/// Fewest digits that are masked: the shortest number with its area code.
const FEWEST: usize = 7;

/// Digits of a card, by ISO/IEC 7812: 13 were the fewest in use, 19 are the most.
const CARD: std::ops::RangeInclusive<usize> = 13..=19;

/// Most signs between two digits of one number: `) - (` and the like.
const WIDEST_GAP: usize = 4;

/// A row of digits, and whether the last one is a card's check digit.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// Where it stands, a `+` or a bracket before it included.
    pub(super) span: Range<usize>,
    /// Whether it reads as a card number.
    pub(super) card: bool,
}

/// The first row of digits that is long enough to be a phone number and is no date.
pub(super) fn find(text: &str) -> Option<Found> {
    let mut from = 0;
    loop {
        let row = Row::first(text, from)?;
        if let Some(found) = row.found(text) {
            return Some(found);
        }
        from = row.end;
    }
}

/// Groups of digits, with what stands before each: `+49 (0)171` is `49`, `0`, `171`.
struct Row {
    groups: Vec<Group>,
    end: usize,
}

#[derive(Clone)]
struct Group {
    start: usize,
    digits: Vec<u32>,
    /// The one sign between this group and the one before, if it is only one.
    joint: Option<char>,
}

impl Row {
    fn first(text: &str, from: usize) -> Option<Self> {
        let mut groups: Vec<Group> = Vec::new();
        let (mut end, mut gap) = (from, Vec::new());
        let letters = text.get(from..)?.char_indices();
        for (at, letter) in letters.map(|(at, letter)| (from + at, letter)) {
            match (digit(letter), groups.last_mut()) {
                (Some(digit), Some(group)) if gap.is_empty() => group.digits.push(digit),
                (Some(digit), last) => {
                    let joint = last.and(gap.first().copied()).filter(|_| gap.len() == 1);
                    groups.push(Group { start: at, digits: vec![digit], joint });
                }
                (None, Some(_)) if gap.len() < WIDEST_GAP && is_gap(letter) => {
                    gap.push(letter);
                    continue;
                }
                (None, Some(_)) => break,
                (None, None) => continue,
            }
            gap.clear();
            end = at + letter.len_utf8();
        }
        (!groups.is_empty()).then_some(Self { groups, end })
    }

    fn found(&self, text: &str) -> Option<Found> {
        let after_date = date_length(&self.groups);
        let groups = self.groups.get(after_date..)?;
        let digits: Vec<u32> = groups.iter().flat_map(|group| group.digits.clone()).collect();
        if digits.len() < FEWEST {
            return None;
        }
        let start = groups.first()?.start;
        let before = text.get(..start)?;
        let start = before.trim_end_matches(['+', '(']).len();
        let card = CARD.contains(&digits.len()) && luhn(&digits);
        Some(Found { span: start..self.end, card })
    }
}

/// How many groups a date takes at the beginning of a row: `2026-11-21`, `21.11.2026`, `3/19/2026`.
fn date_length(groups: &[Group]) -> usize {
    let [a, b, c, ..] = groups else { return 0 };
    let joined = b.joint.is_some_and(|joint| "-./".contains(joint)) && b.joint == c.joint;
    let year = |group: &Group| {
        group.digits.len() == 4 && matches!(group.digits.as_slice(), [1, 9, ..] | [2, 0, ..])
    };
    let short = |group: &Group| group.digits.len() <= 2;
    let is_date = (year(a) && short(b) && short(c)) || (short(a) && short(b) && year(c));
    if joined && is_date { 3 } else { 0 }
}

fn digit(letter: char) -> Option<u32> {
    match letter {
        '0'..='9' => letter.to_digit(10),
        // Arabic-Indic and Persian digits.
        '\u{660}'..='\u{669}' => Some(u32::from(letter) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(letter) - 0x6f0),
        // Full-width digits.
        '\u{ff10}'..='\u{ff19}' => Some(u32::from(letter) - 0xff10),
        _ => None,
    }
}

/// What people and machines put between the digits of one number. A comma, too: a number that is
/// dictated is written down as "4 1 5, 5 5 5".
fn is_gap(letter: char) -> bool {
    " -./(),\u{a0}\u{202f}\u{2009}\u{2010}\u{2011}\u{2013}".contains(letter)
}

/// The check digit of cards (ISO/IEC 7812-1, annex B).
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().rev().enumerate().fold(0, |sum, (nth, digit)| {
        let doubled = if nth % 2 == 1 { digit * 2 } else { *digit };
        sum + if doubled > 9 { doubled - 9 } else { doubled }
    });
    sum.is_multiple_of(10)
}
