//! The worker beside the page: a program of its own, which is told and tells in bytes.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Blob, MessageEvent, Url};

use crate::browser::download::Offer;

/// What a worker says.
#[derive(Debug)]
pub enum Said {
    /// A message, as bytes.
    Bytes(Vec<u8>),
    /// A file, which lives as long as this does.
    File(Offer),
}

impl Said {
    fn of(event: &MessageEvent) -> Option<Self> {
        match event.data().dyn_into::<Blob>() {
            Ok(file) => Url::create_object_url_with_blob(&file).ok().map(Offer::at).map(Self::File),
            Err(bytes) => Some(Self::Bytes(Uint8Array::new(&bytes).to_vec())),
        }
    }
}

/// A worker that has been started. Dropping it ends it.
pub struct Beside {
    worker: web_sys::Worker,
    _hear: Closure<dyn FnMut(MessageEvent)>,
    _fail: Closure<dyn FnMut(web_sys::Event)>,
}

impl Beside {
    /// Starts the worker that the page names. `hear` is told what it says, `fail` that it could not
    /// be loaded or broke. `None` where there are no workers, or none may be started.
    pub fn start(
        mut hear: impl FnMut(Said) + 'static,
        mut fail: impl FnMut() + 'static,
    ) -> Option<Self> {
        let worker = web_sys::Worker::new(&address()?).ok()?;
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(said) = Said::of(&event) {
                hear(said);
            }
        });
        let fail = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| fail());
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        Some(Self { worker, _hear: hear, _fail: fail })
    }

    /// Tells it something. The bytes are handed over, not copied again.
    pub fn tell(&self, bytes: &[u8]) {
        let buffer = Uint8Array::from(bytes).buffer();
        // A worker that broke is told of by `fail`.
        let _told = self.worker.post_message_with_transfer(&buffer, &Array::of1(&buffer));
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Where the worker's script is: the page's own head says it, since its name goes with its content.
fn address() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document.query_selector("meta[name=calldeck-worker]").ok().flatten()?;
    meta.get_attribute("content")
}
