//! What every adapter does alike when it reads a record.

use std::sync::Arc;

use calls::{CallKey, Fact, Reference};

use crate::fields::{Fields, text_of};

/// The key of a record, from the ids its detail route needs.
///
/// # Errors
/// Says which id is missing or could not stand in a URL.
pub fn key_of(connection: &Arc<str>, ids: &[Option<String>]) -> Result<CallKey, String> {
    let given: Option<Vec<&str>> = ids.iter().map(Option::as_deref).collect();
    let given = given.ok_or("a record has no id")?;
    let reference = Reference::of(&given)
        .ok_or_else(|| format!("a record's id cannot stand in a URL: {:.40}", given.join(", ")))?;
    Ok(CallKey { connection: connection.clone(), reference })
}

/// Everything that was not read into the call, in the provider's own names: nothing a provider
/// sends is lost. Nested values are shown as compact JSON.
#[must_use]
pub fn other_facts(fields: &Fields, read: &[&str]) -> Vec<Fact> {
    let other = fields.iter().filter(|(name, raw)| !read.contains(name) && raw.get() != "null");
    let shown = other.filter_map(|(name, raw)| {
        let value = text_of(raw).or_else(|| nested(raw.get()))?;
        Some(Fact { name: name.to_owned(), value })
    });
    shown.collect()
}

/// A nested value, if there is anything in it.
fn nested(json: &str) -> Option<String> {
    let empty = matches!(json, "\"\"" | "{}" | "[]");
    (!empty && json.starts_with(['{', '['])).then(|| json.to_owned())
}
