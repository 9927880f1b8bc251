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
