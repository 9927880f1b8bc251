//! WAV recordings: the header, and the samples of any 72 ms of a talk.

use crate::script::Speaker;
use crate::talk::Talk;
use crate::voice::{FRAME_SAMPLES, Voice};

const RATE: u32 = 8000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Pcm16,
    Pcm8,
    MuLaw,
}

impl Coding {
    fn bytes(self) -> usize {
        if self == Self::Pcm16 { 2 } else { 1 }
    }

    fn tag(self) -> u16 {
        if self == Self::MuLaw { 7 } else { 1 }
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
}

impl Shape {
    fn channels(self) -> u16 {
        if self.stereo { 2 } else { 1 }
    }

    /// Bytes of 72 ms.
    pub(crate) fn unit_bytes(self) -> usize {
        FRAME_SAMPLES * self.coding.bytes() * usize::from(self.channels())
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

    /// The `fmt ` chunk; other codings than PCM end in the length of an extension, here 0.
    fn format(self) -> Vec<u8> {
        let block = self.channels() * u16::try_from(self.coding.bytes()).unwrap_or(2);
        let law = self.coding == Coding::MuLaw;
        let mut chunk = Vec::from(*b"fmt ");
        chunk.extend(if law { 18_u32 } else { 16 }.to_le_bytes());
        chunk.extend(self.coding.tag().to_le_bytes());
        chunk.extend(self.channels().to_le_bytes());
        chunk.extend(RATE.to_le_bytes());
        chunk.extend((RATE * u32::from(block)).to_le_bytes());
        chunk.extend(block.to_le_bytes());
        chunk.extend(if self.coding == Coding::Pcm16 { [16, 0] } else { [8, 0] });
        chunk.extend(if law { &[0_u8, 0][..] } else { &[] });
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
    fn the_header_counts_all_bytes_that_follow() {
        for list in [false, true] {
            let shape = Shape { coding: Coding::Pcm16, stereo: true, list };
            let head = shape.head(1000);
            let riff = head.get(4..8).map(<[u8]>::to_vec).unwrap_or_default();
            let whole = u32::try_from(head.len()).unwrap_or(0) + 1000;
            assert_eq!(riff, (whole - 8).to_le_bytes());
            assert_eq!(head.len() % 2, 0);
        }
    }
}
