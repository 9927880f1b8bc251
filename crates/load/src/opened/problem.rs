//! What is wrong with a file, and where.

use super::place::Place;

/// Problems that are told one by one; of further ones the number is.
const MOST_TOLD: usize = 20;

/// Something in a file that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Where.
    pub at: Place,
    /// In which record, counted from 1; `None` where it is in none.
    pub record: Option<usize>,
    /// What.
    pub what: What,
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// There is nothing in the file.
    Empty,
    /// It is no text: a picture, an archive, sound.
    Binary,
    /// It is a text that does not begin as JSON does.
    NotJson,
    /// It ends, or its line does, before what was begun is complete.
    CutOff,
    /// Something else stands here than JSON allows.
    Expected(Expected),
    /// JSON, and no object: no record is.
    NoObject,
    /// A record without an id under this name.
    NoId(&'static str),
    /// A record whose id no link can carry.
    OddId(String),
    /// A record of another provider than the others, which has this name.
    OtherProvider(&'static str),
    /// An object in which there is no call of any provider.
    NoCall,
}

/// What JSON allows in a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expected {
    /// A comma, or the end of the list.
    CommaOrListEnd,
    /// A comma, or the end of the object.
    CommaOrObjectEnd,
    /// A colon.
    Colon,
    /// A value.
    Value,
    /// A name in quotes.
    Name,
    /// Nothing more.
    End,
    /// Something that the parser has its own (English) words for.
    Other(String),
}

impl Expected {
    /// Takes the parser's word for it.
    pub(super) fn of(error: &serde_json::Error) -> Self {
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        match said {
            "expected `,` or `]`" => Self::CommaOrListEnd,
            "expected `,` or `}`" => Self::CommaOrObjectEnd,
            "expected `:`" => Self::Colon,
            "expected value" | "expected ident" | "invalid number" => Self::Value,
            "key must be a string" | "trailing comma" => Self::Name,
            "trailing characters" => Self::End,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// The problems of a file: the first ones, and how many there are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Problems {
    /// The first ones, in the order of the file.
    pub told: Vec<Problem>,
    /// How many there are.
    pub count: usize,
    /// How many records could not be read because of them.
    pub skipped: usize,
}

impl Problems {
    /// Notes a problem that costs no record, or none of its own.
    pub(super) fn note(&mut self, problem: Problem) {
        self.count += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(problem);
            self.told.sort_by_key(|problem| problem.at.byte);
        }
    }

    /// Takes those of another file in.
    pub(super) fn join(&mut self, other: Self) {
        let room = MOST_TOLD.saturating_sub(self.told.len());
        self.told.extend(other.told.into_iter().take(room));
        self.count += other.count;
        self.skipped += other.skipped;
    }

    /// Notes a problem that costs a record.
    pub(super) fn skip(&mut self, problem: Problem) {
        self.skipped += 1;
        self.note(problem);
    }
}
