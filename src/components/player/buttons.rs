//! The player's buttons.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::download;
use crate::components::player::Playing;
use crate::locale::use_locale;
use crate::ui::icon::{Icon, Symbol};

/// Plays, or pauses.
#[component]
pub(super) fn PlayButton(playing: Playing) -> impl IntoView {
    let words = use_locale().words;
    let on = move || playing.state.with(|state| state.playing);
    let label = move || if on() { words.pause() } else { words.play() };
    view! {
        <button type="button" class="button button--icon player__play" aria-label=label title=label on:click=move |_| playing.toggle()>
            {move || {
                let symbol = if on() { Symbol::Pause } else { Symbol::Play };
                view! { <Icon symbol=symbol/> }
            }}
        </button>
    }
}

/// Goes some seconds on, or back.
#[component]
pub fn SkipButton(
    /// The player.
    playing: Playing,
    /// Seconds; fewer than none go back.
    secs: f64,
) -> impl IntoView {
    let (words, formats) = (use_locale().words, use_locale().formats);
    let shown = formats.decimal(secs.abs(), 0);
    let label = if secs < 0.0 { words.skip_back(&shown) } else { words.skip_ahead(&shown) };
    let symbol = if secs < 0.0 { Symbol::Back } else { Symbol::Ahead };
    view! {
        <button type="button" class="button button--icon player__skip" aria-label=label.clone() title=label on:click=move |_| playing.skip(secs)>
            <Icon symbol=symbol/>
            <span class="player__secs" aria-hidden="true">{shown}</span>
        </button>
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
