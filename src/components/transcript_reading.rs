//! Reading a transcript: following what is heard, searching within, copying, links to a turn.

use calls::insight::Happening;
use calls::{Call, Transcript};
use export::{Exported, plain};
use leptos::prelude::*;
use leptos::task::spawn_local;
use search::Query;

use crate::browser::{document, focus, scrolling};
use crate::components::copy_note::link_to;
use crate::components::hits::{self, Hit};
use crate::components::player::Playing;
use crate::components::reading_bar::ReadingBar;
use crate::components::transcript::{TranscriptView, turn_id};
use crate::components::turn_tools::TurnUse;
use crate::locale::use_locale;
use crate::nav::{Nav, use_nav};
use crate::place::Place;
use crate::selection::use_selection;
use crate::store::use_store;

/// The id of what is read.
const READING: &str = "transcript-reading";

/// How somebody reads: kept while the transcript itself is read again.
#[derive(Clone, Copy)]
pub struct Reading {
    /// What is searched for within.
    pub text: RwSignal<String>,
    /// Which of the hits is looked at, from 0.
    pub place: RwSignal<Option<usize>>,
    /// Whether what is heard is kept in view.
    pub follows: RwSignal<bool>,
    /// What came of copying.
    pub said: RwSignal<Option<String>>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            text: RwSignal::default(),
            place: RwSignal::default(),
            follows: RwSignal::new(true),
            said: RwSignal::default(),
        }
    }
}

/// The transcript with what is needed to read it.
#[component]
pub fn TranscriptReading(
    /// The call.
    call: Signal<Call>,
    /// Its transcript.
    transcript: Transcript,
    /// What happened besides speech.
    happenings: Vec<Happening>,
    /// Shared with the player.
    playing: Playing,
    /// Whether there is something to play.
    plays: bool,
    /// How it is read.
    reading: Reading,
) -> impl IntoView {
    let nav = use_nav();
    let kept = StoredValue::new(transcript.clone());
    let linked = use_linked(nav, kept);
    let current = Memo::new(move |_| match playing.position_ms() {
        Some(at_ms) => kept.with_value(|kept| turn_at(kept, at_ms)),
        None => linked.get(),
    });
    let sought = Memo::new(move |_| Query::parse(&reading.text.get()));
    let found =
        Memo::new(move |_| sought.with(|query| kept.with_value(|kept| hits::hits(kept, query))));
    let hit = Memo::new(move |_| found.with(|found| found.get(reading.place.get()?).copied()));
    search_what_was_searched(nav, reading, found, linked);
    follow(reading, playing, current);
    let play = plays.then(|| {
        Callback::new(move |at_ms| {
            reading.follows.set(true);
            playing.play_from(at_ms);
        })
    });
    let copier = Copier::of(call, kept, reading);
    let on_use = Callback::new(move |what| copier.act(what));
    let readable = transcript.is_there() == Some(true) && transcript != Transcript::Elsewhere;
    let follows = plays && is_timed(&transcript);
    view! {
        <div class="reading" id=READING>
            <TranscriptView
                transcript=transcript
                happenings=happenings
                current=current
                on_play=play
                on_use=Some(on_use)
                sought=sought
                hit=hit
            />
            {readable.then(|| view! {
                <ReadingBar reading=reading found=found follows=follows playing=playing on_copy=Callback::new(move |()| copier.all())/>
            })}
        </div>
    }
}

fn turn_at(transcript: &Transcript, at_ms: i64) -> Option<usize> {
    match transcript {
        Transcript::Turns(turns) => Transcript::turn_at(turns, at_ms),
        _ => None,
    }
}

fn is_timed(transcript: &Transcript) -> bool {
    matches!(transcript, Transcript::Turns(turns) if turns.iter().any(|turn| turn.at_ms.is_some()))
}

/// The turn that the address leads to; it is shown.
fn use_linked(nav: Nav, kept: StoredValue<Transcript>) -> Memo<Option<usize>> {
    let linked = nav.part(move |place| {
        let at = |at_ms| kept.with_value(|kept| turn_at(kept, at_ms));
        place.turn.or_else(|| at(place.at_ms?))
    });
    Effect::new(move |_| {
        if let Some(turn) = linked.get() {
            focus::show_by_id(&turn_id(turn));
        }
    });
    linked
}

/// What was searched for in all transcripts is searched for within this one, from the turn that
/// the link leads to.
fn search_what_was_searched(
    nav: Nav,
    reading: Reading,
    found: Memo<Vec<Hit>>,
    linked: Memo<Option<usize>>,
) {
    let searched = nav.part(|place| place.in_transcripts.then(|| place.filter.text.clone()));
    Effect::new(move |before: Option<Option<String>>| {
        let now = searched.get();
        if now.is_some() && before.as_ref() != Some(&now) {
            reading.text.set(now.clone().unwrap_or_default());
            let turn = linked.get_untracked();
            let place = found.with_untracked(|found| {
                let there = found.iter().position(|hit| Some(hit.turn) == turn);
                there.or((!found.is_empty()).then_some(0))
            });
            reading.place.set(place);
        }
        now
    });
}

/// Keeps what is heard in view, until somebody scrolls.
fn follow(reading: Reading, playing: Playing, current: Memo<Option<usize>>) {
    let heard = Memo::new(move |_| playing.position_ms().is_some());
    Effect::new(move |_| {
        if let (Some(turn), true, true) = (current.get(), heard.get(), reading.follows.get()) {
            focus::keep_in_view(&turn_id(turn));
        }
    });
    scrolling::on_hand(READING, move || {
        if heard.try_get_untracked() == Some(true) {
            reading.follows.try_set(false);
        }
    });
}

/// Puts a transcript, a turn or a link to it on the clipboard.
#[derive(Clone, Copy)]
struct Copier {
    call: Signal<Call>,
    transcript: StoredValue<Transcript>,
    reading: Reading,
    locale: crate::locale::Locale,
    nav: Nav,
    selection: crate::selection::Selection,
    store: crate::store::Store,
}

impl Copier {
    fn of(call: Signal<Call>, transcript: StoredValue<Transcript>, reading: Reading) -> Self {
        let (locale, nav) = (use_locale(), use_nav());
        let (selection, store) = (use_selection(), use_store());
        Self { call, transcript, reading, locale, nav, selection, store }
    }

    fn all(self) {
        let call = self.call.get_untracked();
        let connection = untrack(|| self.store.connection_name(&call.key.connection));
        let link = link_to(self.nav, |place| place.call = Some(call.key.clone()));
        let zone = self.selection.zone_untracked();
        let text = self.transcript.with_value(|transcript| {
            let exported = Exported {
                call: &call,
                connection: &connection,
                link: &link,
                transcript: Some(transcript),
                facts: &[],
            };
            plain::transcript(&exported, &zone, self.locale.words, self.locale.formats)
        });
        self.put(text, self.locale.words.transcript_copied());
    }

    fn act(self, what: TurnUse) {
        let words = self.locale.words;
        let (TurnUse::Copy(index) | TurnUse::Link(index)) = what;
        let turn = self.transcript.with_value(|transcript| match transcript {
            Transcript::Turns(turns) => turns.get(index).cloned(),
            _ => None,
        });
        let Some(turn) = turn else { return };
        if what == TurnUse::Copy(index) {
            return self.put(plain::turns(&[turn], words), words.turn_copied());
        }
        let key = self.call.with_untracked(|call| call.key.clone());
        let link = link_to(self.nav, |place: &mut Place| {
            place.call = Some(key);
            place.at_ms = turn.at_ms;
            place.turn = turn.at_ms.is_none().then_some(index);
        });
        self.put(link, words.link_copied());
    }

    fn put(self, text: String, done: String) {
        let refused = self.locale.words.not_copied();
        spawn_local(async move {
            let said = if document::copy(&text).await { done } else { refused };
            drop(self.reading.said.try_set(Some(said)));
        });
    }
}
