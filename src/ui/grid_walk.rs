//! Walking through a grid by keyboard, as the ARIA practices describe it: arrows by one cell, Home
//! and End along the row, with Ctrl through all rows, Page keys by what is seen.

/// A cell. Row 0 is the row of heads.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cell {
    /// Row, counted from the heads.
    pub row: usize,
    /// Column.
    pub column: usize,
}

/// The grid that is walked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grid {
    /// How many rows, without the heads.
    pub rows: usize,
    /// How many columns a row has.
    pub columns: usize,
    /// How many columns have a head.
    pub heads: usize,
    /// How many rows are seen at a time.
    pub page: usize,
}

impl Grid {
    /// Where a key leads from a cell; `None` for keys that do not walk.
    #[must_use]
    pub fn walk(&self, at: Cell, key: &str, ctrl: bool) -> Option<Cell> {
        let (last_row, last_column) = (self.rows, self.columns.saturating_sub(1));
        let page = self.page.max(1);
        let to = match (key, ctrl) {
            ("ArrowDown", _) => Cell { row: at.row + 1, ..at },
            ("ArrowUp", _) => Cell { row: at.row.saturating_sub(1), ..at },
            ("ArrowRight", _) => Cell { column: at.column + 1, ..at },
            ("ArrowLeft", _) => Cell { column: at.column.saturating_sub(1), ..at },
            ("PageDown", _) => Cell { row: at.row + page, ..at },
            // The heads are one step above the first row, and no page away from it.
            ("PageUp", _) => Cell { row: at.row.saturating_sub(page).max(1), ..at },
            ("Home", false) => Cell { column: 0, ..at },
            ("End", false) => Cell { column: last_column, ..at },
            ("Home", true) => Cell { row: 1, column: 0 },
            ("End", true) => Cell { row: last_row, column: last_column },
            _ => return None,
        };
        Some(self.nearest(to))
    }

    /// The nearest cell that there is.
    #[must_use]
    pub fn nearest(&self, to: Cell) -> Cell {
        let row = to.row.min(self.rows);
        let columns = if row == 0 { self.heads } else { self.columns };
        Cell { row, column: to.column.min(columns.saturating_sub(1)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRID: Grid = Grid { rows: 100, columns: 6, heads: 5, page: 15 };

    fn walk(row: usize, column: usize, key: &str) -> Option<(usize, usize)> {
        let (ctrl, key) = key.strip_prefix("Ctrl+").map_or((false, key), |key| (true, key));
        GRID.walk(Cell { row, column }, key, ctrl).map(|cell| (cell.row, cell.column))
    }

    #[test]
    fn arrows_go_by_one_cell_and_stop_at_the_edges() {
        assert_eq!(walk(1, 0, "ArrowDown"), Some((2, 0)));
        assert_eq!(walk(1, 0, "ArrowUp"), Some((0, 0)), "the heads are above the first row");
        assert_eq!(walk(0, 0, "ArrowUp"), Some((0, 0)));
        assert_eq!(walk(100, 5, "ArrowDown"), Some((100, 5)));
        assert_eq!(walk(3, 5, "ArrowRight"), Some((3, 5)));
        assert_eq!(walk(1, 5, "ArrowUp"), Some((0, 4)), "not every column has a head");
    }

    #[test]
    fn home_and_end_go_along_the_row_and_with_ctrl_through_all_rows() {
        assert_eq!(walk(7, 3, "Home"), Some((7, 0)));
        assert_eq!(walk(7, 3, "End"), Some((7, 5)));
        assert_eq!(walk(7, 3, "Ctrl+Home"), Some((1, 0)));
        assert_eq!(walk(7, 3, "Ctrl+End"), Some((100, 5)));
    }

    #[test]
    fn page_keys_go_by_what_is_seen_and_never_onto_the_heads() {
        assert_eq!(walk(7, 3, "PageDown"), Some((22, 3)));
        assert_eq!(walk(95, 3, "PageDown"), Some((100, 3)));
        assert_eq!(walk(7, 3, "PageUp"), Some((1, 3)));
    }

    #[test]
    fn other_keys_do_not_walk_and_an_empty_grid_has_heads_alone() {
        assert_eq!(walk(1, 1, "a"), None);
        let empty = Grid { rows: 0, ..GRID };
        let at = empty.walk(Cell { row: 0, column: 1 }, "ArrowDown", false);
        assert_eq!(at, Some(Cell { row: 0, column: 1 }));
    }
}
