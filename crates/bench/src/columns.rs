//! The calls of the book as peers want them: columns of numbers, and texts. They get what they
//! count ready made; only Calldeck has to begin with calls.

use std::collections::HashMap;

use calls::book::Entry;
use calls::filter::Mark;
use calls::fold::fold;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::book::look;

/// What a number that is not known is for peers.
const UNKNOWN: f64 = -1.0;

/// A column of numbers, by row. Unknown ones are -1.
#[wasm_bindgen]
pub fn numbers(column: &str) -> Vec<f64> {
    let number = |entry: Entry<'_>| match column {
        "started_ms" => entry.started_ms().map(whole),
        "duration_ms" => entry.duration_ms().map(whole),
        "answered" => entry.answered().map(|is| f64::from(u8::from(is))),
        "todo" => Some(f64::from(u8::from(entry.has(Mark::Todo)))),
        "deleted" => Some(f64::from(u8::from(entry.has(Mark::Deleted)))),
        _ => None,
    };
    look(|book| book.entries().map(|entry| number(entry).unwrap_or(UNKNOWN)).collect())
}

/// A column of words that many calls share: for each row the number of its word.
#[wasm_bindgen]
pub fn codes(column: &str) -> Vec<u32> {
    coded(column).0
}

/// The words of [`codes`], a line each.
#[wasm_bindgen]
pub fn words(column: &str) -> String {
    coded(column).1.join("\n")
}

fn coded(column: &str) -> (Vec<u32>, Vec<String>) {
    let mut words: Vec<String> = Vec::new();
    let mut known: HashMap<String, u32> = HashMap::new();
    let mut code = |word: String| {
        *known.entry(word).or_insert_with_key(|word| {
            words.push(word.clone());
            u32::try_from(words.len() - 1).unwrap_or_default()
        })
    };
    let codes = look(|book| book.entries().map(|entry| code(word(column, &entry))).collect());
    (codes, words)
}

fn word(column: &str, entry: &Entry<'_>) -> String {
    match column {
        "status" => entry.status().code().to_owned(),
        "agent" => format!("{}/{}", entry.connection(), entry.agent_id().unwrap_or_default()),
        "agent_name" => entry.agent_name().unwrap_or_default().to_owned(),
        "connection" => entry.connection().to_owned(),
        "success" => entry.success().code().to_owned(),
        "direction" => entry.direction().code().to_owned(),
        _ => String::new(),
    }
}

/// Texts of some rows, a line each; without one the line is empty.
#[wasm_bindgen]
pub fn texts(column: &str, from: usize, to: usize) -> String {
    look(|book| {
        let entries = book.entries().skip(from).take(to.saturating_sub(from));
        let lines: Vec<String> = entries.map(|entry| text(column, &entry)).collect();
        lines.join("\n")
    })
}

fn text(column: &str, entry: &Entry<'_>) -> String {
    let customer = || entry.name().or(entry.phone()).or(entry.email()).unwrap_or_default();
    match column {
        "customer" => customer().to_owned(),
        // What customers are sorted by.
        "customer_folded" => fold(customer()),
        "phone" => entry.phone().unwrap_or_default().to_owned(),
        "about" => entry.about().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

#[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 stay far below 2^53")]
fn whole(number: i64) -> f64 {
    number as f64
}
