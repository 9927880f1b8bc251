//! A menu of values, each with the count of calls that choosing it would show.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::dimension::Dimension;
use super::names::{kind_name, use_value_names};
use crate::browser::focus;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::menu::Menu;

/// From this many values on there is a field to find one.
const MANY: usize = 10;

/// The menu.
#[component]
pub fn ChoiceMenu(
    /// The id of its button.
    id: String,
    /// The dimension.
    dimension: Dimension,
) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let words = locale.words;
    let name = kind_name(dimension, locale);
    let chosen = nav.part(move |place| dimension.chosen(&place.filter));
    let name_of = use_value_names(dimension);
    let shown = name.clone();
    let label = Signal::derive(move || match chosen.get().as_slice() {
        [] => shown.clone(),
        [one] => words.filter_one(&shown, name_of(one)),
        many => words.filter_many(&shown, many.len().to_string()),
    });
    let active = Signal::derive(move || !chosen.get().is_empty());
    view! {
        <Menu id=id label=label panel=name active=active>
            <Choices dimension=dimension/>
        </Menu>
    }
}

/// A value, and how many calls have it while all other filters stand.
type Count = (String, usize);

/// The counts of a dimension's values. A chosen value stays, at zero too, so that it can be given
/// up where it was chosen.
fn use_counts(dimension: Dimension) -> Memo<Vec<Count>> {
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let chosen = nav.part(move |place| dimension.chosen(&place.filter));
    let filter = nav.part(move |place| {
        let mut filter = place.filter.clone();
        dimension.choose(&mut filter, Vec::new());
        filter
    });
    Memo::new(move |_| {
        let rows = filter.with(|filter| store.rows(filter, Some(selection.span.get())));
        let mut counts: BTreeMap<String, usize> =
            chosen.get().into_iter().map(|value| (value, 0)).collect();
        store.with_book(|book| {
            let calls = rows.iter().filter_map(|row| book.call(*row));
            for value in calls.flat_map(|call| dimension.of(&call)) {
                *counts.entry(value).or_default() += 1;
            }
        });
        let mut counts: Vec<Count> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    })
}

#[component]
fn Choices(dimension: Dimension) -> impl IntoView {
    let locale = use_locale();
    let name_of = use_value_names(dimension);
    let counts = use_counts(dimension);
    let typed = RwSignal::new(String::new());
    let many = Memo::new(move |_| counts.with(Vec::len) > MANY);
    let fitting = move || {
        let wanted = calls::fold::fold(typed.get().trim());
        let fits = |count: &Count| calls::fold::fold(&name_of(&count.0)).contains(&wanted);
        counts.get().into_iter().filter(fits).collect::<Vec<_>>()
    };
    view! {
        <Show when=move || many.get()>
            <FindField typed=typed/>
        </Show>
        <ul class="choices">
            <For
                each=fitting
                key=|count| count.0.clone()
                children=move |(value, _)| view! { <Choice dimension=dimension value=value counts=counts/> }
            />
        </ul>
        <Show when=move || counts.with(Vec::is_empty)>
            <p class="choices__none">{locale.words.filter_no_values()}</p>
        </Show>
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
fn Choice(dimension: Dimension, value: String, counts: Memo<Vec<Count>>) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let text = use_value_names(dimension)(&value);
    let (checked, counted) = (value.clone(), value.clone());
    let is_chosen = nav.part(move |place| dimension.chosen(&place.filter).contains(&checked));
    let count = move || {
        let known = |counts: &Vec<Count>| {
            counts.iter().find(|(value, _)| *value == counted).map_or(0, |count| count.1)
        };
        locale.count(counts.with(known))
    };
    let toggle = move |_| {
        let value = value.clone();
        nav.go(move |place| {
            let mut values = dimension.chosen(&place.filter);
            match values.iter().position(|other| *other == value) {
                Some(index) => drop(values.remove(index)),
                None => values.push(value),
            }
            dimension.choose(&mut place.filter, values);
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
