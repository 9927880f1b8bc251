//! An open call: head, player, transcript, details. Knows how to get the call; its parts do not.

use calls::{Call, CallKey, OpenedCall, Recording, Transcript};
use leptos::prelude::*;
use load::opened::is_file;
use load::refresh::Reopened;
use providers::Refusal;
use search::Query;

use crate::browser::focus;
use crate::components::attempts::Attempts;
use crate::components::call_head::CallHead;
use crate::components::call_text::recording_text;
use crate::components::facts::Facts;
use crate::components::player::{Player, Playing, can_play};
use crate::components::recording_term::RecordingTerm;
use crate::components::transcript::{TranscriptView, turn_id};
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::notice;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::transcripts::use_transcripts;
use crate::ui::message::{Message, Tone};
use crate::ui::tabs::{Tab, TabList};

/// What is known of the call that is being opened.
pub type Opening = Option<Result<OpenedCall, Refusal>>;

/// Asks the provider for everything about a call, and takes what it learns into the book.
pub fn use_opening(key: CallKey) -> RwSignal<Opening> {
    let (store, transcripts) = (use_store(), use_transcripts());
    let opening = RwSignal::new(None);
    let ready = Memo::new(move |_| store.is_ready());
    let asked = key.clone();
    if is_file(&key.connection) {
        open_out_of_file(key, opening);
        return opening;
    }
    Effect::new(move |_| {
        if !ready.get() {
            return;
        }
        let connection = untrack(|| store.connection(&key.connection));
        let key = key.clone();
        leptos::task::spawn_local(async move {
            let opened = match &connection {
                Some(connection) => load::open(&store.wire(), connection, &key).await,
                None => Err(not_found()),
            };
            if let Ok(opened) = &opened {
                store.take(opened.call.clone());
                transcripts.know(opened);
            }
            // The panel may have been closed meanwhile; then there is nobody to tell.
            drop(opening.try_set(Some(opened)));
        });
    });
    keep_true(asked, opening);
    opening
}

/// Opens a call out of the record that was kept of its file, as soon as the file has been read.
/// One that is not open has to be opened first: nothing of it was kept.
fn open_out_of_file(key: CallKey, opening: RwSignal<Opening>) {
    let store = use_store();
    Effect::new(move |_| {
        let reading = store.is_file_read(&key.connection) == Some(false);
        if !reading {
            let opened = store.open_kept(&key);
            opening.set(Some(opened.ok_or_else(file_closed)));
        }
    });
}

fn file_closed() -> Refusal {
    let mut refusal = Refusal::unreachable("");
    refusal.kind = providers::RefusalKind::NotFound;
    refusal.code = Some(notice::FILE_CLOSED.to_owned());
    refusal.from_proxy = true;
    refusal
}

/// Reads the open call again whenever its connection has been refreshed.
fn keep_true(key: CallKey, opening: RwSignal<Opening>) {
    let store = use_store();
    let connection = key.connection.clone();
    let read_at_ms = Memo::new(move |_| store.read_at_ms(&connection));
    Effect::new(move |before: Option<Option<i64>>| {
        let (now, was_read) = (read_at_ms.get(), before.flatten().is_some());
        let connection = untrack(|| store.connection(&key.connection));
        if let (true, Some(connection)) = (was_read, connection) {
            let key = key.clone();
            leptos::task::spawn_local(async move {
                let again = match store.reopen(&connection, &key).await {
                    Reopened::Call(opened) => Some(Ok(*opened)),
                    Reopened::Gone => Some(Err(not_found())),
                    Reopened::Refused(_) => None,
                };
                if again.is_some() {
                    drop(opening.try_set(again));
                }
            });
        }
        now
    });
}

fn not_found() -> Refusal {
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
    let store = use_store();
    let (is_known, call) = use_call(&key);
    let connection = Signal::derive(move || store.connection_name(&call.get().key.connection));
    view! {
        <Show when=move || is_known.get()>
            <CallHead call=call connection=connection on_close=on_close/>
        </Show>
        <OpeningCall key=key.clone() at_ms=at_ms/>
    }
}

/// Whether the book knows a call, and what it knows. Opening it tells more: what is drawn of it
/// stays and changes its words, so that no focus is lost and no recording starts anew.
fn use_call(key: &CallKey) -> (Memo<bool>, Signal<Call>) {
    let (store, of) = (use_store(), key.clone());
    let row = Memo::new(move |_| store.call(&of));
    let bare = StoredValue::new(Call::new(key.clone()));
    let call = Signal::derive(move || row.get().unwrap_or_else(|| bare.get_value()));
    (Memo::new(move |_| row.with(Option::is_some)), call)
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
    let chosen = RwSignal::new("transcript");
    let tabs = vec![
        Tab { name: "transcript", label: words.tab_transcript() },
        Tab { name: "details", label: words.tab_details() },
        Tab { name: "raw", label: words.tab_raw() },
    ];
    let details = move || {
        let call = call.get();
        let others = opened.with(|o| o.as_ref().map(|o| o.facts.clone()).unwrap_or_default());
        let provider = use_store_provider(&call);
        view! { <Facts call=call others=others provider=provider/> }
    };
    // Of a call out of a file, nobody is asked for more.
    let asks = call.with_untracked(|call| !is_file(&call.key.connection));
    let raw = move || opened.with(|opened| opened.as_ref().map(|opened| pretty(&opened.raw)));
    view! {
        <PlayerOf call=call playing=playing/>
        {asks.then(|| view! { <RecordingTerm call=call/> })}
        {move || view! { <Summary call=call.get()/> }}
        {asks.then(|| view! { <Attempts call=call/> })}
        <TabList tabs=tabs chosen=chosen label=words.tabs_label()/>
        <div class="call-tab" role="tabpanel" id="panel-transcript" aria-labelledby="tab-transcript" hidden=move || chosen.get() != "transcript">
            <TranscriptOf call=call opening=opening opened=opened playing=playing/>
        </div>
        <div class="call-tab" role="tabpanel" id="panel-details" aria-labelledby="tab-details" hidden=move || chosen.get() != "details">
            {details}
        </div>
        <div class="call-tab" role="tabpanel" id="panel-raw" aria-labelledby="tab-raw" hidden=move || chosen.get() != "raw">
            <pre class="raw" tabindex="0" dir="ltr">{raw}</pre>
        </div>
    }
}

#[component]
fn PlayerOf(call: Signal<Call>, playing: Playing) -> impl IntoView {
    let (now_ms, locale) = (use_selection().now_ms, use_locale());
    // A recording that may be there and turns out to be there keeps its player.
    let heard = Memo::new(move |_| {
        let recording = call.with(|call| call.recording);
        let plays = can_play(recording, now_ms.get_untracked());
        if plays { Recording::Unknown } else { recording }
    });
    let key = StoredValue::new(call.with_untracked(|call| call.key.clone()));
    let words = locale.words;
    let in_file = key.with_value(|key| is_file(&key.connection));
    if in_file {
        let said = move || {
            let known = heard.get() != Recording::Unknown;
            let now_ms = now_ms.get_untracked();
            if known {
                recording_text(heard.get(), now_ms, locale)
            } else {
                words.recording_in_file()
            }
        };
        return view! { <p class="player player--silent">{said}</p> }.into_any();
    }
    let player =
        move || view! { <Player key=key.get_value() recording=heard.get() playing=playing/> };
    player.into_any()
}

/// The transcript, or why there is none.
#[component]
fn TranscriptOf(
    call: Signal<Call>,
    opening: Signal<Opening>,
    opened: Memo<Option<OpenedCall>>,
    playing: Playing,
) -> impl IntoView {
    let (words, now_ms) = (use_locale().words, use_selection().now_ms);
    let plays = Memo::new(move |_| {
        call.with(|call| {
            !is_file(&call.key.connection) && can_play(call.recording, now_ms.get_untracked())
        })
    });
    let failed = Memo::new(move |_| opening.with(|opening| matches!(opening, Some(Err(_)))));
    let transcript = Memo::new(move |_| {
        let known = opened.with(|opened| opened.as_ref().map(|opened| opened.transcript.clone()));
        known.unwrap_or(Transcript::NotAsked)
    });
    move || {
        if failed.get() {
            view! { <p class="transcript__state">{words.transcript_not_loaded()}</p> }.into_any()
        } else {
            let (transcript, plays) = (transcript.get(), plays.get());
            view! { <FollowedTranscript transcript=transcript playing=playing plays=plays/> }
                .into_any()
        }
    }
}

/// JSON with line breaks, or the text as it is if it is no JSON.
fn pretty(raw: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(raw).ok();
    let shown = value.and_then(|value| serde_json::to_string_pretty(&value).ok());
    shown.unwrap_or_else(|| raw.to_owned())
}

fn use_store_provider(call: &Call) -> String {
    let connection = untrack(|| use_store().connection(&call.key.connection));
    connection.map(|connection| connection.adapter.describe().name.to_owned()).unwrap_or_default()
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

/// The transcript, with the turn marked that is being heard, or that the link leads to.
#[component]
fn FollowedTranscript(transcript: Transcript, playing: Playing, plays: bool) -> impl IntoView {
    let nav = use_nav();
    let turns = match &transcript {
        Transcript::Turns(turns) => turns.clone(),
        _ => Vec::new(),
    };
    let turns = StoredValue::new(turns);
    let linked = nav.part(move |place| {
        let at = |at_ms| turns.with_value(|turns| Transcript::turn_at(turns, at_ms));
        place.turn.or_else(|| at(place.at_ms?))
    });
    Effect::new(move |_| {
        if let Some(turn) = linked.get() {
            focus::show_by_id(&turn_id(turn));
        }
    });
    let current = Memo::new(move |_| match playing.position_ms() {
        Some(at_ms) => turns.with_value(|turns| Transcript::turn_at(turns, at_ms)),
        None => linked.get(),
    });
    let sought = nav.part(|place| match place.in_transcripts {
        true => Query::parse(&place.filter.text),
        false => Query::default(),
    });
    let play = plays.then(|| Callback::new(move |at_ms| playing.play_from(at_ms)));
    view! { <TranscriptView transcript=transcript current=current on_play=play sought=sought/> }
}
