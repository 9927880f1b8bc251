//! What stands over a printed list and nowhere else: which calls these are, and when they were
//! printed. On paper there is no bar that says so.

use leptos::ev;
use leptos::prelude::*;

use crate::browser::clock;
use crate::components::filter_bar::filter_words_in_full;
use crate::components::period_picker::use_time_text;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::use_store;

/// The line, with the time at which it is printed.
#[component]
pub fn PrintHead() -> impl IntoView {
    let printed_ms = RwSignal::new(None);
    let printing = window_event_listener(ev::beforeprint, move |_| {
        let _gone = printed_ms.try_set(Some(clock::now_ms()));
    });
    on_cleanup(move || printing.remove());
    view! { <PrintLine printed_ms=printed_ms/> }
}

/// The chosen time with its zone, every filter, how many calls, when it was printed.
#[component]
pub fn PrintLine(
    /// When, UTC milliseconds, if that has been told; else it is now.
    printed_ms: RwSignal<Option<i64>>,
) -> impl IntoView {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let words = locale.words;
    let (time, filter) = (use_time_text(), nav.part(|place| place.filter.clone()));
    let line = move || {
        let zone = selection.zone();
        let at_ms = printed_ms.get().unwrap_or_else(|| selection.now_ms.get());
        let (day, clock) = (zone.day_of(at_ms), locale.formats.time(zone.wall(at_ms)));
        let printed = words.instant(locale.formats.day(day), clock);
        let mut parts = vec![words.chart_when(time(), zone.name())];
        parts.extend(filter.with(|filter| filter_words_in_full(filter, store, locale)));
        parts.push(locale.calls(selection.rows.with(|rows| rows.len())));
        parts.push(words.print_at(printed));
        parts.join(" · ")
    };
    view! { <p class="print-head">{line}</p> }
}
