//! What a row of the list says, before it is written anywhere.

use calls::{Call, Channel, Recording, Status, Zone};
use search::Snippet;
use search::snippet::pieces;

use crate::components::call_text::{
    RowText, cost_text, direction_text, recording_text, status_text, success_text,
};
use crate::components::marked_text::side_text;
use crate::locale::Locale;
use crate::table::Column;
use crate::ui::icon::Symbol;

/// A recording that can be had for less than this is told to go soon, milliseconds.
const SOON_MS: i64 = 48 * 3_600_000;

/// What is said of a call as a whole, in the order in which it is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// Staff have something to do.
    Todo,
    /// Deleted at the provider.
    Deleted,
    /// Its data has been purged.
    Purged,
    /// It reached a voicemail.
    Voicemail,
    /// Placed to try the agent out.
    Test,
    /// A further attempt.
    Retry,
}

impl Mark {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Todo, Self::Deleted, Self::Purged, Self::Voicemail, Self::Test, Self::Retry];

    /// One word for style sheets.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Deleted => "deleted",
            Self::Purged => "purged",
            Self::Voicemail => "voicemail",
            Self::Test => "test",
            Self::Retry => "retry",
        }
    }

    /// The mark in words.
    #[must_use]
    pub fn text(self, locale: Locale) -> String {
        let words = locale.words;
        match self {
            Self::Todo => words.mark_todo(),
            Self::Deleted => words.mark_deleted(),
            Self::Purged => words.mark_purged(),
            Self::Voicemail => words.mark_voicemail(),
            Self::Test => words.mark_test(),
            Self::Retry => words.mark_retry(),
        }
    }

    /// Whether a call has it.
    #[must_use]
    pub fn is_on(self, call: &Call) -> bool {
        match self {
            Self::Todo => call.todo == Some(true),
            Self::Deleted => call.deleted,
            Self::Purged => call.purged,
            Self::Voicemail => call.voicemail == Some(true),
            Self::Test => call.test,
            Self::Retry => call.retry,
        }
    }
}

/// What a cell says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CellWords {
    /// The text, or its first line.
    pub text: String,
    /// What stands before the text (the day of a time), or in a smaller line under it.
    pub beside: Option<String>,
    /// The same at length, where the text is short.
    pub title: Option<String>,
    /// A picture of the same.
    pub symbol: Option<Symbol>,
    /// A word for style sheets.
    pub tone: Option<String>,
    /// What was found in the transcript, in place of the text.
    pub hit: Option<HitWords>,
}

/// What was found in a transcript: the words, and those around them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HitWords {
    /// Who said it, and what stands before.
    pub before: String,
    /// What was found, each with what stands behind it, in order.
    pub found: Vec<(String, String)>,
}

/// Most words that are marked in a row: a line has no room for more.
pub const MOST_MARKS: usize = 3;

impl HitWords {
    /// Puts a hit into words.
    #[must_use]
    pub fn of(hit: &Snippet, locale: Locale) -> Self {
        let before = format!("{}: ", side_text(hit.side, locale));
        let mut words = Self { before, found: Vec::new() };
        for (text, marked) in pieces(&hit.text, &hit.marks) {
            if marked && words.found.len() < MOST_MARKS {
                words.found.push((text.to_owned(), String::new()));
            } else {
                words.end().push_str(text);
            }
        }
        words
    }

    fn end(&mut self) -> &mut String {
        self.found.last_mut().map_or(&mut self.before, |(_, after)| after)
    }
}

impl CellWords {
    fn plain(text: Option<String>) -> Self {
        Self { text: text.unwrap_or_default(), ..Self::default() }
    }

    fn figure(text: Option<String>, locale: Locale) -> Self {
        let text = text.unwrap_or_else(|| locale.words.unknown_value());
        Self { text, ..Self::default() }
    }
}

/// What a row says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowWords {
    /// Its cells, in the order of the columns.
    pub cells: Vec<CellWords>,
    /// Its marks.
    pub marks: Vec<Mark>,
    /// The note of the staff, where there is one.
    pub note: Option<String>,
    /// A word for style sheets: what is special about the whole row.
    pub state: Option<&'static str>,
    /// What its parts are called; `None` for a row that flies past.
    pub names: Option<RowNames>,
}

/// What the parts of a row are called that can be pressed: for who reads with the ears, and in the
/// small windows of a mouse.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowNames {
    /// What the way into the call is called.
    pub open: String,
    /// What ticking it is called.
    pub tick: String,
    /// What playing it is called; `None` where there is nothing to play.
    pub play: Option<String>,
    /// What copying its link is called.
    pub copy: String,
}

/// Everything that a row is told with.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    /// Name of the call's connection.
    pub connection: &'a str,
    /// The language.
    pub locale: Locale,
    /// The zone of days and times.
    pub zone: &'a Zone,
    /// Now, UTC milliseconds.
    pub now_ms: i64,
    /// What was found in the call's transcript.
    pub hit: Option<&'a Snippet>,
}

impl Teller<'_> {
    /// Puts a call into words; of one that flies past nothing but what is read at a glance.
    #[must_use]
    pub fn row(&self, call: &Call, columns: &[Column], flies: bool) -> RowWords {
        let words = self.locale.words;
        let text = RowText::of(call, self.connection, self.locale, self.zone, self.now_ms);
        RowWords {
            cells: columns.iter().map(|column| self.cell(call, &text, *column)).collect(),
            marks: Mark::ALL.into_iter().filter(|mark| !flies && mark.is_on(call)).collect(),
            note: call.note.as_deref().filter(|_| !flies).map(|note| words.mark_note(note)),
            state: state(call),
            names: (!flies).then(|| self.names(call, &text)),
        }
    }

    fn names(&self, call: &Call, text: &RowText) -> RowNames {
        let words = self.locale.words;
        let playable = call.recording.playable(self.now_ms)
            && call.recording != Recording::NotReady
            && call.channel != Channel::Chat;
        RowNames {
            open: words.row_open(&text.day, &text.time, &text.customer),
            tick: words.row_tick(&text.day, &text.time, &text.customer),
            play: playable.then(|| words.row_play(&text.customer)),
            copy: words.row_copy(&text.customer),
        }
    }

    fn cell(&self, call: &Call, text: &RowText, column: Column) -> CellWords {
        let locale = self.locale;
        let plain = |text: &Option<String>| CellWords::plain(text.clone());
        let decimal = |value: f64, digits| locale.formats.decimal(value, digits);
        let figure = |text| CellWords::figure(text, locale);
        match column {
            Column::When => CellWords {
                text: text.time.clone(),
                beside: Some(text.day.clone()).filter(|day| !day.is_empty()),
                ..CellWords::default()
            },
            Column::Customer => CellWords {
                text: text.customer.clone(),
                beside: text.number.clone(),
                ..CellWords::default()
            },
            Column::About => CellWords {
                hit: self.hit.map(|hit| HitWords::of(hit, self.locale)),
                ..plain(&text.about)
            },
            Column::Agent => CellWords::plain(Some(text.agent.clone())),
            Column::Connection => CellWords::plain(Some(text.connection.clone())),
            Column::Direction | Column::Status | Column::Success | Column::Recording => {
                self.pictured(call, column)
            }
            Column::Duration => figure(Some(text.duration.clone())),
            Column::Email => plain(&call.customer.email),
            Column::OwnNumber => plain(&call.own_number),
            Column::Channel => CellWords::plain(Some(channel_text(call.channel, locale))),
            Column::EndReason => CellWords::plain(call.end_reason.as_deref().map(spoken)),
            Column::Outcome => CellWords::plain(outcomes(call, locale)),
            Column::Cost => figure(call.cost.map(|cost| cost_text(cost, locale))),
            Column::Score => figure(call.score.map(|score| decimal(score, 1))),
            #[allow(clippy::cast_precision_loss, reason = "milliseconds stay far below 2^53")]
            Column::Latency => figure(call.latency_ms.map(|ms| {
                let secs = decimal(ms as f64 / 1_000.0, 2);
                locale.words.seconds(secs)
            })),
            Column::Interruptions => figure(call.interruptions.map(|count| locale.count(count))),
            Column::Campaign => plain(&call.campaign),
            Column::Employee => plain(&call.employee),
            Column::Note => plain(&call.note),
            Column::Version => plain(&call.version),
            Column::Id => CellWords::plain(Some(call.key.reference.call_id().to_owned())),
        }
    }

    /// A word that a dot or a symbol stands before.
    fn pictured(&self, call: &Call, column: Column) -> CellWords {
        let locale = self.locale;
        match column {
            Column::Direction => {
                let (text, symbol) = direction_text(call.direction, call.channel, locale);
                CellWords { text, symbol, ..CellWords::default() }
            }
            Column::Status => CellWords {
                text: status_text(&call.status, locale),
                tone: Some(call.status.code().to_owned()),
                ..CellWords::default()
            },
            Column::Success => {
                let (text, symbol) = success_text(call.success, locale);
                let tone = Some(call.success.code().to_owned());
                CellWords { text, symbol: Some(symbol), tone, ..CellWords::default() }
            }
            _ => self.recording(call.recording),
        }
    }

    fn recording(&self, recording: Recording) -> CellWords {
        let (words, now_ms) = (self.locale.words, self.now_ms);
        let there = matches!(recording, Recording::Available { .. }) && recording.playable(now_ms);
        let until_ms = match recording {
            Recording::Available { until_ms } if there => until_ms,
            _ => None,
        };
        let soon = until_ms.filter(|until_ms| until_ms - now_ms < SOON_MS);
        let text = match (recording, soon) {
            (_, Some(until_ms)) => {
                let wall = self.zone.wall(until_ms);
                words.recording_brief_until(self.locale.formats.short_day(wall.day))
            }
            (Recording::Available { .. }, None) if there => words.recording_brief_there(),
            (Recording::Available { .. } | Recording::Expired, None) => {
                words.recording_brief_expired()
            }
            (Recording::Unknown, None) => words.recording_brief_unknown(),
            (Recording::NotReady, None) => words.recording_brief_not_ready(),
            (Recording::Absent, None) => words.recording_brief_absent(),
            (Recording::Purged, None) => words.recording_brief_purged(),
        };
        let title = match soon {
            Some(until_ms) => words.recording_soon_gone(self.at(until_ms)),
            None => recording_text(recording, now_ms, self.locale),
        };
        let tone = if soon.is_some() {
            "soon"
        } else if there {
            "there"
        } else {
            "none"
        };
        let symbol = if there { Symbol::Recording } else { Symbol::NotStated };
        let (title, tone) = (Some(title), Some(tone.to_owned()));
        CellWords { text, title, symbol: Some(symbol), tone, ..CellWords::default() }
    }

    fn at(&self, at_ms: i64) -> String {
        crate::components::call_text::when_text(at_ms, self.zone, self.locale)
    }
}

/// What is special about a whole row.
fn state(call: &Call) -> Option<&'static str> {
    match &call.status {
        _ if call.purged => Some("purged"),
        _ if call.deleted => Some("deleted"),
        Status::InProgress | Status::Ringing => Some("running"),
        Status::Failed => Some("failed"),
        _ => None,
    }
}

/// A channel in words.
#[must_use]
pub fn channel_text(channel: Channel, locale: Locale) -> String {
    match channel {
        Channel::Phone => locale.words.channel_phone(),
        Channel::Web => locale.words.channel_web(),
        Channel::Chat => locale.words.channel_chat(),
    }
}

fn outcomes(call: &Call, locale: Locale) -> Option<String> {
    let named = |outcome: &calls::Outcome| match &outcome.name {
        Some(name) => locale.words.outcome_named(name, &outcome.value),
        None => outcome.value.clone(),
    };
    let all: Vec<String> = call.outcomes.iter().map(named).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// A provider's word as a phrase: `user_hangup` reads "user hangup".
fn spoken(word: &str) -> String {
    word.replace(['_', '-'], " ")
}
