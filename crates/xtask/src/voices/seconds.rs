//! A minute of tones, whose pitch says which second it is: 300 Hertz in the first, 20 more in each
//! next one. Noise in the first twenty seconds makes the encoder change its bit rate, so that a
//! player that goes by the share of the bytes lands seconds away.

use std::f64::consts::TAU;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Outcome, finish};

const RATE: u32 = 8_000;
const SECONDS: u32 = 60;
const NOISY_SECONDS: u32 = 20;

/// Writes `crates/demo/odd/seconds.mp3`.
pub(super) fn render(demo: &Path, scratch: &Path) -> Outcome<()> {
    let (raw, folder) = (scratch.join("seconds.raw"), demo.join("odd"));
    let bytes: Vec<u8> = samples().iter().flat_map(|sample| sample.to_le_bytes()).collect();
    fs::write(&raw, bytes)?;
    fs::create_dir_all(&folder)?;
    let mut lame = Command::new("lame");
    lame.args(["--silent", "-r", "-s", "8", "--bitwidth", "16", "-m", "m", "--resample", "8"]);
    finish(lame.args(["-V", "5"]).arg(&raw).arg(folder.join("seconds.mp3")), "lame")
}

fn samples() -> Vec<i16> {
    let (mut turns, mut noise) = (0.0, 0x2545_f491_u32);
    let sample = |n: u32| {
        let second = n / RATE;
        turns += f64::from(300 + 20 * second) / f64::from(RATE);
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        let hiss =
            if second < NOISY_SECONDS { f64::from(noise) / f64::from(u32::MAX) - 0.5 } else { 0.0 };
        #[allow(clippy::cast_possible_truncation, reason = "far within 16 bits")]
        let sample = (9_000.0 * (TAU * turns).sin() + 10_000.0 * hiss) as i16;
        sample
    };
    (0..RATE * SECONDS).map(sample).collect()
}
