//! The waveform: a lane for each side, who speaks when by the transcript, and what was measured.
//! It is a picture; what moves the position lies over it.

use std::fmt::Write as _;

use leptos::prelude::*;
use sound::{Outline, Span, Talk};

use crate::components::player::Playing;
use crate::components::player::said::{SideNames, use_sides};
use crate::locale::use_locale;

/// Points of a lane. More than there are pixels on a narrow screen, and enough on a wide one.
const POINTS: usize = 480;

/// Height of a lane, in the picture's own units.
const LANE: f64 = 100.0;

/// More turns than this are not told apart in the picture.
const MOST_TICKS: usize = 100;

/// Answers that take longer are marked, seconds.
const LONG_WAIT_SECS: f64 = 2.0;

/// The picture of a recording.
#[component]
pub(crate) fn Waveform(playing: Playing, length: Memo<Option<f64>>) -> impl IntoView {
    let words = use_locale().words;
    let sides = use_sides(playing);
    let lanes = Memo::new(move |_| {
        let whole = length.get().unwrap_or(0.0);
        playing.listening.with_outline(|outline| lanes(outline, whole))
    });
    let marks = Memo::new(move |_| {
        let whole = length.get().unwrap_or(0.0);
        Marks::of(playing, sides.get(), whole)
    });
    let height = move || LANE * lanes.with(|lanes| lanes.len().max(1) as f64);
    let name = move |channel: usize| sides.get().map(|sides| sides.name(channel, words));
    let side = move |channel: usize| match sides.get() {
        Some(SideNames::Agent(agent)) if agent == channel => "agent",
        Some(SideNames::Agent(_)) => "customer",
        _ => "none",
    };
    let drawn = move || {
        let drawn = |(channel, path): (usize, String)| {
            view! { <path class="waveform__lane" data-side=side(channel) d=path></path> }
        };
        lanes.get().into_iter().enumerate().map(drawn).collect_view()
    };
    let names = move || {
        let count = lanes.with(Vec::len);
        (0..count).filter_map(name).map(|name| view! { <span>{name}</span> }).collect_view()
    };
    view! {
        <div class="waveform" aria-hidden="true">
            <div class="waveform__played"></div>
            <svg class="waveform__picture" viewBox=move || format!("0 0 {POINTS} {}", height()) preserveAspectRatio="none">
                <g>{drawn}</g>
                <path class="waveform__turns" d=move || marks.with(|marks| marks.turns.clone())></path>
                <path class="waveform__notes" d=move || marks.with(|marks| marks.notes.clone())></path>
                <path class="waveform__waits" d=move || marks.with(|marks| marks.waits.clone())></path>
                <path class="waveform__overlaps" d=move || marks.with(|marks| marks.overlaps.clone())></path>
            </svg>
            <div class="waveform__names">{names}</div>
            <div class="waveform__head"></div>
        </div>
    }
}

/// The lanes as closed shapes, one above the other; one that is flat before anything was read.
#[must_use]
pub fn lanes(outline: &Outline, whole_secs: f64) -> Vec<String> {
    let channels = outline.channels.clamp(1, 2);
    let loudest = (0..channels).map(|channel| outline.loudest(channel)).max().unwrap_or(0);
    // What is quiet all through is drawn so that it can be seen, but noise does not fill a lane.
    let full = f32::from(loudest.max(1_500)) / 32_768.0;
    let lane = |channel: usize| {
        let bars = outline.bars(channel, POINTS, whole_secs);
        shape(&bars, full, LANE * (channel as f64 + 0.5))
    };
    (0..channels).map(lane).collect()
}

fn shape(bars: &[f32], full: f32, middle: f64) -> String {
    let reach = |bar: &f32| 1.0 + f64::from((bar / full).powf(0.75)) * (LANE / 2.0 - 6.0);
    let mut path = format!("M0 {middle:.0}");
    for (x, bar) in bars.iter().enumerate() {
        let _never_fails = write!(path, "L{x} {:.0}", middle - reach(bar));
    }
    for (x, bar) in bars.iter().enumerate().rev() {
        let _never_fails = write!(path, "L{x} {:.0}", middle + reach(bar));
    }
    path.push('Z');
    path
}

#[derive(Clone, PartialEq, Default)]
struct Marks {
    turns: String,
    notes: String,
    waits: String,
    overlaps: String,
}

impl Marks {
    fn of(playing: Playing, sides: Option<SideNames>, whole_secs: f64) -> Self {
        if whole_secs <= 0.0 {
            return Self::default();
        }
        let x = |secs: f64| (secs / whole_secs).clamp(0.0, 1.0) * POINTS as f64;
        let lanes = playing.listening.with_outline(|outline| outline.channels.clamp(1, 2)) as f64;
        let (bottom, middle) = (LANE * lanes, LANE * lanes / 2.0);
        let tick = |secs: f64, from: f64, to: f64| format!("M{:.1} {from}V{to}", x(secs));
        // So many ticks would only be a bar.
        let turns = playing.turns.with(|turns| {
            let turns = if turns.len() > MOST_TICKS { &[] } else { &turns[..] };
            let tick = |turn: &sound::Turn| {
                let upper = lane_of(turn.agent, sides) == 0;
                let (from, to) = if upper { (0.0, 9.0) } else { (bottom, bottom - 9.0) };
                tick(turn.span.from, from, to)
            };
            turns.iter().map(tick).collect()
        });
        let notes =
            playing.notes.with(|notes| notes.iter().map(|at| tick(*at, 0.0, bottom)).collect());
        let talk = playing.listening.with_outline(|outline| match sides {
            Some(SideNames::Agent(agent)) => Talk::of(outline, agent),
            _ => None,
        });
        let talk = talk.unwrap_or_default();
        let line = |span: &Span| format!("M{:.1} {middle}H{:.1}", x(span.from), x(span.to));
        let waits = talk.answers.iter().filter(|span| span.secs() >= LONG_WAIT_SECS);
        Self {
            turns,
            notes,
            waits: waits.map(line).collect(),
            overlaps: talk.overlaps.iter().map(line).collect(),
        }
    }
}

/// Turns of a side whose lane nobody knows stand above, the agent's, and below.
fn lane_of(agent: bool, sides: Option<SideNames>) -> usize {
    match sides {
        Some(SideNames::Agent(channel)) => usize::from((channel == 0) != agent),
        _ => usize::from(!agent),
    }
}

#[cfg(test)]
mod tests {
    use sound::Reach;

    use super::*;

    #[test]
    fn there_is_a_lane_for_each_side_and_a_flat_one_before_anything_was_read() {
        assert_eq!(lanes(&Outline::default(), 60.0), ["M0 50Z"]);
        let loud = Reach { low: -8_000, high: 16_000 };
        let reaches = vec![loud, Reach::default(), loud, Reach::default()];
        let outline = Outline { channels: 2, stretch_secs: 15.0, reaches };
        let drawn = lanes(&outline, 60.0);
        // Half of it has been read: half of the points, there and back.
        let points = |lane: &String| lane.matches('L').count();
        assert_eq!(drawn.iter().map(points).collect::<Vec<_>>(), [POINTS, POINTS]);
        assert!(drawn[0].starts_with("M0 50L0 5"), "the loudest fills its lane: {}", drawn[0]);
        assert!(drawn[1].starts_with("M0 150L0 149"), "{}", drawn[1]);
    }
}
