//! An archive (ZIP, PKWARE's APPNOTE 6.3): its entries are stored as they are. Sound is compressed
//! already, and texts are small beside it.
//!
//! Invariants: nothing of an entry is held here but its name, size and check sum. Whoever writes
//! puts the head before the bytes of an entry, and the tail behind all of them.

use crc32fast::Hasher;

/// Names are UTF-8.
const UTF_8: u16 = 1 << 11;
/// The first version of readers that understands folders.
const VERSION: u16 = 20;
/// What a field of four bytes cannot hold. Archives beyond it are not written.
const TOO_LONG: u64 = 0xFFFF_FFFF;
/// What a field of two bytes cannot hold.
const TOO_MANY: usize = 0xFFFF;

/// The check sum of an entry, as its bytes go by.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    hasher: Hasher,
    size: u64,
}

impl Checked {
    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
    }

    /// How many bytes have gone by.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }
}

/// An archive that is being written.
#[derive(Clone, Debug)]
pub struct Zip {
    entries: Vec<Entry>,
    offset: u64,
    /// Day and time of its entries, as the format has them.
    moment: (u16, u16),
}

#[derive(Clone, Debug)]
struct Entry {
    name: String,
    sum: u32,
    size: u32,
    offset: u32,
}

impl Zip {
    /// Begins one whose entries are of this day (year, month, day) and time (hour, minute, second).
    #[must_use]
    pub fn new(
        (year, month, day): (i32, u32, u32),
        (hour, minute, second): (u32, u32, u32),
    ) -> Self {
        let year = u32::try_from(year - 1980).unwrap_or(0).min(127);
        let low = |value: u32| u16::try_from(value & 0xFFFF).unwrap_or(0);
        let moment = (
            low((year << 9) | (month << 5) | day),
            low((hour << 11) | (minute << 5) | (second / 2)),
        );
        Self { entries: Vec::new(), offset: 0, moment }
    }

    /// The bytes that stand before an entry. `None` if it does not fit in an archive any more (4 GB
    /// or 65,535 entries): then it is not in it.
    pub fn head(&mut self, name: &str, checked: Checked) -> Option<Vec<u8>> {
        let end = self.offset + checked.size + 2 * (name.len() as u64 + 128);
        if end >= TOO_LONG || self.entries.len() >= TOO_MANY {
            return None;
        }
        let entry = Entry {
            name: name.to_owned(),
            sum: checked.hasher.finalize(),
            size: u32::try_from(checked.size).ok()?,
            offset: u32::try_from(self.offset).ok()?,
        };
        let mut head = Vec::with_capacity(30 + name.len());
        head.extend(0x0403_4B50_u32.to_le_bytes());
        self.describe(&entry, &mut head);
        head.extend(entry.name.as_bytes());
        self.offset += head.len() as u64 + checked.size;
        self.entries.push(entry);
        Some(head)
    }

    /// What both kinds of head have in common.
    fn describe(&self, entry: &Entry, out: &mut Vec<u8>) {
        let (day, time) = self.moment;
        // Version, flags, method (0: stored), time, day.
        for short in [VERSION, UTF_8, 0, time, day] {
            out.extend(short.to_le_bytes());
        }
        for long in [entry.sum, entry.size, entry.size] {
            out.extend(long.to_le_bytes());
        }
        let length = u16::try_from(entry.name.len()).unwrap_or(u16::MAX);
        out.extend(length.to_le_bytes());
        // No extra field.
        out.extend(0_u16.to_le_bytes());
    }

    /// The directory, which stands behind all entries.
    #[must_use]
    pub fn tail(&self) -> Vec<u8> {
        let mut tail = Vec::new();
        for entry in &self.entries {
            tail.extend(0x0201_4B50_u32.to_le_bytes());
            tail.extend(VERSION.to_le_bytes());
            self.describe(entry, &mut tail);
            // No comment, on the first disk, no attributes.
            tail.extend([0; 10]);
            tail.extend(entry.offset.to_le_bytes());
            tail.extend(entry.name.as_bytes());
        }
        let count = u16::try_from(self.entries.len()).unwrap_or(u16::MAX);
        let size = u32::try_from(tail.len()).unwrap_or(u32::MAX);
        let offset = u32::try_from(self.offset).unwrap_or(u32::MAX);
        tail.extend(0x0605_4B50_u32.to_le_bytes());
        tail.extend([0; 4]);
        tail.extend(count.to_le_bytes());
        tail.extend(count.to_le_bytes());
        tail.extend(size.to_le_bytes());
        tail.extend(offset.to_le_bytes());
        tail.extend([0; 2]);
        tail
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]
mod tests {
    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = Zip::new((2026, 11, 21), (13, 5, 9));
        let mut out = Vec::new();
        for (name, bytes) in files {
            let mut checked = Checked::default();
            bytes.chunks(3).for_each(|part| checked.take(part));
            out.extend(zip.head(name, checked).unwrap());
            out.extend(*bytes);
        }
        out.extend(zip.tail());
        out
    }

    #[test]
    fn another_reader_finds_every_entry_as_it_was() {
        let files: [(&str, &[u8]); 3] =
            [("a/Gespräch.txt", b"Guten Tag"), ("a/empty", b""), ("b.mp3", &[0xFF, 0xFB, 0, 1])];
        let mut read = zip_reader::ZipArchive::new(std::io::Cursor::new(archive(&files))).unwrap();
        assert_eq!(read.len(), files.len());
        for (name, bytes) in files {
            let mut file = read.by_name(name).unwrap();
            let when = file.last_modified().unwrap();
            assert_eq!((when.year(), when.month(), when.day(), when.hour()), (2026, 11, 21, 13));
            let mut found = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut found).unwrap();
            assert_eq!(found, bytes, "{name}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_and_what_is_written_stays_whole() {
        let mut zip = Zip::new((2026, 1, 1), (0, 0, 0));
        let large = Checked { size: TOO_LONG, ..Checked::default() };
        assert_eq!(zip.head("large", large), None);
        assert!(zip.head("small", Checked::default()).is_some());
        assert_eq!(zip.entries.len(), 1);
    }
}
