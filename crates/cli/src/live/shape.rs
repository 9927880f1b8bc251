//! The shape of an answer: names of fields and JSON types, and nothing of what stands in them.

use serde_json::{Map, Value};

/// How deep a shape goes.
const DEEPEST: u8 = 6;

/// How many items of a list are looked at.
const MOST_ITEMS: usize = 20;

/// Longest name of a field that is told.
const LONGEST_NAME: usize = 40;

/// The shape of a JSON text; `"no JSON"` if it is none.
pub(super) fn of(text: &str) -> Value {
    serde_json::from_str(text)
        .map_or_else(|_| Value::from("no JSON"), |value| shape(&value, DEEPEST))
}

/// The outermost fields on one line: `data[], pagination{}`.
pub(super) fn envelope(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(_)) => "a bare list".to_owned(),
        Ok(Value::Object(fields)) => {
            let name = |(name, value): (&String, &Value)| match value {
                Value::Array(_) => format!("{}[]", told(name)),
                Value::Object(_) => format!("{}{{}}", told(name)),
                _ => told(name).to_owned(),
            };
            fields.iter().map(name).collect::<Vec<_>>().join(", ")
        }
        _ => "no JSON object".to_owned(),
    }
}

fn shape(value: &Value, depth: u8) -> Value {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "true or false".into(),
        Value::Number(number) if number.is_f64() => "number with decimals".into(),
        Value::Number(_) => "whole number".into(),
        Value::String(text) if text.is_empty() => "empty text".into(),
        Value::String(_) => "text".into(),
        Value::Array(_) | Value::Object(_) if depth == 0 => "…".into(),
        Value::Array(items) => {
            let shapes = items.iter().take(MOST_ITEMS).map(|item| shape(item, depth - 1));
            Value::Array(shapes.reduce(merged).into_iter().collect())
        }
        Value::Object(fields) => {
            let mut told_fields = Map::new();
            for (name, value) in fields {
                let shape = shape(value, depth - 1);
                let known = told_fields.remove(told(name));
                let shape =
                    known.map_or_else(|| shape.clone(), |known| merged(known, shape.clone()));
                told_fields.insert(told(name).to_owned(), shape);
            }
            Value::Object(told_fields)
        }
    }
}

/// A name that a programmer gave. Maps that are keyed by numbers or names of people are not told.
fn told(name: &str) -> &str {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let fits = !name.is_empty() && name.len() <= LONGEST_NAME && digits < 4;
    if fits && name.bytes().all(plain) { name } else { "(a name)" }
}

/// The shape of a field that has one of two.
fn merged(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            for (name, value) in other {
                let known = one.remove(&name);
                let value =
                    known.map_or_else(|| value.clone(), |known| merged(known, value.clone()));
                one.insert(name, value);
            }
            Value::Object(one)
        }
        (Value::Array(one), Value::Array(other)) => {
            Value::Array(one.into_iter().chain(other).reduce(merged).into_iter().collect())
        }
        (one, other) if one == other => one,
        (Value::String(one), Value::String(other)) => {
            let mut words: Vec<&str> = one.split(" | ").chain(other.split(" | ")).collect();
            words.sort_unstable();
            words.dedup();
            words.join(" | ").into()
        }
        (Value::String(word), rest) | (rest, Value::String(word)) if word == "null" => rest,
        (one, _) => one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_shape_has_names_and_kinds_and_no_value() {
        let text = r#"{"data":[{"id":"c1","n":1,"x":null},{"id":"c2","n":1.5,"x":{"+4930123":"Anna"}}],
            "Anna Schmidt":"","meta":{"total":7}}"#;
        let wanted = json!({
            "data": [{"id": "text", "n": "number with decimals | whole number",
                "x": {"(a name)": "text"}}],
            "(a name)": "empty text",
            "meta": {"total": "whole number"},
        });
        assert_eq!(of(text), wanted);
        assert_eq!(
            envelope(r#"{"data":[],"pagination":{},"more":1}"#),
            "data[], more, pagination{}"
        );
        assert_eq!(of("<html>"), "no JSON");
    }
}
