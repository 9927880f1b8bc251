//! Numbers, durations, dates and plurals as a reader expects them. One place decides how each
//! looks; the browser brings its own (`Intl`), tests and the command line use [`English`].

use crate::zone::{Day, WallTime};

/// Which form of a word a number takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plural {
    /// As in "0 calls" where a language has its own form for it.
    Zero,
    /// As in "1 call".
    One,
    /// As in Arabic "2 calls".
    Two,
    /// As in Arabic or Polish "3 calls".
    Few,
    /// As in Arabic "11 calls".
    Many,
    /// As in "5 calls".
    Other,
}

/// How values look in a language.
pub trait Formats {
    /// A whole number with its separators: `1,204`.
    fn number(&self, value: i64) -> String;
    /// A number with up to `digits` decimals.
    fn decimal(&self, value: f64, digits: u8) -> String;
    /// A number with exactly so many decimals, as sums of money have them: `12.50`.
    fn fixed(&self, value: f64, digits: u8) -> String;
    /// A share of 1 as a percentage without decimals: `68%`.
    fn percent(&self, share: f64) -> String;
    /// A day with its weekday: `Sat 21 Nov 2026`.
    fn day(&self, day: Day) -> String;
    /// A day in the least space: `21 Nov`.
    fn short_day(&self, day: Day) -> String;
    /// The month a day is in, with its year: `November 2026`.
    fn month(&self, day: Day) -> String;
    /// The name of a day's weekday in the least space: `Sat`.
    fn weekday(&self, day: Day) -> String;
    /// The weekday that a week begins with; Monday is 0.
    fn week_start(&self) -> u32;
    /// Hour and minute on the wall.
    fn time(&self, wall: WallTime) -> String;
    /// The form a word takes after a number.
    fn plural(&self, count: i64) -> Plural;
}

/// A duration in minutes and seconds (`2:00`), from one hour on with hours (`1:02:05`). Rounded
/// once, to whole seconds, before it is cut into parts: 119.6 s is `2:00` and never `1:60`.
#[must_use]
pub fn duration(ms: f64) -> String {
    #[allow(clippy::cast_possible_truncation, reason = "rounded; far below 2^53")]
    let secs = (ms.max(0.0) / 1_000.0).round() as i64;
    let (hours, minutes, seconds) = (secs / 3_600, secs / 60 % 60, secs % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// A number that lies exactly in the middle goes away from zero, as browsers have it (ECMA-402,
/// `halfExpand`), and not to the even neighbour.
fn rounded(value: f64, digits: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(digits));
    let scaled = value * scale;
    if (scaled.fract().abs() - 0.5).abs() < f64::EPSILON { scaled.round() / scale } else { value }
}

/// English, as tests and the command line print it.
#[derive(Clone, Copy, Debug, Default)]
pub struct English;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONG_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn name_of<'a>(names: &[&'a str], index: u32) -> &'a str {
    names.get(index as usize).copied().unwrap_or_default()
}

impl Formats for English {
    fn number(&self, value: i64) -> String {
        let digits = value.unsigned_abs().to_string();
        let mut grouped = String::from(if value < 0 { "-" } else { "" });
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped
    }

    fn decimal(&self, value: f64, digits: u8) -> String {
        let text = self.fixed(value, digits);
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        }
    }

    fn fixed(&self, value: f64, digits: u8) -> String {
        format!("{:.*}", usize::from(digits), rounded(value, digits))
    }

    fn percent(&self, share: f64) -> String {
        format!("{:.0}%", rounded(share * 100.0, 0))
    }

    fn day(&self, day: Day) -> String {
        let (year, ..) = day.date();
        format!("{} {} {year}", name_of(&WEEKDAYS, day.weekday()), self.short_day(day))
    }

    fn short_day(&self, day: Day) -> String {
        let (_, month, date) = day.date();
        format!("{date} {}", name_of(&MONTHS, month.saturating_sub(1)))
    }

    fn month(&self, day: Day) -> String {
        let (year, month, _) = day.date();
        format!("{} {year}", name_of(&LONG_MONTHS, month.saturating_sub(1)))
    }

    fn weekday(&self, day: Day) -> String {
        name_of(&WEEKDAYS, day.weekday()).to_owned()
    }

    fn week_start(&self) -> u32 {
        0
    }

    fn time(&self, wall: WallTime) -> String {
        format!("{:02}:{:02}", wall.hour, wall.minute)
    }

    fn plural(&self, count: i64) -> Plural {
        if count == 1 { Plural::One } else { Plural::Other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_rounded_once_and_never_shows_sixty_seconds() {
        assert_eq!(duration(119_600.0), "2:00");
        assert_eq!(duration(59_499.0), "0:59");
        assert_eq!(duration(3_725_000.0), "1:02:05");
        assert_eq!(duration(-5.0), "0:00");
    }

    #[test]
    fn english_groups_thousands_and_drops_empty_decimals() {
        assert_eq!(English.number(1_234_567), "1,234,567");
        assert_eq!(English.number(-12), "-12");
        assert_eq!(English.number(100), "100");
        assert_eq!(English.decimal(1.50, 2), "1.5");
        assert_eq!(English.decimal(120.0, 0), "120");
        assert_eq!(
            [0.2, 12.0, 0.125].map(|money| English.fixed(money, 2)),
            ["0.20", "12.00", "0.13"]
        );
        assert_eq!(
            English.decimal(0.125, 2),
            "0.13",
            "as a browser rounds what lies in the middle"
        );
        assert_eq!(English.percent(0.625), "63%");
        assert_eq!(English.day(Day::parse("2026-11-21").unwrap()), "Sat 21 Nov 2026");
    }
}
