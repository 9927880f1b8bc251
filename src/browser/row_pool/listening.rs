//! What a pool hears of: scrolling, the size of what scrolls, and the focus.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, EventTarget, HtmlElement, ResizeObserver};

use super::drawing::Drawing;
use super::{LOOK_MS, LOOKS};

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
        // Whatever is pressed has to be whole before it is heard of there.
        let capture = matches!(name, "scroll" | "pointerdown" | "click");
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
        listeners.extend(["pointerdown", "click"].map(|name| on_press(body, drawing, name)));
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

fn on_press(body: &HtmlElement, drawing: &Rc<RefCell<Drawing>>, name: &'static str) -> Listener {
    let drawing = Rc::downgrade(drawing);
    Listener::new(body, name, move |_| {
        with(&drawing, Drawing::complete);
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
    let rest = Rc::new(Rest { drawing, changed, still: Cell::new(None) });
    Listener::new(document, "scroll", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let ours = target.is_some_and(|target| {
            with(&rest.drawing, |drawing| drawing.scrolled(&target)).unwrap_or_default()
        });
        if ours {
            rest.moved();
        }
    })
}

/// Waits until nothing moves any more. A clock that is wound up again for each frame would cost
/// more than one that is looked at now and then.
struct Rest {
    drawing: Weak<RefCell<Drawing>>,
    changed: Rc<dyn Fn()>,
    /// How often nothing had moved; none while nobody looks.
    still: Cell<Option<u32>>,
}

impl Rest {
    fn moved(self: &Rc<Self>) {
        if self.still.replace(Some(0)).is_none() {
            self.clone().wait();
        }
        // What flies past is of no interest to anybody.
        if with(&self.drawing, |drawing| drawing.is_hasty()) == Some(false) {
            (self.changed)();
        }
    }

    fn wait(self: Rc<Self>) {
        Timeout::new(LOOK_MS, move || self.look()).forget();
    }

    fn look(self: Rc<Self>) {
        let still = self.still.get().unwrap_or_default();
        if still == 1 && with(&self.drawing, Drawing::complete) == Some(true) {
            (self.changed)();
        }
        if still < LOOKS {
            self.still.set(Some(still + 1));
            self.wait();
        } else {
            self.still.set(None);
            with(&self.drawing, Drawing::rest);
        }
    }
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
