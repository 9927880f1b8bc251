//! How filters and their values read on screen.

use calls::filter::{Bounds, Facet, Filter, Mark, Told, Wanted};
use calls::{Channel, CostUnit, Direction, Status, Success};

use super::hours::hours_text;
use super::range::Range;
use crate::components::call_text::{direction_text, status_text, success_text};
use crate::components::end_reason::end_reason_with_word;
use crate::locale::{Locale, use_locale};
use crate::store::{Store, use_store};

/// A dimension in words.
#[must_use]
pub fn facet_name(facet: Facet, locale: Locale) -> String {
    let words = locale.words;
    match facet {
        Facet::Connection => words.filter_connection(),
        Facet::Agent => words.filter_agent(),
        Facet::Status => words.filter_status(),
        Facet::Direction => words.filter_direction(),
        Facet::Success => words.filter_success(),
        Facet::Outcome => words.filter_outcome(),
        Facet::EndReason => words.filter_end_reason(),
        Facet::Campaign => words.filter_campaign(),
        Facet::Version => words.filter_version(),
        Facet::Employee => words.filter_employee(),
        Facet::Channel => words.filter_channel(),
        Facet::Recording => words.filter_recording(),
        Facet::Transcript => words.filter_transcript(),
        Facet::Voicemail => words.filter_voicemail(),
        Facet::Transfer => words.filter_transfer(),
        Facet::ToolErrors => words.filter_tool_error(),
        Facet::Mark(mark) => mark_name(mark, locale),
    }
}

/// An amount in words, with its unit.
pub(super) fn range_name(range: Range, locale: Locale) -> String {
    let words = locale.words;
    match range {
        Range::Duration => words.filter_duration(),
        Range::Cost(CostUnit::UsCents) => words.filter_cost_cents(),
        Range::Cost(CostUnit::Credits) => words.filter_cost_credits(),
        Range::Score => words.filter_score(),
        Range::Latency => words.filter_latency(),
        Range::Interruptions => words.filter_interruptions(),
    }
}

/// A group of calls in words.
pub(super) fn mark_name(mark: Mark, locale: Locale) -> String {
    let words = locale.words;
    match mark {
        Mark::Test => words.group_test(),
        Mark::Retry => words.group_retry(),
        Mark::Chat => words.group_chat(),
        Mark::Todo => words.group_todo(),
        Mark::Deleted => words.group_deleted(),
        Mark::Purged => words.group_purged(),
    }
}

/// What is wanted of a group, in words.
pub(super) fn wanted_name(wanted: Wanted, locale: Locale) -> String {
    let words = locale.words;
    match wanted {
        Wanted::Any => words.group_any(),
        Wanted::Only => words.group_only(),
        Wanted::Without => words.group_without(),
    }
}

/// How a dimension's values read on screen.
pub fn use_value_names(facet: Facet) -> impl Fn(&str) -> String + Copy + Send + Sync + 'static {
    let (store, locale) = (use_store(), use_locale());
    move |value: &str| value_name(facet, value, store, locale)
}

/// A value of a dimension in words.
fn value_name(facet: Facet, value: &str, store: Store, locale: Locale) -> String {
    match facet {
        Facet::Connection => store.connection_name(value),
        Facet::Agent if value.is_empty() => locale.words.filter_none(),
        Facet::Agent => store.agent_name(value),
        Facet::Status => {
            status_text(&Status::of(value.strip_prefix("none").unwrap_or(value)), locale)
        }
        Facet::Direction => {
            let direction = Direction::parse(value).unwrap_or(Direction::Unknown);
            direction_text(direction, Channel::Phone, locale).0
        }
        Facet::Success => {
            success_text(Success::parse(value).unwrap_or(Success::NotStated), locale).0
        }
        Facet::Channel => channel_name(Channel::parse(value), locale),
        Facet::Recording
        | Facet::Transcript
        | Facet::Voicemail
        | Facet::Transfer
        | Facet::ToolErrors => told_name(Told::parse(value), locale),
        Facet::Mark(_) => wanted_name(Wanted::parse(value).unwrap_or(Wanted::Any), locale),
        _ if value.is_empty() => locale.words.filter_none(),
        Facet::EndReason => end_reason_with_word(value, locale),
        _ => value.to_owned(),
    }
}

/// More values of one filter than this are counted and not named.
const NAMED: usize = 4;

/// Everything that a filter asks for, in words: "Direction: Inbound". Of a person it is only said
/// that one is looked for: a picture of figures is shown to many.
#[must_use]
pub fn filter_words(filter: &Filter, store: Store, locale: Locale) -> Vec<String> {
    words_of(filter, |_| "…", store, locale)
}

/// The same with what was typed, for whoever has those calls before them anyway.
#[must_use]
pub fn filter_words_in_full(filter: &Filter, store: Store, locale: Locale) -> Vec<String> {
    words_of(filter, |typed| typed, store, locale)
}

fn words_of(filter: &Filter, typed: fn(&str) -> &str, store: Store, locale: Locale) -> Vec<String> {
    let words = locale.words;
    let usual = Filter::default();
    let facets =
        Facet::ALL.into_iter().filter(|facet| facet.chosen(filter) != facet.chosen(&usual));
    let facets = facets.map(|facet| {
        let (name, chosen) = (facet_name(facet, locale), facet.chosen(filter));
        if chosen.len() > NAMED {
            return words.filter_many(name, locale.count(chosen.len()));
        }
        if chosen.is_empty() {
            return words.filter_one(name, wanted_name(Wanted::Any, locale));
        }
        let values: Vec<String> =
            chosen.iter().map(|value| value_name(facet, value, store, locale)).collect();
        words.filter_one(name, values.join(", "))
    });
    let amounts = Range::ALL.into_iter().filter(|range| !range.bounds(filter).is_open());
    let amounts = amounts.map(|range| bounds_text(range, range.bounds(filter), locale));
    let person = [
        (&filter.phone, words.filter_phone()),
        (&filter.contact, words.filter_contact()),
        (&filter.text, words.filter_text()),
    ];
    let person = person.into_iter().filter(|(text, _)| !text.trim().is_empty());
    let person = person.map(|(text, name)| words.filter_one(name, typed(text.trim())));
    let hours = (!filter.hours.is_open())
        .then(|| words.filter_one(words.filter_hours(), hours_text(filter.hours, locale)));
    facets.chain(hours).chain(amounts).chain(person).collect()
}

/// An amount with its bounds in words.
pub(super) fn bounds_text(range: Range, bounds: Bounds, locale: Locale) -> String {
    let (words, name) = (locale.words, range_name(range, locale));
    let shown = |amount| range.write(amount);
    match (bounds.least.map(shown), bounds.most.map(shown)) {
        (None, None) if bounds.known => words.filter_one(name, words.filter_known()),
        (None, None) => name,
        (Some(least), None) => words.filter_one(name, words.filter_from(least)),
        (None, Some(most)) => words.filter_one(name, words.filter_up_to(most)),
        (Some(least), Some(most)) => words.filter_one(name, words.days_from_to(least, most)),
    }
}

fn channel_name(channel: Option<Channel>, locale: Locale) -> String {
    match channel {
        Some(Channel::Web) => locale.words.channel_web(),
        Some(Channel::Chat) => locale.words.channel_chat(),
        _ => locale.words.channel_phone(),
    }
}

fn told_name(told: Option<Told>, locale: Locale) -> String {
    let success = match told {
        Some(Told::Yes) => Success::Yes,
        Some(Told::No) => Success::No,
        _ => Success::NotStated,
    };
    success_text(success, locale).0
}
