//! What keys and clicks do in the list.

use calls::CallKey;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use crate::browser::row_pool::Hit;
use crate::browser::{address, document, drag};
use crate::components::call_list::List;
use crate::components::list_heads::{focus_head, focus_head_soon};
use crate::components::list_pager::PAGE_ROWS;
use crate::place::Place;
use crate::table::Column;
use crate::ui::grid_walk::{Cell, Grid};

/// By how much a key makes a column wider, pixels.
const WIDER_PX: i32 = 16;

/// The deeds.
#[derive(Clone, Copy)]
pub(crate) struct ListSteps {
    list: List,
}

impl ListSteps {
    pub(crate) fn new(list: List) -> Self {
        Self { list }
    }

    /// How many columns there are, and how many of them stand before the first of a call.
    fn columns(self) -> (usize, usize) {
        self.list.fitted.with_untracked(|fitted| {
            let boxes = usize::from(!fitted.cards);
            (boxes + fitted.columns.len() + 2, boxes)
        })
    }

    fn grid(self) -> Grid {
        let (columns, _) = self.columns();
        let rows = self.list.rows.with_value(|rows| crate::browser::row_pool::Rows::len(&**rows));
        let seen = self.list.with(|pool| pool.seen()).unwrap_or(1);
        let page = if self.list.preferences.table_untracked().paged { PAGE_ROWS } else { seen };
        Grid { rows, columns, heads: columns - 2, page }
    }

    /// A key in a row; whether it did something.
    pub(crate) fn press_in_row(self, hit: Hit, event: &KeyboardEvent) -> bool {
        let key = event.key();
        let (columns, boxes) = self.columns();
        let is_button = hit.column + 2 >= columns;
        match key.as_str() {
            " " if event.shift_key() && !is_button => self.tick_range(hit.row),
            // The box is ticked by the browser, which then tells of a click.
            " " if is_button || hit.column < boxes => return false,
            " " => self.tick(hit.row),
            "Enter" if is_button || self.is_link(hit.column) => return false,
            "Enter" => self.open(hit.row),
            key => {
                let at = Cell { row: hit.row + 1, column: hit.column };
                let ctrl = event.ctrl_key() || event.meta_key();
                if event.alt_key() || event.shift_key() {
                    return false;
                }
                let Some(to) = self.grid().walk(at, key, ctrl) else { return false };
                self.go(to);
                // A button that is not shown takes no focus: to the right is what stands behind it.
                if to.column > hit.column && self.has_focus(at) {
                    self.go(self.grid().nearest(Cell { column: to.column + 1, ..to }));
                }
            }
        }
        true
    }

    /// Whether a cell of a row has the focus.
    fn has_focus(self, at: Cell) -> bool {
        let focused = self.list.with(|pool| pool.focused()).flatten();
        focused.is_some_and(|hit| (hit.row + 1, hit.column) == (at.row, at.column))
    }

    /// A key in a head; whether it did something.
    pub(crate) fn press_in_head(self, column: usize, event: &KeyboardEvent) -> bool {
        let key = event.key();
        let by = match key.as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            _ => 0,
        };
        let (_, boxes) = self.columns();
        let name = self.column(column.checked_sub(boxes));
        match (name, by) {
            (Some(name), by) if by != 0 && event.alt_key() => {
                self.list.preferences.arrange(|table| table.shift(name, by));
                // The head moves, and the focus is lost on the way.
                focus_head_soon(name);
            }
            (Some(name), by) if by != 0 && event.shift_key() => {
                let now_px = drag::head_width(event.target()).unwrap_or_default();
                let by_px = i32::try_from(by).unwrap_or_default() * WIDER_PX;
                self.list.preferences.arrange(|table| table.set_width(name, now_px + by_px));
            }
            _ if event.alt_key() || event.shift_key() => return false,
            _ => {
                let at = Cell { row: 0, column };
                let ctrl = event.ctrl_key() || event.meta_key();
                let Some(mut to) = self.grid().walk(at, &key, ctrl) else { return false };
                if to.row == 1 && key == "ArrowDown" {
                    // Down from the heads is down to what is seen.
                    to.row = self.list.with(|pool| pool.stop()).flatten().map_or(1, |at| at.0 + 1);
                }
                self.go(to);
            }
        }
        true
    }

    fn column(self, nth: Option<usize>) -> Option<Column> {
        self.list.fitted.with_untracked(|fitted| fitted.columns.get(nth?).copied())
    }

    fn is_link(self, column: usize) -> bool {
        let (_, boxes) = self.columns();
        self.column(column.checked_sub(boxes)) == Some(Column::When)
    }

    fn go(self, to: Cell) {
        let (_, boxes) = self.columns();
        let Some(row) = to.row.checked_sub(1) else {
            return focus_head(self.column(to.column.checked_sub(boxes)));
        };
        if self.turn_to(row) {
            self.list.with(|pool| pool.focus_soon(row, to.column));
        } else {
            self.list.with(|pool| pool.focus(row, to.column));
        }
    }

    /// Turns to the page that a row is on, if the list is in pages; whether it had to.
    fn turn_to(self, row: usize) -> bool {
        let page = row / PAGE_ROWS;
        let other =
            self.list.preferences.table_untracked().paged && self.list.page.get_untracked() != page;
        if other {
            self.list.page.set(page);
        }
        other
    }

    /// Focuses the way into the call of a row, as soon as the list is there.
    pub(crate) fn focus_soon(self, row: usize) {
        self.turn_to(row);
        let (_, boxes) = self.columns();
        let link = self.list.fitted.with_untracked(|fitted| {
            fitted.columns.iter().position(|column| *column == Column::When)
        });
        self.list.with(|pool| pool.focus_soon(row, boxes + link.unwrap_or_default()));
    }

    /// A click in a row; whether it did something that the browser must not do as well.
    pub(crate) fn click(self, hit: Hit, event: &MouseEvent) -> bool {
        let (columns, boxes) = self.columns();
        if event.shift_key() && boxes > 0 && hit.column + 2 < columns {
            self.tick_range(hit.row);
            return true;
        }
        // The second click of a double click would open what stands there once the list is narrower.
        let opens = (boxes..columns.saturating_sub(2)).contains(&hit.column);
        if opens && event.detail() > 1 {
            return true;
        }
        if hit.column < boxes {
            self.tick(hit.row);
        } else if hit.column + 2 == columns {
            self.play(hit.row);
        } else if hit.column + 1 == columns {
            self.copy(hit.row);
        }
        false
    }

    fn key(self, row: usize) -> Option<CallKey> {
        self.list.rows.with_value(|rows| rows.key(row))
    }

    fn tick(self, row: usize) {
        if let Some(key) = self.key(row) {
            self.list.chosen.toggle(&key);
        }
    }

    fn tick_range(self, row: usize) {
        let from = self.list.chosen.range_start();
        let from = from.and_then(|key| self.list.rows.with_value(|rows| rows.find(&key)));
        let from = from.unwrap_or(row);
        let keys = self.list.rows.with_value(|rows| rows.keys(from.min(row)..=from.max(row)));
        self.list.chosen.add(keys);
    }

    fn open(self, row: usize) {
        if let Some(key) = self.key(row) {
            let there = self.place_of(key);
            self.list.nav.go(|place| *place = there);
        }
    }

    /// Where a call is opened: at what was found in its transcript, if anything was.
    fn place_of(self, key: CallKey) -> Place {
        let hit = self.list.rows.with_value(|rows| rows.hit(&key));
        self.list.nav.place_untracked().with_hit(key, hit.as_ref())
    }

    fn play(self, row: usize) {
        if let Some(key) = self.key(row) {
            self.list.wish.0.set(Some(key));
            self.open(row);
        }
    }

    fn copy(self, row: usize) {
        let Some(key) = self.key(row) else { return };
        let (words, said) = (self.list.locale.words, self.list.said);
        let there = self.place_of(key).fragment();
        let link = format!("{}{there}", address::without_fragment());
        leptos::task::spawn_local(async move {
            let copied = document::copy(&link).await;
            let text = if copied { words.link_copied() } else { words.link_not_copied(link) };
            if said.try_set(Some(text)).is_none() && copied {
                crate::browser::clock::sleep_ms(4_000).await;
                drop(said.try_set(None));
            }
        });
    }
}
