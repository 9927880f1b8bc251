//! What is marked in a waveform: who begins to speak, what the provider tells of the call, what was
//! measured in the recording; as shapes in the picture, and in words beside it.

use std::fmt::Write as _;

use calls::Insight;
use calls::formats::duration;
use calls::insight::{HappeningKind, Reply};
use leptos::prelude::*;
use sound::{Span, Talk};

use crate::components::player::Playing;
use crate::components::player::said::{SideNames, use_sides};
use crate::locale::{Locale, use_locale};

/// More of a kind are not told apart in the picture.
const MOST: usize = 100;

/// So many moments are read out of a kind.
const MOST_TOLD: usize = 12;

/// Answers that take longer are marked as such, seconds.
const LONG_WAIT_SECS: f64 = 2.0;

/// What a mark is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MarkKind {
    /// The agent begins to speak.
    Agent,
    /// The customer does.
    Customer,
    /// Something else stands in the transcript there, or an event of the provider.
    Event,
    /// The agent used a tool.
    Tool,
    /// Somebody was interrupted, as the provider tells.
    Interruption,
    /// Both speak at once, as it was measured.
    Overlap,
    /// The customer waits for an answer.
    Wait,
    /// And waits long.
    LongWait,
}

impl MarkKind {
    /// The word that style sheets know it by.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Customer => "customer",
            Self::Event => "event",
            Self::Tool => "tool",
            Self::Interruption => "interruption",
            Self::Overlap => "overlap",
            Self::Wait => "wait",
            Self::LongWait => "long-wait",
        }
    }

    fn text(self, count: usize, locale: Locale) -> String {
        let words = locale.words;
        let plural = locale.formats.plural(i64::try_from(count).unwrap_or(i64::MAX));
        let count = locale.count(count);
        match self {
            // In whose lane it stands says who it is.
            Self::Agent | Self::Customer => words.mark_turns(),
            Self::Event => words.mark_events(plural, count),
            Self::Tool => words.mark_tools(plural, count),
            Self::Interruption => words.mark_interruptions(plural, count),
            Self::Overlap => words.talk_overlaps(plural, count),
            Self::Wait => words.mark_waits(),
            Self::LongWait => {
                let secs = locale.formats.decimal(LONG_WAIT_SECS, 0);
                words.mark_long_waits(plural, count, secs)
            }
        }
    }

    /// Whether its moments are worth being read out: who begins to speak is in the transcript.
    fn is_told(self) -> bool {
        !matches!(self, Self::Agent | Self::Customer | Self::Wait)
    }
}

/// What the provider tells of moments in a call, seconds from its start.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Moments {
    marks: Vec<(MarkKind, f64)>,
    waits: Vec<Span>,
}

impl Moments {
    /// What an opened call tells.
    #[must_use]
    pub fn of(insight: &Insight) -> Self {
        let marks = insight.happenings.iter().filter_map(|happening| {
            let kind = match happening.kind {
                HappeningKind::Tool => MarkKind::Tool,
                HappeningKind::Interruption => MarkKind::Interruption,
                HappeningKind::Action | HappeningKind::Event => MarkKind::Event,
            };
            Some((kind, secs(happening.at_ms()?)))
        });
        let waits = insight.replies.iter().filter_map(wait);
        Self { marks: marks.collect(), waits: waits.collect() }
    }
}

/// When the customer waited for a reply: the provider tells both ends, or one and how long.
fn wait(reply: &Reply) -> Option<Span> {
    let (from, to) = match (reply.heard_ms, reply.spoke_ms) {
        (Some(heard), Some(spoke)) => (heard, spoke),
        (Some(heard), None) => (heard, heard + reply.took_ms),
        (None, Some(spoke)) => (spoke - reply.took_ms, spoke),
        (None, None) => return None,
    };
    (to > from).then(|| Span { from: secs(from), to: secs(to) })
}

fn secs(ms: i64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let ms = ms as f64;
    ms / 1_000.0
}

/// Everything that is marked, by kind, in the order in which it is explained.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Marks(Vec<(MarkKind, Vec<Span>)>);

impl Marks {
    /// Collects the marks of a recording. `notes` are the times of what is in the transcript and
    /// nobody has spoken.
    #[must_use]
    pub fn of(turns: &[sound::Turn], notes: &[f64], moments: &Moments, talk: &Talk) -> Self {
        let point = |at: f64| Span { from: at, to: at };
        let begins = |agent: bool| {
            turns
                .iter()
                .filter(|turn| turn.agent == agent)
                .map(|turn| point(turn.span.from))
                .collect()
        };
        let of = |kind: MarkKind| {
            let told = moments.marks.iter().filter(|(told, _)| *told == kind);
            told.map(|(_, at)| point(*at)).collect::<Vec<_>>()
        };
        let mut events = of(MarkKind::Event);
        events.extend(notes.iter().copied().map(point));
        // What the provider tells of its own answers is better than what we hear of them.
        let waits = if moments.waits.is_empty() { &talk.answers } else { &moments.waits };
        let waits = |long: bool| {
            waits.iter().filter(|span| (span.secs() >= LONG_WAIT_SECS) == long).copied().collect()
        };
        let all = [
            (MarkKind::Agent, begins(true)),
            (MarkKind::Customer, begins(false)),
            (MarkKind::Tool, of(MarkKind::Tool)),
            (MarkKind::Event, events),
            (MarkKind::Interruption, of(MarkKind::Interruption)),
            (MarkKind::Overlap, talk.overlaps.clone()),
            (MarkKind::Wait, waits(false)),
            (MarkKind::LongWait, waits(true)),
        ];
        let shown = |(_, spans): &(MarkKind, Vec<Span>)| (1..=MOST).contains(&spans.len());
        Self(all.into_iter().filter(shown).collect())
    }

    /// The shapes of each kind in a picture `width` wide, of lanes of `lane` one above the other.
    #[must_use]
    pub fn paths(&self, picture: Picture) -> Vec<(MarkKind, String)> {
        let path = |(kind, spans): &(MarkKind, Vec<Span>)| {
            (*kind, spans.iter().map(|span| picture.shape(*kind, *span)).collect())
        };
        self.0.iter().map(path).collect()
    }
}

/// The picture that marks are drawn in.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Picture {
    /// Its width and height, in its own units.
    pub size: (f64, f64),
    /// How long the recording is, seconds.
    pub secs: f64,
    /// Whether the upper half is the customer's.
    pub turned: bool,
}

impl Picture {
    fn shape(self, kind: MarkKind, span: Span) -> String {
        let (width, height) = self.size;
        let x = |secs: f64| (secs / self.secs).clamp(0.0, 1.0) * width;
        let (from, to, middle) = (x(span.from), x(span.to), height / 2.0);
        let tenth = height / 10.0;
        let mut path = String::new();
        let _never_fails = match kind {
            MarkKind::Agent | MarkKind::Customer => {
                let upper = (kind == MarkKind::Agent) != self.turned;
                let (edge, inner) = if upper { (0.0, tenth) } else { (height, height - tenth) };
                write!(path, "M{from:.1} {edge}V{inner}")
            }
            MarkKind::Event => write!(path, "M{from:.1} 0V{height}"),
            MarkKind::Tool => {
                let top = height - 1.6 * tenth;
                write!(path, "M{from:.1} 0V{top}M{:.1} {top}h6V{height}h-6z", from - 3.0)
            }
            MarkKind::Interruption => {
                let low = 1.6 * tenth;
                write!(path, "M{from:.1} {height}V{low}M{:.1} 0h8l-4 {low}z", from - 4.0)
            }
            MarkKind::Overlap | MarkKind::Wait | MarkKind::LongWait => {
                write!(path, "M{from:.1} {middle}H{to:.1}")
            }
        };
        path
    }
}

/// What is marked in the recording that is open.
pub(crate) fn use_marks(playing: Playing) -> Memo<Marks> {
    let sides = use_sides(playing);
    Memo::new(move |_| {
        let talk = playing.listening.with_outline(|outline| match sides.get()? {
            SideNames::Agent(agent) => Talk::of(outline, agent),
            // Who speaks at the same time is known also where nobody knows who it is.
            SideNames::LeftAndRight => {
                Talk::of(outline, 0).map(|talk| Talk { answers: Vec::new(), ..talk })
            }
        });
        let talk = talk.unwrap_or_default();
        playing.turns.with(|turns| {
            let of = |notes: &Vec<f64>| {
                playing.moments.with(|moments| Marks::of(turns, notes, moments, &talk))
            };
            playing.notes.with(of)
        })
    })
}

/// What the marks mean, how many of each there are, and for who cannot see them, where.
#[component]
pub fn MarksLegend(
    /// The marks.
    #[prop(into)]
    marks: Signal<Marks>,
) -> impl IntoView {
    let locale = use_locale();
    move || {
        let Marks(mut marks) = marks.get();
        let both = marks.iter().any(|(kind, _)| *kind == MarkKind::Agent);
        marks.retain(|(kind, _)| !both || *kind != MarkKind::Customer);
        let items = marks.into_iter().map(|(kind, spans)| {
            view! {
                <li class="marks__item">
                    <svg class="marks__sign" viewBox="0 0 16 12" aria-hidden="true">
                        <path class="waveform__mark" data-kind=kind.code() d=sign(kind)></path>
                    </svg>
                    {kind.text(spans.len(), locale)}
                    {kind.is_told().then(|| view! { <span class="visually-hidden">{moments_text(&spans, locale)}</span> })}
                </li>
            }
        });
        let items: Vec<_> = items.collect();
        (!items.is_empty()).then(|| {
            view! { <ul class="marks" aria-label=locale.words.marks_label()>{items}</ul> }
        })
    }
}

/// A mark as it looks, by itself.
fn sign(kind: MarkKind) -> String {
    let picture = Picture { size: (16.0, 12.0), secs: 16.0, turned: false };
    let span = match kind {
        MarkKind::Overlap | MarkKind::Wait | MarkKind::LongWait => Span { from: 1.0, to: 15.0 },
        _ => Span { from: 8.0, to: 8.0 },
    };
    match kind {
        MarkKind::Agent | MarkKind::Customer => "M8 1V11".to_owned(),
        MarkKind::Tool => "M8 0V8M5 7h6V12h-6z".to_owned(),
        MarkKind::Interruption => "M8 12V5M4 0h8l-4 5z".to_owned(),
        _ => picture.shape(kind, span),
    }
}

/// "at 0:14, 1:05 and 3 more".
fn moments_text(spans: &[Span], locale: Locale) -> String {
    let words = locale.words;
    let times = spans.iter().take(MOST_TOLD).map(|span| duration((span.from * 1_000.0).floor()));
    let times = times.collect::<Vec<_>>().join(", ");
    match spans.len().saturating_sub(MOST_TOLD) {
        0 => words.marks_at(times),
        more => words.marks_at_more(times, locale.count(more)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]
mod tests {
    use calls::insight::{Happening, When};

    use super::*;

    fn insight() -> Insight {
        let at = |kind, at_ms| Happening { when: When::At(at_ms), ..Happening::new(kind) };
        let reply = |heard_ms, spoke_ms, took_ms| Reply { number: 1, heard_ms, spoke_ms, took_ms };
        Insight {
            happenings: vec![
                at(HappeningKind::Tool, 4_000),
                at(HappeningKind::Interruption, 14_000),
                at(HappeningKind::Event, 20_000),
                Happening::new(HappeningKind::Tool),
            ],
            replies: vec![
                reply(Some(1_000), Some(1_800), 800),
                reply(None, Some(9_000), 3_000),
                reply(Some(30_000), None, 500),
                reply(None, None, 700),
            ],
            ..Insight::default()
        }
    }

    fn spans(marks: &Marks, kind: MarkKind) -> Vec<(f64, f64)> {
        let of_kind = marks.0.iter().filter(|(it, _)| *it == kind);
        of_kind.flat_map(|(_, spans)| spans.iter().map(|span| (span.from, span.to))).collect()
    }

    #[test]
    fn what_the_provider_tells_and_what_is_measured_is_marked_each_in_its_way() {
        let turn = |agent, from| sound::Turn { agent, span: Span { from, to: from + 2.0 } };
        let turns = [turn(true, 0.0), turn(false, 3.0)];
        let heard = Span { from: 5.0, to: 9.0 };
        let talk = Talk { overlaps: vec![heard], answers: vec![heard] };
        let marks = Marks::of(&turns, &[25.0], &Moments::of(&insight()), &talk);
        assert_eq!(spans(&marks, MarkKind::Agent), [(0.0, 0.0)]);
        assert_eq!(spans(&marks, MarkKind::Customer), [(3.0, 3.0)]);
        assert_eq!(spans(&marks, MarkKind::Tool), [(4.0, 4.0)], "one without a moment is not");
        assert_eq!(spans(&marks, MarkKind::Interruption), [(14.0, 14.0)]);
        assert_eq!(spans(&marks, MarkKind::Event), [(20.0, 20.0), (25.0, 25.0)]);
        assert_eq!(spans(&marks, MarkKind::Overlap), [(5.0, 9.0)]);
        assert_eq!(spans(&marks, MarkKind::Wait), [(1.0, 1.8), (30.0, 30.5)], "as it is told");
        assert_eq!(spans(&marks, MarkKind::LongWait), [(6.0, 9.0)]);
        let marks = Marks::of(&turns, &[], &Moments::default(), &talk);
        assert_eq!(spans(&marks, MarkKind::LongWait), [(5.0, 9.0)], "as it is heard");
        assert_eq!(Marks::of(&[turns[0]; 101], &[], &Moments::default(), &Talk::default()).0, []);
    }

    #[test]
    fn a_mark_stands_at_its_share_of_the_recording_on_its_side() {
        let picture = Picture { size: (480.0, 200.0), secs: 60.0, turned: false };
        let at = Span { from: 15.0, to: 30.0 };
        assert_eq!(picture.shape(MarkKind::Agent, at), "M120.0 0V20");
        assert_eq!(picture.shape(MarkKind::Customer, at), "M120.0 200V180");
        let turned = Picture { turned: true, ..picture };
        assert_eq!(turned.shape(MarkKind::Agent, at), "M120.0 200V180");
        assert_eq!(picture.shape(MarkKind::LongWait, at), "M120.0 100H240.0");
    }

    #[test]
    fn moments_are_read_out_up_to_a_dozen() {
        let spans: Vec<Span> =
            (0..14).map(|n| Span { from: f64::from(n) * 10.0, to: 0.0 }).collect();
        assert_eq!(moments_text(&spans[1..3], Locale::english()), "at 0:10, 0:20");
        assert!(moments_text(&spans, Locale::english()).ends_with("1:50 and 2 more"));
    }
}
