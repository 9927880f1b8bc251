//! Saving a picture: as pixels, as a drawing, or as the table of its numbers.

use calls::{Day, Zone};
use export::Dialect;
use export::csv::{self, Cell as CsvCell};
use export::filename;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::twin::{Cell, Table};
use crate::browser::{canvas, download};
use crate::components::filter_bar::filter_words;
use crate::components::period_picker::time_text;
use crate::exporting::missing;
use crate::locale::{Locale, use_locale};
use crate::nav::{Nav, use_nav};
use crate::picture::{Caption, Picture};
use crate::selection::{Selection, use_selection};
use crate::store::{Store, use_store};
use crate::ui::icon::Symbol;
use crate::ui::menu::Menu;

/// What a file of a picture says of what it shows.
#[derive(Clone, Copy)]
struct Around {
    nav: Nav,
    store: Store,
    selection: Selection,
    locale: Locale,
}

impl Around {
    /// The days and whether something is missing, for the name of the file.
    fn named(self, name: &str, extension: &str) -> String {
        let days: (Day, Day) = self.nav.look(|place| {
            let zone = self.selection.zone_untracked();
            place.period.days(self.selection.today.get_untracked(), &zone)
        });
        let partial = untrack(|| !missing(self.store, self.selection, self.locale).is_empty());
        filename::of_picture(name, days, partial, extension)
    }

    /// The time with its zone, how many calls, what was filtered, what is missing.
    fn caption(self, title: String) -> Caption {
        let words = self.locale.words;
        let zone = self.selection.zone_untracked();
        let today = self.selection.today.get_untracked();
        let time = self.nav.look(|place| time_text(place.period, today, &zone, self.locale));
        let calls = self.selection.rows.with_untracked(|rows| rows.len());
        let when = words.chart_when(time, Zone::name(&zone));
        let mut lines = vec![words.chart_picked(when, self.locale.calls(calls))];
        let filtered = self.nav.look(|place| place.filter.clone());
        let filtered = untrack(|| filter_words(&filtered, self.store, self.locale));
        lines.extend((!filtered.is_empty()).then(|| filtered.join(" · ")));
        lines.extend(untrack(|| missing(self.store, self.selection, self.locale)));
        Caption { title, lines, source: words.app_name() }
    }
}

/// The menu.
#[component]
pub fn SaveMenu(
    /// What the picture shows.
    title: Signal<String>,
    /// Its numbers.
    table: Signal<Table>,
    /// The picture.
    picture: Callback<(), Picture>,
    /// The word for it in names of files.
    name: &'static str,
) -> impl IntoView {
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let locale = use_locale();
    let (words, failed) = (locale.words, RwSignal::new(false));
    let around = Around { nav, store, selection, locale };
    let svg = move || {
        let caption = around.caption(title.get_untracked());
        picture.run(()).svg(&caption, &canvas::colour)
    };
    let save_png = move |_| {
        let (svg, file) = (svg(), around.named(name, "png"));
        failed.set(false);
        spawn_local(async move {
            if !download::save_png(&file, &svg).await {
                let _gone = failed.try_set(true);
            }
        });
    };
    let save_svg = move |_| hand_out(around.named(name, "svg"), "image/svg+xml", svg());
    let save_csv = move |_| {
        let text = table.with_untracked(|table| csv_text(table, locale));
        hand_out(around.named(name, "csv"), "text/csv;charset=utf-8", text);
    };
    view! {
        <div class="card__save">
            <Menu label=words.picture_save() panel=Signal::derive(move || words.picture_save_of(title.get())) active=false symbol=Symbol::Download align="end">
                <ul class="views__list">
                    <li><button type="button" class="views__link filter-bar__more" on:click=save_png>{words.picture_png()}</button></li>
                    <li><button type="button" class="views__link filter-bar__more" on:click=save_svg>{words.picture_svg()}</button></li>
                    <li><button type="button" class="views__link filter-bar__more" on:click=save_csv>{words.picture_csv()}</button></li>
                </ul>
                <p class="field__hint" role="status">{move || failed.get().then(|| words.picture_failed())}</p>
            </Menu>
        </div>
    }
}

fn hand_out(name: String, mime: &'static str, text: String) {
    spawn_local(async move {
        download::save(&name, mime, &text).await;
    });
}

/// The table as CSV, with numbers that programs read.
#[must_use]
pub fn csv_text(table: &Table, locale: Locale) -> String {
    let dialect = Dialect::of(locale.words, locale.formats);
    let heads = table.heads.iter().map(|head| CsvCell::Text(head.clone()));
    let cell = |cell: &Cell| match cell.number {
        Some(number) => CsvCell::Number(number),
        None if cell.text == locale.words.unknown_value() => CsvCell::Empty,
        None => CsvCell::Text(cell.text.clone()),
    };
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect());
    csv::table(dialect, heads.collect(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_as_csv_has_plain_numbers_and_nothing_for_what_is_not_known() {
        let locale = Locale::english();
        let row = vec![
            Cell::text("Fri 20 Nov 2026, 13:00"),
            Cell::number(1204.0, "1,204".into()).to("#".into()),
            Cell::text(locale.words.unknown_value()),
            Cell::text("=1+1"),
        ];
        let heads = ["Hour", "Calls", "Success", "Note"].map(str::to_owned).to_vec();
        let text = csv_text(&Table { heads, rows: vec![row] }, locale);
        let wanted =
            "\u{feff}Hour,Calls,Success,Note\r\n\"Fri 20 Nov 2026, 13:00\",1204,,\"'\t=1+1\"\r\n";
        assert_eq!(text, wanted);
    }
}
