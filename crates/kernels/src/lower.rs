//! Small letters of ASCII text, eight bytes at a time, as far as nothing needs a closer look.

/// A byte in each of eight places.
const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = each(0x80);

/// What a run of plain text ends at, besides a byte that is not ASCII.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// Nothing else.
    NotAscii,
    /// A control character, or a blank after a blank or at the beginning.
    Unkempt,
}

/// Appends the small letters of the plain bytes that a text begins with, and says how many those
/// are. Blanks at the beginning are judged by what `folded` has from `begin` on.
pub fn append_run(folded: &mut Vec<u8>, begin: usize, text: &[u8], until: Until) -> usize {
    let mut done = 0;
    let mut after_blank = folded.len() == begin || folded.last() == Some(&b' ');
    while let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
        let bytes = Eight::of(rest);
        let stops = match until {
            Until::NotAscii => bytes.not_ascii(),
            Until::Unkempt => {
                bytes.not_ascii() | bytes.controls() | bytes.second_blanks(after_blank)
            }
        };
        let plain = (stops.trailing_zeros() as usize / 8).min(rest.len());
        folded.extend_from_slice(&bytes.small().to_le_bytes());
        folded.truncate(folded.len() - 8 + plain);
        done += plain;
        if plain < 8 {
            break;
        }
        after_blank = folded.last() == Some(&b' ');
    }
    done
}

/// Eight bytes, the first one lowest; zeros behind the end.
#[derive(Clone, Copy)]
struct Eight(u64);

impl Eight {
    fn of(text: &[u8]) -> Self {
        if let Some(eight) = text.first_chunk::<8>() {
            return Self(u64::from_le_bytes(*eight));
        }
        let mut eight = [0; 8];
        eight.iter_mut().zip(text).for_each(|(place, byte)| *place = *byte);
        Self(u64::from_le_bytes(eight))
    }

    /// All of them without their highest bit, so that sums never reach the next byte.
    fn low(self) -> u64 {
        self.0 & !HIGH
    }

    fn not_ascii(self) -> u64 {
        self.0 & HIGH
    }

    fn controls(self) -> u64 {
        let is_above = self.low() + each(0x80 - 0x20);
        let is_delete = self.low() + each(0x01);
        (!is_above | is_delete) & HIGH
    }

    /// Blanks that follow a blank.
    fn second_blanks(self, after_blank: bool) -> u64 {
        let blanks = !((self.low() ^ each(b' ')) + each(0x7f)) & !self.0 & HIGH;
        blanks & (blanks << 8 | u64::from(after_blank) << 7)
    }

    fn small(self) -> u64 {
        let from_a = self.low() + each(0x80 - b'A');
        let past_z = self.low() + each(0x7f - b'Z');
        let large = (from_a ^ past_z) & !self.0 & HIGH;
        self.0 | large >> 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    /// The same, byte by byte.
    fn plain(folded: &mut Vec<u8>, begin: usize, text: &[u8], until: Until) -> usize {
        for (at, byte) in text.iter().enumerate() {
            let after_blank = folded.len() == begin || folded.last() == Some(&b' ');
            let unkempt = byte.is_ascii_control() || (*byte == b' ' && after_blank);
            if !byte.is_ascii() || (until == Until::Unkempt && unkempt) {
                return at;
            }
            folded.push(byte.to_ascii_lowercase());
        }
        text.len()
    }

    #[test]
    fn runs_are_those_that_are_found_byte_by_byte() {
        for seed in 0..2_000 {
            let mut dice = Dice::new(seed);
            let odd = [30, 3][dice.below(2) as usize];
            let text: Vec<u8> = (0..dice.below(50))
                .map(|_| match dice.below(odd) {
                    0 => dice.below(256) as u8,
                    1 => b' ',
                    _ => b'@' + dice.below(64) as u8,
                })
                .collect();
            let before: &[u8] = [&b""[..], b"x", b"y "][dice.below(3) as usize];
            let begin = dice.below(2) as usize * before.len();
            for until in [Until::NotAscii, Until::Unkempt] {
                let (mut folded, mut wanted) = (before.to_vec(), before.to_vec());
                let done = append_run(&mut folded, begin, &text, until);
                assert_eq!(done, plain(&mut wanted, begin, &text, until), "{text:?}");
                assert_eq!(folded, wanted, "{text:?}");
            }
        }
    }

    #[test]
    fn every_byte_is_told_apart() {
        for byte in 0..=u8::MAX {
            for until in [Until::NotAscii, Until::Unkempt] {
                let text = [b'A', b'b', byte, b'C'];
                let (mut folded, mut wanted) = (Vec::new(), Vec::new());
                let done = append_run(&mut folded, 0, &text, until);
                assert_eq!((done, &folded), (plain(&mut wanted, 0, &text, until), &wanted));
            }
        }
    }
}
