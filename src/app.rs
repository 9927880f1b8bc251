//! The app: contexts, the switch between views, and the effects at its outer edge.

use calls::filter::Mark;
use calls::period::Span;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{address, clock, document, focus};
use crate::chosen::{Chosen, provide_chosen};
use crate::components::open_files::FileDoor;
use crate::components::player::PlayWish;
use crate::components::shortcuts::{Shortcuts, ToRows};
use crate::components::top_bar::TopBar;
use crate::exporting::{Exporting, provide_exporting};
use crate::locale::{Locale, provide_locale, use_locale};
use crate::nav::{Nav, provide_nav, use_nav};
use crate::pages::calls::CallsPage;
use crate::pages::embed::Wanted;
use crate::parts;
use crate::place::{Place, View};
use crate::preferences::{Preferences, provide_preferences};
use crate::rest::{Rest, provide_rest};
use crate::selection::{Selection, provide_selection, use_selection};
use crate::settings::Settings;
use crate::store::{Store, provide_store, use_store};
use crate::transcripts::{Transcripts, provide_transcripts, use_transcripts};
use crate::ui::lazy::Lazy;

/// How often the clock on screen moves on.
const TICK_MS: i64 = 30_000;

/// The whole app. Which of the two places it stands in is told by the path: `…/embed` is a frame.
#[component]
pub fn App(
    /// What this installation is set to.
    settings: Settings,
    /// The language of the screen.
    locale: Locale,
) -> impl IntoView {
    provide_locale(locale);
    let store = Store::new(settings.wire());
    store.read_at_once(settings.read_at_once);
    provide_store(store);
    let now_ms = RwSignal::new(clock::now_ms());
    tick(now_ms);
    let embedded = address::last_segment() == "embed";
    let nav = if embedded { Nav::detached(Place::default()) } else { Nav::from_address() };
    provide_nav(nav);
    let selection = Selection::new(nav, store, now_ms);
    provide_selection(selection);
    let transcripts = Transcripts::new(store, nav);
    provide_transcripts(transcripts);
    provide_exporting(Exporting::new(store, selection, nav, locale, transcripts));
    provide_preferences(Preferences::kept());
    provide_chosen(Chosen::new());
    provide_context(PlayWish(RwSignal::new(None)));
    provide_rest(Rest::new(store));
    if embedded {
        document::set_root_attribute("data-embed", Some("true"));
        let wanted = Wanted::parse(&address::query());
        view! { <main class="app app--embed"><Lazy part=parts::embed::part(wanted)/></main> }
            .into_any()
    } else {
        store.reach_out();
        view! { <Dashboard/> }.into_any()
    }
}

#[component]
fn Dashboard() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    map_outcomes();
    load_what_is_looked_at();
    ask_for_what_is_filtered();
    use_store().refresh_by_itself();
    use_transcripts().follow();
    keep_title();
    fetch_ahead();
    provide_context(ToRows(RwSignal::new(0)));
    let view = nav.part(|place| place.view);
    view! {
        <a class="skip-link" href="#main" on:click=|event| {
            // The fragment is the app's state; skipping must not write to it.
            event.prevent_default();
            focus::by_id("main");
        }>{words.skip_to_content()}</a>
        <div class="app">
            <TopBar/>
            <FileDoor/>
            <main class="app__main" id="main" tabindex="-1">
                {move || match view.get() {
                    View::Calls => view! { <CallsPage/> }.into_any(),
                    View::Statistics => view! { <Lazy part=parts::statistics::part() heading=words.nav_statistics()/> }.into_any(),
                }}
            </main>
        </div>
        <Shortcuts/>
    }
}

/// Moves the clock on screen on.
fn tick(now_ms: RwSignal<i64>) {
    spawn_local(async move {
        loop {
            clock::sleep_ms(TICK_MS).await;
            // The app is gone once its signals are.
            if now_ms.try_set(clock::now_ms()).is_some() {
                break;
            }
        }
    });
}

/// Loads whenever the connections are known or other days are looked at.
fn load_what_is_looked_at() {
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let deleted = nav.part(|place| place.filter.marks.shows(Mark::Deleted));
    let ready = Memo::new(move |_| store.is_ready());
    let compares = nav.part(|place| place.looks.before);
    let span = Memo::new(move |_| {
        let span = selection.span.get();
        let from_ms =
            if compares.get() { selection.span_before.get().from_ms } else { span.from_ms };
        Span { from_ms, ..span }
    });
    Effect::new(move |_| {
        if ready.get() {
            store.load(span.get(), deleted.get(), None);
        }
    });
}

/// Fetches the parts of the program that are likely to be wanted next, once the calls are there:
/// then they open at once, and without a network too.
fn fetch_ahead() {
    let loaded = use_store().has_loaded();
    Effect::new(move |_| {
        if loaded.get() {
            spawn_local(async {
                for fetch in [parts::call::fetch, parts::period::fetch, parts::statistics::fetch] {
                    // What cannot be fetched now is fetched when it is wanted.
                    let _later = fetch().await;
                }
            });
        }
    });
}

/// Lets outcomes mean what the link says.
fn map_outcomes() {
    let (nav, store) = (use_nav(), use_store());
    let maps = nav.part(|place| place.success_maps.clone());
    Effect::new(move |_| maps.with(|maps| store.map_success(maps)));
}

/// Asks providers for what the filter names: beyond the chosen days for a number, a name or an id,
/// and within them where a list was too long to be read to its end.
fn ask_for_what_is_filtered() {
    let (nav, store) = (use_nav(), use_store());
    let filter = nav.part(|place| place.filter.clone());
    let sought = nav.part(crate::place::Place::sought);
    let ready = Memo::new(move |_| store.is_ready());
    Effect::new(move |_| {
        if ready.get() {
            sought.with(|sought| store.look_further(sought));
        }
    });
    let narrowings = Memo::new(move |_| filter.with(|filter| store.narrowings(filter)));
    Effect::new(move |_| store.read_narrowed(narrowings.get()));
}

/// The tab says which view it shows.
fn keep_title() {
    let (nav, words) = (use_nav(), use_locale().words);
    let view = nav.part(|place| place.view);
    Effect::new(move |_| {
        let name = match view.get() {
            View::Calls => words.nav_calls(),
            View::Statistics => words.nav_statistics(),
        };
        document::set_title(&words.title(name));
    });
}
