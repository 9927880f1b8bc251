//! The page's table of calls: its rows are written by the pool and in the words that the page
//! uses. The framework around them is left out; it only says when.

use std::cell::RefCell;
use std::rc::Rc;

use calls::book::{Looking, Row};
use calls::filter::{Filter, Mark, Wanted};
use calls::words::Words;
use calls::{Sort, Zone};
use dashboard::browser::intl::Intl;
use dashboard::browser::row_pool::{RowPool, RowTemplate, Rows};
use dashboard::components::row_template::{RowStand, row_template, write_row};
use dashboard::components::row_words::Teller;
use dashboard::locale::Locale;
use dashboard::place::{CallLinks, Place};
use dashboard::table::{Arrangement, Column, Density, Fitted};
use dashboard::ui::row_part::RowCells;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use crate::book::{NEWEST_MS, look};

/// The room of the table, pixels.
const ROOM_PX: f64 = 1_200.0;

thread_local! {
    static TABLE: RefCell<Option<(RowPool, Rc<Shown>)>> = const { RefCell::new(None) };
}

/// The rows that are shown.
struct Shown {
    rows: RefCell<Vec<Row>>,
    columns: Vec<Column>,
    locale: Locale,
    zone: Zone,
    links: CallLinks,
}

impl Rows for Shown {
    fn len(&self) -> usize {
        self.rows.borrow().len()
    }

    fn id(&self, row: usize) -> u64 {
        self.rows.borrow().get(row).copied().map_or(u64::MAX, u64::from)
    }

    fn position(&self, id: u64) -> Option<usize> {
        self.rows.borrow().iter().position(|row| u64::from(*row) == id)
    }

    /// As the list of the page does.
    fn write(&self, row: usize, cells: &mut dyn RowCells) {
        let Some(number) = self.rows.borrow().get(row).copied() else { return };
        let Some(call) = look(|book| book.call(number)) else { return };
        let teller = Teller {
            connection: &call.key.connection,
            locale: self.locale,
            zone: &self.zone,
            now_ms: NEWEST_MS,
            hit: None,
        };
        let words = teller.row(&call, &self.columns, cells.flies());
        let href = self.links.to(&call.key, None);
        let stand = RowStand { index: row + 2, href, open: false, ticked: false };
        write_row(&words, &stand, &self.columns, cells);
    }
}

fn fitted() -> Fitted {
    let mut arrangement = Arrangement::default();
    arrangement.density = Density::Compact;
    arrangement.fitted(ROOM_PX)
}

/// The widths of the columns, as the style sheet wants them.
#[wasm_bindgen]
pub fn table_columns() -> String {
    fitted().tracks
}

/// Draws all calls of the book into an element.
#[wasm_bindgen]
pub fn table_mount(body: &HtmlElement) {
    let Fitted { columns, row_px, .. } = fitted();
    let locale = Locale::new(Words::english(), Intl::of("en"));
    let (row, stops) = row_template(&columns, false, locale);
    let rows = RefCell::new(asked("", Sort::default()));
    let links = Place::default().call_links();
    let shown = Rc::new(Shown { rows, columns, locale, zone: Zone::utc(), links });
    let template = RowTemplate { row, stops, row_px };
    let pool = RowPool::new(body, shown.clone(), &template, Rc::new(|| ()), Rc::new(|_| ()));
    TABLE.set(Some((pool, shown)));
}

/// Shows the calls that have a text, in an order; answers how many there are.
#[wasm_bindgen]
pub fn table_show(text: &str, order: &str) -> usize {
    TABLE.with_borrow(|table| {
        let Some((pool, shown)) = table else { return 0 };
        let rows = asked(text, Sort::parse(order).unwrap_or_default());
        let count = rows.len();
        shown.rows.replace(rows);
        pool.restart();
        count
    })
}

/// The first rows as they stand now, by their number in the book.
#[wasm_bindgen]
pub fn table_first(count: usize) -> Vec<Row> {
    TABLE.with_borrow(|table| {
        let Some((_, shown)) = table else { return Vec::new() };
        shown.rows.borrow().iter().copied().take(count).collect()
    })
}

/// Takes the table away.
#[wasm_bindgen]
pub fn table_unmount() {
    TABLE.set(None);
}

fn asked(text: &str, sort: Sort) -> Vec<Row> {
    let mut filter = Filter { text: text.to_owned(), ..Filter::default() };
    filter.marks.set(Mark::Deleted, Wanted::Any);
    look(|book| book.select(&Looking { sort, ..Looking::at(&filter, None) }))
}
