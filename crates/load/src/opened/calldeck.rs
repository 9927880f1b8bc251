//! Reads Calldeck's own export, which `crates/export` writes. Nobody is asked: what the file says
//! is all there is.
//!
//! It is read leniently, as answers of providers are: a field that cannot be read is unknown, a
//! record that cannot be read costs itself and says where it stands.

use calls::{CallKey, OpenedCall};
use providers::fields::{Fields, text_of, time_ms};
use providers::page::Page;

mod record;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]
mod tests;

/// What an export holds, and what it says about itself.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Export {
    /// The number of its format. 1 is the one that this version writes; of a later one, what can be
    /// read is read.
    pub format: u64,
    /// When it was exported, UTC milliseconds.
    pub exported_ms: Option<i64>,
    /// The name of the zone that was on screen.
    pub zone: Option<String>,
    /// The place it was exported from, as the fragment of a link.
    pub filter: Option<String>,
    /// Whether numbers and addresses have been masked.
    pub masked: bool,
    /// Whether the file says that nothing is missing. One that breaks off never says so.
    pub complete: bool,
    /// What is missing, in the words of whoever exported it.
    pub why_partial: Vec<String>,
    /// The connections that its calls are of.
    pub connections: Vec<Named>,
    /// Its calls, in the order of the file, with what had been opened of them.
    pub calls: Vec<OpenedCall>,
    /// What could not be read.
    pub skipped: Vec<Skip>,
}

/// A connection as the file names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Its id in keys of calls.
    pub id: String,
    /// The id of its provider.
    pub provider: Option<String>,
    /// Its name on screen.
    pub name: Option<String>,
}

/// A record that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skip {
    /// Which one it is, counted from 1.
    pub nth: usize,
    /// Bytes of the text before it.
    pub byte: usize,
    /// Why.
    pub why: Why,
}

/// Why a record could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// It is no JSON object, or not JSON at all.
    NoObject,
    /// It has no `key`, or one that no link can carry.
    NoKey,
    /// The file ends in it.
    CutOff,
}

/// Whether an object begins as an export does.
#[must_use]
pub fn is_export(fields: &Fields) -> bool {
    fields.count("calldeck").is_some()
}

/// Reads an export; `None` if the text is none.
#[must_use]
pub fn read(text: &str) -> Option<Export> {
    let page = Page::split(text, &["calls"]);
    let mut export = about(&page.beside)?;
    let start = text.as_ptr().addr();
    for raw in &page.rows {
        let byte = raw.get().as_ptr().addr() - start;
        export.take(raw.get(), byte);
    }
    if page.broken.is_some() {
        let read =
            page.rows.last().map_or(0, |row| row.get().as_ptr().addr() - start + row.get().len());
        export.go_on_by_lines(text, read);
    }
    Some(export)
}

fn about(beside: &Fields) -> Option<Export> {
    let why = beside.raw("why_partial");
    let several = || beside.list("why_partial").into_iter().filter_map(text_of).collect();
    let named = |raw: &serde_json::value::RawValue| {
        let fields = Fields::parse(raw.get())?;
        let (provider, name) = (fields.text("provider"), fields.text("name"));
        Some(Named { id: fields.text("id")?, provider, name })
    };
    is_export(beside).then(|| Export {
        format: beside.count("calldeck").unwrap_or_default(),
        exported_ms: beside.text("exported_at").and_then(|text| time_ms(&text)),
        zone: beside.text("zone"),
        filter: beside.text("filter"),
        masked: beside.bool("masked") == Some(true),
        complete: beside.bool("complete") == Some(true),
        why_partial: why.and_then(text_of).map_or_else(several, |one| vec![one]),
        connections: beside.list("connections").into_iter().filter_map(named).collect(),
        ..Export::default()
    })
}

impl Export {
    /// The call with an identity, with everything that had been opened of it.
    #[must_use]
    pub fn find(&self, key: &CallKey) -> Option<&OpenedCall> {
        self.calls.iter().find(|opened| opened.call.key == *key)
    }

    fn take(&mut self, json: &str, byte: usize) {
        match record::read(json) {
            Ok(opened) => self.calls.push(opened),
            Err(why) => self.skip(byte, why),
        }
    }

    fn skip(&mut self, byte: usize, why: Why) {
        let nth = self.calls.len() + self.skipped.len() + 1;
        self.skipped.push(Skip { nth, byte, why });
    }

    /// Behind a place where the text is no JSON any more, records are told by their lines: each
    /// was written as one.
    fn go_on_by_lines(&mut self, text: &str, read: usize) {
        let rest = text.get(read..).unwrap_or_default();
        let mut byte = read;
        for line in rest.split_inclusive('\n') {
            let json = line.trim().trim_start_matches(',').trim_end_matches(',').trim();
            let tail = json.starts_with(']');
            if tail {
                self.take_tail(json);
            } else if !json.is_empty() {
                let last = byte + line.len() >= text.len();
                self.take_line(json, byte, last);
            }
            byte += line.len();
        }
    }

    fn take_line(&mut self, json: &str, byte: usize, last: bool) {
        match record::read(json) {
            Err(Why::NoObject) if last => self.skip(byte, Why::CutOff),
            Err(why) => self.skip(byte, why),
            Ok(opened) => self.calls.push(opened),
        }
    }

    /// What stands behind the calls, where the text before it was no JSON.
    fn take_tail(&mut self, json: &str) {
        let inner = json.trim_start_matches(']').trim_start_matches(',');
        let object = format!("{{{inner}");
        if let Some(fields) = Fields::parse(&object) {
            self.complete = fields.bool("complete") == Some(true);
            self.why_partial = fields.list("why_partial").into_iter().filter_map(text_of).collect();
        }
    }
}
