//! Recordings as telephony writes them: what is heard of each, and what is made of it.
#![cfg(feature = "decoding")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::f64::consts::TAU;
use std::fs;
use std::io;
use std::path::Path;

use sound::{Frames, Made, Make, Outline, Piece, Reading, Source, Survey, Unreadable};

/// Sixty seconds of a tone, whose pitch says which second it is, at changing bit rates.
fn seconds_mp3() -> Vec<u8> {
    file("../demo/odd/seconds.mp3")
}

fn file(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The pitch of a second of that file, Hertz.
fn pitch(second: usize) -> f64 {
    300.0 + 20.0 * second as f64
}

/// A file that comes in pieces of odd sizes, as over a network.
struct Slow {
    bytes: Vec<u8>,
    piece: usize,
    reached: u64,
}

impl Source for Slow {
    fn length(&self) -> Option<u64> {
        Some(self.bytes.len() as u64)
    }

    fn at(&mut self, position: u64) -> io::Result<&[u8]> {
        assert!(position + self.piece as u64 >= self.reached, "never further back than a piece");
        self.reached = self.reached.max(position);
        let from = usize::try_from(position).unwrap().min(self.bytes.len());
        let to = (from / self.piece + 1) * self.piece;
        Ok(&self.bytes[from..to.min(self.bytes.len())])
    }
}

struct Heard {
    outline: Outline,
    secs: f64,
    cut_off: bool,
    made: Option<Made>,
    out: Vec<u8>,
}

fn survey(bytes: &[u8], make: Make) -> Heard {
    let slow = Slow { bytes: bytes.to_vec(), piece: 1_021, reached: 0 };
    let mut survey = Survey::open(slow, make).unwrap();
    let mut out = Vec::new();
    while survey.step(&mut |bytes| out.extend_from_slice(bytes)).unwrap() {}
    let (outline, secs, made) = (survey.outline(), survey.secs(), survey.made());
    Heard { outline, secs, cut_off: survey.is_cut_off(), made, out }
}

/// All samples of a recording.
fn samples(bytes: Vec<u8>) -> Vec<i16> {
    let mut reading = Reading::open(bytes).unwrap();
    let mut samples = Vec::new();
    let mut take = |piece: Piece<'_>| match piece {
        Piece::Bytes(bytes) => {
            samples.extend(bytes.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)));
        }
        Piece::Samples(decoded, _) => samples.extend_from_slice(decoded),
    };
    while reading.next(&mut take).unwrap() {}
    samples
}

/// Which second a stretch of that file is, by its pitch: the loudest of all the pitches it has.
fn second_of(samples: &[i16], rate: f64) -> usize {
    let power = |second: &usize| {
        let turn = TAU * pitch(*second) / rate;
        let (mut cos, mut sin) = (0.0, 0.0);
        for (n, sample) in samples.iter().enumerate() {
            cos += f64::from(*sample) * (turn * n as f64).cos();
            sin += f64::from(*sample) * (turn * n as f64).sin();
        }
        cos * cos + sin * sin
    };
    (0..60).max_by(|one, other| power(one).total_cmp(&power(other))).unwrap()
}

fn wav(tag: u16, channels: u16, bits: u16, before: &[u8], data: &[u8], says: u32) -> Vec<u8> {
    let block = channels * bits / 8;
    let mut chunks = Vec::from(*b"WAVEfmt ");
    chunks.extend(16_u32.to_le_bytes());
    for word in [tag, channels] {
        chunks.extend(word.to_le_bytes());
    }
    chunks.extend(8_000_u32.to_le_bytes());
    chunks.extend((8_000 * u32::from(block)).to_le_bytes());
    chunks.extend(block.to_le_bytes());
    chunks.extend(bits.to_le_bytes());
    chunks.extend(before);
    chunks.extend(b"data");
    chunks.extend(says.to_le_bytes());
    chunks.extend(data);
    let length = u32::try_from(chunks.len()).unwrap();
    [b"RIFF", &length.to_le_bytes()[..], &chunks].concat()
}

/// Two seconds of 8 kHz, left loud in the first, right half as loud in the second.
fn two_sides() -> Vec<i16> {
    let wave = |n: i16| if n % 16 < 8 { 20_000 } else { -20_000 };
    let left =
        |n: i16| [if n < 8_000 { wave(n) } else { 0 }, if n < 8_000 { 0 } else { wave(n) / 2 }];
    (0..16_000).flat_map(left).collect()
}

fn bytes16(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

fn assert_two_sides(heard: &Heard, least: f32) {
    assert!((heard.secs - 2.0).abs() < 0.001, "{} s", heard.secs);
    assert_eq!(heard.outline.channels, 2);
    let loud = 20_000.0 / 32_768.0;
    let (left, right) = (heard.outline.bars(0, 4, 2.0), heard.outline.bars(1, 4, 2.0));
    for (bars, wanted) in
        [(left, [loud, loud, 0.0, 0.0]), (right, [0.0, 0.0, loud / 2.0, loud / 2.0])]
    {
        for (bar, wanted) in bars.iter().zip(wanted) {
            assert!((bar - wanted).abs() < least, "{bars:?}");
        }
        assert_eq!(bars.len(), 4);
    }
}

#[test]
fn every_wav_of_telephony_has_its_outline() {
    let samples = two_sides();
    let data = bytes16(&samples);
    let says = u32::try_from(data.len()).unwrap();
    let list = b"LIST\x1a\0\0\0INFOISFT\x0d\0\0\0Recorder 1.0\0\0";
    let plain = survey(&wav(1, 2, 16, b"", &data, says), Make::Exact);
    assert_two_sides(&plain, 0.001);
    assert_eq!((plain.made, plain.cut_off, plain.out.len()), (None, false, 0));
    assert_two_sides(&survey(&wav(1, 2, 16, list, &data, says), Make::Exact), 0.001);
    let eight: Vec<u8> = samples.iter().map(|it| ((it >> 8) + 128) as u8).collect();
    let eight = survey(&wav(1, 2, 8, b"", &eight, says / 2), Make::Exact);
    assert_two_sides(&eight, 0.01);
    assert_eq!(eight.made, None);
    for (tag, code) in [(7, mu_law as fn(i16) -> u8), (6, a_law)] {
        let coded: Vec<u8> = samples.iter().map(|sample| code(*sample)).collect();
        let law = wav(tag, 2, 8, b"", &coded, says / 2);
        assert_two_sides(&survey(&law, Make::Exact), 0.03);
        let made = survey(&law, Make::Wav);
        assert_eq!(made.made.as_ref().unwrap().kind, "audio/wav");
        let again = survey(&[made.made.unwrap().head, made.out].concat(), Make::Exact);
        assert_eq!(again.outline, made.outline, "what was made of it sounds like it");
    }
}

/// ITU-T G.711.
fn mu_law(sample: i16) -> u8 {
    let magnitude = i32::from(sample).abs().min(32_635) + 0x84;
    let exponent = magnitude.ilog2() - 7;
    let code = (exponent << 4) as i32 | (magnitude >> (exponent + 3)) & 0x0f;
    !(code as u8 | if sample < 0 { 0x80 } else { 0 })
}

/// ITU-T G.711.
fn a_law(sample: i16) -> u8 {
    let (sign, magnitude) = if sample >= 0 { (0x80, sample) } else { (0, !sample) };
    let magnitude = i32::from(magnitude) >> 3;
    let code = match magnitude {
        0..32 => magnitude >> 1,
        _ => {
            let exponent = magnitude.ilog2() - 4;
            (exponent << 4) as i32 | (magnitude >> exponent) & 0x0f
        }
    };
    (code as u8 | sign) ^ 0x55
}

#[test]
fn a_head_that_lies_of_its_length_is_read_as_far_as_there_are_samples() {
    let data = bytes16(&two_sides());
    let says = u32::try_from(data.len()).unwrap();
    for lie in [0, u32::MAX] {
        let heard = survey(&wav(1, 2, 16, b"", &data, lie), Make::Exact);
        assert_two_sides(&heard, 0.001);
        // A browser does not play that: it gets one that says the truth.
        let made = heard.made.unwrap();
        assert_eq!(made.head, sound::wav_head(2, 8_000, u64::from(says)));
        assert_eq!(heard.out, data);
    }
    let cut = survey(&wav(1, 2, 16, b"", &data[..data.len() / 2 + 1], says), Make::Exact);
    assert!(cut.cut_off && (cut.secs - 1.0).abs() < 0.001, "{} s", cut.secs);
}

#[test]
fn a_head_alone_has_no_second_and_what_is_no_recording_is_told_from_it() {
    let heard = survey(&wav(1, 2, 16, b"", b"", 0), Make::Exact);
    assert_eq!((heard.secs, heard.outline.stretches()), (0.0, 0));
    for bytes in [&b""[..], b"RIFF", b"<html><body>No</body></html>", &[0xff; 9_000]] {
        let why = Survey::open(bytes.to_vec(), Make::Exact).err();
        assert_eq!(why, Some(Unreadable::Unknown), "{bytes:?}");
    }
    struct Gone;
    impl Source for Gone {
        fn length(&self) -> Option<u64> {
            None
        }
        fn at(&mut self, _: u64) -> io::Result<&[u8]> {
            Err(io::Error::other("403"))
        }
    }
    let why = Survey::open(Gone, Make::Exact).err();
    assert_eq!(why, Some(Unreadable::Bytes("403".to_owned())));
}

#[test]
fn the_voices_of_the_demo_are_even_and_stay_as_they_are() {
    // MPEG-2.5 at 8 kHz with two channels, 16 kbit/s all through.
    let voices = file("../demo/voices/en.mp3");
    let heard = survey(&voices, Make::Exact);
    assert_eq!((heard.made, heard.outline.channels, heard.cut_off), (None, 2, false));
    assert!((heard.secs - (voices.len() / 144) as f64 * 0.072).abs() < 0.001, "{}", heard.secs);
    assert!(heard.outline.loudest(0) > 10_000 && heard.outline.loudest(1) > 10_000);
    assert_eq!(heard.out, voices, "frame by frame");
}

#[test]
fn every_second_is_found_in_a_file_of_changing_bit_rates_with_its_head_and_without() {
    let whole = seconds_mp3();
    let first = Frames::default();
    assert_eq!(first.count(), 0);
    // The first frame holds the table of contents and no sound; without it nothing says how long
    // the file is.
    let xing = whole.windows(4).position(|four| four == b"Xing").unwrap();
    let next = whole[xing..].windows(2).position(|two| two == [0xff, 0xe3]).unwrap() + xing;
    for (bytes, lead_ms) in [(&whole[..], 0), (&whole[next..], 138)] {
        let heard = survey(bytes, Make::Exact);
        assert_eq!(heard.made.as_ref().unwrap().kind, "audio/mp4");
        let decoded = samples(bytes.to_vec());
        assert!((heard.secs - 60.0).abs() < 0.3, "{} s", heard.secs);
        for second in 0..60 {
            let from = second * 8_000 + 2_000 + lead_ms * 8;
            assert_eq!(second_of(&decoded[from..from + 4_000], 8_000.0), second);
        }
        // By its share of the bytes a moment is found seconds away.
        let mut frames = Frames::new(8_000, 1, 576, 0);
        sizes(&heard.out).into_iter().for_each(|size| frames.push(size));
        let by_share = frames.ms_at(frames.bytes() / 3) as f64 / 1_000.0;
        assert!((by_share - heard.secs / 3.0).abs() > 2.0, "{by_share}");
        assert!((frames.ms_at(frames.byte_at(40_000)) as f64 - 40_000.0).abs() <= 72.0);
    }
}

/// The sizes of frames at 8 kHz: 72 bytes for each kbit/s of 8, by the table of MPEG-2.5.
fn sizes(frames: &[u8]) -> Vec<usize> {
    const RATES: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let mut at = 0;
    let mut sizes = Vec::new();
    while let Some([0xff, _, third, _]) = frames.get(at..at + 4) {
        let size = 9 * RATES[usize::from(third >> 4)] + usize::from(third >> 1 & 1);
        sizes.push(size);
        at += size;
    }
    assert_eq!(at, frames.len());
    sizes
}

#[test]
fn adpcm_which_no_browser_plays_becomes_a_wav() {
    // One block of IMA ADPCM: a first sample of 1000, then steps up and down.
    let block = 256_u16;
    let mut fmt = Vec::from(*b"RIFF\0\0\0\0WAVEfmt \x14\0\0\0\x11\0\x01\0");
    fmt.extend(8_000_u32.to_le_bytes());
    fmt.extend(4_055_u32.to_le_bytes());
    fmt.extend(block.to_le_bytes());
    fmt.extend([4, 0, 2, 0]);
    fmt.extend(505_u16.to_le_bytes());
    fmt.extend(*b"data");
    fmt.extend((u32::from(block) * 16).to_le_bytes());
    for _ in 0..16 {
        fmt.extend([0xe8, 3, 40, 0]);
        fmt.extend((4..block).map(|n| if n % 8 < 4 { 0x77 } else { 0xff }));
    }
    let heard = survey(&fmt, Make::Exact);
    assert_eq!(heard.made.unwrap().kind, "audio/wav");
    assert!((heard.secs - 16.0 * 505.0 / 8_000.0).abs() < 0.001, "{}", heard.secs);
    assert_eq!(heard.out.len(), 16 * 505 * 2);
    assert!(heard.outline.loudest(0) > 1_000);
}
