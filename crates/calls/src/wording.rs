//! What is known of a call, in words: alike on every screen and in every file.

use crate::outcome::{Outcome, Success};
use crate::recording::Recording;
use crate::status::{Channel, Direction, Status};
use crate::transcript::{Speaker, Transcript};
use crate::words::Words;

/// A status; a word that is not known is the provider's own.
#[must_use]
pub fn status(status: &Status, words: &Words) -> String {
    match status {
        Status::NotGiven => words.status_not_given(),
        Status::Queued => words.status_queued(),
        Status::Ringing => words.status_ringing(),
        Status::InProgress => words.status_in_progress(),
        Status::Completed => words.status_completed(),
        Status::Failed => words.status_failed(),
        Status::Cancelled => words.status_cancelled(),
        Status::NoAnswer => words.status_no_answer(),
        Status::Busy => words.status_busy(),
        Status::Other(word) => word.clone(),
    }
}

/// Who called whom.
#[must_use]
pub fn direction(direction: Direction, words: &Words) -> String {
    match direction {
        Direction::Inbound => words.direction_inbound(),
        Direction::Outbound => words.direction_outbound(),
        Direction::Unknown => words.direction_unknown(),
    }
}

/// What a call ran over.
#[must_use]
pub fn channel(channel: Channel, words: &Words) -> String {
    match channel {
        Channel::Phone => words.channel_phone(),
        Channel::Web => words.channel_web(),
        Channel::Chat => words.channel_chat(),
    }
}

/// Who called whom; web calls and chats say that instead.
#[must_use]
pub fn way(direction: Direction, channel: Channel, words: &Words) -> String {
    match channel {
        Channel::Phone => self::direction(direction, words),
        other => self::channel(other, words),
    }
}

/// Whether it reached its goal.
#[must_use]
pub fn success(success: Success, words: &Words) -> String {
    match success {
        Success::Yes => words.success_yes(),
        Success::No => words.success_no(),
        Success::NotStated => words.success_not_stated(),
    }
}

/// The provider's labels for how it came out, in one line.
#[must_use]
pub fn outcomes(outcomes: &[Outcome], words: &Words) -> String {
    let said = outcomes.iter().map(|outcome| match &outcome.name {
        Some(name) => words.outcome_named(name, &outcome.value),
        None => outcome.value.clone(),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// What is known of the recording, in a word or two.
#[must_use]
pub fn recording(recording: Recording, words: &Words) -> String {
    match recording {
        Recording::Unknown => words.kept_unknown(),
        Recording::Available { .. } => words.kept_available(),
        Recording::NotReady => words.kept_not_ready(),
        Recording::Absent => words.kept_absent(),
        Recording::Expired => words.kept_expired(),
        Recording::Purged => words.kept_purged(),
    }
}

/// What is known of the transcript, in a word or two.
#[must_use]
pub fn transcript(transcript: &Transcript, words: &Words) -> String {
    match transcript {
        Transcript::NotAsked | Transcript::NotInRecord => words.kept_not_loaded(),
        Transcript::Turns(_) | Transcript::Text(_) => words.kept_available(),
        Transcript::BeingWritten => words.kept_not_ready(),
        Transcript::Elsewhere => words.kept_elsewhere(),
        Transcript::Absent => words.kept_absent(),
        Transcript::Purged => words.kept_purged(),
    }
}

/// Who speaks; a word that is not known is the provider's own.
#[must_use]
pub fn speaker(speaker: &Speaker, words: &Words) -> String {
    match speaker {
        Speaker::Agent => words.speaker_agent(),
        Speaker::Customer => words.speaker_customer(),
        Speaker::Other(word) if word.is_empty() => words.speaker_other(),
        Speaker::Other(word) => word.clone(),
    }
}
