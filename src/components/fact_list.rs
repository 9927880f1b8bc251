//! Names with their values.

use calls::Fact;
use leptos::prelude::*;

use crate::components::fact_tree::name_text;
use crate::components::told_value::use_told_value;

/// The list.
#[component]
pub fn FactList(
    /// What is told, in reading order.
    facts: Vec<Fact>,
) -> impl IntoView {
    let told = use_told_value();
    let rows = facts.into_iter().map(|fact| {
        let shown = told(&fact.name, &fact.value);
        let came = (shown != fact.value).then(|| fact.value.clone());
        view! {
            <div class="facts__row">
                <dt class="facts__name" title=fact.name.clone() dir="auto">{name_text(&fact.name)}</dt>
                <dd class="facts__value" title=came dir="auto">{shown}</dd>
            </div>
        }
    });
    view! { <dl class="facts">{rows.collect_view()}</dl> }
}
