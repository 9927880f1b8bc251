//! What calls cost over time, a picture for each unit: units are never added.

use calls::stats::of_millionths;
use calls::{Cost, CostUnit};
use leptos::prelude::*;

use super::bars::{Bar, Bars};
use super::over_time::step_head;
use super::twin::{Table, Twin};
use super::{part_label, part_name, use_parts};
use crate::components::call_text::cost_text;
use crate::locale::use_locale;
use crate::selection::use_selection;
use crate::store::use_store;

/// The cards, as many as there are units.
#[component]
pub fn Costs() -> impl IntoView {
    let (store, selection) = (use_store(), use_selection());
    let units = Memo::new(move |_| {
        let costs = selection.rows.with(|rows| store.with_book(|book| book.costs(rows)));
        costs.into_iter().map(|cost| cost.unit).collect::<Vec<_>>()
    });
    move || units.get().into_iter().map(|unit| view! { <Costing unit=unit/> }).collect_view()
}

#[component]
fn Costing(unit: CostUnit) -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let words = locale.words;
    let parts = use_parts(locale);
    let sums = Memo::new(move |_| {
        let bounds = parts.with(|(_, bounds)| bounds.clone());
        selection.rows.with(|rows| store.with_book(|book| book.costs_over(rows, &bounds, unit)))
    });
    let text = move |millionths: i64| cost_text(Cost::of(of_millionths(millionths), unit), locale);
    let picture = move || {
        let ((step, bounds), zone) = (parts.get(), selection.zone());
        let named = bounds.windows(2).zip(sums.get()).map(|(ends, sum)| {
            let from = ends.first().copied().unwrap_or_default();
            let to = ends.last().copied().unwrap_or_default();
            (part_name(step, from, to, &zone, locale), part_label(step, from, &zone, locale), sum)
        });
        let named: Vec<_> = named.collect();
        let rows = named.iter().map(|(name, _, sum)| vec![name.clone(), text(*sum)]).collect();
        let bars = named.into_iter().map(|(name, label, sum)| {
            let amount = usize::try_from(sum).unwrap_or_default();
            let name = words.cost_bar(name, text(sum));
            Bar { name, label, href: None, pieces: vec![("all", amount)] }
        });
        let axis = move |amount: usize| text(i64::try_from(amount).unwrap_or(i64::MAX));
        let heads = vec![step_head(step, locale), words.figure_cost()];
        view! {
            <figure class="chart">
                <Bars label=title(unit, locale) bars=bars.collect() axis=Callback::new(axis)/>
                <Twin table=Table { heads, rows }/>
            </figure>
        }
    };
    let id = format!("card-cost-{}", unit.code());
    view! {
        <section class="card" aria-labelledby=id>
            <h2 class="card__title" id=id.clone()>{title(unit, locale)}</h2>
            {picture}
        </section>
    }
}

fn title(unit: CostUnit, locale: crate::locale::Locale) -> String {
    match unit {
        CostUnit::UsCents => locale.words.card_cost_usd(),
        CostUnit::Credits => locale.words.card_cost_credits(),
    }
}
