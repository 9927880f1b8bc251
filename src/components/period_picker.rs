//! Which days, and in which time zone: a menu of periods, two typed dates, a zone.

use calls::Day;
use calls::period::{Period, Preset};
use leptos::ev::{Event, FocusEvent, KeyboardEvent};
use leptos::prelude::*;

use crate::browser::{focus, timezone};
use crate::components::calendar::Calendar;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::ui::icon::Symbol;
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

/// The menu.
#[component]
pub fn PeriodPicker() -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let period = nav.part(|place| place.period);
    let days = move || {
        let (first, last) = period.get().days(selection.today.get());
        days_text(first, last, locale)
    };
    let label = Signal::derive(move || match period.get() {
        Period::Preset(preset) => preset_text(preset, locale),
        Period::Days { .. } => days(),
    });
    let detail = Signal::derive(move || match period.get() {
        Period::Preset(_) => days(),
        Period::Days { .. } => String::new(),
    });
    view! {
        <Menu
            label=label
            detail=detail panel=locale.words.period_label() active=false symbol=Symbol::Calendar align="end">
            <div class="period">
                <Presets/>
                <div class="period__typed">
                    <Calendar/>
                    <TypedDays/>
                    <ZoneField/>
                    <Bounds/>
                </div>
            </div>
        </Menu>
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

/// Two days. Browsers tell of a change with every digit (of a year first the 2, then the 20), so
/// what is typed counts once it is finished: by Enter, or by leaving both fields. A day that was
/// picked counts at once.
#[component]
fn TypedDays() -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let words = locale.words;
    let period = nav.part(|place| place.period);
    let days = move || period.get().days(selection.today.get());
    let turned = RwSignal::new(false);
    let typing = StoredValue::new(false);
    let (first, last) = (StoredValue::new(None::<Day>), StoredValue::new(None::<Day>));
    let finish = move || {
        typing.set_value(false);
        let (from, to) = (first.get_value(), last.get_value());
        first.set_value(None);
        last.set_value(None);
        if from.or(to).is_none() {
            return;
        }
        let now = untrack(days);
        let (period, was_turned) = Period::between(from.unwrap_or(now.0), to.unwrap_or(now.1));
        turned.set(was_turned);
        nav.go(|place| place.period = period);
    };
    let take = move |draft: StoredValue<Option<Day>>, event: Event| {
        draft.set_value(Day::parse(&focus::value(&event)));
        if !typing.get_value() {
            finish();
        }
    };
    let typed = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => finish(),
        "Tab" | "Shift" => {}
        "Escape" => {
            first.set_value(None);
            last.set_value(None);
        }
        _ => typing.set_value(true),
    };
    let left = move |event: FocusEvent| {
        if focus::leaves(&event) {
            finish();
        }
    };
    view! {
        <div class="period__days" on:keydown=typed on:focusout=left>
            <label class="field">
                <span class="field__label">{words.period_from()}</span>
                <input
                    type="date"
                    class="field__input"
                    prop:value=move || days().0.iso()
                    on:change=move |event| take(first, event)
                />
            </label>
            <label class="field">
                <span class="field__label">{words.period_to()}</span>
                <input
                    type="date"
                    class="field__input"
                    prop:value=move || days().1.iso()
                    on:change=move |event| take(last, event)
                />
            </label>
        </div>
        <Show when=move || turned.get()>
            <p class="field__hint" role="status">{words.misread_turned()}</p>
        </Show>
    }
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
