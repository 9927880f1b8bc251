//! Scrolling: what somebody does, as opposed to what the page does by itself.

use leptos::ev;
use leptos::prelude::{on_cleanup, window_event_listener};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Keys that scroll.
const KEYS: [&str; 6] = ["PageDown", "PageUp", "Home", "End", "ArrowDown", "ArrowUp"];

/// Calls back whenever somebody scrolls what the element with an id stands in: with a wheel, a
/// finger, the keyboard or the bar. Ends with the component.
pub fn on_hand(id: &'static str, moved: impl Fn() + Copy + 'static) {
    let note = move |target: Option<web_sys::EventTarget>| {
        if scrolls_around(id, target) {
            moved();
        }
    };
    let wheel = window_event_listener(ev::wheel, move |event| note(event.target()));
    let touch = window_event_listener(ev::touchmove, move |event| note(event.target()));
    let bar = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target();
        let element = target.as_ref().and_then(|target| target.dyn_ref::<Element>());
        // The bar belongs to what it scrolls and lies outside of its content.
        let on_bar = element.is_some_and(|element| {
            let width = f64::from(element.client_width());
            crate::browser::focus::scrolls(element) && width < f64::from(event.offset_x())
        });
        if on_bar {
            note(target.clone());
        }
    });
    let keys = window_event_listener(ev::keydown, move |event| {
        if KEYS.contains(&event.key().as_str()) && !crate::browser::focus::is_typing(&event) {
            note(event.target());
        }
    });
    on_cleanup(move || {
        wheel.remove();
        touch.remove();
        bar.remove();
        keys.remove();
    });
}

/// Whether a target lies in what scrolls around the element with an id.
fn scrolls_around(id: &str, target: Option<web_sys::EventTarget>) -> bool {
    let target = target.and_then(|target| target.dyn_into::<Element>().ok());
    let document = web_sys::window().and_then(|window| window.document());
    let inner = document.and_then(|document| document.get_element_by_id(id));
    let (Some(target), Some(inner)) = (target, inner) else { return false };
    let mut around = Some(inner.clone());
    while let Some(element) = around {
        if crate::browser::focus::scrolls(&element) {
            return element.contains(Some(&target));
        }
        around = element.parent_element();
    }
    true
}
