//! Small letters of text, sixteen bytes at a time, as far as nothing needs a closer look: ASCII, and
//! the letters that German has besides, which are two bytes before (`ü`) and after (`ue`).

use crate::sixteen::Sixteen;

/// What a run of plain text ends at, besides a byte that is not ASCII.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// Nothing else.
    NotAscii,
    /// A control character, or a blank after a blank or at the beginning.
    Unkempt,
}

/// How many bytes are looked at together.
const BLOCK: usize = 16;

/// Appends the small letters of the plain bytes that a text begins with, and says how many those
/// are. Blanks at the beginning are judged by what `folded` has from `begin` on.
pub fn append_run(folded: &mut Vec<u8>, begin: usize, text: &[u8], until: Until) -> usize {
    let mut done = 0;
    let mut after_blank = folded.len() == begin || folded.last() == Some(&b' ');
    while let Some(rest) = text.get(done..).filter(|rest| !rest.is_empty()) {
        let (small, stops) = small(Sixteen::of(&block(rest)), until, after_blank);
        let plain = (stops.trailing_zeros() as usize).min(rest.len()).min(BLOCK);
        if plain == 0 {
            break;
        }
        folded.extend_from_slice(&small.bytes());
        folded.truncate(folded.len() - BLOCK + plain);
        done += plain;
        after_blank = folded.last() == Some(&b' ');
    }
    done
}

/// The bytes that a text begins with; zeros behind its end.
#[inline]
fn block(text: &[u8]) -> [u8; BLOCK] {
    if let Some(whole) = text.first_chunk() {
        return *whole;
    }
    let mut block = [0; BLOCK];
    block.iter_mut().zip(text).for_each(|(place, byte)| *place = *byte);
    block
}

/// The small letters of a block, and a bit for each byte that is no plain one.
#[inline]
fn small(bytes: Sixteen, until: Until, after_blank: bool) -> (Sixteen, u32) {
    let (pairs, letters) = german(bytes);
    let capital = bytes.between(b'A', b'Z').and(Sixteen::each(0x20));
    let small = bytes.or(capital).but(letters, pairs);
    let mut stops = bytes.high() & !pairs.high();
    if until == Until::Unkempt {
        let blanks = bytes.between(b' ', b' ').high();
        let controls = bytes.between(0, 0x1f).or(bytes.between(0x7f, 0x7f));
        stops |= controls.high() | blanks & (blanks << 1 | u32::from(after_blank));
    }
    (small, stops)
}

/// Where both bytes of an umlaut or of ß are, and the two letters that it is written with. The
/// first byte is the same for all.
#[inline]
fn german(bytes: Sixteen) -> (Sixteen, Sixteen) {
    let behind_first = bytes.between(0xc3, 0xc3).later();
    // Capitals lack one bit of the small ones.
    let second = bytes.or(Sixteen::each(0x20));
    let is = |byte: u8| second.between(byte, byte).and(behind_first);
    let sharp = bytes.between(0x9f, 0x9f).and(behind_first);
    let (a, o, u) = (is(0xa4), is(0xb6), is(0xbc));
    let seconds = a.or(o).or(u).or(sharp);
    let each = |lanes: Sixteen, letter: u8| lanes.and(Sixteen::each(letter));
    let first_letters = each(a, b'a').or(each(o, b'o')).or(each(u, b'u')).or(each(sharp, b's'));
    let second_letters = Sixteen::each(b'e').but(Sixteen::each(b's'), sharp).and(seconds);
    (seconds.or(seconds.sooner()), first_letters.sooner().or(second_letters))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    const GERMAN: [(&str, &str); 7] =
        [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ä", "ae"), ("Ö", "oe"), ("Ü", "ue")];

    /// The same, letter by letter.
    fn plain(folded: &mut Vec<u8>, begin: usize, text: &[u8], until: Until) -> usize {
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            let rest = &text[at..];
            if let Some((_, two)) = GERMAN.iter().find(|(one, _)| rest.starts_with(one.as_bytes()))
            {
                folded.extend_from_slice(two.as_bytes());
                at += 2;
                continue;
            }
            let after_blank = folded.len() == begin || folded.last() == Some(&b' ');
            let unkempt = byte.is_ascii_control() || (*byte == b' ' && after_blank);
            if !byte.is_ascii() || (until == Until::Unkempt && unkempt) {
                return at;
            }
            folded.push(byte.to_ascii_lowercase());
            at += 1;
        }
        text.len()
    }

    #[test]
    fn runs_are_those_that_are_found_byte_by_byte() {
        for seed in 0..2_000 {
            let mut dice = Dice::new(seed);
            let odd = [30, 5][dice.below(2) as usize];
            let text: Vec<u8> = (0..dice.below(50))
                .flat_map(|_| match dice.below(odd) {
                    0 => vec![dice.below(256) as u8],
                    1 => vec![b' '],
                    2 => GERMAN[dice.below(7) as usize].0.as_bytes().to_vec(),
                    3 => vec![0xc3, 0x80 + dice.below(64) as u8],
                    _ => vec![b'@' + dice.below(64) as u8],
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
                let text = [b'A', b'b', byte, b'C', 0xc3, byte, b'D'];
                let (mut folded, mut wanted) = (Vec::new(), Vec::new());
                let done = append_run(&mut folded, 0, &text, until);
                assert_eq!((done, &folded), (plain(&mut wanted, 0, &text, until), &wanted));
            }
        }
    }
}
