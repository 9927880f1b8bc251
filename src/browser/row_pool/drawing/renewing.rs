//! What happens to the elements, the focus and the place when the rows become other rows.

use kernels::order;

use super::super::slot::Slot;
use super::Drawing;

impl Drawing {
    /// Other rows, from their first one on.
    pub(in crate::browser::row_pool) fn restart(&mut self) -> Option<(usize, usize)> {
        self.current = None;
        let lost = self.find_focused();
        self.view.measure();
        self.go_to(0.0);
        self.draw(true);
        self.put_in_order();
        lost
    }

    /// Other rows; what was seen first is seen first again. If the row with the focus is gone:
    /// which cell is nearest.
    pub(in crate::browser::row_pool) fn renew(&mut self) -> Option<(usize, usize)> {
        let at_px = self.anchored_px();
        let lost = self.find_focused();
        self.view.measure();
        match at_px {
            Some(at_px) => self.go_to(at_px),
            None => {
                self.set_height();
                self.view.follow(&self.map());
            }
        }
        self.draw(true);
        self.put_in_order();
        lost
    }

    /// Where the first row stands now that was seen before, and is still there; none for whoever
    /// is at the beginning, and stays there.
    fn anchored_px(&self) -> Option<f64> {
        let (at_px, map) = (self.view.at_px, self.map());
        if at_px < 1.0 {
            return None;
        }
        let mut seen: Vec<&Slot> = self.slots.iter().filter(|slot| slot.id.is_some()).collect();
        seen.retain(|slot| map.top_of(slot.row + 1) > at_px);
        order::sort_by_key(&mut seen, |slot| slot.row);
        let stands = |slot: &&Slot| {
            let row = self.place_of(slot)?;
            Some(map.top_of(row) + at_px - map.top_of(slot.row))
        };
        Some(seen.iter().find_map(stands).unwrap_or(at_px))
    }

    fn place_of(&self, slot: &Slot) -> Option<usize> {
        let id = slot.id?;
        let same = slot.row < self.rows.len() && self.rows.id(slot.row) == id;
        if same { Some(slot.row) } else { self.rows.position(id) }
    }

    /// Follows the row with the focus to where it is now.
    fn find_focused(&mut self) -> Option<(usize, usize)> {
        let nth = self.focused?;
        let row = self.slots.get(nth).and_then(|slot| self.place_of(slot));
        let last = self.rows.len().checked_sub(1);
        let slot = self.slots.get_mut(nth)?;
        match row {
            Some(row) => {
                slot.row = row;
                None
            }
            None => {
                self.focused = None;
                let column = self.current.take().map_or(1, |(_, column)| column);
                Some((slot.row.min(last?), column))
            }
        }
    }
}
