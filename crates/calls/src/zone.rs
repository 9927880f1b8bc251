//! The one time zone that everything on screen speaks: a table of transitions, and the one
//! function that cuts days.

use kernels::order;

const DAY_MS: i64 = 86_400_000;

/// No zone has ever been further than this from UTC.
const WIDEST_OFFSET_MS: i64 = 36 * 3_600_000;

/// A civil day, counted from 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(pub i32);

impl Day {
    /// The day of a civil date, if there is such a date.
    #[must_use]
    pub fn of_date(year: i32, month: u32, day: u32) -> Option<Self> {
        let date = chrono::NaiveDate::from_ymd_opt(year, month, day)?;
        Some(Self::of(date))
    }

    /// Reads `2026-11-21`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let date = chrono::NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()?;
        Some(Self::of(date))
    }

    fn of(date: chrono::NaiveDate) -> Self {
        let days = date.signed_duration_since(chrono::NaiveDate::default()).num_days();
        Self(i32::try_from(days).unwrap_or_default())
    }

    /// The civil date: year, month, day.
    #[must_use]
    pub fn date(self) -> (i32, u32, u32) {
        use chrono::Datelike;
        let date = self.civil();
        (date.year(), date.month(), date.day())
    }

    /// The day of the week, Monday is 0.
    #[must_use]
    pub fn weekday(self) -> u32 {
        u32::try_from((self.0 + 3).rem_euclid(7)).unwrap_or_default()
    }

    /// The day `days` later (or earlier, if negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// `2026-11-21`.
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day) = self.date();
        format!("{year:04}-{month:02}-{day:02}")
    }

    fn civil(self) -> chrono::NaiveDate {
        let epoch = chrono::NaiveDate::default();
        epoch.checked_add_signed(chrono::TimeDelta::days(self.0.into())).unwrap_or(epoch)
    }
}

/// A time zone as a table: from each instant on, this offset holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Zone {
    name: String,
    /// `(from this UTC millisecond on, offset from UTC in milliseconds)`, ascending; the first
    /// entry holds from the beginning of time.
    steps: Vec<(i64, i64)>,
}

/// A local date and time, as a clock on the wall of the zone shows it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct WallTime {
    /// The day.
    pub day: Day,
    /// Hour, 0–23.
    pub hour: u32,
    /// Minute.
    pub minute: u32,
    /// Second.
    pub second: u32,
}

impl Zone {
    /// UTC.
    #[must_use]
    pub fn utc() -> Self {
        Self::of_steps("UTC", vec![(i64::MIN, 0)])
    }

    /// A zone from its steps, in any order: `(UTC ms from which it holds, offset in ms)`. Without
    /// any step it is UTC by another name.
    #[must_use]
    pub fn of_steps(name: &str, mut steps: Vec<(i64, i64)>) -> Self {
        order::sort_by(&mut steps, Ord::cmp);
        if let Some(first) = steps.first_mut() {
            first.0 = i64::MIN;
        } else {
            steps.push((i64::MIN, 0));
        }
        steps.dedup_by(|later, earlier| later.1 == earlier.1);
        Self { name: name.to_owned(), steps }
    }

    /// A zone from its offset as a function of time, between two instants. The function is asked
    /// once a week and every change found is pinned down to the minute by bisection. (Asking
    /// every 60 days misses zones that change twice around Ramadan.)
    pub fn probe(name: &str, from_ms: i64, to_ms: i64, offset_ms: impl Fn(i64) -> i64) -> Self {
        const STRIDE_MS: i64 = 7 * DAY_MS;
        let mut steps = vec![(i64::MIN, offset_ms(from_ms))];
        let mut at = from_ms;
        while at < to_ms {
            let next = (at + STRIDE_MS).min(to_ms);
            if offset_ms(next) != offset_ms(at) {
                let change = bisect(at, next, &offset_ms);
                steps.push((change, offset_ms(next)));
            }
            at = next;
        }
        Self::of_steps(name, steps)
    }

    /// The name that stands on screen, such as `Europe/Berlin`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How far ahead of UTC the zone is at an instant, in milliseconds.
    #[must_use]
    pub fn offset_ms(&self, at_ms: i64) -> i64 {
        let after = self.steps.partition_point(|(from, _)| *from <= at_ms);
        self.steps.get(after.saturating_sub(1)).map_or(0, |(_, offset)| *offset)
    }

    /// The first instant after this one at which the offset is another.
    #[must_use]
    pub fn next_change_ms(&self, at_ms: i64) -> Option<i64> {
        let after = self.steps.partition_point(|(from, _)| *from <= at_ms);
        self.steps.get(after).map(|(from, _)| *from)
    }

    /// From when on the offset has been what it is at an instant.
    pub(crate) fn last_change_ms(&self, at_ms: i64) -> i64 {
        let after = self.steps.partition_point(|(from, _)| *from <= at_ms);
        self.steps.get(after.saturating_sub(1)).map_or(i64::MIN, |(from, _)| *from)
    }

    /// What the clock on the wall shows.
    #[must_use]
    pub fn wall(&self, at_ms: i64) -> WallTime {
        let local = self.local_ms(at_ms);
        let second_of_day = local.rem_euclid(DAY_MS) / 1_000;
        let part = |value: i64| u32::try_from(value).unwrap_or_default();
        WallTime {
            day: Day(i32::try_from(local.div_euclid(DAY_MS)).unwrap_or_default()),
            hour: part(second_of_day / 3_600),
            minute: part(second_of_day / 60 % 60),
            second: part(second_of_day % 60),
        }
    }

    /// The first instant of a local day, in UTC milliseconds. Where the day has no midnight (the
    /// clock jumps over it) it is the first instant after; where the day never was (Apia,
    /// 2011-12-30) it is the first instant of the next one.
    #[must_use]
    pub fn day_start_ms(&self, day: Day) -> i64 {
        self.first_at_ms(i64::from(day.0) * DAY_MS)
    }

    /// The first instant at which the clock on the wall shows these minutes after midnight of a
    /// day. Where the clock jumps over them it is the first instant after.
    #[must_use]
    pub fn instant_ms(&self, day: Day, minutes: i64) -> i64 {
        self.first_at_ms(i64::from(day.0) * DAY_MS + minutes * 60_000)
    }

    /// What the clock on the wall shows, as milliseconds after 1970-01-01 0:00 on the wall.
    pub(crate) fn local_ms(&self, at_ms: i64) -> i64 {
        at_ms.saturating_add(self.offset_ms(at_ms))
    }

    /// The first instant at which the wall shows a [`Zone::local_ms`], or a later one.
    pub(crate) fn first_at_ms(&self, local_ms: i64) -> i64 {
        let near = local_ms - WIDEST_OFFSET_MS;
        let first = self.steps.partition_point(|(from, _)| *from <= near).saturating_sub(1);
        for (index, (from, offset)) in self.steps.iter().enumerate().skip(first) {
            let until = self.steps.get(index + 1).map_or(i64::MAX, |(next, _)| *next);
            let candidate = (local_ms - offset).max(*from);
            if candidate < until {
                return candidate;
            }
        }
        local_ms
    }

    /// The day an instant falls on. Days are cut by [`Zone::day_start_ms`], so every instant
    /// belongs to exactly one day and days follow each other without gap or overlap.
    #[must_use]
    pub fn day_of(&self, at_ms: i64) -> Day {
        let mut day = self.wall(at_ms).day;
        while self.day_start_ms(day.plus(1)) <= at_ms {
            day = day.plus(1);
        }
        while self.day_start_ms(day) > at_ms {
            day = day.plus(-1);
        }
        day
    }
}

/// The first instant after `low` at which the offset is no longer what it is at `low`, to the
/// second.
fn bisect(mut low: i64, mut high: i64, offset_ms: &impl Fn(i64) -> i64) -> i64 {
    let before = offset_ms(low);
    while high - low > 1_000 {
        let middle = low + (high - low) / 2;
        if offset_ms(middle) == before {
            low = middle;
        } else {
            high = middle;
        }
    }
    // Transitions fall on whole seconds; `high` is at most one second late.
    high.div_euclid(1_000) * 1_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Offset, TimeZone};

    /// The zone as the time-zone database has it, through the same probing as in the browser.
    fn zone(tz: chrono_tz::Tz) -> Zone {
        let offset = move |at_ms: i64| {
            let utc = chrono::DateTime::from_timestamp_millis(at_ms).unwrap().naive_utc();
            i64::from(tz.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * 1_000
        };
        Zone::probe(tz.name(), ms("2009-01-01T00:00:00Z"), ms("2032-01-01T00:00:00Z"), offset)
    }

    fn ms(text: &str) -> i64 {
        chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
    }

    fn hours(zone: &Zone, text: &str) -> i64 {
        let day = Day::parse(text).unwrap();
        (zone.day_start_ms(day.plus(1)) - zone.day_start_ms(day)) / 3_600_000
    }

    #[test]
    fn days_of_23_and_25_hours_are_one_day() {
        let berlin = zone(chrono_tz::Europe::Berlin);
        assert_eq!(hours(&berlin, "2026-03-29"), 23);
        assert_eq!(hours(&berlin, "2026-10-25"), 25);
        assert_eq!(hours(&berlin, "2026-11-21"), 24);
    }

    #[test]
    fn a_day_without_midnight_begins_at_its_first_instant() {
        let santiago = zone(chrono_tz::America::Santiago);
        let day = Day::parse("2026-09-06").unwrap();
        assert_eq!(santiago.day_start_ms(day), ms("2026-09-06T04:00:00Z"));
        assert_eq!(hours(&santiago, "2026-09-06"), 23);
    }

    #[test]
    fn the_day_that_apia_skipped_is_empty() {
        let apia = zone(chrono_tz::Pacific::Apia);
        assert_eq!(hours(&apia, "2011-12-30"), 0);
        assert_eq!(apia.day_of(ms("2011-12-30T09:59:59Z")), Day::parse("2011-12-29").unwrap());
        assert_eq!(apia.day_of(ms("2011-12-30T10:00:00Z")), Day::parse("2011-12-31").unwrap());
    }

    #[test]
    fn probing_finds_the_short_breaks_of_casablanca_and_half_hours_of_lord_howe() {
        let casablanca = zone(chrono_tz::Africa::Casablanca);
        assert_eq!(casablanca.offset_ms(ms("2026-03-01T12:00:00Z")), 0);
        assert_eq!(casablanca.offset_ms(ms("2026-07-01T12:00:00Z")), 3_600_000);
        let lord_howe = zone(chrono_tz::Australia::Lord_Howe);
        assert_eq!(lord_howe.offset_ms(ms("2026-01-10T00:00:00Z")), 11 * 3_600_000);
        assert_eq!(lord_howe.offset_ms(ms("2026-07-10T00:00:00Z")), 37_800_000);
        let kathmandu = zone(chrono_tz::Asia::Kathmandu);
        assert_eq!(kathmandu.wall(ms("2026-07-10T00:00:00Z")).minute, 45);
    }

    #[test]
    fn every_instant_belongs_to_exactly_one_day() {
        for tz in [chrono_tz::Africa::Cairo, chrono_tz::America::Santiago, chrono_tz::Pacific::Apia]
        {
            let zone = zone(tz);
            let mut at = ms("2011-12-20T00:00:00Z");
            for _ in 0..2_000 {
                let day = zone.day_of(at);
                assert!(zone.day_start_ms(day) <= at && at < zone.day_start_ms(day.plus(1)));
                at += 67 * 60_000 * 13;
            }
        }
    }

    #[test]
    fn a_date_reads_what_it_writes() {
        assert_eq!(Day::parse("2026-11-21").unwrap().iso(), "2026-11-21");
        assert_eq!(Day::parse("2026-11-21").unwrap().weekday(), 5);
        assert_eq!(Day::parse("2026-02-30"), None);
        assert_eq!(Day::of_date(1970, 1, 1), Some(Day(0)));
    }
}
