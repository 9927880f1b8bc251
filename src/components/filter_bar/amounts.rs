//! A menu of two fields: from this much to that much.

use calls::filter::Bounds;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;

use super::coverage::Coverage;
use super::names::{bounds_text, range_name};
use super::range::Range;
use crate::browser::focus;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::parts;
use crate::ui::lazy::Lazy;
use crate::ui::menu::Menu;

/// An end of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Least,
    Most,
}

impl End {
    fn of(self, bounds: Bounds) -> Option<i64> {
        match self {
            Self::Least => bounds.least,
            Self::Most => bounds.most,
        }
    }

    fn set(self, bounds: &mut Bounds, amount: Option<i64>) {
        match self {
            Self::Least => bounds.least = amount,
            Self::Most => bounds.most = amount,
        }
        // With an end it is asked for anyway, and without any it is not asked for any more.
        bounds.known = false;
    }
}

/// The menu.
#[component]
pub fn AmountMenu(
    /// The id of its button.
    id: String,
    /// The amount.
    range: Range,
) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let bounds = nav.part(move |place| range.bounds(&place.filter));
    let label = Signal::derive(move || bounds_text(range, bounds.get(), locale));
    let active = Signal::derive(move || !bounds.get().is_open());
    view! {
        <Menu id=id label=label panel=range_name(range, locale) active=active>
            <Lazy part=parts::amounts::part(range)/>
        </Menu>
    }
}

/// Whatever it is, as long as it is stated.
#[component]
fn Known(range: Range) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let known = nav.part(move |place| !range.bounds(&place.filter).is_open());
    let bounded = nav.part(move |place| {
        let bounds = range.bounds(&place.filter);
        bounds.least.or(bounds.most).is_some()
    });
    let toggle = move |_| {
        let bounds = if known.get_untracked() { Bounds::default() } else { Bounds::KNOWN };
        nav.go(|place| range.set(&mut place.filter, bounds));
    };
    view! {
        <label class="choice">
            <input type="checkbox" prop:checked=known disabled=bounded on:change=toggle/>
            <span class="choice__name">{words.filter_stated()}</span>
        </label>
    }
}

/// What the menu holds.
#[component]
pub fn AmountPanel(
    /// The amount.
    range: Range,
) -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="amounts">
            <div class="amounts__ends">
                <Amount range=range end=End::Least/>
                <Amount range=range end=End::Most/>
            </div>
            {range.may_be_unstated().then(|| view! { <Known range=range/> })}
            <p class="field__hint">{hint(range, locale)}</p>
            {range.told_late().map(|field| view! {
                <Coverage field=field without=move |filter| range.set(filter, Bounds::default())/>
            })}
            <Turned range=range/>
        </div>
    }
}

/// What may be typed, and what becomes of calls that do not say.
fn hint(range: Range, locale: crate::locale::Locale) -> String {
    let words = locale.words;
    match range {
        Range::Duration => words.filter_duration_hint(),
        _ => words.filter_unknown_hint(),
    }
}

/// Upside down, a range shows nothing: that is said, and not silently mended while somebody is
/// still typing.
#[component]
fn Turned(range: Range) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let turned = nav.part(move |place| {
        let bounds = range.bounds(&place.filter);
        bounds.least.zip(bounds.most).is_some_and(|(least, most)| least > most)
    });
    view! {
        <p class="field__hint" role="status">
            {move || turned.get().then(|| words.filter_upside_down())}
        </p>
    }
}

/// A field for one end. What is typed counts once it is finished: by Enter, or by leaving.
#[component]
fn Amount(range: Range, end: End) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let wrong = RwSignal::new(false);
    let amount = nav.part(move |place| end.of(range.bounds(&place.filter)));
    let label = if end == End::Least { words.filter_least() } else { words.filter_most() };
    let finish = move |typed: String| {
        let read = range.read(&typed);
        wrong.set(read.is_err());
        let Ok(amount) = read else { return };
        nav.go(|place| {
            let mut bounds = range.bounds(&place.filter);
            end.set(&mut bounds, amount);
            range.set(&mut place.filter, bounds);
        });
    };
    let enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            finish(focus::value(&event));
        }
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="field__input"
                inputmode="decimal"
                autocomplete="off"
                aria-invalid=move || wrong.get().to_string()
                prop:value=move || amount.get().map(|amount| range.write(amount)).unwrap_or_default()
                on:keydown=enter
                on:blur=move |event: FocusEvent| finish(focus::value(&event))
            />
            <span class="field__hint" role="status">
                {move || wrong.get().then(|| words.filter_no_amount())}
            </span>
        </label>
    }
}
