//! The index of transcripts that is measured.

use std::cell::RefCell;

use calls::fold::fold;
use search::{Index, Query, Said};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::transcripts::{Transcripts, word};

/// The same transcripts in every run.
const SEED: u64 = 11;

thread_local! {
    static INDEX: RefCell<Index> = RefCell::default();
    static READ: RefCell<Vec<Vec<Said>>> = RefCell::default();
    static WAITING: RefCell<Vec<Vec<Said>>> = RefCell::default();
}

/// Makes transcripts ready, as if they had been read.
#[wasm_bindgen]
pub fn read_transcripts(count: usize) {
    READ.set(Transcripts::of(SEED).take(count).collect());
}

/// Hands the transcripts over once more: the index keeps what it is given.
#[wasm_bindgen]
pub fn hand_transcripts_over() {
    WAITING.set(READ.with_borrow(Clone::clone));
}

/// Takes those that were handed over into a new index: what Calldeck does instead of building one.
#[wasm_bindgen]
pub fn put_transcripts() {
    let mut index = Index::default();
    for (call, said) in (0..).zip(WAITING.take()) {
        index.put(call, said);
    }
    INDEX.set(index);
}

/// Makes the index ready for rare words, as the page's worker does when transcripts have come in.
#[wasm_bindgen]
pub fn prepare_transcripts() {
    INDEX.with_borrow_mut(|index| while index.prepare() {});
}

/// Some transcripts as peers get them, folded as they cannot, a line each.
#[wasm_bindgen]
pub fn transcript_lines(from: usize, to: usize) -> String {
    READ.with_borrow(|transcripts| {
        let some = transcripts.iter().skip(from).take(to.saturating_sub(from));
        let line = |said: &Vec<Said>| {
            let turns: Vec<String> = said.iter().map(|said| fold(&said.text)).collect();
            turns.join(" ")
        };
        some.map(line).collect::<Vec<_>>().join("\n")
    })
}

/// A word that is said, folded: the smaller the rank, the more often.
#[wasm_bindgen]
pub fn said_word(rank: u32) -> String {
    fold(&word(rank))
}

/// The calls in whose transcript a text occurs.
#[wasm_bindgen]
pub fn find_said(text: &str) -> Vec<u32> {
    INDEX.with_borrow_mut(|index| index.find(&Query::parse(text)))
}
