//! Scrolling through more rows than an element can be high. Browsers stop at some 33 million
//! pixels, some at half of that; a million rows of 40 pixels are 40 million.
//!
//! There are two heights: that of all rows, and that of the element that is scrolled, which is
//! capped. Near both ends one pixel is one pixel, so that the first and the last rows are reached
//! exactly; between them the heights are mapped onto each other. A wheel or a key moves by the
//! same pixels everywhere, because it moves from where one is; only a jump (the thumb, a click
//! into its track) is mapped.

/// No element is made higher than this, pixels.
const HIGHEST: f64 = 8_000_000.0;

/// How far from each end one pixel is one pixel, when the middle is mapped.
const EXACT: f64 = 1_000_000.0;

/// How many rows stand where.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ScrollMap {
    /// How many rows.
    pub rows: usize,
    /// Height of one.
    pub row_px: f64,
    /// Height of what is seen at a time.
    pub view_px: f64,
}

impl ScrollMap {
    /// Height of all rows.
    #[must_use]
    pub fn whole_px(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "rows stay far below 2^53")]
        let rows = self.rows as f64;
        rows * self.row_px
    }

    /// Height of the element that is scrolled.
    #[must_use]
    pub fn height_px(&self) -> f64 {
        self.whole_px().min(HIGHEST)
    }

    /// The furthest that one can be, in all rows.
    #[must_use]
    pub fn last_px(&self) -> f64 {
        (self.whole_px() - self.view_px).max(0.0)
    }

    fn last_scroll_px(&self) -> f64 {
        (self.height_px() - self.view_px).max(0.0)
    }

    /// Where in all rows one is when the element is scrolled to somewhere.
    #[must_use]
    pub fn from_scroll(&self, scroll_px: f64) -> f64 {
        let (last, last_scroll) = (self.last_px(), self.last_scroll_px());
        if last <= last_scroll || scroll_px <= EXACT {
            return scroll_px.clamp(0.0, last);
        }
        let from_end = last_scroll - scroll_px;
        if from_end <= EXACT {
            return (last - from_end).clamp(0.0, last);
        }
        let share = (scroll_px - EXACT) / (last_scroll - 2.0 * EXACT);
        EXACT + share * (last - 2.0 * EXACT)
    }

    /// Where the element is scrolled to when one is somewhere in all rows.
    #[must_use]
    pub fn to_scroll(&self, at_px: f64) -> f64 {
        let (last, last_scroll) = (self.last_px(), self.last_scroll_px());
        if last <= last_scroll || at_px <= EXACT {
            return at_px.clamp(0.0, last_scroll);
        }
        let from_end = last - at_px;
        if from_end <= EXACT {
            return (last_scroll - from_end).clamp(0.0, last_scroll);
        }
        let share = (at_px - EXACT) / (last - 2.0 * EXACT);
        EXACT + share * (last_scroll - 2.0 * EXACT)
    }

    /// Where one is after the element was scrolled from one place to another.
    #[must_use]
    pub fn moved(&self, at_px: f64, scroll_px: f64, now_px: f64) -> f64 {
        let by_px = now_px - scroll_px;
        // One pixel of the thumb is at least this far; no wheel turns that fast.
        let a_jump = HIGHEST / self.view_px.max(1.0) / 2.0;
        let mapped = self.last_px() > self.last_scroll_px();
        if mapped && by_px.abs() < a_jump && now_px > 0.0 && now_px < self.last_scroll_px() {
            (at_px + by_px).clamp(0.0, self.last_px())
        } else {
            self.from_scroll(now_px)
        }
    }

    /// The first row that is seen from somewhere, even in part.
    #[must_use]
    pub fn row_at(&self, at_px: f64) -> usize {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let row = (at_px.max(0.0) / self.row_px.max(1.0)).floor() as usize;
        row.min(self.rows.saturating_sub(1))
    }

    /// Where a row begins.
    #[must_use]
    pub fn top_of(&self, row: usize) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "rows stay far below 2^53")]
        let row = row as f64;
        row * self.row_px
    }

    /// The rows to draw from somewhere, with some more on both sides.
    #[must_use]
    pub fn window(&self, at_px: f64, more: usize) -> std::ops::Range<usize> {
        if self.rows == 0 || self.view_px <= 0.0 {
            return 0..0;
        }
        let first = self.row_at(at_px);
        // A row that begins where the view ends is not seen.
        let last = self.row_at((at_px + self.view_px).next_down());
        first.saturating_sub(more)..(last + 1 + more).min(self.rows)
    }

    /// Where to be so that a row is seen whole, staying where one is if it is already. Above the
    /// first row one is as long as something else stands there.
    #[must_use]
    pub fn showing(&self, row: usize, at_px: f64) -> f64 {
        let top = self.top_of(row);
        let lowest = top + self.row_px - self.view_px;
        at_px.min(top).max(lowest).min(self.last_px().max(at_px.min(0.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(rows: usize) -> ScrollMap {
        ScrollMap { rows, row_px: 40.0, view_px: 600.0 }
    }

    #[test]
    fn the_last_of_a_million_rows_is_at_the_end_of_what_can_be_scrolled() {
        let map = map(1_000_000);
        assert!(map.height_px() <= 8_000_000.0);
        let end = map.from_scroll(map.height_px() - map.view_px);
        assert_eq!(map.window(end, 0), 999_985..1_000_000);
        assert_eq!(map.to_scroll(end), map.height_px() - map.view_px);
        assert_eq!(map.from_scroll(0.0), 0.0);
    }

    #[test]
    fn mapping_there_and_back_leads_to_the_same_place() {
        for rows in [10, 1_000, 200_000, 1_000_000, 20_000_000] {
            let map = map(rows);
            for part in 0..=1_000 {
                let at = map.last_px() * f64::from(part) / 1_000.0;
                let back = map.from_scroll(map.to_scroll(at));
                assert!((back - at).abs() < 0.01, "{rows} rows: {at} became {back}");
            }
        }
    }

    #[test]
    fn a_wheel_moves_by_its_own_pixels_and_a_thumb_by_its_share() {
        let map = map(1_000_000);
        let (at, scroll) = (map.from_scroll(4_000_000.0), 4_000_000.0);
        assert_eq!(map.moved(at, scroll, scroll + 120.0), at + 120.0);
        let far = map.moved(at, scroll, scroll + 500_000.0);
        assert_eq!(far, map.from_scroll(4_500_000.0));
        assert!(far - at > 2_000_000.0);
    }

    #[test]
    fn whatever_was_moved_before_both_ends_are_the_ends() {
        let map = map(1_000_000);
        assert_eq!(map.moved(5_000.0, 100.0, 0.0), 0.0);
        let end = map.height_px() - map.view_px;
        assert_eq!(map.moved(map.last_px() - 9_000.0, end - 100.0, end), map.last_px());
    }

    #[test]
    fn few_rows_are_not_mapped_at_all() {
        let map = map(100);
        assert_eq!(map.height_px(), 4_000.0);
        assert_eq!(map.moved(0.0, 0.0, 3_000.0), 3_000.0);
        assert_eq!(map.window(0.0, 2), 0..17, "fifteen are seen");
        assert_eq!(map.window(1.0, 2), 0..18, "and one more in part");
        assert_eq!(ScrollMap { rows: 0, ..map }.window(0.0, 2), 0..0);
    }

    #[test]
    fn a_row_is_shown_by_the_shortest_way() {
        let map = map(100);
        assert_eq!(map.showing(3, 0.0), 0.0, "it is seen already");
        assert_eq!(map.showing(20, 0.0), 240.0, "at the lower edge");
        assert_eq!(map.showing(5, 1_000.0), 200.0, "at the upper edge");
        assert_eq!(map.showing(0, 1_000.0), 0.0);
        assert_eq!(map.showing(2, -300.0), -300.0, "under what stands above the rows");
        assert_eq!(map.showing(9, -300.0), -200.0, "just far enough");
    }
}
