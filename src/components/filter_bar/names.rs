//! How filters and their values read on screen.

use calls::filter::{Mark, Told, Wanted};
use calls::{Channel, CostUnit, Direction, Status, Success};

use super::dimension::Dimension;
use super::range::Range;
use crate::components::call_text::{direction_text, status_text, success_text};
use crate::locale::{Locale, use_locale};
use crate::store::use_store;

/// A dimension in words.
pub(super) fn kind_name(dimension: Dimension, locale: Locale) -> String {
    let words = locale.words;
    match dimension {
        Dimension::Connection => words.filter_connection(),
        Dimension::Agent => words.filter_agent(),
        Dimension::Status => words.filter_status(),
        Dimension::Direction => words.filter_direction(),
        Dimension::Success => words.filter_success(),
        Dimension::Outcome => words.filter_outcome(),
        Dimension::EndReason => words.filter_end_reason(),
        Dimension::Campaign => words.filter_campaign(),
        Dimension::Version => words.filter_version(),
        Dimension::Employee => words.filter_employee(),
        Dimension::Channel => words.filter_channel(),
        Dimension::Recording => words.filter_recording(),
        Dimension::Transcript => words.filter_transcript(),
        Dimension::Voicemail => words.filter_voicemail(),
        Dimension::ToolError => words.filter_tool_error(),
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
pub(super) fn use_value_names(
    dimension: Dimension,
) -> impl Fn(&str) -> String + Copy + Send + Sync + 'static {
    let (store, locale) = (use_store(), use_locale());
    move |value: &str| match dimension {
        Dimension::Connection => store.connection_name(value),
        Dimension::Agent => store.agent_name(value),
        Dimension::Status => {
            status_text(&Status::of(value.strip_prefix("none").unwrap_or(value)), locale)
        }
        Dimension::Direction => {
            let direction = Direction::parse(value).unwrap_or(Direction::Unknown);
            direction_text(direction, Channel::Phone, locale).0
        }
        Dimension::Success => {
            success_text(Success::parse(value).unwrap_or(Success::NotStated), locale).0
        }
        Dimension::Channel => channel_name(Channel::parse(value), locale),
        Dimension::Recording
        | Dimension::Transcript
        | Dimension::Voicemail
        | Dimension::ToolError => told_name(Told::parse(value), locale),
        _ if value.is_empty() => locale.words.filter_none(),
        _ => value.to_owned(),
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
