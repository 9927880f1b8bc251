//! Names with their values.

use calls::Fact;
use leptos::prelude::*;

/// The list.
#[component]
pub fn FactList(
    /// What is told, in reading order.
    facts: Vec<Fact>,
) -> impl IntoView {
    let rows = facts.into_iter().map(|fact| {
        view! {
            <div class="facts__row">
                <dt class="facts__name">{fact.name}</dt>
                <dd class="facts__value" dir="auto">{fact.value}</dd>
            </div>
        }
    });
    view! { <dl class="facts">{rows.collect_view()}</dl> }
}
