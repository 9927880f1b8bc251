//! One row element of the pool: cloned once from the template, then only written to.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, Node};

use super::said;
use crate::ui::row_part::{Part, RowCells, Spot};

/// The namespace of drawings.
const SVG: &str = "http://www.w3.org/2000/svg";

/// Builds the element that all rows are cloned from.
pub(super) fn build_row(part: &Part) -> Option<Element> {
    build(&web_sys::window()?.document()?, part)
}

/// Puts row elements into an order, and moves one of them never: it would lose the focus.
pub(super) fn put_in_order(body: &HtmlElement, order: &[HtmlElement], stays: Option<&HtmlElement>) {
    let stands = order.windows(2).all(|pair| match pair {
        [first, second] => {
            first.compare_document_position(second) & Node::DOCUMENT_POSITION_FOLLOWING != 0
        }
        _ => true,
    });
    if stands {
        return;
    }
    let mut before = stays.filter(|stays| order.contains(stays));
    for element in order {
        if before == Some(element) {
            before = None;
        } else {
            drop(body.insert_before(element, before.map(AsRef::as_ref)));
        }
    }
}

/// Spots carry their number, by which each clone finds its own.
fn build(document: &Document, part: &Part) -> Option<Element> {
    let element = if part.is_drawing() {
        document.create_element_ns(Some(SVG), part.tag).ok()?
    } else {
        document.create_element(part.tag).ok()?
    };
    for (name, value) in &part.attributes {
        element.set_attribute(name, value).ok()?;
    }
    if let Some(spot) = part.spot {
        element.set_attribute("data-spot", &spot.to_string()).ok()?;
    }
    if !part.text.is_empty() || (part.spot.is_some() && part.children.is_empty()) {
        element.set_text_content(Some(&part.text));
    }
    for child in &part.children {
        element.append_child(build(document, child)?.as_ref()).ok()?;
    }
    Some(element)
}

/// Where something is written, and what stands there.
#[derive(Debug)]
struct Written {
    element: Element,
    node: Option<Node>,
    text: String,
    attributes: Vec<(&'static str, Option<String>)>,
}

/// A row element.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) element: HtmlElement,
    /// The identity of the row that it shows; none while it is out of use.
    pub(super) id: Option<u64>,
    /// Which row that is.
    pub(super) row: usize,
    /// Whether only its words have been written.
    pub(super) flies: bool,
    /// Where it stands, whole pixels.
    pub(super) top_px: Option<i64>,
    /// By the number of the spot.
    spots: Vec<Option<Written>>,
}

impl Slot {
    /// Clones a row.
    pub(super) fn clone_of(template: &Element) -> Option<Self> {
        let element = template.clone_node_with_deep(true).ok()?.dyn_into::<HtmlElement>().ok()?;
        let (spots, flies) = (Vec::new(), false);
        let mut slot = Self { element, id: None, row: 0, flies, top_px: None, spots };
        slot.find(slot.element.clone().into());
        let found = slot.element.query_selector_all("[data-spot]").ok()?;
        for nth in 0..found.length() {
            if let Some(element) = found.item(nth).and_then(|node| node.dyn_into().ok()) {
                slot.find(element);
            }
        }
        Some(slot)
    }

    fn find(&mut self, element: Element) {
        let Some(spot) = element.get_attribute("data-spot").and_then(|spot| spot.parse().ok())
        else {
            return;
        };
        if self.spots.len() <= spot {
            self.spots.resize_with(spot + 1, || None);
        }
        if let Some(place) = self.spots.get_mut(spot) {
            let (text, attributes) = (String::new(), Vec::new());
            *place = Some(Written { element, node: None, text, attributes });
        }
    }

    /// The element of a spot.
    pub(super) fn spot(&self, spot: Spot) -> Option<&Element> {
        Some(&self.spots.get(usize::from(spot))?.as_ref()?.element)
    }

    /// Moves the element, if it does not stand there already.
    pub(super) fn place(&mut self, top_px: Option<i64>) {
        if self.top_px == top_px {
            return;
        }
        self.top_px = top_px;
        let style = self.element.style();
        let moved = match top_px {
            Some(top_px) => style.set_property("top", &format!("{top_px}px")),
            None => style.remove_property("top").map(drop),
        };
        drop(moved);
    }

    /// Takes it out of use.
    pub(super) fn retire(&mut self) {
        if self.id.take().is_some() {
            self.element.set_hidden(true);
        }
    }

    /// Gives it to a row.
    pub(super) fn give(&mut self, id: u64, row: usize, flies: bool) {
        if self.id.is_none() {
            self.element.set_hidden(false);
        }
        (self.id, self.row, self.flies) = (Some(id), row, flies);
    }
}

impl RowCells for Slot {
    fn flies(&self) -> bool {
        self.flies
    }

    fn text(&mut self, spot: Spot, text: &str) {
        let Some(Some(written)) = self.spots.get_mut(usize::from(spot)) else { return };
        if written.text == text {
            return;
        }
        if written.node.is_none() {
            written.element.set_text_content(Some(text));
            written.node = written.element.first_child();
        } else if let Some(node) = &written.node {
            said::write(node, text);
        }
        written.text.clear();
        written.text.push_str(text);
    }

    fn attribute(&mut self, spot: Spot, name: &'static str, value: Option<&str>) {
        let Some(Some(written)) = self.spots.get_mut(usize::from(spot)) else { return };
        if name == "checked" {
            // Whoever clicks changes the box itself, and the attribute knows nothing of it.
            if let Some(input) = written.element.dyn_ref::<HtmlInputElement>() {
                input.set_checked(value.is_some());
            }
            return;
        }
        let at = written.attributes.iter().position(|(known, _)| *known == name);
        let at = at.unwrap_or_else(|| {
            // What the template says is not known here: the first writing always writes.
            written.attributes.push((name, Some(String::from("\0"))));
            written.attributes.len() - 1
        });
        let Some((_, stands)) = written.attributes.get_mut(at) else { return };
        if stands.as_deref() == value {
            return;
        }
        let set = match value {
            Some(value) => written.element.set_attribute(name, value),
            None => written.element.remove_attribute(name),
        };
        drop(set);
        *stands = value.map(str::to_owned);
    }
}
