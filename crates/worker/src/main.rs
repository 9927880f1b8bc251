//! The worker: a second program that runs beside the page, so that neither a search nor the
//! reading of a recording ever holds up what somebody does. The page starts it once for each of
//! the two, so that they do not hold up each other either; whoever is asked first for one of them
//! has nothing of the other.
//!
//! Invariant: nothing is decided here. What is found, and how, is `search`'s, what is heard is
//! `sound`'s, and both are tested natively.

mod parts;
mod ranges;
mod recording;

use js_sys::{Array, Uint8Array};
use search::{Answer, Index};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mut index = Index::default();
    let page = scope.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = Uint8Array::new(&event.data()).to_vec();
        if let Some(order) = sound::message::Order::read(&bytes) {
            recording::read(&page, order);
        } else if let Some(order) = search::Order::read(&bytes)
            && let Some(answer) = index.follow(order)
        {
            tell(&page, &answer.write());
        }
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // It hears as long as it lives.
    hear.forget();
    tell(&scope, &Answer::Ready { build: search::BUILD.to_owned() }.write());
}

/// Hands bytes over: the page owns them then, and nothing is copied. A page that is gone hears
/// nothing.
fn tell(page: &DedicatedWorkerGlobalScope, bytes: &[u8]) {
    let buffer = Uint8Array::from(bytes).buffer();
    let _nobody_hears = page.post_message_with_transfer(&buffer, &Array::of1(&buffer));
}
