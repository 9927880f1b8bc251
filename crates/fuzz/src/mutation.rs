//! Random changes to an input: of its JSON where it is some, of its bytes otherwise.

use fastrand::Rng;
use serde_json::Value;

/// Values that have gone wrong somewhere before.
const ODD: [&str; 28] = [
    "null",
    "true",
    "\"\"",
    "\" \"",
    "[]",
    "{}",
    "0",
    "-1",
    "-0.0",
    "1e308",
    "1e-320",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "100000000000",
    "\"NaN\"",
    "\"inf\"",
    "\"1e999\"",
    "\"0001-01-01T00:00:00Z\"",
    "\"9999-12-31T23:59:60Z\"",
    "\"+12345-01-01T00:00:00Z\"",
    "\"2026-03-29T02:30:00\"",
    "\"\\u0000\\u202e\"",
    "\"-00:00:01\"",
    "\"[{\\\"role\\\":\\\"agent\\\",\\\"text\\\":\\\"\\\"}]\"",
    "[[[[[[[[[[[[]]]]]]]]]]]]",
    "[null,{},[],\"\",0]",
    "\"../..\"",
];

/// Bytes that mean something in JSON, in TOML or in an address.
const TELLING: &[u8] = b"{}[]\",:\\0-9eE.+u%&=#?/~ \n\xff\xc3\xed\x00";

/// Changes an input once or a few times.
#[must_use]
pub fn mutated(input: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut changed = input.to_vec();
    for _ in 0..=rng.u8(0..4) {
        let json = if rng.u8(0..4) > 0 { serde_json::from_slice(&changed).ok() } else { None };
        changed = match json {
            Some(value) => of_json(value, rng),
            None => of_bytes(changed, rng),
        };
    }
    changed
}

/// Another value, a field less, a row twice or a value from elsewhere, somewhere in the document.
fn of_json(mut document: Value, rng: &mut Rng) -> Vec<u8> {
    let places = count(&document);
    let elsewhere = at(&mut document, rng.usize(0..places)).map(|place| place.clone());
    if let Some(place) = at(&mut document, rng.usize(0..places)) {
        change(place, elsewhere.unwrap_or_default(), rng);
    }
    document.to_string().into_bytes()
}

fn change(place: &mut Value, elsewhere: Value, rng: &mut Rng) {
    match (rng.u8(0..7), place) {
        (0, Value::Object(fields)) if !fields.is_empty() => {
            let name = fields.keys().nth(rng.usize(0..fields.len())).cloned().unwrap_or_default();
            fields.remove(&name);
        }
        (1, Value::Array(items)) if !items.is_empty() => {
            let item = items[rng.usize(0..items.len())].clone();
            items.push(item);
        }
        (2, place @ (Value::Number(_) | Value::Bool(_))) => {
            *place = Value::String(place.to_string());
        }
        (3, place) => *place = Value::Array(vec![place.take()]),
        (4, place) => *place = elsewhere,
        (_, place) => {
            let odd = ODD[rng.usize(0..ODD.len())];
            *place = serde_json::from_str(odd).expect("what is odd is JSON all the same");
        }
    }
}

/// How many values a document has, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// The value with a number, counted from the outside in.
fn at(value: &mut Value, number: usize) -> Option<&mut Value> {
    if number == 0 {
        return Some(value);
    }
    let inner: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    let mut left = number - 1;
    for value in inner {
        let size = count(value);
        if left < size {
            return at(value, left);
        }
        left -= size;
    }
    None
}

/// A byte otherwise, a piece less, a piece twice, cut off, or something telling put in.
fn of_bytes(mut bytes: Vec<u8>, rng: &mut Rng) -> Vec<u8> {
    let from = rng.usize(0..=bytes.len());
    let to = (from + rng.usize(1..24)).min(bytes.len());
    match rng.u8(0..6) {
        0 if from < bytes.len() => bytes[from] = rng.u8(..),
        1 => drop(bytes.drain(from..to)),
        2 => {
            let piece = bytes[from..to].to_vec();
            bytes.splice(from..from, piece);
        }
        3 => bytes.truncate(from),
        4 => drop(bytes.splice(from..from, ODD[rng.usize(0..ODD.len())].bytes())),
        _ => bytes.insert(from, TELLING[rng.usize(0..TELLING.len())]),
    }
    bytes
}
