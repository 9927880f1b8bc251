//! The one door to the time of day, and the forms in which the providers write it.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SecondsFormat, Utc};

pub(crate) const SECOND: i64 = 1000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// The real clock in UTC milliseconds.
pub(crate) fn real_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn moment(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::UNIX_EPOCH)
}

/// `2026-03-19T10:30:00Z`, as TalkPilot writes times.
pub(crate) fn seconds(ms: i64) -> String {
    moment(ms).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// `2024-01-15T10:30:00.000Z`, as AgentVoice and Atoms write times.
pub(crate) fn millis(ms: i64) -> String {
    moment(ms).to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// `2024-01-15T10:30:00.000000Z`, as Truedy writes some times.
pub(crate) fn micros(ms: i64) -> String {
    moment(ms).to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Reads an ISO 8601 time with zone, without zone (then UTC), or a bare date.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let zoned = DateTime::parse_from_rfc3339(text).ok().map(|time| time.timestamp_millis());
    let local =
        || text.parse::<chrono::NaiveDateTime>().ok().map(|time| time.and_utc().timestamp_millis());
    let date = || {
        let day = text.parse::<chrono::NaiveDate>().ok()?;
        Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
    };
    zoned.or_else(local).or_else(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_zone_without_zone_and_as_a_date() {
        let noon = parse("2026-03-19T12:00:00Z");
        assert_eq!(noon, parse("2026-03-19T14:00:00+02:00"));
        assert_eq!(noon, parse("2026-03-19T12:00:00"));
        assert_eq!(parse("2026-03-19").map(|ms| ms + 12 * HOUR), noon);
        assert_eq!(parse("yesterday"), None);
        assert_eq!(noon.map(millis).as_deref(), Some("2026-03-19T12:00:00.000Z"));
    }
}
