//! What components expect around them: a language, a place, a store, a selection.

use calls::book::Looking;
use calls::filter::Filter;
use calls::period::Span;
use calls::{Call, CallKey, Day, SuccessMap, Zone};
use dashboard::browser::wire::Wire;
use dashboard::locale::{Locale, provide_locale};
use dashboard::nav::{Nav, provide_nav};
use dashboard::place::Place;
use dashboard::selection::{Selection, ZoneChoice, provide_selection};
use dashboard::store::{Reach, Store, provide_store};
use leptos::prelude::*;
use load::{Connection, Connections, LoadState};

use crate::html::Element;

/// 2026-11-21T12:00:00Z, a Saturday.
pub(crate) const NOW_MS: i64 = 1_795_262_400_000;
pub(crate) const HOUR_MS: i64 = 3_600_000;

/// Text that would be markup, or would break out of an attribute, if it were not escaped.
pub(crate) const HOSTILE: &str =
    r#"</p><script>alert(1)</script><img src=x onerror="alert(2)">'&amp;"#;

/// Draws a view that needs nothing but a language.
#[track_caller]
pub(crate) fn drawn<V: IntoView>(view: impl FnOnce() -> V) -> Element {
    let html = around(&[], Place::default(), |_| view().into_view().to_html());
    Element::parse(&html)
}

/// Draws a view with these calls loaded.
#[track_caller]
pub(crate) fn drawn_over<V: IntoView>(
    calls: &[Call],
    place: Place,
    view: impl FnOnce(Nav) -> V,
) -> Element {
    Element::parse(&around(calls, place, |nav| view(nav).into_view().to_html()))
}

/// Does something within everything that the app provides.
pub(crate) fn around<T>(calls: &[Call], place: Place, act: impl FnOnce(Nav) -> T) -> T {
    around_store(|| Store::new(Wire::default()), calls, place, act)
}

/// Draws a view over connections of these providers, each as far as it is.
#[track_caller]
pub(crate) fn drawn_settled<V: IntoView>(
    connections: &[(&str, LoadState)],
    view: impl FnOnce() -> V,
) -> Element {
    let known: Vec<Connection> = connections.iter().map(|(id, _)| connection(id)).collect();
    let states = connections.iter().map(|(id, state)| ((*id).into(), state.clone())).collect();
    let reach = Reach::Ready(Connections { known, unknown: Vec::new() });
    let store = || Store::settled(reach, states);
    let html = around_store(store, &[], Place::default(), |_| view().into_view().to_html());
    Element::parse(&html)
}

/// A connection that is called as its provider.
fn connection(provider: &str) -> Connection {
    let adapter = providers::find(provider).unwrap();
    let name = adapter.describe().name.to_owned();
    Connection { id: provider.into(), name, adapter, success: SuccessMap::default() }
}

fn around_store<T>(
    store: impl FnOnce() -> Store,
    calls: &[Call],
    place: Place,
    act: impl FnOnce(Nav) -> T,
) -> T {
    Owner::new().with(|| {
        let (nav, store) = (Nav::detached(place), store());
        for call in calls {
            store.take(call.clone());
        }
        provide_locale(Locale::english());
        provide_nav(nav);
        provide_store(store);
        provide_selection(selection(store));
        act(nav)
    })
}

/// A call with the one thing that every call has.
pub(crate) fn call(id: &str) -> Call {
    Call::new(CallKey::parse(&format!("sales/{id}")).unwrap())
}

/// The selection as it would be in Berlin in winter, without asking a browser for the zone.
fn selection(store: Store) -> Selection {
    let zone = || Zone::of_steps("Europe/Berlin", vec![(0, HOUR_MS)]);
    let span = Span { from_ms: NOW_MS - 168 * HOUR_MS, to_ms: NOW_MS + 12 * HOUR_MS };
    let filter = Filter::default();
    let answer = Memo::new(move |_| {
        store.looking(Looking::at(&filter, None), |book, looking| book.answer(looking))
    });
    Selection {
        zone: Memo::new(move |_| ZoneChoice { zone: zone().into(), unknown: None }),
        today: Memo::new(|_| Day::parse("2026-11-21").unwrap()),
        span: Memo::new(move |_| span),
        span_before: Memo::new(move |_| span),
        answer,
        rows: Memo::new(move |_| answer.get().rows),
        figures: Memo::new(move |_| answer.get().figures),
        now_ms: RwSignal::new(NOW_MS),
    }
}
