//! What stands in the place of the list when there is none.

use calls::filter::Filter;
use leptos::prelude::*;

use crate::components::filter_bar::coverage::FilterCoverage;
use crate::components::open_files::{OpenButton, Opens};
use crate::components::period_picker::use_time_text;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::store::{Reach, use_store};

/// Why there are no rows: still loading, nothing in these days, or nothing that passes the filter.
#[component]
pub fn NoCalls() -> impl IntoView {
    let (nav, store, locale) = (use_nav(), use_store(), use_locale());
    let words = locale.words;
    let filtered = nav.part(|place| !place.filter.is_empty());
    let waiting = move || matches!(store.reach(), Reach::Asking) || store.is_loading();
    let days = use_time_text();
    let said = move || match store.further().sought {
        Some(sought) => words.further_none(sought.typed(), days()),
        None if filtered.get() => words.empty_filtered(days()),
        None => words.empty_period(days()),
    };
    view! {
        <Show when=move || !waiting() fallback=|| view! { <Skeleton/> }>
            <div class="empty">
                <p class="empty__said" role="status">{said}</p>
                <Show when=move || filtered.get() fallback=move || view! { <p class="empty__advice">{words.empty_period_advice()}</p> <OpenButton opens=Opens::File/> <OpenButton opens=Opens::Folder/> }>
                    <FilterCoverage/>
                    <button type="button" class="button" on:click=move |_| nav.go(|place| place.filter = Filter::default())>
                        {words.filters_clear()}
                    </button>
                </Show>
            </div>
        </Show>
    }
}

/// Rows to come, in their size.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" aria-hidden="true">
            {(0..12).map(|_| view! { <div class="skeleton__row"></div> }).collect_view()}
        </div>
    }
}
