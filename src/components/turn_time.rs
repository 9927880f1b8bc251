//! A moment of a call as a button that plays from there.

use calls::formats::duration;
use leptos::prelude::*;

use crate::locale::use_locale;
use crate::ui::icon::{Icon, Symbol};

/// The button; a plain time where nothing can be played.
#[component]
pub fn TurnTime(
    /// Milliseconds from the start of the call.
    at_ms: i64,
    /// Plays from there.
    on_play: Option<Callback<i64>>,
) -> impl IntoView {
    let words = use_locale().words;
    let shown = time_text(at_ms);
    match on_play {
        Some(play) => {
            let label = words.turn_play_from(&shown);
            view! {
                <button type="button" class="turn__time" aria-label=label.clone() title=label on:click=move |_| play.run(at_ms)>
                    <Icon symbol=Symbol::Play/>
                    {shown}
                </button>
            }
            .into_any()
        }
        None => view! { <span class="turn__time">{shown}</span> }.into_any(),
    }
}

/// `1:05`.
#[must_use]
pub fn time_text(at_ms: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let shown = duration(at_ms as f64);
    shown
}
