//! One walk through a recording, which gives its outline, and the recording in a form that every
//! browser plays exactly where its own is not.

use crate::mp4::Frames;
use crate::outline::{Outline, Tracer};
use crate::reading::{Form, Piece, Reading, Unreadable};
use crate::riff::wav_head;
use crate::source::Source;

/// What is to be made besides the outline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Make {
    /// What is needed for finding every moment exactly.
    Exact,
    /// A WAV, because the browser refused the recording as it is.
    Wav,
}

/// A walk through a recording.
pub struct Survey {
    reading: Reading,
    tracer: Tracer,
    making: Making,
    frames: u64,
    bytes: Vec<u8>,
}

enum Making {
    Nothing,
    Frames(Frames),
    Wav,
}

/// A form of the recording that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// What stands in front of everything that was handed out.
    pub head: Vec<u8>,
    /// Its media type.
    pub kind: &'static str,
}

impl Survey {
    /// Reads as far as the first sample.
    ///
    /// # Errors
    /// If it is no recording that can be read, or the bytes cannot be had.
    pub fn open(source: impl Source, make: Make) -> Result<Self, Unreadable> {
        let reading = Reading::open(source)?;
        let form = reading.form();
        let channels = u16::try_from(form.channels).unwrap_or(u16::MAX);
        let making = match make {
            Make::Wav => Making::Wav,
            Make::Exact if form.mp3 => {
                Making::Frames(Frames::new(form.rate, channels, 0, form.lead))
            }
            Make::Exact if form.plain => Making::Nothing,
            Make::Exact => Making::Wav,
        };
        let tracer = Tracer::new(form.channels, form.rate);
        Ok(Self { reading, tracer, making, frames: 0, bytes: Vec::new() })
    }

    /// How the recording is written.
    #[must_use]
    pub fn form(&self) -> Form {
        self.reading.form()
    }

    /// Goes a step on; `false` at the end. `out` is handed the bytes of what is being made.
    ///
    /// # Errors
    /// If the bytes cannot be had.
    pub fn step(&mut self, out: &mut dyn FnMut(&[u8])) -> Result<bool, Unreadable> {
        let channels = self.reading.form().channels;
        let Self { reading, tracer, making, frames, bytes } = self;
        reading.next(&mut |piece| match piece {
            Piece::Bytes(piece) => {
                *frames += (piece.len() / (2 * channels)) as u64;
                tracer.take_bytes(piece);
                if matches!(making, Making::Wav) {
                    out(piece);
                }
            }
            Piece::Samples(samples, packet) => {
                *frames += (samples.len() / channels) as u64;
                tracer.take(samples);
                match making {
                    Making::Nothing => {}
                    Making::Wav => {
                        bytes.clear();
                        bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
                        out(bytes);
                    }
                    Making::Frames(table) => {
                        let lasts = u32::try_from(samples.len() / channels).unwrap_or(0);
                        // The first ones may be cut by what nobody should hear.
                        table.samples = table.samples.max(lasts);
                        table.push(packet.len());
                        out(packet);
                    }
                }
            }
        })
    }

    /// How much has been heard so far, seconds.
    #[must_use]
    pub fn secs(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "frames of a call stay far below 2^53")]
        let frames = self.frames as f64;
        frames / f64::from(self.reading.form().rate)
    }

    /// The outline so far.
    #[must_use]
    pub fn outline(&self) -> Outline {
        self.tracer.outline()
    }

    /// Whether the recording ended before it said that it would.
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        self.reading.is_cut_off()
    }

    /// At the end: what was made of it, and `None` if the recording as it is does.
    #[must_use]
    pub fn made(&self) -> Option<Made> {
        let form = self.reading.form();
        match &self.making {
            Making::Nothing => None,
            Making::Frames(frames) if frames.are_even() => None,
            Making::Frames(frames) => Some(Made { head: frames.mp4_head(), kind: "audio/mp4" }),
            Making::Wav => {
                let channels = u16::try_from(form.channels).unwrap_or(u16::MAX);
                let bytes = self.frames * 2 * form.channels as u64;
                let head = wav_head(channels, form.rate, bytes);
                Some(Made { head, kind: "audio/wav" })
            }
        }
    }
}
