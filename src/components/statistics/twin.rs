//! The table that says what a picture shows.

use leptos::prelude::*;

use crate::locale::use_locale;

/// Heads and rows; the first cell of a row names it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    /// The heads.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// A table behind a line that opens it.
#[component]
pub fn Twin(
    /// What it holds.
    table: Table,
) -> impl IntoView {
    let words = use_locale().words;
    view! {
        <details class="chart__table">
            <summary>{words.chart_as_table()}</summary>
            <div class="chart__scroll">
                <FiguresTable table=table/>
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
        let name = cells.next();
        view! {
            <tr>
                <th scope="row" dir="auto">{name}</th>
                {cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}
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
