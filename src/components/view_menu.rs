//! The menu of views: those that come along, those the reader saved, and saving one.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::browser::{focus, storage};
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::parts;
use crate::place::Place;
use crate::ui::icon::{Icon, Symbol};
use crate::ui::lazy::Lazy;
use crate::ui::menu::Menu;
use crate::views::{BuiltIn, NotSaved, Saved, Views, is_at, names_a_person};

/// The name that the views are stored under.
const KEPT: &str = "views";

/// The saved views, and what came of the last attempt to change them.
#[derive(Clone, Copy)]
pub struct Kept {
    views: RwSignal<Views>,
    said: RwSignal<Option<Result<String, NotSaved>>>,
}

impl Kept {
    fn new() -> Self {
        Self { views: RwSignal::new(kept_views()), said: RwSignal::new(None) }
    }

    /// Changes the views if the browser takes the change; else everything stays as it was. What
    /// another tab saved meanwhile is kept.
    fn change(self, name: &str, change: impl FnOnce(&mut Views) -> Result<(), NotSaved>) {
        let mut views = kept_views();
        let changed = change(&mut views).and_then(|()| {
            let written = storage::write(KEPT, Some(&views.text()));
            written.then_some(()).ok_or(NotSaved::Blocked)
        });
        if changed.is_ok() {
            self.views.set(views);
        }
        self.said.set(Some(changed.map(|()| name.to_owned())));
    }
}

/// What the browser keeps; nothing where it keeps nothing.
fn kept_views() -> Views {
    storage::read(KEPT).map(|text| Views::parse(&text)).unwrap_or_default()
}

/// A view that comes along, in words.
fn built_in_name(view: BuiltIn, locale: Locale) -> String {
    let words = locale.words;
    match view {
        BuiltIn::Todo => words.view_todo(),
        BuiltIn::Callbacks => words.view_callbacks(),
        BuiltIn::Failed => words.view_failed(),
        BuiltIn::Running => words.view_running(),
        BuiltIn::Today => words.period_today(),
    }
}

/// The name of the view that a place is, if it is one.
fn name_at(place: &Place, views: &Views, locale: Locale) -> Option<String> {
    let built_in = BuiltIn::ALL.into_iter().find(|view| view.place(place) == *place);
    let saved = || views.all().iter().find(|view| is_at(&view.fragment, place));
    built_in
        .map(|view| built_in_name(view, locale))
        .or_else(|| saved().map(|view| view.name.clone()))
}

/// The menu.
#[component]
pub fn ViewMenu() -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let kept = Kept::new();
    let place = nav.part(|place| place.with_call(None));
    let current = Memo::new(move |_| {
        place.with(|place| kept.views.with(|views| name_at(place, views, locale)))
    });
    let words = locale.words;
    let label = Signal::derive(move || current.get().unwrap_or_else(|| words.views_label()));
    let active = Signal::derive(move || current.with(Option::is_some));
    view! {
        <Menu label=label panel=words.views_label() active=active symbol=Symbol::View>
            <Lazy part=parts::views::part(kept)/>
        </Menu>
    }
}

/// What the menu holds.
#[component]
pub fn ViewPanel(
    /// The saved views.
    kept: Kept,
) -> impl IntoView {
    view! {
        <div class="views">
            <ul class="views__list">
                {BuiltIn::ALL.into_iter().map(|view| view! { <BuiltInView view=view/> }).collect_view()}
            </ul>
            <SavedViews kept=kept/>
            <SaveForm kept=kept/>
        </div>
    }
}

#[component]
fn BuiltInView(view: BuiltIn) -> impl IntoView {
    let (nav, locale) = (use_nav(), use_locale());
    let there = nav.part(move |place| view.place(place).fragment());
    let here = nav.part(move |place| is_at(&view.place(place).fragment(), place));
    view! {
        <li>
            <a class="views__link" href=there aria-current=move || here.get().then_some("true")>
                {built_in_name(view, locale)}
            </a>
        </li>
    }
}

#[component]
fn SavedViews(kept: Kept) -> impl IntoView {
    let words = use_locale().words;
    let any = Memo::new(move |_| kept.views.with(|views| !views.all().is_empty()));
    view! {
        <Show when=move || any.get()>
            <h2 class="views__heading">{words.views_saved()}</h2>
            <ul class="views__list">
                <For
                    each=move || kept.views.with(|views| views.all().to_vec())
                    key=|view| (view.name.clone(), view.fragment.clone())
                    children=move |view| view! { <SavedView kept=kept view=view/> }
                />
            </ul>
        </Show>
    }
}

#[component]
fn SavedView(kept: Kept, view: Saved) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let Saved { name, fragment } = view;
    let there = fragment.clone();
    let here = nav.part(move |place| is_at(&fragment, place));
    let forgotten = name.clone();
    let forget = move |_| {
        kept.change("", |views| {
            views.forget(&forgotten);
            Ok(())
        });
        // The button is gone with its view; whoever pressed it goes on in the form.
        focus::by_id(NAME_FIELD);
    };
    view! {
        <li class="views__saved">
            <a class="views__link" href=there aria-current=move || here.get().then_some("true")>
                {name.clone()}
            </a>
            <button
                type="button"
                class="button button--quiet button--icon"
                aria-label=words.view_forget(&name)
                title=words.view_forget(&name)
                on:click=forget
            >
                <Icon symbol=Symbol::Close/>
            </button>
        </li>
    }
}

const NAME_FIELD: &str = "view-name";

#[component]
fn SaveForm(kept: Kept) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let name = RwSignal::new(String::new());
    let warned = nav.part(names_a_person);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (typed, place) = (name.get_untracked(), nav.place_untracked());
        kept.change(typed.trim(), |views| views.save(&typed, &place));
        if kept.said.with_untracked(|said| matches!(said, Some(Ok(_)))) {
            name.set(String::new());
        }
    };
    let said = move || {
        kept.said.get().map(|said| match said {
            Ok(name) if name.is_empty() => words.view_forgotten(),
            Ok(name) => words.view_saved(name),
            Err(NotSaved::NoName) => words.view_no_name(),
            Err(NotSaved::LongName) => words.view_long_name(),
            Err(NotSaved::TooMany) => words.view_too_many(),
            Err(NotSaved::Blocked) => words.view_blocked(),
        })
    };
    view! {
        <form class="views__form" on:submit=save>
            <div class="field">
                <label class="field__label" for=NAME_FIELD>{words.view_name()}</label>
                <div class="views__row">
                    <input
                        id=NAME_FIELD
                        class="field__input"
                        autocomplete="off"
                        prop:value=move || name.get()
                        on:input=move |event| name.set(focus::value(&event))
                    />
                    <button type="submit" class="button">{words.view_save()}</button>
                </div>
            </div>
            <Show when=move || warned.get()>
                <p class="field__hint views__warning">
                    <Icon symbol=Symbol::Warning/>
                    {words.view_names_a_person()}
                </p>
            </Show>
            <p class="field__hint" role="status">{move || said().unwrap_or_else(|| words.view_hint())}</p>
        </form>
    }
}
