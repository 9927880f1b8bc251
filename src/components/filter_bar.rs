//! The filters: a menu for each that is in use or always at hand, and one that offers the others.

pub mod amounts;
pub mod choices;
pub mod coverage;
pub mod groups;
pub mod hours;
mod names;
mod range;

pub use range::Range;

use calls::filter::{Facet, Filter, Mark, Marks, Wanted};
use leptos::prelude::*;

use crate::browser::focus;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::ui::icon::{Icon, Symbol};
use crate::ui::menu::Menu;

use amounts::AmountMenu;
use choices::ChoiceMenu;
use groups::GroupMenu;
use hours::HoursMenu;
use names::range_name;
pub use names::{facet_name, filter_words, filter_words_in_full, use_value_names};

/// A filter that has a menu of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Choice(Facet),
    Hours,
    Amount(Range),
    Contact,
    Groups,
}

impl Kind {
    /// All of them, in the order they stand in the bar.
    fn all() -> impl Iterator<Item = Self> {
        let is_choice = |facet: &Facet| !matches!(facet, Facet::Mark(_));
        let choices = Facet::ALL.into_iter().filter(is_choice).map(Self::Choice);
        let amounts = Range::ALL.into_iter().map(Self::Amount);
        choices.chain([Self::Hours]).chain(amounts).chain([Self::Contact, Self::Groups])
    }

    /// Whether it stands in the bar before anybody chose anything.
    fn is_pinned(self) -> bool {
        use Facet::{Agent, Connection, Direction, Status, Success};
        matches!(self, Self::Choice(Connection | Agent | Status | Direction | Success))
    }

    fn is_active(self, filter: &Filter) -> bool {
        match self {
            Self::Choice(facet) => !facet.chosen(filter).is_empty(),
            Self::Hours => !filter.hours.is_open(),
            Self::Amount(range) => !range.bounds(filter).is_open(),
            Self::Contact => !filter.contact.is_empty(),
            // "Deleted too" has a button of its own.
            Self::Groups => {
                filter.marks.with(Mark::Deleted, Wanted::Without) != Marks::default()
                    || filter.marks.of(Mark::Deleted) == Wanted::Only
            }
        }
    }

    /// The id of its button.
    fn id(self) -> String {
        let place = Self::all().position(|kind| kind == self).unwrap_or_default();
        format!("filter-{place}")
    }
}

/// The bar.
#[component]
pub fn FilterBar() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let filtered = nav.part(|place| !place.filter.is_empty());
    let shown = RwSignal::new(false);
    let added = RwSignal::new(Vec::<Kind>::new());
    let kinds = Memo::new(move |_| {
        let filter = nav.place().filter;
        let is_shown = |kind: &Kind| {
            kind.is_pinned() || kind.is_active(&filter) || added.with(|added| added.contains(kind))
        };
        Kind::all().filter(is_shown).collect::<Vec<_>>()
    });
    let toggle =
        move || if filtered.get() { words.filters_active() } else { words.filters_label() };
    let clear = move |_| {
        added.set(Vec::new());
        nav.go(|place| place.filter = Filter::default());
    };
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
            <For each=move || kinds.get() key=|kind| kind.id() children=|kind| view! { <KindMenu kind=kind/> }/>
            <PhoneField/>
            <DeletedToo/>
            <MoreFilters kinds=kinds added=added/>
            <Show when=move || filtered.get()>
                <button type="button" class="button button--quiet" on:click=clear>
                    <Icon symbol=Symbol::Close/>
                    {words.filters_clear()}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn KindMenu(kind: Kind) -> impl IntoView {
    let id = kind.id();
    match kind {
        Kind::Choice(facet) => view! { <ChoiceMenu id=id facet=facet/> }.into_any(),
        Kind::Hours => view! { <HoursMenu id=id/> }.into_any(),
        Kind::Amount(range) => view! { <AmountMenu id=id range=range/> }.into_any(),
        Kind::Contact => view! { <ContactField id=id/> }.into_any(),
        Kind::Groups => view! { <GroupMenu id=id/> }.into_any(),
    }
}

/// The filters that are not in the bar yet. One that is chosen comes into it, opened.
#[component]
fn MoreFilters(kinds: Memo<Vec<Kind>>, added: RwSignal<Vec<Kind>>) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let add = move |kind: Kind| {
        added.update(|added| added.push(kind));
        focus::soon_by_id(&kind.id());
    };
    let name = move |kind: Kind| match kind {
        Kind::Choice(facet) => facet_name(facet, locale),
        Kind::Hours => words.filter_hours(),
        Kind::Amount(range) => range_name(range, locale),
        Kind::Contact => words.filter_contact(),
        Kind::Groups => words.filter_groups(),
    };
    let left = move || Kind::all().filter(move |kind| !kinds.with(|kinds| kinds.contains(kind)));
    let choices = move || {
        let choice = move |kind| {
            view! {
                <li>
                    <button type="button" class="views__link filter-bar__more" on:click=move |_| add(kind)>
                        {name(kind)}
                    </button>
                </li>
            }
        };
        left().map(choice).collect_view()
    };
    view! {
        <Menu label=words.filter_add() panel=words.filter_add() active=false symbol=Symbol::Add>
            <ul class="views__list">{choices}</ul>
        </Menu>
    }
}

#[component]
fn DeletedToo() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let shows = nav.part(|place| place.filter.marks.shows(Mark::Deleted));
    let switch = move |_| {
        nav.go(|place| {
            let wanted =
                if place.filter.marks.shows(Mark::Deleted) { Wanted::Without } else { Wanted::Any };
            place.filter.marks.set(Mark::Deleted, wanted);
        });
    };
    view! {
        <button type="button" class="button" aria-pressed=move || shows.get().to_string() on:click=switch>
            {words.filter_deleted()}
        </button>
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
fn ContactField(id: String) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let contact = nav.part(|place| place.filter.contact.clone());
    view! {
        <input
            id=id
            class="field__input filter-bar__phone filter-bar__contact"
            autocomplete="off"
            spellcheck="false"
            aria-label=words.filter_contact()
            placeholder=words.filter_contact()
            prop:value=contact
            on:input=move |event| {
                let typed = focus::value(&event);
                nav.adjust(|place| place.filter.contact = typed);
            }
        />
    }
}
