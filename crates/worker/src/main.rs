//! The worker: a second program that runs beside the page, so that a search never holds up what
//! somebody types. It holds the index and answers messages; everything else is the page's.
//!
//! Invariant: nothing is decided here. What is found, and how, is `search`'s, which is tested
//! natively.

use js_sys::{Array, Uint8Array};
use search::{Answer, Index, Order};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mut index = Index::default();
    let page = scope.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = Uint8Array::new(&event.data()).to_vec();
        let order = Order::read(&bytes);
        if let Some(answer) = order.and_then(|order| index.follow(order)) {
            tell(&page, &answer);
        }
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // It hears as long as it lives.
    hear.forget();
    tell(&scope, &Answer::Ready { build: search::BUILD.to_owned() });
}

/// Hands bytes over: the page owns them then, and nothing is copied. A page that is gone hears
/// nothing.
fn tell(page: &DedicatedWorkerGlobalScope, answer: &Answer) {
    let buffer = Uint8Array::from(answer.write().as_slice()).buffer();
    let _nobody_hears = page.post_message_with_transfer(&buffer, &Array::of1(&buffer));
}
