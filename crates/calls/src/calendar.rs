//! Months as a calendar shows them: whole weeks, beginning with the reader's first day of the week.

use crate::zone::Day;

/// Weeks that a month is shown in. Always six, so that nothing moves from month to month.
pub const WEEKS: usize = 6;

/// The day in the first field of a month's calendar: the first of the month, or the last
/// `week_start` (Monday is 0) before it.
#[must_use]
pub fn first_field(month: Day, week_start: u32) -> Day {
    let first = first_of_month(month);
    let before = (first.weekday() + 7 - week_start % 7) % 7;
    first.plus(-i32::try_from(before).unwrap_or_default())
}

/// The first day of the month that a day is in.
#[must_use]
pub fn first_of_month(day: Day) -> Day {
    let (year, month, _) = day.date();
    Day::of_date(year, month, 1).unwrap_or(day)
}

/// The last day of the month that a day is in.
#[must_use]
pub fn last_of_month(day: Day) -> Day {
    let (year, month, _) = day.date();
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    Day::of_date(next_year, next_month, 1).map_or(day, |next| next.plus(-1))
}

/// The same date some months later (or earlier), or the last of that month where it is shorter.
#[must_use]
pub fn plus_months(day: Day, months: i32) -> Day {
    let (year, month, date) = day.date();
    let count = year * 12 + i32::try_from(month).unwrap_or(1) - 1 + months;
    let month = u32::try_from(count.rem_euclid(12) + 1).unwrap_or(1);
    let Some(first) = Day::of_date(count.div_euclid(12), month, 1) else { return day };
    let last = last_of_month(first);
    first.plus(i32::try_from(date).unwrap_or(1) - 1).min(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_month_begins_in_the_week_of_its_first_day_wherever_the_week_begins() {
        let november = day("2026-11-21");
        assert_eq!(first_field(november, 0), day("2026-10-26"), "weeks from Monday");
        assert_eq!(first_field(november, 6), day("2026-11-01"), "weeks from Sunday");
        assert_eq!(first_field(november, 5), day("2026-10-31"), "weeks from Saturday");
    }

    #[test]
    fn six_weeks_hold_every_month_of_four_centuries() {
        let mut month = day("1900-01-01");
        for _ in 0..4_800 {
            for week_start in 0..7 {
                let first = first_field(month, week_start);
                assert_eq!(first.weekday(), week_start);
                let fields = first..first.plus(42);
                assert!(fields.contains(&month) && fields.contains(&last_of_month(month)));
            }
            month = plus_months(month, 1);
        }
        assert_eq!(month, day("2300-01-01"));
    }

    #[test]
    fn a_date_that_a_month_does_not_have_becomes_its_last() {
        assert_eq!(plus_months(day("2026-03-31"), -1), day("2026-02-28"));
        assert_eq!(plus_months(day("2024-01-30"), 1), day("2024-02-29"));
        assert_eq!(plus_months(day("2026-12-15"), 1), day("2027-01-15"));
        assert_eq!(plus_months(day("2026-01-15"), -13), day("2024-12-15"));
    }
}
