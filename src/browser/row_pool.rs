//! A table's rows: a few elements, cloned from one template, that are written to as one scrolls
//! through any number of rows. Knows nothing of calls, and nothing of the framework around it.

mod drawing;
mod listening;
mod said;
mod slot;
mod view;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use crate::ui::row_part::{Part, RowCells, Spot};
use drawing::Drawing;
use listening::Listening;

/// What a pool shows.
pub trait Rows {
    /// How many rows there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What tells the row from every other one, wherever it stands: an element stays with it.
    fn id(&self, row: usize) -> u64;

    /// Writes a row into an element. Everything that a template leaves open has to be written:
    /// the element may have shown another row before.
    fn write(&self, row: usize, cells: &mut dyn RowCells);

    /// Where the row with an identity stands now.
    fn position(&self, id: u64) -> Option<usize> {
        (0..self.len()).find(|row| self.id(*row) == id)
    }
}

/// What rows are made of.
#[derive(Clone, PartialEq, Debug)]
pub struct RowTemplate {
    /// The row.
    pub row: Part,
    /// The spot in each column that takes the focus.
    pub stops: Vec<Spot>,
    /// Height of a row, pixels.
    pub row_px: f64,
}

/// A row and a column that something happened in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The row.
    pub row: usize,
    /// Its identity.
    pub id: u64,
    /// The column, counted from 0.
    pub column: usize,
}

/// How much is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// What is seen, and a little more; elements are used again.
    Window,
    /// One page of so many rows, all of them, each in an element of its own: for those who read
    /// with the ears, and for paper.
    Page {
        /// Which page, counted from 0.
        page: usize,
        /// How many rows a page has.
        size: usize,
    },
}

/// A pool of rows. Cheap to clone: all clones are the same pool. It stops listening when the last
/// one is dropped.
#[derive(Clone)]
pub struct RowPool {
    drawing: Rc<RefCell<Drawing>>,
    _listening: Rc<Listening>,
}

impl RowPool {
    /// A pool that draws into an element. It scrolls with the nearest element around it that
    /// scrolls, which may be another one as the window's width changes. `changed` is called after
    /// rows were drawn, and `sized` with the width of what scrolls.
    #[must_use]
    pub fn new(
        body: &HtmlElement,
        rows: Rc<dyn Rows>,
        template: &RowTemplate,
        changed: Rc<dyn Fn()>,
        sized: Rc<dyn Fn(f64)>,
    ) -> Self {
        let drawing = Rc::new(RefCell::new(Drawing::new(body.clone(), rows, template)));
        let listening = Listening::start(body, &drawing, changed, sized);
        Self { drawing, _listening: Rc::new(listening) }
    }

    /// How much room there is for rows that are drawn into an element, pixels.
    #[must_use]
    pub fn room_px(body: &HtmlElement) -> Option<f64> {
        let around = body.closest("[data-scrolls]").ok()??;
        Some(f64::from(around.client_width()))
    }

    /// Makes rows of something else, where one is.
    pub fn set_template(&self, template: &RowTemplate) {
        let focused = self.focused();
        self.drawing.borrow_mut().set_template(template);
        if let Some(hit) = focused {
            self.focus(hit.row, hit.column);
        }
    }

    /// Draws more or less.
    pub fn set_extent(&self, extent: Extent) {
        self.drawing.borrow_mut().set_extent(extent);
    }

    /// Says the rows anew; they are the same and stand where they stood.
    pub fn rewrite(&self) {
        self.drawing.borrow_mut().draw(true);
    }

    /// Other rows, of which one goes on to see those that one saw.
    pub fn renew(&self) {
        let lost = self.drawing.borrow_mut().renew();
        if let Some((row, column)) = lost {
            self.focus(row, column);
        }
    }

    /// Other rows, from their first one on.
    pub fn restart(&self) {
        let lost = self.drawing.borrow_mut().restart();
        if let Some((row, column)) = lost {
            self.focus(row, column);
        }
    }

    /// Scrolls until a row is seen.
    pub fn show(&self, row: usize) {
        self.drawing.borrow_mut().show(row);
    }

    /// Shows a row and focuses one of its columns; whether that was possible.
    pub fn focus(&self, row: usize, column: usize) -> bool {
        self.show(row);
        // What is not shown (buttons, where nothing hovers) takes no focus: the nearest cell before
        // it does.
        (0..=column).rev().any(|column| {
            let stop = self.drawing.borrow().stop(row, column);
            // Outside of every borrow: the browser tells of the focus while it moves it.
            stop.is_some_and(|stop| {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                stop.focus_with_options(&options).is_ok() && crate::browser::focus::has(&stop)
            })
        })
    }

    /// Focuses a cell as soon as that is possible, and gives up after two seconds, or when
    /// somebody has gone elsewhere meanwhile: they stay there.
    pub fn focus_soon(&self, row: usize, column: usize) {
        let pool = self.clone();
        crate::browser::focus::soon(move || {
            pool.focus(row, column) && pool.focused().is_some_and(|hit| hit.row == row)
        });
    }

    /// The cell that has the focus.
    #[must_use]
    pub fn focused(&self) -> Option<Hit> {
        let active = web_sys::window()?.document()?.active_element()?;
        self.drawing.borrow().hit(&active)
    }

    /// The cell that an event came from.
    #[must_use]
    pub fn hit(&self, event: &Event) -> Option<Hit> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        self.drawing.borrow().hit(&target)
    }

    /// The row that Tab leads to, and its column.
    #[must_use]
    pub fn stop(&self) -> Option<(usize, usize)> {
        self.drawing.borrow().current()
    }

    /// The rows that are drawn, in order.
    #[must_use]
    pub fn drawn(&self) -> Vec<usize> {
        self.drawing.borrow().drawn()
    }

    /// How many rows are seen at a time.
    #[must_use]
    pub fn seen(&self) -> usize {
        self.drawing.borrow().seen()
    }
}

impl std::fmt::Debug for RowPool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RowPool").field("drawn", &self.drawn()).finish()
    }
}

/// Most rows that are put on paper, where they are not in pages.
pub const PRINTED: usize = 500;

/// How often is looked whether something has been scrolled since, milliseconds. If not, what was
/// left out in haste is drawn.
const LOOK_MS: u32 = 50;

/// How often in a row nothing may have been scrolled before elements are put into reading order.
const LOOKS: u32 = 3;
