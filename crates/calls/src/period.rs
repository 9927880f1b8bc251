//! Which time is looked at: named periods and typed days, always whole local days, and exact spans
//! such as an hour that somebody picked in a picture. All of them are half-open.

use chrono::{DateTime, Datelike, SecondsFormat};

use crate::calendar::{first_of_month, last_of_month};
use crate::zone::{Day, Zone};

const MINUTE_MS: i64 = 60_000;
const WEEK_MS: i64 = 7 * 86_400_000;

/// A period as a person chooses it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Period {
    /// A named period, which moves with today.
    Preset(Preset),
    /// From one day to another, both included. `first` is never after `last`.
    Days {
        /// First day.
        first: Day,
        /// Last day.
        last: Day,
    },
    /// From one instant to another, whatever the zone. It never ends before it begins.
    Exact(Span),
}

impl Default for Period {
    fn default() -> Self {
        Self::Preset(Preset::Last7)
    }
}

/// The named periods, in the order they are offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Preset {
    /// Today.
    Today,
    /// Yesterday.
    Yesterday,
    /// Monday to Sunday, the running one.
    ThisWeek,
    /// Monday to Sunday, the one before.
    LastWeek,
    /// Today and the six days before.
    Last7,
    /// Today and the 13 days before.
    Last14,
    /// Today and the 29 days before.
    Last30,
    /// Today and the 89 days before.
    Last90,
    /// The running month.
    ThisMonth,
    /// The month before.
    LastMonth,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Today,
        Self::Yesterday,
        Self::ThisWeek,
        Self::LastWeek,
        Self::Last7,
        Self::Last14,
        Self::Last30,
        Self::Last90,
        Self::ThisMonth,
        Self::LastMonth,
    ];

    /// The word for URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::ThisWeek => "this-week",
            Self::LastWeek => "last-week",
            Self::Last7 => "7d",
            Self::Last14 => "14d",
            Self::Last30 => "30d",
            Self::Last90 => "90d",
            Self::ThisMonth => "this-month",
            Self::LastMonth => "last-month",
        }
    }

    /// Reads [`Preset::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.code() == code)
    }

    /// First and last day, both included.
    #[must_use]
    pub fn days(self, today: Day) -> (Day, Day) {
        let monday = today.plus(-i32::try_from(today.weekday()).unwrap_or_default());
        match self {
            Self::Today => (today, today),
            Self::Yesterday => (today.plus(-1), today.plus(-1)),
            Self::ThisWeek => (monday, monday.plus(6)),
            Self::LastWeek => (monday.plus(-7), monday.plus(-1)),
            Self::Last7 => (today.plus(-6), today),
            Self::Last14 => (today.plus(-13), today),
            Self::Last30 => (today.plus(-29), today),
            Self::Last90 => (today.plus(-89), today),
            Self::ThisMonth => month_of(today),
            Self::LastMonth => month_of(month_of(today).0.plus(-1)),
        }
    }
}

/// First and last day of the month a day is in.
fn month_of(day: Day) -> (Day, Day) {
    (first_of_month(day), last_of_month(day))
}

impl Period {
    /// From one typed day to another. Typed upside down they are swapped; the second value says
    /// whether they were, so that the screen can say so.
    #[must_use]
    pub fn between(a: Day, b: Day) -> (Self, bool) {
        let period = Self::Days { first: a.min(b), last: a.max(b) };
        (period, a > b)
    }

    /// From one instant to another, swapped where that is upside down; the second value says so.
    #[must_use]
    pub fn exactly(a_ms: i64, b_ms: i64) -> (Self, bool) {
        let span = Span { from_ms: a_ms.min(b_ms), to_ms: a_ms.max(b_ms) };
        (Self::Exact(span), a_ms > b_ms)
    }

    /// A span as a period: whole local days are days.
    #[must_use]
    pub fn of_span(span: Span, zone: &Zone) -> Self {
        let (first, after) = (zone.day_of(span.from_ms), zone.day_of(span.to_ms));
        let whole = zone.day_start_ms(first) == span.from_ms
            && zone.day_start_ms(after) == span.to_ms
            && first < after;
        if whole { Self::Days { first, last: after.plus(-1) } } else { Self::Exact(span) }
    }

    /// First and last day, both included.
    #[must_use]
    pub fn days(self, today: Day, zone: &Zone) -> (Day, Day) {
        match self {
            Self::Preset(preset) => preset.days(today),
            Self::Days { first, last } => (first, last),
            Self::Exact(span) => {
                (zone.day_of(span.from_ms), zone.day_of(span.from_ms.max(span.to_ms - 1)))
            }
        }
    }

    /// The time before this that it is compared with: as long, on the same days of the week and at
    /// the same time on the wall, whole weeks earlier, and nothing of it in common. Of a time that
    /// is not over it is the same part, to the full minute.
    #[must_use]
    pub fn before(self, now_ms: i64, zone: &Zone) -> Self {
        let today = zone.day_of(now_ms);
        let span = self.span(today, zone);
        let weeks = weeks_of(self, span, today, zone);
        if !self.is_under_way(now_ms, zone) {
            return match self {
                Self::Exact(_) => Self::Exact(weeks_before(span, weeks, zone)),
                _ => {
                    let (first, last) = self.days(today, zone);
                    let back = -7 * i32::try_from(weeks).unwrap_or_default();
                    Self::Days { first: first.plus(back), last: last.plus(back) }
                }
            };
        }
        let minute_ms = now_ms - now_ms.rem_euclid(MINUTE_MS);
        Self::Exact(weeks_before(Span { to_ms: minute_ms, ..span }, weeks, zone))
    }

    /// Whether it has begun, by a full minute at least, and is not over.
    #[must_use]
    pub fn is_under_way(self, now_ms: i64, zone: &Zone) -> bool {
        let span = self.span(zone.day_of(now_ms), zone);
        span.holds(now_ms) && span.from_ms < now_ms - now_ms.rem_euclid(MINUTE_MS)
    }

    /// The instants it spans in a zone.
    #[must_use]
    pub fn span(self, today: Day, zone: &Zone) -> Span {
        if let Self::Exact(span) = self {
            return span;
        }
        let (first, last) = self.days(today, zone);
        Span { from_ms: zone.day_start_ms(first), to_ms: zone.day_start_ms(last.plus(1)) }
    }
}

/// As few whole weeks as a period has to go back by to have nothing in common with itself.
fn weeks_of(period: Period, span: Span, today: Day, zone: &Zone) -> i64 {
    if let Period::Exact(_) = period {
        let long = span.to_ms.saturating_sub(span.from_ms);
        return (long.saturating_add(WEEK_MS - 1) / WEEK_MS).max(1);
    }
    let (first, last) = period.days(today, zone);
    i64::from(last.0 - first.0 + 7) / 7
}

/// The same times on the wall whole weeks earlier.
fn weeks_before(span: Span, weeks: i64, zone: &Zone) -> Span {
    let long = span.to_ms.saturating_sub(span.from_ms);
    let back = weeks.saturating_mul(WEEK_MS);
    let at = |at_ms: i64| zone.first_at_ms(zone.local_ms(at_ms).saturating_sub(back));
    let (from_ms, to_ms) = (at(span.from_ms), at(span.to_ms));
    // An hour that the wall shows twice begins and ends with the same time on it.
    Span { from_ms, to_ms: if to_ms > from_ms { to_ms } else { from_ms.saturating_add(long) } }
}

/// An instant as links have it, `2026-11-21T12:00:00Z`; nothing where no calendar reaches.
#[must_use]
pub fn instant_text(at_ms: i64) -> Option<String> {
    let at = DateTime::from_timestamp_millis(at_ms)?;
    Some(at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

/// Reads [`instant_text`], and any other instant of RFC 3339.
#[must_use]
pub fn parse_instant(text: &str) -> Option<i64> {
    let at = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
    // Years of more digits are written in a way that is not read.
    (0..=9_999).contains(&at.year()).then(|| at.timestamp_millis())
}

/// A half-open range of instants, UTC milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// First instant inside.
    pub from_ms: i64,
    /// First instant after.
    pub to_ms: i64,
}

impl Span {
    /// Whether an instant is inside.
    #[must_use]
    pub fn holds(self, at_ms: i64) -> bool {
        (self.from_ms..self.to_ms).contains(&at_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn presets_are_whole_days_counted_from_today() {
        let saturday = day("2026-11-21");
        let cases = [
            (Preset::Today, "2026-11-21", "2026-11-21"),
            (Preset::Yesterday, "2026-11-20", "2026-11-20"),
            (Preset::ThisWeek, "2026-11-16", "2026-11-22"),
            (Preset::LastWeek, "2026-11-09", "2026-11-15"),
            (Preset::Last7, "2026-11-15", "2026-11-21"),
            (Preset::ThisMonth, "2026-11-01", "2026-11-30"),
            (Preset::LastMonth, "2026-10-01", "2026-10-31"),
        ];
        for (preset, first, last) in cases {
            assert_eq!(preset.days(saturday), (day(first), day(last)), "{preset:?}");
            assert_eq!(Preset::parse(preset.code()), Some(preset));
        }
        assert_eq!(Preset::LastMonth.days(day("2026-01-15")).0, day("2025-12-01"));
    }

    #[test]
    fn a_range_typed_upside_down_is_turned_and_said() {
        let (period, turned) = Period::between(day("2026-11-21"), day("2026-11-01"));
        assert!(turned);
        assert_eq!(
            period.days(day("2026-11-21"), &Zone::utc()),
            (day("2026-11-01"), day("2026-11-21"))
        );
    }

    #[test]
    fn the_period_before_is_as_long_and_has_the_same_days_of_the_week() {
        let today = day("2026-11-21");
        // Seen from long after: a period that is over has no part that is still to come.
        let before = |preset: Preset| {
            let (first, last) = preset.days(today);
            Period::Days { first, last }.before(4_000_000_000_000, &Zone::utc())
        };
        for preset in Preset::ALL {
            let (first, last) = preset.days(today);
            let (first_before, last_before) = before(preset).days(today, &Zone::utc());
            assert_eq!(last_before.0 - first_before.0, last.0 - first.0, "{preset:?}");
            assert_eq!(first_before.weekday(), first.weekday(), "{preset:?}");
            assert!(last_before < first && first.0 - last_before.0 <= 7, "{preset:?}");
        }
    }

    #[test]
    fn the_end_of_a_span_is_outside_it() {
        let span = Period::Preset(Preset::Today).span(day("2026-11-21"), &Zone::utc());
        assert!(span.holds(span.from_ms) && !span.holds(span.to_ms));
        assert_eq!(span.to_ms - span.from_ms, 86_400_000);
    }

    fn berlin() -> Zone {
        // Summer time of 2026: from 29 March to 25 October, 1:00 UTC.
        let at = |text: &str| parse_instant(text).unwrap();
        let (spring, autumn) = (at("2026-03-29T01:00:00Z"), at("2026-10-25T01:00:00Z"));
        let steps = vec![(0, 3_600_000), (spring, 7_200_000), (autumn, 3_600_000)];
        Zone::of_steps("Europe/Berlin", steps)
    }

    fn span(from: &str, to: &str) -> Span {
        Span { from_ms: parse_instant(from).unwrap(), to_ms: parse_instant(to).unwrap() }
    }

    #[test]
    fn an_exact_span_is_compared_with_the_same_time_on_the_wall_a_week_earlier() {
        let (zone, today) = (berlin(), day("2026-11-21"));
        let later = parse_instant("2026-12-01T00:00:00Z").unwrap();
        let before = |of: Span| Period::Exact(of).before(later, &zone).span(today, &zone);
        // 9:00 to 10:00 on the wall, before and after the clock went back.
        let hour = span("2026-10-27T08:00:00Z", "2026-10-27T09:00:00Z");
        assert_eq!(before(hour), span("2026-10-20T07:00:00Z", "2026-10-20T08:00:00Z"));
        // The first of two hours that both begin at 2:00.
        let twice = span("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z");
        assert_eq!(before(twice), span("2026-10-18T00:00:00Z", "2026-10-18T01:00:00Z"));
        let eight_days = span("2026-11-10T10:00:00Z", "2026-11-18T10:00:00Z");
        assert_eq!(before(eight_days).to_ms, parse_instant("2026-11-04T10:00:00Z").unwrap());
    }

    #[test]
    fn what_is_not_over_is_compared_with_the_same_part_of_the_time_before() {
        let zone = berlin();
        let now = parse_instant("2026-10-25T13:07:42Z").unwrap();
        let before = |period: Period| period.before(now, &zone).span(zone.day_of(now), &zone);
        // A Sunday of 25 hours; the one before has 24, and its clock shows 14:07 an hour sooner.
        let today = before(Period::Preset(Preset::Today));
        assert_eq!(today, span("2026-10-17T22:00:00Z", "2026-10-18T12:07:00Z"));
        let week = before(Period::Preset(Preset::ThisWeek));
        assert_eq!(week, span("2026-10-11T22:00:00Z", "2026-10-18T12:07:00Z"));
        let month = before(Period::Preset(Preset::ThisMonth));
        assert_eq!(month, span("2026-08-26T22:00:00Z", "2026-09-20T12:07:00Z"));
        let yesterday = Period::Preset(Preset::Yesterday);
        assert_eq!(
            before(yesterday).to_ms - before(yesterday).from_ms,
            86_400_000,
            "it is over, and is compared as a whole"
        );
        let exact = Period::Exact(span("2026-10-25T08:00:00Z", "2026-10-25T20:00:00Z"));
        assert_eq!(before(exact), span("2026-10-18T07:00:00Z", "2026-10-18T12:07:00Z"));
        let begun = parse_instant("2026-10-25T23:00:30Z").unwrap();
        assert!(!Period::Preset(Preset::Today).is_under_way(begun, &zone), "hardly begun");
    }

    #[test]
    fn whole_days_are_days_and_anything_else_is_exact() {
        let zone = berlin();
        let days = span("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
        let autumn = day("2026-10-25");
        assert_eq!(Period::of_span(days, &zone), Period::Days { first: autumn, last: autumn });
        assert_eq!(Period::of_span(days, &Zone::utc()), Period::Exact(days));
        assert_eq!(Period::Exact(days).days(autumn, &zone), (autumn, autumn));
        let nothing = span("2026-10-24T22:00:00Z", "2026-10-24T22:00:00Z");
        assert_eq!(Period::of_span(nothing, &zone), Period::Exact(nothing));
        assert_eq!(Period::Exact(nothing).days(autumn, &zone), (autumn, autumn));
    }

    #[test]
    fn an_instant_reads_as_it_is_written_and_years_that_cannot_be_written_are_none() {
        for text in ["2026-11-21T12:00:00Z", "2026-11-21T12:00:00.250Z", "0001-01-01T00:00:00Z"] {
            assert_eq!(instant_text(parse_instant(text).unwrap()).as_deref(), Some(text));
        }
        assert_eq!(
            parse_instant("2026-11-21T13:00:00+01:00"),
            parse_instant("2026-11-21T12:00:00Z")
        );
        for text in ["2026-11-21", "2026-11-21T25:00:00Z", "9999-12-31T23:59:59-10:00", "x"] {
            assert_eq!(parse_instant(text), None, "{text}");
        }
        assert_eq!(instant_text(i64::MAX), None);
    }
}
