//! Folding of text for comparing: case, accents, ß and the German two-letter spellings.

use kernels::lower::{Until, append_run};

/// Folds text so that `Rückruf`, `RÜCKRUF` and `Rueckruf` are the same.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = Vec::with_capacity(text.len() + 8);
    let mut rest = text;
    while !rest.is_empty() {
        let plain = append_run(&mut folded, 0, rest.as_bytes(), Until::NotAscii);
        rest = rest.get(plain..).unwrap_or_default();
        rest = fold_letter(&mut folded, rest);
    }
    text_of(folded)
}

/// Appends the folded form of a text that is shown on one line: every run of blanks and control
/// characters is one blank, so that a phrase is found across a line break. Blanks that it begins
/// with are left out.
pub fn fold_line(folded: &mut Vec<u8>, text: &str) {
    let begin = folded.len();
    folded.reserve(text.len() + 8);
    let mut rest = text;
    loop {
        let plain = append_run(folded, begin, rest.as_bytes(), Until::Unkempt);
        rest = rest.get(plain..).unwrap_or_default();
        let Some(letter) = rest.chars().next() else { break };
        if letter.is_whitespace() || letter.is_control() {
            if folded.len() > begin && folded.last() != Some(&b' ') {
                folded.push(b' ');
            }
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        } else {
            rest = fold_letter(folded, rest);
        }
    }
}

/// Appends the first letter of a text, and gives back what follows it.
fn fold_letter<'a>(folded: &mut Vec<u8>, text: &'a str) -> &'a str {
    let mut letters = text.chars();
    if let Some(letter) = letters.next() {
        let latin = (letter as usize).checked_sub(LATIN_FROM).and_then(|at| LATIN.get(at));
        match latin {
            Some(small) => folded.extend_from_slice(small.as_bytes()),
            None => {
                let mut slow = String::new();
                push(&mut slow, letter);
                folded.extend_from_slice(slow.as_bytes());
            }
        }
    }
    letters.as_str()
}

/// The first letter of [`LATIN`].
const LATIN_FROM: usize = 0xc0;

/// The folded letters from À to ÿ: most of those in western Europe that are not ASCII.
#[rustfmt::skip]
const LATIN: [&str; 64] = [
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "ð", "n", "o", "o", "o", "o", "oe", "×", "oe", "u", "u", "u", "ue", "y", "þ", "ss",
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "ð", "n", "o", "o", "o", "o", "oe", "÷", "oe", "u", "u", "u", "ue", "y", "þ", "y",
];

/// Folded text is whole letters.
fn text_of(folded: Vec<u8>) -> String {
    String::from_utf8(folded).unwrap_or_default()
}

/// The beginning of [`fold`], at least so many bytes of it if there are as many.
#[must_use]
pub(crate) fn fold_start(text: &str, bytes: usize) -> String {
    let mut folded = String::with_capacity(bytes + 8);
    for letter in text.chars() {
        if folded.len() >= bytes {
            break;
        }
        push(&mut folded, letter);
    }
    folded
}

fn push(folded: &mut String, letter: char) {
    if letter.is_ascii() {
        return folded.push(letter.to_ascii_lowercase());
    }
    match small(letter) {
        'ä' | 'æ' => folded.push_str("ae"),
        'ö' | 'ø' | 'œ' => folded.push_str("oe"),
        'ü' => folded.push_str("ue"),
        'ß' => folded.push_str("ss"),
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
        'ç' | 'ć' | 'č' => folded.push('c'),
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => folded.push('e'),
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => folded.push('i'),
        'ł' => folded.push('l'),
        'ñ' | 'ń' | 'ň' => folded.push('n'),
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => folded.push('o'),
        'ś' | 'š' | 'ş' => folded.push('s'),
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' => folded.push('u'),
        'ý' | 'ÿ' => folded.push('y'),
        'ź' | 'ž' | 'ż' => folded.push('z'),
        // Combining marks (NFD text, Arabic vowel signs) carry no letter of their own.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' => {}
        other => folded.push(other),
    }
}

// `SMALL`: first letter, how far the last one is from it, how far each is from the next, and how
// far it is to the small one.
include!(concat!(env!("OUT_DIR"), "/small_letters.rs"));

/// The small letter of a letter that is not ASCII. Of the one that becomes a letter and a mark
/// (`İ`), the letter.
fn small(letter: char) -> char {
    let code = u32::from(letter);
    let after = SMALL.partition_point(|(first, ..)| *first <= code);
    let run = after.checked_sub(1).and_then(|at| SMALL.get(at));
    let run = run.filter(|(first, reach, step, _)| {
        code - first <= u32::from(*reach) && (code - first) % u32::from(*step) == 0
    });
    let found = run.and_then(|run| char::from_u32(code.wrapping_add_signed(run.3)));
    found.unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_line, push, small};

    /// Letter by letter, without any short cut.
    fn slow(text: &str) -> String {
        let mut folded = String::new();
        text.chars().for_each(|letter| push(&mut folded, letter));
        folded
    }

    fn line(text: &str) -> String {
        let mut folded = b"before ".to_vec();
        fold_line(&mut folded, text);
        String::from_utf8(folded).unwrap().split_off(7)
    }

    #[test]
    fn every_letter_has_the_small_letter_that_the_standard_library_gives_it() {
        for letter in (0x80..=0x0010_ffff).filter_map(char::from_u32) {
            let mark = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
            let mut wanted = letter.to_lowercase();
            assert_eq!(Some(small(letter)), wanted.next(), "{letter:?}");
            assert!(wanted.all(|more| mark(&more)), "{letter:?}");
        }
    }

    #[test]
    fn every_letter_is_folded_as_it_is_one_by_one() {
        for letter in (0..=0x2_ffff).filter_map(char::from_u32) {
            let text = format!("Ab{letter}C");
            assert_eq!(fold(&text), slow(&text), "{letter:?}");
            let blank = letter.is_whitespace() || letter.is_control();
            let wanted = if blank { "ab c".to_owned() } else { slow(&text) };
            assert_eq!(line(&text), wanted, "{letter:?}");
        }
    }

    #[test]
    fn a_line_is_the_words_of_a_text_with_one_blank_between_them() {
        let parts =
            ["Ada", " ", "  ", "\r\n", "ÜBER", "\u{a0}", "é\0", "Long enough to be more", "\t"];
        let mut state = 1u32;
        for _ in 0..3_000 {
            let mut text = String::new();
            for _ in 0..state % 9 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(parts[(state >> 16) as usize % parts.len()]);
            }
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) >> 3;
            let is_blank = |letter: char| letter.is_whitespace() || letter.is_control();
            let words: Vec<String> =
                text.split(is_blank).filter(|word| !word.is_empty()).map(slow).collect();
            let mut wanted = words.join(" ");
            if text.ends_with(is_blank) && !wanted.is_empty() {
                wanted.push(' ');
            }
            assert_eq!(line(&text), wanted, "{text:?}");
        }
    }

    #[test]
    fn german_spellings_of_a_word_are_the_same() {
        assert_eq!(fold("Rückruf"), fold("RUECKRUF"));
        assert_eq!(fold("Straße"), fold("STRASSE"));
        assert_eq!(fold("Café"), "cafe");
        assert_eq!(fold("cafe\u{301}"), "cafe");
    }
}
