//! Phone numbers: kept as they were sent, compared by their digits.

/// Fewest digits of a typed number that are compared as the end of a number.
const SHORTEST_SUFFIX: usize = 4;

/// Words that providers send instead of a withheld number.
const WITHHELD: [&str; 9] = [
    "anonymous",
    "restricted",
    "unknown",
    "private",
    "unavailable",
    "blocked",
    "withheld",
    "null",
    "-",
];

/// A number as a provider sent it, or `None` if it was withheld. Two withheld numbers are never
/// the same person.
#[must_use]
pub fn given(sent: &str) -> Option<&str> {
    let sent = sent.trim();
    let withheld = WITHHELD.iter().any(|word| sent.eq_ignore_ascii_case(word));
    let has_digit = sent.bytes().any(|b| b.is_ascii_digit());
    (!withheld && has_digit).then_some(sent)
}

/// The digits of a number without extension and international prefix: `+49 (0)171 / 39 20 x5`
/// and `0049171 3920` both give `491713920`.
#[must_use]
pub fn digits(number: &str) -> String {
    let number = number.trim();
    let number = without_extension(number);
    let number = number.replace("(0)", "");
    let digits: String = number.chars().filter_map(ascii_digit).collect();
    match digits.strip_prefix("00") {
        Some(rest) => rest.to_owned(),
        None => digits,
    }
}

/// Whether a typed number means a stored one: the same digits, or the typed ones (without a
/// national `0`) are the end of the stored ones. Fewer than 4 digits match nothing.
#[must_use]
pub fn matches(stored: &str, typed: &str) -> bool {
    let stored = digits(stored);
    typed_ends(typed).iter().any(|end| stored.ends_with(end.as_str()))
}

/// The digits with which a stored number ends if a typed one means it; none if too few are typed.
#[must_use]
pub fn typed_ends(typed: &str) -> Vec<String> {
    let typed = digits(typed);
    let national = typed.strip_prefix('0').map(str::to_owned);
    let ends = [Some(typed), national].into_iter().flatten();
    ends.filter(|end| end.len() >= SHORTEST_SUFFIX).collect()
}

/// Whether text typed into a search field reads as a number: digits and separators only.
#[must_use]
pub fn looks_like_number(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_digit() || " +-()./".contains(c);
    text.chars().all(allowed) && digits(text).len() >= SHORTEST_SUFFIX
}

/// A whole number in the form providers store it (`+` and 7 to 15 digits), or `None` if the text
/// is not a whole number in international form.
#[must_use]
pub fn international(typed: &str) -> Option<String> {
    let trimmed = typed.trim();
    let whole = trimmed.starts_with('+') || trimmed.starts_with("00");
    let digits = digits(trimmed);
    // No country's code begins with a zero.
    let whole = whole && !digits.starts_with('0') && (7..=15).contains(&digits.len());
    whole.then(|| format!("+{digits}"))
}

fn ascii_digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        // Arabic-Indic and Persian digits are typed on Arabic keyboards.
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(letter) - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(letter) - 0x6f0, 10),
        _ => None,
    }
}

fn without_extension(number: &str) -> &str {
    let end = number.find(['x', 'X', ';', ',', '#', 'e']);
    end.and_then(|end| number.get(..end)).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_was_typed() {
        let stored = "+4917139200123";
        for typed in [
            "+49 171 39200123",
            "0049 171 39200123",
            "0171/39200123",
            "(0171) 392-00-123",
            "+49 (0)171 39200123",
            "39200123",
            "0123",
            "4917139200123",
            "+4917139200123 x12",
        ] {
            assert!(matches(stored, typed), "{typed}");
        }
        for typed in ["", "123", "+49 171 39200124", "171392001", "abc"] {
            assert!(!matches(stored, typed), "{typed}");
        }
    }

    #[test]
    fn withheld_numbers_are_no_numbers() {
        for sent in ["", "  ", "anonymous", "Restricted", "null", "-", "+"] {
            assert_eq!(given(sent), None, "{sent}");
        }
        assert_eq!(given(" +15550100 "), Some("+15550100"));
    }

    #[test]
    fn only_whole_international_numbers_are_asked_of_a_provider() {
        assert_eq!(international("0049 171 39200123").as_deref(), Some("+4917139200123"));
        assert_eq!(international("0171 39200123"), None);
        assert_eq!(international("+123"), None);
        assert_eq!(international("00 0049 171 3920"), None, "two prefixes");
        assert_eq!(international("+0171 39200123"), None);
    }

    #[test]
    fn arabic_digits_are_digits() {
        assert_eq!(digits("٠١٢٣"), "0123");
    }
}
