//! Cells: quoting, decimal signs, and texts that a spreadsheet would run as formulas.

/// How the readers of a table separate and write things.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dialect {
    /// Between cells: Excel expects `;` where the comma is the decimal sign.
    pub separator: char,
    /// The decimal sign: `1.5` is a day in May to a German Excel.
    pub decimal: char,
    /// Whether the table begins with a byte order mark, without which Excel reads no UTF-8.
    pub bom: bool,
}

/// What stands in a cell.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// A number of ours.
    Number(f64),
    /// A text, perhaps somebody else's.
    Text(String),
}

impl Cell {
    pub(super) fn of(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.to_owned()))
    }

    #[allow(clippy::cast_precision_loss, reason = "counts and milliseconds far below 2^53")]
    pub(super) fn count(number: Option<i64>) -> Self {
        number.map_or(Self::Empty, |number| Self::Number(number as f64))
    }
}

impl Dialect {
    /// Appends a row, ended as RFC 4180 wants it.
    pub(super) fn row(&self, cells: impl Iterator<Item = Cell>, out: &mut String) {
        for (nth, cell) in cells.enumerate() {
            if nth > 0 {
                out.push(self.separator);
            }
            match cell {
                Cell::Empty => {}
                Cell::Number(number) => out.push_str(&self.number(number)),
                Cell::Text(text) => self.text(&text, out),
            }
        }
        out.push_str("\r\n");
    }

    fn number(&self, number: f64) -> String {
        number.to_string().replace('.', &self.decimal.to_string())
    }

    /// A cell that would be run is quoted and begins with an apostrophe and a tab. The apostrophe
    /// makes it text (OWASP ASVS 1.2.10); but Excel eats it when the cell is edited and saved, and
    /// would run the formula when the file is opened again. The tab stays, and keeps it text
    /// (github.com/OWASP/www-community, issue 517). Whoever reads the table by program takes
    /// the two signs away, or reads JSON, which has every text as it is.
    fn text(&self, text: &str, out: &mut String) {
        let guarded = is_run(text);
        let quoted = guarded || text.contains(['"', '\r', '\n', '\t', self.separator]);
        if !quoted && !text.contains('\0') {
            return out.push_str(text);
        }
        out.push('"');
        out.push_str(if guarded { "'\t" } else { "" });
        for letter in text.chars() {
            match letter {
                '"' => out.push_str("\"\""),
                // No reader takes a NUL for part of a text.
                '\0' => out.push('\u{fffd}'),
                letter => out.push(letter),
            }
        }
        out.push('"');
    }
}

/// Whether Excel, LibreOffice or a sheet in the browser would take a text for a formula: the first
/// sign that they see is one of `= + - @`, also in full width, or the text begins with a sign that
/// they skip or, in time, eat. A sign and nothing but digits is a number to all of them, and computes nothing: it
/// stays as it is, so that `+4917139200123` does.
fn is_run(text: &str) -> bool {
    let skipped = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || "'\u{feff}\u{200b}\u{2060}".contains(letter)
    };
    if text.starts_with(|first: char| first.is_control()) {
        return true;
    }
    let seen = text.trim_start_matches(skipped);
    let formula = seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    formula && !is_signed_number(text)
}

fn is_signed_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
