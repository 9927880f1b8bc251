//! Which time, and in which zone: a menu of periods, a calendar, typed days and times, a zone.

use calls::period::{Period, Preset, Span};
use calls::{Day, Zone};
use leptos::prelude::*;

use crate::browser::{focus, timezone};
use crate::components::calendar::Calendar;
use crate::components::typed_period::TypedPeriod;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::parts;
use crate::selection::use_selection;
use crate::ui::icon::Symbol;
use crate::ui::lazy::Lazy;
use crate::ui::menu::Menu;

/// A preset in words.
#[must_use]
pub fn preset_text(preset: Preset, locale: Locale) -> String {
    let words = locale.words;
    match preset {
        Preset::Today => words.period_today(),
        Preset::Yesterday => words.period_yesterday(),
        Preset::ThisWeek => words.period_this_week(),
        Preset::LastWeek => words.period_last_week(),
        Preset::Last7 => words.period_last_7(),
        Preset::Last14 => words.period_last_14(),
        Preset::Last30 => words.period_last_30(),
        Preset::Last90 => words.period_last_90(),
        Preset::ThisMonth => words.period_this_month(),
        Preset::LastMonth => words.period_last_month(),
    }
}

/// First and last day in words, and once only if they are the same.
#[must_use]
pub fn days_text(first: Day, last: Day, locale: Locale) -> String {
    let formats = locale.formats;
    if first == last {
        return formats.day(first);
    }
    locale.words.days_from_to(formats.short_day(first), formats.short_day(last))
}

/// A period in words, all of it: its days, or from which time to which one.
#[must_use]
pub fn time_text(period: Period, today: Day, zone: &Zone, locale: Locale) -> String {
    let (first, last) = period.days(today, zone);
    let Period::Exact(span) = period else { return days_text(first, last, locale) };
    exact_text(span, (first, last), zone, locale, |day| locale.formats.short_day(day))
}

/// The same with the year of every day.
#[must_use]
pub fn full_time_text(period: Period, today: Day, zone: &Zone, locale: Locale) -> String {
    let (first, last) = period.days(today, zone);
    let day = |day| locale.formats.day(day);
    match period {
        Period::Exact(span) => exact_text(span, (first, last), zone, locale, day),
        _ if first == last => day(first),
        _ => locale.words.days_from_to(day(first), day(last)),
    }
}

fn exact_text(
    span: Span,
    (first, last): (Day, Day),
    zone: &Zone,
    locale: Locale,
    day: impl Fn(Day) -> String,
) -> String {
    let words = locale.words;
    let time = |at_ms: i64| clock_text(at_ms, span, zone, locale);
    let (from, to) = (time(span.from_ms), time(span.to_ms));
    if first == last {
        return words.day_times(locale.formats.day(first), from, to);
    }
    let end = day(zone.day_of(span.to_ms));
    words.days_from_to(words.instant(day(first), from), words.instant(end, to))
}

/// What the clock shows; with how far it is ahead of UTC where that changes in between, since it
/// shows the same twice then.
fn clock_text(at_ms: i64, span: Span, zone: &Zone, locale: Locale) -> String {
    let time = locale.formats.time(zone.wall(at_ms));
    if zone.offset_ms(span.from_ms) == zone.offset_ms(span.to_ms) {
        return time;
    }
    let minutes = zone.offset_ms(at_ms) / 60_000;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    locale.words.clock_offset(time, format!("{sign}{hours:02}:{minutes:02}"))
}

/// The chosen time in words, tracked.
pub fn use_time_text() -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let period = nav.part(|place| place.period);
    move || time_text(period.get(), selection.today.get(), &selection.zone(), locale)
}

/// The menu.
#[component]
pub fn PeriodPicker() -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let period = nav.part(|place| place.period);
    let time = use_time_text();
    let label = Signal::derive(move || match period.get() {
        Period::Preset(preset) => preset_text(preset, locale),
        Period::Days { .. } | Period::Exact(_) => time(),
    });
    let detail = Signal::derive(move || match period.get() {
        Period::Preset(_) => time(),
        Period::Days { .. } | Period::Exact(_) => String::new(),
    });
    view! {
        <Menu
            label=label
            detail=detail panel=locale.words.period_label() active=false symbol=Symbol::Calendar align="end">
            <Lazy part=parts::period::part()/>
        </Menu>
    }
}

/// What the menu holds.
#[component]
pub fn PeriodPanel() -> impl IntoView {
    view! {
        <div class="period">
            <Presets/>
            <div class="period__typed">
                <Calendar/>
                <TypedPeriod/>
                <ZoneField/>
                <Bounds/>
            </div>
        </div>
    }
}

#[component]
fn Presets() -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let period = nav.part(|place| place.period);
    let choices = Preset::ALL.into_iter().map(|preset| {
        let chosen = move || period.get() == Period::Preset(preset);
        view! {
            <li>
                <button
                    type="button"
                    class="period__preset"
                    aria-pressed=move || chosen().to_string()
                    on:click=move |_| nav.go(|place| place.period = Period::Preset(preset))
                >
                    {preset_text(preset, locale)}
                </button>
            </li>
        }
    });
    view! { <ul class="period__presets">{choices.collect_view()}</ul> }
}

#[component]
fn ZoneField() -> impl IntoView {
    let (nav, selection, words) = (use_nav(), use_selection(), use_locale().words);
    let unknown = RwSignal::new(None::<String>);
    let name = move || selection.zone().name().to_owned();
    let choose = move |event| {
        let typed = focus::value(&event).trim().to_owned();
        let own = typed.is_empty() || typed == timezone::own_name();
        let known = own || timezone::zone(&typed, selection.now_ms.get_untracked()).is_some();
        unknown.set((!known).then(|| words.zone_unknown(&typed, selection.zone().name())));
        if known {
            nav.go(|place| place.zone = (!own).then_some(typed));
        }
    };
    let names = timezone::names().into_iter().map(|name| view! { <option value=name></option> });
    view! {
        <label class="field">
            <span class="field__label">{words.zone_label()}</span>
            <input
                class="field__input"
                list="zones"
                autocomplete="off"
                spellcheck="false"
                prop:value=name
                aria-describedby="zone-hint"
                on:change=choose
            />
            <datalist id="zones">{names.collect_view()}</datalist>
        </label>
        <p class="field__hint" id="zone-hint" role="status">
            {move || unknown.get().unwrap_or_else(|| words.zone_hint())}
        </p>
    }
}

/// From which instant to which, as the chosen zone tells the time. A day may begin at one o'clock
/// and have 23 or 25 hours.
#[component]
fn Bounds() -> impl IntoView {
    let (selection, locale) = (use_selection(), use_locale());
    let bounds = move || {
        let (span, zone) = (selection.span.get(), selection.zone());
        let instant = |at_ms: i64| {
            let wall = zone.wall(at_ms);
            locale.words.instant(locale.formats.day(zone.day_of(at_ms)), locale.formats.time(wall))
        };
        locale.words.period_bounds(instant(span.from_ms), instant(span.to_ms), zone.name())
    };
    view! { <p class="field__hint period__bounds">{bounds}</p> }
}

#[cfg(test)]
mod tests {
    use calls::period::parse_instant;

    use super::*;

    fn said(from: &str, to: &str) -> String {
        let at = |text: &str| parse_instant(text).unwrap();
        let autumn = at("2026-10-25T01:00:00Z");
        let zone = Zone::of_steps("Europe/Berlin", vec![(0, 7_200_000), (autumn, 3_600_000)]);
        let period = Period::exactly(at(from), at(to)).0;
        time_text(period, Day(0), &zone, Locale::english())
    }

    #[test]
    fn an_exact_time_says_its_day_once_and_the_offset_where_the_clock_shows_it_twice() {
        let hour = said("2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z");
        assert_eq!(hour, "Fri 20 Nov 2026, 13:00 – 14:00");
        let two_days = said("2026-11-20T12:00:00Z", "2026-11-21T12:30:00Z");
        assert_eq!(two_days, "20 Nov, 13:00 – 21 Nov, 13:30");
        let twice = said("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z");
        assert_eq!(twice, "Sun 25 Oct 2026, 02:00 (UTC+02:00) – 02:00 (UTC+01:00)");
    }
}
