//! The customers: about 600 people with fictional numbers, some of whom call everywhere.
//!
//! Numbers come from the ranges that regulators keep for films and books (Germany:
//! Bundesnetzagentur's drama numbers; United Kingdom: Ofcom's; United States: 555-01xx),
//! and from plainly invented ones for Egypt and the Emirates.

use std::collections::HashSet;
use std::ops::Range;

use crate::dice::Dice;
use crate::id;
use crate::script::Language;

pub(crate) struct Person {
    pub(crate) first: String,
    pub(crate) last: String,
    pub(crate) email: String,
    /// E.164, different for each person.
    pub(crate) phone: String,
    pub(crate) language: Language,
    pub(crate) contact_id: String,
}

/// How many people at the beginning of the list are known at every provider.
pub(crate) const KNOWN_EVERYWHERE: usize = 6;

const EVERYWHERE: [(&str, &str, &str, Language); KNOWN_EVERYWHERE] = [
    ("Hannelore", "Brandstätter", "+4917139200 10", Language::German),
    ("Olivia", "Bennett", "+14155550142", Language::English),
    (
        "Karl-Theodor",
        "von und zu Hohenlohe-Schillingsfürst-Breitenbach",
        "+493023125042",
        Language::German,
    ),
    ("Yasmin", "عبد الرحمن", "+97140000042", Language::Arabic),
    ("Arthur", "Pemberton", "+442079460042", Language::English),
    ("Jürgen", "Weiß", "+4917139200 42", Language::German),
];

const PEOPLE: [(Language, usize); 3] =
    [(Language::German, 230), (Language::English, 300), (Language::Arabic, 84)];

/// All customers of a seed; the first [`KNOWN_EVERYWHERE`] call at every provider.
pub(crate) fn people(seed: u64) -> Vec<Person> {
    let mut taken = HashSet::new();
    let mut people = Vec::new();
    for (first, last, phone, language) in EVERYWHERE {
        let phone = phone.replace(' ', "");
        taken.insert(phone.clone());
        people.push(person(seed, people.len(), (first, last), phone, language));
    }
    for (language, count) in PEOPLE {
        let mut dice = Dice::new(&[seed, 0xbe0b1e, u64::try_from(count).unwrap_or(0)]);
        let (firsts, lasts) = names(language);
        for _ in 0..count {
            let first = dice.pick(&firsts).copied().unwrap_or_default();
            let last = dice.pick(&lasts).copied().unwrap_or_default();
            let phone = fresh_phone(language, &mut dice, &mut taken);
            people.push(person(seed, people.len(), (first, last), phone, language));
        }
    }
    people
}

/// The places of the people of a language in that list, without those known everywhere.
pub(crate) fn speaking(language: Language) -> Range<usize> {
    let before = PEOPLE.iter().take_while(|(other, _)| *other != language).map(|(_, count)| count);
    let start = KNOWN_EVERYWHERE + before.sum::<usize>();
    let count = PEOPLE.iter().find(|(other, _)| *other == language).map_or(0, |(_, count)| *count);
    start..start + count
}

fn person(seed: u64, at: usize, name: (&str, &str), phone: String, language: Language) -> Person {
    let (first, last) = name;
    let contact_id = id::uuid(&[seed, 0xc047ac7, u64::try_from(at).unwrap_or(0)]);
    let email = format!("{}@example.com", mailbox(first, last, at));
    Person { first: first.to_owned(), last: last.to_owned(), email, phone, language, contact_id }
}

fn mailbox(first: &str, last: &str, at: usize) -> String {
    let plain = |text: &str| -> String {
        text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).take(24).collect()
    };
    match (plain(first), plain(last)) {
        (first, last) if first.is_empty() || last.is_empty() => format!("customer{at}"),
        (first, last) => format!("{first}.{last}{at}"),
    }
}

fn names(language: Language) -> (Vec<&'static str>, Vec<&'static str>) {
    let text = match language {
        Language::German => include_str!("../names/de.txt"),
        Language::English => include_str!("../names/en.txt"),
        Language::Arabic => include_str!("../names/ar.txt"),
    };
    let mut lines = text.lines().map(|line| line.split_whitespace().collect());
    (lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
}

fn fresh_phone(language: Language, dice: &mut Dice, taken: &mut HashSet<String>) -> String {
    loop {
        let phone = phone(language, dice);
        if taken.insert(phone.clone()) {
            return phone;
        }
    }
}

fn phone(language: Language, dice: &mut Dice) -> String {
    match language {
        Language::German => match dice.below(6) {
            0 => format!("+493023125{:03}", dice.between(100, 1000)),
            1 => format!("+496990009{:03}", dice.between(100, 1000)),
            2 => format!("+494066969{:03}", dice.between(100, 1000)),
            3 => format!("+498999998{:03}", dice.between(100, 1000)),
            4 => format!("+492214710{:03}", dice.between(100, 1000)),
            _ => format!("+4917139200{:02}", dice.between(0, 100)),
        },
        Language::English => match dice.below(4) {
            0 => format!("+442079460{:03}", dice.between(200, 1000)),
            _ => {
                let areas = [212, 213, 303, 312, 415, 503, 617, 702, 808];
                let area = dice.pick(&areas).copied().unwrap_or(415);
                format!("+1{area}55501{:02}", dice.between(10, 100))
            }
        },
        Language::Arabic => match dice.below(2) {
            0 => format!("+97140000{:03}", dice.between(200, 1000)),
            _ => format!("+20200000{:03}", dice.between(200, 1000)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_about_600_people_with_numbers_of_their_own() {
        let people = people(7);
        let phones: HashSet<_> = people.iter().map(|person| &person.phone).collect();
        assert_eq!(phones.len(), people.len());
        assert!((590..=650).contains(&people.len()));
        let digits = |phone: &str| {
            phone.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
        };
        assert!(people.iter().all(|person| digits(&person.phone)));
    }

    #[test]
    fn people_stand_together_by_language() {
        let people = people(7);
        for language in Language::ALL {
            let found = people.get(speaking(language)).unwrap_or_default();
            assert!(!found.is_empty());
            assert!(found.iter().all(|person| person.language == language));
        }
    }

    #[test]
    fn no_mailbox_is_shared_and_all_are_plain() {
        let people = people(7);
        let emails: HashSet<_> = people.iter().map(|person| &person.email).collect();
        assert_eq!(emails.len(), people.len());
        assert!(emails.iter().all(|email| email.is_ascii()));
    }
}
