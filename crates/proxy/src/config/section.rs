//! Reads a table of the file key by key, so that what is left over can be named.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problems, did_you_mean};

/// The file being read: its text for line numbers, and what was found wrong in it.
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) problems: RefCell<Problems>,
}

/// A text of the file and the line it stands in.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) line: usize,
}

/// A table being read.
pub(super) struct Section<'a> {
    source: &'a Source<'a>,
    table: &'a DeTable<'a>,
    /// As it stands in the file, such as `[cors]`.
    title: String,
    /// Line in which the table begins.
    pub(super) line: usize,
    asked: RefCell<Vec<String>>,
    /// Keys that are known, but that nobody should be led to.
    quiet: RefCell<Vec<String>>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, problems: RefCell::default() }
    }

    pub(super) fn problem(&self, line: Option<usize>, text: impl Into<String>) {
        self.problems.borrow_mut().add(line, text);
    }

    /// The line of a byte, from 1.
    pub(super) fn line_at(&self, byte: usize) -> usize {
        let before = self.text.as_bytes().get(..byte).unwrap_or_default();
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }
}

impl<'a> Section<'a> {
    pub(super) fn new(
        source: &'a Source<'a>,
        table: &'a DeTable<'a>,
        title: &str,
        line: usize,
    ) -> Self {
        let title = title.to_owned();
        Self { source, table, title, line, asked: RefCell::default(), quiet: RefCell::default() }
    }

    /// Says what is wrong with a value of this table.
    pub(super) fn problem(&self, line: usize, text: impl Into<String>) {
        self.source.problem(Some(line), text);
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key.to_owned());
        self.table.get(key)
    }

    fn wrong_type(&self, key: &str, wanted: &str, value: &Spanned<DeValue<'_>>) {
        let line = self.source.line_at(value.span().start);
        let given = value.get_ref().type_str();
        self.problem(line, format!("`{key}` must be {wanted}, and is of type {given}."));
    }

    /// The line in which a key stands. The key counts as known, but is never suggested.
    pub(super) fn line_of(&self, key: &str) -> Option<usize> {
        self.quiet.borrow_mut().push(key.to_owned());
        self.table.get(key).map(|value| self.source.line_at(value.span().start))
    }

    /// A text.
    pub(super) fn text(&self, key: &str) -> Option<Given> {
        let value = self.value(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, "a text in quotes", value);
            return None;
        };
        Some(Given { text: text.to_owned(), line: self.source.line_at(value.span().start) })
    }

    /// A number, and the line it stands in.
    pub(super) fn number(&self, key: &str) -> Option<(f64, usize)> {
        let value = self.value(key)?;
        let written = value.get_ref();
        let whole = written.as_integer().map(|number| number.as_str());
        let text = whole.or_else(|| written.as_float().map(|number| number.as_str()));
        let number = text.and_then(|text| text.parse::<f64>().ok());
        if number.is_none() {
            self.wrong_type(key, "a number without quotes", value);
        }
        Some((number?, self.source.line_at(value.span().start)))
    }

    /// A list of texts; empty if it is not there.
    pub(super) fn texts(&self, key: &str) -> Vec<Given> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let wanted = "a list of texts, such as [\"one\", \"two\"]";
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, wanted, value);
            return Vec::new();
        };
        let read = |item: &Spanned<DeValue<'_>>| {
            let line = self.source.line_at(item.span().start);
            let text = item.get_ref().as_str().map(str::to_owned);
            if text.is_none() {
                self.wrong_type(key, wanted, item);
            }
            text.map(|text| Given { text, line })
        };
        list.iter().filter_map(read).collect()
    }

    /// A table within.
    pub(super) fn table(&self, key: &str, title: &str) -> Option<Section<'a>> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, &format!("a table, written as {title}"), value);
            return None;
        };
        let line = self.source.line_at(value.span().start);
        Some(Section::new(self.source, table, title, line))
    }

    /// A list of tables within.
    pub(super) fn tables(&self, key: &str, title: &str) -> Vec<Section<'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, &format!("a list of tables, each begun with {title}"), value);
            return Vec::new();
        };
        let read = |item: &'a Spanned<DeValue<'a>>| {
            let line = self.source.line_at(item.span().start);
            Some(Section::new(self.source, item.get_ref().as_table()?, title, line))
        };
        list.iter().filter_map(read).collect()
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(self) {
        let (asked, quiet) = (self.asked.borrow(), self.quiet.borrow());
        let place =
            if self.title.is_empty() { "at the top" } else { &format!("in {}", self.title) };
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if asked.iter().chain(quiet.iter()).any(|known| known == name) {
                continue;
            }
            let hint = did_you_mean(name, asked.iter().map(String::as_str));
            let line = self.source.line_at(key.span().start);
            self.problem(line, format!("There is no setting `{name}` {place}.{hint}"));
        }
    }
}
