//! The spoken phrases: packs of MP3 frames that `cargo xtask voices` wrote, and their samples.

use std::sync::{Arc, LazyLock, OnceLock};

use crate::mp3;
use crate::script::Language;

/// Length of one MP3 frame at 8 kHz, and the grid on which all recordings are built.
pub(crate) const FRAME_MS: i64 = 72;
/// Samples of one channel in a frame.
pub(crate) const FRAME_SAMPLES: usize = 576;
/// Bytes of a frame at 16 kbit/s.
pub(crate) const FRAME_BYTES: usize = 144;
/// From the start of a phrase's first frame to its first sound: what the encoder (576
/// samples) and every decoder (529 samples) put in front, at 8 samples per millisecond.
pub(crate) const LEAD_MS: i64 = 138;

/// The samples of one phrase, at 8 kHz.
pub(crate) type Samples = Arc<[i16]>;

/// The two voices of one language.
pub(crate) struct Voice {
    pack: &'static [u8],
    /// First frame and number of frames: the silent frame, then every phrase.
    spans: Vec<(usize, usize)>,
    decoded: Vec<OnceLock<Samples>>,
    /// Hash of each phrase's text at the time of rendering.
    #[cfg(test)]
    hashes: Vec<&'static str>,
}

impl Voice {
    pub(crate) fn of(language: Language) -> &'static Self {
        static VOICES: LazyLock<[Voice; 3]> = LazyLock::new(|| {
            [
                Voice::read(include_bytes!("../voices/de.mp3"), include_str!("../voices/de.txt")),
                Voice::read(include_bytes!("../voices/en.mp3"), include_str!("../voices/en.txt")),
                Voice::read(include_bytes!("../voices/ar.mp3"), include_str!("../voices/ar.txt")),
            ]
        });
        let [german, english, arabic] = &*VOICES;
        match language {
            Language::German => german,
            Language::English => english,
            Language::Arabic => arabic,
        }
    }

    fn read(pack: &'static [u8], index: &'static str) -> Self {
        let mut next = 0;
        let lines = index.lines().filter_map(|line| line.split_once('\t'));
        let spans: Vec<_> = lines
            .map(|(frames, _)| {
                let frames = frames.parse().unwrap_or(0);
                next += frames;
                (next - frames, frames)
            })
            .collect();
        let decoded = spans.iter().map(|_| OnceLock::new()).collect();
        Self {
            pack,
            spans,
            decoded,
            #[cfg(test)]
            hashes: index
                .lines()
                .filter_map(|line| Some(line.split_once('\t')?.1))
                .skip(1)
                .collect(),
        }
    }

    fn span(&self, phrase: usize) -> (usize, usize) {
        self.spans.get(phrase + 1).copied().unwrap_or((0, 0))
    }

    /// Number of frames of a phrase.
    pub(crate) fn frames(&self, phrase: usize) -> usize {
        self.span(phrase).1
    }

    /// The `n`th MP3 frame of a phrase.
    pub(crate) fn frame(&self, phrase: usize, n: usize) -> &'static [u8] {
        self.bytes(self.span(phrase).0 + n)
    }

    /// One MP3 frame in which nobody speaks.
    pub(crate) fn silence(&self) -> &'static [u8] {
        self.bytes(0)
    }

    fn bytes(&self, frame: usize) -> &'static [u8] {
        let at = frame * FRAME_BYTES;
        self.pack.get(at..at + FRAME_BYTES).unwrap_or_default()
    }

    /// The phrase as every decoder would play it, decoded on first use.
    pub(crate) fn samples(&self, phrase: usize) -> Samples {
        let fresh = || mp3::decode((0..self.frames(phrase)).map(|n| self.frame(phrase, n)));
        self.decoded.get(phrase + 1).map_or_else(fresh, |once| once.get_or_init(fresh).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hash that `cargo xtask voices` writes beside each phrase.
    fn hash(phrase: &str) -> String {
        let step = |value: u64, byte: u8| (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        format!("{:016x}", phrase.bytes().fold(0xcbf2_9ce4_8422_2325, step))
    }

    #[test]
    fn every_phrase_was_spoken_as_it_is_written() {
        for language in Language::ALL {
            let hashes: Vec<_> =
                language.book().phrases.iter().map(|phrase| hash(phrase.text)).collect();
            assert_eq!(
                hashes,
                Voice::of(language).hashes,
                "run `cargo xtask voices` ({language:?})"
            );
        }
    }

    #[test]
    fn each_phrase_has_sound_and_the_packs_are_whole() {
        for language in Language::ALL {
            let voice = Voice::of(language);
            let frames: usize = voice.spans.iter().map(|(_, frames)| frames).sum();
            assert_eq!(voice.pack.len(), frames * FRAME_BYTES);
            assert!(voice.pack.len() < 1_000_000);
            for phrase in 0..language.book().phrases.len() {
                let loud = voice
                    .samples(phrase)
                    .iter()
                    .filter(|sample| sample.unsigned_abs() > 2000)
                    .count();
                assert!(loud > 400, "{language:?} phrase {phrase} is silent");
            }
        }
    }

    #[test]
    fn the_first_sound_comes_when_the_lead_says() {
        let mut onsets: Vec<i64> = Vec::new();
        for language in Language::ALL {
            let voice = Voice::of(language);
            for phrase in 0..language.book().phrases.len() {
                let samples = voice.samples(phrase);
                let first = samples.iter().position(|sample| sample.unsigned_abs() > 500);
                onsets.push(i64::try_from(first.unwrap_or(0) / 8).unwrap_or(0) - LEAD_MS);
            }
        }
        onsets.sort_unstable();
        // A frame spreads loud sounds forward, and soft consonants begin late.
        assert!(onsets.iter().all(|off| (-85..110).contains(off)), "{onsets:?}");
        let median = onsets.get(onsets.len() / 2).copied().unwrap_or(i64::MAX);
        assert!(median.abs() < 10, "{median} ms");
    }
}
