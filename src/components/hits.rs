//! What was found within one transcript, in reading order, and which of it is looked at.

use calls::{Transcript, Turn};
use search::{Query, Side};

/// One mark of one turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Which turn, from 0; a text without turns is one.
    pub turn: usize,
    /// Which mark in it, from 0.
    pub mark: usize,
}

/// Every mark of a query in a transcript.
#[must_use]
pub fn hits(transcript: &Transcript, query: &Query) -> Vec<Hit> {
    if query.is_empty() {
        return Vec::new();
    }
    let of = |turn: usize, side: Side, text: &str| {
        (0..query.marks(side, text).len()).map(move |mark| Hit { turn, mark })
    };
    let of_turn = |(index, turn): (usize, &Turn)| of(index, Side::of(&turn.speaker), &turn.text);
    match transcript {
        Transcript::Turns(turns) => turns.iter().enumerate().flat_map(of_turn).collect(),
        Transcript::Text(text) => of(0, Side::Other, text).collect(),
        _ => Vec::new(),
    }
}

/// The hit after (or before) one, going round at the ends. From nowhere, the first or the last.
#[must_use]
pub fn next(place: Option<usize>, count: usize, forward: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (place, forward) {
        (None, true) => 0,
        (None, false) | (Some(0), false) => last,
        (Some(place), true) => {
            if place >= last {
                0
            } else {
                place + 1
            }
        }
        (Some(place), false) => (place - 1).min(last),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::Speaker;

    #[test]
    fn hits_are_counted_in_reading_order_and_walked_round_and_round() {
        let turn = |text: &str| Turn { speaker: Speaker::Agent, text: text.into(), at_ms: None };
        let transcript = Transcript::Turns(vec![turn("an apple, an egg"), turn("no"), turn("An")]);
        let found = hits(&transcript, &Query::parse("an"));
        let expected = [(0, 0), (0, 1), (2, 0)].map(|(turn, mark)| Hit { turn, mark });
        assert_eq!(found, expected);
        assert_eq!(hits(&transcript, &Query::parse("")), []);
        assert_eq!(hits(&Transcript::Text("An an".into()), &Query::parse("an")).len(), 2);
        assert_eq!(next(None, 3, true), Some(0));
        assert_eq!(next(Some(2), 3, true), Some(0));
        assert_eq!(next(Some(0), 3, false), Some(2));
        assert_eq!(next(None, 0, true), None);
    }
}
