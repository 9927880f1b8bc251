//! The player: a native audio element with controls of our own, and words for every silence.

pub mod buttons;
pub mod choices;
mod keys;
pub mod playing;
pub mod position;
pub mod said;

use calls::words::Words;
use calls::{CallKey, Recording};
use leptos::prelude::*;
use leptos::task::spawn_local;
use load::opened::is_file;
use providers::Track;
use sound::message::{Given, Trouble};

pub use buttons::{SaveRecording, SkipButton};
pub use choices::TrackChoice;
pub use playing::{PlayWish, Playing, use_play_wish};

use crate::browser::audio::{self, Failure};
use crate::browser::clock;
use crate::browser::download::Offer;
use crate::browser::media_keys::MediaKeys;
use crate::components::call_text::recording_text;
use crate::components::marks::{MarksLegend, use_marks};
use crate::components::player::buttons::PlayButton;
use crate::components::player::choices::{SideChoice, Speed, Volume};
use crate::components::player::position::Position;
use crate::components::player::said::WhatIsHeard;
use crate::listening::Standing;
use crate::locale::use_locale;
use crate::notice;
use crate::selection::use_selection;
use crate::store::use_store;

/// How long a recording may take to tell its length, milliseconds.
const PATIENCE_MS: i64 = 12_000;

/// Whether there is something to play, or opening it may find something.
#[must_use]
pub fn can_play(recording: Recording, now_ms: i64) -> bool {
    recording.playable(now_ms) && recording != Recording::NotReady
}

/// The player, or why there is nothing to play.
#[component]
pub fn Player(
    /// The call.
    key: CallKey,
    /// What is known of its recording.
    recording: Recording,
    /// Shared with the transcript.
    playing: Playing,
) -> impl IntoView {
    let now_ms = use_selection().now_ms.get_untracked();
    let connection = untrack(|| use_store().connection(&key.connection));
    let adapter = connection.map(|connection| connection.adapter);
    let tracks = StoredValue::new(untrack(|| use_store().tracks(&key)));
    let tells_times = adapter.is_none_or(|it| it.tells_times());
    let elsewhere =
        adapter.is_some_and(|it| it.recording_instead(&key.reference, Track::Main).is_some());
    let found = RwSignal::new(can_play(recording, now_ms));
    let again = recording == Recording::NotReady || (recording == Recording::Absent && elsewhere);
    move || {
        let key = key.clone();
        if found.get() {
            view! { <Controls key=key tracks=tracks.get_value() playing=playing tells_times=tells_times/> }.into_any()
        } else {
            view! { <Silent recording=recording look_again=again.then_some(found)/> }.into_any()
        }
    }
}

/// Why there is nothing to play, and a button where looking once more may find something.
#[component]
fn Silent(recording: Recording, look_again: Option<RwSignal<bool>>) -> impl IntoView {
    let locale = use_locale();
    let now_ms = use_selection().now_ms.get_untracked();
    let button = look_again.map(|found| {
        view! {
            <button type="button" class="button" on:click=move |_| found.set(true)>
                {locale.words.recording_look()}
            </button>
        }
    });
    view! {
        <div class="player player--silent">
            <p>{recording_text(recording, now_ms, locale)}</p>
            {button}
        </div>
    }
}

#[component]
fn Controls(
    key: CallKey,
    tracks: Vec<Track>,
    playing: Playing,
    /// Whether there will be something to say of who speaks when.
    tells_times: bool,
) -> impl IntoView {
    let words = use_locale().words;
    let (wish, wished) = (use_play_wish(), key.clone());
    let track = RwSignal::new(tracks.first().copied().unwrap_or(Track::Main));
    let name = key.reference.call_id().to_owned();
    let url = use_address(key, track);
    let source = move || playing.made.get().unwrap_or_else(|| url.get());
    let read = Callback::new(move |how: Reading| read(playing, url, how, words));
    Effect::new(move |_| {
        // Another track is another recording.
        drop(url.get());
        read.run(Reading::Unasked);
    });
    on_cleanup(move || {
        playing.listening.stop();
        let _gone = playing.made.try_set(None);
    });
    let is_empty = move || playing.listening.standing() == Standing::Off(Some(Trouble::Empty));
    Effect::new(move |_| {
        if is_empty() {
            playing.silence.set(Some(words.recording_empty()));
        }
    });
    let mend = use_mending(playing, url, read);
    be_patient(playing, mend);
    own_the_media_keys(playing, words.player_label());
    let marks = use_marks(playing);
    let explained = move || playing.listening.standing().is_drawn();
    view! {
        <section class="player" aria-label=words.player_label() on:keydown=move |event| keys::press(playing, &event)>
            <div class="player__bar">
                <audio
                    node_ref=playing.element
                    src=source
                    crossorigin="anonymous"
                    preload="metadata"
                    on:loadedmetadata=move |_| {
                        playing.begin();
                        playing.grant(wish, &wished);
                    }
                    on:durationchange=move |_| playing.read()
                    on:timeupdate=move |_| playing.read()
                    on:seeked=move |_| playing.read()
                    on:play=move |_| playing.read()
                    on:pause=move |_| playing.read()
                    on:ended=move |_| playing.read()
                    on:error=move |_| mend.run(())
                ></audio>
                <Position playing=playing marks=marks read=Callback::new(move |()| read.run(Reading::Asked))/>
                <div class="player__controls">
                    <PlayButton playing=playing/>
                    <SkipButton playing=playing secs=-keys::FAR_SECS/>
                    <SkipButton playing=playing secs=keys::FAR_SECS/>
                    <Speed playing=playing/>
                    <SideChoice playing=playing/>
                    {(tracks.len() > 1).then(|| view! { <TrackChoice tracks=tracks chosen=track playing=playing/> })}
                    <div class="player__end">
                        <Volume playing=playing/>
                        <SaveRecording url=url name=name on_failure=mend/>
                    </div>
                </div>
                <Show when=move || playing.silence.with(Option::is_some)>
                    <p class="player__silence" role="alert">{move || playing.silence.get()}</p>
                </Show>
            </div>
            <div class="player__said" data-awaits=move || (tells_times && explained()).to_string()>
                <Show when=explained>
                    <MarksLegend marks=marks/>
                </Show>
                <WhatIsHeard playing=playing/>
            </div>
        </section>
    }
}

/// Where a recording is: at the proxy, or in an opened folder. What is in a folder has an address
/// as long as it is listened to.
fn use_address(key: CallKey, track: RwSignal<Track>) -> Signal<String> {
    let store = use_store();
    if !is_file(&key.connection) {
        let wire = store.wire();
        return Signal::derive(move || wire.media_url(&key, track.get()));
    }
    let offered = StoredValue::new(None::<Offer>);
    let address = Memo::new(move |_| {
        let offer = store.kept_recording(&key, track.get());
        let address = offer.as_ref().map(|offer| offer.url().to_owned());
        offered.set_value(offer);
        address.unwrap_or_default()
    });
    address.into()
}

/// Why a recording is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Because its call is open.
    Unasked,
    /// Because somebody wants it, however large it is.
    Asked,
    /// Because the browser does not play it as it is.
    Refused,
}

fn read(playing: Playing, url: Signal<String>, how: Reading, words: &'static Words) {
    let Some(address) = url.try_get_untracked() else { return };
    let (wav, unasked) = (how == Reading::Refused, how == Reading::Unasked);
    playing.listening.read(&address, wav, unasked, move |file| {
        // What plays already is not interrupted for what sounds the same.
        let plays = playing.state.try_with_untracked(|state| state.playing) == Some(true);
        let refused = playing.refused.try_update_value(std::mem::take) == Some(true);
        match file {
            Some((Given::Made, made)) => playing.go_on_with(Some(made)),
            _ if refused => read(playing, url, Reading::Refused, words),
            Some((_, same)) if !plays => playing.go_on_with(Some(same)),
            Some(_) => {}
            None if wav => {
                let _gone = playing.silence.try_set(Some(words.silent_unplayable()));
            }
            None => {}
        }
    });
}

/// What is done when the element fails: the link may have expired, the browser may not play this
/// form. What helps is tried once each; then the reason is said.
fn use_mending(playing: Playing, url: Signal<String>, read: Callback<Reading>) -> Callback<()> {
    let words = use_locale().words;
    let wire = use_store().wire();
    let (renewed, remade) = (StoredValue::new(false), StoredValue::new(false));
    Callback::new(move |()| {
        let (wire, Some(url)) = (wire.clone(), url.try_get_untracked()) else { return };
        let failure = audio::failure(playing.element);
        spawn_local(async move {
            let why = wire.why_silent(&url).await.err();
            if playing.silence.try_with_untracked(Option::is_some) != Some(false) {
                return;
            }
            let network = failure == Some(Failure::Network);
            let first = |done: StoredValue<bool>| {
                done.try_update_value(|done| !std::mem::replace(done, true)) == Some(true)
            };
            if why.is_none() && network && first(renewed) {
                playing.go_on_with(None);
            } else if why.is_none() && !network && failure.is_some() && first(remade) {
                playing.keep_place();
                // What is being read may become what plays: nothing is read twice.
                if playing.listening.is_reading() {
                    playing.refused.set_value(true);
                } else {
                    read.run(Reading::Refused);
                }
            } else {
                let said = notice::of_silence(why.as_ref(), words);
                let _gone = playing.silence.try_set(Some(said));
            }
        });
    })
}

/// A file that is all header makes some browsers wait for ever without an error.
fn be_patient(playing: Playing, mend: Callback<()>) {
    spawn_local(async move {
        clock::sleep_ms(PATIENCE_MS).await;
        let waits = playing.state.try_with_untracked(|state| state.length_secs.is_none());
        let says_nothing = playing.silence.try_with_untracked(Option::is_none);
        if waits == Some(true) && says_nothing == Some(true) {
            mend.try_run(());
        }
    });
}

/// From the first time that it plays, the keys for media are the player's, until its call closes.
fn own_the_media_keys(playing: Playing, title: String) {
    let keys: StoredValue<Option<MediaKeys>, LocalStorage> = StoredValue::new_local(None);
    let plays = Memo::new(move |_| playing.state.with(|state| state.playing));
    Effect::new(move |_| {
        if plays.get() && keys.with_value(Option::is_none) {
            keys.set_value(MediaKeys::take(&title, move |key| keys::press_media(playing, key)));
        }
    });
}
