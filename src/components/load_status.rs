//! How far loading is, per connection, and what is missing.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use load::{Connection, LoadState, Phase};

use crate::browser::clock;
use crate::components::open_files::{OpenButton, OpenFiles, Opens};
use crate::components::read_on::ReadOn;
use crate::components::rest_progress::RestProgress;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::notice;
use crate::selection::use_selection;
use crate::store::{Reach, use_store};
use crate::ui::message::{Message, Tone};

/// How a connection is, in one word for CSS and one sentence for people.
#[must_use]
pub fn health(
    name: &str,
    state: Option<&LoadState>,
    now_ms: i64,
    locale: Locale,
) -> (&'static str, String) {
    let words = locale.words;
    let Some(state) = state else { return ("idle", words.health_idle(name)) };
    let progress = match state.total {
        Some(total) => words.progress_of(locale.count(state.read.min(total)), locale.count(total)),
        None => locale.count(state.read),
    };
    match state.phase {
        _ if state.refusal.is_some() => ("bad", words.health_refused(name)),
        Phase::Idle => ("idle", words.health_idle(name)),
        Phase::Busy => ("busy", words.health_busy(name, progress)),
        Phase::Waiting { until_ms } => (
            "busy",
            words.health_waiting(name, locale.count(secs_left(until_ms, now_ms)), progress),
        ),
        Phase::Done if state.is_partial() => ("warn", words.health_partial(name)),
        Phase::Done => ("good", words.health_done(name)),
    }
}

/// Whole seconds until an instant, never less than one: zero would read as if it were over.
fn secs_left(until_ms: i64, now_ms: i64) -> u64 {
    u64::try_from((until_ms - now_ms + 999) / 1_000).unwrap_or(0).max(1)
}

/// A clock that moves every second while some provider is being waited for, and stands still
/// otherwise.
fn use_countdown() -> RwSignal<i64> {
    let store = use_store();
    let second = RwSignal::new(clock::now_ms());
    let waiting = Memo::new(move |_| {
        store.states().values().any(|state| matches!(state.phase, Phase::Waiting { .. }))
    });
    Effect::new(move |_| {
        if !waiting.get() {
            return;
        }
        spawn_local(async move {
            while waiting.try_get_untracked() == Some(true) {
                let _left_over = second.try_set(clock::now_ms());
                clock::sleep_ms(1_000).await;
            }
        });
    });
    second
}

/// What is being waited for, in words, one line a connection.
#[component]
fn Waits() -> impl IntoView {
    let (store, locale) = (use_store(), use_locale());
    let second = use_countdown();
    move || {
        let states = store.states();
        let waits = store.connections().into_iter().filter_map(|connection| {
            let state = states.get(&connection.id)?;
            let waits = matches!(state.phase, Phase::Waiting { .. });
            waits.then(|| health(&connection.name, Some(state), second.get(), locale).1)
        });
        waits.map(|said| view! { <p class="progress">{said}</p> }).collect_view()
    }
}

/// One dot a connection, its words on hover and focus.
#[component]
pub fn ConnectionDots() -> impl IntoView {
    let (store, locale) = (use_store(), use_locale());
    let second = use_countdown();
    let dot = move |connection: Connection| {
        let id = connection.id.clone();
        let state = Memo::new(move |_| {
            let states = store.states();
            health(&connection.name, states.get(&id), second.get(), locale)
        });
        view! {
            <li
                class="dots__dot"
                data-health=move || state.get().0
                data-tip=move || state.get().1
                tabindex="0"
            >
                <span class="visually-hidden">{move || state.get().1}</span>
            </li>
        }
    };
    view! {
        <ul class="dots" aria-label=locale.words.connections_label()>
            <For each=move || store.connections() key=|connection| connection.id.clone() children=dot/>
        </ul>
    }
}

/// What went wrong or is missing: the link, the proxy, one or more connections, opened files.
#[component]
pub fn Notices(
    /// Whether files can be opened here: not in a frame.
    #[prop(optional)]
    dashboard: bool,
) -> impl IntoView {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let misread = move || {
        let zone = selection.zone.get();
        let zone = zone.unknown.map(|name| locale.words.zone_unknown(name, zone.zone.name()));
        let misread = nav.misread().get();
        let said =
            misread.iter().map(|misread| notice::of_misread(misread, locale.words)).chain(zone);
        said.map(|said| view! { <Message tone=Tone::Warning happened=said/> }).collect_view()
    };
    let proxy = move || match store.reach() {
        Reach::Failed(refusal) => {
            let notice = notice::of_refusal(&refusal, "", None, locale.words);
            Some(view! {
                <Message tone=Tone::Bad happened=notice.happened advice=notice.advice detail=notice.detail>
                    {dashboard.then(|| view! { <OpenButton opens=Opens::File/> <OpenButton opens=Opens::Folder/> })}
                </Message>
            })
        }
        Reach::Ready(_) | Reach::Asking => None,
    };
    view! {
        <div class="notices">
            {misread}
            {proxy}
            <OpenFiles/>
            <UnknownProviders/>
            <KeptSince/>
            <ReadOn/>
            <For
                each=move || connection_notices(store.wired(), &store.states(), locale)
                key=|entry| entry.clone()
                children=|(tone_bad, notice)| {
                    let tone = if tone_bad { Tone::Bad } else { Tone::Warning };
                    view! { <Failure notice=notice tone=tone/> }
                }
            />
        </div>
    }
}

type Said = (bool, notice::Notice);

fn connection_notices(
    connections: Vec<Connection>,
    states: &std::collections::BTreeMap<Arc<str>, LoadState>,
    locale: Locale,
) -> Vec<Said> {
    let mut said = Vec::new();
    for connection in connections {
        let Some(state) = states.get(&connection.id) else { continue };
        let refused = state.refusal.is_some();
        let notices = notice::of_state(state, &connection.name, connection.adapter, locale);
        said.extend(
            notices.into_iter().enumerate().map(|(nth, notice)| (refused && nth == 0, notice)),
        );
    }
    said
}

#[component]
fn Failure(notice: notice::Notice, tone: Tone) -> impl IntoView {
    view! { <Message tone=tone happened=notice.happened advice=notice.advice detail=notice.detail/> }
}

/// Says where the chosen days reach behind what a provider keeps.
#[component]
fn KeptSince() -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    move || {
        let (span, zone) = (selection.span.get(), selection.zone());
        let now_ms = selection.now_ms.get_untracked();
        let said = store.wired().into_iter().filter_map(|connection| {
            let since = zone.day_of(connection.kept_since_ms(span, now_ms)?);
            Some(notice::of_kept_since(since, &connection.name, locale))
        });
        said.map(|said| view! { <Message tone=Tone::Info happened=said/> }).collect_view()
    }
}

#[component]
fn UnknownProviders() -> impl IntoView {
    let (store, words) = (use_store(), use_locale().words);
    move || match store.reach() {
        Reach::Ready(connections) if !connections.unknown.is_empty() => {
            let said = words.unknown_providers(connections.unknown.join(", "));
            Some(view! { <Message tone=Tone::Warning happened=said/> })
        }
        _ => None,
    }
}

/// "412 of 1,901 loaded" over all connections while they load; nothing when all is there.
#[component]
pub fn LoadProgress() -> impl IntoView {
    let (store, locale) = (use_store(), use_locale());
    let text = move || {
        let states = store.states();
        store.is_loading().then(|| {
            let read: u64 = states.values().map(|state| state.read).sum();
            let total: Option<u64> = states.values().map(|state| state.total).sum();
            match total {
                Some(total) => {
                    locale.words.loading_of(locale.count(read.min(total)), locale.count(total))
                }
                None => locale.words.loading(locale.count(read)),
            }
        })
    };
    view! {
        <p class="progress" role="status">{text}</p>
        <Waits/>
        <RestProgress/>
    }
}
