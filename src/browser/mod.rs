//! The browser: the only code that names `web_sys`, `js_sys` or gloo. Everything else in the app
//! takes values and gives values back.

pub mod address;
pub mod audio;
pub mod clock;
pub mod document;
pub mod focus;
pub mod intl;
pub mod storage;
pub mod timezone;
pub mod wire;
