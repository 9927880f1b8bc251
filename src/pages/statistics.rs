//! Figures over exactly the calls that the list shows, and pictures of them.

use calls::book::Looking;
use calls::stats::Summary;
use leptos::prelude::*;

use crate::components::connection_card::ConnectionCard;
use crate::components::figure_strip::PartialNote;
use crate::components::filter_bar::FilterBar;
use crate::components::load_status::{LoadProgress, Notices};
use crate::components::no_calls::NoCalls;
use crate::components::period_picker::time_text;
use crate::components::print_head::PrintHead;
use crate::components::statistics::costs::Costs;
use crate::components::statistics::figures::{StatCards, stats};
use crate::components::statistics::lengths::Lengths;
use crate::components::statistics::over_time::OverTime;
use crate::components::statistics::patterns::Patterns;
use crate::components::statistics::ranking::Ranking;
use crate::components::statistics::switches::{LeftOut, Switches, use_groups};
use crate::components::statistics::use_whole;
use crate::components::statistics::week::Week;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::use_store;

/// The page.
#[component]
pub fn StatisticsPage() -> impl IntoView {
    let (selection, words) = (use_selection(), use_locale().words);
    let groups = use_groups();
    let empty = Memo::new(move |_| selection.rows.with(|rows| rows.is_empty()));
    view! {
        <div class="statistics-page">
            <div class="calls-page__head">
                <h1 class="calls-page__heading">{words.nav_statistics()}</h1>
                <LoadProgress/>
                <Compare/>
            </div>
            <Notices dashboard=true/>
            <FilterBar/>
            <PrintHead/>
            <Switches groups=groups/>
            <Figures>
                <LeftOut groups=groups/>
            </Figures>
            <Patterns/>
            // Pictures of nothing say nothing.
            <Show when=move || !empty.get() fallback=|| view! { <NoCalls/> }>
                <div class="cards">
                    <OverTime/>
                    <Lengths/>
                    <Week/>
                    <ConnectionCard/>
                    <Ranking/>
                    <Costs/>
                </div>
            </Show>
        </div>
    }
}

/// Whether figures stand beside those of the period before, and which time this is.
#[component]
fn Compare() -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let on = nav.part(|place| place.looks.before);
    let period = nav.part(|place| place.period);
    let days = move || {
        let (today, zone) = (selection.today.get(), selection.zone());
        let (period, now_ms) = (period.get(), selection.now_ms.get());
        let before = time_text(period.before(now_ms, &zone), today, &zone, locale);
        match period.is_under_way(now_ms, &zone) {
            true => locale.words.compare_with_part(before),
            false => locale.words.compare_with(before),
        }
    };
    view! {
        <button type="button" class="button button--wraps statistics-page__compare" aria-pressed=move || on.get().to_string()
            on:click=move |_| nav.go(|place| place.looks.before = !place.looks.before)
        >
            {days}
        </button>
    }
}

#[component]
fn Figures(children: Children) -> impl IntoView {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let summary: Memo<Summary> =
        Memo::new(move |_| selection.rows.with(|rows| store.with_book(|book| book.summary(rows))));
    let filter = nav.part(|place| place.filter.clone());
    let compares = nav.part(|place| place.looks.before);
    let whole = use_whole();
    let before = Memo::new(move |_| {
        if !compares.get() || !whole.get() {
            return None;
        }
        let span = selection.span_before.get();
        let rows = filter.with(|filter| {
            store.looking(Looking::at(filter, Some(span)), |book, looking| book.select(looking))
        });
        Some(store.with_book(|book| book.summary(&rows)))
    });
    let withheld = move || {
        let withheld = compares.get() && !whole.get();
        withheld
            .then(|| view! { <p class="figures__partial">{locale.words.compare_withheld()}</p> })
    };
    view! {
        <section aria-label=locale.words.figures_label()>
            {move || before.with(|before| {
                let stats = summary.with(|summary| stats(summary, before.as_ref(), locale));
                view! { <StatCards stats=stats/> }
            })}
            {children()}
            <PartialNote/>
            {withheld}
        </section>
    }
}
