//! Cuts JSON into records without reading them, byte by byte, so that a file can come in slices.
//!
//! It knows where a record begins and ends, and where the commas between records are missing. What
//! stands inside a record is for whoever reads it.

use super::place::Place;
use super::problem::{Expected, Problem, Problems, What};
use super::record::Record;

/// Longest name that leads to a list.
const LONGEST_NAME: usize = 32;

/// The name by which an export of Calldeck is told.
const EXPORT: &[u8] = b"calldeck";

/// Where in the file's structure the next byte stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// Outside of everything.
    Between,
    /// Outside of everything, in something that is no JSON.
    Garbage,
    /// In an object that may turn out to be a record or an answer around a list.
    Document,
    /// In a list of records, between two of them. `comma` if the next one needs one before it.
    Rows { comma: bool },
    /// In a record of a list.
    Row,
    /// Behind a list, in the answer around it.
    Behind,
}

/// The scanner.
#[derive(Debug)]
pub(super) struct Scanner {
    /// Each line is by itself.
    lines: bool,
    /// The names down to lists.
    lists: Vec<&'static [&'static str]>,
    state: State,
    at: Place,
    /// How deep in objects and lists, from the file's outside.
    depth: u32,
    /// The depth of the list whose records are cut; its answer lies below that.
    list_depth: u32,
    /// The depth at which documents lie: 1 in an array of them, which may be whole answers.
    outer: u32,
    in_text: bool,
    escaped: bool,
    /// The text that is being read, where it may be a name.
    word: Vec<u8>,
    /// The names above, on the two upper levels.
    names: [Vec<u8>; 2],
    /// The whole document is one record, whatever lists are in it.
    export: bool,
    item: Vec<u8>,
    item_at: Place,
    nth: usize,
    /// What has been cut.
    pub(super) records: Vec<Record>,
    /// What was wrong between records.
    pub(super) problems: Problems,
}

impl Scanner {
    /// A scanner at the beginning of a file. `lists` are the names down to lists.
    pub(super) fn new(lines: bool, lists: Vec<&'static [&'static str]>) -> Self {
        Self {
            lines,
            lists,
            state: State::Between,
            at: Place::START,
            depth: 0,
            list_depth: 0,
            outer: 0,
            in_text: false,
            escaped: false,
            word: Vec::new(),
            names: [Vec::new(), Vec::new()],
            export: false,
            item: Vec::new(),
            item_at: Place::START,
            nth: 0,
            records: Vec::new(),
            problems: Problems::default(),
        }
    }

    /// Takes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.step(*byte);
            self.at.pass(*byte);
        }
    }

    /// Says that nothing follows.
    pub(super) fn finish(&mut self) {
        self.cut();
    }

    fn step(&mut self, byte: u8) {
        if self.lines && byte == b'\n' {
            return self.cut();
        }
        match self.state {
            State::Between | State::Garbage => self.between(byte),
            State::Rows { comma } => self.rows(byte, comma),
            State::Document | State::Row | State::Behind => self.inside(byte),
        }
    }

    /// Ends what was begun, since the line or the file does.
    fn cut(&mut self) {
        match self.state {
            // Its reader tells what is missing.
            State::Document if self.export => self.emit(),
            State::Document | State::Row => {
                let problem = self.problem(Some(self.nth), What::CutOff);
                self.problems.skip(problem);
            }
            State::Rows { .. } | State::Behind => {
                let problem = self.problem(None, What::CutOff);
                self.problems.note(problem);
            }
            State::Between | State::Garbage => {}
        }
        self.item.clear();
        (self.depth, self.outer, self.in_text, self.escaped) = (0, 0, false, false);
        self.state = State::Between;
    }

    fn problem(&self, record: Option<usize>, what: What) -> Problem {
        Problem { at: self.at, record, what }
    }

    fn between(&mut self, byte: u8) {
        match byte {
            b'{' => self.begin(State::Document, byte),
            b'[' => {
                (self.depth, self.list_depth, self.outer) = (1, 1, 1);
                self.state = State::Rows { comma: false };
            }
            // A piece of a list has commas between its records.
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {}
            _ if self.state == State::Garbage => {}
            _ => {
                self.state = State::Garbage;
                self.nth += 1;
                let problem = self.problem(Some(self.nth), What::NoObject);
                self.problems.skip(problem);
            }
        }
    }

    /// Begins a record, or an answer that may be one.
    fn begin(&mut self, state: State, byte: u8) {
        self.state = state;
        self.nth += 1;
        self.item_at = self.at;
        self.item.clear();
        self.names.iter_mut().for_each(Vec::clear);
        self.export = false;
        self.inside(byte);
    }

    fn rows(&mut self, byte: u8, comma: bool) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b',' if comma => self.state = State::Rows { comma: false },
            b']' => {
                self.depth -= 1;
                if self.depth == 0 {
                    (self.outer, self.state) = (0, State::Between);
                } else {
                    self.state = State::Behind;
                }
            }
            b',' | b'}' | b':' => {
                let expected = if comma { Expected::CommaOrListEnd } else { Expected::Value };
                let problem = self.problem(None, What::Expected(expected));
                self.problems.note(problem);
            }
            _ => {
                if comma {
                    let expected = What::Expected(Expected::CommaOrListEnd);
                    let problem = self.problem(Some(self.nth + 1), expected);
                    self.problems.note(problem);
                }
                let document = byte == b'{' && self.depth == self.outer;
                self.begin(if document { State::Document } else { State::Row }, byte);
            }
        }
    }

    fn inside(&mut self, byte: u8) {
        if self.state == State::Row && self.is_plain_end(byte) {
            self.emit();
            self.state = State::Rows { comma: true };
            return self.rows(byte, true);
        }
        if self.state != State::Behind {
            self.item.push(byte);
        }
        if self.in_text {
            return self.in_a_text(byte);
        }
        match byte {
            b'"' => {
                self.in_text = true;
                self.word.clear();
            }
            b'{' | b'[' => self.open(byte),
            b'}' | b']' => self.close(),
            b':' => self.named(),
            _ => {}
        }
    }

    /// A record that is no object ends where its list goes on.
    fn is_plain_end(&self, byte: u8) -> bool {
        let ends = matches!(byte, b',' | b']' | b' ' | b'\t' | b'\r' | b'\n');
        !self.in_text && self.depth == self.list_depth && ends && !self.item.is_empty()
    }

    fn in_a_text(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_text = false,
            _ => {}
        }
        let names = self.state != State::Row && self.depth <= self.outer + 2;
        if names && self.in_text && self.word.len() < LONGEST_NAME {
            self.word.push(byte);
        }
    }

    fn named(&mut self) {
        if self.state == State::Row {
            return;
        }
        let level =
            self.depth.checked_sub(self.outer + 1).and_then(|level| usize::try_from(level).ok());
        if let Some(name) = level.and_then(|level| self.names.get_mut(level)) {
            name.clone_from(&self.word);
            self.export |= self.depth == 1 && self.outer == 0 && self.word == EXPORT;
        }
    }

    fn open(&mut self, byte: u8) {
        let list = byte == b'[' && self.state != State::Row && self.leads_to_a_list();
        self.depth += 1;
        if list {
            if self.state == State::Document {
                // The answer around the list is no record.
                self.nth -= 1;
            }
            self.item.clear();
            self.list_depth = self.depth;
            self.state = State::Rows { comma: false };
        } else if self.depth == self.outer + 2
            && let Some(name) = self.names.get_mut(1)
        {
            name.clear();
        }
    }

    fn leads_to_a_list(&self) -> bool {
        let depth = self.depth.saturating_sub(self.outer);
        let depth = usize::try_from(depth).unwrap_or(usize::MAX);
        let Some(names) = self.names.get(..depth).filter(|_| !self.export) else { return false };
        let same = |path: &&[&str]| {
            path.len() == depth && path.iter().zip(names).all(|(a, b)| a.as_bytes() == b.as_slice())
        };
        self.lists.iter().any(same)
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        match self.state {
            State::Row if self.depth <= self.list_depth => {
                self.depth = self.list_depth;
                self.emit();
                self.state = State::Rows { comma: true };
            }
            State::Document if self.depth <= self.outer => {
                self.emit();
                self.leave();
            }
            State::Behind if self.depth <= self.outer => self.leave(),
            _ => {}
        }
    }

    /// Goes on behind a document.
    fn leave(&mut self) {
        (self.depth, self.list_depth) = (self.outer, self.outer);
        self.state = if self.outer == 0 { State::Between } else { State::Rows { comma: true } };
    }

    fn emit(&mut self) {
        let text = String::from_utf8_lossy(&self.item).into_owned();
        self.item.clear();
        self.records.push(Record { text, at: self.item_at, nth: self.nth });
    }
}
