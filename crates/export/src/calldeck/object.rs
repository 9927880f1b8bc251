//! JSON objects, written field by field.

use serde::Serialize;

/// An object that is being appended to a text.
pub(super) struct Object<'o> {
    out: &'o mut String,
    empty: bool,
}

impl<'o> Object<'o> {
    /// Begins an object.
    pub(super) fn open(out: &'o mut String) -> Self {
        out.push('{');
        Self { out, empty: true }
    }

    /// Writes a field; what is not known is left out.
    pub(super) fn put(&mut self, name: &str, value: Option<impl Serialize>) {
        if let Some(value) = value {
            let json = json(&value);
            self.name(name).push_str(&json);
        }
    }

    /// Writes an object as a field.
    pub(super) fn object(&mut self, name: &str, fill: impl FnOnce(&mut Object<'_>)) {
        let mut inner = Object::open(self.name(name));
        fill(&mut inner);
        inner.close();
    }

    /// Writes a list of objects; an empty one is left out.
    pub(super) fn list<T>(&mut self, name: &str, items: &[T], fill: impl Fn(&mut Object<'_>, &T)) {
        if items.is_empty() {
            return;
        }
        let out = self.name(name);
        for (nth, item) in items.iter().enumerate() {
            out.push(if nth == 0 { '[' } else { ',' });
            let mut inner = Object::open(out);
            fill(&mut inner, item);
            inner.close();
        }
        out.push(']');
    }

    /// Ends the object.
    pub(super) fn close(self) {
        self.out.push('}');
    }

    fn name(&mut self, name: &str) -> &mut String {
        self.out.push_str(if self.empty { "\"" } else { ",\"" });
        self.empty = false;
        self.out.push_str(name);
        self.out.push_str("\":");
        self.out
    }
}

/// A value as JSON. None of ours can fail to be JSON; a number that is not finite is `null`.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
