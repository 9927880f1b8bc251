//! Files that the page hands out. They are put together piece by piece in the browser's memory (or
//! on its disk, where a file is large), so that a file never lies here as a whole.

use std::cell::Cell;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use crate::browser::{canvas, clock};

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
        self.push_bytes(text.as_bytes());
    }

    /// Takes the next piece, of bytes.
    pub fn push_bytes(&self, bytes: &[u8]) {
        match Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))) {
            Ok(piece) => drop(self.pieces.push(&piece)),
            Err(_) => self.full.set(true),
        }
    }

    /// Takes the pieces of another file behind its own.
    pub fn append(&self, other: &Self) {
        for piece in other.pieces.iter() {
            self.pieces.push(&piece);
        }
        self.full.set(self.full.get() || other.full.get());
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

/// How long a file stays at hand after it was saved: the browser goes on reading it.
const LINGERS_MS: i64 = 60_000;

/// Whether a browser would follow a link to this address instead of saving what is there: it heeds
/// a link's `download` only within the page's own origin.
#[must_use]
pub fn is_elsewhere(url: &str) -> bool {
    let own = web_sys::window().and_then(|window| window.location().origin().ok());
    url.contains("://") && own.is_none_or(|own| !url.starts_with(&format!("{own}/")))
}

/// Saves a file under a name, and keeps it at hand while the browser reads it. Says whether there
/// was room for it.
pub async fn save(name: &str, mime: &str, text: &str) -> bool {
    let pieces = Pieces::default();
    pieces.push(text);
    let Some(offer) = pieces.offer(mime) else { return false };
    offer.save(name);
    clock::sleep_ms(LINGERS_MS).await;
    true
}

/// Saves an SVG as a PNG of twice its size. Says whether the browser could.
pub async fn save_png(name: &str, svg: &str) -> bool {
    let Some(file) = canvas::png(svg, 2.0).await else { return false };
    let Ok(url) = Url::create_object_url_with_blob(&file) else { return false };
    let offer = Offer { url };
    offer.save(name);
    clock::sleep_ms(LINGERS_MS).await;
    true
}

/// Saves what lies at an address of another origin. Says whether it was there.
pub async fn save_from_elsewhere(url: &str, name: &str) -> bool {
    let Ok(response) = gloo_net::http::Request::get(url).send().await else { return false };
    if !response.ok() {
        return false;
    }
    let Ok(file) = web_sys::Response::from(response).blob() else { return false };
    let Ok(Ok(file)) = JsFuture::from(file).await.map(JsCast::dyn_into::<Blob>) else {
        return false;
    };
    let Ok(url) = Url::create_object_url_with_blob(&file) else { return false };
    let offer = Offer { url };
    offer.save(name);
    clock::sleep_ms(LINGERS_MS).await;
    true
}

/// A file that can be saved as long as this lives.
#[derive(Debug, PartialEq, Eq)]
pub struct Offer {
    url: String,
}

impl Offer {
    /// A file that the browser already has an address for.
    pub(crate) fn at(url: String) -> Self {
        Self { url }
    }

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
