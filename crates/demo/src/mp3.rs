//! MP3 recordings: whole frames one after the other, and the decoding of one phrase.

use std::sync::Arc;

use symphonia::core::codecs::audio::well_known::CODEC_ID_MP3;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, Timestamp};
use symphonia::default::codecs::MpaDecoder;

use crate::talk::Talk;
use crate::voice::{FRAME_SAMPLES, Samples, Voice};

/// The MP3 frame of a talk at a place on the grid.
pub(crate) fn frame(talk: &Talk, at: usize) -> &'static [u8] {
    let voice = Voice::of(talk.language);
    match talk.sounding(at) {
        Some((phrase, n)) => voice.frame(phrase, n),
        None => voice.silence(),
    }
}

/// Decodes the frames of one phrase. Only one of the two channels carries sound, so their
/// sum is that voice. A frame that cannot be decoded becomes silence.
pub(crate) fn decode(frames: impl Iterator<Item = &'static [u8]>) -> Samples {
    let mut params = AudioCodecParameters::new();
    params.for_codec(CODEC_ID_MP3).with_sample_rate(8000);
    let mut decoder = MpaDecoder::try_new(&params, &AudioDecoderOptions::default()).ok();
    let mut samples = Vec::new();
    let mut stereo: Vec<i16> = Vec::new();
    for frame in frames {
        stereo.clear();
        let packet = Packet::new(0, Timestamp::from(0_i64), Duration::from(576_u64), frame);
        if let Some(Ok(decoded)) = decoder.as_mut().map(|decoder| decoder.decode(&packet)) {
            decoded.copy_to_vec_interleaved(&mut stereo);
        }
        stereo.resize(FRAME_SAMPLES * 2, 0);
        samples.extend(
            stereo.as_chunks::<2>().0.iter().map(|[left, right]| left.saturating_add(*right)),
        );
    }
    Arc::from(samples)
}
