//! The outline of a recording: how far each channel reaches in each stretch of it.

/// Samples that do not reach further than this are silence: noise of a line that nobody hears.
pub const SILENT: i16 = 60;

/// Most stretches that are kept. It is more than a screen has dots beside each other.
#[cfg(feature = "decoding")]
const MOST: usize = 4096;

/// The lowest and the highest sample of a stretch.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    /// Lowest.
    pub low: i16,
    /// Highest.
    pub high: i16,
}

/// The outline of a recording, as far as it has been read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Outline {
    /// Channels.
    pub channels: usize,
    /// How long a stretch is, seconds.
    pub stretch_secs: f64,
    /// The reaches of all channels of the first stretch, then of the second, and so on.
    pub reaches: Vec<Reach>,
}

impl Outline {
    /// Number of stretches.
    #[must_use]
    pub fn stretches(&self) -> usize {
        self.reaches.len().checked_div(self.channels).unwrap_or(0)
    }

    /// How long it is, seconds.
    #[must_use]
    pub fn secs(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "some thousands")]
        let stretches = self.stretches() as f64;
        stretches * self.stretch_secs
    }

    /// The furthest that a channel reaches, 0 to 32 768.
    #[must_use]
    pub fn loudest(&self, channel: usize) -> u16 {
        let own = self.reaches.iter().skip(channel).step_by(self.channels.max(1));
        own.map(|reach| reach.low.unsigned_abs().max(reach.high.unsigned_abs())).max().unwrap_or(0)
    }

    /// Whether nothing can be heard in a channel.
    #[must_use]
    pub fn is_silent(&self, channel: usize) -> bool {
        self.loudest(channel) <= SILENT.unsigned_abs()
    }

    /// How far a channel reaches in each of `count` equal parts of `whole_secs`, 0 to 1; nothing
    /// for parts that have not been read.
    #[must_use]
    pub fn bars(&self, channel: usize, count: usize, whole_secs: f64) -> Vec<f32> {
        let (stretches, read_secs) = (self.stretches(), self.secs());
        if stretches == 0 || count == 0 || whole_secs <= 0.0 {
            return Vec::new();
        }
        #[allow(clippy::cast_precision_loss, reason = "some thousands")]
        let part_secs = whole_secs / count as f64;
        let at = |part: usize| {
            #[allow(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a number of stretches, cut off at their count"
            )]
            let stretch = (part as f64 * part_secs / self.stretch_secs) as usize;
            stretch.min(stretches)
        };
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of parts, cut off at their count"
        )]
        let read = ((read_secs / part_secs).ceil() as usize).min(count);
        (0..read).map(|part| self.furthest(channel, at(part), at(part + 1))).collect()
    }

    fn furthest(&self, channel: usize, from: usize, to: usize) -> f32 {
        let of = |stretch: usize| {
            let reach = self.reaches.get(stretch * self.channels + channel).copied();
            reach.map_or(0, |it| it.low.unsigned_abs().max(it.high.unsigned_abs()))
        };
        let furthest = (from..to.max(from + 1)).map(of).max().unwrap_or(0);
        f32::from(furthest) / 32_768.0
    }
}

/// Takes samples and makes an outline of them. When there are too many stretches, each two become
/// one: however long the recording, it needs the same memory.
#[cfg(feature = "decoding")]
#[derive(Clone, Debug)]
pub(crate) struct Tracer {
    channels: usize,
    rate: u32,
    /// Frames of one stretch.
    frames: u64,
    /// Frames that are missing until the stretch is full.
    missing: u64,
    current: Vec<kernels::peaks::Reach>,
    done: Vec<Reach>,
}

#[cfg(feature = "decoding")]
impl Tracer {
    /// Begins with stretches of ten milliseconds.
    pub(crate) fn new(channels: usize, rate: u32) -> Self {
        let frames = u64::from(rate / 100).max(1);
        let current = vec![kernels::peaks::Reach::NONE; channels];
        Self { channels, rate, frames, missing: frames, current, done: Vec::new() }
    }

    /// Takes whole frames of samples.
    pub(crate) fn take(&mut self, samples: &[i16]) {
        self.cut(samples, self.channels, kernels::peaks::widen);
    }

    /// Takes whole frames as they lie in a file, 16 bits, little-endian.
    pub(crate) fn take_bytes(&mut self, bytes: &[u8]) {
        self.cut(bytes, 2 * self.channels, kernels::peaks::widen_bytes);
    }

    fn cut<T>(
        &mut self,
        mut items: &[T],
        items_per_frame: usize,
        widen: impl Fn(&[T], &mut [kernels::peaks::Reach]),
    ) {
        let per_frame = items_per_frame.max(1);
        while items.len() >= per_frame {
            let here = (items.len() / per_frame) as u64;
            let frames = here.min(self.missing);
            let length = usize::try_from(frames).unwrap_or(usize::MAX).saturating_mul(per_frame);
            let (stretch, rest) = items.split_at(length.min(items.len()));
            widen(stretch, &mut self.current);
            items = rest;
            self.missing -= frames;
            if self.missing == 0 {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        let none = kernels::peaks::Reach::NONE;
        let closed = self.current.iter().map(|it| Reach { low: it.low, high: it.high });
        self.done.extend(closed);
        self.current.fill(none);
        if self.done.len() >= 2 * MOST * self.channels {
            self.halve();
        }
        self.missing = self.frames;
    }

    fn halve(&mut self) {
        let pairs = self.done.chunks(2 * self.channels);
        let halved = pairs.flat_map(|pair| {
            let (first, second) = pair.split_at(self.channels.min(pair.len()));
            first.iter().zip(second).map(|(one, other)| Reach {
                low: one.low.min(other.low),
                high: one.high.max(other.high),
            })
        });
        self.done = halved.collect();
        self.frames *= 2;
    }

    /// What has been taken so far, a stretch that is not full included.
    pub(crate) fn outline(&self) -> Outline {
        let mut reaches = self.done.clone();
        if self.missing < self.frames {
            reaches.extend(self.current.iter().map(|it| Reach { low: it.low, high: it.high }));
        }
        #[allow(clippy::cast_precision_loss, reason = "frames of some seconds")]
        let stretch_secs = self.frames as f64 / f64::from(self.rate.max(1));
        Outline { channels: self.channels, stretch_secs, reaches }
    }
}

#[cfg(all(test, feature = "decoding"))]
mod tests {
    use super::*;

    #[test]
    fn every_stretch_has_the_reach_of_its_samples_however_they_were_cut() {
        // A sample says in which hundredth of a second it lies; the right side is its negative.
        let samples: Vec<i16> = (0..8_000_i16).flat_map(|n| [n / 80, -(n / 80)]).collect();
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        for piece in [2, 6, 160, 1_000, 16_000] {
            let (mut one, mut other) = (Tracer::new(2, 8_000), Tracer::new(2, 8_000));
            samples.chunks(piece).for_each(|piece| one.take(piece));
            bytes.chunks(2 * piece).for_each(|piece| other.take_bytes(piece));
            let outline = one.outline();
            assert_eq!(outline, other.outline());
            assert_eq!((outline.stretches(), outline.stretch_secs), (100, 0.01));
            for (n, pair) in (0_i16..).zip(outline.reaches.chunks(2)) {
                let reach = |it: i16| Reach { low: it, high: it };
                assert_eq!(pair, [reach(n), reach(-n)]);
            }
        }
    }

    #[test]
    fn ten_hours_need_no_more_than_ten_minutes() {
        let mut tracer = Tracer::new(2, 100);
        let loud = [0, 0, 700, -900];
        (0..10 * 3_600 * 50).for_each(|_| tracer.take(&loud));
        let outline = tracer.outline();
        assert!(outline.stretches() <= 2 * MOST && outline.stretches() >= MOST);
        assert!((outline.secs() - 36_000.0).abs() < 2.0 * outline.stretch_secs);
        assert_eq!((outline.loudest(0), outline.loudest(1)), (700, 900));
        assert!(!outline.is_silent(1));
    }

    #[test]
    fn bars_end_where_reading_has_come_to() {
        let mut tracer = Tracer::new(1, 100);
        (0..50).for_each(|n| tracer.take(&[if n < 25 { 16_384 } else { 3 }]));
        let outline = tracer.outline();
        // Half a second of two.
        assert_eq!(outline.bars(0, 8, 2.0), [0.5, 3.0 / 32_768.0]);
        assert!(outline.bars(1, 8, 2.0).iter().all(|bar| *bar >= 0.0));
        assert_eq!(Outline::default().bars(0, 8, 2.0), [0.0; 0]);
        assert_eq!(outline.bars(0, 0, 2.0), [0.0; 0]);
    }
}
