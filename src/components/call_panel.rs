//! An open call: head, player, transcript, details. Knows how to get the call; its parts do not.

use calls::{Call, CallKey, Insight, OpenedCall, Recording, Transcript};
use leptos::prelude::*;
use load::opened::is_file;

use crate::components::attempts::Attempts;
use crate::components::call_head::CallHead;
use crate::components::call_parts::{CallParts, Panel, tab_text, use_tabs};
use crate::components::call_text::recording_text;
use crate::components::opening::{Opening, insight, use_call, use_opening};
use crate::components::player::{Player, Playing, can_play};
use crate::components::recording_term::RecordingTerm;
use crate::components::transcript_reading::{Reading, TranscriptReading};
use crate::locale::use_locale;
use crate::notice;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::message::{Message, Tone};
use crate::ui::tabs::{Tab, TabList};

/// The panel of one call. Draw a new one for another call.
#[component]
pub fn CallPanel(
    /// The call.
    key: CallKey,
    /// A moment to start at, milliseconds.
    at_ms: Option<i64>,
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let store = use_store();
    let (is_known, call) = use_call(&key);
    let connection = Signal::derive(move || store.connection_name(&call.get().key.connection));
    let opening = use_opening(key.clone());
    view! {
        <Show when=move || is_known.get()>
            <CallHead call=call connection=connection on_close=on_close opening=opening/>
        </Show>
        <OpeningCall key=key.clone() at_ms=at_ms opening=opening/>
    }
}

/// What stands under the head: the call as far as it is known, and why it is not known better.
#[component]
pub fn OpeningCall(
    /// The call.
    key: CallKey,
    /// A moment to start at, milliseconds.
    at_ms: Option<i64>,
    /// What opening it told, where somebody else has opened it.
    #[prop(optional)]
    opening: Option<RwSignal<Opening>>,
) -> impl IntoView {
    let (store, locale) = (use_store(), use_locale());
    let opening = opening.unwrap_or_else(|| use_opening(key.clone()));
    let playing = Playing::new(at_ms);
    let (is_known, call) = use_call(&key);
    let failure = move || {
        let refusal = opening.get()?.err()?;
        let adapter = untrack(|| store.connection(&key.connection)).map(|found| found.adapter);
        let name = store.connection_name(&key.connection);
        let of_file = is_file(&key.connection);
        let wrong_link = if of_file { None } else { store.wrong_link(&key, locale.words) };
        let said = wrong_link
            .unwrap_or_else(|| notice::of_refusal(&refusal, &name, adapter, locale.words));
        Some(view! {
            <Message tone=Tone::Bad happened=said.happened advice=said.advice detail=said.detail/>
        })
    };
    let waiting = move || opening.with(Option::is_none) && !is_known.get();
    view! {
        <div class="call-failure">{failure}</div>
        <Show when=waiting>
            <p class="call-waiting" role="status">{locale.words.loading_call()}</p>
        </Show>
        <Show when=move || is_known.get()>
            <CallBody call=call opening=opening playing=playing/>
        </Show>
    }
}

/// Player, summary and tabs of a call, as far as it is known.
#[component]
pub fn CallBody(
    /// The call, as the list or its detail tells it.
    #[prop(into)]
    call: Signal<Call>,
    /// What opening it told.
    #[prop(into)]
    opening: Signal<Opening>,
    /// Shared by player and transcript.
    playing: Playing,
) -> impl IntoView {
    let words = use_locale().words;
    let opened = Memo::new(move |_| {
        let opened = opening.get().and_then(Result::ok);
        opened.map(|opened| call.with(|call| opened.over(Some(call))))
    });
    Effect::new(move |_| {
        let turns = opened.with(|opened| match opened.as_ref().map(|it| &it.transcript) {
            Some(Transcript::Turns(turns)) => turns.clone(),
            _ => Vec::new(),
        });
        playing.show_turns(&turns);
    });
    let store = use_store();
    let insight = Memo::new(move |_| {
        opened.with(|opened| opened.as_ref().map(|it| insight(it, store)).unwrap_or_default())
    });
    Effect::new(move |_| insight.with(|insight| playing.show_moments(insight)));
    let chosen = RwSignal::new("transcript");
    // Of a call out of a file, nobody is asked for more.
    let asks = call.with_untracked(|call| !is_file(&call.key.connection));
    let tabs = use_tabs(call, opened, insight);
    let tabs = move || {
        let tabs = tabs.get().into_iter().map(|name| Tab { name, label: tab_text(name, words) });
        view! { <TabList tabs=tabs.collect() chosen=chosen label=words.tabs_label()/> }
    };
    view! {
        <PlayerOf call=call opening=opening playing=playing/>
        {asks.then(|| view! { <RecordingTerm call=call/> })}
        {tabs}
        // What opening the call tells stands under the tabs, so that it moves none of them.
        <Panel name="transcript" chosen=chosen>
            {move || view! { <Summary call=call.get()/> }}
            {asks.then(|| view! { <Attempts call=call/> })}
            <TranscriptOf call=call opening=opening opened=opened insight=insight playing=playing/>
        </Panel>
        <CallParts call=call opening=opening opened=opened insight=insight playing=playing chosen=chosen/>
    }
}

#[component]
fn PlayerOf(call: Signal<Call>, opening: Signal<Opening>, playing: Playing) -> impl IntoView {
    let (now_ms, locale) = (use_selection().now_ms, use_locale());
    // A recording that may be there and turns out to be there keeps its player.
    let heard = Memo::new(move |_| {
        let recording = call.with(|call| call.recording);
        let plays = can_play(recording, now_ms.get_untracked());
        if plays { Recording::Unknown } else { recording }
    });
    // Of a call that nobody answered there hardly is one: no player comes to be taken away again.
    let doubtful = Memo::new(move |_| {
        opening.with(Option::is_none)
            && call
                .with(|call| call.recording == Recording::Unknown && call.answered() == Some(false))
    });
    let key = StoredValue::new(call.with_untracked(|call| call.key.clone()));
    let words = locale.words;
    let store = use_store();
    let (silent, in_folder) =
        key.with_value(|key| (!store.can_be_heard(key), store.is_of_folder(key)));
    if silent {
        let said = move || {
            let known = heard.get() != Recording::Unknown;
            let now_ms = now_ms.get_untracked();
            if known {
                recording_text(heard.get(), now_ms, locale)
            } else {
                if in_folder { words.recording_in_folder() } else { words.recording_in_file() }
            }
        };
        return view! { <p class="player player--silent">{said}</p> }.into_any();
    }
    let player = move || {
        if doubtful.get() {
            return view! { <p class="player player--silent">{words.loading_call()}</p> }
                .into_any();
        }
        view! { <Player key=key.get_value() recording=heard.get() playing=playing/> }.into_any()
    };
    player.into_any()
}

/// The transcript, or why there is none.
#[component]
fn TranscriptOf(
    call: Signal<Call>,
    opening: Signal<Opening>,
    opened: Memo<Option<OpenedCall>>,
    insight: Memo<Insight>,
    playing: Playing,
) -> impl IntoView {
    let (words, now_ms, store) = (use_locale().words, use_selection().now_ms, use_store());
    let plays = Memo::new(move |_| {
        call.with(|call| {
            store.can_be_heard(&call.key) && can_play(call.recording, now_ms.get_untracked())
        })
    });
    let failed = Memo::new(move |_| opening.with(|opening| matches!(opening, Some(Err(_)))));
    let transcript = Memo::new(move |_| {
        let known = opened.with(|opened| opened.as_ref().map(|opened| opened.transcript.clone()));
        known.unwrap_or(Transcript::NotAsked)
    });
    let happenings = Memo::new(move |_| insight.with(|insight| insight.happenings.clone()));
    let reading = Reading::default();
    move || {
        if failed.get() {
            view! { <p class="transcript__state">{words.transcript_not_loaded()}</p> }.into_any()
        } else {
            let (transcript, happenings) = (transcript.get(), happenings.get());
            let plays = plays.get();
            view! {
                <TranscriptReading call=call transcript=transcript happenings=happenings playing=playing plays=plays reading=reading/>
            }
            .into_any()
        }
    }
}

/// What the call was about, in texts with their names.
#[component]
pub fn Summary(
    /// The call.
    call: Call,
) -> impl IntoView {
    let words = use_locale().words;
    let part = |name: String, text: Option<String>| {
        text.map(|text| {
            view! {
                <div class="summary__part">
                    <dt class="summary__name">{name}</dt>
                    <dd class="summary__text" dir="auto">{text}</dd>
                </div>
            }
        })
    };
    view! {
        <dl class="summary">
            {part(words.fact_request(), call.request.clone())}
            {part(words.fact_summary(), call.summary.clone())}
            {part(words.fact_note(), call.note.clone())}
        </dl>
    }
}
