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
        self.words.calls_count(self.formats.plural(count), self.formats.number(count))
    }

    /// A count with its separators.
    #[must_use]
    pub fn count(&self, count: usize) -> String {
        self.formats.number(i64::try_from(count).unwrap_or(i64::MAX))
    }
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
