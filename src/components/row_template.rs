//! How a row's words are written: the template of a row, and the writing of one.

use crate::components::row_words::{CellWords, MOST_MARKS, Mark, RowNames, RowWords};
use crate::locale::Locale;
use crate::table::{Column, Look};
use crate::ui::icon::Symbol;
use crate::ui::row_part::{Part, RowCells, Spot};

/// The row itself.
const ROW: Spot = 0;
/// The box to tick.
const BOX: Spot = 1;
/// The link into the call.
const LINK: Spot = 2;
const PLAY: Spot = 3;
const PLAY_CELL: Spot = 4;
const COPY: Spot = 5;
const NOTE: Spot = 6;
const NOTE_TEXT: Spot = 7;
/// The first of the marks, then the others.
const MARKS: Spot = 8;
/// The first of the cells.
const CELLS: Spot = 16;
/// How many spots a cell has: itself, text, what stands beside, the picture, the picture's line.
/// Where words are marked: itself, text, and a mark and what stands behind it, several times.
const PER_CELL: Spot = 8;

/// Most letters of a cell that are written of a row that flies past.
const GLANCE: usize = 64;

/// What of a row is not in its words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RowStand {
    /// Its number among all rows, the heads being the first.
    pub index: usize,
    /// The address of its call.
    pub href: String,
    /// Whether the call is open.
    pub open: bool,
    /// Whether it is ticked.
    pub ticked: bool,
}

fn cell_spot(nth: usize, what: Spot) -> Spot {
    CELLS + Spot::try_from(nth).unwrap_or_default() * PER_CELL + what
}

/// Where a marked word is written, and what stands behind it.
fn found_spots(nth: usize, mark: usize) -> (Spot, Spot) {
    let first = 2 + 2 * Spot::try_from(mark).unwrap_or_default();
    (cell_spot(nth, first), cell_spot(nth, first + 1))
}

/// The template of a row, and what takes the focus in each of its columns. Cards have no box.
#[must_use]
pub fn row_template(columns: &[Column], cards: bool, locale: Locale) -> (Part, Vec<Spot>) {
    let (mut cells, mut stops) = (Vec::new(), Vec::new());
    let first = if cards { 1 } else { 2 };
    if !cards {
        cells.push(
            grid_cell("call-row__tick", 1).holding([Part::new("input", "call-row__box")
                .with("type", "checkbox")
                .with("tabindex", "-1")
                .at(BOX)]),
        );
        stops.push(BOX);
    }
    for (nth, column) in columns.iter().enumerate() {
        cells.push(cell(*column, nth, first + nth, locale));
        stops.push(if column.look() == Look::Link { LINK } else { cell_spot(nth, 0) });
    }
    let next = first + columns.len();
    cells.push(
        grid_cell("call-row__action", next)
            .at(PLAY_CELL)
            .with("data-action", "play")
            .holding([action(Symbol::Play, PLAY)]),
    );
    cells.push(
        grid_cell("call-row__action", next + 1)
            .with("data-action", "copy")
            .holding([action(Symbol::Link, COPY)]),
    );
    stops.extend([PLAY, COPY]);
    let row = Part::new("div", "call-row").with("role", "row").at(ROW).holding(cells);
    (row, stops)
}

fn grid_cell(class: &str, index: usize) -> Part {
    Part::new("div", class).with("role", "gridcell").with("aria-colindex", index.to_string())
}

fn action(symbol: Symbol, spot: Spot) -> Part {
    Part::new("button", "call-row__button")
        .with("type", "button")
        .with("tabindex", "-1")
        .at(spot)
        .holding([icon(symbol, None)])
}

fn icon(symbol: Symbol, spots: Option<(Spot, Spot)>) -> Part {
    let (mut drawing, mut path) = (Part::new("svg", "icon"), Part::new("path", "icon__line"));
    if let Some((outer, inner)) = spots {
        (drawing, path) = (drawing.at(outer), path.at(inner));
    }
    drawing
        .with("viewBox", "0 0 16 16")
        .with("aria-hidden", "true")
        .with("focusable", "false")
        .with("data-symbol", format!("{symbol:?}"))
        .holding([path.with("d", symbol.path())])
}

fn cell(column: Column, nth: usize, index: usize, locale: Locale) -> Part {
    let spot = |what| cell_spot(nth, what);
    let text = Part::new("span", "call-row__text").at(spot(1));
    let beside = |class: &str| Part::new("span", class).at(spot(2));
    let cell = grid_cell(&format!("call-row__cell call-row__{}", column.code()), index)
        .with("tabindex", "-1")
        .at(spot(0));
    match column.look() {
        Look::Link => {
            Part { attributes: without(cell.attributes, "tabindex"), ..cell }.holding([Part::new(
                "a",
                "call-row__link",
            )
            .with("tabindex", "-1")
            .at(LINK)
            .holding([beside("call-row__day"), text])])
        }
        Look::TwoLines => {
            cell.holding([text.with("dir", "auto"), beside("call-row__beside").with("dir", "ltr")])
        }
        Look::Marked => {
            let found = (0..MOST_MARKS).flat_map(|mark| {
                let (found, after) = found_spots(nth, mark);
                let found = Part::new("mark", "hit__mark").at(found);
                [found, Part::new("span", "call-row__after").at(after)]
            });
            cell.holding(marks(locale)).holding([text.with("dir", "auto")]).holding(found)
        }
        Look::Dotted => {
            let dot = Part::new("span", "status__dot").with("aria-hidden", "true");
            cell.with("data-look", "dotted")
                .holding([Part::new("span", "status").at(spot(2)).holding([dot, text])])
        }
        Look::Pictured => cell
            .with("data-look", "pictured")
            .holding([icon(Symbol::NotStated, Some((spot(3), spot(4)))), text]),
        Look::Plain => cell.with("dir", "auto"),
        Look::Figure => cell.with("data-look", "figure"),
    }
}

/// Where a cell's text is written: where nothing stands beside it, into the cell itself, because
/// each element more is measured for each row that is scrolled past.
fn text_spot(column: Column, nth: usize) -> Spot {
    let own = matches!(column.look(), Look::Plain | Look::Figure);
    cell_spot(nth, Spot::from(!own))
}

/// What is read at a glance of a long text.
fn glance(text: &str) -> &str {
    text.char_indices().nth(GLANCE).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

fn without(attributes: Vec<(&'static str, String)>, name: &str) -> Vec<(&'static str, String)> {
    attributes.into_iter().filter(|(other, _)| *other != name).collect()
}

fn marks(locale: Locale) -> Vec<Part> {
    let mut parts: Vec<Part> = Mark::ALL
        .into_iter()
        .zip(MARKS..)
        .map(|(mark, spot)| {
            Part::new("span", "mark")
                .with("data-kind", mark.code())
                .with("hidden", "")
                .saying(mark.text(locale))
                .at(spot)
        })
        .collect();
    let spoken = Part::new("span", "visually-hidden").at(NOTE_TEXT);
    parts.push(
        Part::new("span", "mark mark--icon")
            .with("data-kind", "note")
            .with("hidden", "")
            .at(NOTE)
            .holding([icon(Symbol::Note, None), spoken]),
    );
    parts
}

/// Writes a row.
pub fn write_row(words: &RowWords, stand: &RowStand, columns: &[Column], cells: &mut dyn RowCells) {
    let flag = |on: bool| if on { "true" } else { "false" };
    cells.attribute(ROW, "aria-rowindex", Some(&stand.index.to_string()));
    cells.attribute(ROW, "aria-selected", Some(flag(stand.ticked)));
    cells.attribute(ROW, "data-open", Some(flag(stand.open)));
    cells.attribute(BOX, "checked", stand.ticked.then_some(""));
    cells.attribute(LINK, "href", Some(&stand.href));
    cells.attribute(LINK, "aria-current", stand.open.then_some("true"));
    if let Some(names) = &words.names {
        write_names(names, cells);
    }
    for (nth, (column, said)) in columns.iter().zip(&words.cells).enumerate() {
        write_cell(*column, nth, said, cells);
    }
    // Style sheets show neither while rows fly past: to show and hide them costs more than words.
    if !cells.flies() {
        cells.attribute(ROW, "data-state", words.state);
        write_marks(words, columns, cells);
    }
}

fn write_names(names: &RowNames, cells: &mut dyn RowCells) {
    let there = if names.play.is_some() { "true" } else { "false" };
    cells.attribute(BOX, "aria-label", Some(&names.tick));
    cells.attribute(LINK, "aria-label", Some(&names.open));
    cells.attribute(PLAY_CELL, "data-there", Some(there));
    cells.attribute(PLAY, "aria-label", names.play.as_deref());
    cells.attribute(PLAY, "title", names.play.as_deref());
    cells.attribute(COPY, "aria-label", Some(&names.copy));
    cells.attribute(COPY, "title", Some(&names.copy));
}

fn write_cell(column: Column, nth: usize, said: &CellWords, cells: &mut dyn RowCells) {
    let spot = |what| cell_spot(nth, what);
    let text = said.hit.as_ref().map_or(&said.text, |hit| &hit.before);
    cells.text(text_spot(column, nth), if cells.flies() { glance(text) } else { text });
    match column.look() {
        // Style sheets show neither dots nor pictures nor their colours while rows fly past, nor
        // numbers beneath names: each is a text that the browser has not drawn before.
        Look::Dotted | Look::Pictured | Look::TwoLines if cells.flies() => return,
        Look::Link | Look::TwoLines => {
            let beside = said.beside.as_deref();
            cells.text(spot(2), beside.unwrap_or_default());
            cells.attribute(spot(2), "hidden", beside.is_none().then_some(""));
        }
        Look::Dotted => cells.attribute(spot(2), "data-status", said.tone.as_deref()),
        Look::Pictured => {
            cells.attribute(spot(0), "data-tone", said.tone.as_deref());
            cells.attribute(spot(3), "hidden", said.symbol.is_none().then_some(""));
            cells.attribute(spot(4), "d", said.symbol.map(Symbol::path));
        }
        Look::Marked => {
            let marked = said.hit.as_ref().map(|hit| hit.found.as_slice()).unwrap_or_default();
            for mark in 0..MOST_MARKS {
                let (found, after) = found_spots(nth, mark);
                let words = marked.get(mark).map(|(word, rest)| (word.as_str(), rest.as_str()));
                let (word, rest) = words.unwrap_or_default();
                cells.text(found, word);
                cells.text(after, rest);
            }
        }
        Look::Plain | Look::Figure => {}
    }
    if !cells.flies() {
        cells.attribute(spot(0), "title", said.title.as_deref().filter(|title| !title.is_empty()));
    }
}

fn write_marks(words: &RowWords, columns: &[Column], cells: &mut dyn RowCells) {
    if !columns.contains(&Column::About) {
        return;
    }
    for (mark, spot) in Mark::ALL.into_iter().zip(MARKS..) {
        let off = !words.marks.contains(&mark);
        cells.attribute(spot, "hidden", off.then_some(""));
    }
    cells.attribute(NOTE, "hidden", words.note.is_none().then_some(""));
    cells.attribute(NOTE, "title", words.note.as_deref());
    cells.text(NOTE_TEXT, words.note.as_deref().unwrap_or_default());
}
