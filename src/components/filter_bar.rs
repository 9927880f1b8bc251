//! The filters: one menu a dimension, each with the counts that choosing would give.

use std::collections::BTreeMap;

use calls::filter::{Filter, Mark, Wanted, agent_key};
use calls::{Call, Direction, Status, Success};
use leptos::prelude::*;

use crate::browser::focus;
use crate::components::call_text::{direction_text, status_text, success_text};
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::icon::{Icon, Symbol};
use crate::ui::menu::Menu;

/// A dimension that calls are filtered by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dimension {
    /// The connection.
    Connection,
    /// The agent.
    Agent,
    /// The status.
    Status,
    /// The direction.
    Direction,
    /// Success.
    Success,
}

impl Dimension {
    const ALL: [Self; 5] =
        [Self::Connection, Self::Agent, Self::Status, Self::Direction, Self::Success];

    /// The value of a call in this dimension.
    fn of(self, call: &Call) -> Option<String> {
        match self {
            Self::Connection => Some(call.key.connection.to_string()),
            Self::Agent => agent_key(call),
            Self::Status => Some(call.status.code().to_owned()),
            Self::Direction => Some(call.direction.code().to_owned()),
            Self::Success => Some(call.success.code().to_owned()),
        }
    }

    /// The chosen values.
    fn chosen(self, filter: &Filter) -> Vec<String> {
        let codes = |codes: Vec<&str>| codes.into_iter().map(str::to_owned).collect();
        match self {
            Self::Connection => filter.connections.clone(),
            Self::Agent => filter.agents.clone(),
            Self::Status => filter.statuses.clone(),
            Self::Direction => codes(filter.directions.iter().map(|d| d.code()).collect()),
            Self::Success => codes(filter.successes.iter().map(|s| s.code()).collect()),
        }
    }

    fn choose(self, filter: &mut Filter, values: Vec<String>) {
        let has = |code: &str| values.iter().any(|value| value == code);
        match self {
            Self::Connection => filter.connections = values,
            Self::Agent => filter.agents = values,
            Self::Status => filter.statuses = values,
            Self::Direction => {
                let all = [Direction::Inbound, Direction::Outbound, Direction::Unknown];
                filter.directions = all.into_iter().filter(|d| has(d.code())).collect();
            }
            Self::Success => {
                let all = [Success::Yes, Success::No, Success::NotStated];
                filter.successes = all.into_iter().filter(|s| has(s.code())).collect();
            }
        }
    }
}

/// The bar.
#[component]
pub fn FilterBar() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let filtered = nav.part(|place| !place.filter.is_empty());
    let deleted = nav.part(|place| place.filter.marks.shows(Mark::Deleted));
    let menus =
        Dimension::ALL.into_iter().map(|dimension| view! { <FilterMenu dimension=dimension/> });
    let shown = RwSignal::new(false);
    let toggle =
        move || if filtered.get() { words.filters_active() } else { words.filters_label() };
    view! {
        <div class="filter-bar" role="group" aria-label=words.filters_label() data-shown=move || shown.get().to_string()>
            <button
                type="button"
                class="button filter-bar__toggle"
                aria-expanded=move || shown.get().to_string()
                data-active=move || filtered.get().to_string()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {toggle}
            </button>
            {menus.collect_view()}
            <PhoneField/>
            <button
                type="button"
                class="button"
                aria-pressed=move || deleted.get().to_string()
                on:click=move |_| nav.go(|place| {
                    let shows = place.filter.marks.shows(Mark::Deleted);
                    let wanted = if shows { Wanted::Without } else { Wanted::Any };
                    place.filter.marks.set(Mark::Deleted, wanted);
                })
            >
                {words.filter_deleted()}
            </button>
            <Show when=move || filtered.get()>
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| nav.go(|place| place.filter = Filter::default())
                >
                    <Icon symbol=Symbol::Close/>
                    {words.filters_clear()}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn PhoneField() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let phone = nav.part(|place| place.filter.phone.clone());
    view! {
        <input
            class="field__input filter-bar__phone"
            type="tel"
            autocomplete="off"
            aria-label=words.filter_phone()
            placeholder=words.filter_phone()
            prop:value=phone
            on:input=move |event| {
                let typed = focus::value(&event);
                nav.adjust(|place| place.filter.phone = typed);
            }
        />
    }
}

#[component]
fn FilterMenu(dimension: Dimension) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let name = match dimension {
        Dimension::Connection => words.filter_connection(),
        Dimension::Agent => words.filter_agent(),
        Dimension::Status => words.filter_status(),
        Dimension::Direction => words.filter_direction(),
        Dimension::Success => words.filter_success(),
    };
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
        <Menu label=label panel=name active=active>
            <FilterChoices dimension=dimension/>
        </Menu>
    }
}

/// The choices of a dimension with their counts: how many calls each would show, all other
/// filters standing. A chosen value stays even when nothing has it any more.
#[component]
fn FilterChoices(dimension: Dimension) -> impl IntoView {
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let locale = use_locale();
    let name_of = use_value_names(dimension);
    let chosen = nav.part(move |place| dimension.chosen(&place.filter));
    let filter = nav.part(move |place| {
        let mut filter = place.filter.clone();
        dimension.choose(&mut filter, Vec::new());
        filter
    });
    let counts = Memo::new(move |_| {
        let rows = filter.with(|filter| store.rows(filter, Some(selection.span.get())));
        let mut counts: BTreeMap<String, usize> =
            chosen.get().into_iter().map(|v| (v, 0)).collect();
        store.with_book(|book| {
            for value in rows.iter().filter_map(|row| dimension.of(book.call(*row)?)) {
                *counts.entry(value).or_default() += 1;
            }
        });
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    });
    let toggle = move |value: String| {
        nav.go(move |place| {
            let mut values = dimension.chosen(&place.filter);
            match values.iter().position(|other| *other == value) {
                Some(index) => drop(values.remove(index)),
                None => values.push(value),
            }
            dimension.choose(&mut place.filter, values);
        });
    };
    let choice = move |(value, count): (String, usize)| {
        let (text, checked) = (name_of(&value), value.clone());
        view! {
            <li>
                <label class="choice">
                    <input
                        type="checkbox"
                        prop:checked=move || chosen.with(|chosen| chosen.contains(&checked))
                        on:change=move |_| toggle(value.clone())
                    />
                    <span class="choice__name">{text}</span>
                    <span class="choice__count">{locale.count(count)}</span>
                </label>
            </li>
        }
    };
    view! {
        <ul class="choices">
            <For each=move || counts.get() key=|choice| choice.clone() children=choice/>
        </ul>
        <Show when=move || counts.with(Vec::is_empty)>
            <p class="choices__none">{locale.words.filter_no_values()}</p>
        </Show>
    }
}

/// How a dimension's values read on screen.
fn use_value_names(dimension: Dimension) -> impl Fn(&str) -> String + Copy + Send + Sync + 'static {
    let (store, locale) = (use_store(), use_locale());
    move |value: &str| match dimension {
        Dimension::Connection => store.connection_name(value),
        Dimension::Agent => store.agent_name(value),
        Dimension::Status => {
            status_text(&Status::of(value.strip_prefix("none").unwrap_or(value)), locale)
        }
        Dimension::Direction => {
            let all = [Direction::Inbound, Direction::Outbound];
            let direction = all.into_iter().find(|d| d.code() == value);
            direction_text(direction.unwrap_or(Direction::Unknown), calls::Channel::Phone, locale).0
        }
        Dimension::Success => {
            let all = [Success::Yes, Success::No];
            let success = all.into_iter().find(|s| s.code() == value);
            success_text(success.unwrap_or(Success::NotStated), locale).0
        }
    }
}
