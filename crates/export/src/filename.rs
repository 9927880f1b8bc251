//! Names of files: what is in them, of which days, and whether something is missing.

use calls::filter::Group;
use calls::{CallKey, Day};

/// Longest part of a name that comes from a provider.
const LONGEST_ID: usize = 48;

/// What a name says about what is in a file of calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Calls<'a> {
    /// First and last day, both included.
    pub days: (Day, Day),
    /// Something is missing.
    pub partial: bool,
    /// Numbers and addresses have been masked.
    pub masked: bool,
    /// Groups of calls that are left out.
    pub left_out: &'a [Group],
    /// What is after the dot.
    pub extension: &'static str,
}

/// `calldeck-calls-2026-11-15..2026-11-21-partial.csv`.
#[must_use]
pub fn of_calls(calls: Calls<'_>) -> String {
    let (first, last) = calls.days;
    let masked = if calls.masked { "-masked" } else { "" };
    let partial = if calls.partial { "-partial" } else { "" };
    let without: String = calls.left_out.iter().map(|group| format!("-{}", group.code())).collect();
    let without = if without.is_empty() { without } else { format!("-without{without}") };
    let (first, last) = (first.iso(), last.iso());
    format!("calldeck-calls-{first}..{last}{without}{masked}{partial}.{}", calls.extension)
}

/// `calldeck-durations-2026-11-15..2026-11-21-partial.svg`: a picture, by a plain word for it.
#[must_use]
pub fn of_picture(name: &str, days: (Day, Day), partial: bool, extension: &str) -> String {
    let partial = if partial { "-partial" } else { "" };
    format!("calldeck-{name}-{}..{}{partial}.{extension}", days.0.iso(), days.1.iso())
}

/// `calldeck-call-call_01hx.vtt`. An id is plain letters, digits, `_`, `.` and `-`, so that no
/// name of a file can lead anywhere.
#[must_use]
pub fn of_call(key: &CallKey, extension: &str) -> String {
    let id: String = key.reference.call_id().chars().take(LONGEST_ID).collect();
    format!("calldeck-call-{id}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_its_days_and_that_something_is_missing() {
        let days = (Day::parse("2026-11-15").unwrap(), Day::parse("2026-11-21").unwrap());
        let whole = Calls { days, partial: false, masked: false, left_out: &[], extension: "csv" };
        assert_eq!(of_calls(whole), "calldeck-calls-2026-11-15..2026-11-21.csv");
        let partial = Calls { partial: true, masked: true, ..whole };
        assert_eq!(of_calls(partial), "calldeck-calls-2026-11-15..2026-11-21-masked-partial.csv");
        let without = Calls { left_out: &[Group::Voicemail, Group::Test], ..whole };
        assert_eq!(
            of_calls(without),
            "calldeck-calls-2026-11-15..2026-11-21-without-voicemail-test.csv"
        );
    }

    #[test]
    fn a_picture_is_called_after_what_it_shows() {
        let days = (Day::parse("2026-11-15").unwrap(), Day::parse("2026-11-21").unwrap());
        let name = of_picture("durations", days, true, "svg");
        assert_eq!(name, "calldeck-durations-2026-11-15..2026-11-21-partial.svg");
    }

    #[test]
    fn the_longest_id_makes_a_short_plain_name() {
        let key = CallKey::parse(&format!("sales/{}", "x".repeat(128))).unwrap();
        let name = of_call(&key, "vtt");
        assert!(name.len() <= 80 && name.ends_with(".vtt"), "{name}");
    }
}
