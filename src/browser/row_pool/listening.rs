//! What a pool hears of: scrolling, the size of what scrolls, and the focus.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, EventTarget, HtmlElement, ResizeObserver};

use super::REST_MS;
use super::drawing::Drawing;

/// A listener that is taken away when it is dropped.
struct Listener {
    target: EventTarget,
    name: &'static str,
    capture: bool,
    heard: Closure<dyn FnMut(Event)>,
}

impl Listener {
    fn new(target: &EventTarget, name: &'static str, heard: impl FnMut(Event) + 'static) -> Self {
        // Scrolling does not bubble: whichever element around the rows scrolls is heard on the way
        // down to it.
        let capture = name == "scroll";
        let heard = Closure::new(heard);
        let function = heard.as_ref().unchecked_ref();
        drop(target.add_event_listener_with_callback_and_bool(name, function, capture));
        Self { target: target.clone(), name, capture, heard }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let (function, name) = (self.heard.as_ref().unchecked_ref(), self.name);
        drop(self.target.remove_event_listener_with_callback_and_bool(
            name,
            function,
            self.capture,
        ));
    }
}

/// Everything that a pool listens to.
pub(super) struct Listening {
    _listeners: Vec<Listener>,
    observer: Option<ResizeObserver>,
    _resized: Closure<dyn FnMut()>,
}

impl Listening {
    pub(super) fn start(
        body: &HtmlElement,
        drawing: &Rc<RefCell<Drawing>>,
        changed: Rc<dyn Fn()>,
        sized: Rc<dyn Fn(f64)>,
    ) -> Self {
        let mut listeners =
            vec![on_focus(body, drawing, "focusin"), on_focus(body, drawing, "focusout")];
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            listeners.push(on_scroll(&document, drawing, changed.clone()));
        }
        if let Some(window) = web_sys::window() {
            let print = |name, begins| on_print(&window, drawing, name, begins);
            listeners.extend([print("beforeprint", true), print("afterprint", false)]);
        }
        let resized = on_resize(drawing, changed, sized);
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            drawing.borrow().scrollers().iter().for_each(|scroller| observer.observe(scroller));
        }
        Self { _listeners: listeners, observer, _resized: resized }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

fn on_focus(body: &HtmlElement, drawing: &Rc<RefCell<Drawing>>, name: &'static str) -> Listener {
    let drawing = Rc::downgrade(drawing);
    Listener::new(body, name, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let comes = event.type_() == "focusin";
        with(&drawing, |drawing| drawing.note_focus(target.filter(|_| comes).as_ref()));
    })
}

fn on_print(
    window: &web_sys::Window,
    drawing: &Rc<RefCell<Drawing>>,
    name: &'static str,
    begins: bool,
) -> Listener {
    let drawing = Rc::downgrade(drawing);
    Listener::new(window, name, move |_| {
        with(&drawing, |drawing| drawing.print(begins));
    })
}

fn on_scroll(
    document: &web_sys::Document,
    drawing: &Rc<RefCell<Drawing>>,
    changed: Rc<dyn Fn()>,
) -> Listener {
    let drawing = Rc::downgrade(drawing);
    let rest: Rc<Cell<Option<Timeout>>> = Rc::default();
    Listener::new(document, "scroll", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let ours = target.is_some_and(|target| {
            with(&drawing, |drawing| drawing.scrolled(&target)).unwrap_or_default()
        });
        if ours {
            let drawing = drawing.clone();
            let timeout = Timeout::new(REST_MS, move || {
                with(&drawing, Drawing::rest);
            });
            // Dropping the one before takes it back.
            drop(rest.replace(Some(timeout)));
            changed();
        }
    })
}

fn on_resize(
    drawing: &Rc<RefCell<Drawing>>,
    changed: Rc<dyn Fn()>,
    sized: Rc<dyn Fn(f64)>,
) -> Closure<dyn FnMut()> {
    let drawing = Rc::downgrade(drawing);
    Closure::new(move || {
        if let Some(Some(width_px)) = with(&drawing, Drawing::resized) {
            sized(width_px);
            changed();
        }
    })
}

/// Does something with the drawing, unless it is gone, or is what caused the event.
fn with<T>(drawing: &Weak<RefCell<Drawing>>, act: impl FnOnce(&mut Drawing) -> T) -> Option<T> {
    Some(act(&mut *drawing.upgrade()?.try_borrow_mut().ok()?))
}
