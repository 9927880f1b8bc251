//! How far it is with calls that are opened for a filter, wherever one looks meanwhile.

use leptos::prelude::*;

use crate::components::call_text::left_text;
use crate::locale::{Locale, use_locale};
use crate::rest::{Progress, Rest, use_rest};

/// "312 of 1,204 read, 2 minutes left", tracked; nothing while none are opened.
#[must_use]
pub fn rest_text(rest: Rest, locale: Locale) -> Option<String> {
    let words = locale.words;
    let Progress { done, of, left_ms } = rest.progress()?;
    let said = words.filter_rest_read(locale.count(done), locale.count(of));
    let left = left_ms.map(|ms| left_text(ms, locale));
    Some(left.map_or_else(|| said.clone(), |left| words.transcripts_and(&said, left)))
}

/// The line over the list, and the way to stop.
#[component]
pub fn RestProgress() -> impl IntoView {
    let (rest, locale) = (use_rest(), use_locale());
    let words = locale.words;
    let reads = Memo::new(move |_| rest.progress().is_some());
    let text = move || rest_text(rest, locale).map(|text| words.filter_rest_opening(text));
    view! {
        <Show when=move || reads.get()>
            <p class="progress">
                {text}
                <button type="button" class="button button--quiet" on:click=move |_| rest.stop()>
                    {words.filter_rest_stop()}
                </button>
            </p>
        </Show>
    }
}
