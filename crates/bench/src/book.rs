//! The book that is measured: as many generated calls as are asked for.

use std::cell::RefCell;

use calls::book::Book;
use calls::generated::Calls;
use wasm_bindgen::prelude::wasm_bindgen;

/// When the newest call was: 1 November 2026, 12:00 UTC.
pub const NEWEST_MS: i64 = 1_793_534_400_000;
/// The same calls in every run.
const SEED: u64 = 4;

thread_local! {
    static BOOK: RefCell<Book> = RefCell::default();
}

/// Looks into the book.
pub fn look<T>(look: impl FnOnce(&Book) -> T) -> T {
    BOOK.with_borrow(look)
}

/// Makes the book one of so many calls.
#[wasm_bindgen]
pub fn fill(calls: usize) {
    let mut book = Book::default();
    for call in Calls::before(NEWEST_MS, SEED).take(calls) {
        book.take(call);
    }
    BOOK.set(book);
}

/// Takes all calls out again.
#[wasm_bindgen]
pub fn empty() {
    BOOK.set(Book::default());
}
