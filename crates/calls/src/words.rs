//! Every word that a person reads, from `locales/*.json`. The functions are generated at build
//! time, one per key and with one argument per placeholder.

use crate::formats::Plural;

/// The forms that a text of a number has in a locale, in the order of [`Plural`].
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A catalogue in one language. English is built in; others are handed in as texts by key.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// Texts in the order of [`KEYS`], of a number one for each form; empty for English.
    translated: Vec<Option<String>>,
}

impl Words {
    /// English.
    #[must_use]
    pub fn english() -> Self {
        Self::default()
    }

    /// Another language; a key that it lacks is English. The keys of a number's texts are
    /// `calls_count.one` and so on.
    #[must_use]
    pub fn translated(text_of: impl Fn(&str) -> Option<String>) -> Self {
        let mut translated = Vec::new();
        for key in KEYS.lines() {
            if key.ends_with('.') {
                translated.extend(FORMS.map(|form| text_of(&format!("{key}{form}"))));
            } else {
                translated.push(text_of(key));
            }
        }
        Self { translated }
    }

    /// The text with its placeholders filled. One pass, so that a filled-in value with braces in
    /// it (somebody's name, say) is never filled again.
    fn fill(&self, index: usize, english: &str, values: &[(&str, &str)]) -> String {
        let translated = self.translated.get(index).and_then(Option::as_deref);
        let mut rest = translated.unwrap_or(english);
        let mut filled = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            let value = values.iter().find(|(key, _)| *key == name);
            filled.push_str(value.map_or("", |(_, value)| value));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

include!(concat!(env!("OUT_DIR"), "/words.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_with_braces_is_never_filled_again() {
        let words = Words::english();
        let text = words.turn_play_from("{time}");
        assert!(text.contains("{time}"), "{text}");
    }

    #[test]
    fn the_form_follows_the_number() {
        let words = Words::english();
        assert_eq!(words.calls_count(Plural::One, "1"), "1 call");
        assert_eq!(words.calls_count(Plural::Other, "1,204"), "1,204 calls");
        assert_eq!(words.calls_count(Plural::Few, "3"), "3 calls");
    }

    #[test]
    fn a_translation_has_a_text_for_every_key_and_form() {
        let words = Words::translated(|key| Some(format!("{key} {{count}}")));
        assert_eq!(words.calls_count(Plural::Few, "3"), "calls_count.few 3");
        assert_eq!(words.nav_calls(), "nav_calls ");
        assert_eq!(words.when_and_ago("1", "2"), "when_and_ago ");
    }

    #[test]
    fn a_translation_that_lacks_a_key_speaks_english_there() {
        let words = Words::translated(|key| (key == "nav_calls").then(|| "Anrufe".into()));
        assert_eq!(words.nav_calls(), "Anrufe");
        assert_eq!(words.nav_statistics(), Words::english().nav_statistics());
    }
}
