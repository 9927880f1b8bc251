//! Files that the page hands out. They are put together piece by piece in the browser's memory (or
//! on its disk, where a file is large), so that a file never lies here as a whole.

use std::cell::Cell;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// A file that is being written.
#[derive(Debug, Default)]
pub struct Pieces {
    pieces: Array,
    /// A piece found no room: the file would lack it.
    full: Cell<bool>,
}

impl Pieces {
    /// Takes the next piece.
    pub fn push(&self, text: &str) {
        let bytes = Array::of1(&Uint8Array::from(text.as_bytes()));
        match Blob::new_with_u8_array_sequence(&bytes) {
            Ok(piece) => drop(self.pieces.push(&piece)),
            Err(_) => self.full.set(true),
        }
    }

    /// The file, ready to be saved. `None` if the browser has no room for all of it.
    #[must_use]
    pub fn offer(&self, mime: &str) -> Option<Offer> {
        if self.full.get() {
            return None;
        }
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        let file = Blob::new_with_blob_sequence_and_options(&self.pieces, &options).ok()?;
        Url::create_object_url_with_blob(&file).ok().map(|url| Offer { url })
    }
}

/// A file that can be saved as long as this lives.
#[derive(Debug, PartialEq, Eq)]
pub struct Offer {
    url: String,
}

impl Offer {
    /// Its address, for a link.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Saves it under a name, as a click on a link would.
    pub fn save(&self, name: &str) {
        let document = web_sys::window().and_then(|window| window.document());
        let link = document.and_then(|document| document.create_element("a").ok());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else { return };
        let set = link.set_attribute("href", &self.url).and(link.set_attribute("download", name));
        if set.is_ok() {
            link.click();
        }
    }
}

impl Drop for Offer {
    fn drop(&mut self) {
        drop(Url::revoke_object_url(&self.url));
    }
}
