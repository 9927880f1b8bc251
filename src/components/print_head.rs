//! What stands over a printed list and nowhere else: which calls these are, and when they were
//! printed. On paper there is no bar that says so.

use leptos::prelude::*;

use crate::browser::{clock, printing};
use crate::components::filter_bar::filter_words_in_full;
use crate::components::period_picker::full_time_text;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::parts;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::lazy::Lazy;

/// The place of the line. What writes it is fetched when the calls are there: nobody sees it
/// before the page is printed.
#[component]
pub fn PrintHead() -> impl IntoView {
    let loaded = use_store().has_loaded();
    view! {
        <div class="print-head">
            {move || loaded.get().then(|| view! { <Lazy part=parts::print_line::part()/> })}
        </div>
    }
}

/// The line, written whenever the page goes to paper.
#[component]
pub fn PrintedLine() -> impl IntoView {
    let printed_ms = RwSignal::new(None);
    printing::on_paper(move || {
        let _gone = printed_ms.try_set(Some(clock::now_ms()));
    });
    view! { <PrintLine printed_ms=printed_ms/> }
}

/// The chosen time with its zone, every filter, how many calls, when it was printed: all as it is
/// then.
#[component]
pub fn PrintLine(
    /// When, UTC milliseconds; nothing is written before.
    printed_ms: RwSignal<Option<i64>>,
) -> impl IntoView {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let words = locale.words;
    let written = move |at_ms: i64| {
        let (place, zone, today) = (nav.place(), selection.zone(), selection.today.get());
        let (day, clock) = (zone.day_of(at_ms), locale.formats.time(zone.wall(at_ms)));
        let time = full_time_text(place.period, today, &zone, locale);
        let mut parts = vec![words.chart_when(time, zone.name())];
        parts.extend(filter_words_in_full(&place.filter, store, locale));
        parts.push(locale.calls(selection.rows.with(|rows| rows.len())));
        parts.push(words.print_at(words.instant(locale.formats.day(day), clock)));
        parts.join(" · ")
    };
    let line = move || printed_ms.get().map(|at_ms| untrack(|| written(at_ms)));
    view! { <p>{line}</p> }
}
