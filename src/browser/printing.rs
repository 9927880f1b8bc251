//! When the page goes to paper.

use leptos::ev;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Calls whenever the page is about to be printed or is shown as it would be, at once if it is so
/// already, until the owner is gone.
pub fn on_paper(begins: impl Fn() + Clone + 'static) {
    let heard = begins.clone();
    let printing = window_event_listener(ev::beforeprint, move |_| heard());
    on_cleanup(move || printing.remove());
    let paper = web_sys::window().and_then(|window| window.match_media("print").ok().flatten());
    let Some(paper) = paper else { return };
    if paper.matches() {
        begins();
    }
    let query = paper.clone();
    let changed = Closure::<dyn Fn()>::new(move || {
        if query.matches() {
            begins();
        }
    });
    paper.set_onchange(Some(changed.as_ref().unchecked_ref()));
    let listening = SendWrapper::new((paper, changed));
    on_cleanup(move || listening.0.set_onchange(None));
}
