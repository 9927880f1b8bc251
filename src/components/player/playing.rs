//! What plays, and where it stands: what player and transcript share.

use calls::{CallKey, Insight};
use leptos::html::Audio;
use leptos::prelude::*;
use sound::Turn;

use crate::browser::audio::{self, Playback};
use crate::components::marks::Moments;
use crate::listening::Listening;

/// A call that is to be played as soon as it is open: somebody pressed Play in its row.
#[derive(Clone, Copy)]
pub struct PlayWish(pub RwSignal<Option<CallKey>>);

/// The call to be played as soon as it is open.
#[must_use]
pub fn use_play_wish() -> PlayWish {
    use_context::<PlayWish>().unwrap_or_else(|| PlayWish(RwSignal::new(None)))
}

/// What the player and the transcript share.
#[derive(Clone, Copy)]
pub struct Playing {
    pub(super) element: NodeRef<Audio>,
    pub(super) state: RwSignal<Playback>,
    pub(super) silence: RwSignal<Option<String>>,
    /// What reading the recording told.
    pub(crate) listening: Listening,
    /// A file made of the recording, which plays instead of it.
    pub(super) made: RwSignal<Option<String>>,
    /// When somebody speaks by the transcript.
    pub(crate) turns: RwSignal<Vec<Turn>>,
    /// When anything else stands in the transcript, seconds.
    pub(crate) notes: RwSignal<Vec<f64>>,
    /// What else the provider tells of moments.
    pub(crate) moments: RwSignal<Moments>,
    /// The browser refused the recording while it was being read.
    pub(super) refused: StoredValue<bool>,
    /// Where to start once the recording is there, seconds.
    start_secs: StoredValue<Option<f64>>,
    /// Whether to play on once the recording is there: another file of it was chosen.
    goes_on: StoredValue<bool>,
}

impl Playing {
    /// Nothing plays yet; playing will start at a position, milliseconds.
    #[must_use]
    pub fn new(start_ms: Option<i64>) -> Self {
        Self {
            element: NodeRef::new(),
            state: RwSignal::default(),
            silence: RwSignal::new(None),
            listening: Listening::default(),
            made: RwSignal::new(None),
            turns: RwSignal::default(),
            notes: RwSignal::default(),
            moments: RwSignal::default(),
            refused: StoredValue::new(false),
            start_secs: StoredValue::new(start_ms.map(to_secs)),
            goes_on: StoredValue::new(false),
        }
    }

    /// The position, whole milliseconds, tracked; `None` before anything has been played.
    #[must_use]
    pub fn position_ms(self) -> Option<i64> {
        let state = self.state.get();
        #[allow(
            clippy::cast_possible_truncation,
            reason = "milliseconds of calls are far below 2^53"
        )]
        let ms = (state.position_secs * 1_000.0) as i64;
        (state.playing || ms > 0).then_some(ms)
    }

    /// Plays from a position, milliseconds.
    pub fn play_from(self, at_ms: i64) {
        self.go_to(to_secs(at_ms));
        audio::play(self.element);
    }

    /// Shows on the waveform who speaks when by the transcript.
    pub fn show_turns(self, turns: &[calls::Turn]) {
        let (spoken, notes) = super::said::timed(turns);
        self.turns.set(spoken);
        self.notes.set(notes);
    }

    /// Shows on the waveform what happened when.
    pub fn show_moments(self, insight: &Insight) {
        self.moments.set(Moments::of(insight));
    }

    /// How long the recording is, seconds: what the element says, or what reading it told.
    #[must_use]
    pub(crate) fn length_secs(self) -> Option<f64> {
        self.state.with(|state| state.length_secs).or_else(|| self.listening.secs())
    }

    /// Goes to a position, seconds.
    pub(super) fn go_to(self, secs: f64) {
        audio::seek(self.element, secs);
        self.read();
    }

    /// Goes so many seconds on, or back.
    pub(super) fn skip(self, secs: f64) {
        self.go_to(audio::playback(self.element).position_secs + secs);
    }

    /// Plays, or pauses.
    pub(super) fn toggle(self) {
        if audio::playback(self.element).playing {
            audio::pause(self.element);
        } else {
            audio::play(self.element);
        }
    }

    /// Goes on at the same place with another file, or with the recording itself, from anew.
    pub(super) fn go_on_with(self, made: Option<String>) {
        self.keep_place();
        let same = self.made.try_with_untracked(|now| *now == made) == Some(true);
        let _gone = self.made.try_set(made);
        if same {
            audio::reload(self.element);
        }
    }

    /// Remembers where it stands, for a source that is about to take the place of this one. One
    /// that has not begun yet begins where it should have.
    pub(super) fn keep_place(self) {
        let now = audio::playback(self.element);
        let _gone = self.start_secs.try_update_value(|start| {
            *start = start.or(Some(now.position_secs).filter(|at| *at > 0.0));
        });
        let _gone = self.goes_on.try_update_value(|goes_on| *goes_on |= now.playing);
        let _gone = self.silence.try_set(None);
    }

    /// Goes to where it should start, now that the recording is there.
    pub(super) fn begin(self) {
        if let Some(secs) = self.start_secs.try_update_value(Option::take).flatten() {
            audio::seek(self.element, secs);
        }
        if self.goes_on.try_update_value(std::mem::take) == Some(true) {
            audio::play(self.element);
        }
        self.read();
    }

    /// Plays at once, if that is what somebody opened the call for.
    pub(super) fn grant(self, PlayWish(wish): PlayWish, key: &CallKey) {
        if wish.try_with_untracked(|wish| wish.as_ref() == Some(key)) == Some(true) {
            wish.set(None);
            audio::play(self.element);
        }
    }

    pub(super) fn read(self) {
        let _gone = self.state.try_set(audio::playback(self.element));
    }
}

fn to_secs(ms: i64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let secs = ms as f64 / 1_000.0;
    secs
}
