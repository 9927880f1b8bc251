//! Something that happened in a call besides speech: a tool as a card, an interruption as a line.

use calls::Fact;
use calls::insight::{Happening, HappeningKind, When};
use leptos::prelude::*;

use crate::components::fact_list::FactList;
use crate::components::turn_time::TurnTime;
use crate::locale::{Locale, use_locale};
use crate::ui::icon::{Icon, Symbol};

/// Text that is longer than this is folded away, in bytes.
const LONG: usize = 240;

/// The card, for a list.
#[component]
pub fn HappeningCard(
    /// What happened.
    happening: Happening,
    /// Plays from a position, milliseconds; without it times are text.
    #[prop(optional_no_strip)]
    on_play: Option<Callback<i64>>,
) -> impl IntoView {
    let locale = use_locale();
    let Happening { kind, name, when, took_ms, failed, asked, answered, facts } = happening;
    let words = locale.words;
    let at = match when {
        When::At(at_ms) => Some(view! { <TurnTime at_ms=at_ms on_play=on_play/> }),
        When::AfterTurns(_) | When::Unknown => None,
    };
    let answered_as =
        if failed == Some(true) { words.happening_error() } else { words.happening_answered() };
    view! {
        <li class="happening" data-kind=code(kind) data-failed=failed.map(|failed| failed.to_string())>
            <div class="happening__head">
                <Icon symbol=symbol(kind)/>
                <span class="happening__kind">{kind_text(kind, locale)}</span>
                {name.map(|name| view! { <span class="happening__name" dir="auto">{name}</span> })}
                {took_ms.map(|ms| view! { <span class="happening__took">{took_text(ms, locale)}</span> })}
                {(failed == Some(true)).then(|| view! { <span class="happening__failed">{words.happening_failed()}</span> })}
                {at}
            </div>
            {asked.map(|text| view! { <Passage name=words.happening_asked() text=text/> })}
            {answered.map(|text| view! { <Passage name=answered_as text=text/> })}
            <Rest facts=facts/>
        </li>
    }
}

/// A text under its name; JSON gets its line breaks, and what is long is folded away.
#[component]
fn Passage(name: String, text: String) -> impl IntoView {
    let text = readable(&text);
    if text.len() > LONG {
        return view! {
            <details class="happening__passage">
                <summary class="happening__label">{name}</summary>
                <pre class="happening__data" dir="auto">{text}</pre>
            </details>
        }
        .into_any();
    }
    view! {
        <div class="happening__passage">
            <span class="happening__label">{name}</span>
            <pre class="happening__data" dir="auto">{text}</pre>
        </div>
    }
    .into_any()
}

/// What is left of it, under the provider's names.
#[component]
fn Rest(facts: Vec<Fact>) -> impl IntoView {
    (!facts.is_empty()).then(|| view! { <FactList facts=facts/> })
}

/// JSON with line breaks; a small object of plain values as `name: value`; any other text as it is.
fn readable(text: &str) -> String {
    if !text.starts_with(['{', '[']) {
        return text.to_owned();
    }
    let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
    if let Some(serde_json::Value::Object(fields)) = &value
        && fields.values().all(|value| !value.is_object() && !value.is_array())
    {
        let plain = |value: &serde_json::Value| match value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let lines = fields.iter().map(|(name, value)| format!("{name}: {}", plain(value)));
        return lines.collect::<Vec<_>>().join("\n");
    }
    let pretty = value.and_then(|value| serde_json::to_string_pretty(&value).ok());
    pretty.unwrap_or_else(|| text.to_owned())
}

/// How long something took, in the unit that is read most easily.
#[must_use]
pub fn took_text(ms: i64, locale: Locale) -> String {
    if ms < 1_000 {
        return locale.words.took_ms(locale.count(ms));
    }
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let secs = ms as f64 / 1_000.0;
    locale.words.took_secs(locale.formats.decimal(secs, 2))
}

/// The name of a kind.
#[must_use]
pub fn kind_text(kind: HappeningKind, locale: Locale) -> String {
    let words = locale.words;
    match kind {
        HappeningKind::Tool => words.happening_tool(),
        HappeningKind::Action => words.happening_action(),
        HappeningKind::Interruption => words.happening_interruption(),
        HappeningKind::Event => words.happening_event(),
    }
}

fn code(kind: HappeningKind) -> &'static str {
    match kind {
        HappeningKind::Tool => "tool",
        HappeningKind::Action => "action",
        HappeningKind::Interruption => "interruption",
        HappeningKind::Event => "event",
    }
}

fn symbol(kind: HappeningKind) -> Symbol {
    match kind {
        HappeningKind::Tool => Symbol::Tool,
        HappeningKind::Action => Symbol::Action,
        HappeningKind::Interruption => Symbol::Interruption,
        HappeningKind::Event => Symbol::Event,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_object_is_read_as_lines_and_a_text_stays_as_it_is() {
        assert_eq!(readable(r#"{"id":7,"name":"Meier"}"#), "id: 7\nname: Meier");
        assert_eq!(readable("{a"), "{a");
        assert_eq!(readable("done"), "done");
        assert!(readable(r#"{"a":{"b":1}}"#).contains('\n'));
    }

    #[test]
    fn a_short_time_is_in_milliseconds_and_a_long_one_in_seconds() {
        let locale = Locale::english();
        assert_eq!(took_text(812, locale), "812 ms");
        assert_eq!(took_text(2_400, locale), "2.4 s");
    }
}
