//! What two sides of a recording tell of a talk: who speaks when, who interrupts, who waits.
//!
//! It is measured, in stretches of the outline; where those are too long to tell, nothing is said.

use crate::outline::{Outline, SILENT};

/// A pause of somebody who goes on speaking is not longer, seconds.
const BREATH: f64 = 0.5;

/// A noise that is shorter is no speech, seconds.
const CLICK: f64 = 0.12;

/// Two who speak at once for longer interrupt each other, seconds.
const OVERLAP: f64 = 0.4;

/// What is longer tells nothing of pauses, seconds.
const LONGEST_STRETCH: f64 = 0.2;

/// From one moment to another, seconds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Span {
    /// Its beginning.
    pub from: f64,
    /// Its end.
    pub to: f64,
}

impl Span {
    /// How long it is, seconds.
    #[must_use]
    pub fn secs(self) -> f64 {
        self.to - self.from
    }
}

/// When somebody speaks by the transcript.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Turn {
    /// Whether it is the agent, else it is the customer.
    pub agent: bool,
    /// When.
    pub span: Span,
}

/// What was measured.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Talk {
    /// When both speak at once.
    pub overlaps: Vec<Span>,
    /// From when the customer has spoken to when the agent answers.
    pub answers: Vec<Span>,
}

impl Talk {
    /// Measures a talk whose agent is in this channel of two.
    #[must_use]
    pub fn of(outline: &Outline, agent: usize) -> Option<Self> {
        if outline.channels != 2 || outline.stretch_secs > LONGEST_STRETCH {
            return None;
        }
        let (agent, customer) = (spoken(outline, agent), spoken(outline, 1 - agent.min(1)));
        let overlaps = overlaps(&agent, &customer);
        Some(Self { overlaps, answers: answers(&agent, &customer) })
    }

    /// How long the agent takes to answer: the median and the longest, seconds.
    #[must_use]
    pub fn waits(&self) -> Option<(f64, f64)> {
        let mut waits: Vec<f64> = self.answers.iter().map(|span| span.secs()).collect();
        waits.sort_by(f64::total_cmp);
        let longest = waits.last().copied()?;
        Some((waits.get(waits.len() / 2).copied()?, longest))
    }
}

/// The channel in which the agent speaks, by when the transcript says that he does; `None` if that
/// does not tell.
#[must_use]
pub fn agent_channel(outline: &Outline, turns: &[Turn]) -> Option<usize> {
    if outline.channels != 2 {
        return None;
    }
    // Seconds of speech of the agent's turns in a channel, and of the customer's.
    let spoken = [0, 1].map(|channel| spoken(outline, channel));
    let during = |channel: &[Span], agent: bool| -> f64 {
        let own = turns.iter().filter(|turn| turn.agent == agent);
        own.map(|turn| channel.iter().map(|span| common(*span, turn.span)).sum::<f64>()).sum()
    };
    let [left, right] = spoken.each_ref();
    let as_left = during(left, true) + during(right, false);
    let as_right = during(right, true) + during(left, false);
    match (as_left, as_right) {
        (left, right) if left > 2.0 * right && left > 1.0 => Some(0),
        (left, right) if right > 2.0 * left && right > 1.0 => Some(1),
        _ => None,
    }
}

fn common(one: Span, other: Span) -> f64 {
    (one.to.min(other.to) - one.from.max(other.from)).max(0.0)
}

/// When there is speech in a channel.
fn spoken(outline: &Outline, channel: usize) -> Vec<Span> {
    let least = (outline.loudest(channel) / 24).max(SILENT.unsigned_abs());
    let own = outline.reaches.iter().skip(channel).step_by(outline.channels.max(1));
    let mut spans: Vec<Span> = Vec::new();
    for (nth, reach) in own.enumerate() {
        if reach.low.unsigned_abs().max(reach.high.unsigned_abs()) <= least {
            continue;
        }
        #[allow(clippy::cast_precision_loss, reason = "some thousands")]
        let from = nth as f64 * outline.stretch_secs;
        let to = from + outline.stretch_secs;
        match spans.last_mut() {
            Some(last) if from - last.to <= BREATH => last.to = to,
            _ => spans.push(Span { from, to }),
        }
    }
    spans.retain(|span| span.secs() >= CLICK);
    spans
}

fn overlaps(agent: &[Span], customer: &[Span]) -> Vec<Span> {
    let both = |one: &Span| {
        let one = *one;
        customer.iter().filter_map(move |other| {
            let both = Span { from: one.from.max(other.from), to: one.to.min(other.to) };
            (both.secs() >= OVERLAP).then_some(both)
        })
    };
    agent.iter().flat_map(both).collect()
}

fn answers(agent: &[Span], customer: &[Span]) -> Vec<Span> {
    let mut next = agent.iter().peekable();
    let mut found = Vec::new();
    for (nth, asked) in customer.iter().enumerate() {
        while next.peek().is_some_and(|span| span.to <= asked.to) {
            next.next();
        }
        let goes_on = customer.get(nth + 1).map_or(f64::INFINITY, |span| span.from);
        // One who speaks already did not wait.
        let answer = next.peek().filter(|span| span.from >= asked.to && span.from < goes_on);
        found.extend(answer.map(|answer| Span { from: asked.to, to: answer.from }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::Reach;

    /// An outline of tenths of a second, `a` where the left side speaks, `c` where the right one
    /// does, `b` where both do.
    fn outline(tenths: &str) -> Outline {
        let loud =
            |is: bool| if is { Reach { low: -9_000, high: 9_000 } } else { Reach::default() };
        let both = tenths
            .chars()
            .flat_map(|who| [loud(matches!(who, 'a' | 'b')), loud(matches!(who, 'c' | 'b'))]);
        Outline { channels: 2, stretch_secs: 0.1, reaches: both.collect() }
    }

    fn tenths(spans: &[Span]) -> Vec<(i64, i64)> {
        let tenth = |secs: f64| (secs * 10.0).round() as i64;
        spans.iter().map(|span| (tenth(span.from), tenth(span.to))).collect()
    }

    #[test]
    fn who_waits_and_who_interrupts_is_measured() {
        //                        0         1         2         3         4
        let talk =
            Talk::of(&outline("aaaaaaaaaa..cccccccccc.......aaaaabbbbbbcccccccccc"), 0).unwrap();
        assert_eq!(tenths(&talk.overlaps), [(34, 40)]);
        assert_eq!(tenths(&talk.answers), [(22, 29)]);
        let (median, longest) = talk.waits().unwrap();
        assert!((median - 0.7).abs() < 1e-9 && (longest - 0.7).abs() < 1e-9);
        // With the sides changed it is the other who waits.
        let other = Talk::of(&outline("cccccccccc..aaaaaaaaaa.......ccccccc"), 1).unwrap();
        assert_eq!(tenths(&other.answers), [(22, 29)]);
        assert_eq!(Talk::of(&Outline { stretch_secs: 1.0, ..outline("ac") }, 0), None);
        assert_eq!(Talk::default().waits(), None);
    }

    #[test]
    fn a_breath_is_no_pause_and_a_click_is_no_speech() {
        let talk = Talk::of(&outline("cccc...cccc...........a........aaaa"), 0).unwrap();
        assert_eq!(tenths(&talk.answers), [(11, 31)]);
    }

    #[test]
    fn the_side_of_the_agent_is_known_by_what_the_transcript_says_or_not_at_all() {
        let turn = |agent, from, to| Turn { agent, span: Span { from, to } };
        let turns = [turn(true, 0.0, 2.0), turn(false, 2.0, 4.0)];
        let said = format!("{}{}", "a".repeat(20), "c".repeat(20));
        assert_eq!(agent_channel(&outline(&said), &turns), Some(0));
        let said = format!("{}{}", "c".repeat(20), "a".repeat(20));
        assert_eq!(agent_channel(&outline(&said), &turns), Some(1));
        assert_eq!(agent_channel(&outline(&"b".repeat(40)), &turns), None);
        assert_eq!(agent_channel(&outline(&said), &[]), None);
    }
}
