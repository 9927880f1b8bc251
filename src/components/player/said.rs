//! What reading a recording tells of it, in words: whose side is which, who waits, what is silent,
//! where it breaks off.

use calls::Speaker;
use calls::formats::duration;
use calls::words::Words;
use leptos::prelude::*;
use sound::{Outline, Span, Talk, Turn, agent_channel};

use crate::components::player::Playing;
use crate::listening::Standing;
use crate::locale::{Locale, use_locale};

/// A turn whose end nobody tells ends after this, seconds.
const LAST_TURN_SECS: f64 = 5.0;

/// Whose side is which of a recording with two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SideNames {
    /// The agent is in this channel.
    Agent(usize),
    /// Nobody can tell.
    LeftAndRight,
}

impl SideNames {
    /// The name of a channel.
    #[must_use]
    pub fn name(self, channel: usize, words: &Words) -> String {
        match self {
            Self::Agent(agent) if agent == channel => words.speaker_agent(),
            Self::Agent(_) => words.speaker_customer(),
            Self::LeftAndRight if channel == 0 => words.side_left(),
            Self::LeftAndRight => words.side_right(),
        }
    }

    /// The name of hearing only a channel.
    #[must_use]
    pub fn only(self, channel: usize, words: &Words) -> String {
        match self {
            Self::Agent(agent) if agent == channel => words.sides_only_agent(),
            Self::Agent(_) => words.sides_only_customer(),
            Self::LeftAndRight if channel == 0 => words.sides_only_left(),
            Self::LeftAndRight => words.sides_only_right(),
        }
    }
}

/// Whose side is which; `None` where a recording has not two.
pub(crate) fn use_sides(playing: Playing) -> Memo<Option<SideNames>> {
    Memo::new(move |_| {
        playing.listening.with_outline(|outline| {
            let agent = || playing.turns.with(|turns| agent_channel(outline, turns));
            (outline.channels == 2)
                .then(|| agent().map_or(SideNames::LeftAndRight, SideNames::Agent))
        })
    })
}

/// Turns with times, up to where the next one begins, and the times of everything else.
pub(super) fn timed(turns: &[calls::Turn]) -> (Vec<Turn>, Vec<f64>) {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let at = |turn: &calls::Turn| turn.at_ms.map(|ms| ms as f64 / 1_000.0);
    let mut spoken: Vec<Turn> = Vec::new();
    let mut notes = Vec::new();
    for turn in turns {
        let Some(from) = at(turn) else { continue };
        let agent = match turn.speaker {
            Speaker::Agent => true,
            Speaker::Customer => false,
            Speaker::Other(_) => {
                notes.push(from);
                continue;
            }
        };
        if let Some(last) = spoken.last_mut() {
            last.span.to = from.max(last.span.from);
        }
        spoken.push(Turn { agent, span: Span { from, to: from + LAST_TURN_SECS } });
    }
    (spoken, notes)
}

/// What there is to say at the end of reading.
#[component]
pub(super) fn WhatIsHeard(playing: Playing) -> impl IntoView {
    let locale = use_locale();
    let sides = use_sides(playing);
    let said = Memo::new(move |_| {
        let Standing::Done(done) = playing.listening.standing() else { return Vec::new() };
        let cut_off = done
            .cut_off
            .then(|| locale.words.recording_cut_off(duration((done.secs * 1_000.0).floor())));
        let heard = playing.listening.with_outline(|outline| heard(outline, sides.get(), locale));
        cut_off.into_iter().chain(heard).collect()
    });
    view! {
        <p class="player__note" hidden=move || said.with(Vec::is_empty)>
            // tidy: not words: a sign between sentences
            {move || said.get().join(" · ")}
        </p>
    }
}

/// What an outline tells.
#[must_use]
pub fn heard(outline: &Outline, sides: Option<SideNames>, locale: Locale) -> Vec<String> {
    let words = locale.words;
    let silent: Vec<usize> = (0..outline.channels).filter(|it| outline.is_silent(*it)).collect();
    if silent.len() == outline.channels {
        return vec![words.recording_silent()];
    }
    let Some(sides) = sides else {
        return if outline.channels == 1 { vec![words.sides_mono()] } else { Vec::new() };
    };
    if let Some(channel) = silent.first() {
        return vec![words.side_silent(sides.name(*channel, words))];
    }
    let SideNames::Agent(agent) = sides else { return Vec::new() };
    Talk::of(outline, agent).map_or_else(Vec::new, |talk| measured(&talk, locale))
}

fn measured(talk: &Talk, locale: Locale) -> Vec<String> {
    let secs = |secs: f64| locale.formats.decimal(secs, 1);
    let waits = talk.waits();
    let said =
        waits.map(|(median, longest)| locale.words.talk_answers(secs(median), secs(longest)));
    said.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use calls::Speaker;
    use sound::Reach;

    use super::*;

    fn outline(lanes: &[&[i16]]) -> Outline {
        let stretches = lanes.first().map_or(0, |lane| lane.len());
        let reach = |high: i16| Reach { low: -high, high };
        let reaches =
            (0..stretches).flat_map(|at| lanes.iter().map(move |lane| reach(lane[at]))).collect();
        Outline { channels: lanes.len(), stretch_secs: 0.1, reaches }
    }

    #[test]
    fn what_cannot_be_heard_is_said_before_what_was_measured() {
        let words = Locale::english().words;
        let said = |lanes: &[&[i16]], sides| heard(&outline(lanes), sides, Locale::english());
        let (loud, quiet) = ([9_000; 40], [3; 40]);
        let agent = Some(SideNames::Agent(0));
        assert_eq!(said(&[&quiet, &quiet], agent), [words.recording_silent()]);
        assert_eq!(said(&[&quiet], None), [words.recording_silent()]);
        assert_eq!(said(&[&loud], None), [words.sides_mono()]);
        let customer = words.side_silent(words.speaker_customer());
        assert_eq!(said(&[&loud, &quiet], agent), [customer]);
        let right = words.side_silent(words.side_right());
        assert_eq!(said(&[&loud, &quiet], Some(SideNames::LeftAndRight)), [right]);
        assert_eq!(said(&[&loud, &loud], agent), [""; 0]);
        let waits = [[9_000; 10], [3; 10], [3; 10], [9_000; 10]].concat();
        let asks = [[3; 10], [9_000; 10], [3; 10], [3; 10]].concat();
        let answers = said(&[&waits, &asks], agent);
        assert!(answers.len() == 1 && answers[0].contains("after 1 s"), "{answers:?}");
        assert_eq!(said(&[&loud, &loud], Some(SideNames::LeftAndRight)), [""; 0]);
    }

    #[test]
    fn a_turn_lasts_until_the_next_one_and_tools_are_notes() {
        let turn = |speaker, at_ms| calls::Turn { speaker, text: String::new(), at_ms };
        let (spoken, notes) = timed(&[
            turn(Speaker::Agent, Some(1_000)),
            turn(Speaker::Other("tool".into()), Some(2_000)),
            turn(Speaker::Customer, None),
            turn(Speaker::Customer, Some(4_000)),
        ]);
        let when: Vec<_> = spoken.iter().map(|it| (it.agent, it.span.from, it.span.to)).collect();
        assert_eq!(when, [(true, 1.0, 4.0), (false, 4.0, 9.0)]);
        assert_eq!(notes, [2.0]);
    }
}
