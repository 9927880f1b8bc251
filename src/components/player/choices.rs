//! What can be chosen of how a recording is heard: speed, sides, volume, track.

use leptos::prelude::*;
use providers::Track;

use crate::browser::sides::Sides;
use crate::browser::{audio, focus};
use crate::components::player::Playing;
use crate::components::player::said::use_sides;
use crate::locale::use_locale;

/// Speeds on offer.
const SPEEDS: [f64; 8] = [0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0];

/// How fast it is played.
#[component]
pub(super) fn Speed(playing: Playing) -> impl IntoView {
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
        <select class="player__choice" aria-label=words.speed_label() title=words.speed_label() on:change=choose>
            {options.collect_view()}
        </select>
    }
}

/// Which side is heard, where a recording has two. Until that is known it stands where it will
/// stay, and nothing can be chosen.
#[component]
pub(super) fn SideChoice(playing: Playing) -> impl IntoView {
    let words = use_locale().words;
    let leading: StoredValue<Option<Sides>, LocalStorage> = StoredValue::new_local(None);
    let names = use_sides(playing);
    let only = move |channel: usize| names.get().map(|names| names.only(channel, words));
    let choose = move |event| {
        let channel = focus::value(&event).parse().ok();
        if leading.with_value(Option::is_none) && channel.is_some() {
            leading.set_value(Sides::of(playing.element));
        }
        leading.with_value(|sides| match (sides, channel) {
            (Some(sides), _) => sides.hear(channel),
            (None, Some(_)) => playing.silence.set(Some(words.sides_refused())),
            (None, None) => {}
        });
    };
    let known = Memo::new(move |_| names.with(Option::is_some));
    // What another track has not cannot stay chosen.
    Effect::new(move |_| {
        if !known.get() {
            leading.with_value(|sides| sides.iter().for_each(|sides| sides.hear(None)));
        }
    });
    view! {
        <select
            class="player__choice player__sides"
            aria-label=words.sides_label()
            title=words.sides_label()
            disabled=move || !known.get()
            on:change=choose
        >
            <option value="both">{words.sides_both()}</option>
            <Show when=move || known.get()>
                <option value="0">{move || only(0)}</option>
                <option value="1">{move || only(1)}</option>
            </Show>
        </select>
    }
}

/// How loud it is played.
#[component]
pub(super) fn Volume(playing: Playing) -> impl IntoView {
    let words = use_locale().words;
    let choose = move |event| {
        if let Ok(volume) = focus::value(&event).parse() {
            audio::set_volume(playing.element, volume);
        }
    };
    view! {
        <input class="player__volume" type="range" min="0" max="1" step="0.05" value="1" aria-label=words.volume_label() title=words.volume_label() on:input=choose/>
    }
}

/// The choice between the recordings of one call. What is chosen goes on where the other stood.
#[component]
pub fn TrackChoice(
    /// What there is.
    tracks: Vec<Track>,
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
    let options = tracks.into_iter().map(|track| {
        let selected = chosen.get_untracked() == track;
        view! { <option value=track.code() selected=selected>{name(track)}</option> }
    });
    let choose = move |event| {
        if let Some(track) = Track::parse(&focus::value(&event)) {
            playing.keep_place();
            playing.made.set(None);
            chosen.set(track);
        }
    };
    view! {
        <select class="player__choice player__track" aria-label=words.track_label() on:change=choose>
            {options.collect_view()}
        </select>
    }
}
