//! The browser: the only code that names `web_sys`, `js_sys` or gloo. Everything else in the app
//! takes values and gives values back.

pub mod address;
pub mod audio;
pub mod canvas;
pub mod clock;
pub mod dialog;
pub mod document;
pub mod download;
pub mod drag;
pub mod file;
pub mod focus;
pub mod intl;
pub mod media_keys;
pub mod printing;
pub mod row_pool;
pub mod scrolling;
pub mod sides;
pub mod storage;
pub mod timezone;
pub mod wire;
pub mod worker;

/// Runs a future before the app is mounted, when there is no executor of the app's yet.
pub fn start(future: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(future);
}
