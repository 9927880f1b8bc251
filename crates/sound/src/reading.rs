//! Reading a recording from its beginning to its end: which form it has, then its samples.

use std::io;

use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::codecs::audio::well_known::CODEC_ID_MP3;
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::default::{get_codecs, get_probe};

use crate::blocks::Blocks;
use crate::packets::Packets;
use crate::riff::WavHead;
use crate::source::{Shared, Source, Stream};

/// Bytes in which the samples of a WAV have to begin.
const LONGEST_HEAD: usize = 1024 * 1024;

/// How a recording is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Form {
    /// Its samples are compressed as MP3.
    pub mp3: bool,
    /// Browsers are known to play this form, and to find every moment of it.
    pub plain: bool,
    /// Channels.
    pub channels: usize,
    /// Frames of samples a second.
    pub rate: u32,
    /// Frames of samples, where the file says it in front.
    pub frames: Option<u64>,
    /// Samples at the beginning that nobody should hear.
    pub lead: u32,
}

/// Why a recording cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// It is of a form that is not read here, or of none.
    Unknown,
    /// The bytes could not be had, in the words of whoever fetched them.
    Bytes(String),
}

/// What is handed over at once.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// Samples as they lie in the file: 16 bits, little-endian, channels side by side.
    Bytes(&'a [u8]),
    /// Samples that have been decoded, channels side by side, and what they were decoded from.
    Samples(&'a [i16], &'a [u8]),
}

/// A recording that is being read.
pub struct Reading {
    form: Form,
    way: Way,
    cut_off: bool,
}

enum Way {
    Blocks(Blocks),
    Packets(Packets),
}

/// How reading goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Next {
    Piece,
    End,
    /// The end, and more had been promised.
    CutOff,
}

impl Reading {
    /// Reads as far as the first sample.
    ///
    /// # Errors
    /// If it is no recording that can be read, or the bytes cannot be had.
    pub fn open(source: impl Source) -> Result<Self, Unreadable> {
        let source = Shared::new(source);
        let is_riff = source.at(0, 4, |bytes| bytes.starts_with(b"RIFF"));
        if !is_riff.map_err(|why| bytes_failed(&why))? {
            return Self::compressed(source);
        }
        let head = wav_head(&source)?;
        let here = source.length().map(|length| length.saturating_sub(head.at));
        let (form, blocks) = Blocks::behind(head, here, source).ok_or(Unreadable::Unknown)?;
        Ok(Self { form, way: Way::Blocks(blocks), cut_off: false })
    }

    fn compressed(source: Shared) -> Result<Self, Unreadable> {
        let stream = Box::new(Stream { source, position: 0 });
        let stream = MediaSourceStream::new(stream, MediaSourceStreamOptions::default());
        let (options, metadata) = (FormatOptions::default(), MetadataOptions::default());
        let format = get_probe().probe(&Hint::new(), stream, options, metadata);
        let format = format.map_err(|why| unreadable(&why))?;
        let track = format.default_track(TrackType::Audio).ok_or(Unreadable::Unknown)?;
        let Some(CodecParameters::Audio(codec)) = &track.codec_params else {
            return Err(Unreadable::Unknown);
        };
        let form = Form {
            mp3: codec.codec == CODEC_ID_MP3,
            plain: false,
            channels: codec.channels.as_ref().map_or(0, |channels| channels.count()),
            rate: codec.sample_rate.unwrap_or(0),
            frames: track.num_frames,
            lead: track.delay.unwrap_or(0),
        };
        let decoder = get_codecs().make_audio_decoder(codec, &AudioDecoderOptions::default());
        let decoder = decoder.map_err(|_| Unreadable::Unknown)?;
        if form.channels == 0 || form.rate == 0 {
            return Err(Unreadable::Unknown);
        }
        let packets = Packets::new(format, decoder, form.channels);
        Ok(Self { form, way: Way::Packets(packets), cut_off: false })
    }

    /// How it is written.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// Whether it ended before it said that it would.
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        self.cut_off
    }

    /// Hands over the next piece; `false` at the end.
    ///
    /// # Errors
    /// If the bytes cannot be had.
    pub fn next(&mut self, take: &mut dyn FnMut(Piece<'_>)) -> Result<bool, Unreadable> {
        let next = match &mut self.way {
            Way::Blocks(blocks) => blocks.next(take),
            Way::Packets(packets) => packets.next(take),
        }?;
        self.cut_off |= next == Next::CutOff;
        Ok(next == Next::Piece)
    }
}

/// Collects as much of the file as it takes to read its head.
fn wav_head(source: &Shared) -> Result<WavHead, Unreadable> {
    let mut bytes = Vec::new();
    loop {
        let at = bytes.len();
        let more = |more: &[u8]| {
            bytes.extend_from_slice(more);
            more.len()
        };
        let added = source.at(at as u64, LONGEST_HEAD.saturating_sub(at).min(4096), more);
        let ended = added.map_err(|why| bytes_failed(&why))? == 0;
        if let Some(head) = WavHead::read(&bytes) {
            return Ok(head);
        }
        if ended {
            return Err(Unreadable::Unknown);
        }
    }
}

fn unreadable(why: &Error) -> Unreadable {
    match why {
        Error::IoError(why) if why.kind() != io::ErrorKind::UnexpectedEof => bytes_failed(why),
        _ => Unreadable::Unknown,
    }
}

pub(crate) fn bytes_failed(why: &io::Error) -> Unreadable {
    Unreadable::Bytes(why.to_string())
}
