//! `cargo xtask voices`: speaks every phrase of the demo once and packs the result.
//!
//! Reads `crates/demo/phrases/<language>.txt` and writes `crates/demo/voices/<language>.mp3`
//! (the frames of all phrases, one after the other) and `<language>.txt` (how many frames
//! each phrase has), and the tones of `seconds.rs`. Only whoever changes a phrase needs the two programs that do the work.

mod seconds;

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// MPEG-2.5 Layer III at 8 kHz and 16 kbit/s: 576 samples (72 ms) in 144 bytes.
const FRAME_BYTES: usize = 144;
/// The packs are committed to git, so no file may grow beyond this.
const LARGEST_PACK_BYTES: usize = 1_000_000;
/// Loudest sample after levelling; leaves room for what the encoder adds.
const PEAK: i32 = 22_000;
/// Quieter samples at either end are cut away.
const SILENCE: i32 = 250;

struct Language {
    code: &'static str,
    agent: &'static str,
    customer: &'static str,
    words_per_minute: &'static str,
}

const LANGUAGES: [Language; 3] = [
    Language { code: "en", agent: "en-us+f3", customer: "en-us+m3", words_per_minute: "165" },
    Language { code: "de", agent: "de+f2", customer: "de+m3", words_per_minute: "165" },
    Language { code: "ar", agent: "ar+f2", customer: "ar+m3", words_per_minute: "150" },
];

/// Renders all languages. Needs `espeak-ng` and `lame` on the path.
pub fn run(root: &Path) -> Result<(), Box<dyn Error>> {
    let demo = root.join("crates/demo");
    let scratch = root.join("target/voices");
    fs::create_dir_all(&scratch)?;
    fs::create_dir_all(demo.join("voices"))?;
    for language in &LANGUAGES {
        render(language, &demo, &scratch)?;
    }
    seconds::render(&demo, &scratch)
}

fn render(language: &Language, demo: &Path, scratch: &Path) -> Outcome<()> {
    let source = demo.join("phrases").join(format!("{}.txt", language.code));
    let text = fs::read_to_string(&source)
        .map_err(|error| format!("{} could not be read: {error}", source.display()))?;
    let mut pack = silent_frame(scratch)?;
    let mut index = String::from("1\tsilence\n");
    for (speaker, phrase) in phrases(&text) {
        let frames = speak(language, speaker, phrase, scratch)?;
        writeln!(index, "{}\t{:016x}", frames.len() / FRAME_BYTES, hash(phrase))?;
        pack.extend(frames);
    }
    if pack.len() > LARGEST_PACK_BYTES {
        return Err(format!(
            "the pack for '{}' has {} bytes, more than {LARGEST_PACK_BYTES}: shorten {}",
            language.code,
            pack.len(),
            source.display()
        )
        .into());
    }
    fs::write(demo.join("voices").join(format!("{}.mp3", language.code)), pack)?;
    fs::write(demo.join("voices").join(format!("{}.txt", language.code)), index)?;
    Ok(())
}

/// The spoken lines with their speaker's letter (`A` or `C`), in the order of the file.
fn phrases(text: &str) -> Vec<(char, &str)> {
    let mut speaker = 'A';
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with('{') {
            break;
        } else if let Some(head) = line.strip_prefix('[') {
            speaker = head.chars().next().unwrap_or('A');
        } else if !line.is_empty() && !line.starts_with('#') {
            found.push((speaker, line));
        }
    }
    found
}

/// FNV-1a of a phrase, so that a changed phrase without a new recording is noticed.
fn hash(phrase: &str) -> u64 {
    phrase.bytes().fold(0xcbf2_9ce4_8422_2325, |value, byte| {
        (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn speak(language: &Language, speaker: char, phrase: &str, scratch: &Path) -> Outcome<Vec<u8>> {
    let voice = if speaker == 'A' { language.agent } else { language.customer };
    let spoken = scratch.join("spoken.wav");
    let mut espeak = Command::new("espeak-ng");
    espeak.args(["-v", voice, "-s", language.words_per_minute, "-w"]).arg(&spoken);
    finish(espeak.arg("--").arg(phrase), "espeak-ng")?;
    let (rate, samples) = samples(&fs::read(&spoken)?)?;
    let levelled = level(trimmed(&samples));
    encode(&levelled, rate, speaker, scratch)
}

fn finish(command: &mut Command, program: &str) -> Outcome<()> {
    let output = command.output().map_err(|error| {
        format!("{program} did not start ({error}): install it, on Debian with `apt-get install espeak-ng lame`")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} failed ({}): {}", output.status, said.trim()).into())
}

/// Sample rate and samples of the 16-bit mono WAV that espeak-ng writes.
fn samples(wav: &[u8]) -> Outcome<(u32, Vec<i32>)> {
    let rate = wav.get(24..28).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
    let data = wav.windows(4).position(|window| window == b"data").and_then(|at| wav.get(at + 8..));
    let (Some(rate), Some(data)) = (rate, data) else {
        return Err(
            "espeak-ng wrote a file that is not a WAV: check its version (1.51 works)".into()
        );
    };
    let samples = data.chunks_exact(2).filter_map(|pair| pair.try_into().ok());
    Ok((rate, samples.map(|pair| i32::from(i16::from_le_bytes(pair))).collect()))
}

fn trimmed(samples: &[i32]) -> &[i32] {
    let loud = |sample: &i32| sample.abs() > SILENCE;
    let start = samples.iter().position(loud).unwrap_or(0);
    let end = samples.iter().rposition(loud).map_or(0, |last| last + 1);
    samples.get(start..end).unwrap_or_default()
}

fn level(samples: &[i32]) -> Vec<i16> {
    let peak = samples.iter().map(|sample| sample.abs()).max().unwrap_or(1).max(1);
    samples.iter().map(|sample| i16::try_from(sample * PEAK / peak).unwrap_or(0)).collect()
}

/// The frames of one phrase: the agent in the left channel, the customer in the right.
fn encode(samples: &[i16], rate: u32, speaker: char, scratch: &Path) -> Outcome<Vec<u8>> {
    let (wav, mp3) = (scratch.join("phrase.wav"), scratch.join("phrase.mp3"));
    fs::write(&wav, stereo_wav(samples, rate, speaker == 'A')?)?;
    let mut lame = Command::new("lame");
    // No bit reservoir, so that every frame can stand anywhere; no tag frame in front.
    lame.args(["--silent", "-m", "s", "--resample", "8", "--cbr", "-b", "16", "--nores", "-t"]);
    finish(lame.args(["-q", "2"]).arg(&wav).arg(&mp3), "lame")?;
    let frames = fs::read(&mp3)?;
    checked(frames)
}

fn stereo_wav(samples: &[i16], rate: u32, left: bool) -> Outcome<Vec<u8>> {
    let bytes = u32::try_from(samples.len() * 4)?;
    let mut wav = Vec::new();
    wav.extend(b"RIFF");
    wav.extend((36 + bytes).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x02\0");
    wav.extend(rate.to_le_bytes());
    wav.extend((rate * 4).to_le_bytes());
    wav.extend(b"\x04\0\x10\0data");
    wav.extend(bytes.to_le_bytes());
    for sample in samples {
        let pair = if left { [*sample, 0] } else { [0, *sample] };
        wav.extend(pair.iter().flat_map(|value| value.to_le_bytes()));
    }
    Ok(wav)
}

/// Refuses frames that could not be moved: other sizes, or data kept in an earlier frame.
fn checked(frames: Vec<u8>) -> Outcome<Vec<u8>> {
    let movable = |frame: &[u8]| frame.starts_with(&[0xff, 0xe3]) && frame.get(4) == Some(&0);
    if frames.len().is_multiple_of(FRAME_BYTES) && frames.chunks(FRAME_BYTES).all(movable) {
        return Ok(frames);
    }
    Err("lame wrote frames that depend on each other: check its version (3.100 works)".into())
}

fn silent_frame(scratch: &Path) -> Outcome<Vec<u8>> {
    let frames = encode(&[0; 8000], 8000, 'A', scratch)?;
    let frame = frames.chunks(FRAME_BYTES).nth(5).ok_or("lame wrote no silent frame")?;
    Ok(frame.to_vec())
}
