//! The language of the screen: words and formats, as one context.

use calls::formats::{English, Formats};
use calls::words::Words;
use leptos::prelude::*;

/// Words and formats. Chosen once when the page starts; another language is a reload.
#[derive(Clone, Copy)]
pub struct Locale {
    /// Every visible word.
    pub words: &'static Words,
    /// How numbers, dates and times look.
    pub formats: &'static (dyn Formats + Sync),
}

impl Locale {
    /// A locale that lives as long as the page.
    #[must_use]
    pub fn new(words: Words, formats: impl Formats + Sync + 'static) -> Self {
        Self { words: Box::leak(Box::new(words)), formats: Box::leak(Box::new(formats)) }
    }

    /// English without a browser.
    #[must_use]
    pub fn english() -> Self {
        Self::new(Words::english(), English)
    }

    /// "1 call", "1,204 calls".
    #[must_use]
    pub fn calls(&self, count: usize) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.words.calls_count(self.formats.plural(count), self.count(count))
    }

    /// A count with its separators.
    #[must_use]
    pub fn count(&self, count: impl TryInto<i64>) -> String {
        self.formats.number(count.try_into().unwrap_or(i64::MAX))
    }
}

/// The first wished language tag that there is a language for, else English. Tags that are no
/// plain tags (`../x` in an address) are passed over.
#[must_use]
pub fn best_language(wished: impl IntoIterator<Item = String>, there_is: &[&str]) -> String {
    let plain = |tag: &String| tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let known = |tag: &String| {
        let language = tag.split('-').next().unwrap_or_default();
        there_is.contains(&language)
    };
    wished.into_iter().filter(plain).find(known).unwrap_or_else(|| "en".to_owned())
}

/// Provides the locale to everything below.
pub fn provide_locale(locale: Locale) {
    provide_context(locale);
}

/// The locale.
#[must_use]
pub fn use_locale() -> Locale {
    use_context::<Locale>().unwrap_or_else(Locale::english)
}

#[cfg(test)]
mod tests {
    use super::best_language;

    #[test]
    fn the_first_wished_language_that_there_is_is_taken() {
        let best = |wished: &[&str]| {
            best_language(wished.iter().map(|tag| (*tag).to_owned()), &["de", "en"])
        };
        assert_eq!(best(&["fr-FR", "de-AT", "en"]), "de-AT");
        assert_eq!(best(&["../x", "de/../../x", "fr"]), "en");
        assert_eq!(best(&[]), "en");
    }
}
