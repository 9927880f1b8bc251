//! Short texts that rows say again and again, as strings of the browser's: to make one of them
//! anew costs more than to write it.

use std::cell::RefCell;
use std::collections::HashMap;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Node;

#[wasm_bindgen]
extern "C" {
    /// A node that is a text, taking strings of the browser's.
    type Line;

    #[wasm_bindgen(method, structural, setter, js_name = data)]
    fn set_data(this: &Line, text: &JsValue);
}

thread_local! {
    static SAID: RefCell<HashMap<String, JsValue>> = RefCell::default();
}

/// Longer ones are seldom said twice, bytes.
const LONGEST: usize = 16;

/// More different ones are not kept.
const MOST: usize = 4_000;

/// Writes a text into a node of text.
pub(super) fn write(node: &Node, text: &str) {
    let line = node.unchecked_ref::<Line>();
    if text.len() > LONGEST {
        return line.set_data(&JsValue::from_str(text));
    }
    SAID.with_borrow_mut(|said| {
        if said.len() > MOST {
            said.clear();
        }
        if let Some(known) = said.get(text) {
            line.set_data(known);
        } else {
            let new = JsValue::from_str(text);
            line.set_data(&new);
            said.insert(text.to_owned(), new);
        }
    });
}
