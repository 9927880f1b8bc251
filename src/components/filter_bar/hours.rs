//! Hours of the week on the wall: which days, from when until when.

use calls::filter::Hours;
use calls::zone::WallTime;
use calls::{Day, Zone};
use leptos::prelude::*;

use crate::browser::focus;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::ui::menu::Menu;

/// A Monday: names of weekdays are those of days.
const MONDAY: Day = Day(4);

/// More stretches of hours than this are counted and not named.
const NAMED: usize = 3;

/// The menu.
#[component]
pub fn HoursMenu(
    /// The id of its button.
    id: String,
) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let words = locale.words;
    let hours = nav.part(|place| place.filter.hours);
    let label = Signal::derive(move || match hours.get() {
        none if none.is_open() => words.filter_hours(),
        hours => words.filter_one(words.filter_hours(), hours_text(hours, locale)),
    });
    let active = Signal::derive(move || !hours.get().is_open());
    view! {
        <Menu id=id label=label panel=words.filter_hours() active=active>
            <Week hours=hours/>
        </Menu>
    }
}

/// The weekdays with a box each, and the hours that hold for all of them.
#[component]
fn Week(hours: Memo<Hours>) -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let words = locale.words;
    let ends = Memo::new(move |_| hours.get().ends());
    let set = move |days: Vec<usize>, (from, to): (u32, u32)| {
        let hours = days.into_iter().fold(Hours::default(), |all, day| all.and(day, from..to));
        nav.go(|place| place.filter.hours = hours);
    };
    let toggle = move |day: usize| {
        let mut days = hours.get_untracked().days();
        match days.iter().position(|other| *other == day) {
            Some(index) => drop(days.remove(index)),
            None => days.push(day),
        }
        set(days, ends.get_untracked());
    };
    let change = move |from: Option<u32>, to: Option<u32>| {
        let (first, last) = ends.get_untracked();
        // Whoever moves one end past the other moves both.
        let ends = match (from, to) {
            (Some(from), _) => (from, last.max(from + 1)),
            (None, Some(to)) => (first.min(to - 1), to),
            (None, None) => (first, last),
        };
        let days = hours.get_untracked().days();
        set(if days.is_empty() { (0..7).collect() } else { days }, ends);
    };
    let first = locale.formats.week_start() as usize;
    let days = (0..7).map(|nth| {
        let day = (first + nth) % 7;
        view! {
            <label class="choice">
                <input type="checkbox" prop:checked=move || hours.get().days().contains(&day) on:change=move |_| toggle(day)/>
                <span class="choice__name">{weekday(day, locale)}</span>
            </label>
        }
    });
    view! {
        <div class="amounts">
            <div class="hours__days">{days.collect_view()}</div>
            <div class="amounts__ends">
                <Clock label=words.filter_least() hours=(0..24).collect() chosen=Signal::derive(move || ends.get().0) choose=Callback::new(move |hour| change(Some(hour), None))/>
                <Clock label=words.filter_most() hours=(1..25).collect() chosen=Signal::derive(move || ends.get().1) choose=Callback::new(move |hour| change(None, Some(hour)))/>
            </div>
            <p class="field__hint">{move || words.filter_hours_hint(Zone::name(&selection.zone()))}</p>
        </div>
    }
}

/// One end.
#[component]
fn Clock(
    label: String,
    hours: Vec<u32>,
    chosen: Signal<u32>,
    choose: Callback<u32>,
) -> impl IntoView {
    let locale = use_locale();
    let options = hours.into_iter().map(|hour| {
        view! { <option value=hour prop:selected=move || chosen.get() == hour>{clock(hour, locale)}</option> }
    });
    let take = move |event| {
        if let Ok(hour) = focus::value(&event).parse() {
            choose.run(hour);
        }
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <select class="field__input" on:change=take>{options.collect_view()}</select>
        </label>
    }
}

/// Hours of the week in words: days with the same hours together, in the reader's order.
#[must_use]
pub fn hours_text(hours: Hours, locale: Locale) -> String {
    let first = locale.formats.week_start() as usize;
    let mut same: Vec<(Vec<usize>, Vec<std::ops::Range<u32>>)> = Vec::new();
    for place in 0..7 {
        let runs = hours.of_day((first + place) % 7);
        match same.last_mut() {
            Some((days, own)) if *own == runs => days.push(place),
            _ => same.push((vec![place], runs)),
        }
    }
    same.retain(|(_, runs)| !runs.is_empty());
    let stretches: usize = same.iter().map(|(_, runs)| runs.len()).sum();
    if stretches > NAMED {
        let count = (0..168).filter(|hour| hours.hold(*hour)).count();
        let plural = i64::try_from(count).unwrap_or_default();
        return locale.words.hours_count(locale.formats.plural(plural), locale.count(count));
    }
    let part = |(days, runs): (Vec<usize>, Vec<std::ops::Range<u32>>)| {
        let name = |place: Option<&usize>| {
            place.map_or_else(String::new, |place| weekday((first + place) % 7, locale))
        };
        let names = match days.as_slice() {
            [_] => name(days.first()),
            _ => locale.words.days_from_to(name(days.first()), name(days.last())),
        };
        let clocks = runs.into_iter().filter(|run| *run != (0..24));
        let clocks: Vec<String> = clocks
            .map(|run| locale.words.days_from_to(clock(run.start, locale), clock(run.end, locale)))
            .collect();
        if clocks.is_empty() { names } else { format!("{names} {}", clocks.join(", ")) }
    };
    same.into_iter().map(part).collect::<Vec<_>>().join(", ")
}

fn weekday(day: usize, locale: Locale) -> String {
    locale.formats.weekday(MONDAY.plus(i32::try_from(day).unwrap_or_default()))
}

/// A full hour; a day ends at the midnight after it.
fn clock(hour: u32, locale: Locale) -> String {
    locale.formats.time(WallTime { day: MONDAY, hour: hour % 24, minute: 0, second: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_the_same_hours_are_named_together() {
        let locale = Locale::english();
        let office = (0..5).fold(Hours::default(), |all, day| all.and(day, 9..17));
        assert_eq!(hours_text(office, locale), "Mon – Fri 09:00 – 17:00");
        assert_eq!(hours_text(Hours::on(6, 0..24), locale), "Sun");
        assert_eq!(hours_text(Hours::on(2, 9..10), locale), "Wed 09:00 – 10:00");
        let late = Hours::on(4, 22..24).and(5, 0..24);
        assert_eq!(hours_text(late, locale), "Fri 22:00 – 00:00, Sat");
        let odd = Hours::on(0, 1..2).and(0, 3..4).and(2, 5..6).and(4, 9..10);
        assert_eq!(hours_text(odd, locale), "4 hours");
    }
}
