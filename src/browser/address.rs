//! The address bar: reading the fragment and the query, writing the fragment, hearing of Back.

use leptos::prelude::on_cleanup;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The fragment, with its `#`, as it stands in the address bar.
#[must_use]
pub fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The query, with its `?`.
#[must_use]
pub fn query() -> String {
    web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The last part of the path, such as `embed`.
#[must_use]
pub fn last_segment() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    path.and_then(|path| path.rsplit('/').next().map(str::to_owned)).unwrap_or_default()
}

/// The address of this page without its fragment.
#[must_use]
pub fn without_fragment() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    href.and_then(|href| href.split('#').next().map(str::to_owned)).unwrap_or_default()
}

/// A new entry of the history: Back returns to where one was.
pub fn push(fragment: &str) {
    write(fragment, false);
}

/// Rewrites the current entry.
pub fn replace(fragment: &str) {
    write(fragment, true);
}

fn write(fragment: &str, replace: bool) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
    // A bare `#` would be left standing; the path and query alone clear the fragment.
    let url = if fragment == "#" { without_fragment() } else { fragment.to_owned() };
    let state = wasm_bindgen::JsValue::NULL;
    let written = if replace {
        history.replace_state_with_url(&state, "", Some(&url))
    } else {
        history.push_state_with_url(&state, "", Some(&url))
    };
    // Browsers refuse more than some hundred writes in half a minute; the place itself is right.
    drop(written);
}

/// Calls back whenever somebody goes Back or Forward, or edits the fragment by hand, until the
/// current owner is cleaned up.
pub fn on_change(mut callback: impl FnMut(String) + 'static) {
    let Some(window) = web_sys::window() else { return };
    let listener = Closure::<dyn FnMut()>::new(move || callback(fragment()));
    let function: js_sys::Function = listener.as_ref().unchecked_ref::<js_sys::Function>().clone();
    for name in ["popstate", "hashchange"] {
        drop(window.add_event_listener_with_callback(name, &function));
    }
    let kept = send_wrapper::SendWrapper::new((listener, window, function));
    on_cleanup(move || {
        let (_listener, window, function) = &*kept;
        for name in ["popstate", "hashchange"] {
            drop(window.remove_event_listener_with_callback(name, function));
        }
    });
}
