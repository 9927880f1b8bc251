//! The head of a WAV file, read as leniently as telephony writes it, and written.
//!
//! Heads lie: recorders that stream or are killed leave lengths of nothing or of everything, tools
//! put their names in front of the samples, and a head of µ-law may lack the extension that its
//! format asks for. Only what is needed for reading the samples is believed.

/// What a head says of the samples behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WavHead {
    /// The registered number of the coding.
    pub tag: u16,
    /// Channels.
    pub channels: u16,
    /// Frames of samples a second.
    pub rate: u32,
    /// Bytes of what can be decoded by itself.
    pub block: u16,
    /// Bits of a sample.
    pub bits: u16,
    /// Frames of samples in a block, where the coding has such.
    pub block_frames: u16,
    /// Where the samples begin.
    pub at: u64,
    /// Their bytes; `None` where the head does not know.
    pub bytes: Option<u64>,
}

/// The coding that says that another field says which it is.
const EXTENSIBLE: u16 = 0xfffe;

impl WavHead {
    /// Reads it from the first bytes of a file; `None` if it is no WAV or they are too few.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let is_wav = bytes.starts_with(b"RIFF") && bytes.get(8..12)? == b"WAVE";
        let mut format = None;
        let mut at = 12;
        while let Some(head) = bytes.get(at..at + 8).filter(|_| is_wav) {
            let length = u32_at(head, 4)?;
            if head.starts_with(b"data") {
                let known = length != 0 && length < u32::MAX - 8;
                let bytes = known.then_some(u64::from(length));
                return Some(Self { at: at as u64 + 8, bytes, ..format? });
            }
            let chunk = bytes.get(at + 8..)?;
            if head.starts_with(b"fmt ") {
                format = Some(Self::format(chunk)?);
            }
            // Chunks begin at even places.
            let length = usize::try_from(length).ok()?;
            at = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
        }
        None
    }

    fn format(chunk: &[u8]) -> Option<Self> {
        let tag = match u16_at(chunk, 0)? {
            EXTENSIBLE => u16_at(chunk, 24)?,
            tag => tag,
        };
        let (channels, rate, bits) = (u16_at(chunk, 2)?, u32_at(chunk, 4)?, u16_at(chunk, 14)?);
        let block = u16_at(chunk, 12)?;
        let block_frames = if matches!(tag, 2 | 0x11) { u16_at(chunk, 18)? } else { 1 };
        let sane = channels > 0 && rate > 0 && block > 0 && block_frames > 0;
        let head = Self { tag, channels, rate, block, bits, block_frames, at: 0, bytes: None };
        sane.then_some(head)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The head of a WAV of 16 bits a sample, for so many bytes of samples. What is longer than the
/// format can say says that its length is not known.
#[must_use]
pub fn wav_head(channels: u16, rate: u32, data_bytes: u64) -> Vec<u8> {
    let block = channels.saturating_mul(2);
    let data = u32::try_from(data_bytes).ok().filter(|bytes| *bytes < u32::MAX - 36);
    let mut head = Vec::with_capacity(44);
    head.extend(*b"RIFF");
    head.extend(data.map_or(u32::MAX, |bytes| bytes + 36).to_le_bytes());
    head.extend(*b"WAVEfmt ");
    head.extend(16_u32.to_le_bytes());
    head.extend(1_u16.to_le_bytes());
    head.extend(channels.to_le_bytes());
    head.extend(rate.to_le_bytes());
    head.extend(rate.saturating_mul(u32::from(block)).to_le_bytes());
    head.extend(block.to_le_bytes());
    head.extend(16_u16.to_le_bytes());
    head.extend(*b"data");
    head.extend(data.unwrap_or(u32::MAX).to_le_bytes());
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else_is() {
        let head = wav_head(2, 8_000, 4_000);
        let read = WavHead::read(&head).unwrap();
        assert_eq!(
            (read.tag, read.channels, read.rate, read.block, read.bits),
            (1, 2, 8_000, 4, 16)
        );
        assert_eq!((read.at, read.bytes), (44, Some(4_000)));
        assert!((0..head.len()).all(|end| WavHead::read(&head[..end]).is_none()));
        assert_eq!(WavHead::read(&wav_head(1, 8_000, 0)).unwrap().bytes, None);
        assert_eq!(WavHead::read(&wav_head(1, 8_000, 1 << 33)).unwrap().bytes, None);
        assert_eq!(WavHead::read(b"RIFF\0\0\0\0AVI LIST\0\0\0\0"), None);
        let mut none = head;
        none[22] = 0;
        assert_eq!(WavHead::read(&none), None, "no channel");
    }
}
