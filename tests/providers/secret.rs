//! Finds what must never be committed: real keys and real phone numbers.

/// Numbers of the providers' own documents.
const FROM_DOCUMENTS: [&str; 3] = ["491701234567", "14155551234", "17375551234"];

/// Beginnings of numbers that are kept for fiction, and how many digits they have: Berlin
/// (Bundesnetzagentur) and the United Kingdom (Ofcom).
const FICTIONAL: [(&str, usize); 2] = [("493023125", 12), ("4479460009", 12)];

/// Beginnings of keys, and how many letters must follow to be one.
const KEYS: [(&str, usize); 6] =
    [("tp_live_", 16), ("truedy_", 16), ("sk_", 16), ("Bearer ", 20), ("eyJ", 20), ("AKIA", 16)];

/// Everything in a text that looks like a real key or a real number.
pub(crate) fn find(text: &str) -> Vec<String> {
    let numbers = text.match_indices('+').filter_map(|(at, _)| number(&text[at + 1..]));
    let numbers = numbers.filter(|digits| !is_known(digits)).map(|digits| format!("+{digits}"));
    let keys = KEYS.iter().flat_map(|(start, letters)| {
        text.match_indices(start).filter_map(move |(at, _)| {
            let rest = &text[at + start.len()..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            (end >= *letters).then(|| format!("{start}…"))
        })
    });
    numbers.chain(keys).collect()
}

/// Digits behind a plus, if they are as many as a phone number has.
fn number(rest: &str) -> Option<String> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    (7..=15).contains(&end).then(|| rest[..end].to_owned())
}

fn is_known(digits: &str) -> bool {
    // North America keeps 555-0100 to 555-0199 of every area.
    let american =
        digits.len() == 11 && digits.starts_with('1') && digits[4..].starts_with("55501");
    let fictional =
        FICTIONAL.iter().any(|(start, len)| digits.starts_with(start) && digits.len() == *len);
    american || fictional || FROM_DOCUMENTS.contains(&digits)
}
