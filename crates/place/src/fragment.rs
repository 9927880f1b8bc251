//! Names and values of a fragment or query: reading, writing, escaping.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Names and values in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// The first value of a name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Adds a value.
    pub fn add(&mut self, name: &str, value: impl AsRef<str>) {
        self.0.push((name.to_owned(), value.as_ref().to_owned()));
    }

    /// Adds a value if there is one.
    pub fn add_some(&mut self, name: &str, value: Option<impl AsRef<str>>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    /// The fragment: `#?name=value&…`, or `#` alone if there is nothing to say.
    #[must_use]
    pub fn fragment(&self) -> String {
        self.fragment_after("#")
    }

    /// A fragment with these pairs behind those that it has.
    #[must_use]
    pub fn fragment_after(&self, before: &str) -> String {
        let mut text = String::from(before);
        for (name, value) in &self.0 {
            text.push(if text.len() == 1 { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            text.extend(utf8_percent_encode(value, ESCAPED));
        }
        text
    }
}

/// Reads `#?…`, `?…` or bare pairs. A `+` is a plus (it stands in phone numbers), not a blank.
#[must_use]
pub fn parse(text: &str) -> Pairs {
    let text = text.strip_prefix('#').unwrap_or(text);
    let text = text.strip_prefix('?').unwrap_or(text);
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    Pairs(pairs.map(|(name, value)| (unescape(name), unescape(value))).collect())
}

/// What is escaped: everything but letters, digits and what stays readable in an address bar.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b':')
    .remove(b'@')
    .remove(b'+')
    .remove(b',');

fn unescape(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
