//! An archive (ZIP, PKWARE's APPNOTE 6.3): its entries are stored as they are. Sound is compressed
//! already, and texts are small beside it. What is more than the format first had room for (4 GB,
//! 65,535 entries) is told in its larger fields (ZIP64).
//!
//! Invariants: nothing of an entry is held here but its name, size and check sum. Whoever writes
//! puts the head before the bytes of an entry, and the tail behind all of them. Sizes stand in
//! front of the bytes, so that also those can read it who begin at its beginning.

use crc32fast::Hasher;

/// Names are UTF-8.
const UTF_8: u16 = 1 << 11;
/// The first version of readers that understands folders.
const VERSION: u16 = 20;
/// The first version of readers that understands the larger fields.
const VERSION_LARGE: u16 = 45;
/// What a field of four bytes says if the larger one tells.
const LARGE: u32 = u32::MAX;
/// The larger fields of an entry.
const EXTRA: u16 = 1;

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
    size: u64,
    offset: u64,
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

    /// The bytes that stand before an entry.
    pub fn head(&mut self, name: &str, checked: Checked) -> Vec<u8> {
        let entry = Entry {
            name: name.to_owned(),
            sum: checked.hasher.finalize(),
            size: checked.size,
            offset: self.offset,
        };
        let sizes = if is_large(entry.size) { vec![entry.size; 2] } else { Vec::new() };
        let mut head = Vec::with_capacity(30 + name.len());
        head.extend(0x0403_4B50_u32.to_le_bytes());
        self.describe(&entry, &sizes, &mut head);
        head.extend(entry.name.as_bytes());
        tell_large(&sizes, &mut head);
        self.offset += head.len() as u64 + checked.size;
        self.entries.push(entry);
        head
    }

    /// What both kinds of head have in common, up to the length of the larger fields.
    fn describe(&self, entry: &Entry, larger: &[u64], out: &mut Vec<u8>) {
        let (day, time) = self.moment;
        // Version, flags, method (0: stored), time, day.
        for field in [version(larger), UTF_8, 0, time, day] {
            out.extend(field.to_le_bytes());
        }
        for field in [entry.sum, short(entry.size), short(entry.size)] {
            out.extend(field.to_le_bytes());
        }
        let length = u16::try_from(entry.name.len()).unwrap_or(u16::MAX);
        let extra = if larger.is_empty() { 0 } else { 4 + 8 * larger.len() };
        out.extend(length.to_le_bytes());
        out.extend(u16::try_from(extra).unwrap_or(0).to_le_bytes());
    }

    /// The directory, which stands behind all entries.
    #[must_use]
    pub fn tail(&self) -> Vec<u8> {
        let mut tail = Vec::new();
        for entry in &self.entries {
            let fields = [entry.size, entry.size, entry.offset];
            let larger: Vec<u64> = fields.into_iter().filter(|field| is_large(*field)).collect();
            tail.extend(0x0201_4B50_u32.to_le_bytes());
            tail.extend(version(&larger).to_le_bytes());
            self.describe(entry, &larger, &mut tail);
            // No comment, on the first disk, no attributes.
            tail.extend([0; 10]);
            tail.extend(short(entry.offset).to_le_bytes());
            tail.extend(entry.name.as_bytes());
            tell_large(&larger, &mut tail);
        }
        self.end(tail.len() as u64, &mut tail);
        tail
    }

    /// Where the directory is, of `size` bytes.
    fn end(&self, size: u64, out: &mut Vec<u8>) {
        let count = self.entries.len() as u64;
        let few = u16::try_from(count).ok().filter(|few| *few < u16::MAX);
        if few.is_none() || is_large(size) || is_large(self.offset) {
            out.extend(0x0606_4B50_u32.to_le_bytes());
            // The length of what follows, which versions, on the first disk.
            out.extend(44_u64.to_le_bytes());
            out.extend([VERSION_LARGE, VERSION_LARGE].map(u16::to_le_bytes).concat());
            out.extend([0; 8]);
            out.extend([count, count, size, self.offset].map(u64::to_le_bytes).concat());
            // Where that is, on the first disk of one.
            out.extend([0x0706_4B50_u32, 0].map(u32::to_le_bytes).concat());
            out.extend((self.offset + size).to_le_bytes());
            out.extend(1_u32.to_le_bytes());
        }
        out.extend(0x0605_4B50_u32.to_le_bytes());
        out.extend([0; 4]);
        out.extend([few.unwrap_or(u16::MAX); 2].map(u16::to_le_bytes).concat());
        out.extend([short(size), short(self.offset)].map(u32::to_le_bytes).concat());
        out.extend([0; 2]);
    }
}

fn is_large(field: u64) -> bool {
    field >= u64::from(LARGE)
}

fn short(field: u64) -> u32 {
    u32::try_from(field).unwrap_or(LARGE)
}

fn version(larger: &[u64]) -> u16 {
    if larger.is_empty() { VERSION } else { VERSION_LARGE }
}

fn tell_large(fields: &[u64], out: &mut Vec<u8>) {
    if let Ok(length @ 1..) = u16::try_from(8 * fields.len()) {
        out.extend([EXTRA, length].map(u16::to_le_bytes).concat());
        out.extend(fields.iter().flat_map(|field| field.to_le_bytes()));
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
            out.extend(zip.head(name, checked));
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

    /// A file of so many bytes of which only some places are written, the rest is nothing.
    struct Sparse {
        written: Vec<(u64, Vec<u8>)>,
        at: u64,
        length: u64,
    }

    impl std::io::Read for Sparse {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let left = usize::try_from(self.length - self.at).unwrap_or(usize::MAX);
            let count = left.min(out.len());
            out[..count].fill(0);
            for (from, bytes) in &self.written {
                for (place, byte) in (*from..).zip(bytes) {
                    if let Some(place) = place.checked_sub(self.at)
                        && let Some(slot) = out[..count].get_mut(usize::try_from(place).unwrap())
                    {
                        *slot = *byte;
                    }
                }
            }
            self.at += count as u64;
            Ok(count)
        }
    }

    impl std::io::Seek for Sparse {
        fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
            self.at = match to {
                std::io::SeekFrom::Start(at) => at,
                std::io::SeekFrom::End(by) => self.length.checked_add_signed(by).unwrap(),
                std::io::SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
            }
            .min(self.length);
            Ok(self.at)
        }
    }

    #[test]
    fn another_reader_finds_what_lies_behind_four_gigabytes() {
        let (large, said) = (5_000_000_000, b"Guten Tag");
        let mut zip = Zip::new((2026, 11, 21), (13, 5, 9));
        let first = zip.head("large.wav", Checked { size: large, ..Checked::default() });
        let mut checked = Checked::default();
        checked.take(said);
        let behind = first.len() as u64 + large;
        let second = [zip.head("a/behind.txt", checked), said.to_vec()].concat();
        let tail = zip.tail();
        let length = behind + (second.len() + tail.len()) as u64;
        let written = vec![(0, first), (behind + second.len() as u64, tail), (behind, second)];
        let mut read = zip_reader::ZipArchive::new(Sparse { written, at: 0, length }).unwrap();
        assert_eq!(read.by_name("large.wav").unwrap().size(), large);
        let mut found = Vec::new();
        std::io::Read::read_to_end(&mut read.by_name("a/behind.txt").unwrap(), &mut found).unwrap();
        assert_eq!(found, said);
    }

    #[test]
    fn another_reader_counts_more_entries_than_the_first_format_could() {
        let mut zip = Zip::new((2026, 1, 1), (0, 0, 0));
        let mut out = Vec::new();
        (0..70_000).for_each(|nth| out.extend(zip.head(&nth.to_string(), Checked::default())));
        out.extend(zip.tail());
        let mut read = zip_reader::ZipArchive::new(std::io::Cursor::new(out)).unwrap();
        assert_eq!(read.len(), 70_000);
        assert_eq!(read.by_index(69_999).unwrap().name(), "69999");
    }
}
