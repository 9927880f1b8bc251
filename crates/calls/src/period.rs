//! Which days are looked at: named periods and typed ones. Always whole local days, half-open.

use crate::calendar::{first_of_month, last_of_month};
use crate::zone::{Day, Zone};

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

    /// First and last day, both included.
    #[must_use]
    pub fn days(self, today: Day) -> (Day, Day) {
        match self {
            Self::Preset(preset) => preset.days(today),
            Self::Days { first, last } => (first, last),
        }
    }

    /// The days before these that they are compared with: as many, on the same days of the week,
    /// whole weeks earlier, and none of them in common.
    #[must_use]
    pub fn before(self, today: Day) -> Self {
        let (first, last) = self.days(today);
        let weeks = (last.0 - first.0 + 7) / 7;
        Self::Days { first: first.plus(-7 * weeks), last: last.plus(-7 * weeks) }
    }

    /// The instants it spans in a zone.
    #[must_use]
    pub fn span(self, today: Day, zone: &Zone) -> Span {
        let (first, last) = self.days(today);
        Span { from_ms: zone.day_start_ms(first), to_ms: zone.day_start_ms(last.plus(1)) }
    }
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
        assert_eq!(period.days(day("2026-11-21")), (day("2026-11-01"), day("2026-11-21")));
    }

    #[test]
    fn the_period_before_is_as_long_and_has_the_same_days_of_the_week() {
        let today = day("2026-11-21");
        for preset in Preset::ALL {
            let (first, last) = preset.days(today);
            let (first_before, last_before) = Period::Preset(preset).before(today).days(today);
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
}
