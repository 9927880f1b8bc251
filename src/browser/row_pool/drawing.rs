//! Which rows are drawn, into which elements, and where.

mod flying;
mod holder;
mod renewing;

use std::ops::Range;
use std::rc::Rc;

use kernels::order;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::slot::{self, Slot};
use super::view::View;
use super::{Extent, Hit, PRINTED, RowTemplate, Rows};
use crate::ui::row_part::Spot;
use crate::ui::row_slots::deal;
use crate::ui::scroll_map::ScrollMap;
use holder::Holder;

/// Rows that are drawn beyond each edge, so that a quick finger finds them there.
const MORE: usize = 4;

/// How much is drawn, and of that what is said anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Draw {
    /// Everything, with more beyond the edges, and all of it is said anew.
    Anew,
    /// Everything, with more beyond the edges.
    All,
    /// Only what is seen, because everything that was seen before has been scrolled away: what lies
    /// beyond the edges will be gone as well when the next frame is drawn.
    Seen,
}

/// The elements, the rows, and where one is.
pub(super) struct Drawing {
    body: HtmlElement,
    holder: Holder,
    rows: Rc<dyn Rows>,
    template: Option<Element>,
    stops: Vec<Spot>,
    row_px: f64,
    extent: Extent,
    slots: Vec<Slot>,
    /// The element with the focus in it.
    focused: Option<usize>,
    /// What Tab leads to: the identity of a row, and a column.
    current: Option<(u64, usize)>,
    /// The cell that carries the tab stop now.
    marked: Option<Element>,
    view: View,
    height_px: Option<f64>,
    /// Whether no more than what is seen has been drawn.
    hasty: bool,
    /// Where one was when the rows were put on paper, as long as they are.
    printed_at_px: Option<f64>,
}

impl Drawing {
    pub(super) fn new(body: HtmlElement, rows: Rc<dyn Rows>, template: &RowTemplate) -> Self {
        let view = View::of(&body);
        let holder = Holder::inside(&body);
        let mut drawing = Self {
            body,
            holder,
            rows,
            template: None,
            stops: Vec::new(),
            row_px: 1.0,
            extent: Extent::Window,
            slots: Vec::new(),
            focused: None,
            current: None,
            marked: None,
            view,
            height_px: None,
            hasty: false,
            printed_at_px: None,
        };
        drawing.set_template(template);
        drawing
    }

    pub(super) fn set_template(&mut self, template: &RowTemplate) {
        let first = self.view.at_px / self.row_px;
        self.template = slot::build_row(&template.row);
        self.stops.clone_from(&template.stops);
        self.row_px = template.row_px;
        self.clear();
        self.view.measure();
        self.go_to(first * self.row_px);
        self.draw(true);
    }

    pub(super) fn set_extent(&mut self, extent: Extent) {
        if self.extent == extent {
            return;
        }
        self.extent = extent;
        let name = if extent == Extent::Window { "window" } else { "page" };
        self.holder.mark("data-extent", Some(name));
        self.clear();
        self.view.measure();
        self.go_to(0.0);
        self.draw(true);
    }

    /// On paper nothing scrolls: a page of all rows is drawn, as far as paper goes, and afterwards
    /// what was seen before.
    pub(super) fn print(&mut self, begins: bool) {
        if begins && self.extent == Extent::Window {
            self.printed_at_px = Some(self.view.at_px);
            self.set_extent(Extent::Page { page: 0, size: PRINTED });
        } else if let Some(at_px) = self.printed_at_px.take_if(|_| !begins) {
            self.set_extent(Extent::Window);
            self.go_to(at_px);
            self.draw(false);
        }
    }

    fn clear(&mut self) {
        self.slots.drain(..).for_each(|slot| slot.element.remove());
        (self.focused, self.marked) = (None, None);
        self.holder.go_to(None);
    }

    fn map(&self) -> ScrollMap {
        let view_px = self.view.view_px;
        ScrollMap { rows: self.rows.len(), row_px: self.row_px, view_px }
    }

    pub(super) fn scrollers(&self) -> &[Element] {
        &self.view.around
    }

    /// Something was scrolled; whether rows were.
    pub(super) fn scrolled(&mut self, target: &Element) -> bool {
        let ours = self.extent == Extent::Window && self.view.scrolls(target);
        if ours {
            let from_px = self.view.at_px;
            self.view.follow(&self.map());
            let far = (self.view.at_px - from_px).abs() >= self.view.view_px / 2.0;
            self.draw_some(if far { Draw::Seen } else { Draw::All });
        }
        ours
    }

    /// What scrolls has another size: its width, unless it is put aside.
    pub(super) fn resized(&mut self) -> Option<f64> {
        let width_px = self.view.measure()?;
        self.view.follow(&self.map());
        self.draw(false);
        Some(width_px)
    }

    fn go_to(&mut self, at_px: f64) {
        self.set_height();
        self.view.go_to(at_px, &self.map());
    }

    fn set_height(&mut self) {
        let height_px = (self.extent == Extent::Window).then(|| self.map().height_px());
        if self.height_px == height_px {
            return;
        }
        self.height_px = height_px;
        let style = self.body.style();
        drop(match height_px {
            Some(height_px) => style.set_property("height", &format!("{height_px}px")),
            None => style.remove_property("height").map(drop),
        });
    }

    fn window(&self, more: usize) -> Range<usize> {
        let (rows, map) = (self.rows.len(), self.map());
        match self.extent {
            Extent::Window => map.window(self.view.at_px, more),
            Extent::Page { page, size } => (page * size).min(rows)..((page + 1) * size).min(rows),
        }
    }

    /// Draws what is seen. What is drawn already is only said anew if that is wanted.
    pub(super) fn draw(&mut self, anew: bool) {
        self.draw_some(if anew { Draw::Anew } else { Draw::All });
    }

    fn draw_some(&mut self, what: Draw) {
        let anew = what == Draw::Anew;
        self.hurry(what == Draw::Seen);
        self.set_height();
        let window = self.window(if self.hasty { 0 } else { MORE });
        let ids: Vec<u64> = window.clone().map(|row| self.rows.id(row)).collect();
        let held: Vec<Option<u64>> = self.slots.iter().map(|slot| slot.id).collect();
        let dealt = self.stacked(&window).unwrap_or_else(|| deal(&held, &ids, self.focused));
        for (nth, slot) in self.slots.iter_mut().enumerate() {
            if !dealt.contains(&Some(nth)) && self.focused != Some(nth) {
                slot.retire();
            }
        }
        for ((row, id), nth) in window.clone().zip(ids).zip(dealt) {
            self.draw_row(row, id, nth, anew);
        }
        // Scrolled out of sight, but somebody may go on from there.
        if let Some(nth) = self.focused {
            let slot = self.slots.get(nth).map(|slot| (slot.row, slot.id));
            if let Some((row, Some(id))) = slot.filter(|(row, _)| !window.contains(row)) {
                self.draw_row(row, id, Some(nth), anew);
            }
        }
        if !self.hasty {
            self.mark_stop();
        }
    }

    fn draw_row(&mut self, row: usize, id: u64, nth: Option<usize>, anew: bool) {
        let Some(nth) = nth.or_else(|| self.add_slot()) else { return };
        let top_px = match self.extent {
            Extent::Window => Some(self.view.top_of(row, &self.map()) - self.holder.top_px()),
            Extent::Page { .. } => None,
        };
        let Some(slot) = self.slots.get_mut(nth) else { return };
        let stands = slot.id == Some(id) && slot.row == row && (self.hasty || !slot.flies);
        if anew || !stands {
            slot.give(id, row, self.hasty);
            self.rows.write(row, slot);
        }
        slot.place(top_px);
    }

    fn add_slot(&mut self) -> Option<usize> {
        let slot = Slot::clone_of(self.template.as_ref()?)?;
        self.holder.element.append_child(&slot.element).ok()?;
        self.slots.push(slot);
        Some(self.slots.len() - 1)
    }

    /// Gives the tab stop to the cell that had the focus last, else to the first row that is seen.
    fn mark_stop(&mut self) {
        let (row, column) = self.current().unwrap_or_default();
        let cell = self.stop(row, column).map(Element::from);
        if cell == self.marked {
            return;
        }
        let set = |cell: &Option<Element>, value| {
            cell.as_ref().map(|cell| cell.set_attribute("tabindex", value))
        };
        drop((set(&self.marked, "-1"), set(&cell, "0")));
        self.marked = cell;
    }

    pub(super) fn note_focus(&mut self, target: Option<&Element>) {
        self.complete();
        let slot = target.and_then(|target| self.slot_of(target));
        self.focused = slot;
        if let Some(hit) = target.and_then(|target| self.hit(target)) {
            self.current = Some((hit.id, hit.column));
            self.mark_stop();
        }
    }

    fn slot_of(&self, target: &Element) -> Option<usize> {
        self.slots.iter().position(|slot| slot.id.is_some() && slot.element.contains(Some(target)))
    }

    pub(super) fn hit(&self, target: &Element) -> Option<Hit> {
        let slot = self.slots.get(self.slot_of(target)?)?;
        let cell = target.closest("[aria-colindex]").ok().flatten();
        let column = cell.and_then(|cell| cell.get_attribute("aria-colindex")?.parse().ok());
        let column: usize = column.unwrap_or(1);
        Some(Hit { row: slot.row, id: slot.id?, column: column.saturating_sub(1) })
    }

    /// The element that takes the focus of a drawn cell.
    pub(super) fn stop(&self, row: usize, column: usize) -> Option<HtmlElement> {
        let slot = self.slots.iter().find(|slot| slot.id.is_some() && slot.row == row)?;
        let spot = self.stops.get(column.min(self.stops.len().saturating_sub(1)))?;
        slot.spot(*spot)?.clone().dyn_into().ok()
    }

    /// Where Tab leads: the row that had the focus last as long as it is drawn, else the first one
    /// that is seen.
    pub(super) fn current(&self) -> Option<(usize, usize)> {
        let column = self.current.map_or(self.first_column(), |(_, column)| column);
        let last = self.current.and_then(|(id, _)| {
            self.slots.iter().find(|slot| slot.id == Some(id)).map(|slot| slot.row)
        });
        let row = last.or_else(|| (!self.rows.is_empty()).then(|| self.first_seen()))?;
        Some((row, column))
    }

    /// The first column leads into the row; a box to tick may stand before it.
    fn first_column(&self) -> usize {
        usize::from(self.stops.len() > 1)
    }

    fn first_seen(&self) -> usize {
        match self.extent {
            Extent::Window => {
                let map = self.map();
                let first = map.row_at(self.view.at_px);
                let whole = map.top_of(first) + 1.0 >= self.view.at_px;
                if whole { first } else { (first + 1).min(self.rows.len().saturating_sub(1)) }
            }
            Extent::Page { .. } => self.window(0).start,
        }
    }

    pub(super) fn drawn(&self) -> Vec<usize> {
        let drawn = self.slots.iter().filter(|slot| slot.id.is_some()).map(|slot| slot.row);
        let mut drawn: Vec<usize> = drawn.collect();
        order::sort_by(&mut drawn, Ord::cmp);
        drawn
    }

    pub(super) fn seen(&self) -> usize {
        let seen = self.view.view_px / self.row_px.max(1.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few rows")]
        let seen = seen.max(1.0) as usize;
        seen
    }

    /// Scrolls until a row is seen, and draws it.
    pub(super) fn show(&mut self, row: usize) {
        if self.extent == Extent::Window {
            let at_px = self.view.seen_px();
            let to_px = self.map().showing(row, at_px);
            if (to_px - at_px).abs() >= 1.0 {
                self.go_to(to_px);
                self.draw(false);
            }
        } else if let Some(slot) =
            self.slots.iter().find(|slot| slot.id.is_some() && slot.row == row)
        {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            slot.element.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    }

    /// Nothing has moved for a while: the thumb is set to where one is.
    pub(super) fn rest(&mut self) {
        if self.view.settle(&self.map()) {
            self.draw(false);
        }
        self.put_in_order();
    }

    /// Puts the elements into reading order, around the one with the focus.
    fn put_in_order(&self) {
        let mut rows: Vec<(usize, usize)> =
            self.slots.iter().enumerate().map(|(nth, slot)| (slot.row, nth)).collect();
        rows.retain(|(_, nth)| self.slots.get(*nth).is_some_and(|slot| slot.id.is_some()));
        order::sort_by(&mut rows, Ord::cmp);
        let order: Vec<HtmlElement> = rows
            .iter()
            .filter_map(|(_, nth)| Some(self.slots.get(*nth)?.element.clone()))
            .collect();
        let stays =
            self.focused.and_then(|nth| self.slots.get(nth)).map(|slot| slot.element.clone());
        slot::put_in_order(&self.holder.element, &order, stays.as_ref());
    }
}
