//! Dragging: the edge of a column, and a column to another place.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

/// The width of the column head that an event comes from, pixels.
#[must_use]
pub fn head_width(target: Option<EventTarget>) -> Option<i32> {
    Some(head(target)?.dyn_into::<HtmlElement>().ok()?.offset_width())
}

/// The place of the column head that an event comes from, counted from 0.
#[must_use]
pub fn head_place(target: Option<EventTarget>) -> Option<usize> {
    let index: usize = head(target)?.get_attribute("aria-colindex")?.parse().ok()?;
    index.checked_sub(1)
}

fn head(target: Option<EventTarget>) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest("[role=columnheader]").ok()?
}

/// Begins to drag an edge: from now on its element hears of the pointer, wherever that goes.
pub fn capture(event: &ev::PointerEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(target) = target {
        drop(target.set_pointer_capture(event.pointer_id()));
    }
}

/// Begins to drag an element; some browsers only do so with something in hand.
pub fn take_in_hand(event: &ev::DragEvent, word: &str) {
    if let Some(hand) = event.data_transfer() {
        drop(hand.set_data("text/plain", word));
        hand.set_effect_allowed("move");
    }
}
