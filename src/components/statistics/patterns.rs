//! Patterns that pieces of bars are filled with, so that colour is not all that tells them apart.

use leptos::prelude::*;

/// The parts that are striped; style sheets name the patterns.
pub const STRIPED: [&str; 3] = ["no", "series-2", "series-4"];

/// The patterns of a page; there is nothing to see.
#[component]
pub fn Patterns() -> impl IntoView {
    let pattern = |part: &'static str| {
        view! {
            <pattern id=format!("stripes-{part}") width="8" height="6" patternUnits="userSpaceOnUse">
                <rect width="8" height="6" class="chart__ink" data-part=part></rect>
                <rect width="8" height="2" class="chart__paper"></rect>
            </pattern>
        }
    };
    let patterns: Vec<_> = STRIPED.into_iter().map(pattern).collect();
    view! {
        <svg class="chart__patterns" width="0" height="0" aria-hidden="true">
            <defs>{patterns}</defs>
        </svg>
    }
}
