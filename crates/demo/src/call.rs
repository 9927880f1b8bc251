//! What happened in one call, before any provider words it.

use std::borrow::Cow;
use std::sync::Arc;

use crate::agent::{AGENTS, Agent, Provider};
use crate::clock::SECOND;
use crate::script::Speaker;
use crate::sentinel::Fault;
use crate::talk::Talk;

/// Transcript, recording and analysis are ready this long after the end.
const PROCESSING_MS: i64 = 20 * SECOND;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    Inbound,
    Outbound,
    /// Spoken in a browser: no numbers.
    Web,
    /// Written: no audio.
    Chat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    CustomerHungUp,
    AgentHungUp,
    Transferred,
    /// Nobody spoke any more, or the longest time was over.
    TimedOut,
    Voicemail,
    NoAnswer,
    Busy,
    /// The line broke or never stood.
    LineFailed,
    /// Something broke at the provider.
    SystemFailed,
    Cancelled,
}

impl End {
    /// Whether somebody or something answered.
    pub(crate) fn answered(self) -> bool {
        !matches!(
            self,
            Self::NoAnswer | Self::Busy | Self::LineFailed | Self::SystemFailed | Self::Cancelled
        )
    }
}

/// How far a call has come at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Queued,
    Ringing,
    Talking,
    /// Over, but transcript and recording are not ready.
    Processing,
    Done,
}

impl Phase {
    pub(crate) fn over(self) -> bool {
        matches!(self, Self::Processing | Self::Done)
    }
}

/// What the recording of a call is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Audio {
    /// There is none, and the provider says null.
    None,
    /// There is none, and the provider says `""`.
    EmptyLink,
    /// As the provider usually gives it.
    #[default]
    Usual,
    /// WAV with 8 bits a sample.
    EightBit,
    /// WAV in µ-law.
    MuLaw,
    /// WAV with a LIST chunk in front of the samples.
    ListChunk,
    /// A WAV header and not one sample.
    HeaderOnly,
    /// WAV in A-law.
    ALaw,
    /// WAV in IMA ADPCM, which no browser plays.
    Adpcm,
    /// WAV of silence.
    Silent,
    /// WAV whose header promises twice as much.
    BrokenOff,
    /// An MP3 of changing bit rates, whose pitch says which second it is.
    Seconds,
}

/// A turn that is written but never spoken.
pub(crate) type Written = (Speaker, Cow<'static, str>);

/// One turn of a transcript.
pub(crate) struct Line<'a> {
    pub(crate) speaker: Speaker,
    pub(crate) text: &'a str,
    pub(crate) at_ms: i64,
    pub(crate) end_ms: i64,
}

/// One call with everything that any provider could say about it.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) provider: Provider,
    /// The id in the provider's route.
    pub(crate) id: String,
    /// A number of this call's own, from which chance details follow.
    pub(crate) key: u64,
    /// Place of the agent in [`AGENTS`].
    pub(crate) agent: usize,
    pub(crate) channel: Channel,
    /// Place of the customer in the list of people.
    pub(crate) person: Option<usize>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    /// The customer's number as the network gave it.
    pub(crate) phone: Option<String>,
    pub(crate) created_ms: i64,
    /// When the agent or the customer picked up.
    pub(crate) answered_ms: Option<i64>,
    pub(crate) ended_ms: i64,
    /// When somebody worked on the record after the call.
    pub(crate) edited_ms: Option<i64>,
    pub(crate) end: End,
    /// A word for the status that the provider uses until the end, instead of the usual one.
    pub(crate) waiting_word: Option<&'static str>,
    pub(crate) talk: Option<Arc<Talk>>,
    pub(crate) written: Vec<Written>,
    pub(crate) transcript: bool,
    pub(crate) request: Cow<'static, str>,
    pub(crate) summary: Cow<'static, str>,
    pub(crate) note: Option<Cow<'static, str>>,
    pub(crate) success: Option<bool>,
    pub(crate) audio: Audio,
    pub(crate) purged: bool,
    pub(crate) deleted_ms: Option<i64>,
    pub(crate) test: bool,
    /// The call that this one tries again, and how many times before.
    pub(crate) retry_of: Option<(String, u32)>,
    pub(crate) fault: Option<Fault>,
}

impl Call {
    pub(crate) fn agent(&self) -> &'static Agent {
        let [first, ..] = &AGENTS;
        AGENTS.get(self.agent).unwrap_or(first)
    }

    /// How far the call has come; `None` while it lies in the future.
    pub(crate) fn phase(&self, now_ms: i64) -> Option<Phase> {
        let answered = self.answered_ms.is_some_and(|at| at <= now_ms);
        match now_ms {
            now if now < self.created_ms => None,
            now if now >= self.ended_ms + PROCESSING_MS => Some(Phase::Done),
            now if now >= self.ended_ms => Some(Phase::Processing),
            _ if answered => Some(Phase::Talking),
            now if now < self.created_ms + 2 * SECOND => Some(Phase::Queued),
            _ => Some(Phase::Ringing),
        }
    }

    /// When the record last changed, as far as that has happened.
    pub(crate) fn updated_ms(&self, now_ms: i64) -> i64 {
        let finished = (self.ended_ms + PROCESSING_MS).min(now_ms).max(self.created_ms);
        self.edited_ms.filter(|edited| *edited <= now_ms).unwrap_or(finished)
    }

    /// From answer to hang-up; `None` when nobody answered.
    pub(crate) fn talk_ms(&self) -> Option<i64> {
        self.answered_ms.map(|answered| self.ended_ms - answered)
    }

    /// The transcript, whether spoken or only written.
    pub(crate) fn lines(&self) -> Vec<Line<'_>> {
        if !self.transcript {
            return Vec::new();
        }
        match &self.talk {
            Some(talk) => talk
                .said()
                .map(|said| Line {
                    speaker: said.speaker,
                    text: said.text,
                    at_ms: said.at_ms,
                    end_ms: said.end_ms,
                })
                .collect(),
            None => written_lines(&self.written),
        }
    }

    /// Whether a recording can be heard once the call is done.
    pub(crate) fn recorded(&self) -> bool {
        let silent = matches!(self.audio, Audio::None | Audio::EmptyLink);
        self.talk.is_some() && !silent && !self.purged && self.channel != Channel::Chat
    }
}

/// How long one letter takes where nobody spoke.
const LETTER_MS: i64 = 55;

fn written_lines(written: &[Written]) -> Vec<Line<'_>> {
    let mut next = 600;
    let mut lines = Vec::new();
    for (speaker, text) in written {
        let letters = i64::try_from(text.chars().count()).unwrap_or(0);
        let end_ms = next + letters * LETTER_MS;
        lines.push(Line { speaker: *speaker, text, at_ms: next, end_ms });
        next = end_ms + 700;
    }
    lines
}

/// How long a written conversation takes.
pub(crate) fn written_ms(written: &[Written]) -> i64 {
    written_lines(written).last().map_or(0, |line| line.end_ms + SECOND)
}
