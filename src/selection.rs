//! What is being looked at: the chosen days in the chosen zone, the rows that pass the filter, and
//! their figures. Everything on screen that counts calls counts these.

use std::sync::Arc;

use calls::book::{Answer, Looking, Row};
use calls::figures::Figures;
use calls::period::Span;
use calls::{Day, Zone};
use leptos::prelude::*;

use crate::browser::timezone;
use crate::nav::Nav;
use crate::store::Store;

/// The selection, as memos over place and store.
#[derive(Clone, Copy)]
pub struct Selection {
    /// The zone that everything on screen speaks.
    pub zone: Memo<ZoneChoice>,
    /// Today, in that zone.
    pub today: Memo<Day>,
    /// The chosen days as instants.
    pub span: Memo<Span>,
    /// The days before, with which they are compared, as instants.
    pub span_before: Memo<Span>,
    /// The rows that pass with what they come to.
    pub answer: Memo<Answer>,
    /// The rows that pass, in the order that is chosen.
    pub rows: Memo<Arc<Vec<Row>>>,
    /// Figures over exactly those rows.
    pub figures: Memo<Figures>,
    /// Now, UTC milliseconds; moves on twice a minute.
    pub now_ms: RwSignal<i64>,
}

/// The zone, and the name that a link gave for none.
#[derive(Clone, PartialEq, Debug)]
pub struct ZoneChoice {
    /// The zone in use.
    pub zone: Arc<Zone>,
    /// A name in the address that the browser does not know.
    pub unknown: Option<String>,
}

impl ZoneChoice {
    /// The zone by its name, else the browser's own.
    #[must_use]
    pub fn of(name: Option<&str>, now_ms: i64) -> Self {
        let chosen = name.map(|name| (name, timezone::zone(name, now_ms)));
        let unknown = match &chosen {
            Some((name, None)) => Some((*name).to_owned()),
            _ => None,
        };
        let own = || timezone::zone(&timezone::own_name(), now_ms);
        let zone = chosen.and_then(|(_, zone)| zone).or_else(own).unwrap_or_else(Zone::utc);
        Self { zone: Arc::new(zone), unknown }
    }
}

impl Selection {
    /// Derives the selection.
    #[must_use]
    pub fn new(nav: Nav, store: Store, now_ms: RwSignal<i64>) -> Self {
        let name = nav.part(|place| place.zone.clone());
        let started_ms = now_ms.get_untracked();
        let zone = Memo::new(move |_| ZoneChoice::of(name.get().as_deref(), started_ms));
        store.follow_zone(Memo::new(move |_| zone.with(|choice| choice.zone.clone())));
        let today = Memo::new(move |_| zone.with(|choice| choice.zone.day_of(now_ms.get())));
        let period = nav.part(|place| place.period);
        let span =
            Memo::new(move |_| zone.with(|choice| period.get().span(today.get(), &choice.zone)));
        let span_before = Memo::new(move |_| {
            zone.with(|choice| {
                let zone = &choice.zone;
                period.get().before(now_ms.get(), zone).span(today.get(), zone)
            })
        });
        let filter = nav.part(|place| place.filter.clone());
        let sort = nav.part(|place| place.sort);
        let answer = Memo::new(move |_| {
            filter.with(|filter| {
                let looking = Looking { sort: sort.get(), ..Looking::at(filter, Some(span.get())) };
                store.looking(looking, |book, looking| book.answer(looking))
            })
        });
        let rows = Memo::new(move |_| answer.with(|answer| answer.rows.clone()));
        let figures = Memo::new(move |_| answer.with(|answer| answer.figures.clone()));
        Self { zone, today, span, span_before, answer, rows, figures, now_ms }
    }

    /// The zone in use, not tracked: for parts that are drawn anew when it changes.
    #[must_use]
    pub fn zone_untracked(self) -> Arc<Zone> {
        self.zone.with_untracked(|choice| choice.zone.clone())
    }

    /// The zone in use, tracked.
    #[must_use]
    pub fn zone(self) -> Arc<Zone> {
        self.zone.with(|choice| choice.zone.clone())
    }
}

/// Provides the selection to everything below.
pub fn provide_selection(selection: Selection) {
    provide_context(selection);
}

/// The selection. Every page stands below one.
///
/// # Panics
/// Never in the app: `App` provides it before any page is drawn.
#[must_use]
pub fn use_selection() -> Selection {
    expect_context::<Selection>()
}
