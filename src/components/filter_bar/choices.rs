//! A menu of values, each with the count of calls that choosing it would show.

use calls::book::{FacetCount, Field, Looking};
use calls::filter::Facet;
use leptos::prelude::*;

use super::coverage::Coverage;
use super::names::{facet_name, use_value_names};
use crate::browser::focus;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::parts;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::lazy::Lazy;
use crate::ui::menu::Menu;

/// From this many values on there is a field to find one.
const MANY: usize = 10;

/// The menu.
#[component]
pub fn ChoiceMenu(
    /// The id of its button.
    id: String,
    /// The facet.
    facet: Facet,
) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let words = locale.words;
    let name = facet_name(facet, locale);
    let chosen = nav.part(move |place| facet.chosen(&place.filter));
    let name_of = use_value_names(facet);
    let shown = name.clone();
    let label = Signal::derive(move || match chosen.get().as_slice() {
        [] => shown.clone(),
        [one] => words.filter_one(&shown, name_of(one)),
        many => words.filter_many(&shown, many.len().to_string()),
    });
    let active = Signal::derive(move || !chosen.get().is_empty());
    view! {
        <Menu id=id label=label panel=name active=active>
            <Lazy part=parts::choices::part(facet)/>
        </Menu>
    }
}

/// The values of a dimension with the calls that each would show, all other filters standing. A
/// chosen value stays, at zero too, so that it can be given up where it was chosen.
fn use_counts(facet: Facet) -> Memo<Vec<FacetCount>> {
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let filter = nav.part(|place| place.filter.clone());
    Memo::new(move |_| {
        let span = Some(selection.span.get());
        filter.with(|filter| {
            store.looking(Looking::at(filter, span), |book, looking| book.facet(facet, looking))
        })
    })
}

/// The values.
#[component]
pub fn Choices(
    /// The facet.
    facet: Facet,
) -> impl IntoView {
    let locale = use_locale();
    let name_of = use_value_names(facet);
    let counts = use_counts(facet);
    let typed = RwSignal::new(String::new());
    let many = Memo::new(move |_| counts.with(Vec::len) > MANY);
    let fitting = move || {
        let wanted = calls::fold::fold(typed.get().trim());
        let fits = |count: &FacetCount| calls::fold::fold(&name_of(&count.value)).contains(&wanted);
        counts.get().into_iter().filter(fits).collect::<Vec<_>>()
    };
    view! {
        <Show when=move || many.get()>
            <FindField typed=typed/>
        </Show>
        <ul class="choices">
            <For
                each=fitting
                key=|count| count.value.clone()
                children=move |count| view! { <Choice facet=facet value=count.value counts=counts/> }
            />
        </ul>
        <Show when=move || counts.with(Vec::is_empty)>
            <p class="choices__none">{locale.words.filter_no_values()}</p>
        </Show>
        {told_late(facet).map(|field| view! {
            <Coverage field=field without=move |filter| facet.choose(filter, Vec::new())/>
        })}
    }
}

/// What only opening a call tells, at some provider.
fn told_late(facet: Facet) -> Option<Field> {
    match facet {
        Facet::ToolErrors => Some(Field::ToolErrors),
        Facet::Transcript => Some(Field::Transcript),
        _ => None,
    }
}

#[component]
fn FindField(typed: RwSignal<String>) -> impl IntoView {
    let words = use_locale().words;
    view! {
        <input
            class="field__input choices__find"
            type="search"
            autocomplete="off"
            aria-label=words.filter_find()
            placeholder=words.filter_find()
            on:input=move |event| typed.set(focus::value(&event))
        />
    }
}

/// One value. Its box follows the counts and stays, so that choosing costs nobody the focus.
#[component]
fn Choice(facet: Facet, value: String, counts: Memo<Vec<FacetCount>>) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let text = use_value_names(facet)(&value);
    let (checked, counted) = (value.clone(), value.clone());
    let is_chosen = nav.part(move |place| facet.chosen(&place.filter).contains(&checked));
    let count = move || {
        let known = |counts: &Vec<FacetCount>| {
            counts.iter().find(|count| count.value == counted).map_or(0, |count| count.count)
        };
        locale.count(counts.with(known))
    };
    let toggle = move |_| {
        let value = value.clone();
        nav.go(move |place| {
            let mut values = facet.chosen(&place.filter);
            match values.iter().position(|other| *other == value) {
                Some(index) => drop(values.remove(index)),
                None => values.push(value),
            }
            facet.choose(&mut place.filter, values);
        });
    };
    view! {
        <li>
            <label class="choice">
                <input type="checkbox" prop:checked=is_chosen on:change=toggle/>
                <span class="choice__name" dir="auto">{text}</span>
                <span class="choice__count">{count}</span>
            </label>
        </li>
    }
}
