//! When calls happen: an office's week, repeatable for each day whatever day it is today.

use crate::clock::{DAY, HOUR, MINUTE};
use crate::dice::Dice;

/// Calls begin this many days back, and are planned for one more day ahead, so that new
/// ones come in while the demo runs.
const DAYS_BACK: i64 = 90;
const DAYS_AHEAD: i64 = 1;

/// Share of the calls that begin in each hour of a day (UTC).
const HOURS: [usize; 24] =
    [0, 0, 0, 0, 0, 1, 4, 9, 14, 15, 12, 8, 7, 11, 13, 10, 7, 4, 2, 1, 1, 0, 0, 0];

/// One planned call: the day it belongs to, its number on that day, and its time.
pub(crate) struct Slot {
    pub(crate) day: i64,
    pub(crate) number: u64,
    pub(crate) created_ms: i64,
}

/// All ordinary calls around a time, oldest first.
pub(crate) fn slots(seed: u64, now_ms: i64) -> Vec<Slot> {
    let today = now_ms.div_euclid(DAY);
    let days = today - DAYS_BACK + 1..=today + DAYS_AHEAD;
    days.flat_map(|day| of_day(seed, day)).collect()
}

fn of_day(seed: u64, day: i64) -> Vec<Slot> {
    let mut dice = Dice::new(&[seed, 0xda7, day.unsigned_abs()]);
    let count = match weekday(day) {
        5 => dice.between(8, 13),
        6 => dice.between(4, 8),
        _ => dice.between(24, 35),
    };
    let mut times: Vec<i64> = (0..count).map(|_| day * DAY + time(&mut dice)).collect();
    times.sort_unstable();
    let numbered = times.into_iter().zip(0_u64..);
    numbered.map(|(created_ms, number)| Slot { day, number, created_ms }).collect()
}

/// 0 is Monday; the first of January 1970 was a Thursday.
pub(crate) fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

fn time(dice: &mut Dice) -> i64 {
    let hour = i64::try_from(dice.weighted(&HOURS)).unwrap_or(9);
    hour * HOUR + dice.between(0, 60) * MINUTE + dice.between(0, MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SATURDAY_NOON: i64 = 1_795_262_400_000; // 2026-11-21T12:00:00Z

    #[test]
    fn a_weekday_has_at_least_20_calls_and_a_sunday_few() {
        for day in SATURDAY_NOON / DAY - 90..SATURDAY_NOON / DAY {
            let calls = of_day(7, day).len();
            match weekday(day) {
                6 => assert!(calls < 10),
                5 => assert!(calls < 15),
                _ => assert!(calls >= 20),
            }
        }
    }

    #[test]
    fn the_21st_of_november_2026_is_a_saturday() {
        assert_eq!(weekday(SATURDAY_NOON / DAY), 5);
    }

    #[test]
    fn a_day_has_the_same_calls_whenever_it_is_looked_at() {
        let of = |now_ms: i64| -> Vec<i64> {
            let day = SATURDAY_NOON / DAY - 3;
            slots(7, now_ms)
                .iter()
                .filter(|slot| slot.day == day)
                .map(|slot| slot.created_ms)
                .collect()
        };
        assert_eq!(of(SATURDAY_NOON), of(SATURDAY_NOON + 20 * DAY));
        assert!(!of(SATURDAY_NOON).is_empty());
    }

    #[test]
    fn ninety_days_hold_about_2000_calls() {
        let past =
            slots(7, SATURDAY_NOON).iter().filter(|slot| slot.created_ms < SATURDAY_NOON).count();
        assert!((1800..2300).contains(&past), "{past}");
    }
}
