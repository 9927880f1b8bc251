//! Where one is: the element that scrolls, how much of it is seen, and which pixel of all rows
//! stands at its upper edge.

use web_sys::{Element, HtmlElement};

use crate::ui::scroll_map::ScrollMap;

/// Below this width what scrolls is put aside (a call covers the list), not narrow.
const ASIDE_PX: i32 = 60;

/// What is seen.
pub(super) struct View {
    body: HtmlElement,
    /// The elements around the rows that may scroll, the nearest first: those with `data-scrolls`.
    pub(super) around: Vec<Element>,
    /// The one that does. Styles say which: a table has its own, cards scroll with the page.
    scroller: Option<Element>,
    /// Where in all rows the upper edge is.
    pub(super) at_px: f64,
    /// Where the rows' element was scrolled to when it was last looked at; negative as long as
    /// something else stands above it.
    scroll_px: f64,
    /// How much of the rows is seen at a time.
    pub(super) view_px: f64,
}

impl View {
    pub(super) fn of(body: &HtmlElement) -> Self {
        let mut around = Vec::new();
        let mut next = body.parent_element();
        while let Some(element) = next {
            next = element.parent_element();
            if element.has_attribute("data-scrolls") {
                around.push(element);
            }
        }
        let body = body.clone();
        Self { body, around, scroller: None, at_px: 0.0, scroll_px: 0.0, view_px: 0.0 }
    }

    pub(super) fn scrolls(&self, target: &Element) -> bool {
        self.scroller.as_ref() == Some(target)
    }

    /// Looks anew which element scrolls and how large it is; its width, unless it is put aside.
    pub(super) fn measure(&mut self) -> Option<f64> {
        let window = web_sys::window()?;
        let scrolls = |element: &&Element| {
            let style = window.get_computed_style(element).ok().flatten();
            let overflow = style.and_then(|style| style.get_property_value("overflow-y").ok());
            overflow.is_none_or(|overflow| overflow != "visible")
        };
        let scroller = self.around.iter().find(scrolls).cloned()?;
        if scroller.client_width() < ASIDE_PX {
            return None;
        }
        self.view_px = (f64::from(scroller.client_height()) - self.covered_px()).max(0.0);
        self.scroller = Some(scroller);
        self.around.first().map(|nearest| f64::from(nearest.client_width()))
    }

    /// How much of the upper edge the heads cover.
    fn covered_px(&self) -> f64 {
        let head = self.body.previous_element_sibling();
        head.map_or(0.0, |head| head.get_bounding_client_rect().height())
    }

    /// How far down in what scrolls the rows begin, heads not counted.
    fn inset_px(&self, scroller: &Element) -> f64 {
        let body_px = self.body.get_bounding_client_rect().top();
        let edge_px = scroller.get_bounding_client_rect().top() + f64::from(scroller.client_top());
        body_px - edge_px + f64::from(scroller.scroll_top()) - self.covered_px()
    }

    fn read(&self) -> Option<f64> {
        let scroller = self.scroller.as_ref()?;
        Some(f64::from(scroller.scroll_top()) - self.inset_px(scroller).round())
    }

    /// Follows what was scrolled.
    pub(super) fn follow(&mut self, map: &ScrollMap) {
        let Some(now_px) = self.read() else { return };
        self.at_px = map.moved(self.at_px, self.scroll_px, now_px);
        self.scroll_px = now_px;
    }

    /// The upper edge of what is seen; negative as long as something else stands above the rows.
    pub(super) fn seen_px(&self) -> f64 {
        if self.scroll_px < 0.0 { self.scroll_px } else { self.at_px }
    }

    /// Goes somewhere.
    pub(super) fn go_to(&mut self, at_px: f64, map: &ScrollMap) {
        let Some(scroller) = self.scroller.clone() else { return };
        let scroll_px = if at_px < 0.0 { at_px } else { map.to_scroll(at_px) };
        let wanted_px = scroll_px + self.inset_px(&scroller).round();
        // Back to the first row does not push away what stands above it.
        if at_px != 0.0 || f64::from(scroller.scroll_top()) > wanted_px {
            #[allow(clippy::cast_possible_truncation, reason = "capped far below 2^31")]
            scroller.set_scroll_top(wanted_px.round() as i32);
        }
        self.scroll_px = self.read().unwrap_or_default();
        let mapped = map.whole_px() > map.height_px();
        self.at_px = if mapped { at_px } else { self.scroll_px }.clamp(0.0, map.last_px());
    }

    /// Sets the thumb to where one is; whether it had to be moved.
    pub(super) fn settle(&mut self, map: &ScrollMap) -> bool {
        let off =
            self.scroll_px >= 0.0 && (map.to_scroll(self.at_px) - self.scroll_px).abs() >= 2.0;
        if off {
            self.go_to(self.at_px, map);
        }
        off
    }

    /// Where a row stands in its element.
    pub(super) fn top_of(&self, row: usize, map: &ScrollMap) -> i64 {
        let mapped = map.whole_px() > map.height_px();
        let moved_px = if mapped { (self.scroll_px.max(0.0) - self.at_px).round() } else { 0.0 };
        #[allow(clippy::cast_possible_truncation, reason = "capped far below 2^53")]
        let top_px = (map.top_of(row) + moved_px) as i64;
        top_px
    }
}
