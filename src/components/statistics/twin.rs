//! The table that says what a picture shows, with the same ways to its calls.

use leptos::prelude::*;

use crate::locale::use_locale;

/// A cell.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cell {
    /// What is read.
    pub text: String,
    /// The number behind it, for programs; a cell without one is a text to them.
    pub number: Option<f64>,
    /// Where it leads to.
    pub href: Option<String>,
}

impl Cell {
    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number, and how it is read.
    #[must_use]
    pub fn number(number: f64, text: String) -> Self {
        Self { text, number: Some(number), href: None }
    }

    /// The same, leading somewhere.
    #[must_use]
    pub fn to(self, href: String) -> Self {
        Self { href: Some(href), ..self }
    }
}

/// Heads and rows; the first cell of a row names it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    /// The heads.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A table behind a line that opens it.
#[component]
pub fn Twin(
    /// What it holds.
    #[prop(into)]
    table: Signal<Table>,
) -> impl IntoView {
    let words = use_locale().words;
    view! {
        <details class="chart__table">
            <summary>{words.chart_as_table()}</summary>
            <div class="chart__scroll" tabindex="0" role="group" aria-label=words.chart_as_table()>
                {move || view! { <FiguresTable table=table.get()/> }}
            </div>
        </details>
    }
}

/// The table itself.
#[component]
pub fn FiguresTable(
    /// What it holds.
    table: Table,
) -> impl IntoView {
    let heads = table.heads.into_iter().map(|head| view! { <th scope="col">{head}</th> });
    let rows = table.rows.into_iter().map(|row| {
        let mut cells = row.into_iter();
        let name = cells.next().unwrap_or_default();
        view! {
            <tr>
                <th scope="row" dir="auto">{linked(name)}</th>
                {cells.map(|cell| view! { <td>{linked(cell)}</td> }).collect_view()}
            </tr>
        }
    });
    view! {
        <table class="figures-table">
            <thead><tr>{heads.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

fn linked(cell: Cell) -> AnyView {
    match cell.href {
        Some(href) => view! { <a class="figures-table__link" href=href>{cell.text}</a> }.into_any(),
        None => cell.text.into_any(),
    }
}
