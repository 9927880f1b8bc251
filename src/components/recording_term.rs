//! How long a recording can be heard, said before and after (Truedy: a day).

use calls::{Call, Recording};
use leptos::prelude::*;

use crate::components::call_text::when_text;
use crate::locale::{Locale, use_locale};
use crate::selection::use_selection;
use crate::store::use_store;

/// An hour, in milliseconds.
const HOUR_MS: i64 = 3_600_000;

/// Until when a recording can be heard, where its provider lets go of it at some time.
#[component]
pub fn RecordingTerm(
    /// The call.
    #[prop(into)]
    call: Signal<Call>,
) -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let said = Memo::new(move |_| {
        let (connection, recording) =
            call.with(|call| (call.key.connection.clone(), call.recording));
        let adapter = store.connection(&connection)?.adapter;
        let kept = Kept { provider: adapter.describe().name, ms: adapter.keeps_recordings_ms()? };
        let until = |at| when_text(at, &selection.zone.get().zone, locale);
        kept.said(recording, selection.now_ms.get(), until, locale)
    });
    view! { <p class="recording-term">{move || said.get()}</p> }
}

/// What a provider says of how long it keeps recordings.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Its name.
    pub provider: &'static str,
    /// How long after a call, milliseconds.
    pub ms: i64,
}

impl Kept {
    /// What there is to say of a recording. `until` writes an instant.
    #[must_use]
    pub fn said(
        self,
        recording: Recording,
        now_ms: i64,
        until: impl Fn(i64) -> String,
        locale: Locale,
    ) -> Option<String> {
        let words = locale.words;
        let hours = self.ms / HOUR_MS;
        let (plural, hours) = (locale.formats.plural(hours), locale.formats.number(hours));
        match recording {
            Recording::Available { until_ms: Some(at) } if now_ms < at => {
                Some(words.recording_until(until(at)))
            }
            Recording::Available { until_ms: None } => {
                Some(words.recording_until_unknown(plural, self.provider, hours))
            }
            Recording::Available { .. } | Recording::Expired => {
                Some(words.recording_was_kept(plural, self.provider, hours))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_a_recording_can_be_heard_is_said_before_and_after_and_never_guessed() {
        let said = |recording| {
            let kept = Kept { provider: "Truedy", ms: 24 * HOUR_MS };
            kept.said(recording, 100, |at| format!("instant {at}"), Locale::english())
        };
        let before = said(Recording::Available { until_ms: Some(101) }).unwrap();
        assert!(before.contains("instant 101"), "{before}");
        let unknown = said(Recording::Available { until_ms: None }).unwrap();
        assert!(unknown.contains("24 hours") && unknown.contains("may be gone"), "{unknown}");
        let gone = said(Recording::Available { until_ms: Some(100) });
        assert_eq!(gone, said(Recording::Expired));
        assert!(gone.unwrap().contains("24 hours"));
        assert_eq!(said(Recording::Absent), None);
    }
}
