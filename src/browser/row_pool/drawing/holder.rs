//! What holds the elements of all rows: where whole screens fly past it is moved, and they stay
//! where they are in it.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The element around all rows, in the one that is as high as all of them.
pub(super) struct Holder {
    pub(super) element: HtmlElement,
    top_px: i64,
}

impl Holder {
    /// A new one in the rows' element.
    pub(super) fn inside(body: &HtmlElement) -> Self {
        let document = body.owner_document();
        let made = document.and_then(|document| document.create_element("div").ok());
        let made = made.and_then(|made| made.dyn_into::<HtmlElement>().ok());
        // Without a document there is nothing to be seen anyway.
        let element = made.unwrap_or_else(|| body.clone());
        element.set_class_name("call-list__holder");
        drop(element.set_attribute("role", "presentation"));
        drop(body.append_child(&element));
        Self { element, top_px: 0 }
    }

    /// Where it stands.
    pub(super) fn top_px(&self) -> i64 {
        self.top_px
    }

    /// Moves it, or back to the beginning.
    pub(super) fn go_to(&mut self, top_px: Option<i64>) {
        let top_px = top_px.unwrap_or_default();
        if self.top_px != top_px {
            self.top_px = top_px;
            drop(self.element.style().set_property("top", &format!("{top_px}px")));
        }
    }

    /// Tells style sheets something.
    pub(super) fn mark(&self, name: &str, value: Option<&str>) {
        drop(match value {
            Some(value) => self.element.set_attribute(name, value),
            None => self.element.remove_attribute(name),
        });
    }
}
