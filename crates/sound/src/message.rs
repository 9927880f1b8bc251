//! What page and worker say to each other, as bytes that are handed over without a copy.
//!
//! A recording is too large for that: it comes as a file of the browser's own, in front of
//! [`Answer::Done`].

use crate::outline::{Outline, Reach};

/// The first byte of every message, which tells it from those of the search.
const MARK: u8 = 0xa5;

/// What the page wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Order {
    /// The page's [`crate::BUILD`].
    pub build: String,
    /// The address of the recording.
    pub url: String,
    /// A recording of more bytes is not read. 0 stands for any number.
    pub most_bytes: u64,
    /// Make a WAV of it: the browser refused it as it is.
    pub wav: bool,
}

/// What the worker has to say.
#[derive(Clone, PartialEq, Debug)]
pub enum Answer {
    /// The recording is too long to be read unasked.
    Large {
        /// Its bytes.
        bytes: u64,
    },
    /// The outline so far.
    Outline {
        /// How much of the file has been read, 0 to 1.
        share: f64,
        /// How long the recording is, seconds, where the file says it in front.
        secs: Option<f64>,
        /// What has been read.
        outline: Outline,
    },
    /// It has been read to its end. A file came before this, if there is one.
    Done(Done),
    /// It cannot be read.
    Failed(Trouble),
}

/// What is known at the end.
#[derive(Clone, PartialEq, Debug)]
pub struct Done {
    /// How long it is, seconds.
    pub secs: f64,
    /// It ended before it said that it would.
    pub cut_off: bool,
    /// What came before this.
    pub file: Given,
    /// Most memory that the worker had, bytes.
    pub memory_bytes: u64,
}

/// The file that was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Given {
    /// None: it would be too large.
    Nothing,
    /// The recording as it is.
    Same,
    /// The recording in a form in which every moment is found.
    Made,
}

/// Why a recording cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// Page and worker are of different builds.
    OtherBuild,
    /// The bytes could not be had.
    Bytes,
    /// Nothing here reads this form.
    Form,
    /// It has not one sample.
    Empty,
}

const TROUBLES: [Trouble; 4] = [Trouble::OtherBuild, Trouble::Bytes, Trouble::Form, Trouble::Empty];
const GIVEN: [Given; 3] = [Given::Nothing, Given::Same, Given::Made];

impl Order {
    /// As bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = vec![MARK, u8::from(self.wav)];
        out.extend(self.most_bytes.to_le_bytes());
        text(&mut out, &self.build);
        text(&mut out, &self.url);
        out
    }

    /// From bytes; `None` if this is no order of a page of this build.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut read = Reader::after_mark(bytes)?;
        let wav = read.byte()? != 0;
        let most_bytes = read.number()?;
        let order = Self { wav, most_bytes, build: read.text()?, url: read.text()? };
        read.0.is_empty().then_some(order)
    }
}

impl Answer {
    /// As bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = vec![MARK];
        match self {
            Self::Large { bytes } => {
                out.push(0);
                out.extend(bytes.to_le_bytes());
            }
            Self::Outline { share, secs, outline } => {
                out.push(1);
                out.extend(share.to_le_bytes());
                out.extend(secs.unwrap_or(-1.0).to_le_bytes());
                write_outline(&mut out, outline);
            }
            Self::Done(done) => {
                out.push(2);
                out.extend(done.secs.to_le_bytes());
                out.push(u8::from(done.cut_off));
                out.push(place(&GIVEN, done.file));
                out.extend(done.memory_bytes.to_le_bytes());
            }
            Self::Failed(trouble) => out.extend([3, place(&TROUBLES, *trouble)]),
        }
        out
    }

    /// From bytes; `None` if this is no answer of a worker of this build.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut read = Reader::after_mark(bytes)?;
        let answer = match read.byte()? {
            0 => Self::Large { bytes: read.number()? },
            1 => Self::Outline {
                share: read.fraction()?,
                secs: Some(read.fraction()?).filter(|secs| *secs >= 0.0),
                outline: read.outline()?,
            },
            2 => Self::Done(Done {
                secs: read.fraction()?,
                cut_off: read.byte()? != 0,
                file: *GIVEN.get(usize::from(read.byte()?))?,
                memory_bytes: read.number()?,
            }),
            3 => Self::Failed(*TROUBLES.get(usize::from(read.byte()?))?),
            _ => return None,
        };
        read.0.is_empty().then_some(answer)
    }
}

fn place<T: PartialEq>(all: &[T], one: T) -> u8 {
    all.iter().position(|it| *it == one).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}

fn write_outline(out: &mut Vec<u8>, outline: &Outline) {
    out.extend(outline.stretch_secs.to_le_bytes());
    out.extend((outline.channels as u64).to_le_bytes());
    let reaches = outline.reaches.iter();
    out.extend(reaches.flat_map(|it| [it.low.to_le_bytes(), it.high.to_le_bytes()]).flatten());
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn after_mark(bytes: &'a [u8]) -> Option<Self> {
        Some(Self(bytes.strip_prefix(&[MARK])?))
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        self.bytes::<1>().map(|[byte]| byte)
    }

    fn number(&mut self) -> Option<u64> {
        self.bytes().map(u64::from_le_bytes)
    }

    fn fraction(&mut self) -> Option<f64> {
        self.bytes().map(f64::from_le_bytes).filter(|value| value.is_finite())
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    /// What is left: whole stretches.
    fn outline(&mut self) -> Option<Outline> {
        let stretch_secs = self.fraction().filter(|secs| *secs > 0.0)?;
        let channels = usize::try_from(self.number()?).ok().filter(|count| *count > 0)?;
        let (reaches, rest) = self.0.as_chunks::<4>();
        let reach = |[a, b, c, d]: &[u8; 4]| Reach {
            low: i16::from_le_bytes([*a, *b]),
            high: i16::from_le_bytes([*c, *d]),
        };
        self.0 = rest;
        let whole = reaches.len().is_multiple_of(channels);
        let reaches = reaches.iter().map(reach).collect();
        whole.then_some(Outline { channels, stretch_secs, reaches })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers() -> Vec<Answer> {
        let reaches = vec![Reach { low: -5, high: 7 }, Reach { low: i16::MIN, high: i16::MAX }];
        let outline = Outline { channels: 2, stretch_secs: 0.01, reaches };
        let done = |file| Done { secs: 61.5, cut_off: true, file, memory_bytes: 9 << 20 };
        vec![
            Answer::Large { bytes: 230 << 20 },
            Answer::Outline { share: 0.25, secs: None, outline: outline.clone() },
            Answer::Outline { share: 1.0, secs: Some(3_600.0), outline },
            Answer::Done(done(Given::Nothing)),
            Answer::Done(done(Given::Made)),
            Answer::Failed(Trouble::Empty),
        ]
    }

    #[test]
    fn what_was_written_is_read_and_what_breaks_off_is_not() {
        let url = "media/a/b/main".to_owned();
        let order = Order { build: crate::BUILD.into(), url, most_bytes: 1 << 40, wav: true };
        let bytes = order.write();
        assert_eq!(Order::read(&bytes), Some(order));
        assert!((0..bytes.len()).all(|end| Order::read(&bytes[..end]).is_none()));
        for answer in answers() {
            let bytes = answer.write();
            assert_eq!(Answer::read(&bytes), Some(answer));
            assert_eq!(Answer::read(&bytes[1..]), None, "no mark");
            assert_eq!(Answer::read(&[&bytes[..], b"x"].concat()), None);
        }
        assert_eq!(Answer::read(&[MARK, 3, 9]), None);
        assert_eq!(Answer::read(&[MARK, 7]), None);
    }
}
