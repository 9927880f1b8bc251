//! A text with the words marked that were searched for, and the line that a hit is shown as.

use std::ops::Range;

use leptos::prelude::*;
use search::snippet::pieces;
use search::{Side, Snippet};

use crate::locale::{Locale, use_locale};

/// A text with marks. Each piece is a text node of its own.
#[component]
pub fn MarkedText(
    /// The text.
    text: String,
    /// What is marked in it: in order, none touching another.
    marks: Vec<Range<usize>>,
    /// Which mark is looked at, from 0.
    #[prop(optional, into)]
    current: Signal<Option<usize>>,
) -> impl IntoView {
    let mut nth = 0;
    let piece = |(text, marked): (&str, bool)| {
        if !marked {
            return text.to_owned().into_any();
        }
        let place = nth;
        nth += 1;
        let is_current = move || (current.get() == Some(place)).then_some("true");
        view! { <mark class="hit__mark" data-current=is_current>{text.to_owned()}</mark> }
            .into_any()
    };
    pieces(&text, &marks).map(piece).collect_view()
}

/// What was found in a transcript: who said it, and the words around it.
#[component]
pub fn Hit(
    /// What was found.
    snippet: Snippet,
) -> impl IntoView {
    let side = side_text(snippet.side, use_locale());
    view! {
        <span class="hit" dir="auto">
            <span class="hit__side">{side}</span>
            " "
            <MarkedText text=snippet.text marks=snippet.marks/>
        </span>
    }
}

/// The name of a side.
#[must_use]
pub fn side_text(side: Side, locale: Locale) -> String {
    match side {
        Side::Agent => locale.words.speaker_agent(),
        Side::Customer => locale.words.speaker_customer(),
        Side::Other => locale.words.hit_in_transcript(),
    }
}
