//! Dragging: the edge of a column, a column to another place, and across a picture.

use leptos::ev;
use leptos::prelude::{GetUntracked, NodeRef};
use leptos::svg::Svg;
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

/// How far along a picture a pointer is: 0 at its left edge, 1 at its right one.
#[must_use]
pub fn share(event: &ev::PointerEvent, picture: NodeRef<Svg>) -> Option<f64> {
    let around = picture.try_get_untracked()??.get_bounding_client_rect();
    let along = f64::from(event.client_x()) - around.left();
    (around.width() > 0.0).then(|| along / around.width())
}

/// Begins to drag across a picture: from now on it hears of the pointer, wherever that goes.
pub fn hold(event: &ev::PointerEvent, picture: NodeRef<Svg>) {
    if let Some(picture) = picture.try_get_untracked().flatten() {
        drop(picture.set_pointer_capture(event.pointer_id()));
    }
}
