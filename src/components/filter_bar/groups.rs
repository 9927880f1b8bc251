//! Groups of calls that are shown with the others, alone, or left out.

use calls::filter::{Mark, Wanted};
use leptos::prelude::*;

use super::names::{mark_name, wanted_name};
use crate::browser::focus;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::parts;
use crate::ui::lazy::Lazy;
use crate::ui::menu::Menu;

/// The menu.
#[component]
pub fn GroupMenu(
    /// The id of its button.
    id: String,
) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let words = locale.words;
    let chosen = nav.part(|place| {
        let marks = place.filter.marks;
        Mark::ALL
            .into_iter()
            .filter(|mark| marks.of(*mark) != mark.unless_chosen())
            .collect::<Vec<_>>()
    });
    let label = Signal::derive(move || match chosen.get().as_slice() {
        [] => words.filter_groups(),
        [one] => {
            let wanted = nav.place().filter.marks.of(*one);
            words.filter_one(mark_name(*one, locale), wanted_name(wanted, locale))
        }
        many => words.filter_many(words.filter_groups(), many.len().to_string()),
    });
    let active = Signal::derive(move || chosen.with(|chosen| !chosen.is_empty()));
    view! {
        <Menu id=id label=label panel=words.filter_groups() active=active>
            <Lazy part=parts::groups::part()/>
        </Menu>
    }
}

/// What the menu holds.
#[component]
pub fn GroupPanel() -> impl IntoView {
    let groups = Mark::ALL.into_iter().map(|mark| view! { <Group mark=mark/> });
    view! { <div class="amounts">{groups.collect_view()}</div> }
}

#[component]
fn Group(mark: Mark) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let wanted = nav.part(move |place| place.filter.marks.of(mark).code());
    let choose = move |event| {
        if let Some(wanted) = Wanted::parse(&focus::value(&event)) {
            nav.go(|place| place.filter.marks.set(mark, wanted));
        }
    };
    let options = Wanted::ALL.into_iter().map(|wanted| {
        view! { <option value=wanted.code()>{wanted_name(wanted, locale)}</option> }
    });
    view! {
        <label class="field amounts__group">
            <span class="field__label">{mark_name(mark, locale)}</span>
            <select class="field__input" prop:value=wanted on:change=choose>
                {options.collect_view()}
            </select>
        </label>
    }
}
