//! A month of days. A day that is chosen is looked at once; the next one ends the range.

use calls::Day;
use calls::calendar::{WEEKS, first_field, plus_months};
use calls::period::Period;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::focus;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::ui::icon::{Icon, Symbol};

/// What the calendar is at. Its fields stay where they are and follow these, so that a month that
/// changes never costs a field its focus.
#[derive(Clone, Copy)]
struct Shown {
    /// The day that the keyboard is on; its month is shown.
    at: RwSignal<Day>,
    /// The first day of a range whose last is still to be chosen.
    begun: RwSignal<Option<Day>>,
    week_start: u32,
}

impl Shown {
    fn day(self, field: usize) -> Day {
        let first = first_field(self.at.get(), self.week_start);
        first.plus(i32::try_from(field).unwrap_or_default())
    }

    fn field_of(self, day: Day) -> i32 {
        day.0 - first_field(self.at.get_untracked(), self.week_start).0
    }
}

/// The calendar.
#[component]
pub fn Calendar() -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let period = nav.part(|place| place.period);
    let today = selection.today.get_untracked();
    let last = period.get_untracked().days(today, &selection.zone_untracked()).1;
    let shown = Shown {
        at: RwSignal::new(last.min(selection.today.get_untracked())),
        begun: RwSignal::new(None),
        week_start: locale.formats.week_start(),
    };
    let choose = move |day: Day| {
        let begun = shown.begun.get_untracked();
        let period = Period::between(begun.unwrap_or(day), day).0;
        shown.begun.set(begun.is_none().then_some(day));
        shown.at.set(day);
        nav.go(|place| place.period = period);
    };
    let weeks = (0..WEEKS).map(|week| {
        let fields =
            (0..7).map(|day| view! { <Field shown=shown field=week * 7 + day choose=choose/> });
        view! { <tr>{fields.collect_view()}</tr> }
    });
    view! {
        <div class="calendar">
            <MonthBar shown=shown/>
            <table class="calendar__grid" role="grid" aria-label=locale.words.calendar_label() on:keydown=move |event| walk(shown, &event)>
                <Weekdays shown=shown/>
                <tbody>{weeks.collect_view()}</tbody>
            </table>
            <p class="field__hint" role="status">
                {move || shown.begun.get().map(|_| locale.words.calendar_until())}
            </p>
        </div>
    }
}

#[component]
fn MonthBar(shown: Shown) -> impl IntoView {
    let locale = use_locale();
    let turn = move |months| shown.at.update(|at| *at = plus_months(*at, months));
    let button = move |label: String, symbol, months| {
        view! {
            <button type="button" class="button button--quiet button--icon" aria-label=label on:click=move |_| turn(months)>
                <Icon symbol=symbol/>
            </button>
        }
    };
    view! {
        <div class="calendar__bar">
            {button(locale.words.calendar_before(), Symbol::Previous, -1)}
            <p class="calendar__month" aria-live="polite">{move || locale.formats.month(shown.at.get())}</p>
            {button(locale.words.calendar_after(), Symbol::Next, 1)}
        </div>
    }
}

#[component]
fn Weekdays(shown: Shown) -> impl IntoView {
    let locale = use_locale();
    // Any week will do: names of weekdays do not change.
    let names = (0..7).map(|field| {
        let name = locale.formats.weekday(untrack(|| shown.day(field)));
        view! { <th scope="col" class="calendar__weekday">{name}</th> }
    });
    view! { <thead><tr>{names.collect_view()}</tr></thead> }
}

#[component]
fn Field(
    shown: Shown,
    field: usize,
    choose: impl Fn(Day) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let period = nav.part(|place| place.period);
    let day = Memo::new(move |_| shown.day(field));
    let range = move || period.get().days(selection.today.get(), &selection.zone());
    let inside = move || {
        let (first, last) = range();
        (first..=last).contains(&day.get())
    };
    let edge = move || {
        let (first, last) = range();
        day.get() == first || day.get() == last
    };
    let other = move || day.get().date().1 != shown.at.get().date().1;
    let tab = move || if shown.at.get() == day.get() { "0" } else { "-1" };
    view! {
        <td role="gridcell" aria-selected=move || inside().to_string()>
            <button
                type="button"
                id=field_id(field)
                class="calendar__day"
                tabindex=tab
                aria-label=move || locale.formats.day(day.get())
                aria-current=move || (selection.today.get() == day.get()).then_some("date")
                data-inside=move || inside().to_string()
                data-edge=move || edge().to_string()
                data-other=move || other().to_string()
                on:click=move |_| choose(day.get_untracked())
            >
                {move || locale.count(i64::from(day.get().date().2))}
            </button>
        </td>
    }
}

fn field_id(field: impl std::fmt::Display) -> String {
    format!("calendar-{field}")
}

/// The keys of a grid of dates: arrows by day and week, Home and End within the week, Page Up and
/// Page Down by month, with Shift by year.
fn walk(shown: Shown, event: &KeyboardEvent) {
    let at = shown.at.get_untracked();
    let column = shown.field_of(at).rem_euclid(7);
    let months = if event.shift_key() { 12 } else { 1 };
    let to = match event.key().as_str() {
        "ArrowLeft" => at.plus(-1),
        "ArrowRight" => at.plus(1),
        "ArrowUp" => at.plus(-7),
        "ArrowDown" => at.plus(7),
        "Home" => at.plus(-column),
        "End" => at.plus(6 - column),
        "PageUp" => plus_months(at, -months),
        "PageDown" => plus_months(at, months),
        _ => return,
    };
    event.prevent_default();
    shown.at.set(to);
    focus::by_id(&field_id(shown.field_of(to)));
}
