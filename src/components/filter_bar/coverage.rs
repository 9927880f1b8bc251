//! Of how many calls is known what a filter asks for: some things are told only once a call is
//! opened, and a filter on them must not pass for the whole truth. The others can be opened.

use calls::book::{Field, Row};
use calls::filter::{Bounds, Filter};
use leptos::prelude::*;

use crate::components::call_text::about_text;
use crate::components::rest_progress::rest_text;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::rest::use_rest;
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
    let untold = Memo::new(move |_| {
        let span = Some(selection.span.get());
        let rows = filter.with(|filter| store.rows(filter, span));
        (store.with_book(|book| book.untold(field, &rows)), rows.len())
    });
    let sentence = move || {
        let (unknown, of) = untold.with(|(untold, of)| (untold.len(), *of));
        let (known, of_text) = (locale.count(of - unknown), locale.count(of));
        (unknown > 0).then(|| locale.words.filter_coverage(known, of_text))
    };
    view! {
        <p class="field__hint filter-bar__coverage" role="status">{sentence}</p>
        <ReadRest untold=Signal::derive(move || untold.with(|(untold, _)| untold.clone()))/>
    }
}

/// The same for all that the filter asks for and that only opened calls tell: where no call is
/// left, this may be why.
#[component]
pub fn FilterCoverage() -> impl IntoView {
    let nav = use_nav();
    let asked = nav.part(|place| FIELDS.map(|field| is_asked(&place.filter, field)));
    let of = move |nth: usize, field: Field| {
        let one = Memo::new(move |_| asked.with(|asked| asked.get(nth) == Some(&true)));
        view! {
            <Show when=move || one.get()>
                <Coverage field=field without=move |filter| leave_out(filter, field)/>
            </Show>
        }
    };
    FIELDS.into_iter().enumerate().map(|(nth, field)| of(nth, field)).collect_view()
}

const FIELDS: [Field; 5] =
    [Field::Score, Field::Latency, Field::Interruptions, Field::ToolErrors, Field::Transcript];

fn is_asked(filter: &Filter, field: Field) -> bool {
    let mut without = filter.clone();
    leave_out(&mut without, field);
    without != *filter
}

fn leave_out(filter: &mut Filter, field: Field) {
    match field {
        Field::Score => filter.score = Bounds::default(),
        Field::Latency => filter.latency_ms = Bounds::default(),
        Field::Interruptions => filter.interruptions = Bounds::default(),
        Field::ToolErrors => filter.tool_errors.clear(),
        Field::Transcript => filter.transcripts.clear(),
    }
}

/// The offer to open the other calls, with how long that takes, and how far it is.
#[component]
fn ReadRest(untold: Signal<Vec<Row>>) -> impl IntoView {
    let (rest, locale) = (use_rest(), use_locale());
    let words = locale.words;
    let others = Memo::new(move |_| rest.open_to_asking(untold.get()));
    let reads = Memo::new(move |_| rest.progress().is_some());
    let offered = move || reads.get() || others.with(|others| !others.is_empty());
    let label = move || {
        if reads.get() {
            return words.transcripts_stop();
        }
        others.with(|others| {
            let plural = i64::try_from(others.len()).unwrap_or(i64::MAX);
            let text = words.filter_rest(locale.formats.plural(plural), locale.count(others.len()));
            let time = rest.estimate_ms(others).map(|ms| about_text(ms, locale));
            time.map_or_else(|| text.clone(), |time| words.filter_rest_time(&text, time))
        })
    };
    let toggle = move |_| match reads.get_untracked() {
        true => rest.stop(),
        false => others.with_untracked(|others| rest.begin(others)),
    };
    view! {
        <p class="field__hint" role="status">{move || rest_text(rest, locale)}</p>
        <Show when=offered>
            <button type="button" class="button button--quiet" on:click=toggle>
                {label}
            </button>
        </Show>
    }
}
