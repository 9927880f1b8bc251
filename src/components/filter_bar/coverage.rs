//! Of how many calls is known what a filter asks for: some things are told only once a call is
//! opened, and a filter on them must not pass for the whole truth.

use calls::book::Field;
use calls::filter::Filter;
use leptos::prelude::*;

use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::use_store;

/// The sentence; nothing where it is known of every call.
#[component]
pub fn Coverage<F>(
    /// What is asked for.
    field: Field,
    /// Takes the condition out of the filter: coverage is told of the calls that it chooses from.
    without: F,
) -> impl IntoView
where
    F: Fn(&mut Filter) + Send + Sync + 'static,
{
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let locale = use_locale();
    let filter = nav.part(move |place| {
        let mut filter = place.filter.clone();
        without(&mut filter);
        filter
    });
    let covered = Memo::new(move |_| {
        let span = Some(selection.span.get());
        let rows = filter.with(|filter| store.rows(filter, span));
        store.with_book(|book| book.coverage(field, &rows))
    });
    let sentence = move || {
        let (known, of) = covered.get();
        let (known_text, of_text) = (locale.count(known), locale.count(of));
        (known < of).then(|| locale.words.filter_coverage(known_text, of_text))
    };
    view! { <p class="field__hint filter-bar__coverage" role="status">{sentence}</p> }
}
