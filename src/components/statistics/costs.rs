//! What calls cost over time, a picture for each unit: units are never added.

use calls::period::{Period, Span};
use calls::stats::of_millionths;
use calls::{Cost, CostUnit};
use leptos::prelude::*;

use super::bars::{Bar, Bars};
use super::lines::costed;
use super::over_time::step_head;
use super::saving::SaveMenu;
use super::twin::{Cell, Table, Twin};
use super::{part_label, part_name, use_parts, use_pick};
use crate::components::call_text::{cost_text, round_cost_text};
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::picture::{Picture, Plot};
use crate::place::{Place, View};
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
    view! { <For each=move || units.get() key=|unit| *unit children=|unit| view! { <Costing unit=unit/> }/> }
}

/// A part of time: its name, its label, the link to its calls, what they cost.
type Costed = (String, String, String, i64);

#[component]
fn Costing(unit: CostUnit) -> impl IntoView {
    let (locale, parts) = (use_locale(), use_parts(use_locale()));
    let costed = use_costed(unit);
    let (text, id) = (move |sum: i64| sum_text(sum, unit, locale), ids(unit));
    let bars = Signal::derive(move || {
        let bar = |(name, label, href, sum): Costed| {
            let amount = usize::try_from(sum).unwrap_or_default();
            Bar::whole(locale.words.cost_bar(name, text(sum)), label, href, amount)
        };
        costed.get().into_iter().map(bar).collect::<Vec<_>>()
    });
    let table = Signal::derive(move || {
        let row = |(name, _, href, sum): Costed| {
            vec![Cell::text(name), Cell::number(of_millionths(sum), text(sum)).to(href)]
        };
        let rows = costed.get().into_iter().map(row).collect();
        let step = parts.with(|(step, _)| *step);
        Table { heads: vec![step_head(step, locale), locale.words.figure_cost()], rows }
    });
    let axis = move |amount: usize| {
        let sum = i64::try_from(amount).unwrap_or(i64::MAX);
        round_cost_text(of_sum(sum, unit), locale)
    };
    let range = Callback::new(move |(first, last)| {
        costed.with(|costed| range_text(costed.get(first..=last).unwrap_or_default(), unit, locale))
    });
    let pick = use_pick(parts);
    let picture = Callback::new(move |()| Picture {
        legend: Vec::new(),
        plot: bars.with_untracked(|bars| Plot::bars(bars, axis)),
    });
    let title = Signal::derive(move || title(unit, locale));
    view! {
        <section class="card" aria-labelledby=id.0>
            <div class="card__head">
                <h2 class="card__title" id=id.0>{title}</h2>
                <SaveMenu title=title table=table picture=picture name=id.1/>
            </div>
            <figure class="chart">
                <Bars id=id.1 label=title bars=bars axis=Callback::new(axis) range=range pick=pick/>
                <Twin table=table/>
            </figure>
        </section>
    }
}

/// "16 Nov – 18 Nov: US$ 3.40".
fn range_text(parts: &[Costed], unit: CostUnit, locale: Locale) -> String {
    let name = |part: Option<&Costed>| part.map(|(name, ..)| name.clone()).unwrap_or_default();
    let (one, other) = (name(parts.first()), name(parts.last()));
    let range = if parts.len() < 2 { one } else { locale.words.days_from_to(one, other) };
    let sum = parts.iter().fold(0_i64, |sum, (.., cost)| sum.saturating_add(*cost));
    locale.words.cost_bar(range, sum_text(sum, unit, locale))
}

fn use_costed(unit: CostUnit) -> Memo<Vec<Costed>> {
    let (nav, store, selection, locale) = (use_nav(), use_store(), use_selection(), use_locale());
    let parts = use_parts(locale);
    let place = nav.part(|place| place.with_view(View::Calls));
    Memo::new(move |_| {
        let ((step, bounds), zone) = (parts.get(), selection.zone());
        let sums = selection
            .rows
            .with(|rows| store.with_book(|book| book.costs_over(rows, &bounds, unit)));
        let costed = bounds.windows(2).zip(sums).map(|(ends, sum)| {
            let (from_ms, to_ms) = match ends {
                [from, to] => (*from, *to),
                _ => (0, 0),
            };
            let period = Period::of_span(Span { from_ms, to_ms }, &zone);
            let href = place.with(|place| of_part(place, period, unit));
            let name = part_name(step, from_ms, to_ms, &zone, locale);
            (name, part_label(step, from_ms, &zone, locale), href, sum)
        });
        costed.collect()
    })
}

/// The calls of a part of time that have a cost in this unit.
fn of_part(place: &Place, period: Period, unit: CostUnit) -> String {
    let mut place = Place { period, ..place.clone() };
    costed(&mut place.filter, unit);
    place.fragment()
}

fn sum_text(sum: i64, unit: CostUnit, locale: Locale) -> String {
    cost_text(of_sum(sum, unit), locale)
}

fn of_sum(sum: i64, unit: CostUnit) -> Cost {
    Cost::of(of_millionths(sum), unit)
}

/// The ids of the card's title and of its bars.
fn ids(unit: CostUnit) -> (&'static str, &'static str) {
    match unit {
        CostUnit::UsCents => ("card-cost-us-cents", "cost-us-cents"),
        CostUnit::Credits => ("card-cost-credits", "cost-credits"),
    }
}

fn title(unit: CostUnit, locale: Locale) -> String {
    match unit {
        CostUnit::UsCents => locale.words.card_cost_usd(),
        CostUnit::Credits => locale.words.card_cost_credits(),
    }
}
