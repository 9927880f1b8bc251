//! A value that a provider told, as people read it: with its unit, and a moment as one in their zone.

use calls::Zone;
use leptos::prelude::*;

use crate::components::call_text::when_text;
use crate::components::fact_tree::value_text;
use crate::locale::{Locale, use_locale};
use crate::selection::use_selection;

/// How values are written for whoever reads them now.
pub fn use_told_value() -> impl Fn(&str, &str) -> String + Copy {
    let locale = use_locale();
    let zone = StoredValue::new(use_selection().zone_untracked());
    move |name, value| zone.with_value(|zone| told_value(name, value, zone, locale))
}

/// A value under its name.
#[must_use]
pub fn told_value(name: &str, value: &str, zone: &Zone, locale: Locale) -> String {
    match instant_ms(value) {
        Some(at_ms) => when_text(at_ms, zone, locale),
        None => value_text(name, value),
    }
}

/// A moment that is written with its day, time and zone. A number may be one, and may not.
fn instant_ms(value: &str) -> Option<i64> {
    let (day, time) = value.split_at_checked(10)?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let is_time = time.len() >= 9 && time.starts_with(['T', ' ']);
    let has_zone = time.ends_with('Z') || time.get(6..)?.contains(['+', '-']);
    providers::fields::time_ms(value).filter(|_| is_day && is_time && has_zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_the_readers_zone_and_what_only_looks_like_one_as_it_came() {
        let said = |value| told_value("created_at", value, &Zone::utc(), Locale::english());
        for moment in
            ["2026-11-19T11:57:47.801Z", "2026-11-19T12:57:47+01:00", "2026-11-19 11:57:47+00"]
        {
            assert!(
                said(moment).contains("11:57") && said(moment).contains("UTC"),
                "{}",
                said(moment)
            );
        }
        for text in [
            "2026-11-19",
            "2026-11-19T11:57:47",
            "1763553467000",
            "2026-11-19 is too late",
            "+1415",
        ] {
            assert_eq!(said(text), text);
        }
        assert_eq!(told_value("overlap_ms", "570", &Zone::utc(), Locale::english()), "570 ms");
    }
}
