//! The calls: the list, and beside it the call that is open.

use leptos::ev;
use leptos::prelude::*;

use crate::browser::focus;
use crate::chosen::use_chosen;
use crate::components::call_head::HEADING;
use crate::components::call_list::{CallList, WayBack};
use crate::components::call_panel::CallPanel;
use crate::components::export_dialog::ExportButton;
use crate::components::figure_strip::FigureStrip;
use crate::components::filter_bar::FilterBar;
use crate::components::further::FurtherCalls;
use crate::components::load_status::{LoadProgress, Notices};
use crate::components::person::PersonPanel;
use crate::components::print_head::PrintHead;
use crate::components::table_menu::{ChosenCount, TableMenu};
use crate::components::transcript_search::TranscriptSearch;
use crate::components::view_menu::ViewMenu;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::parts;
use crate::store::use_store;
use crate::ui::icon::{Icon, Symbol};
use crate::ui::lazy::Lazy;

/// The page.
#[component]
pub fn CallsPage() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let call = nav.part(|place| place.call.clone());
    let chosen = use_chosen();
    let ticked = Signal::derive(move || chosen.keys().into_iter().collect::<Vec<_>>());
    let person = nav.part(|place| place.person.clone());
    // A call that stands among somebody's calls gives way to these.
    let close = Callback::new(move |()| {
        nav.go(|place| {
            let person = place.call.as_ref().and(place.person.clone());
            *place = place.with_person(person);
        });
    });
    let is_open = move || call.get().is_some() || person.get().is_some();
    let way_back = RwSignal::new(None);
    provide_context(WayBack(way_back));
    // However a call is closed, by Back too: what had the focus in it is gone with it.
    Effect::new(move |before: Option<Option<calls::CallKey>>| {
        let now = call.get();
        if let (Some(closed), None) = (before.flatten(), &now) {
            way_back.set(Some(closed));
        }
        now
    });
    follow_other_id();
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && !focus::is_typing(&event) && untrack(is_open) {
            close.run(());
        }
    });
    on_cleanup(move || escape.remove());
    view! {
        <div class="calls-page" data-open=move || is_open().to_string()>
            <section class="calls-page__list" data-scrolls="" aria-labelledby="calls-heading">
                <div class="calls-page__head">
                    <h1 class="calls-page__heading" id="calls-heading">{words.nav_calls()}</h1>
                    <ViewMenu/>
                    <LoadProgress/>
                    <div class="calls-page__tools">
                        <ChosenCount/>
                        <ExportButton ticked=ticked/>
                        <TableMenu/>
                    </div>
                </div>
                <Notices dashboard=true/>
                <FigureStrip/>
                <FilterBar/>
                <TranscriptSearch/>
                <PrintHead/>
                <CallList/>
                <FurtherCalls/>
            </section>
            {move || match (call.get(), person.get()) {
                (Some(key), _) => view! { <Lazy part=parts::call::part(key, close)/> }.into_any(),
                (None, Some(phone)) => view! { <Lazy part=parts::person::part(phone, close)/> }.into_any(),
                (None, None) => ().into_any(),
            }}
        </div>
    }
}

/// A link may name a call by its other id: once the call is loaded, the place is the call's own.
fn follow_other_id() {
    let (nav, store) = (use_nav(), use_store());
    let call = nav.part(|place| place.call.clone());
    let known_as = Memo::new(move |_| store.with_book(|book| book.known_as(&call.get()?)));
    Effect::new(move |_| {
        if let Some(key) = known_as.get() {
            nav.adjust(|place| place.call = Some(key));
        }
    });
}

/// The call that is open.
#[component]
pub fn OpenCall(
    /// The call.
    key: calls::CallKey,
    /// Closes it.
    close: Callback<()>,
) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let at_ms = nav.place_untracked().at_ms;
    // The heading is there once the call is known, which for a deep link takes a moment.
    focus::soon_by_id(HEADING);
    view! {
        <section class="call-panel" role="complementary" aria-label=words.call_label()>
            <WayOut/>
            <CallPanel key=key at_ms=at_ms on_close=close/>
        </section>
    }
}

/// Back to the person whose calls the open one stands among, or on a telephone to the list.
#[component]
fn WayOut() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let person = nav.part(|place| place.person.clone());
    move || {
        let place = nav.place().with_person(person.get());
        match person.get() {
            Some(phone) => view! {
                <a class="call-panel__person" href=place.fragment()>
                    <Icon symbol=Symbol::Previous/>
                    {words.person_all(phone)}
                </a>
            }
            .into_any(),
            None => view! {
                <a class="call-panel__back" href=place.fragment()>{words.call_back()}</a>
            }
            .into_any(),
        }
    }
}

/// The person whose calls are looked at.
#[component]
pub fn OpenPerson(
    /// Their number.
    phone: String,
    /// Closes it.
    close: Callback<()>,
) -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    view! {
        <section class="call-panel" role="complementary" aria-label=words.person_label()>
            <a class="call-panel__back" href=move || nav.place().with_person(None).fragment()>{words.call_back()}</a>
            <PersonPanel phone=phone on_close=close/>
        </section>
    }
}
