//! A period that is typed: two days, and two times for whoever means a part of a day.

use calls::period::Period;
use calls::{Day, Zone};
use leptos::ev::{Event, FocusEvent, KeyboardEvent};
use leptos::prelude::*;

use crate::browser::focus;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;

/// What stands in the fields. A time that is empty is the beginning or the end of its day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Typed {
    first: Day,
    last: Day,
    /// Minutes after midnight.
    from: Option<i64>,
    /// Minutes after midnight.
    to: Option<i64>,
}

impl Typed {
    fn of(period: Period, today: Day, zone: &Zone) -> Self {
        let (first, last) = period.days(today, zone);
        let days = Self { first, last, from: None, to: None };
        let Period::Exact(span) = period else { return days };
        let minutes = |at_ms: i64| {
            let wall = zone.wall(at_ms);
            i64::from(wall.hour) * 60 + i64::from(wall.minute)
        };
        let begins = zone.day_start_ms(first) == span.from_ms;
        let ends = zone.day_start_ms(last.plus(1)) == span.to_ms;
        Self {
            from: (!begins).then(|| minutes(span.from_ms)),
            to: (!ends).then(|| minutes(span.to_ms)),
            ..days
        }
    }

    /// The period, and whether it had to be turned.
    fn period(self, zone: &Zone) -> (Period, bool) {
        if self.from.or(self.to).is_none() {
            return Period::between(self.first, self.last);
        }
        let from = self.from.map(|minutes| zone.instant_ms(self.first, minutes));
        let to = self.to.map(|minutes| zone.instant_ms(self.last, minutes));
        let (period, turned) = Period::exactly(
            from.unwrap_or_else(|| zone.day_start_ms(self.first)),
            to.unwrap_or_else(|| zone.day_start_ms(self.last.plus(1))),
        );
        match period {
            Period::Exact(span) => (Period::of_span(span, zone), turned),
            days => (days, turned),
        }
    }
}

/// `13:30` as minutes after midnight; what is empty or no time is none.
fn minutes(typed: &str) -> Option<i64> {
    let (hours, minutes) = typed.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

/// Minutes after midnight as a field of time has them.
fn clock(minutes: Option<i64>) -> String {
    minutes.map(|at| format!("{:02}:{:02}", at / 60, at % 60)).unwrap_or_default()
}

/// A field.
#[derive(Clone, Copy)]
enum Part {
    First,
    From,
    Last,
    To,
}

impl Part {
    /// Takes what was typed into it.
    fn take(self, typed: &mut Typed, text: &str) {
        match self {
            Self::First => typed.first = Day::parse(text).unwrap_or(typed.first),
            Self::Last => typed.last = Day::parse(text).unwrap_or(typed.last),
            Self::From => typed.from = minutes(text),
            Self::To => typed.to = minutes(text),
        }
    }

    fn text(self, typed: Typed) -> String {
        match self {
            Self::First => typed.first.iso(),
            Self::Last => typed.last.iso(),
            Self::From => clock(typed.from),
            Self::To => clock(typed.to),
        }
    }
}

/// The fields. Browsers tell of a change with every digit (of a year first the 2, then the 20), so
/// what is typed counts once it is finished: by Enter, or by leaving all of them. What was picked
/// counts at once.
#[component]
pub fn TypedPeriod() -> impl IntoView {
    let (nav, selection, words) = (use_nav(), use_selection(), use_locale().words);
    let period = nav.part(|place| place.period);
    let now = Memo::new(move |_| Typed::of(period.get(), selection.today.get(), &selection.zone()));
    let (draft, typing) = (StoredValue::new(None::<Typed>), StoredValue::new(false));
    let turned = RwSignal::new(false);
    let finish = move || {
        typing.set_value(false);
        let Some(typed) = draft.try_update_value(Option::take).flatten() else { return };
        let (period, was_turned) = typed.period(&selection.zone_untracked());
        turned.set(was_turned);
        nav.go(|place| place.period = period);
    };
    let take = move |part: Part, event: Event| {
        let mut typed = draft.get_value().unwrap_or_else(|| now.get_untracked());
        part.take(&mut typed, &focus::value(&event));
        draft.set_value(Some(typed));
        if !typing.get_value() {
            finish();
        }
    };
    let typed = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => finish(),
        "Tab" | "Shift" => {}
        "Escape" => draft.set_value(None),
        _ => typing.set_value(true),
    };
    let left = move |event: FocusEvent| {
        if focus::leaves(&event) {
            finish();
        }
    };
    let field = move |part: Part, kind: &'static str, label: String| {
        view! {
            <label class="field">
                <span class="field__label">{label}</span>
                <input
                    type=kind
                    class="field__input"
                    prop:value=move || part.text(now.get())
                    on:change=move |event| take(part, event)
                />
            </label>
        }
    };
    view! {
        <div class="period__days" on:keydown=typed on:focusout=left>
            {field(Part::First, "date", words.period_from())}
            {field(Part::From, "time", words.period_from_time())}
            {field(Part::Last, "date", words.period_to())}
            {field(Part::To, "time", words.period_to_time())}
        </div>
        <Show when=move || turned.get()>
            <p class="field__hint" role="status">{words.misread_turned()}</p>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Zone {
        Zone::of_steps("Europe/Berlin", vec![(0, 3_600_000)])
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn what_stands_in_the_fields_is_the_period_that_they_make() {
        let (zone, first, last) = (berlin(), day("2026-11-20"), day("2026-11-21"));
        for typed in [
            Typed { first, last, from: None, to: None },
            Typed { first, last, from: Some(13 * 60 + 30), to: Some(9 * 60) },
            Typed { first, last: first, from: Some(60), to: None },
            Typed { first, last, from: None, to: Some(1) },
        ] {
            let (period, turned) = typed.period(&zone);
            assert_eq!((Typed::of(period, day("2026-12-01"), &zone), turned), (typed, false));
        }
    }

    #[test]
    fn times_that_make_whole_days_are_days_and_upside_down_they_are_turned() {
        let (zone, first) = (berlin(), day("2026-11-20"));
        let whole = Typed { first, last: first.plus(1), from: Some(0), to: Some(0) };
        assert_eq!(whole.period(&zone).0, Period::Days { first, last: first });
        let over = Typed { first, last: first, from: Some(600), to: Some(540) };
        assert!(over.period(&zone).1);
        assert_eq!([minutes("09:05"), minutes("24:00"), minutes("")], [Some(545), None, None]);
    }
}
