//! Hours, days, weeks and months as the clock on the wall of the zone cuts them.

use crate::calendar::{first_of_month, plus_months};
use crate::period::Span;
use crate::zone::{Day, Zone};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// More parts than this are not cut: a picture of them could not be read.
const MOST_PARTS: usize = 4_000;

/// A part of time that calls are counted by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// From one full hour on the wall to the next.
    Hour,
    /// A local day, of 23 or 25 hours too.
    Day,
    /// Seven local days from the reader's first day of the week.
    Week,
    /// A local month.
    Month,
}

impl Step {
    /// All of them, the shortest first.
    pub const ALL: [Self; 4] = [Self::Hour, Self::Day, Self::Week, Self::Month];

    /// One word for URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// Reads [`Step::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// The step that shows a span in a number of parts that can be read.
    #[must_use]
    pub fn fitting(span: Span) -> Self {
        match (span.to_ms - span.from_ms) / DAY_MS {
            ..=2 => Self::Hour,
            3..=62 => Self::Day,
            63..=370 => Self::Week,
            _ => Self::Month,
        }
    }

    /// About how long a part is, milliseconds.
    #[must_use]
    pub fn about_ms(self) -> i64 {
        match self {
            Self::Hour => HOUR_MS,
            Self::Day => DAY_MS,
            Self::Week => 7 * DAY_MS,
            Self::Month => 30 * DAY_MS,
        }
    }

    /// Where the parts of a span begin, and last where the span ends. The span cuts the first and
    /// the last part. `week_start` is the first day of a week, Monday is 0.
    #[must_use]
    pub fn bounds(self, span: Span, zone: &Zone, week_start: u32) -> Vec<i64> {
        let mut bounds = vec![span.from_ms];
        let mut at = span.from_ms;
        while bounds.len() <= MOST_PARTS {
            at = self.next(at, zone, week_start);
            if at >= span.to_ms {
                break;
            }
            bounds.push(at);
        }
        bounds.push(span.to_ms.max(span.from_ms));
        bounds
    }

    /// Where the part after the one that holds an instant begins.
    fn next(self, at_ms: i64, zone: &Zone, week_start: u32) -> i64 {
        if self == Self::Hour {
            return next_hour(at_ms, zone);
        }
        let day = zone.day_of(at_ms);
        let mut next = self.first_day_after(day, week_start);
        // A day that never was (Apia, 2011-12-30) begins where the one after it does.
        while zone.day_start_ms(next) <= at_ms {
            next = next.plus(1);
        }
        zone.day_start_ms(next)
    }

    fn first_day_after(self, day: Day, week_start: u32) -> Day {
        match self {
            Self::Hour | Self::Day => day.plus(1),
            Self::Week => {
                let into = (day.weekday() + 7 - week_start % 7) % 7;
                day.plus(7 - i32::try_from(into).unwrap_or_default())
            }
            Self::Month => plus_months(first_of_month(day), 1),
        }
    }
}

/// The next instant at which the clock on the wall shows a full hour, or jumps into another one.
fn next_hour(at_ms: i64, zone: &Zone) -> i64 {
    let full_hour = |at: i64| (at + zone.offset_ms(at)).rem_euclid(HOUR_MS) == 0;
    let hour = |at: i64| (at + zone.offset_ms(at)).div_euclid(HOUR_MS);
    let mut from = at_ms;
    loop {
        let shown = from + zone.offset_ms(from);
        let next = from + HOUR_MS - shown.rem_euclid(HOUR_MS);
        let Some(change) = zone.next_change_ms(from).filter(|change| *change <= next) else {
            return next;
        };
        if full_hour(change) || hour(change) != hour(at_ms) {
            return change;
        }
        from = change;
    }
}

/// Hour of the week on the wall, Monday 0:00 is 0, Sunday 23:00 is 167.
#[must_use]
pub fn hour_of_week(at_ms: i64, zone: &Zone) -> usize {
    WeekHours::new(zone).of(at_ms)
}

/// Hours of the week of many instants. Neighbours among them mostly have the same offset.
#[derive(Clone, Copy, Debug)]
pub struct WeekHours<'a> {
    zone: &'a Zone,
    /// From when until when the offset is known.
    from_ms: i64,
    to_ms: i64,
    offset_ms: i64,
}

impl<'a> WeekHours<'a> {
    /// Of a zone.
    #[must_use]
    pub fn new(zone: &'a Zone) -> Self {
        Self { zone, from_ms: i64::MAX, to_ms: i64::MIN, offset_ms: 0 }
    }

    /// The hour of the week of an instant, as [`hour_of_week`] gives it.
    pub fn of(&mut self, at_ms: i64) -> usize {
        if at_ms < self.from_ms || at_ms >= self.to_ms {
            self.offset_ms = self.zone.offset_ms(at_ms);
            self.from_ms = self.zone.last_change_ms(at_ms);
            self.to_ms = self.zone.next_change_ms(at_ms).unwrap_or(i64::MAX);
        }
        // 1970-01-01 was a Thursday.
        let hour = at_ms.saturating_add(self.offset_ms).div_euclid(HOUR_MS) + 3 * 24;
        usize::try_from(hour.rem_euclid(168)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(tz: chrono_tz::Tz) -> Zone {
        use chrono::{Offset, TimeZone};
        let offset = |at: i64| {
            let instant = chrono::DateTime::from_timestamp_millis(at).unwrap();
            let local = tz.offset_from_utc_datetime(&instant.naive_utc());
            i64::from(local.fix().local_minus_utc()) * 1_000
        };
        let years = |year: i64| (year - 1970) * 365 * DAY_MS;
        Zone::probe(tz.name(), years(2009), years(2029), offset)
    }

    fn hours_of(tz: chrono_tz::Tz, day: &str) -> Vec<(u32, u32, i64)> {
        let (zone, day) = (zone(tz), Day::parse(day).unwrap());
        let span = Span { from_ms: zone.day_start_ms(day), to_ms: zone.day_start_ms(day.plus(1)) };
        let bounds = Step::Hour.bounds(span, &zone, 0);
        let parts = bounds.windows(2).map(|pair| {
            let wall = zone.wall(pair[0]);
            (wall.hour, wall.minute, (pair[1] - pair[0]) / 60_000)
        });
        parts.collect()
    }

    #[test]
    fn a_day_of_23_hours_has_23_and_one_of_25_has_25() {
        let berlin = chrono_tz::Europe::Berlin;
        let spring = hours_of(berlin, "2026-03-29");
        assert_eq!(spring.len(), 23);
        assert!(
            spring.iter().all(|(hour, minute, long)| *hour != 2 && *minute == 0 && *long == 60)
        );
        let autumn = hours_of(berlin, "2026-10-25");
        assert_eq!(autumn.iter().filter(|(hour, ..)| *hour == 2).count(), 2);
        assert_eq!(autumn.len(), 25);
    }

    #[test]
    fn where_midnight_is_skipped_the_day_begins_at_one() {
        for (tz, day) in
            [(chrono_tz::America::Santiago, "2026-09-06"), (chrono_tz::Africa::Cairo, "2026-04-24")]
        {
            let hours = hours_of(tz, day);
            assert_eq!((hours.len(), hours[0].0), (23, 1), "{tz}");
        }
    }

    #[test]
    fn half_hours_stay_with_the_hour_that_the_wall_shows() {
        let autumn = hours_of(chrono_tz::Australia::Lord_Howe, "2026-04-05");
        assert_eq!(autumn[1], (1, 0, 90));
        assert_eq!(autumn.len(), 24);
        let spring = hours_of(chrono_tz::Australia::Lord_Howe, "2026-10-04");
        assert_eq!(spring[2], (2, 30, 30));
        let kathmandu = hours_of(chrono_tz::Asia::Kathmandu, "2026-07-10");
        assert_eq!(kathmandu.len(), 24);
        assert!(kathmandu.iter().all(|(_, minute, long)| (*minute, *long) == (0, 60)));
    }

    #[test]
    fn parts_follow_each_other_without_gap_in_every_zone_and_step() {
        for tz in [
            chrono_tz::Africa::Casablanca,
            chrono_tz::Pacific::Apia,
            chrono_tz::America::Santiago,
            chrono_tz::Africa::Cairo,
            chrono_tz::Australia::Lord_Howe,
        ] {
            let zone = zone(tz);
            let first = Day::parse("2011-12-20").unwrap();
            let span = Span {
                from_ms: zone.day_start_ms(first),
                to_ms: zone.day_start_ms(first.plus(60)),
            };
            for step in Step::ALL {
                let bounds = step.bounds(span, &zone, 6);
                assert!(bounds.is_sorted_by(|a, b| a < b), "{tz} {step:?}");
                assert_eq!(bounds.first(), Some(&span.from_ms));
                assert_eq!(bounds.last(), Some(&span.to_ms));
                let skipped = usize::from(tz == chrono_tz::Pacific::Apia);
                if step == Step::Day {
                    assert_eq!(bounds.len() - 1, 60 - skipped, "{tz}");
                }
            }
        }
    }

    #[test]
    fn weeks_begin_where_the_reader_begins_them_and_months_on_the_first() {
        let utc = Zone::utc();
        let day = |text: &str| utc.day_start_ms(Day::parse(text).unwrap());
        let span = Span { from_ms: day("2026-11-04"), to_ms: day("2026-11-20") };
        let from = |week_start| Step::Week.bounds(span, &utc, week_start)[1];
        assert_eq!((from(0), from(6)), (day("2026-11-09"), day("2026-11-08")));
        let span = Span { from_ms: day("2026-01-31"), to_ms: day("2026-03-02") };
        let months = Step::Month.bounds(span, &utc, 0);
        assert_eq!(months[1..3], [day("2026-02-01"), day("2026-03-01")]);
    }

    #[test]
    fn the_hour_of_the_week_is_that_of_the_wall() {
        let berlin = zone(chrono_tz::Europe::Berlin);
        let monday = berlin.day_start_ms(Day::parse("2026-11-16").unwrap());
        assert_eq!(hour_of_week(monday, &berlin), 0);
        assert_eq!(hour_of_week(monday - 1, &berlin), 167);
        assert_eq!(hour_of_week(monday + 25 * HOUR_MS, &berlin), 25);
    }

    #[test]
    fn a_span_is_cut_into_parts_that_can_be_read() {
        let span = |days: i64| Span { from_ms: 0, to_ms: days * DAY_MS };
        let fitting = [1, 7, 31, 90, 400].map(|days| Step::fitting(span(days)));
        assert_eq!(fitting, [Step::Hour, Step::Day, Step::Day, Step::Week, Step::Month]);
        for step in Step::ALL {
            assert_eq!(Step::parse(step.code()), Some(step));
        }
    }
}
