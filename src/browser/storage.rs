//! Browser storage, which may be blocked: every access may fail, and nothing depends on one.
//! Nothing of a call is ever written here.

use web_sys::Storage;

/// The storage, if this page may use one. In a frame with third-party storage blocked the mere
/// access throws.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// A stored setting.
#[must_use]
pub fn read(name: &str) -> Option<String> {
    storage()?.get_item(&format!("calldeck.{name}")).ok().flatten()
}

/// Stores a setting; `None` removes it. Says whether the browser took it: it does not where
/// storage is blocked or full.
pub fn write(name: &str, value: Option<&str>) -> bool {
    let Some(storage) = storage() else { return false };
    let name = format!("calldeck.{name}");
    let written = match value {
        Some(value) => storage.set_item(&name, value),
        None => storage.remove_item(&name),
    };
    written.is_ok()
}
