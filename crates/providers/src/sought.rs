//! What somebody typed, as far as providers can be asked for it beyond what has been loaded.

use calls::filter::{Filter, OR};
use calls::key::is_plain_id;
use calls::phone;

/// Fewest and most digits of a whole number (E.164 has at most 15).
const WHOLE_NUMBER: std::ops::RangeInclusive<usize> = 7..=15;

/// Fewest letters of a name.
const SHORTEST_NAME: usize = 3;

/// Fewest characters of an id: everything shorter is a word or a small number.
const SHORTEST_ID: usize = 8;

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sought {
    /// A whole phone number, as it was typed.
    Number(String),
    /// A provider's id of a call, a contact or a campaign.
    Id(String),
    /// A name or other words.
    Words(String),
}

impl Sought {
    /// What a filter's texts look for; `None` while they are too short for asking anybody.
    #[must_use]
    pub fn of(filter: &Filter) -> Option<Self> {
        let (number, text) = (filter.phone.trim(), filter.text.trim());
        if is_whole(number) {
            return Some(Self::Number(number.to_owned()));
        }
        if phone::looks_like_number(text) {
            return is_whole(text).then(|| Self::Number(text.to_owned()));
        }
        if is_id(text) {
            return Some(Self::Id(text.to_owned()));
        }
        if is_id(filter.contact.trim()) {
            return Some(Self::Id(filter.contact.trim().to_owned()));
        }
        // No provider can be asked for one of several words.
        if text.contains(OR) {
            return None;
        }
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        (letters >= SHORTEST_NAME).then(|| Self::Words(text.to_owned()))
    }

    /// As it was typed.
    #[must_use]
    pub fn typed(&self) -> &str {
        match self {
            Self::Number(typed) | Self::Id(typed) | Self::Words(typed) => typed,
        }
    }

    /// The number in international form, if it was typed so.
    #[must_use]
    pub fn international(&self) -> Option<String> {
        match self {
            Self::Number(typed) => phone::international(typed),
            Self::Id(_) | Self::Words(_) => None,
        }
    }

    /// What a search that compares parts of numbers is given for a number without its country
    /// code: its digits without the national `0`.
    #[must_use]
    pub fn significant(&self) -> Option<String> {
        let Self::Number(typed) = self else { return None };
        Some(phone::digits(typed).trim_start_matches('0').to_owned())
    }
}

fn is_whole(typed: &str) -> bool {
    phone::looks_like_number(typed) && WHOLE_NUMBER.contains(&phone::digits(typed).len())
}

/// One word with a digit in it that could stand in a URL.
fn is_id(text: &str) -> bool {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    text.len() >= SHORTEST_ID && has_digit && is_plain_id(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(phone: &str, text: &str) -> Option<Sought> {
        Sought::of(&Filter { phone: phone.into(), text: text.into(), ..Filter::default() })
    }

    #[test]
    fn whole_numbers_ids_and_names_are_looked_for_and_nothing_shorter() {
        assert_eq!(of("+1 415 555-0142", ""), Some(Sought::Number("+1 415 555-0142".into())));
        assert_eq!(of("", " 0171 39200123 "), Some(Sought::Number("0171 39200123".into())));
        assert_eq!(of("0142", "Ada"), Some(Sought::Words("Ada".into())), "an end is no number");
        for id in
            ["CALL-1768807723178-4561d0", "call_01hx7", "0d5a1c2e-0000-4000-9000-000000000001"]
        {
            assert_eq!(of("", id), Some(Sought::Id(id.into())));
        }
        for short in ["", "Li", "12", "415555", "1-2 3", "…", "1234567890123456"] {
            assert_eq!(of("", short), None, "{short}");
        }
        assert_eq!(of("", "callback|Rückruf"), None, "no provider finds one of several");
    }

    #[test]
    fn a_contacts_id_is_looked_for_and_its_address_is_not() {
        let of =
            |contact: &str| Sought::of(&Filter { contact: contact.into(), ..Filter::default() });
        assert_eq!(of("con_12345678"), Some(Sought::Id("con_12345678".into())));
        assert_eq!(of("ada@example.com"), None);
    }

    #[test]
    fn a_number_is_asked_for_in_international_form_or_by_its_digits() {
        let number = |typed: &str| {
            let sought = Sought::Number(typed.into());
            (sought.international(), sought.significant())
        };
        assert_eq!(number("001 (415) 555-0142").0.as_deref(), Some("+14155550142"));
        assert_eq!(number("(0171) 39200123"), (None, Some("17139200123".into())));
    }
}
