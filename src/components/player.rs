//! The player: a native audio element with controls of our own, and words for every silence.

use calls::formats::duration;
use calls::{CallKey, Recording};
use leptos::ev::MouseEvent;
use leptos::html::Audio;
use leptos::prelude::*;
use leptos::task::spawn_local;
use providers::Track;

use crate::browser::audio::{self, Playback};
use crate::browser::{clock, download, focus};
use crate::components::call_text::recording_text;
use crate::locale::use_locale;
use crate::notice;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::icon::{Icon, Symbol};

/// Speeds on offer, in the order they are walked through.
const SPEEDS: [f64; 6] = [0.75, 1.0, 1.25, 1.5, 2.0, 3.0];

/// How long a recording may take to tell its length, milliseconds.
const PATIENCE_MS: i64 = 12_000;

/// How far the skip buttons go, seconds.
const SKIP_SECS: f64 = 10.0;

/// A call that is to be played as soon as it is open: somebody pressed Play in its row.
#[derive(Clone, Copy)]
pub struct PlayWish(pub RwSignal<Option<CallKey>>);

/// The call to be played as soon as it is open.
#[must_use]
pub fn use_play_wish() -> PlayWish {
    use_context::<PlayWish>().unwrap_or_else(|| PlayWish(RwSignal::new(None)))
}

/// What the player and the transcript share.
#[derive(Clone, Copy)]
pub struct Playing {
    element: NodeRef<Audio>,
    state: RwSignal<Playback>,
    silence: RwSignal<Option<String>>,
    /// Where to start once the recording is there, seconds.
    start_secs: StoredValue<Option<f64>>,
    /// Whether to play on once the recording is there: another track of it was chosen.
    goes_on: StoredValue<bool>,
}

impl Playing {
    /// Nothing plays yet; playing will start at a position, milliseconds.
    #[must_use]
    pub fn new(start_ms: Option<i64>) -> Self {
        Self {
            element: NodeRef::new(),
            state: RwSignal::default(),
            silence: RwSignal::new(None),
            start_secs: StoredValue::new(start_ms.map(to_secs)),
            goes_on: StoredValue::new(false),
        }
    }

    /// The position, whole milliseconds, tracked; `None` before anything has been played.
    #[must_use]
    pub fn position_ms(self) -> Option<i64> {
        let state = self.state.get();
        #[allow(
            clippy::cast_possible_truncation,
            reason = "milliseconds of calls are far below 2^53"
        )]
        let ms = (state.position_secs * 1_000.0) as i64;
        (state.playing || ms > 0).then_some(ms)
    }

    /// Plays from a position, milliseconds.
    pub fn play_from(self, at_ms: i64) {
        audio::seek(self.element, to_secs(at_ms));
        audio::play(self.element);
    }

    /// Remembers where it stands, for a source that is about to take the place of this one.
    fn keep_place(self) {
        let now = audio::playback(self.element);
        self.start_secs.set_value(Some(now.position_secs));
        self.goes_on.set_value(now.playing);
        self.silence.set(None);
    }

    /// Goes to where it should start, now that the recording is there.
    fn begin(self) {
        if let Some(secs) = self.start_secs.try_update_value(Option::take).flatten() {
            audio::seek(self.element, secs);
        }
        if self.goes_on.try_update_value(std::mem::take) == Some(true) {
            audio::play(self.element);
        }
        self.read();
    }

    /// Plays at once, if that is what somebody opened the call for.
    fn grant(self, PlayWish(wish): PlayWish, key: &CallKey) {
        if wish.try_with_untracked(|wish| wish.as_ref() == Some(key)) == Some(true) {
            wish.set(None);
            audio::play(self.element);
        }
    }

    fn read(self) {
        self.state.set(audio::playback(self.element));
    }
}

fn to_secs(ms: i64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let secs = ms as f64 / 1_000.0;
    secs
}

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
    let tracks = adapter.map_or(&[Track::Main][..], |adapter| adapter.tracks());
    let elsewhere =
        adapter.is_some_and(|it| it.recording_instead(&key.reference, Track::Main).is_some());
    let found = RwSignal::new(can_play(recording, now_ms));
    let again = recording == Recording::NotReady || (recording == Recording::Absent && elsewhere);
    move || {
        let key = key.clone();
        if found.get() {
            view! { <Controls key=key tracks=tracks playing=playing/> }.into_any()
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
fn Controls(key: CallKey, tracks: &'static [Track], playing: Playing) -> impl IntoView {
    let words = use_locale().words;
    let wire = use_store().wire();
    let (wish, wished) = (use_play_wish(), key.clone());
    let track = RwSignal::new(Track::Main);
    let name = key.reference.call_id().to_owned();
    let of_track = wire.clone();
    let url = Signal::derive(move || of_track.media_url(&key, track.get()));
    let explain = move || {
        // The element outlives its view by the events that are still on their way.
        let Some(url) = url.try_get_untracked() else { return };
        let wire = wire.clone();
        spawn_local(async move {
            let why = wire.why_silent(&url).await.err();
            let said = notice::of_silence(why.as_ref(), words);
            playing.silence.try_set(Some(said));
        });
    };
    let (overdue, why) = (explain.clone(), explain.clone());
    spawn_local(async move {
        // A file that is all header makes some browsers wait for ever without an error.
        clock::sleep_ms(PATIENCE_MS).await;
        let silent = playing.state.try_with_untracked(|state| state.length_secs.is_none());
        if silent == Some(true) && playing.silence.try_with_untracked(Option::is_none) == Some(true)
        {
            overdue();
        }
    });
    view! {
        <section class="player" aria-label=words.player_label()>
            <audio
                node_ref=playing.element
                src=url
                crossorigin="anonymous"
                preload="metadata"
                on:loadedmetadata=move |_| {
                    playing.begin();
                    playing.grant(wish, &wished);
                }
                on:durationchange=move |_| playing.read()
                on:timeupdate=move |_| playing.read()
                on:play=move |_| playing.read()
                on:pause=move |_| playing.read()
                on:ended=move |_| playing.read()
                on:error=move |_| explain()
            ></audio>
            <PlayButton playing=playing/>
            <SkipButton playing=playing secs=-SKIP_SECS/>
            <SkipButton playing=playing secs=SKIP_SECS/>
            <Position playing=playing/>
            <Speed playing=playing/>
            {(tracks.len() > 1).then(|| view! { <TrackChoice tracks=tracks chosen=track playing=playing/> })}
            <SaveRecording url=url name=name on_failure=Callback::new(move |()| why())/>
            <Show when=move || playing.silence.with(Option::is_some)>
                <p class="player__silence" role="alert">{move || playing.silence.get()}</p>
            </Show>
        </section>
    }
}

#[component]
fn PlayButton(playing: Playing) -> impl IntoView {
    let words = use_locale().words;
    let on = move || playing.state.with(|state| state.playing);
    let label = move || if on() { words.pause() } else { words.play() };
    let toggle = move |_| {
        if on() {
            audio::pause(playing.element);
        } else {
            audio::play(playing.element);
        }
    };
    view! {
        <button type="button" class="button button--icon player__play" aria-label=label title=label on:click=toggle>
            {move || {
                let symbol = if on() { Symbol::Pause } else { Symbol::Play };
                view! { <Icon symbol=symbol/> }
            }}
        </button>
    }
}

#[component]
fn SkipButton(playing: Playing, secs: f64) -> impl IntoView {
    let (words, formats) = (use_locale().words, use_locale().formats);
    let shown = formats.decimal(SKIP_SECS, 0);
    let label = if secs < 0.0 { words.skip_back(shown) } else { words.skip_ahead(shown) };
    let symbol = if secs < 0.0 { Symbol::Back } else { Symbol::Ahead };
    let skip = move |_| {
        let now = audio::playback(playing.element).position_secs;
        audio::seek(playing.element, now + secs);
    };
    view! {
        <button type="button" class="button button--icon player__skip" aria-label=label.clone() title=label on:click=skip>
            <Icon symbol=symbol/>
        </button>
    }
}

#[component]
fn Position(playing: Playing) -> impl IntoView {
    let words = use_locale().words;
    let shown = |secs: f64| duration((secs * 1_000.0).floor());
    let length = move || playing.state.with(|state| state.length_secs);
    let position = move || playing.state.with(|state| state.position_secs);
    let spoken = move || match length() {
        Some(length) => words.position_of(shown(position()), shown(length)),
        None => shown(position()),
    };
    view! {
        <span class="player__time" aria-hidden="true">{move || shown(position())}</span>
        <input
            class="player__position"
            type="range"
            min="0"
            step="any"
            aria-label=words.position_label()
            aria-valuetext=spoken
            max=move || length().unwrap_or(1.0).to_string()
            disabled=move || length().is_none()
            prop:value=move || position().to_string()
            style:--played=move || {
                let share = length().map_or(0.0, |length| position() / length * 100.0);
                format!("{share:.2}%")
            }
            on:input=move |event| {
                if let Ok(secs) = focus::value(&event).parse() {
                    audio::seek(playing.element, secs);
                    playing.read();
                }
            }
        />
        <span class="player__time player__length" aria-hidden="true">
            {move || length().map(shown)}
        </span>
    }
}

/// A link that saves the recording under the call's id: some providers keep it for a day.
#[component]
pub fn SaveRecording(
    /// Its address.
    #[prop(into)]
    url: Signal<String>,
    /// The name of the file, without an ending.
    name: String,
    /// Called when there is nothing to save.
    #[prop(optional)]
    on_failure: Option<Callback<()>>,
) -> impl IntoView {
    let words = use_locale().words;
    let saved_as = name.clone();
    let save = move |event: MouseEvent| {
        let (url, name) = (url.get_untracked(), saved_as.clone());
        if !download::is_elsewhere(&url) {
            return;
        }
        event.prevent_default();
        spawn_local(async move {
            if !download::save_from_elsewhere(&url, &name).await
                && let Some(on_failure) = on_failure
            {
                on_failure.try_run(());
            }
        });
    };
    view! {
        <a class="button button--icon player__save" href=move || url.get() download=name on:click=save aria-label=words.recording_save() title=words.recording_save()>
            <Icon symbol=Symbol::Download/>
        </a>
    }
}

/// The choice between the recordings of one call. What is chosen goes on where the other stood.
#[component]
pub fn TrackChoice(
    /// What there is.
    tracks: &'static [Track],
    /// What is played.
    chosen: RwSignal<Track>,
    /// The player.
    playing: Playing,
) -> impl IntoView {
    let words = use_locale().words;
    let name = |track| match track {
        Track::Main => words.track_main(),
        Track::Mono => words.track_mono(),
    };
    let options = tracks.iter().map(|track| {
        let selected = chosen.get_untracked() == *track;
        view! { <option value=track.code() selected=selected>{name(*track)}</option> }
    });
    let choose = move |event| {
        if let Some(track) = Track::parse(&focus::value(&event)) {
            playing.keep_place();
            chosen.set(track);
        }
    };
    view! {
        <select class="player__speed player__track" aria-label=words.track_label() on:change=choose>
            {options.collect_view()}
        </select>
    }
}

#[component]
fn Speed(playing: Playing) -> impl IntoView {
    let (words, formats) = (use_locale().words, use_locale().formats);
    let options = SPEEDS.into_iter().map(|speed| {
        let text = words.speed_times(formats.decimal(speed, 2));
        view! { <option value=speed.to_string() selected=(speed - 1.0).abs() < f64::EPSILON>{text}</option> }
    });
    let choose = move |event| {
        if let Ok(speed) = focus::value(&event).parse() {
            audio::set_speed(playing.element, speed);
        }
    };
    view! {
        <select class="player__speed" aria-label=words.speed_label() on:change=choose>
            {options.collect_view()}
        </select>
    }
}
