//! Tabs: one of several panels at a time, walked with the arrow keys.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::focus;

/// A tab: a word that tells it apart, and its label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tab {
    /// Tells it apart from the others.
    pub name: &'static str,
    /// What it says.
    pub label: String,
}

/// The row of tabs. The chosen one's panel must have the id `panel-{name}`.
#[component]
pub fn TabList(
    /// The tabs.
    tabs: Vec<Tab>,
    /// The chosen one.
    chosen: RwSignal<&'static str>,
    /// The accessible name of the row.
    label: String,
) -> impl IntoView {
    let names: Vec<&'static str> = tabs.iter().map(|tab| tab.name).collect();
    let walk = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => names.len() - 1,
            _ => return,
        };
        let now = names.iter().position(|name| *name == chosen.get_untracked()).unwrap_or(0);
        if let Some(next) = names.get((now + step) % names.len()) {
            event.prevent_default();
            chosen.set(next);
            focus::by_id(&format!("tab-{next}"));
        }
    };
    let buttons = tabs.into_iter().map(|tab| {
        let name = tab.name;
        let selected = move || chosen.get() == name;
        view! {
            <button
                type="button"
                role="tab"
                class="tabs__tab"
                id=format!("tab-{name}")
                aria-controls=format!("panel-{name}")
                aria-selected=move || selected().to_string()
                tabindex=move || if selected() { "0" } else { "-1" }
                on:click=move |_| chosen.set(name)
            >
                {tab.label}
            </button>
        }
    });
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=walk>
            {buttons.collect_view()}
        </div>
    }
}
