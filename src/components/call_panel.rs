//! An open call: head, player, transcript, details. Knows how to get the call; its parts do not.

use calls::{Call, CallKey, OpenedCall, Transcript};
use leptos::prelude::*;
use providers::Refusal;

use crate::components::call_head::CallHead;
use crate::components::facts::Facts;
use crate::components::player::{Player, Playing, can_play};
use crate::components::transcript::TranscriptView;
use crate::locale::use_locale;
use crate::notice;
use crate::selection::use_selection;
use crate::store::{Reach, use_store};
use crate::ui::message::{Message, Tone};
use crate::ui::tabs::{Tab, TabList};

/// What is known of the call that is being opened.
pub type Opening = Option<Result<OpenedCall, Refusal>>;

/// Asks the provider for everything about a call, and takes what it learns into the book.
pub fn use_opening(key: CallKey) -> RwSignal<Opening> {
    let store = use_store();
    let opening = RwSignal::new(None);
    let ready = Memo::new(move |_| matches!(store.reach(), Reach::Ready(_)));
    Effect::new(move |_| {
        if !ready.get() {
            return;
        }
        let connections = untrack(|| store.connections());
        let connection = connections.into_iter().find(|connection| connection.id == key.connection);
        let key = key.clone();
        leptos::task::spawn_local(async move {
            let opened = match &connection {
                Some(connection) => load::open(&store.wire(), connection, &key).await,
                None => Err(no_such_connection()),
            };
            if let Ok(opened) = &opened {
                store.take(opened.call.clone());
            }
            // The panel may have been closed meanwhile; then there is nobody to tell.
            drop(opening.try_set(Some(opened)));
        });
    });
    opening
}

fn no_such_connection() -> Refusal {
    let mut refusal = Refusal::unreachable("");
    refusal.kind = providers::RefusalKind::NotFound;
    refusal.status = 404;
    refusal
}

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
    let (store, selection) = (use_store(), use_selection());
    let of = key.clone();
    let row = Memo::new(move |_| store.call(&of));
    let head = move || {
        // Times in the head are drawn in the zone: another zone is another head.
        selection.zone.track();
        row.get().map(|call| {
            let connection = store.connection_name(&call.key.connection);
            view! { <CallHead call=call connection=connection on_close=on_close/> }
        })
    };
    view! {
        {head}
        <OpeningCall key=key at_ms=at_ms/>
    }
}

/// What stands under the head: the call as far as it is known, and why it is not known better.
#[component]
pub fn OpeningCall(
    /// The call.
    key: CallKey,
    /// A moment to start at, milliseconds.
    at_ms: Option<i64>,
) -> impl IntoView {
    let (store, locale) = (use_store(), use_locale());
    let opening = use_opening(key.clone());
    let playing = Playing::new(at_ms);
    let of = key.clone();
    let row = Memo::new(move |_| store.call(&of));
    let failure = move || {
        let refusal = opening.get()?.err()?;
        let connections = untrack(|| store.connections());
        let adapter = connections.into_iter().find(|c| c.id == key.connection).map(|c| c.adapter);
        let name = store.connection_name(&key.connection);
        let said = notice::of_refusal(&refusal, &name, adapter, locale.words);
        Some(view! {
            <Message tone=Tone::Bad happened=said.happened advice=said.advice detail=said.detail/>
        })
    };
    let body = move || {
        let call = row.get()?;
        let opening = opening.get().map(|answer| answer.map(|opened| opened.over(Some(&call))));
        Some(view! { <CallBody call=call opening=opening playing=playing/> })
    };
    let waiting = move || opening.with(Option::is_none) && row.with(Option::is_none);
    view! {
        <div class="call-failure">{failure}</div>
        <Show when=waiting>
            <p class="call-waiting" role="status">{locale.words.loading_call()}</p>
        </Show>
        {body}
    }
}

/// Player, summary and tabs of a call, as far as it is known.
#[component]
pub fn CallBody(
    /// The call, as the list or its detail tells it.
    call: Call,
    /// What opening it told.
    opening: Opening,
    /// Shared by player and transcript.
    playing: Playing,
) -> impl IntoView {
    let words = use_locale().words;
    let failed = matches!(opening, Some(Err(_)));
    let opened = opening.and_then(Result::ok);
    let chosen = RwSignal::new("transcript");
    let tabs = vec![
        Tab { name: "transcript", label: words.tab_transcript() },
        Tab { name: "details", label: words.tab_details() },
        Tab { name: "raw", label: words.tab_raw() },
    ];
    let provider = use_store_provider(&call);
    let raw = opened.as_ref().map(|opened| opened.raw.clone());
    let others = opened.as_ref().map(|opened| opened.facts.clone()).unwrap_or_default();
    let transcript = opened.map_or(Transcript::NotAsked, |opened| opened.transcript);
    let details = call.clone();
    let plays = can_play(call.recording, use_selection().now_ms.get_untracked());
    view! {
        <Player key=call.key.clone() recording=call.recording playing=playing/>
        <Summary call=call.clone()/>
        <TabList tabs=tabs chosen=chosen label=words.tabs_label()/>
        <div class="call-tab" role="tabpanel" id="panel-transcript" aria-labelledby="tab-transcript" hidden=move || chosen.get() != "transcript">
            {if failed {
                view! { <p class="transcript__state">{words.transcript_not_loaded()}</p> }.into_any()
            } else {
                view! { <FollowedTranscript transcript=transcript playing=playing plays=plays/> }.into_any()
            }}
        </div>
        <div class="call-tab" role="tabpanel" id="panel-details" aria-labelledby="tab-details" hidden=move || chosen.get() != "details">
            <Facts call=details others=others provider=provider/>
        </div>
        <div class="call-tab" role="tabpanel" id="panel-raw" aria-labelledby="tab-raw" hidden=move || chosen.get() != "raw">
            <pre class="raw" tabindex="0" dir="ltr">{raw.map(|raw| pretty(&raw))}</pre>
        </div>
    }
}

/// JSON with line breaks, or the text as it is if it is no JSON.
fn pretty(raw: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(raw).ok();
    let shown = value.and_then(|value| serde_json::to_string_pretty(&value).ok());
    shown.unwrap_or_else(|| raw.to_owned())
}

fn use_store_provider(call: &Call) -> String {
    let connections = untrack(|| use_store().connections());
    let connection =
        connections.into_iter().find(|connection| connection.id == call.key.connection);
    connection.map(|connection| connection.adapter.describe().name.to_owned()).unwrap_or_default()
}

#[component]
fn Summary(call: Call) -> impl IntoView {
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

/// The transcript, with the turn marked that is being heard.
#[component]
fn FollowedTranscript(transcript: Transcript, playing: Playing, plays: bool) -> impl IntoView {
    let turns = match &transcript {
        Transcript::Turns(turns) => turns.clone(),
        _ => Vec::new(),
    };
    let current = Memo::new(move |_| Transcript::turn_at(&turns, playing.position_ms()?));
    let play = plays.then(|| Callback::new(move |at_ms| playing.play_from(at_ms)));
    view! { <TranscriptView transcript=transcript current=current on_play=play/> }
}
