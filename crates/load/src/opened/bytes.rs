//! A file's bytes as UTF-8, whatever it is written in.

/// As many bytes as tell what a file is.
const TELLING: usize = 4_096;

/// How files begin that are no text: archives, pictures, sound, documents.
const BINARY: &[&[u8]] = &[
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"%PDF",
    b"RIFF",
    b"ID3",
    b"OggS",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\0asm",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
];

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Writing {
    Utf8,
    Utf16 { big_endian: bool },
}

/// Turns slices of a file into UTF-8 and notices what is no text.
#[derive(Debug, Default)]
pub(super) struct Bytes {
    writing: Option<Writing>,
    /// What has come before anything could be told of the file; later, half a character.
    held: Vec<u8>,
    /// Half of a character that takes two units.
    surrogate: Option<u16>,
}

/// What a slice turned out to be.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Slice {
    /// UTF-8, as far as it is complete.
    Text(Vec<u8>),
    /// The file is no text.
    Binary,
}

impl Bytes {
    /// Takes a slice; `last` if nothing follows.
    pub(super) fn take(&mut self, slice: &[u8], last: bool) -> Slice {
        self.held.extend_from_slice(slice);
        if self.writing.is_none() && (last || self.held.len() >= TELLING) {
            match told(&self.held) {
                None => return Slice::Binary,
                Some((writing, mark)) => {
                    self.writing = Some(writing);
                    self.held.drain(..mark);
                }
            }
        }
        match self.writing {
            None => Slice::Text(Vec::new()),
            Some(Writing::Utf8) => Slice::Text(std::mem::take(&mut self.held)),
            Some(Writing::Utf16 { big_endian }) => Slice::Text(self.utf16(big_endian)),
        }
    }

    fn utf16(&mut self, big_endian: bool) -> Vec<u8> {
        let mut pairs = self.held.chunks_exact(2);
        let unit = |pair: &[u8]| match (pair, big_endian) {
            ([high, low], true) | ([low, high], false) => u16::from_be_bytes([*high, *low]),
            _ => 0xfffd,
        };
        let mut units: Vec<u16> =
            self.surrogate.take().into_iter().chain(pairs.by_ref().map(unit)).collect();
        let rest = pairs.remainder().to_vec();
        if units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            self.surrogate = units.pop();
        }
        self.held = rest;
        String::from_utf16_lossy(&units).into_bytes()
    }
}

/// How a file is written by its beginning, and how many bytes of it only say so. `None` if it is
/// no text.
fn told(start: &[u8]) -> Option<(Writing, usize)> {
    let utf16 = |big_endian| Writing::Utf16 { big_endian };
    match start {
        [0xef, 0xbb, 0xbf, ..] => Some((Writing::Utf8, 3)),
        [0xff, 0xfe, ..] => Some((utf16(false), 2)),
        [0xfe, 0xff, ..] => Some((utf16(true), 2)),
        [b'{' | b'[', 0, ..] => Some((utf16(false), 0)),
        [0, b'{' | b'[', ..] => Some((utf16(true), 0)),
        _ if BINARY.iter().any(|magic| start.starts_with(magic)) => None,
        _ if start.iter().take(TELLING).any(|byte| *byte == 0) => None,
        _ => Some((Writing::Utf8, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(slices: &[&[u8]]) -> Option<String> {
        let mut bytes = Bytes::default();
        let mut all = Vec::new();
        for (index, slice) in slices.iter().enumerate() {
            match bytes.take(slice, index + 1 == slices.len()) {
                Slice::Text(text) => all.extend(text),
                Slice::Binary => return None,
            }
        }
        Some(String::from_utf8(all).unwrap())
    }

    #[test]
    fn utf16_is_read_in_both_orders_with_and_without_its_mark_and_across_slices() {
        let said = "{\"a\":\"ä😀\"}";
        let little: Vec<u8> = said.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = said.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xff, 0xfe][..], &little].concat();
        assert_eq!(text(&[&little]).as_deref(), Some(said));
        assert_eq!(text(&[&big]).as_deref(), Some(said));
        for cut in 0..marked.len() {
            let (first, rest) = marked.split_at(cut);
            assert_eq!(text(&[first, rest]).as_deref(), Some(said), "{cut}");
        }
    }

    #[test]
    fn a_mark_is_no_part_of_the_text_and_an_archive_is_no_text() {
        assert_eq!(text(&[b"\xef\xbb", b"\xbf{}"]).as_deref(), Some("{}"));
        assert_eq!(text(&[b"PK\x03\x04.."]), None);
        assert_eq!(text(&[b"{\"a\":1}\0\0"]), None);
        assert_eq!(text(&[]).as_deref(), Some(""));
    }
}
