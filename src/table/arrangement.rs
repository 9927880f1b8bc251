//! Which columns stand where, and how wide; written into one line that storage keeps.

use std::collections::BTreeMap;

use super::Column;

/// Narrower than this a row becomes a card, pixels.
const CARDS_BELOW_PX: f64 = 560.0;

/// The box to tick before the first column, pixels.
const BOX_PX: f64 = 40.0;

/// No column becomes narrower or wider, pixels.
const WIDTHS_PX: (u16, u16) = (56, 800);

/// How high rows are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Density {
    /// 40 pixels: two lines fit.
    #[default]
    Comfortable,
    /// 32 pixels: one line.
    Compact,
}

impl Density {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Comfortable, Self::Compact];

    /// One word for style sheets and storage.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }
}

/// What somebody chose; all that is not chosen is as it usually is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Arrangement {
    columns: Option<Vec<Column>>,
    widths: BTreeMap<Column, u16>,
    /// How high rows are.
    pub density: Density,
    /// In pages of 50 rows.
    pub paged: bool,
}

/// The columns that are shown in some room.
#[derive(Clone, PartialEq, Debug)]
pub struct Fitted {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// As cards.
    pub cards: bool,
    /// `grid-template-columns`.
    pub tracks: String,
    /// What the columns need at least, pixels.
    pub least_px: f64,
    /// Height of a row, pixels.
    pub row_px: f64,
}

impl Arrangement {
    /// The columns that are chosen, in order.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        self.columns.clone().unwrap_or_else(|| Column::USUAL.to_vec())
    }

    /// Whether a column is chosen.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.columns().contains(&column)
    }

    /// Shows a column, after the others, or no longer. The time stays: it is the way into a call.
    pub fn toggle(&mut self, column: Column) {
        let mut columns = self.columns();
        match columns.iter().position(|other| *other == column) {
            Some(_) if column == Column::When => return,
            Some(at) => drop(columns.remove(at)),
            None => columns.push(column),
        }
        self.columns = Some(columns);
    }

    /// Moves a column by some places, as far as there are any.
    pub fn shift(&mut self, column: Column, places: isize) {
        let mut columns = self.columns();
        let Some(at) = columns.iter().position(|other| *other == column) else { return };
        let to = at.saturating_add_signed(places).min(columns.len() - 1);
        let moved = columns.remove(at);
        columns.insert(to, moved);
        self.columns = Some(columns);
    }

    /// Moves a column to where another one stands.
    pub fn move_to(&mut self, column: Column, other: Column) {
        let columns = self.columns();
        let place = |column| columns.iter().position(|other| *other == column);
        if let (Some(at), Some(to)) = (place(column), place(other)) {
            let places = isize::try_from(to).unwrap_or(0) - isize::try_from(at).unwrap_or(0);
            self.shift(column, places);
        }
    }

    /// The width of a column, pixels.
    #[must_use]
    pub fn width(&self, column: Column) -> u16 {
        self.widths.get(&column).copied().unwrap_or(column.room().0)
    }

    /// Makes a column so wide.
    pub fn set_width(&mut self, column: Column, width_px: i32) {
        let (least, most) = WIDTHS_PX;
        let width_px = width_px.clamp(i32::from(least), i32::from(most));
        self.widths.insert(column, u16::try_from(width_px).unwrap_or(least));
    }

    /// What is shown in so much room. The usual columns make room for each other, in whichever
    /// order; as soon as somebody chose others, all are shown, and scrolled sideways.
    #[must_use]
    pub fn fitted(&self, room_px: f64) -> Fitted {
        if room_px < CARDS_BELOW_PX {
            let columns = Column::OF_CARDS.to_vec();
            return Fitted {
                columns,
                cards: true,
                tracks: String::new(),
                least_px: 0.0,
                row_px: 64.0,
            };
        }
        let mut columns = self.columns();
        if columns.iter().all(|column| Column::USUAL.contains(column)) {
            for column in Column::MAKES_ROOM {
                if self.least_px(&columns) > room_px {
                    columns.retain(|other| *other != column);
                }
            }
        }
        let row_px = if self.density == Density::Compact { 32.0 } else { 40.0 };
        let tracks = self.tracks(&columns);
        let least_px = self.least_px(&columns);
        Fitted { columns, cards: false, tracks, least_px, row_px }
    }

    fn least_px(&self, columns: &[Column]) -> f64 {
        BOX_PX + columns.iter().map(|column| f64::from(self.width(*column))).sum::<f64>()
    }

    fn tracks(&self, columns: &[Column]) -> String {
        let grows = |column: &Column| {
            let share = column.room().1;
            if self.widths.contains_key(column) { 0 } else { share }
        };
        let nobody_grows = columns.iter().all(|column| grows(column) == 0);
        let mut tracks = format!("{BOX_PX}px");
        for (nth, column) in columns.iter().enumerate() {
            let (width, share) = (self.width(*column), grows(column));
            let last = nobody_grows && nth + 1 == columns.len();
            tracks.push_str(&match (share, last) {
                (0, false) => format!(" {width}px"),
                (0, true) => format!(" minmax({width}px,1fr)"),
                (share, _) => format!(" minmax({width}px,{share}fr)"),
            });
        }
        tracks
    }

    /// Everything that is not as it usually is, in one line; `None` if all is.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        let mut parts = Vec::new();
        if let Some(columns) = &self.columns {
            let codes: Vec<&str> = columns.iter().map(|column| column.code()).collect();
            parts.push(format!("columns={}", codes.join(",")));
        }
        for (column, width) in &self.widths {
            parts.push(format!("{}={width}", column.code()));
        }
        if self.density == Density::Compact {
            parts.push("compact".to_owned());
        }
        if self.paged {
            parts.push("pages".to_owned());
        }
        (!parts.is_empty()).then(|| parts.join(";"))
    }

    /// Reads [`Arrangement::line`]; what it does not know is left out.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        let mut read = Self::default();
        for part in line.split(';') {
            match part.split_once('=') {
                Some(("columns", codes)) => {
                    let mut columns: Vec<Column> = Vec::new();
                    for column in codes.split(',').filter_map(Column::parse) {
                        columns.extend((!columns.contains(&column)).then_some(column));
                    }
                    if !columns.contains(&Column::When) {
                        columns.insert(0, Column::When);
                    }
                    read.columns = Some(columns);
                }
                Some((code, width)) => {
                    if let (Some(column), Ok(width)) = (Column::parse(code), width.parse()) {
                        read.set_width(column, width);
                    }
                }
                None if part == "compact" => read.density = Density::Compact,
                None if part == "pages" => read.paged = true,
                None => {}
            }
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_was_chosen() {
        let mut chosen = Arrangement::default();
        assert_eq!(chosen.line(), None, "nothing to keep");
        chosen.toggle(Column::Cost);
        chosen.toggle(Column::Agent);
        chosen.shift(Column::Cost, -20);
        chosen.set_width(Column::About, 5_000);
        (chosen.density, chosen.paged) = (Density::Compact, true);
        assert_eq!(chosen.columns()[0], Column::Cost);
        assert_eq!(chosen.width(Column::About), 800);
        let line = chosen.line().unwrap();
        assert_eq!(Arrangement::parse(&line), chosen, "{line}");
    }

    #[test]
    fn a_line_of_another_time_costs_nothing_but_what_is_not_known() {
        let read = Arrangement::parse("columns=customer,moon,customer;about=x;cost=1;;night;pages");
        assert_eq!(read.columns(), [Column::When, Column::Customer]);
        assert_eq!(read.width(Column::About), Column::About.room().0);
        assert_eq!(read.width(Column::Cost), 56);
        assert!(read.paged);
        assert_eq!(Arrangement::parse(""), Arrangement::default());
    }

    #[test]
    fn the_way_into_a_call_cannot_be_taken_away() {
        let mut chosen = Arrangement::default();
        chosen.toggle(Column::When);
        assert!(chosen.has(Column::When));
    }

    #[test]
    fn usual_columns_make_room_and_chosen_ones_are_all_shown() {
        let usual = Arrangement::default();
        assert_eq!(usual.fitted(1_400.0).columns, Column::USUAL);
        let narrow = usual.fitted(820.0).columns;
        assert!(!narrow.contains(&Column::Agent) && narrow.contains(&Column::About), "{narrow:?}");
        let mut chosen = Arrangement::default();
        chosen.toggle(Column::Cost);
        assert_eq!(chosen.fitted(820.0).columns.len(), 11);
        let mut moved = Arrangement::default();
        moved.shift(Column::About, -1);
        assert!(moved.fitted(820.0).columns.len() < 10, "another order is no other choice");
        assert!(chosen.fitted(320.0).cards);
    }

    #[test]
    fn the_room_that_is_left_is_shared_and_never_left_over() {
        let mut chosen = Arrangement::parse("columns=when,status");
        assert_eq!(chosen.fitted(900.0).tracks, "40px 132px minmax(136px,1fr)");
        chosen.toggle(Column::About);
        assert_eq!(chosen.fitted(900.0).tracks, "40px 132px 136px minmax(174px,5fr)");
        chosen.set_width(Column::About, 200);
        assert_eq!(chosen.fitted(900.0).tracks, "40px 132px 136px minmax(200px,1fr)");
    }

    #[test]
    fn a_column_is_moved_to_where_another_one_stands() {
        let mut chosen = Arrangement::parse("columns=when,customer,about,status");
        chosen.move_to(Column::Status, Column::Customer);
        let codes = |chosen: &Arrangement| chosen.line().unwrap();
        assert_eq!(codes(&chosen), "columns=when,status,customer,about");
        chosen.move_to(Column::When, Column::About);
        assert_eq!(codes(&chosen), "columns=status,customer,about,when");
    }
}
