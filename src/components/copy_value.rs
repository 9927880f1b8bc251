//! A small button that copies what stands before it: an id, as a rule.

use calls::words::Words;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::document;
use crate::locale::use_locale;
use crate::ui::icon::{Icon, Symbol};

/// The button.
#[component]
pub fn CopyValue(
    /// What is copied.
    value: String,
) -> impl IntoView {
    let words = use_locale().words;
    let done = RwSignal::new(None::<bool>);
    let label = words.copy_value(&value);
    let copy = move |_| {
        let value = value.clone();
        spawn_local(async move {
            let copied = document::copy(&value).await;
            done.try_set(Some(copied));
        });
    };
    view! {
        <button type="button" class="copy-value" aria-label=label.clone() title=label on:click=copy>
            {move || {
                let symbol = if done.get() == Some(true) { Symbol::Yes } else { Symbol::Copy };
                view! { <Icon symbol=symbol/> }
            }}
        </button>
        <span class="visually-hidden" role="status">{move || said_of_copy(done.get(), words)}</span>
    }
}

/// What came of copying.
#[must_use]
pub fn said_of_copy(done: Option<bool>, words: &Words) -> String {
    match done {
        Some(true) => words.value_copied(),
        Some(false) => words.not_copied(),
        None => String::new(),
    }
}
