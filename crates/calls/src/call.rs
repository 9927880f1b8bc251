//! One call, as every provider's record is read into it.

use crate::key::CallKey;
use crate::money::Cost;
use crate::outcome::{Outcome, Success};
use crate::recording::Recording;
use crate::status::{Channel, Direction, Status};
use crate::told::ToldBy;

/// A call. Times are UTC milliseconds since 1970, durations whole milliseconds.
#[derive(Clone, PartialEq, Debug)]
pub struct Call {
    /// Identity.
    pub key: CallKey,
    /// The time of the call: when it started, else when its record was created.
    pub started_ms: Option<i64>,
    /// When it ended.
    pub ended_ms: Option<i64>,
    /// How long it lasted. `None` is unknown or still running, 0 is not answered.
    pub duration_ms: Option<i64>,
    /// What came of the call.
    pub status: Status,
    /// Who called whom.
    pub direction: Direction,
    /// What the call ran over.
    pub channel: Channel,
    /// The agent's id at the provider.
    pub agent_id: Option<String>,
    /// The agent's name, where the record or the provider's list of agents has it.
    pub agent_name: Option<String>,
    /// The person on the other end.
    pub customer: Customer,
    /// The number on our side.
    pub own_number: Option<String>,
    /// What the customer wanted, in a line.
    pub request: Option<String>,
    /// What happened, in a few sentences.
    pub summary: Option<String>,
    /// A note written by staff.
    pub note: Option<String>,
    /// The member of staff the call is assigned to.
    pub employee: Option<String>,
    /// Whether staff still have something to do (TalkPilot: `done` is false). `None` where the
    /// provider has no such mark.
    pub todo: Option<bool>,
    /// Whether the call reached its goal, by the provider's own word.
    pub success: Success,
    /// Whether that was concluded from the outcomes (see [`crate::SuccessMap`]) and not stated by
    /// the provider.
    pub mapped: bool,
    /// The provider's labels for how it came out.
    pub outcomes: Vec<Outcome>,
    /// Why the call ended, in the provider's word.
    pub end_reason: Option<String>,
    /// Whether it reached a voicemail. `None` where the provider does not say.
    pub voicemail: Option<bool>,
    /// What it cost.
    pub cost: Option<Cost>,
    /// The provider's quality score (TalkPilot: 1–10, detail only).
    pub score: Option<f64>,
    /// What is known of its recording.
    pub recording: Recording,
    /// Name or id of the campaign it belongs to.
    pub campaign: Option<String>,
    /// A call placed to try the agent out.
    pub test: bool,
    /// A second or later attempt at another call.
    pub retry: bool,
    /// The provider's id of the call that this one tries again, where it says so. Calls that
    /// belong together have the same one, which is the first attempt's own id.
    pub retry_of: Option<String>,
    /// How many further attempts followed this call, where the provider says so.
    pub retries: Option<u64>,
    /// The version of the agent that spoke, where the provider says so.
    pub version: Option<String>,
    /// Sensitive data has been purged by the provider.
    pub purged: bool,
    /// Soft-deleted at the provider.
    pub deleted: bool,
    /// Whether the call has been opened: what only the provider's detail answer tells is known as
    /// far as it is told at all. Until then it is unknown, whatever stands here.
    pub opened: bool,
    /// Whether there is a transcript. `None` until a list or opening the call tells.
    pub transcript: Option<bool>,
    /// How long the agent took to answer, on average, whole milliseconds. From the detail answer,
    /// where an adapter knows the unit.
    pub latency_ms: Option<i64>,
    /// How often somebody was interrupted. From the detail answer.
    pub interruptions: Option<u32>,
    /// Whether a tool of the agent failed. From the detail answer.
    pub tool_errors: Option<bool>,
    /// Another id that the provider knows the call by, where it has two (TalkPilot: the id at
    /// LiveKit). Searched, and understood in links.
    pub other_id: Option<String>,
    /// Which fields have been told, and in which shape.
    pub told: ToldBy,
}

impl Call {
    /// A call of which nothing is known but its identity.
    #[must_use]
    pub fn new(key: CallKey) -> Self {
        Self {
            key,
            started_ms: None,
            ended_ms: None,
            duration_ms: None,
            status: Status::NotGiven,
            direction: Direction::Unknown,
            channel: Channel::Phone,
            agent_id: None,
            agent_name: None,
            customer: Customer::default(),
            own_number: None,
            request: None,
            summary: None,
            note: None,
            employee: None,
            todo: None,
            success: Success::NotStated,
            mapped: false,
            outcomes: Vec::new(),
            end_reason: None,
            voicemail: None,
            cost: None,
            score: None,
            recording: Recording::Unknown,
            campaign: None,
            test: false,
            retry: false,
            retry_of: None,
            retries: None,
            version: None,
            purged: false,
            deleted: false,
            opened: false,
            transcript: None,
            latency_ms: None,
            interruptions: None,
            tool_errors: None,
            other_id: None,
            told: ToldBy::default(),
        }
    }

    /// Whether somebody answered: yes if it lasted, no if it lasted nothing or its status says so,
    /// `None` if nobody knows (a running call, or one without a duration).
    #[must_use]
    pub fn answered(&self) -> Option<bool> {
        Self::answered_by(self.duration_ms, &self.status)
    }

    /// The same, from what it goes by.
    #[must_use]
    pub fn answered_by(duration_ms: Option<i64>, status: &Status) -> Option<bool> {
        match duration_ms {
            Some(duration_ms) => Some(duration_ms > 0),
            None => status.is_unanswered().then_some(false),
        }
    }

    /// Whether its recording can be saved now, as far as is known: somebody answered, and it is
    /// there or only asking for it tells.
    #[must_use]
    pub fn may_have_recording(&self, now_ms: i64) -> bool {
        let is_there = self.recording.playable(now_ms) && self.recording != Recording::NotReady;
        is_there && self.answered() != Some(false)
    }

    /// What the call was about: the request, else the summary.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        self.request.as_deref().or(self.summary.as_deref())
    }

    /// How many milliseconds a call that is still running has been going on.
    #[must_use]
    pub fn running_for_ms(&self, now_ms: i64) -> Option<i64> {
        let running = self.status == Status::InProgress;
        running.then(|| self.started_ms.map(|start| (now_ms - start).max(0)))?
    }

    /// Takes a later reading of the same call. What the later reading does not know stays as it
    /// was, so that opening a call never blanks a field; what the same shape told before and now
    /// carries empty is gone (see [`ToldBy`]); and a purge wins over everything.
    pub fn merge(&mut self, later: Self) {
        for gone in self.told.take(later.told) {
            self.clear(gone);
        }
        self.merge_start(&later);
        self.merge_facts(&later);
        self.merge_texts(later);
        if self.purged {
            self.forget_purged();
        }
    }

    /// A time that was told stays before one that could only be read from the call's id.
    fn merge_start(&mut self, later: &Self) {
        let is_told = self.started_ms.is_some() && !self.told.start_is_of_id();
        let keeps = later.started_ms.is_none() || (is_told && later.told.start_is_of_id());
        if !keeps {
            self.started_ms = later.started_ms;
            self.told.note_start_of_id(later.told.start_is_of_id());
        }
    }

    fn merge_facts(&mut self, later: &Self) {
        self.ended_ms = later.ended_ms.or(self.ended_ms);
        self.duration_ms = later.duration_ms.or(self.duration_ms);
        if later.status != Status::NotGiven {
            self.status = later.status.clone();
        }
        if later.direction != Direction::Unknown {
            self.direction = later.direction;
        }
        if later.channel != Channel::Phone {
            self.channel = later.channel;
        }
        if later.success != Success::NotStated {
            (self.success, self.mapped) = (later.success, later.mapped);
        }
        if later.recording != Recording::Unknown {
            self.recording = later.recording;
        }
        self.todo = later.todo.or(self.todo);
        self.voicemail = later.voicemail.or(self.voicemail);
        self.cost = later.cost.or(self.cost);
        self.score = later.score.or(self.score);
        self.test |= later.test;
        self.retry |= later.retry;
        self.retries = later.retries.or(self.retries);
        self.purged |= later.purged;
        self.deleted |= later.deleted;
        self.merge_details(later);
    }

    fn merge_details(&mut self, later: &Self) {
        self.opened |= later.opened;
        self.transcript = later.transcript.or(self.transcript);
        self.latency_ms = later.latency_ms.or(self.latency_ms);
        self.interruptions = later.interruptions.or(self.interruptions);
        self.tool_errors = later.tool_errors.or(self.tool_errors);
    }

    fn merge_texts(&mut self, later: Self) {
        let keep = |mine: &mut Option<String>, theirs: Option<String>| {
            if theirs.is_some() {
                *mine = theirs;
            }
        };
        keep(&mut self.agent_id, later.agent_id);
        keep(&mut self.agent_name, later.agent_name);
        keep(&mut self.own_number, later.own_number);
        keep(&mut self.request, later.request);
        keep(&mut self.summary, later.summary);
        keep(&mut self.note, later.note);
        keep(&mut self.employee, later.employee);
        keep(&mut self.end_reason, later.end_reason);
        keep(&mut self.campaign, later.campaign);
        keep(&mut self.retry_of, later.retry_of);
        keep(&mut self.version, later.version);
        keep(&mut self.other_id, later.other_id);
        keep(&mut self.customer.name, later.customer.name);
        keep(&mut self.customer.phone, later.customer.phone);
        keep(&mut self.customer.email, later.customer.email);
        keep(&mut self.customer.contact_id, later.customer.contact_id);
        if !later.outcomes.is_empty() {
            self.outcomes = later.outcomes;
        }
    }

    /// Removes what a purge removes: the number and the recording (the transcript itself lives in
    /// the opened call). Names and summaries stay, as the provider leaves them.
    fn forget_purged(&mut self) {
        self.customer.phone = None;
        self.recording = Recording::Purged;
        self.transcript = Some(false);
    }
}

/// The person on the other end.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Customer {
    /// Name, if the provider tracked one.
    pub name: Option<String>,
    /// Number as the provider sent it. `None` when withheld, purged or not a phone call.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The provider's contact id.
    pub contact_id: Option<String>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]
mod tests;
