//! What is missing from the calls that are listed, in sentences: a file says so as the screen does.

use leptos::prelude::Get;
use load::Phase;

use crate::locale::Locale;
use crate::notice;
use crate::selection::Selection;
use crate::store::Store;

/// Why the list is not all there is, tracked. Nothing if it is.
#[must_use]
pub fn missing(store: Store, selection: Selection, locale: Locale) -> Vec<String> {
    let states = store.states();
    let (span, zone) = (selection.span.get(), selection.zone());
    let now_ms = selection.now_ms.get();
    let mut said = Vec::new();
    for connection in store.connections() {
        let name = &connection.name;
        let state = states.get(&connection.id).cloned().unwrap_or_default();
        let refused = state.refusal.is_some();
        if state.phase != Phase::Done {
            said.push(locale.words.export_still_loading(name));
        }
        if state.is_partial() || !state.missing.is_empty() || state.stale.is_some() || refused {
            let notices = notice::of_state(&state, name, connection.adapter, locale);
            said.extend(notices.into_iter().map(|notice| notice.happened));
        }
        let since_ms = connection.kept_since_ms(span, now_ms);
        said.extend(since_ms.map(|ms| notice::of_kept_since(zone.day_of(ms), name, locale)));
    }
    said
}
