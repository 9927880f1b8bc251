//! Turning pages, where the list is in pages.

use leptos::prelude::*;

use crate::components::call_list::List;
use crate::locale::use_locale;
use crate::selection::use_selection;

/// Rows of a page.
pub(crate) const PAGE_ROWS: usize = 50;

/// Which rows are on the page, and the ways to the others.
#[component]
pub fn ListPager(
    /// The list.
    list: List,
) -> impl IntoView {
    let (selection, locale) = (use_selection(), use_locale());
    let words = locale.words;
    let count = Memo::new(move |_| selection.rows.with(|rows| rows.len()));
    let page = list.page;
    let last = move || count.get().saturating_sub(1) / PAGE_ROWS;
    // Fewer rows may have fewer pages.
    let now = move || page.get().min(last());
    let range = move || {
        let first = now() * PAGE_ROWS;
        let end = (first + PAGE_ROWS).min(count.get());
        words.pages_range(locale.count(first + 1), locale.count(end), locale.count(count.get()))
    };
    view! {
        <nav class="pager" aria-label=words.pages_label()>
            <button type="button" class="button" disabled=move || now() == 0 on:click=move |_| page.set(now().saturating_sub(1))>
                {words.pages_before()}
            </button>
            <p class="pager__range" role="status">{range}</p>
            <button type="button" class="button" disabled=move || { now() >= last() } on:click=move |_| page.set((now() + 1).min(last()))>
                {words.pages_next()}
            </button>
        </nav>
    }
}
