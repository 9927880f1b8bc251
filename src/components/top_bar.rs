//! The bar on top: name, views, search, period, connections, refresh, theme.

use leptos::prelude::*;

use crate::browser::focus;
use crate::components::load_status::ConnectionDots;
use crate::components::open_files::{OpenButton, Opens};
use crate::components::period_picker::PeriodPicker;
use crate::components::theme_switch::ThemeSwitch;
use crate::components::transcript_search::TranscriptSwitch;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::place::View;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::icon::{Icon, Symbol};

/// The bar.
#[component]
pub fn TopBar() -> impl IntoView {
    let words = use_locale().words;
    view! {
        <header class="top-bar">
            <p class="top-bar__name">
                <Icon symbol=Symbol::Mark/>
                <span class="top-bar__name-text">{words.app_name()}</span>
            </p>
            <nav class="top-bar__views" aria-label=words.nav_label()>
                <ViewLink view=View::Calls label=words.nav_calls()/>
                <ViewLink view=View::Statistics label=words.nav_statistics()/>
            </nav>
            <SearchField/>
            <PeriodPicker/>
            <div class="top-bar__end">
                <ConnectionDots/>
                <OpenButton opens=Opens::File small=true/>
                <OpenButton opens=Opens::Folder small=true/>
                <Refresh/>
                <ThemeSwitch/>
            </div>
        </header>
    }
}

#[component]
fn ViewLink(view: View, label: String) -> impl IntoView {
    let nav = use_nav();
    let current = nav.part(move |place| place.view == view);
    let href = nav.part(move |place| place.with_view(view).fragment());
    view! {
        <a class="top-bar__view" href=href aria-current=move || current.get().then_some("page")>
            {label}
        </a>
    }
}

#[component]
fn SearchField() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let text = nav.part(|place| place.filter.text.clone());
    view! {
        <div class="search" role="search">
            <Icon symbol=Symbol::Search/>
            <input
                id="search"
                class="search__field"
                type="search"
                autocomplete="off"
                spellcheck="false"
                aria-label=words.search_label()
                placeholder=words.search_hint()
                title=words.search_tip()
                prop:value=text
                on:input=move |event| {
                    let typed = focus::value(&event);
                    nav.adjust(|place| place.filter.text = typed);
                }
            />
            <TranscriptSwitch/>
        </div>
    }
}

#[component]
fn Refresh() -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let as_of = move || {
        let at_ms = store.as_of_ms()?;
        let time = locale.formats.time(selection.zone().wall(at_ms));
        Some(locale.words.as_of(time))
    };
    let again = move |_| match store.reach_untracked_failed() {
        true => store.reach_out(),
        false => store.reload(),
    };
    view! {
        <button
            type="button"
            class="button refresh"
            data-busy=move || store.is_loading().to_string()
            aria-label=locale.words.refresh()
            title=locale.words.refresh()
            on:click=again
        >
            <Icon symbol=Symbol::Refresh/>
            <span class="refresh__time">{as_of}</span>
        </button>
    }
}
