//! Where in a file something is.

/// A place in a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// Line, counted from 1.
    pub line: u64,
    /// Character in the line, counted from 1.
    pub column: u64,
    /// Bytes before it. In a file of UTF-16 these are the bytes that it would have in UTF-8.
    pub byte: u64,
}

impl Place {
    /// The beginning of a file.
    pub(super) const START: Self = Self { line: 1, column: 1, byte: 0 };

    /// Goes over a byte of UTF-8.
    pub(super) fn pass(&mut self, byte: u8) {
        self.byte += 1;
        match byte {
            b'\n' => (self.line, self.column) = (self.line + 1, 1),
            // The further bytes of a character are no further column.
            0x80..0xC0 => {}
            _ => self.column += 1,
        }
    }

    /// The place of a line and byte column (both from 1) inside a text that begins here.
    pub(super) fn inside(mut self, text: &str, line: usize, column: usize) -> Self {
        let before: usize =
            text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let end = before + column.saturating_sub(1);
        text.bytes().take(end).for_each(|byte| self.pass(byte));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters_and_bytes_are_bytes() {
        let mut place = Place::START;
        "ä\nöx".bytes().for_each(|byte| place.pass(byte));
        assert_eq!(place, Place { line: 2, column: 3, byte: 6 });
        let inside = Place { line: 3, column: 5, byte: 40 }.inside("äb\ncd", 1, 4);
        assert_eq!(inside, Place { line: 3, column: 7, byte: 43 });
        assert_eq!(inside.inside("x\nyz", 2, 2), Place { line: 4, column: 2, byte: 46 });
    }
}
