//! The transcript as chat bubbles. A turn's time is a button that plays from there.

use calls::insight::Happening;
use calls::{Speaker, Transcript, Turn};
use kernels::order;
use leptos::prelude::*;
use search::{Query, Side};

use crate::components::happening_card::HappeningCard;
use crate::components::hits::Hit;
use crate::components::marked_text::MarkedText;
use crate::components::turn_time::TurnTime;
use crate::components::turn_tools::{TurnTools, TurnUse};
use crate::locale::{Locale, use_locale};

/// The transcript.
#[component]
pub fn TranscriptView(
    /// What is known of it.
    transcript: Transcript,
    /// What happened besides speech: each stands where its moment is.
    #[prop(optional)]
    happenings: Vec<Happening>,
    /// The turn that is being spoken.
    #[prop(into)]
    current: Signal<Option<usize>>,
    /// Plays from a position, milliseconds; without it times are text.
    #[prop(optional_no_strip)]
    on_play: Option<Callback<i64>>,
    /// What can be done with one turn.
    #[prop(optional_no_strip)]
    on_use: Option<Callback<TurnUse>>,
    /// What was searched for: it is marked.
    #[prop(optional)]
    sought: Option<Memo<Query>>,
    /// The mark that is looked at.
    #[prop(optional, into)]
    hit: Signal<Option<Hit>>,
) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let state = |text: String| view! { <p class="transcript__state">{text}</p> }.into_any();
    let around = Around { current, on_play, on_use, sought, hit };
    match transcript {
        Transcript::Turns(turns) => {
            view! { <Turns turns=turns happenings=happenings around=around/> }.into_any()
        }
        Transcript::Text(text) => view! {
            <p class="transcript__state">{words.transcript_plain()}</p>
            <p class="transcript__plain" dir="auto" id=turn_id(0)>{around.marked(text, Side::Other, 0)}</p>
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

/// What every turn is given.
#[derive(Clone, Copy)]
struct Around {
    current: Signal<Option<usize>>,
    on_play: Option<Callback<i64>>,
    on_use: Option<Callback<TurnUse>>,
    sought: Option<Memo<Query>>,
    hit: Signal<Option<Hit>>,
}

impl Around {
    /// A text with what was searched for marked in it; a plain text where nothing was.
    fn marked(self, text: String, side: Side, turn: usize) -> AnyView {
        let Some(sought) = self.sought else { return text.into_any() };
        let text = StoredValue::new(text);
        let marks = Memo::new(move |_| {
            sought.with(|query| text.with_value(|text| query.marks(side, text)))
        });
        let hit = self.hit;
        let current =
            Signal::derive(move || hit.get().filter(|hit| hit.turn == turn).map(|hit| hit.mark));
        (move || {
            view! { <MarkedText text=text.get_value() marks=marks.get() current=current/> }
        })
        .into_any()
    }
}

#[component]
fn Turns(turns: Vec<Turn>, happenings: Vec<Happening>, around: Around) -> impl IntoView {
    let locale = use_locale();
    let times: Vec<Option<i64>> = turns.iter().map(|turn| turn.at_ms).collect();
    let without_times = times.iter().all(Option::is_none);
    let mut placed: Vec<(usize, Happening)> = happenings
        .into_iter()
        .filter_map(|happening| Some((happening.place(&times)?, happening)))
        .collect();
    order::sort_by_key(&mut placed, |(place, happening)| (*place, happening.at_ms()));
    let mut placed = placed.into_iter().peekable();
    let mut before: Option<Speaker> = None;
    let mut items = Vec::with_capacity(turns.len());
    for (index, turn) in turns.into_iter().enumerate() {
        while let Some((_, happening)) = placed.next_if(|(place, _)| *place <= index) {
            before = None;
            items.push(card(happening, around));
        }
        let first = before.as_ref() != Some(&turn.speaker);
        before = Some(turn.speaker.clone());
        items.push(view! { <Bubble turn=turn first=first index=index around=around/> }.into_any());
    }
    items.extend(placed.map(|(_, happening)| card(happening, around)));
    view! {
        {without_times.then(|| view! { <p class="transcript__state">{locale.words.transcript_no_times()}</p> })}
        <ol class="transcript" aria-label=locale.words.transcript_label()>{items}</ol>
    }
}

fn card(happening: Happening, around: Around) -> AnyView {
    view! { <HappeningCard happening=happening on_play=around.on_play/> }.into_any()
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
fn Bubble(turn: Turn, first: bool, index: usize, around: Around) -> impl IntoView {
    let locale = use_locale();
    let said_by = Side::of(&turn.speaker);
    let side = match turn.speaker {
        Speaker::Agent => "agent",
        Speaker::Customer => "customer",
        Speaker::Other(_) => "other",
    };
    let now = move || around.current.get() == Some(index);
    let speaker = speaker_text(&turn.speaker, locale);
    let on_play = around.on_play;
    view! {
        <li
            class="turn"
            id=turn_id(index)
            data-side=side
            data-first=first.to_string()
            aria-current=move || now().then_some("true")
        >
            <div class="turn__head">
                <span class=if first { "turn__speaker" } else { "visually-hidden" }>{speaker}</span>
                {turn.at_ms.map(|at_ms| view! { <TurnTime at_ms=at_ms on_play=on_play/> })}
                {around.on_use.map(|on_use| view! { <TurnTools index=index at_ms=turn.at_ms on_use=on_use/> })}
            </div>
            <p class="turn__text" dir="auto">{around.marked(turn.text, said_by, index)}</p>
        </li>
    }
}
