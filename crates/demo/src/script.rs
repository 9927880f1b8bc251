//! What can be said: phrases and plots, read from `phrases/<language>.txt`.
//!
//! The format. `[A name]` or `[C name]` opens a group of phrases of the agent or the
//! customer; each following line is one phrase. `{name in|out yes|no}` opens a plot for
//! inbound or outbound calls and says whether it succeeds. Its `request:` and `summary:`
//! lines are alternatives; `open:`, `body:` and `close:` list groups. `group=` takes the
//! alternative that goes with the call's request, `group` any, `group?` is sometimes left out.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    German,
    English,
    Arabic,
}

impl Language {
    pub(crate) const ALL: [Self; 3] = [Self::German, Self::English, Self::Arabic];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::German => include_str!("../phrases/de.txt"),
            Self::English => include_str!("../phrases/en.txt"),
            Self::Arabic => include_str!("../phrases/ar.txt"),
        }
    }

    pub(crate) fn book(self) -> &'static Book {
        static BOOKS: LazyLock<[Book; 3]> =
            LazyLock::new(|| Language::ALL.map(|language| Book::read(language.source())));
        let [german, english, arabic] = &*BOOKS;
        match self {
            Self::German => german,
            Self::English => english,
            Self::Arabic => arabic,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaker {
    Agent,
    Customer,
}

pub(crate) struct Phrase {
    pub(crate) speaker: Speaker,
    pub(crate) text: &'static str,
}

/// One place in a plot that is filled with a phrase of a group.
pub(crate) struct Slot {
    pub(crate) group: &'static str,
    /// The alternative follows the call's request.
    pub(crate) same: bool,
    pub(crate) optional: bool,
}

#[derive(Default)]
pub(crate) struct Plot {
    pub(crate) name: &'static str,
    pub(crate) inbound: bool,
    pub(crate) success: bool,
    pub(crate) requests: Vec<&'static str>,
    pub(crate) summaries: Vec<&'static str>,
    pub(crate) open: Vec<Slot>,
    pub(crate) body: Vec<Slot>,
    pub(crate) close: Vec<Slot>,
}

/// Everything that can be said in one language.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) plots: Vec<Plot>,
    groups: HashMap<&'static str, Range<usize>>,
}

impl Book {
    fn read(source: &'static str) -> Self {
        let mut book = Self::default();
        let mut group = ("", Speaker::Agent);
        for line in source.lines().map(str::trim) {
            if let Some(head) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                group = group_head(head);
            } else if let Some(head) = line.strip_prefix('{') {
                book.plots.push(plot_head(head.trim_end_matches('}')));
            } else if !line.is_empty() && !line.starts_with('#') {
                match book.plots.last_mut() {
                    Some(plot) => plot.line(line),
                    None => book.phrase(group, line),
                }
            }
        }
        book
    }

    fn phrase(&mut self, (group, speaker): (&'static str, Speaker), text: &'static str) {
        let at = self.phrases.len();
        self.phrases.push(Phrase { speaker, text });
        self.groups.entry(group).or_insert(at..at).end = at + 1;
    }

    /// The indices of a group's phrases; empty for a name that nothing has.
    pub(crate) fn group(&self, name: &str) -> Range<usize> {
        self.groups.get(name).cloned().unwrap_or(0..0)
    }

    pub(crate) fn plot(&self, name: &str) -> Option<&Plot> {
        self.plots.iter().find(|plot| plot.name == name)
    }
}

fn group_head(head: &'static str) -> (&'static str, Speaker) {
    match head.split_once(' ') {
        Some(("C", name)) => (name, Speaker::Customer),
        Some((_, name)) => (name, Speaker::Agent),
        None => (head, Speaker::Agent),
    }
}

fn plot_head(head: &'static str) -> Plot {
    let mut words = head.split(' ');
    let name = words.next().unwrap_or_default();
    let inbound = words.next() == Some("in");
    Plot { name, inbound, success: words.next() == Some("yes"), ..Plot::default() }
}

impl Plot {
    fn line(&mut self, line: &'static str) {
        let Some((key, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match key {
            "request" => self.requests.push(value),
            "summary" => self.summaries.push(value),
            "open" => self.open = slots(value),
            "body" => self.body = slots(value),
            "close" => self.close = slots(value),
            _ => {}
        }
    }
}

fn slots(line: &'static str) -> Vec<Slot> {
    let slot = |word: &'static str| Slot {
        group: word.trim_end_matches(['=', '?']),
        same: word.ends_with('='),
        optional: word.ends_with('?'),
    };
    line.split_whitespace().map(slot).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn slots_of(plot: &Plot) -> impl Iterator<Item = &Slot> {
        plot.open.iter().chain(&plot.body).chain(&plot.close)
    }

    #[test]
    fn every_group_that_a_plot_names_exists_in_every_language() {
        for language in Language::ALL {
            let book = language.book();
            for plot in &book.plots {
                for slot in slots_of(plot) {
                    let name = slot.group;
                    assert!(!book.group(name).is_empty(), "{language:?} {}: {name}", plot.name);
                }
            }
        }
    }

    #[test]
    fn every_phrase_can_be_said_in_some_call() {
        let chained = ["more", "more.yes"];
        for language in Language::ALL {
            let book = language.book();
            let mut used: Vec<&str> =
                book.plots.iter().flat_map(slots_of).map(|s| s.group).collect();
            used.extend(chained);
            for name in book.groups.keys() {
                assert!(used.contains(name), "{language:?}: nobody says {name}");
            }
        }
    }

    #[test]
    fn each_language_has_enough_to_say_and_the_same_plots() {
        let names = |language: Language| -> Vec<_> {
            language
                .book()
                .plots
                .iter()
                .map(|plot| (plot.name, plot.inbound, plot.success))
                .collect()
        };
        for language in Language::ALL {
            let phrases = language.book().phrases.len();
            assert!((90..=300).contains(&phrases), "{language:?} has {phrases} phrases");
            assert_eq!(names(language), names(Language::English));
        }
    }

    #[test]
    fn an_alternative_never_outnumbers_what_goes_with_it() {
        for language in Language::ALL {
            let book = language.book();
            for plot in &book.plots {
                for slot in slots_of(plot).filter(|slot| slot.same) {
                    let phrases = book.group(slot.group).len();
                    assert!(
                        phrases % plot.requests.len() == 0 || plot.name == "callback",
                        "{language:?} {}: {} has {phrases} phrases",
                        plot.name,
                        slot.group
                    );
                }
                assert_eq!(plot.requests.len(), plot.summaries.len(), "{}", plot.name);
            }
        }
    }

    #[test]
    fn a_plot_is_found_by_name() {
        assert!(Language::German.book().plot("voicemail").is_some());
        assert!(!Language::German.book().plot("voicemail").unwrap().inbound);
        assert!(Language::German.book().plot("nothing").is_none());
    }
}
