//! Focus: moving it on purpose, and noticing when it leaves.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, EventTarget, HtmlElement, Node, ScrollIntoViewOptions, ScrollLogicalPosition,
    SvgElement,
};

use crate::browser::clock;

/// Focuses the element with an id; whether there is one.
pub fn by_id(id: &str) -> bool {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Focuses the part of a drawing with an id; whether there is one.
pub fn drawn_by_id(id: &str) -> bool {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    let part = element.and_then(|element| element.dyn_into::<SvgElement>().ok());
    part.is_some_and(|part| part.focus().is_ok())
}

/// Focuses the element with an id as soon as it is there, as [`soon`] does.
pub fn soon_by_id(id: &str) {
    let id = id.to_owned();
    soon(move || by_id(&id) && is_on(&id));
}

/// Tries to move the focus until that worked, and gives up after two seconds, or when somebody has
/// gone elsewhere meanwhile (into the search field, say): they stay there.
pub fn soon(moved: impl Fn() -> bool + 'static) {
    let before = active();
    leptos::task::spawn_local(async move {
        for _ in 0..40 {
            clock::sleep_ms(50).await;
            let now = active();
            // What had the focus and is gone was drawn anew: nobody has left it.
            let stands = before.as_ref().is_none_or(|before| before.is_connected());
            if (stands && now.is_some() && now != before) || moved() {
                break;
            }
        }
    });
}

/// Whether the element with an id has the focus.
#[must_use]
pub fn is_on(id: &str) -> bool {
    active().is_some_and(|now| now.id() == id)
}

/// Whether an element has the focus.
#[must_use]
pub fn has(element: &HtmlElement) -> bool {
    active().is_some_and(|now| now == **element)
}

/// Whether nothing has the focus.
#[must_use]
pub fn is_nowhere() -> bool {
    active().is_none_or(|active| active.tag_name() == "MAIN")
}

/// Scrolls to the element with an id as soon as it is there, and gives up after two seconds.
pub fn show_by_id(id: &str) {
    let id = id.to_owned();
    leptos::task::spawn_local(async move {
        for _ in 0..40 {
            clock::sleep_ms(50).await;
            let document = web_sys::window().and_then(|window| window.document());
            // An element in a hidden tab has no place yet.
            let there = document
                .and_then(|document| document.get_element_by_id(&id))
                .filter(|element| element.client_height() > 0);
            if let Some(element) = there {
                show(&element);
                break;
            }
        }
    });
}

/// Scrolls to the element with an id if it is not in view already, as far as a reader's eyes
/// follow: neither under what sticks to the top nor in the last lines.
pub fn keep_in_view(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(element) = document.and_then(|document| document.get_element_by_id(id)) else {
        return;
    };
    let (inside, height) = (element.get_bounding_client_rect(), window_height());
    let read = height * 0.35..height * 0.8;
    if element.client_height() > 0 && !(read.contains(&inside.top()) && inside.bottom() < read.end)
    {
        show(&element);
    }
}

fn window_height() -> f64 {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    height.unwrap_or_default()
}

/// Scrolls to an element within the nearest thing that scrolls; what is around that stays.
fn show(element: &Element) {
    let mut around = element.parent_element();
    while let Some(parent) = around {
        if scrolls(&parent) {
            let (inside, outside) =
                (element.get_bounding_client_rect(), parent.get_bounding_client_rect());
            let off = inside.top() - outside.top() - (outside.height() - inside.height()) / 2.0;
            #[allow(clippy::cast_possible_truncation, reason = "pixels of a screen")]
            parent.set_scroll_top(parent.scroll_top() + off as i32);
            return;
        }
        around = parent.parent_element();
    }
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether an element scrolls what is in it.
pub(crate) fn scrolls(element: &Element) -> bool {
    let style = web_sys::window().and_then(|window| window.get_computed_style(element).ok()?);
    let overflow = style.and_then(|style| style.get_property_value("overflow-y").ok());
    matches!(overflow.as_deref(), Some("auto" | "scroll"))
        && element.scroll_height() > element.client_height()
}

/// The element that has the focus, if any has.
fn active() -> Option<Element> {
    let active = web_sys::window()?.document()?.active_element()?;
    (active.tag_name() != "BODY").then_some(active)
}

/// Whether a `focusout` takes the focus out of the element that listens (and not only to
/// another control inside it).
#[must_use]
pub fn leaves(event: &ev::FocusEvent) -> bool {
    let inside = event.current_target().and_then(|target| target.dyn_into::<Node>().ok());
    let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    inside.is_none_or(|inside| !inside.contains(next.as_ref()))
}

/// Whether a key was pressed while somebody types into a field.
#[must_use]
pub fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| {
        let input = target.dyn_ref::<web_sys::HtmlInputElement>().map(|input| input.type_());
        let takes_text = match input.as_deref() {
            Some(kind) => !matches!(kind, "checkbox" | "radio" | "range" | "button"),
            None => matches!(target.tag_name().as_str(), "TEXTAREA" | "SELECT"),
        };
        takes_text || target.is_content_editable()
    })
}

/// Whether an event comes from a choice, which has keys of its own.
#[must_use]
pub fn is_choice(target: Option<&EventTarget>) -> bool {
    let select = target.is_some_and(|it| it.dyn_ref::<web_sys::HtmlSelectElement>().is_some());
    // A slider for a position is none: the player's own keys move that.
    select || matches(target, "input[type=range]:not(.player__position)")
}

/// Whether an event comes from something that a space presses.
#[must_use]
pub fn is_button(target: Option<&EventTarget>) -> bool {
    matches(target, "button, a")
}

fn matches(target: Option<&EventTarget>, selector: &str) -> bool {
    let element = target.and_then(|target| target.dyn_ref::<Element>());
    element.is_some_and(|element| element.matches(selector) == Ok(true))
}

/// The value of the control that an event comes from.
#[must_use]
pub fn value(event: &ev::Event) -> String {
    let target = event.target();
    let input = target.as_ref().and_then(|target| target.dyn_ref::<web_sys::HtmlInputElement>());
    let select = target.as_ref().and_then(|target| target.dyn_ref::<web_sys::HtmlSelectElement>());
    input
        .map(|input| input.value())
        .or_else(|| select.map(|select| select.value()))
        .unwrap_or_default()
}
