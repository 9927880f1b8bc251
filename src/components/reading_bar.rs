//! The bar under a transcript: searching within it, following what is heard, copying it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::focus;
use crate::components::hits::{self, Hit};
use crate::components::player::Playing;
use crate::components::transcript::turn_id;
use crate::components::transcript_reading::Reading;
use crate::locale::use_locale;
use crate::ui::icon::{Icon, Symbol};

/// The bar.
#[component]
pub fn ReadingBar(
    /// How the transcript is read.
    reading: Reading,
    /// What was found in it.
    found: Memo<Vec<Hit>>,
    /// Whether what is heard can be followed.
    follows: bool,
    /// Shared with the player.
    playing: Playing,
    /// Copies the transcript.
    on_copy: Callback<()>,
) -> impl IntoView {
    let words = use_locale().words;
    let heard = Memo::new(move |_| follows && playing.position_ms().is_some());
    view! {
        <div class="reading-bar">
            <SearchWithin reading=reading found=found/>
            <Show when=move || heard.get()>
                <button
                    type="button"
                    class="button reading-bar__follow"
                    aria-label=words.follow()
                    aria-pressed=move || reading.follows.get().to_string()
                    title=words.follow_hint()
                    on:click=move |_| reading.follows.update(|follows| *follows = !*follows)
                >
                    <Icon symbol=Symbol::Follow/>
                    <span class="reading-bar__word">{words.follow()}</span>
                </button>
            </Show>
            <button
                type="button"
                class="button button--icon"
                aria-label=words.transcript_copy()
                title=words.transcript_copy()
                on:click=move |_| on_copy.run(())
            >
                <Icon symbol=Symbol::Copy/>
            </button>
            <span class="reading-bar__said" role="status">{move || reading.said.get()}</span>
        </div>
    }
}

/// The field, how many were found, and the way from one to the next.
#[component]
fn SearchWithin(reading: Reading, found: Memo<Vec<Hit>>) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let go = move |forward: bool| {
        let count = found.with_untracked(Vec::len);
        show(reading, found, hits::next(reading.place.get_untracked(), count, forward));
    };
    let typed = move |event| {
        reading.text.set(focus::value(&event));
        let first = found.with_untracked(|found| (!found.is_empty()).then_some(0));
        show(reading, found, first);
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            go(!event.shift_key());
        }
        "Escape" if !reading.text.with_untracked(String::is_empty) => {
            event.stop_propagation();
            reading.text.set(String::new());
            reading.place.set(None);
        }
        _ => {}
    };
    let searching = Memo::new(move |_| !reading.text.with(|text| text.trim().is_empty()));
    let count = move || {
        let count = found.with(Vec::len);
        let place = reading.place.get().map_or(0, |place| place + 1);
        match count {
            _ if !searching.get() => String::new(),
            0 => words.hits_none(),
            _ => words.hits_place(locale.count(place), locale.count(count)),
        }
    };
    let none = move || found.with(Vec::is_empty);
    view! {
        <div class="reading-bar__search" role="group" aria-label=words.hits_search()>
            <Icon symbol=Symbol::Search/>
            <input
                type="search"
                class="reading-bar__field"
                aria-label=words.hits_search()
                placeholder=words.hits_search()
                autocomplete="off"
                prop:value=move || reading.text.get()
                on:input=typed
                on:keydown=key
            />
            <span class="reading-bar__count" role="status">{count}</span>
            <Show when=move || searching.get()>
                <button type="button" class="reading-bar__step" aria-label=words.hits_previous() title=words.hits_previous() disabled=none on:click=move |_| go(false)>
                    <Icon symbol=Symbol::Up/>
                </button>
                <button type="button" class="reading-bar__step" aria-label=words.hits_next() title=words.hits_next() disabled=none on:click=move |_| go(true)>
                    <Icon symbol=Symbol::Down/>
                </button>
            </Show>
        </div>
    }
}

/// Looks at a hit; what is being heard is not followed meanwhile.
fn show(reading: Reading, found: Memo<Vec<Hit>>, place: Option<usize>) {
    reading.place.set(place);
    let hit = found.with_untracked(|found| found.get(place?).copied());
    if let Some(hit) = hit {
        reading.follows.set(false);
        focus::show_by_id(&turn_id(hit.turn));
    }
}
