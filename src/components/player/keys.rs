//! The player's keys. They count only while something in the player has the focus.

use leptos::ev::KeyboardEvent;

use crate::browser::media_keys::MediaKey;
use crate::browser::{audio, focus};
use crate::components::player::Playing;

/// How far the buttons and J and L go, seconds.
pub(super) const FAR_SECS: f64 = 15.0;

/// How far the arrows go, seconds.
const NEAR_SECS: f64 = 5.0;

/// Does what a key in the player asks for.
pub(super) fn press(playing: Playing, event: &KeyboardEvent) {
    let changed = event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key();
    let target = event.target();
    // Choices have arrows and letters of their own, and a space presses what has the focus.
    if changed || focus::is_choice(target.as_ref()) {
        return;
    }
    let on_button = focus::is_button(target.as_ref());
    match event.key().as_str() {
        " " if !on_button => playing.toggle(),
        "k" | "K" => playing.toggle(),
        "j" | "J" => playing.skip(-FAR_SECS),
        "l" | "L" => playing.skip(FAR_SECS),
        "ArrowLeft" => playing.skip(-NEAR_SECS),
        "ArrowRight" => playing.skip(NEAR_SECS),
        "Home" => playing.go_to(0.0),
        _ => return,
    }
    event.prevent_default();
    // Single letters mean something for the list, too.
    event.stop_propagation();
}

/// Does what a key for media asks for.
pub(super) fn press_media(playing: Playing, key: MediaKey) {
    match key {
        MediaKey::Play => audio::play(playing.element),
        MediaKey::Pause => audio::pause(playing.element),
        MediaKey::Back => playing.skip(-FAR_SECS),
        MediaKey::Ahead => playing.skip(FAR_SECS),
        MediaKey::To(secs) => playing.go_to(secs),
    }
}
