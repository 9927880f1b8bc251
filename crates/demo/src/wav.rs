//! WAV recordings: the header, and the samples of any 72 ms of a talk.

use crate::ima;
use crate::script::Speaker;
use crate::talk::Talk;
use crate::voice::{FRAME_SAMPLES, Voice};

const RATE: u32 = 8000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Pcm16,
    Pcm8,
    MuLaw,
    ALaw,
    /// IMA ADPCM in blocks of nine samples of one channel, eight bytes each: so small that they
    /// fill the grid.
    Ima,
}

impl Coding {
    /// Bytes of what stands at one time in one channel: a sample, or a block of IMA ADPCM.
    fn bytes(self) -> usize {
        match self {
            Self::Pcm16 => 2,
            Self::Ima => ima::BLOCK_BYTES,
            _ => 1,
        }
    }

    /// Samples in that.
    fn samples(self) -> usize {
        if self == Self::Ima { ima::BLOCK_SAMPLES } else { 1 }
    }

    /// RFC 2361.
    fn tag(self) -> u16 {
        match self {
            Self::Pcm16 | Self::Pcm8 => 1,
            Self::ALaw => 6,
            Self::MuLaw => 7,
            Self::Ima => 0x11,
        }
    }

    /// What the `fmt ` chunk ends in.
    fn extension(self) -> &'static [u8] {
        match self {
            Self::Pcm16 | Self::Pcm8 => &[],
            Self::ALaw | Self::MuLaw => &[0, 0],
            Self::Ima => &[2, 0, 9, 0],
        }
    }
}

/// How a WAV recording is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) coding: Coding,
    /// Agent left, customer right; otherwise both in one channel.
    pub(crate) stereo: bool,
    /// A LIST chunk stands in front of the samples.
    pub(crate) list: bool,
    /// Nothing can be heard in it.
    pub(crate) silent: bool,
}

impl Shape {
    fn channels(self) -> u16 {
        if self.stereo { 2 } else { 1 }
    }

    /// Bytes of 72 ms.
    pub(crate) fn unit_bytes(self) -> usize {
        FRAME_SAMPLES / self.coding.samples() * self.coding.bytes() * usize::from(self.channels())
    }

    /// Everything in front of the samples, for so many bytes of them.
    pub(crate) fn head(self, data_bytes: u32) -> Vec<u8> {
        let mut chunks = self.format();
        if self.list {
            chunks.extend(*b"LIST\x1a\0\0\0INFOISFT\x0d\0\0\0Recorder 1.0\0\0");
        }
        chunks.extend(*b"data");
        chunks.extend(data_bytes.to_le_bytes());
        let chunk_bytes = u32::try_from(chunks.len()).unwrap_or(0);
        let mut head = Vec::from(*b"RIFF");
        head.extend((4 + chunk_bytes + data_bytes).to_le_bytes());
        head.extend(*b"WAVE");
        head.extend(chunks);
        head
    }

    fn format(self) -> Vec<u8> {
        let block = self.channels() * u16::try_from(self.coding.bytes()).unwrap_or(2);
        let extension = self.coding.extension();
        let samples = u32::try_from(self.coding.samples()).unwrap_or(1);
        let bits: u16 = match self.coding {
            Coding::Pcm16 => 16,
            Coding::Ima => 4,
            _ => 8,
        };
        let mut chunk = Vec::from(*b"fmt ");
        chunk.extend((16 + u32::try_from(extension.len()).unwrap_or(0)).to_le_bytes());
        chunk.extend(self.coding.tag().to_le_bytes());
        chunk.extend(self.channels().to_le_bytes());
        chunk.extend(RATE.to_le_bytes());
        chunk.extend((RATE * u32::from(block) / samples).to_le_bytes());
        chunk.extend(block.to_le_bytes());
        chunk.extend(bits.to_le_bytes());
        chunk.extend(extension);
        chunk
    }

    /// Appends the samples of one place on the grid.
    pub(crate) fn unit(self, talk: &Talk, at: usize, out: &mut Vec<u8>) {
        let sounding = talk.sounding(at);
        let spoken =
            sounding.map(|(phrase, n)| (phrase, n, Voice::of(talk.language).samples(phrase)));
        let samples = spoken
            .as_ref()
            .and_then(|(_, n, samples)| samples.get(n * FRAME_SAMPLES..(n + 1) * FRAME_SAMPLES));
        let left = sounding.and_then(|(phrase, _)| talk.language.book().phrases.get(phrase));
        let left = left.is_some_and(|phrase| phrase.speaker == Speaker::Agent);
        let samples = samples.filter(|_| !self.silent);
        if self.coding == Coding::Ima {
            return ima::encode(samples.unwrap_or(&[0; FRAME_SAMPLES]), out);
        }
        for index in 0..FRAME_SAMPLES {
            let sample = samples.and_then(|samples| samples.get(index)).copied().unwrap_or(0);
            if self.stereo {
                self.write(if left { sample } else { 0 }, out);
                self.write(if left { 0 } else { sample }, out);
            } else {
                self.write(sample, out);
            }
        }
    }

    fn write(self, sample: i16, out: &mut Vec<u8>) {
        match self.coding {
            Coding::Pcm16 => out.extend(sample.to_le_bytes()),
            Coding::Pcm8 => out.push(u8::try_from((i32::from(sample) >> 8) + 128).unwrap_or(128)),
            Coding::MuLaw => out.push(mu_law(sample)),
            Coding::ALaw => out.push(a_law(sample)),
            // Encoded in blocks.
            Coding::Ima => {}
        }
    }
}

/// ITU-T G.711 µ-law.
fn mu_law(sample: i16) -> u8 {
    const BIAS: i32 = 0x84;
    let magnitude = i32::from(sample).abs().min(32_635) + BIAS;
    let exponent = (magnitude.ilog2()).saturating_sub(7);
    let mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    let sign = if sample < 0 { 0x80 } else { 0 };
    let code = sign | i32::try_from(exponent << 4).unwrap_or(0) | mantissa;
    !u8::try_from(code).unwrap_or(0)
}

/// ITU-T G.711 A-law.
fn a_law(sample: i16) -> u8 {
    let (sign, magnitude) = if sample >= 0 { (0x80, sample) } else { (0, !sample) };
    let magnitude = i32::from(magnitude) >> 3;
    let exponent = magnitude.max(1).ilog2().saturating_sub(4);
    let mantissa = (magnitude >> exponent.max(1)) & 0x0f;
    let code = i32::try_from(exponent << 4).unwrap_or(0) | mantissa;
    (sign | u8::try_from(code).unwrap_or(0)) ^ 0x55
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mu_law_gives_the_values_of_the_standard() {
        assert_eq!(mu_law(0), 0xff);
        assert_eq!(mu_law(-1), 0x7f);
        assert_eq!(mu_law(i16::MAX), 0x80);
        assert_eq!(mu_law(i16::MIN), 0x00);
        assert_eq!(mu_law(1000), 0xce);
    }

    #[test]
    fn a_law_gives_the_values_of_the_standard() {
        assert_eq!(a_law(0), 0xd5);
        assert_eq!(a_law(-1), 0x55);
        assert_eq!(a_law(i16::MAX), 0xaa);
        assert_eq!(a_law(i16::MIN), 0x2a);
    }

    #[test]
    fn the_header_counts_all_bytes_that_follow() {
        for list in [false, true] {
            let shape = Shape { coding: Coding::Pcm16, stereo: true, list, silent: false };
            let head = shape.head(1000);
            let riff = head.get(4..8).map(<[u8]>::to_vec).unwrap_or_default();
            let whole = u32::try_from(head.len()).unwrap_or(0) + 1000;
            assert_eq!(riff, (whole - 8).to_le_bytes());
            assert_eq!(head.len() % 2, 0);
        }
    }
}
