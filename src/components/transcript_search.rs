//! The switch by which transcripts are searched as well, and how much of them there is to search in.

use std::collections::HashSet;

use calls::book::Row;
use leptos::prelude::*;
use load::Coverage;

use crate::components::call_text::left_text;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::parts;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::transcripts::{Standing, use_transcripts};
use crate::ui::icon::{Icon, Symbol};
use crate::ui::lazy::Lazy;
use crate::ui::message::{Message, Tone};

/// The switch beside the search field.
#[component]
pub fn TranscriptSwitch() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let on = nav.part(|place| place.in_transcripts);
    view! {
        <button
            type="button"
            class="search__in"
            aria-label=words.transcripts_switch()
            aria-pressed=move || on.get().to_string()
            title=words.transcripts_switch_hint()
            on:click=move |_| nav.go(|place| place.in_transcripts = !place.in_transcripts)
        >
            <Icon symbol=Symbol::Chat/>
            <span class="search__in-text">{words.transcripts_switch()}</span>
        </button>
    }
}

/// What is to be said of the search in transcripts, as long as it is switched on.
#[component]
pub fn TranscriptSearch() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let transcripts = use_transcripts();
    let on = nav.part(|place| place.in_transcripts);
    let standing = move || on.get().then(|| transcripts.standing());
    let standing = Memo::new(move |_| standing());
    let off = move |happened: String| {
        view! { <Message tone=Tone::Warning happened=happened advice=words.transcripts_advice()/> }
            .into_any()
    };
    move || match standing.get() {
        None => ().into_any(),
        Some(Standing::Failed) => off(words.transcripts_off()),
        Some(Standing::Stale) => off(words.transcripts_stale()),
        Some(Standing::Idle | Standing::Starting) => {
            view! { <p class="said-search">{words.transcripts_starting()}</p> }.into_any()
        }
        Some(Standing::Ready) => view! { <Lazy part=parts::said::part()/> }.into_any(),
    }
}

/// How many calls were found, how much there was to search in, and the button that stops it.
#[component]
pub fn Said() -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let (transcripts, words) = (use_transcripts(), locale.words);
    let found = Memo::new(move |_| {
        let hits = store.hits().get()?;
        let hits: HashSet<Row> =
            store.look(|book| hits.iter().filter_map(|key| book.row_of(key)).collect());
        Some(selection.rows.with(|rows| rows.iter().filter(|row| hits.contains(row)).count()))
    });
    let found = move || match found.get() {
        Some(count) => {
            let plural = locale.formats.plural(i64::try_from(count).unwrap_or(i64::MAX));
            words.transcripts_found(plural, locale.count(count))
        }
        None => words.transcripts_hint(),
    };
    let refused = move || {
        let names: Vec<String> =
            transcripts.given_up().iter().map(|id| store.connection_name(id)).collect();
        (!names.is_empty()).then(|| words.transcripts_given_up(names.join(", ")))
    };
    let stopped = move || transcripts.is_stopped();
    let label = move || {
        if stopped() { words.transcripts_go_on() } else { words.transcripts_stop() }
    };
    view! {
        <div class="said-search">
            <p class="said-search__found" role="status">{found}</p>
            <p class="said-search__coverage">
                {move || coverage_text(&transcripts.coverage(), stopped(), locale)}
                {refused}
            </p>
            <Show when=move || !transcripts.coverage().is_complete()>
                <button type="button" class="button button--quiet" on:click=move |_| {
                    transcripts.stop(!transcripts.is_stopped());
                }>
                    {label}
                </button>
            </Show>
        </div>
    }
}

/// How much of the transcripts is there, what could not be read, and how long the rest will take.
#[must_use]
pub fn coverage_text(coverage: &Coverage, stopped: bool, locale: Locale) -> String {
    let words = locale.words;
    let Coverage { loaded, total, refused, left_ms } = *coverage;
    let mut text = words.transcripts_coverage(locale.count(loaded), locale.count(total));
    if refused > 0 {
        let plural = locale.formats.plural(i64::try_from(refused).unwrap_or(i64::MAX));
        text =
            words.transcripts_and(text, words.transcripts_refused(plural, locale.count(refused)));
    }
    match left_ms {
        Some(left_ms) if !stopped => words.transcripts_and(text, left_text(left_ms, locale)),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coverage_says_what_is_missing_and_how_long_it_will_take_unless_it_is_stopped() {
        let coverage = Coverage { loaded: 312, total: 1_340, refused: 2, left_ms: Some(130_000) };
        let said = |stopped| coverage_text(&coverage, stopped, Locale::english());
        let still = "312 of 1,340 transcripts loaded, 2 could not be read";
        assert_eq!(said(true), still);
        assert_eq!(said(false), format!("{still}, about 2 minutes left"));
        let all = Coverage { loaded: 7, total: 7, refused: 0, left_ms: None };
        assert_eq!(coverage_text(&all, false, Locale::english()), "7 of 7 transcripts loaded");
    }
}
