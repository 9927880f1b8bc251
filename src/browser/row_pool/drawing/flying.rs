//! What is different while whole screens fly past: words alone are drawn, and the elements are moved
//! with what holds them.

use std::ops::Range;

use kernels::order::sort_by_key;

use super::Drawing;

impl Drawing {
    /// Says to style sheets whether words alone are drawn.
    pub(super) fn hurry(&mut self, hasty: bool) {
        if self.hasty != hasty {
            self.hasty = hasty;
            self.holder.mark("data-flies", hasty.then_some(""));
        }
    }

    /// Where whole screens fly past, all elements stay where they stand in their holder, and are
    /// moved with it: which of them shows which row. None where that cannot be.
    pub(super) fn stacked(&mut self, window: &Range<usize>) -> Option<Vec<Option<usize>>> {
        if !self.hasty || self.focused.is_some() {
            return None;
        }
        let top_px = self.view.top_of(window.start, &self.map());
        self.holder.go_to(Some(top_px));
        let mut order: Vec<usize> = (0..self.slots.len()).collect();
        // Those out of use stand anywhere.
        sort_by_key(&mut order, |nth| {
            let slot = self.slots.get(*nth);
            slot.map(|slot| (slot.id.is_none(), slot.top_px))
        });
        Some((0..window.len()).map(|nth| order.get(nth).copied()).collect())
    }

    /// Draws what was left out in haste; whether anything was.
    pub(in crate::browser::row_pool) fn complete(&mut self) -> bool {
        let hasty = self.hasty;
        if hasty {
            self.draw(false);
        }
        hasty
    }

    /// Whether only what is seen was drawn, in haste.
    pub(in crate::browser::row_pool) fn is_hasty(&self) -> bool {
        self.hasty
    }
}
