//! The native audio element: playing, seeking, and why it fell silent.

use leptos::html::Audio;
use leptos::prelude::{GetUntracked, NodeRef};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlAudioElement;

/// What an element reports of itself.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Playback {
    /// Position, seconds.
    pub position_secs: f64,
    /// Length, seconds; `None` until it is known.
    pub length_secs: Option<f64>,
    /// Whether it plays.
    pub playing: bool,
}

/// Reads the element's state.
#[must_use]
pub fn playback(audio: NodeRef<Audio>) -> Playback {
    let Some(audio) = element(audio) else { return Playback::default() };
    let length = audio.duration();
    Playback {
        position_secs: audio.current_time(),
        length_secs: (length.is_finite() && length > 0.0).then_some(length),
        playing: !audio.paused() && !audio.ended(),
    }
}

/// Plays. A browser that refuses (no gesture yet) leaves the element paused, which the player
/// shows; every other failure comes as an `error` event.
pub fn play(audio: NodeRef<Audio>) {
    let Some(promise) = element(audio).and_then(|audio| audio.play().ok()) else { return };
    spawn_local(async move { drop(JsFuture::from(promise).await) });
}

/// Pauses.
pub fn pause(audio: NodeRef<Audio>) {
    if let Some(audio) = element(audio) {
        drop(audio.pause());
    }
}

/// Goes to a position, seconds from the start.
pub fn seek(audio: NodeRef<Audio>, secs: f64) {
    if let Some(audio) = element(audio) {
        audio.set_current_time(secs.max(0.0));
    }
}

/// Sets the speed, 1 is normal.
pub fn set_speed(audio: NodeRef<Audio>, speed: f64) {
    if let Some(audio) = element(audio) {
        audio.set_default_playback_rate(speed);
        audio.set_playback_rate(speed);
    }
}

/// Sets how loud it plays, 0 to 1.
pub fn set_volume(audio: NodeRef<Audio>, volume: f64) {
    if let Some(audio) = element(audio) {
        audio.set_volume(volume.clamp(0.0, 1.0));
    }
}

/// Why the element stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// Bytes stopped coming.
    Network,
    /// What came cannot be played.
    Form,
}

/// Why the element stopped, if it did.
#[must_use]
pub fn failure(audio: NodeRef<Audio>) -> Option<Failure> {
    let error = element(audio)?.error()?;
    let network = error.code() == web_sys::MediaError::MEDIA_ERR_NETWORK;
    Some(if network { Failure::Network } else { Failure::Form })
}

/// The address of something that the page names by its own, as others than the page need it.
#[must_use]
pub fn absolute(url: &str) -> String {
    let base = web_sys::window().and_then(|window| window.document()?.base_uri().ok().flatten());
    let whole = base.and_then(|base| web_sys::Url::new_with_base(url, &base).ok());
    whole.map_or_else(|| url.to_owned(), |whole| whole.href())
}

/// Loads the source again, as after a link has been renewed.
pub fn reload(audio: NodeRef<Audio>) {
    if let Some(audio) = element(audio) {
        audio.load();
    }
}

/// The element, while its call is open. It goes on telling what becomes of it (`pause`, `error`)
/// after the view around it is gone.
pub(super) fn element(audio: NodeRef<Audio>) -> Option<HtmlAudioElement> {
    audio.try_get_untracked().flatten()
}
