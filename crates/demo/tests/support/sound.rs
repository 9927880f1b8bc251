//! Decoding of recordings in tests.

use std::io::Cursor;

use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

/// Sample rate and stereo samples of a whole file.
pub fn decode(ending: &str, file: Vec<u8>) -> (u32, Vec<[f32; 2]>) {
    let source = MediaSourceStream::new(Box::new(Cursor::new(file)), Default::default());
    let mut hint = Hint::new();
    hint.with_extension(ending);
    let options = FormatOptions::default();
    let mut format = symphonia::default::get_probe()
        .probe(&hint, source, options, MetadataOptions::default())
        .unwrap();
    let track = format.default_track(TrackType::Audio).unwrap();
    let params = track.codec_params.as_ref().unwrap().audio().unwrap().clone();
    let codecs = symphonia::default::get_codecs();
    let mut decoder = codecs.make_audio_decoder(&params, &AudioDecoderOptions::default()).unwrap();
    let mut all = Vec::new();
    while let Some(packet) = format.next_packet().unwrap() {
        let decoded = decoder.decode(&packet).unwrap();
        let mut samples: Vec<f32> = Vec::new();
        decoded.copy_to_vec_interleaved(&mut samples);
        all.extend_from_slice(samples.as_chunks::<2>().0);
    }
    (params.sample_rate.unwrap(), all)
}

/// Mean square of both channels.
pub fn energy(stereo: &[[f32; 2]]) -> [f32; 2] {
    let count = stereo.len().max(1) as f32;
    [0, 1]
        .map(|channel| stereo.iter().map(|pair| pair[channel] * pair[channel]).sum::<f32>() / count)
}

/// UTC milliseconds of a time like `2026-07-28T15:46:12.472Z`.
pub fn iso_ms(text: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
}
