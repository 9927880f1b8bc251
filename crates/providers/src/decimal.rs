//! Numbers as providers write them, read to the nearest `f64`. The standard library does the same
//! with a table of 10 kB, which everybody who opens the page would download.

use std::cmp::Ordering;

/// Digits that fit into an `f64` whatever they are.
const SHORT: usize = 15;
/// The largest power of ten that an `f64` holds exactly.
const EXACT_POWER: i64 = 22;
/// No `f64`, and no middle of two, has more digits than these. What follows decides at most whether
/// a number lies above such a middle.
const MOST_DIGITS: usize = 800;
/// Powers of ten below which every number is 0, and from which on none is finite.
const REACH: std::ops::Range<i64> = -330..310;

/// The bits of an `f64` that hold its digits, the first of which is not written.
const MANTISSA_BITS: i64 = 53;
/// The power of two of the least number that has all of them.
const LEAST_POWER: i64 = -1_022;
/// What the bits of numbers that are not finite begin at.
const INFINITE: u64 = 0x7ff << 52;

/// The number that a text is: as JSON writes numbers, or in a form that is near it (`+1`, `.5`,
/// `1.`, `007`). `None` for anything else, and for what is too large for an `f64`.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let (sign, size) = signed(text);
    let size = Decimal::read(size)?.nearest()?;
    Some(if sign == Some('-') { -size } else { size })
}

fn signed(text: &str) -> (Option<char>, &str) {
    let sign = text.chars().next().filter(|first| matches!(first, '+' | '-'));
    (sign, text.get(sign.map_or(0, char::len_utf8)..).unwrap_or_default())
}

/// `digits × 10^power`. The first digit and the last one are not zero.
struct Decimal {
    digits: Vec<u8>,
    power: i64,
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let (written, power) = match text.split_once(['e', 'E']) {
            Some((written, power)) => (written, whole(power)?),
            None => (text, 0),
        };
        let (whole, part) = written.split_once('.').unwrap_or((written, ""));
        if whole.is_empty() && part.is_empty() {
            return None;
        }
        let digits: Option<Vec<u8>> = whole.bytes().chain(part.bytes()).map(digit).collect();
        let mut digits: Vec<u8> = digits?.into_iter().skip_while(|digit| *digit == 0).collect();
        let written = digits.len();
        digits.truncate(digits.iter().rposition(|digit| *digit > 0).map_or(0, |last| last + 1));
        if digits.len() > MOST_DIGITS {
            digits.truncate(MOST_DIGITS);
            digits.push(1);
        }
        let left_out = i64::try_from(written - digits.len()).ok()?;
        Some(Self { digits, power: power + left_out - i64::try_from(part.len()).ok()? })
    }

    fn nearest(&self) -> Option<f64> {
        let reach = self.power + i64::try_from(self.digits.len()).ok()?;
        if self.digits.is_empty() || reach < REACH.start {
            return Some(0.0);
        }
        if reach >= REACH.end {
            return None;
        }
        self.short().or_else(|| self.long())
    }

    /// Rounded once, where both the digits and the power are numbers that an `f64` holds exactly.
    fn short(&self) -> Option<f64> {
        if self.digits.len() > SHORT || self.power.abs() > EXACT_POWER {
            return None;
        }
        let digits = self.digits.iter().fold(0.0, |sum, digit| sum * 10.0 + f64::from(*digit));
        let ten = (0..self.power.abs()).fold(1.0, |power, _| power * 10.0);
        Some(if self.power < 0 { digits / ten } else { digits * ten })
    }

    /// Divided as by hand, in bits.
    fn long(&self) -> Option<f64> {
        let (mut above, mut below) = (Large::default(), Large::default());
        self.digits.iter().for_each(|digit| above.times(10, *digit));
        below.times(0, 1);
        let scaled = if self.power < 0 { &mut below } else { &mut above };
        (0..self.power.abs()).for_each(|_| scaled.times(10, 0));
        // The number is `above / below × 2^power`, with a quotient from 1 on and below 2.
        let mut power = above.bits() - below.bits();
        let smaller = if power < 0 { &mut above } else { &mut below };
        (0..power.abs()).for_each(|_| smaller.times(2, 0));
        if above.compare(&below) == Ordering::Less {
            above.times(2, 0);
            power -= 1;
        }
        // Very small numbers have fewer bits.
        let kept = MANTISSA_BITS + (power - LEAST_POWER).min(0);
        let mut mantissa = 0_u64;
        for _ in 0..kept {
            mantissa <<= 1;
            if above.compare(&below) != Ordering::Less {
                above.subtract(&below);
                mantissa += 1;
            }
            above.times(2, 0);
        }
        let is_above_middle = match above.compare(&below) {
            Ordering::Less => false,
            Ordering::Equal => mantissa % 2 == 1,
            Ordering::Greater => kept >= 0,
        };
        // What is carried over by rounding belongs to the next power, and counts there as it should.
        let power = u64::try_from(power - LEAST_POWER).unwrap_or_default() << (MANTISSA_BITS - 1);
        let bits = power + mantissa + u64::from(is_above_middle);
        (bits < INFINITE).then(|| f64::from_bits(bits))
    }
}

fn digit(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}

/// A power of ten. No number is told apart by one of more than five digits.
fn whole(text: &str) -> Option<i64> {
    let (sign, digits) = signed(text);
    let size = digits
        .bytes()
        .try_fold(0, |size: i64, byte| Some((size * 10 + i64::from(digit(byte)?)).min(99_999)));
    let size = size.filter(|_| !digits.is_empty())?;
    Some(if sign == Some('-') { -size } else { size })
}

/// A whole number of any size: parts of 32 bits, lowest first, the highest of which is not zero.
#[derive(Default)]
struct Large(Vec<u32>);

impl Large {
    fn times(&mut self, factor: u32, plus: u8) {
        let mut carried = u64::from(plus);
        for part in &mut self.0 {
            let product = u64::from(*part) * u64::from(factor) + carried;
            (*part, carried) = (product as u32, product >> 32);
        }
        if carried > 0 {
            self.0.push(carried as u32);
        }
    }

    fn bits(&self) -> i64 {
        let highest = self.0.last().map_or(0, |highest| highest.leading_zeros());
        self.0.len() as i64 * 32 - i64::from(highest)
    }

    fn compare(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Takes a number away that is not larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrowed = 0;
        for (place, part) in self.0.iter_mut().enumerate() {
            let taken = other.0.get(place).copied().map_or(0, i64::from) + borrowed;
            let left = i64::from(*part) - taken;
            (*part, borrowed) = (left as u32, i64::from(left < 0));
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is_as_in_the_standard_library(text: &str) {
        let wanted = text.parse::<f64>().ok().filter(|number| number.is_finite());
        assert_eq!(number(text).map(f64::to_bits), wanted.map(f64::to_bits), "{text}");
    }

    /// Numbers without a pattern, the same ones every time.
    fn mixed(nth: u64) -> u64 {
        let mut mixed = (nth + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    #[test]
    fn every_form_is_a_number_or_none() {
        for text in [
            "",
            ".",
            "-",
            "+",
            "e5",
            "1e",
            "1e+",
            "1 ",
            " 1",
            "0x10",
            "1_000",
            "--1",
            "1e5.0",
            "1.2.3",
            "0",
            "-0",
            "+1",
            ".5",
            "-.5",
            "1.",
            "007",
            "1e5",
            "1E+5",
            "1e-5",
            "12.50",
            "1e400",
            "-1e400",
            "1e-400",
            "0e99999999999999999999",
            "1e99999999999999999999",
            "1e-99999999999",
            "1,5",
            "1é",
            "é",
            "1e１",
        ] {
            is_as_in_the_standard_library(text);
        }
    }

    #[test]
    fn numbers_are_read_to_the_nearest() {
        for nth in 0..5_000 {
            let (digits, power) = (mixed(nth), mixed(nth + 1_000_000) % 700);
            let digits = digits >> (digits % 64);
            is_as_in_the_standard_library(&format!("{digits}e{}", power as i64 - 360));
            is_as_in_the_standard_library(&format!("-{}.{digits}", nth % 1_000));
        }
    }

    #[test]
    fn what_was_written_of_a_number_is_that_number() {
        for nth in 0..5_000 {
            let number = f64::from_bits(mixed(nth));
            is_as_in_the_standard_library(&format!("{number:e}"));
            is_as_in_the_standard_library(&format!("{}", (nth as f64) / 7.0));
        }
    }

    #[test]
    fn in_the_middle_of_two_numbers_the_even_one_is_nearest() {
        let edges = [0, 1, 2, 3, (1 << 52) - 1, 1 << 52, (1 << 52) + 1, INFINITE - 2];
        for bits in edges.into_iter().chain((0..300).map(|nth| mixed(nth) % (INFINITE - 2))) {
            // The exact digits of both, one place longer, and of what lies between them.
            let [low, high] =
                [bits, bits + 1].map(|bits| format!("{:.1100}", f64::from_bits(bits)));
            let middle = half(&low, &high);
            for end in ["", "0", "1", "0000000001"] {
                is_as_in_the_standard_library(&format!("{middle}{end}"));
            }
            is_as_in_the_standard_library(&low);
        }
    }

    /// The middle of two numbers that are written with as many decimals.
    fn half(low: &str, high: &str) -> String {
        let width = low.len().max(high.len());
        let padded = [low, high].map(|text| format!("{text:0>width$}"));
        let mut rest = 0;
        let (mut sum, mut carry) = (Vec::new(), 0);
        for (a, b) in padded[0].bytes().rev().zip(padded[1].bytes().rev()) {
            if a == b'.' {
                sum.push(None);
                continue;
            }
            let both = a - b'0' + b - b'0' + carry;
            (carry, _) = (both / 10, sum.push(Some(both % 10)));
        }
        let mut text = String::new();
        for place in std::iter::once(Some(carry)).chain(sum.into_iter().rev()) {
            let Some(digit) = place else {
                text.push('.');
                continue;
            };
            let whole = rest * 10 + digit;
            (rest, _) = (whole % 2, text.push(char::from(b'0' + whole / 2)));
        }
        text.push(if rest == 1 { '5' } else { '0' });
        text
    }
}
