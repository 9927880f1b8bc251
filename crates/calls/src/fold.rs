//! Folding of text for comparing: case, accents, ß and the German two-letter spellings.

/// Folds text so that `Rückruf`, `RÜCKRUF` and `Rueckruf` are the same.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|letter| push(&mut folded, letter));
    folded
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
    for letter in letter.to_lowercase() {
        match letter {
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
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn german_spellings_of_a_word_are_the_same() {
        assert_eq!(fold("Rückruf"), fold("RUECKRUF"));
        assert_eq!(fold("Straße"), fold("STRASSE"));
        assert_eq!(fold("Café"), "cafe");
        assert_eq!(fold("cafe\u{301}"), "cafe");
    }
}
