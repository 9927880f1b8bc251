//! What a provider told, drawn by its shape: rows, tables, nested lists. Nothing is left out.

use calls::Fact;
use leptos::prelude::*;

use crate::components::copy_value::CopyValue;
use crate::components::fact_tree::{Node, Table, is_id, name_text, tree};
use crate::components::told_value::use_told_value;

/// The facts.
#[component]
pub fn FactView(
    /// What is told, with dotted names.
    facts: Vec<Fact>,
) -> impl IntoView {
    let nodes = tree(&facts);
    view! { <div class="told">{group(nodes)}</div> }
}

/// Plain values first, as one list; then what is nested, each under its name.
fn group(parts: Vec<(String, Node)>) -> AnyView {
    let (plain, nested): (Vec<_>, Vec<_>) =
        parts.into_iter().partition(|(_, node)| matches!(node, Node::Value(_)));
    let rows = plain.into_iter().filter_map(|(name, node)| match node {
        Node::Value(value) => Some(view! { <Row name=name value=value/> }),
        _ => None,
    });
    let rows: Vec<_> = rows.collect();
    let nested = nested.into_iter().map(|(name, node)| view! { <Nested name=name node=node/> });
    view! {
        {(!rows.is_empty()).then(|| view! { <dl class="facts">{rows}</dl> })}
        {nested.collect_view()}
    }
    .into_any()
}

#[component]
fn Row(name: String, value: String) -> impl IntoView {
    let shown = use_told_value()(&name, &value);
    let came = (shown != value).then(|| value.clone());
    let copied = is_id(&name).then(|| view! { <CopyValue value=value/> });
    view! {
        <div class="facts__row">
            <dt class="facts__name" title=name.clone() dir="auto">{name_text(&name)}</dt>
            <dd class="facts__value" title=came dir="auto">{shown}{copied}</dd>
        </div>
    }
}

#[component]
fn Nested(name: String, node: Node) -> impl IntoView {
    let inner = match node {
        Node::Group(parts) => group(parts),
        Node::List(items) => list(items),
        Node::Value(value) => value.into_any(),
    };
    view! {
        <section class="told__part">
            <h4 class="told__name" title=name.clone() dir="auto">{name_text(&name)}</h4>
            {inner}
        </section>
    }
}

fn list(items: Vec<Node>) -> AnyView {
    if let Some(table) = Table::of(&items) {
        return view! { <TableView table=table/> }.into_any();
    }
    let items = items.into_iter().map(|item| {
        let inner = match item {
            Node::Value(value) => view! { <span dir="auto">{value}</span> }.into_any(),
            Node::Group(parts) => group(parts),
            Node::List(items) => list(items),
        };
        view! { <li class="told__item">{inner}</li> }
    });
    view! { <ol class="told__list">{items.collect_view()}</ol> }.into_any()
}

#[component]
fn TableView(table: Table) -> impl IntoView {
    let told = use_told_value();
    let head = table.columns.iter().map(|column| {
        view! { <th scope="col" title=column.clone()>{name_text(column)}</th> }
    });
    let head = head.collect_view();
    let columns = table.columns.clone();
    let rows = table.rows.into_iter().map(|row| {
        let cells = columns.iter().zip(row).map(|(column, cell)| {
            let number = cell.parse::<f64>().is_ok();
            view! { <td data-number=number.then_some("") dir="auto">{told(column, &cell)}</td> }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="told__scroll" tabindex="0">
            <table class="told__table">
                <thead><tr>{head}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
