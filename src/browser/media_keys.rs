//! The keys for media on keyboards, headsets and lock screens (Media Session). Browsers that have
//! none, and frames that may not use them, go without.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// What a key asks for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum MediaKey {
    /// Play on.
    Play,
    /// Pause.
    Pause,
    /// Go back some seconds.
    Back,
    /// Go ahead some seconds.
    Ahead,
    /// Go to a position, seconds.
    To(f64),
}

const ACTIONS: [&str; 5] = ["play", "pause", "seekbackward", "seekforward", "seekto"];

/// The keys are one's own as long as this lives.
pub struct MediaKeys {
    _pressed: [Closure<dyn FnMut(JsValue)>; 5],
}

impl MediaKeys {
    /// Takes the keys, and says what is played.
    #[must_use]
    pub fn take(title: &str, press: impl Fn(MediaKey) + Clone + 'static) -> Option<Self> {
        let session = session()?;
        name(&session, title);
        let pressed = ACTIONS.map(|action| {
            let press = press.clone();
            let pressed = Closure::<dyn FnMut(JsValue)>::new(move |details: JsValue| {
                if let Some(key) = key(action, &details) {
                    press(key);
                }
            });
            set(&session, action, pressed.as_ref());
            pressed
        });
        Some(Self { _pressed: pressed })
    }
}

impl Drop for MediaKeys {
    fn drop(&mut self) {
        if let Some(session) = session() {
            ACTIONS.iter().for_each(|action| set(&session, action, &JsValue::NULL));
            drop(Reflect::set(&session, &"metadata".into(), &JsValue::NULL));
        }
    }
}

fn key(action: &str, details: &JsValue) -> Option<MediaKey> {
    Some(match action {
        "play" => MediaKey::Play,
        "pause" => MediaKey::Pause,
        "seekbackward" => MediaKey::Back,
        "seekforward" => MediaKey::Ahead,
        _ => MediaKey::To(Reflect::get(details, &"seekTime".into()).ok()?.as_f64()?),
    })
}

fn session() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"mediaSession".into()).ok().filter(JsValue::is_object)
}

/// A browser that does not know an action throws; the others still work.
fn set(session: &JsValue, action: &str, handler: &JsValue) {
    let setter = Reflect::get(session, &"setActionHandler".into()).ok();
    if let Some(setter) = setter.and_then(|setter| setter.dyn_into::<Function>().ok()) {
        drop(setter.call2(session, &action.into(), handler));
    }
}

fn name(session: &JsValue, title: &str) {
    let said = Object::new();
    drop(Reflect::set(&said, &"title".into(), &title.into()));
    let kind = Reflect::get(&js_sys::global(), &"MediaMetadata".into()).ok();
    let kind = kind.and_then(|kind| kind.dyn_into::<Function>().ok());
    let made = kind.and_then(|kind| Reflect::construct(&kind, &js_sys::Array::of1(&said)).ok());
    if let Some(made) = made {
        drop(Reflect::set(session, &"metadata".into(), &made));
    }
}
