//! Days and instants as text: RFC 3339 and what is near it, and RFC 2822. Whatever they say of a
//! calendar is checked. In the page, chrono would be ten times as much to download for it.

use std::ops::RangeInclusive;

use crate::zone::Day;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// `2026-11-21T13:05:00`, with milliseconds where there are any: what clocks show so many
/// milliseconds after they showed the beginning of 1970. Nothing where no calendar reaches.
#[must_use]
pub fn wall_text(wall_ms: i64) -> Option<String> {
    let day = Day(i32::try_from(wall_ms.div_euclid(DAY_MS)).ok()?).iso();
    let ms = wall_ms.rem_euclid(DAY_MS);
    let (hour, minute, second) = (ms / HOUR_MS, ms / MINUTE_MS % 60, ms / SECOND_MS % 60);
    let text = format!("{day}T{hour:02}:{minute:02}:{second:02}");
    Some(if ms % SECOND_MS == 0 { text } else { format!("{text}.{:03}", ms % SECOND_MS) })
}

/// Reads an instant of RFC 3339, UTC milliseconds.
#[must_use]
pub fn rfc3339(text: &str) -> Option<i64> {
    read(text, Form::Exact)
}

/// Reads an instant that is nearly one of RFC 3339: with blanks in place of the `T` or before the
/// offset, numbers without their zeros, offsets without a colon or minutes (`+0000`, Postgres' `+00`).
/// Without any offset, and then perhaps without seconds, it is UTC.
#[must_use]
pub fn nearly_rfc3339(text: &str) -> Option<i64> {
    rfc3339(text).or_else(|| read(text, Form::Near))
}

fn read(text: &str, form: Form) -> Option<i64> {
    let mut rest = Rest(text);
    let day = rest.day(form)?;
    let between = rest.one_of(if form == Form::Exact { "Tt " } else { "T" });
    if form == Form::Exact {
        between?;
    } else {
        rest.blanks();
    }
    let minutes_ms = rest.minutes_ms(form)?;
    let second_ms = rest.second_ms(form);
    let offset_ms = match (form, rest.0) {
        (Form::Near, "") => second_ms.or(between.map(|_| 0)).map(|_| 0)?,
        _ => second_ms.and_then(|_| rest.offset_ms(form))?,
    };
    let wall_ms = day.begin_ms() + minutes_ms + second_ms.unwrap_or_default();
    rest.0.is_empty().then(|| wall_ms - offset_ms)
}

/// Reads an instant as mails and HTTP have it, UTC milliseconds: `Thu, 19 Mar 2026 12:30:00 +0200`,
/// with the zones by name and the years of two digits that RFC 2822 knows.
#[must_use]
pub fn rfc2822(text: &str) -> Option<i64> {
    let mut rest = Rest(text);
    rest.blanks();
    let weekday = rest.name_of(&WEEKDAYS);
    if weekday.is_some() {
        rest.one_of(",")?;
    }
    rest.blanks();
    let date = rest.number(1..=2)?;
    let month = rest.after_blanks()?.name_of(&MONTHS)?;
    let before = rest.after_blanks()?.0.len();
    let year = rest.number(2..=9)?;
    let year = match before - rest.0.len() {
        2 if year < 50 => year + 2_000,
        2 | 3 => year + 1_900,
        _ => year,
    };
    let day = Day::of_date(i32::try_from(year).ok()?, month + 1, date)?;
    if weekday.is_some_and(|weekday| weekday != day.weekday()) {
        return None;
    }
    let minutes_ms = rest.after_blanks()?.minutes_ms(Form::Mail)?;
    let second_ms = rest.second_ms(Form::Mail).unwrap_or_default();
    let offset_ms = rest.after_blanks()?.mail_offset_ms()?;
    rest.blanks();
    let is_comment = rest.0.starts_with('(') && rest.0.ends_with(')');
    let at_ms = day.begin_ms() + minutes_ms + second_ms - offset_ms;
    (rest.0.is_empty() || is_comment).then_some(at_ms)
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// The zones that RFC 2822 has names for, hours from UTC. One letter is any zone, and read as UTC.
const ZONES: [(&str, i64); 10] = [
    ("gmt", 0),
    ("ut", 0),
    ("edt", -4),
    ("est", -5),
    ("cdt", -5),
    ("cst", -6),
    ("mdt", -6),
    ("mst", -7),
    ("pdt", -7),
    ("pst", -8),
];

/// How an instant is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As RFC 3339 has it.
    Exact,
    /// Nearly so.
    Near,
    /// As RFC 2822 has it, with blanks around the colons.
    Mail,
}

impl Form {
    /// How many digits a number of two has.
    fn two(self) -> RangeInclusive<usize> {
        if self == Self::Near { 1..=2 } else { TWO }
    }
}

const TWO: RangeInclusive<usize> = 2..=2;

/// What is left to read.
pub(crate) struct Rest<'a>(pub(crate) &'a str);

impl Rest<'_> {
    /// `2026-11-21`, also `2026-1-2` unless it has to be exact.
    pub(crate) fn day(&mut self, form: Form) -> Option<Day> {
        // Behind a sign, ISO 8601 has years of more digits.
        let year = match form {
            Form::Near if self.one_of("+").is_some() => 1..=9,
            Form::Exact => 4..=4,
            _ => 1..=4,
        };
        let year = i32::try_from(self.number(year)?).ok()?;
        self.one_of("-")?;
        let month = self.number(form.two())?;
        self.one_of("-")?;
        Day::of_date(year, month, self.number(form.two())?)
    }

    /// Hours and minutes.
    fn minutes_ms(&mut self, form: Form) -> Option<i64> {
        let hour = self.number(form.two()).filter(|hour| *hour < 24)?;
        self.colon(form)?;
        let minute = self.number(form.two()).filter(|minute| *minute < 60)?;
        Some(i64::from(hour) * HOUR_MS + i64::from(minute) * MINUTE_MS)
    }

    /// Seconds, the 60th of a minute that has one, and what they are followed by behind a point.
    fn second_ms(&mut self, form: Form) -> Option<i64> {
        let before = self.0;
        let second = self.colon(form).and_then(|()| self.number(form.two()));
        let Some(second) = second.filter(|second| *second <= 60) else {
            self.0 = before;
            return None;
        };
        let fraction_ms = if form == Form::Mail { 0 } else { self.fraction_ms() };
        Some(i64::from(second) * SECOND_MS + fraction_ms)
    }

    fn colon(&mut self, form: Form) -> Option<()> {
        if form == Form::Mail {
            self.blanks();
        }
        self.one_of(":")?;
        if form == Form::Mail {
            self.blanks();
        }
        Some(())
    }

    /// Whole milliseconds of a fraction of any length.
    fn fraction_ms(&mut self) -> i64 {
        let Some(part) = self.0.strip_prefix('.') else { return 0 };
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return 0;
        }
        let (digits, rest) = part.split_at_checked(digits).unwrap_or((part, ""));
        self.0 = rest;
        let places = digits.bytes().chain([b'0'; 3]).take(3);
        places.fold(0, |ms, digit| ms * 10 + i64::from(digit - b'0'))
    }

    /// `Z` or `+01:00`; unless it has to be exact also ` +0100` and `+01`.
    fn offset_ms(&mut self, form: Form) -> Option<i64> {
        let exact = form == Form::Exact;
        if !exact {
            self.blanks();
        }
        if self.one_of("Zz").is_some() {
            return Some(0);
        }
        let sign = self.one_of("+-−")?;
        let hours = self.number(TWO)?;
        let apart = self.one_of(":").is_some() || (!exact && self.blanks());
        let minutes = match self.0 {
            "" if !exact => 0,
            _ if exact && !apart => return None,
            _ => self.number(TWO)?,
        };
        offset_ms(sign, hours, minutes)
    }

    /// `+0100` or a zone's name.
    fn mail_offset_ms(&mut self) -> Option<i64> {
        if let Some(sign) = self.one_of("+-") {
            let (hours, minutes) = (self.number(TWO)?, self.number(TWO)?);
            return offset_ms(sign, hours, minutes);
        }
        let letters = self.0.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, rest) = self.0.split_at_checked(letters)?;
        self.0 = rest;
        let known = ZONES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
        let hours = known.map(|(_, hours)| *hours);
        let any = name.len() == 1 && !name.eq_ignore_ascii_case("j");
        hours.or(any.then_some(0)).map(|hours| hours * HOUR_MS)
    }

    /// The place of the name that comes next.
    fn name_of(&mut self, names: &[&str]) -> Option<u32> {
        let name = self.0.get(..3)?;
        let place = names.iter().position(|known| name.eq_ignore_ascii_case(known))?;
        self.0 = self.0.get(3..)?;
        u32::try_from(place).ok()
    }

    /// As many digits as there are, if that many are allowed.
    fn number(&mut self, digits: RangeInclusive<usize>) -> Option<u32> {
        let count = self.0.bytes().take(*digits.end()).take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.0.split_at_checked(count).filter(|_| digits.contains(&count))?;
        self.0 = rest;
        number.parse().ok()
    }

    fn one_of(&mut self, letters: &str) -> Option<char> {
        let first = self.0.chars().next().filter(|first| letters.contains(*first))?;
        self.0 = self.0.get(first.len_utf8()..)?;
        Some(first)
    }

    fn blanks(&mut self) -> bool {
        let before = self.0.len();
        self.0 = self.0.trim_start();
        self.0.len() < before
    }

    /// What follows blanks, if there are any.
    fn after_blanks(&mut self) -> Option<&mut Self> {
        self.blanks().then_some(self)
    }
}

fn offset_ms(sign: char, hours: u32, minutes: u32) -> Option<i64> {
    let size_ms = i64::from(hours) * HOUR_MS + i64::from(minutes) * MINUTE_MS;
    let fits = hours < 24 && minutes < 60;
    fits.then_some(if sign == '+' { size_ms } else { -size_ms })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What chrono reads.
    mod chronos {
        use chrono::{DateTime, NaiveDateTime};

        pub(super) fn rfc3339(text: &str) -> Option<i64> {
            Some(DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis())
        }

        pub(super) fn rfc2822(text: &str) -> Option<i64> {
            Some(DateTime::parse_from_rfc2822(text).ok()?.timestamp_millis())
        }

        pub(super) fn nearly_rfc3339(text: &str) -> Option<i64> {
            let zoned = |form| DateTime::parse_from_str(text, form).ok();
            let bare = |form| NaiveDateTime::parse_from_str(text, form).ok();
            let at = DateTime::parse_from_rfc3339(text).ok();
            let at = at.or_else(|| zoned("%Y-%m-%dT%H:%M:%S%.f%#z"));
            let at = at.or_else(|| zoned("%Y-%m-%d %H:%M:%S%.f%#z"));
            if let Some(at) = at {
                return Some(at.timestamp_millis());
            }
            let at = bare("%Y-%m-%dT%H:%M:%S%.f").or_else(|| bare("%Y-%m-%d %H:%M:%S%.f"));
            Some(at.or_else(|| bare("%Y-%m-%dT%H:%M"))?.and_utc().timestamp_millis())
        }
    }

    const PLAIN: [&str; 12] = [
        "2026-03-19T10:30:00Z",
        "2026-03-19T10:30:05.123456Z",
        "2026-03-19t12:30:00+02:00",
        "2026-03-19T10:30:00",
        "2026-03-19 10:30:00.000000",
        "2026-03-19 10:30:00.25+00",
        "2024-02-29T23:59:60-09:30",
        "2026-03-19T12:30:00+0200",
        "2026-03-19 12:30:00 +0200",
        "2026-03-19T10:30",
        "1900-12-01T00:00:00.1z",
        "0001-01-01T00:00:00Z",
    ];
    const MAIL: [&str; 6] = [
        "Thu, 19 Mar 2026 12:30:00 +0200",
        "19 Mar 2026 12:30 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "1 jan 99 00:00:00 EDT",
        "Tue, 29 Feb 2000 23:59:60 -0800 (PST)",
        "31 Dec 049 10:00:00 Z",
    ];

    /// Numbers without a pattern, the same ones every time.
    fn mixed(nth: usize) -> usize {
        let mixed = (nth as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33) as usize
    }

    /// The text with some letters changed, put in or left out.
    fn changed(text: &str, nth: usize, signs: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        for change in 0..=mixed(nth) % 3 {
            let dice = mixed(nth * 7 + change * 1_000_003);
            let (at, letter) = (dice % (letters.len() + 1), dice / 64 % signs.chars().count());
            let letter = signs.chars().nth(letter).unwrap();
            match dice / 1_024 % 3 {
                0 => letters.insert(at, letter),
                1 if at < letters.len() => drop(letters.remove(at)),
                _ if at < letters.len() => letters[at] = letter,
                _ => {}
            }
        }
        letters.into_iter().collect()
    }

    /// Whoever reads these leaves out what lies before 1970 or after 9999.
    #[track_caller]
    fn assert_near(text: &str, read: fn(&str) -> Option<i64>, wanted: fn(&str) -> Option<i64>) {
        // chrono takes several colons within an offset, and is strict about blanks after some colons.
        if !text.contains("::") && !text.contains(": ") {
            let kept = |at: Option<i64>| at.filter(|at| (0..253_402_300_800_000).contains(at));
            assert_eq!(kept(read(text.trim())), kept(wanted(text.trim())), "{text}");
        }
    }

    #[test]
    fn whatever_is_written_is_read_as_chrono_reads_it() {
        for nth in 0..60_000 {
            let text = changed(PLAIN[nth % PLAIN.len()], nth, "0123456789:-+TZz.−x");
            assert_eq!(rfc3339(&text), chronos::rfc3339(&text), "{text}");
            assert_near(&text, nearly_rfc3339, chronos::nearly_rfc3339);
            let text = changed(MAIL[nth % MAIL.len()], nth, "0123456789:-+TMaerJ, Z");
            assert_near(&text, rfc2822, chronos::rfc2822);
        }
    }
}
