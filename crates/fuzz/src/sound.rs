//! Recordings: whatever bytes a provider's storage gives out as one.

use sound::message::{Answer, Order};
use sound::{Make, Survey, WavHead, wav_head};

use crate::Target;

/// A tone of a second at changing bit rates.
const MP3: &[u8] = include_bytes!("../../demo/odd/seconds.mp3");

/// Bytes of it that are changed: some frames.
const SOME: usize = 2_000;

/// Both of them.
#[must_use]
pub fn targets() -> Vec<Target> {
    let mp3 = MP3.get(..SOME).unwrap_or_default().to_vec();
    let wav = [wav_head(2, 8_000, 64), vec![7; 64]].concat();
    let adpcm = [
        &b"RIFF\0\0\0\0WAVEfmt \x14\0\0\0\x11\0\x01\0\x40\x1f\0\0\xd7\x0f\0\0\x10\0\x04\0\x02\0\x19\0"[..],
        b"data\x20\0\0\0",
        &[3; 32],
    ];
    let message = Answer::Large { bytes: 1 << 30 }.write();
    vec![
        Target::new("recording", vec![mp3, wav, adpcm.concat()], walk),
        Target::new("sound-message", vec![message, vec![0xa5, 1]], message_of),
    ]
}

/// A walk ends, and what it says of the recording fits together.
fn walk(input: &[u8]) {
    let _may_be_none = WavHead::read(input);
    for make in [Make::Exact, Make::Wav] {
        let Ok(mut survey) = Survey::open(input.to_vec(), make) else { continue };
        let mut bytes = 0;
        while survey.step(&mut |out| bytes += out.len()).unwrap_or(false) {}
        let (outline, secs) = (survey.outline(), survey.secs());
        assert!(secs.is_finite() && secs >= 0.0);
        assert!((outline.secs() - secs).abs() <= outline.stretch_secs, "{secs} s");
        if make == Make::Wav {
            let head = survey.made().and_then(|made| WavHead::read(&made.head));
            let said = head.and_then(|head| head.bytes).unwrap_or(0);
            assert_eq!(said, bytes as u64, "a head that lies");
        }
    }
}

/// What is understood is written as it was read.
fn message_of(input: &[u8]) {
    if let Some(order) = Order::read(input) {
        assert_eq!(Order::read(&order.write()), Some(order));
    }
    if let Some(answer) = Answer::read(input) {
        assert_eq!(Answer::read(&answer.write()), Some(answer));
    }
}
