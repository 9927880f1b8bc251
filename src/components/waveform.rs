//! The waveform: a lane for each side, and marks of what happened when. It is a picture; what moves
//! the position lies over it.

use std::fmt::Write as _;

use leptos::prelude::*;
use sound::Outline;

use crate::components::marks::{MarkKind, Marks, Picture};
use crate::components::player::Playing;
use crate::components::player::said::{SideNames, use_sides};
use crate::locale::use_locale;

/// Points of a lane. More than there are pixels on a narrow screen, and enough on a wide one.
const POINTS: usize = 480;

/// Height of a lane, in the picture's own units.
const LANE: f64 = 100.0;

/// The picture of a recording.
#[component]
pub(crate) fn Waveform(
    playing: Playing,
    length: Memo<Option<f64>>,
    marks: Memo<Marks>,
) -> impl IntoView {
    let words = use_locale().words;
    let sides = use_sides(playing);
    let lanes = Memo::new(move |_| {
        let whole = length.get().unwrap_or(0.0);
        playing.listening.with_outline(|outline| lanes(outline, whole))
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
    let marked = move || {
        let secs = length.get().filter(|secs| *secs > 0.0)?;
        let turned = matches!(sides.get(), Some(SideNames::Agent(1)));
        let picture = Picture { size: (POINTS as f64, height()), secs, turned };
        let drawn = |(kind, path): (MarkKind, String)| {
            view! { <path class="waveform__mark" data-kind=kind.code() d=path></path> }
        };
        Some(marks.with(|marks| marks.paths(picture)).into_iter().map(drawn).collect_view())
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
                <g>{marked}</g>
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
