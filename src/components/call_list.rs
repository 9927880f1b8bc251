//! The list of calls, and what stands in its place when there is none.

use calls::book::Row;
use calls::filter::Filter;
use leptos::prelude::*;

use crate::components::call_row::CallRow;
use crate::components::open_files::OpenFileButton;
use crate::components::period_picker::days_text;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::{Reach, use_store};

/// Rows drawn at once; more come by a button.
const STEP: usize = 100;

/// The list.
#[component]
pub fn CallList() -> impl IntoView {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let most = RwSignal::new(STEP);
    let filter = nav.part(|place| (place.filter.clone(), place.period));
    Effect::new(move |before: Option<()>| {
        // Another filter is another list: it begins at its top.
        filter.track();
        if before.is_some() {
            most.set(STEP);
        }
    });
    let drawn = move || {
        let zone = selection.zone().name().to_owned();
        let first =
            selection.rows.with(|rows| rows.iter().copied().take(most.get()).collect::<Vec<Row>>());
        first.into_iter().map(|row| (row, zone.clone())).collect::<Vec<_>>()
    };
    let row = move |(row, _): (Row, String)| {
        let call = store.row(row)?;
        let connection = untrack(|| {
            store.connection_name(&call.with_untracked(|call| call.key.connection.clone()))
        });
        Some(view! { <CallRow call=call connection=connection/> })
    };
    let empty = Memo::new(move |_| selection.rows.with(Vec::is_empty));
    let left = move || selection.rows.with(Vec::len).saturating_sub(most.get());
    view! {
        <Show when=move || !empty.get() fallback=|| view! { <NoCalls/> }>
            <table class="call-list" role="table" aria-label=locale.words.list_label() aria-rowcount=move || selection.rows.with(|rows| rows.len() + 1).to_string()>
                <CallListHead/>
                <tbody role="rowgroup">
                    <For each=drawn key=|entry| entry.clone() children=row/>
                </tbody>
            </table>
            <Show when=move || { left() > 0 }>
                <p class="call-list__more">
                    <button type="button" class="button" on:click=move |_| most.update(|most| *most += STEP)>
                        {move || locale.words.list_more(locale.count(left().min(STEP)), locale.count(left()))}
                    </button>
                </p>
            </Show>
        </Show>
    }
}

#[component]
fn CallListHead() -> impl IntoView {
    let words = use_locale().words;
    let columns = [
        ("when", words.column_when()),
        ("customer", words.column_customer()),
        ("about", words.column_about()),
        ("agent", words.column_agent()),
        ("connection", words.column_connection()),
        ("direction", words.column_direction()),
        ("status", words.column_status()),
        ("duration", words.column_duration()),
        ("success", words.column_success()),
        ("recording", words.column_recording()),
    ];
    let heads = columns.into_iter().map(|(name, text)| {
        view! {
            <th scope="col" role="columnheader" class=format!("call-row__{name}")>
                <span class="call-list__head">{text}</span>
            </th>
        }
    });
    view! {
        <thead role="rowgroup">
            <tr class="call-list__heads" role="row">{heads.collect_view()}</tr>
        </thead>
    }
}

/// Why there are no rows: still loading, nothing in these days, or nothing that passes the filter.
#[component]
fn NoCalls() -> impl IntoView {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let words = locale.words;
    let filtered = nav.part(|place| !place.filter.is_empty());
    let waiting = move || matches!(store.reach(), Reach::Asking) || store.is_loading();
    let days = move || {
        let place = nav.place();
        let (first, last) = place.period.days(selection.today.get());
        days_text(first, last, locale)
    };
    let said = move || match store.further().sought {
        Some(sought) => words.further_none(sought.typed(), days()),
        None if filtered.get() => words.empty_filtered(days()),
        None => words.empty_period(days()),
    };
    view! {
        <Show when=move || !waiting() fallback=|| view! { <Skeleton/> }>
            <div class="empty" role="status">
                <p class="empty__said">{said}</p>
                <Show when=move || filtered.get() fallback=move || view! { <p class="empty__advice">{words.empty_period_advice()}</p> <OpenFileButton/> }>
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
