//! A table of calls as CSV (RFC 4180): one row a call, one column a field.

use calls::Zone;
use calls::formats::Formats;
use calls::words::Words;

use crate::exported::Exported;

mod cell;
mod columns;

pub use cell::{Cell, Dialect};
use columns::{COLUMNS, TRANSCRIPT};

/// A table that is being written. It appends to a text, which may be taken away between rows.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// How the readers of this table separate and write things.
    pub dialect: Dialect,
    /// The language of heads and words.
    pub words: &'a Words,
    /// The zone of every time; its name stands in the head.
    pub zone: &'a Zone,
    /// Whether there are columns for the transcript.
    pub transcripts: bool,
}

impl std::fmt::Debug for Sheet<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").field("dialect", &self.dialect).finish_non_exhaustive()
    }
}

impl Sheet<'_> {
    /// Writes the row of heads, behind a byte order mark where the dialect has one.
    pub fn head(&self, out: &mut String) {
        if self.dialect.bom {
            out.push('\u{feff}');
        }
        let heads = self.columns().map(|column| Cell::Text((column.head)(self.words, self.zone)));
        self.dialect.row(heads, out);
    }

    /// Writes a call's row.
    pub fn row(&self, exported: &Exported<'_>, out: &mut String) {
        let cells = self.columns().map(|column| column.cell(self, exported));
        self.dialect.row(cells, out);
    }

    fn columns(&self) -> impl Iterator<Item = &'static columns::Column> {
        let more: &[columns::Column] = if self.transcripts { TRANSCRIPT } else { &[] };
        COLUMNS.iter().chain(more)
    }
}

impl Dialect {
    /// The dialect of a language: its list separator, the decimal sign of its numbers, and a byte
    /// order mark, without which Excel reads no UTF-8.
    #[must_use]
    pub fn of(words: &Words, formats: &dyn Formats) -> Self {
        let decimal = formats.decimal(0.5, 1).chars().find(|sign| !sign.is_numeric());
        let separator = words.csv_separator().chars().next();
        Self { separator: separator.unwrap_or(','), decimal: decimal.unwrap_or('.'), bom: true }
    }
}

/// A small table as a whole.
#[must_use]
pub fn table(dialect: Dialect, heads: Vec<Cell>, rows: impl Iterator<Item = Vec<Cell>>) -> String {
    let mut out = String::from(if dialect.bom { "\u{feff}" } else { "" });
    for row in std::iter::once(heads).chain(rows) {
        dialect.row(row.into_iter(), &mut out);
    }
    out
}

#[cfg(test)]
mod tests;
