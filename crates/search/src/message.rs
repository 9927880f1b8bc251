//! What page and worker say to each other. A message is one piece of bytes, which the browser hands
//! over without copying it; every number in it is four bytes, every text its length and its bytes.
//!
//! The two are built together, so there is nothing lenient in here: a message that cannot be read
//! is none.

use crate::snippet::Snippet;
use crate::{CallId, Said, Side};

/// What the page asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Order {
    /// Take these transcripts in, in place of those that the calls had.
    Put(Vec<(CallId, Vec<Said>)>),
    /// Forget the transcripts of these calls.
    Remove(Vec<CallId>),
    /// Which calls have it?
    Find {
        /// Tells the answer from those of earlier questions.
        nth: u32,
        /// What was typed.
        text: String,
    },
    /// What is there to show of these calls, for this?
    Show {
        /// The question that the calls answered.
        nth: u32,
        /// What was typed.
        text: String,
        /// The calls.
        calls: Vec<CallId>,
    },
}

/// What the worker says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It runs. Nothing is sent to it before that.
    Ready {
        /// Its [`crate::BUILD`].
        build: String,
    },
    /// The calls that [`Order::Find`] asked for.
    Found {
        /// Of that question.
        nth: u32,
        /// The calls, in no particular order.
        calls: Vec<CallId>,
    },
    /// What [`Order::Show`] asked for. A call without anything to show is left out.
    Shown {
        /// Of that question.
        nth: u32,
        /// Calls and what to show of them.
        snippets: Vec<(CallId, Snippet)>,
    },
}

impl Order {
    /// As bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        match self {
            Self::Put(calls) => {
                out.kind(0);
                out.list(calls, |out, (call, said)| {
                    out.number(*call);
                    out.list(said, Writer::said);
                });
            }
            Self::Remove(calls) => {
                out.kind(1);
                out.numbers(calls);
            }
            Self::Find { nth, text } => {
                out.kind(2);
                out.number(*nth);
                out.text(text);
            }
            Self::Show { nth, text, calls } => {
                out.kind(3);
                out.number(*nth);
                out.text(text);
                out.numbers(calls);
            }
        }
        out.0
    }

    /// From bytes.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut read = Reader(bytes);
        let order = match read.kind()? {
            0 => Self::Put(read.list(|read| Some((read.number()?, read.list(Reader::said)?)))?),
            1 => Self::Remove(read.list(Reader::number)?),
            2 => Self::Find { nth: read.number()?, text: read.text()? },
            3 => Self::Show {
                nth: read.number()?,
                text: read.text()?,
                calls: read.list(Reader::number)?,
            },
            _ => return None,
        };
        read.0.is_empty().then_some(order)
    }
}

impl Answer {
    /// As bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        match self {
            Self::Ready { build } => {
                out.kind(0);
                out.text(build);
            }
            Self::Found { nth, calls } => {
                out.kind(1);
                out.number(*nth);
                out.numbers(calls);
            }
            Self::Shown { nth, snippets } => {
                out.kind(2);
                out.number(*nth);
                out.list(snippets, |out, (call, snippet)| {
                    out.number(*call);
                    out.snippet(snippet);
                });
            }
        }
        out.0
    }

    /// From bytes.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut read = Reader(bytes);
        let answer = match read.kind()? {
            0 => Self::Ready { build: read.text()? },
            1 => Self::Found { nth: read.number()?, calls: read.list(Reader::number)? },
            2 => Self::Shown {
                nth: read.number()?,
                snippets: read.list(|read| Some((read.number()?, read.snippet()?)))?,
            },
            _ => return None,
        };
        read.0.is_empty().then_some(answer)
    }
}

#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn kind(&mut self, kind: u8) {
        self.0.push(kind);
    }

    fn number(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// What does not fit into four bytes cannot be there: memory ends before.
    fn length(&mut self, length: usize) {
        self.number(u32::try_from(length).unwrap_or(u32::MAX));
    }

    fn text(&mut self, text: &str) {
        self.length(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.length(items.len());
        items.iter().for_each(|item| write(self, item));
    }

    fn numbers(&mut self, numbers: &[u32]) {
        self.list(numbers, |out, number| out.number(*number));
    }

    fn turn(&mut self, side: Side, at_ms: Option<i64>, text: &str) {
        let side: u8 = match side {
            Side::Agent => 0,
            Side::Customer => 1,
            Side::Other => 2,
        };
        self.kind(side);
        // A time is never negative.
        self.0.extend_from_slice(&at_ms.unwrap_or(-1).to_le_bytes());
        self.text(text);
    }

    fn said(&mut self, said: &Said) {
        self.turn(said.side, said.at_ms, &said.text);
    }

    fn snippet(&mut self, snippet: &Snippet) {
        self.number(snippet.turn);
        self.turn(snippet.side, snippet.at_ms, &snippet.text);
        self.list(&snippet.marks, |out, mark| {
            out.length(mark.start);
            out.length(mark.end);
        });
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn kind(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u32> {
        self.bytes(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.length()?;
        String::from_utf8(self.bytes(length)?.to_vec()).ok()
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.length()?).map(|_| read(self)).collect()
    }

    fn said(&mut self) -> Option<Said> {
        let side = match self.kind()? {
            0 => Side::Agent,
            1 => Side::Customer,
            _ => Side::Other,
        };
        let at_ms = i64::from_le_bytes(self.bytes(8)?.try_into().ok()?);
        Some(Said { side, at_ms: (at_ms >= 0).then_some(at_ms), text: self.text()? })
    }

    fn snippet(&mut self) -> Option<Snippet> {
        let turn = self.number()?;
        let Said { side, text, at_ms } = self.said()?;
        let marks = self.list(|read| Some(read.length()?..read.length()?))?;
        let fits = |mark: &std::ops::Range<usize>| text.get(mark.clone()).is_some();
        marks.iter().all(fits).then_some(Snippet { turn, side, at_ms, text, marks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders() -> Vec<Order> {
        let said = |side, text: &str, at_ms| Said { side, text: text.into(), at_ms };
        let turns = vec![said(Side::Agent, "Grüß Gott", Some(0)), said(Side::Other, "", None)];
        vec![
            Order::Put(vec![(7, turns), (8, vec![]), (9, vec![said(Side::Customer, "x", None)])]),
            Order::Put(vec![]),
            Order::Remove(vec![1, u32::MAX]),
            Order::Find { nth: 3, text: "„Rückruf“".into() },
            Order::Show { nth: 3, text: String::new(), calls: vec![5] },
        ]
    }

    fn answers() -> Vec<Answer> {
        let snippet = Snippet {
            turn: 4,
            side: Side::Customer,
            at_ms: Some(12_000),
            text: "…um Rückruf, Rückruf".into(),
            marks: vec![6..14, 16..24],
        };
        vec![
            Answer::Ready { build: crate::BUILD.into() },
            Answer::Found { nth: 1, calls: vec![3, 1] },
            Answer::Shown { nth: 2, snippets: vec![(9, snippet)] },
        ]
    }

    #[test]
    fn what_was_written_is_read() {
        for order in orders() {
            assert_eq!(Order::read(&order.write()), Some(order));
        }
        for answer in answers() {
            assert_eq!(Answer::read(&answer.write()), Some(answer));
        }
    }

    #[test]
    fn a_message_that_breaks_off_or_goes_on_is_none() {
        for bytes in orders().iter().map(Order::write) {
            for length in 0..bytes.len() {
                assert_eq!(Order::read(&bytes[..length]), None);
            }
            assert_eq!(Order::read(&[&bytes[..], b"x"].concat()), None);
        }
        for bytes in answers().iter().map(Answer::write) {
            assert!((0..bytes.len()).all(|length| Answer::read(&bytes[..length]).is_none()));
        }
        assert_eq!(Order::read(&[9]), None);
        assert_eq!(Answer::read(&[1, 0, 0, 0, 0, 255, 255, 255, 255]), None, "too long a list");
    }

    #[test]
    fn a_mark_that_would_cut_a_letter_is_no_message() {
        let mut answers = answers();
        let Some(Answer::Shown { snippets, .. }) = answers.last_mut() else { panic!("the last") };
        snippets[0].1.marks[0].end = 8;
        assert_eq!(Answer::read(&answers[2].write()), None);
    }
}
