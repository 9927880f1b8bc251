//! The transcript as chat bubbles. A turn's time is a button that plays from there.

use calls::formats::duration;
use calls::{Speaker, Transcript, Turn};
use leptos::prelude::*;
use search::{Query, Side};

use crate::components::marked_text::MarkedText;
use crate::locale::{Locale, use_locale};
use crate::ui::icon::{Icon, Symbol};

/// The transcript.
#[component]
pub fn TranscriptView(
    /// What is known of it.
    transcript: Transcript,
    /// The turn that is being spoken.
    #[prop(into)]
    current: Signal<Option<usize>>,
    /// Plays from a position, milliseconds; without it times are text.
    #[prop(optional_no_strip)]
    on_play: Option<Callback<i64>>,
    /// What was searched for: it is marked.
    #[prop(optional)]
    sought: Option<Memo<Query>>,
) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let state = |text: String| view! { <p class="transcript__state">{text}</p> }.into_any();
    match transcript {
        Transcript::Turns(turns) => {
            view! { <Turns turns=turns current=current on_play=on_play sought=sought/> }.into_any()
        }
        Transcript::Text(text) => view! {
            <p class="transcript__state">{words.transcript_plain()}</p>
            <p class="transcript__plain" dir="auto">{marked(text, Side::Other, sought)}</p>
        }
        .into_any(),
        Transcript::BeingWritten => state(words.transcript_being_written()),
        Transcript::Absent => state(words.transcript_absent()),
        Transcript::Elsewhere => state(words.transcript_elsewhere()),
        Transcript::NotInRecord => state(words.transcript_not_in_record()),
        Transcript::Purged => state(words.transcript_purged()),
        Transcript::NotAsked => state(words.loading_call()),
    }
}

#[component]
fn Turns(
    turns: Vec<Turn>,
    current: Signal<Option<usize>>,
    on_play: Option<Callback<i64>>,
    sought: Option<Memo<Query>>,
) -> impl IntoView {
    let locale = use_locale();
    let without_times = turns.iter().all(|turn| turn.at_ms.is_none());
    let mut before: Option<Speaker> = None;
    let bubbles: Vec<_> = turns
        .into_iter()
        .enumerate()
        .map(|(index, turn)| {
            let first = before.as_ref() != Some(&turn.speaker);
            before = Some(turn.speaker.clone());
            view! {
                <Bubble turn=turn first=first index=index current=current on_play=on_play sought=sought/>
            }
        })
        .collect();
    view! {
        {without_times.then(|| view! { <p class="transcript__state">{locale.words.transcript_no_times()}</p> })}
        <ol class="transcript" aria-label=locale.words.transcript_label()>{bubbles}</ol>
    }
}

/// The id of a turn's bubble.
#[must_use]
pub fn turn_id(index: usize) -> String {
    format!("turn-{index}")
}

/// The name of a speaker.
#[must_use]
pub fn speaker_text(speaker: &Speaker, locale: Locale) -> String {
    match speaker {
        Speaker::Agent => locale.words.speaker_agent(),
        Speaker::Customer => locale.words.speaker_customer(),
        Speaker::Other(word) if word.is_empty() => locale.words.speaker_other(),
        Speaker::Other(word) => word.clone(),
    }
}

#[component]
fn Bubble(
    turn: Turn,
    first: bool,
    index: usize,
    current: Signal<Option<usize>>,
    on_play: Option<Callback<i64>>,
    sought: Option<Memo<Query>>,
) -> impl IntoView {
    let locale = use_locale();
    let said_by = Side::of(&turn.speaker);
    let side = match turn.speaker {
        Speaker::Agent => "agent",
        Speaker::Customer => "customer",
        Speaker::Other(_) => "other",
    };
    let now = move || current.get() == Some(index);
    let speaker = speaker_text(&turn.speaker, locale);
    view! {
        <li
            class="turn"
            id=turn_id(index)
            data-side=side
            data-first=first.to_string()
            aria-current=move || now().then_some("true")
        >
            <span class=if first { "turn__speaker" } else { "visually-hidden" }>{speaker}</span>
            <div class="turn__line">
                <p class="turn__text" dir="auto">{marked(turn.text, said_by, sought)}</p>
                {turn.at_ms.map(|at_ms| view! { <TurnTime at_ms=at_ms on_play=on_play/> })}
            </div>
        </li>
    }
}

/// A text with what was searched for marked in it; a plain text where nothing was.
fn marked(text: String, side: Side, sought: Option<Memo<Query>>) -> AnyView {
    let Some(sought) = sought else { return text.into_any() };
    let text = StoredValue::new(text);
    let marks =
        Memo::new(move |_| sought.with(|query| text.with_value(|text| query.marks(side, text))));
    (move || view! { <MarkedText text=text.get_value() marks=marks.get()/> }).into_any()
}

#[component]
fn TurnTime(at_ms: i64, on_play: Option<Callback<i64>>) -> impl IntoView {
    let words = use_locale().words;
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let shown = duration(at_ms as f64);
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
