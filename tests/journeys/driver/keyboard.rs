//! Key presses as the browser reports them from a keyboard.

use chromiumoxide::keys::{KeyDefinition, get_key_definition};
use serde_json::json;

use super::Page;

/// Presses keys at once: `Tab`, `Shift+Tab`, `Control+a`, `+`.
#[track_caller]
pub(super) fn press(page: &Page, keys: &str) {
    let (held, key) = match keys.rsplit_once('+') {
        Some((held, key)) if !key.is_empty() && !held.is_empty() => (held, key),
        _ => ("", keys),
    };
    let modifiers = held.split('+').filter(|name| !name.is_empty()).map(bit).sum();
    let known = get_key_definition(key);
    let key = known.unwrap_or_else(|| panic!("“{key}” is no key of a keyboard"));
    strike(page, key, modifiers);
}

/// Types a text into whatever has the focus.
#[track_caller]
pub(super) fn type_text(page: &Page, text: &str) {
    for letter in text.chars() {
        match get_key_definition(letter.to_string()) {
            Some(key) => strike(page, key, 0),
            // What has no key of its own comes from an input method.
            None => drop(page.send("Input.insertText", json!({ "text": letter }))),
        }
    }
}

#[track_caller]
fn bit(name: &str) -> u8 {
    match name {
        "Alt" => 1,
        "Control" => 2,
        "Meta" => 4,
        "Shift" => 8,
        other => panic!("“{other}” is not held while another key is pressed"),
    }
}

#[track_caller]
fn strike(page: &Page, key: &KeyDefinition, modifiers: u8) {
    let single = (key.key.chars().count() == 1).then_some(key.key);
    // A key that is held with Control or Alt is a command and types nothing.
    let text = key.text.or(single).filter(|_| modifiers & !8 == 0);
    let command = (modifiers & 6 != 0 && key.key == "a").then_some("selectAll");
    let event = |kind: &str| {
        json!({ "type": kind, "key": key.key, "code": key.code, "modifiers": modifiers,
                "windowsVirtualKeyCode": key.key_code })
    };
    let mut down = event(if text.is_some() { "keyDown" } else { "rawKeyDown" });
    if let Some(text) = text {
        down["text"] = json!(text);
    }
    if let Some(command) = command {
        down["commands"] = json!([command]);
    }
    page.send("Input.dispatchKeyEvent", down);
    page.send("Input.dispatchKeyEvent", event("keyUp"));
}
