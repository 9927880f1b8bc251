//! Searching an answer: every name and every plain value, with the way to it.

use serde_json::Value;

/// Most places that are told; a long answer has thousands.
pub const MOST_FOUND: usize = 200;

/// Longest value that is shown whole, in characters.
const LONGEST: usize = 300;

/// A place in an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The names on the way, with dots.
    pub path: String,
    /// What stands there, as JSON; long texts are cut.
    pub value: String,
}

/// The places whose name or value has a text, whatever its case.
#[must_use]
pub fn search(value: &Value, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    if !text.is_empty() {
        walk(value, &mut String::new(), &text.to_lowercase(), &mut found);
    }
    found
}

fn walk(value: &Value, path: &mut String, text: &str, found: &mut Vec<Found>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                step(name, inner, path, text, found);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                step(&(index + 1).to_string(), inner, path, text, found);
            }
        }
        plain => {
            let shown = plain.to_string();
            let last = path.rsplit('.').next().unwrap_or_default();
            let fits = shown.to_lowercase().contains(text) || last.to_lowercase().contains(text);
            if fits && found.len() < MOST_FOUND {
                found.push(Found { path: path.clone(), value: cut(&shown) });
            }
        }
    }
}

fn step(name: &str, inner: &Value, path: &mut String, text: &str, found: &mut Vec<Found>) {
    let length = path.len();
    if length > 0 {
        path.push('.');
    }
    path.push_str(name);
    walk(inner, path, text, found);
    path.truncate(length);
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_found_with_the_way_to_them() {
        let value = serde_json::json!({"a": {"Name": "Ada"}, "b": [1, {"x": "adam"}], "c": "no"});
        let found: Vec<(String, String)> =
            search(&value, "ada").into_iter().map(|it| (it.path, it.value)).collect();
        assert_eq!(
            found,
            [("a.Name".into(), r#""Ada""#.into()), ("b.2.x".into(), r#""adam""#.into())]
        );
        assert_eq!(search(&value, "name").len(), 1);
        assert_eq!(search(&value, ""), []);
    }

    #[test]
    fn a_long_answer_is_told_as_far_as_it_can_be_read() {
        let value = serde_json::json!(vec!["x".repeat(900); 1_000]);
        let found = search(&value, "x");
        assert_eq!(found.len(), MOST_FOUND);
        assert!(found[0].value.chars().count() < 310);
    }
}
