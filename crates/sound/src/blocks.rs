//! Recordings whose samples lie behind each other in blocks of one size: every kind of WAV.

use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::well_known as codec;
use symphonia::core::codecs::audio::{
    AudioCodecId, AudioCodecParameters, AudioDecoder, AudioDecoderOptions,
};
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, Timestamp};
use symphonia::default::get_codecs;

use crate::reading::{Form, Next, Piece, Unreadable, bytes_failed};
use crate::riff::WavHead;
use crate::source::Shared;

/// Bytes that are handed over at once.
const PIECE: usize = 64 * 1024;

/// Blocks that are being read.
pub(crate) struct Blocks {
    source: Shared,
    at: u64,
    end: Option<u64>,
    block: usize,
    block_frames: u64,
    channels: usize,
    /// `None`: the bytes are the samples, and nothing has to be copied.
    decoder: Option<Box<dyn AudioDecoder>>,
    samples: Vec<i16>,
}

impl Blocks {
    /// What lies behind a head, `here` bytes of it where that is known; `None` if nothing here
    /// decodes it.
    pub(crate) fn behind(head: WavHead, here: Option<u64>, source: Shared) -> Option<(Form, Self)> {
        let bytes = head.bytes.or_else(|| here.filter(|bytes| *bytes == 0));
        let block = u64::from(head.block);
        let frames = bytes.map(|bytes| bytes / block * u64::from(head.block_frames));
        let coding = coding(head)?;
        let form = Form {
            mp3: false,
            plain: bytes.is_some() && is_plain(coding),
            channels: usize::from(head.channels),
            rate: head.rate,
            frames,
            lead: 0,
        };
        let straight = coding == codec::CODEC_ID_PCM_S16LE && head.block == 2 * head.channels;
        let decoder = if straight { None } else { Some(decoder(head, coding)?) };
        let blocks = Self {
            source,
            at: head.at,
            end: bytes.map(|bytes| head.at + bytes / block * block),
            block: usize::from(head.block),
            block_frames: u64::from(head.block_frames),
            channels: form.channels,
            decoder,
            samples: Vec::new(),
        };
        Some((form, blocks))
    }

    pub(crate) fn next(&mut self, take: &mut dyn FnMut(Piece<'_>)) -> Result<Next, Unreadable> {
        let left = self.end.map_or(u64::MAX, |end| end.saturating_sub(self.at));
        if left == 0 {
            return Ok(Next::End);
        }
        let Self { source, at, block, block_frames, channels, decoder, samples, .. } = self;
        let mut hand_over = |bytes: &[u8]| match decoder {
            None => take(Piece::Bytes(bytes)),
            Some(decoder) => {
                let blocks = (bytes.len() / *block) as u64;
                decode(decoder.as_mut(), bytes, blocks * *block_frames, *channels, samples);
                take(Piece::Samples(samples, bytes));
            }
        };
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE.max(*block));
        let whole = |bytes: &[u8]| {
            let (whole, _) = bytes.split_at(bytes.len() - bytes.len() % *block);
            if !whole.is_empty() {
                hand_over(whole);
            }
            (whole.len(), bytes.len())
        };
        let (mut taken, here) = source.at(*at, most, whole).map_err(|why| bytes_failed(&why))?;
        if taken == 0 && here > 0 {
            let bytes = stitched(source, *at, *block)?;
            taken = bytes.len();
            bytes.chunks(*block).for_each(hand_over);
        }
        *at += taken as u64;
        Ok(match taken {
            0 if self.end.is_some() => Next::CutOff,
            0 => Next::End,
            _ => Next::Piece,
        })
    }
}

/// A block that lies across two pieces of the file; nothing if the file ends in it.
fn stitched(source: &Shared, at: u64, block: usize) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::with_capacity(block);
    while bytes.len() < block {
        let position = at + bytes.len() as u64;
        let added = source.at(position, block - bytes.len(), |more| {
            bytes.extend_from_slice(more);
            more.len()
        });
        if added.map_err(|why| bytes_failed(&why))? == 0 {
            return Ok(Vec::new());
        }
    }
    Ok(bytes)
}

fn decode(
    decoder: &mut dyn AudioDecoder,
    bytes: &[u8],
    frames: u64,
    channels: usize,
    samples: &mut Vec<i16>,
) {
    samples.clear();
    let packet = Packet::new(0, Timestamp::from(0_i64), Duration::from(frames), bytes);
    if let Ok(decoded) = decoder.decode(&packet) {
        decoded.copy_to_vec_interleaved(samples);
    }
    // What cannot be decoded takes its time in silence: the rest stays in its place.
    let wanted = usize::try_from(frames).unwrap_or(0).saturating_mul(channels);
    samples.resize(wanted, 0);
}

fn decoder(head: WavHead, coding: AudioCodecId) -> Option<Box<dyn AudioDecoder>> {
    let frames = (PIECE / usize::from(head.block)).max(1) as u64 * u64::from(head.block_frames);
    let mut parameters = AudioCodecParameters::new();
    parameters
        .for_codec(coding)
        .with_sample_rate(head.rate)
        .with_channels(Channels::Discrete(head.channels))
        .with_max_frames_per_packet(frames)
        .with_frames_per_block(u64::from(head.block_frames));
    get_codecs().make_audio_decoder(&parameters, &AudioDecoderOptions::default()).ok()
}

/// The codings of WAV files (RFC 2361) that are decoded here.
fn coding(head: WavHead) -> Option<AudioCodecId> {
    let samples = head.block.checked_div(head.channels)?;
    Some(match (head.tag, samples) {
        (1, 1) => codec::CODEC_ID_PCM_U8,
        (1, 2) => codec::CODEC_ID_PCM_S16LE,
        (1, 3) => codec::CODEC_ID_PCM_S24LE,
        (1, 4) => codec::CODEC_ID_PCM_S32LE,
        (3, 4) => codec::CODEC_ID_PCM_F32LE,
        (3, 8) => codec::CODEC_ID_PCM_F64LE,
        (6, 1) => codec::CODEC_ID_PCM_ALAW,
        (7, 1) => codec::CODEC_ID_PCM_MULAW,
        (2, _) => codec::CODEC_ID_ADPCM_MS,
        (0x11, _) => codec::CODEC_ID_ADPCM_IMA_WAV,
        _ => return None,
    })
}

/// Whether all browsers play a coding. None plays ADPCM (2026).
fn is_plain(coding: AudioCodecId) -> bool {
    !matches!(coding, codec::CODEC_ID_ADPCM_MS | codec::CODEC_ID_ADPCM_IMA_WAV)
}
