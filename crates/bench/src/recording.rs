//! The outline of a recording, read as the worker reads it: a megabyte at a time.

use std::cell::RefCell;
use std::io;

use js_sys::Uint8Array;
use sound::{Make, Source, Survey};
use wasm_bindgen::prelude::wasm_bindgen;

/// Bytes that come at once.
const PIECE: u64 = 1024 * 1024;

thread_local! {
    /// What the browser holds, outside of the memory of this program.
    static FILE: RefCell<Option<Uint8Array>> = const { RefCell::new(None) };
}

/// How far the first channel of a recording reaches in each of `bars` equal parts, 0 to 1.
#[wasm_bindgen]
pub fn recording_bars(file: Uint8Array, bars: usize) -> Vec<f32> {
    FILE.set(Some(file));
    let Ok(mut survey) = Survey::open(Held { from: 0, piece: Vec::new() }, Make::Exact) else {
        return Vec::new();
    };
    while survey.step(&mut |_| {}).unwrap_or(false) {}
    survey.outline().bars(0, bars, survey.secs())
}

struct Held {
    from: u64,
    piece: Vec<u8>,
}

impl Source for Held {
    fn length(&self) -> Option<u64> {
        FILE.with_borrow(|file| file.as_ref().map(|file| u64::from(file.length())))
    }

    fn at(&mut self, position: u64) -> io::Result<&[u8]> {
        let end = self.from + self.piece.len() as u64;
        if position >= end {
            self.from = end;
            self.piece = FILE.with_borrow(|file| {
                let part = |at: u64| u32::try_from(at).unwrap_or(u32::MAX);
                let cut = |file: &Uint8Array| file.subarray(part(end), part(end + PIECE)).to_vec();
                file.as_ref().map(cut).unwrap_or_default()
            });
        }
        let at = usize::try_from(position - self.from).unwrap_or(usize::MAX);
        Ok(self.piece.get(at..).unwrap_or_default())
    }
}
