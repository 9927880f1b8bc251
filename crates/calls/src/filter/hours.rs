//! Hours of the week on the wall, such as Monday to Friday from nine to five.

use std::ops::Range;

use crate::period::Span;
use crate::stats::WeekHours;
use crate::zone::Zone;

/// Hours of a day.
const DAY: u32 = 24;

/// The weekdays as links name them, Monday first.
const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Hours of the week; none chosen lets every hour through. The hour that an autumn night has twice
/// is one of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Hours([u32; 7]);

impl Hours {
    /// Hours of a weekday, Monday is 0.
    #[must_use]
    pub fn on(weekday: usize, hours: Range<u32>) -> Self {
        Self::default().and(weekday, hours)
    }

    /// The same and other hours of a weekday.
    #[must_use]
    pub fn and(mut self, weekday: usize, hours: Range<u32>) -> Self {
        if let Some(day) = self.0.get_mut(weekday) {
            *day |= hours.filter(|hour| *hour < DAY).fold(0, |bits, hour| bits | 1 << hour);
        }
        self
    }

    /// Whether every hour passes, and calls of which no time is known.
    #[must_use]
    pub fn is_open(self) -> bool {
        self == Self::default()
    }

    /// Whether an hour of the week passes, Monday 0:00 is 0.
    #[must_use]
    pub fn hold(self, hour_of_week: usize) -> bool {
        let day = self.0.get(hour_of_week / DAY as usize).copied().unwrap_or_default();
        self.is_open() || day >> (hour_of_week % DAY as usize) & 1 == 1
    }

    /// Whether an instant passes in a zone. A time that is not known is in no hour.
    pub(crate) fn hold_at(self, at_ms: Option<i64>, hours: &mut WeekHours<'_>) -> bool {
        self.is_open() || at_ms.is_some_and(|at_ms| self.hold(hours.of(at_ms)))
    }

    /// The chosen hours of a weekday, those that follow each other as one.
    #[must_use]
    pub fn of_day(self, weekday: usize) -> Vec<Range<u32>> {
        let mut runs: Vec<Range<u32>> = Vec::new();
        let bits = self.0.get(weekday).copied().unwrap_or_default();
        for hour in (0..DAY).filter(|hour| bits >> hour & 1 == 1) {
            match runs.last_mut() {
                Some(run) if run.end == hour => run.end = hour + 1,
                _ => runs.push(hour..hour + 1),
            }
        }
        runs
    }

    /// The weekdays of which any hour is chosen, Monday is 0.
    #[must_use]
    pub fn days(self) -> Vec<usize> {
        (0..7).filter(|weekday| self.0.get(*weekday).is_some_and(|day| *day != 0)).collect()
    }

    /// The first hour that is chosen of any day, and the end of the last one; whole days where none
    /// is.
    #[must_use]
    pub fn ends(self) -> (u32, u32) {
        let any = self.0.into_iter().fold(0, |all, day| all | day);
        if any == 0 { (0, DAY) } else { (any.trailing_zeros(), u32::BITS - any.leading_zeros()) }
    }

    /// As links have them: `mon:9-17,tue:0-24`.
    #[must_use]
    pub fn code(self) -> String {
        let days = NAMES.into_iter().enumerate().flat_map(|(weekday, name)| {
            let run = move |run: Range<u32>| format!("{name}:{}-{}", run.start, run.end);
            self.of_day(weekday).into_iter().map(run)
        });
        days.collect::<Vec<_>>().join(",")
    }

    /// Reads [`Hours::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        code.split(',').try_fold(Self::default(), |hours, part| {
            let (name, run) = part.split_once(':')?;
            let (from, to) = run.split_once('-')?;
            let (from, to): (u32, u32) = (from.parse().ok()?, to.parse().ok()?);
            let weekday = NAMES.into_iter().position(|other| other == name)?;
            (from < to && to <= DAY).then(|| hours.and(weekday, from..to))
        })
    }
}

/// At which time calls are looked at: a span of instants, and the zone that says which hour of the
/// week an instant is in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Time<'a> {
    /// The span; `None` is any time. Calls without a time are in every span.
    pub span: Option<Span>,
    /// The zone. Where there is none, nothing is asked of the hours.
    pub zone: Option<&'a Zone>,
}

impl<'a> Time<'a> {
    /// The hours that are asked for, and whose clock tells them.
    pub(crate) fn hours(self, hours: Hours) -> Option<(Hours, WeekHours<'a>)> {
        let zone = self.zone.filter(|_| !hours.is_open())?;
        Some((hours, WeekHours::new(zone)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_read_as_they_are_written_and_anything_else_is_none() {
        let office = (0..5).fold(Hours::default(), |hours, day| hours.and(day, 9..17));
        let odd = Hours::on(6, 23..24).and(6, 0..1).and(2, 0..24);
        for (hours, code) in [
            (office, "mon:9-17,tue:9-17,wed:9-17,thu:9-17,fri:9-17"),
            (odd, "wed:0-24,sun:0-1,sun:23-24"),
        ] {
            assert_eq!(hours.code(), code);
            assert_eq!(Hours::parse(code), Some(hours));
        }
        for (hours, days, ends) in
            [(office, vec![0, 1, 2, 3, 4], (9, 17)), (odd, vec![2, 6], (0, 24))]
        {
            assert_eq!((hours.days(), hours.ends()), (days, ends));
        }
        for code in ["", "mon", "mon:9", "mon:17-9", "mon:9-9", "mon:0-25", "moon:1-2", "mon:-1-2"]
        {
            assert_eq!(Hours::parse(code), None, "{code}");
        }
    }

    #[test]
    fn chosen_hours_pass_and_none_chosen_lets_everything_through() {
        let hours = Hours::on(1, 9..11);
        let passing: Vec<usize> = (0..168).filter(|hour| hours.hold(*hour)).collect();
        assert_eq!(passing, [33, 34]);
        assert!((0..168).all(|hour| Hours::default().hold(hour)));
        let utc = Zone::utc();
        let mut clock = WeekHours::new(&utc);
        assert!(!hours.hold_at(None, &mut clock) && Hours::default().hold_at(None, &mut clock));
    }
}
