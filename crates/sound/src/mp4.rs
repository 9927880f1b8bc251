//! MP3 in an MP4 file: a table that says where each moment is.
//!
//! A player finds a moment of an MP3 by its share of the bytes, which is wrong wherever the bit
//! rate changes. The same frames, byte for byte, with a table of their sizes in front are found
//! exactly (ISO/IEC 14496-12: `stsz`, `stts`), and nothing has to be encoded.

/// The sizes of an MP3's frames: what leads from a moment to a byte and back.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// Frames of samples a second.
    pub rate: u32,
    /// Channels.
    pub channels: u16,
    /// Samples of one channel in a frame, the same in all of them.
    pub samples: u32,
    /// Samples at the beginning that an encoder put there, and that nobody should hear.
    pub lead: u32,
    sizes: Vec<u16>,
    bytes: u64,
}

impl Frames {
    /// No frame yet.
    #[must_use]
    pub fn new(rate: u32, channels: u16, samples: u32, lead: u32) -> Self {
        Self { rate, channels, samples, lead, ..Self::default() }
    }

    /// Adds a frame of so many bytes. No frame of an MP3 has more than 2 881.
    pub fn push(&mut self, bytes: usize) {
        let size = u16::try_from(bytes).unwrap_or(u16::MAX);
        self.sizes.push(size);
        self.bytes += u64::from(size);
    }

    /// Number of frames.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// Bytes of all frames.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether all frames are of one size, but for the byte that makes up for rounding: then the
    /// share of the bytes is the share of the time, and every player finds every moment.
    #[must_use]
    pub fn are_even(&self) -> bool {
        let least = self.sizes.iter().min().copied().unwrap_or(0);
        let most = self.sizes.iter().max().copied().unwrap_or(0);
        most - least <= 1
    }

    /// The byte, counted from the first frame, at which the frame begins that sounds at a moment.
    #[must_use]
    pub fn byte_at(&self, ms: u64) -> u64 {
        let sample = ms * u64::from(self.rate) / 1_000 + u64::from(self.lead);
        let frame = sample / u64::from(self.samples.max(1));
        let frame = usize::try_from(frame).unwrap_or(usize::MAX).min(self.sizes.len());
        self.sizes.iter().take(frame).map(|size| u64::from(*size)).sum()
    }

    /// The moment at which the frame sounds that this byte is in, milliseconds.
    #[must_use]
    pub fn ms_at(&self, byte: u64) -> u64 {
        let mut end = 0;
        let before = self.sizes.iter().take_while(|size| {
            end += u64::from(**size);
            end <= byte
        });
        let samples = before.count() as u64 * u64::from(self.samples);
        samples.saturating_sub(u64::from(self.lead)) * 1_000 / u64::from(self.rate.max(1))
    }

    /// Samples that are to be heard.
    fn heard(&self) -> u64 {
        (self.sizes.len() as u64 * u64::from(self.samples)).saturating_sub(u64::from(self.lead))
    }

    /// Everything that stands in front of the frames in an MP4.
    #[must_use]
    pub fn mp4_head(&self) -> Vec<u8> {
        let kind = boxed(b"ftyp", &[b"isom\0\0\x02\0isomiso2mp41"]);
        // Where the frames begin stands inside of what stands before them: its length is the same
        // whatever number is in it.
        let before = kind.len() + self.movie(0).len() + 16;
        let movie = self.movie(before as u64);
        let data_bytes = self.bytes + 16;
        [&kind[..], &movie, &1_u32.to_be_bytes(), b"mdat", &data_bytes.to_be_bytes()].concat()
    }

    fn movie(&self, first_byte: u64) -> Vec<u8> {
        let heard = u32::try_from(self.heard()).unwrap_or(u32::MAX);
        let matrix = [0x1_0000_u32, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
        let matrix: Vec<u8> = matrix.iter().flat_map(|it| it.to_be_bytes()).collect();
        let head = words(&[0, 0, 0, self.rate, heard, 0x1_0000, 0x0100_0000, 0, 0]);
        let head = boxed(b"mvhd", &[&head, &matrix, &[0; 24], &2_u32.to_be_bytes()]);
        let track = words(&[3, 0, 0, 1, 0, heard, 0, 0, 0, 0x0100_0000]);
        let track = boxed(b"tkhd", &[&track, &matrix, &[0; 8]]);
        // Begin behind what the encoder put in front.
        let edit = boxed(b"elst", &[&words(&[0, 1, heard, self.lead, 0x1_0000])]);
        let edits = boxed(b"edts", &[&edit]);
        boxed(b"moov", &[&head, &boxed(b"trak", &[&track, &edits, &self.media(first_byte)])])
    }

    fn media(&self, first_byte: u64) -> Vec<u8> {
        let all = u32::try_from(self.sizes.len() as u64 * u64::from(self.samples));
        let all = all.unwrap_or(u32::MAX);
        // `und` as three letters of five bits.
        let head = boxed(b"mdhd", &[&words(&[0, 0, 0, self.rate, all, 0x55c4_0000])]);
        let handler = boxed(b"hdlr", &[&words(&[0, 0]), b"soun", &[0; 13]]);
        let sound = boxed(b"smhd", &[&words(&[0, 0])]);
        let here = boxed(b"url ", &[&words(&[1])]);
        let data = boxed(b"dinf", &[&boxed(b"dref", &[&words(&[0, 1]), &here])]);
        let info = boxed(b"minf", &[&sound, &data, &self.table(first_byte)]);
        boxed(b"mdia", &[&head, &handler, &info])
    }

    fn table(&self, first_byte: u64) -> Vec<u8> {
        let count = u32::try_from(self.sizes.len()).unwrap_or(u32::MAX);
        let times = boxed(b"stts", &[&words(&[0, 1, count, self.samples])]);
        let pieces = boxed(b"stsc", &[&words(&[0, 1, 1, count, 1])]);
        let sizes: Vec<u8> =
            self.sizes.iter().flat_map(|size| u32::from(*size).to_be_bytes()).collect();
        let sizes = boxed(b"stsz", &[&words(&[0, 0, count]), &sizes]);
        let places = boxed(b"co64", &[&words(&[0, 1]), &first_byte.to_be_bytes()]);
        boxed(b"stbl", &[&self.description(), &times, &pieces, &sizes, &places])
    }

    fn description(&self) -> Vec<u8> {
        // MPEG-1 layer III, or the lower rates of MPEG-2 and 2.5 (ISO/IEC 14496-1, table 5).
        let object = if self.rate >= 32_000 { 0x6b } else { 0x69 };
        let config = [4, 13, object, 0x15, 0, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let stream = [&[3_u8, 21, 0, 0, 0][..], &config, &[6, 1, 2]].concat();
        let stream = boxed(b"esds", &[&words(&[0]), &stream]);
        let rate = u16::try_from(self.rate).unwrap_or(0);
        let channels = self.channels.to_be_bytes();
        let entry: [&[u8]; 8] = [
            &[0, 0, 0, 0, 0, 0, 0, 1],
            &[0; 8],
            &channels,
            &16_u16.to_be_bytes(),
            &[0; 4],
            &rate.to_be_bytes(),
            &[0; 2],
            &stream,
        ];
        boxed(b"stsd", &[&words(&[0, 1]), &boxed(b"mp4a", &entry)])
    }
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn boxed(name: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let bytes: usize = parts.iter().map(|part| part.len()).sum();
    let length = u32::try_from(bytes + 8).unwrap_or(u32::MAX);
    let mut out = Vec::with_capacity(bytes + 8);
    out.extend(length.to_be_bytes());
    out.extend(name);
    parts.iter().for_each(|part| out.extend(*part));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_leads_to_its_byte_and_back() {
        let mut frames = Frames::new(8_000, 1, 576, 0);
        [72, 144, 288, 72].into_iter().for_each(|size| frames.push(size));
        assert!(!frames.are_even());
        // A frame lasts 72 ms.
        for (ms, byte) in [(0, 0), (71, 0), (72, 72), (144, 216), (216, 504), (10_000, 576)] {
            assert_eq!(frames.byte_at(ms), byte, "{ms} ms");
        }
        for (byte, ms) in [(0, 0), (71, 0), (72, 72), (215, 72), (216, 144), (504, 216)] {
            assert_eq!(frames.ms_at(byte), ms, "byte {byte}");
        }
    }

    #[test]
    fn frames_of_one_bit_rate_are_even() {
        let mut frames = Frames::new(44_100, 2, 1_152, 1_105);
        [417, 418, 418, 417].into_iter().for_each(|size| frames.push(size));
        assert!(frames.are_even());
        frames.push(420);
        assert!(!frames.are_even());
        assert!(Frames::default().are_even());
    }

    #[test]
    fn the_boxes_are_as_long_as_they_say() {
        let mut frames = Frames::new(8_000, 2, 576, 1_105);
        (0..1_000).for_each(|n| frames.push(72 + n % 100));
        let head = frames.mp4_head();
        let mut at = 0;
        let mut names = Vec::new();
        while let Some(name) = head.get(at + 4..at + 8) {
            names.push(String::from_utf8_lossy(name).into_owned());
            let length = u32::from_be_bytes(head[at..at + 4].try_into().unwrap());
            at += if length == 1 { 16 } else { length as usize };
        }
        assert_eq!(names, ["ftyp", "moov", "mdat"]);
        assert_eq!(at, head.len(), "the frames follow at once");
        let place = head.windows(4).position(|four| four == b"co64").unwrap() + 12;
        let place = u64::from_be_bytes(head[place..place + 8].try_into().unwrap());
        assert_eq!(place, head.len() as u64);
    }
}
