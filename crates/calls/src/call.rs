//! One call, as every provider's record is read into it.

use crate::key::CallKey;
use crate::money::Cost;

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
    /// Sensitive data has been purged by the provider.
    pub purged: bool,
    /// Soft-deleted at the provider.
    pub deleted: bool,
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
            outcomes: Vec::new(),
            end_reason: None,
            voicemail: None,
            cost: None,
            score: None,
            recording: Recording::Unknown,
            campaign: None,
            test: false,
            retry: false,
            purged: false,
            deleted: false,
        }
    }

    /// Whether somebody answered: yes if it lasted, no if it lasted nothing or its status says so,
    /// `None` if nobody knows (a running call, or one without a duration).
    #[must_use]
    pub fn answered(&self) -> Option<bool> {
        match self.duration_ms {
            Some(duration_ms) => Some(duration_ms > 0),
            None => self.status.is_unanswered().then_some(false),
        }
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
    /// was, so that opening a call never blanks a field; but a purge wins over everything.
    pub fn merge(&mut self, later: Self) {
        self.merge_facts(&later);
        self.merge_texts(later);
        if self.purged {
            self.forget_purged();
        }
    }

    fn merge_facts(&mut self, later: &Self) {
        self.started_ms = later.started_ms.or(self.started_ms);
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
            self.success = later.success;
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
        self.purged |= later.purged;
        self.deleted |= later.deleted;
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
        keep(&mut self.customer.name, later.customer.name);
        keep(&mut self.customer.phone, later.customer.phone);
        keep(&mut self.customer.email, later.customer.email);
        keep(&mut self.customer.contact_id, later.customer.contact_id);
        if !later.outcomes.is_empty() {
            self.outcomes = later.outcomes;
        }
    }

    /// Removes what a purge removes: the number and the recording (the transcript lives in the
    /// opened call). Names and summaries stay, as the provider leaves them.
    fn forget_purged(&mut self) {
        self.customer.phone = None;
        self.recording = Recording::Purged;
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

/// What came of a call.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Status {
    /// The provider has no status (TalkPilot), or left it out.
    NotGiven,
    /// Waiting to be placed.
    Queued,
    /// Ringing at the other end.
    Ringing,
    /// People are talking.
    InProgress,
    /// It took place and ended.
    Completed,
    /// It could not take place.
    Failed,
    /// Called off before it connected.
    Cancelled,
    /// Nobody answered.
    NoAnswer,
    /// The line was busy.
    Busy,
    /// A word that is not known here, kept as it is.
    Other(String),
}

impl Status {
    /// Folds the providers' spellings; unknown words are kept.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let folded = word.trim().to_ascii_lowercase().replace('-', "_");
        match folded.as_str() {
            "" => Self::NotGiven,
            "queued" | "in_queue" | "pending" | "scheduled" => Self::Queued,
            "ringing" => Self::Ringing,
            "in_progress" | "active" | "processing" | "ongoing" => Self::InProgress,
            "completed" | "ended" => Self::Completed,
            "failed" | "error" => Self::Failed,
            "cancelled" | "canceled" => Self::Cancelled,
            "no_answer" => Self::NoAnswer,
            "busy" => Self::Busy,
            _ => Self::Other(word.trim().to_owned()),
        }
    }

    /// One word that stands for the status in URLs and CSS; [`Status::of`] reads it back.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::NotGiven => "none",
            Self::Queued => "queued",
            Self::Ringing => "ringing",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::Other(word) => word,
        }
    }

    /// Whether the status alone says that nobody answered.
    #[must_use]
    pub fn is_unanswered(&self) -> bool {
        matches!(self, Self::NoAnswer | Self::Busy | Self::Cancelled | Self::Failed)
    }
}

/// Who called whom.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// The customer called.
    Inbound,
    /// The agent called.
    Outbound,
    /// The provider does not say.
    Unknown,
}

impl Direction {
    /// One word for URLs and CSS.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Unknown => "unknown",
        }
    }
}

/// What a call ran over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Channel {
    /// The telephone network.
    Phone,
    /// A web page (Truedy `webrtc`, Atoms `webcall`): no numbers.
    Web,
    /// Written chat (Atoms): no audio.
    Chat,
}

/// Whether a call reached its goal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Success {
    /// It did.
    Yes,
    /// It did not.
    No,
    /// Nobody said.
    NotStated,
}

impl Success {
    /// Reads a provider's yes or no.
    #[must_use]
    pub fn of(stated: Option<bool>) -> Self {
        match stated {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::NotStated,
        }
    }

    /// One word for URLs and CSS.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotStated => "not-stated",
        }
    }
}

/// A provider's label for how a call came out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// What was asked (Atoms: the metric's identifier). `None` for a bare label (Truedy).
    pub name: Option<String>,
    /// The label or value.
    pub value: String,
}

impl Outcome {
    /// The label as a success mapping names it: `value`, or `name=value`.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.name {
            Some(name) => format!("{name}={}", self.value),
            None => self.value.clone(),
        }
    }
}

/// What is known of a call's recording.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Recording {
    /// Only opening the call tells (TalkPilot's list does not say).
    Unknown,
    /// There is one. `until_ms` is when the provider lets go of it for good, where it says so.
    Available {
        /// UTC milliseconds after which it cannot be had any more.
        until_ms: Option<i64>,
    },
    /// It may still appear (the call ended moments ago).
    NotReady,
    /// There is none.
    Absent,
    /// There was one; the provider no longer gives it out.
    Expired,
    /// There was one; it has been purged.
    Purged,
}

impl Recording {
    /// Whether playing it may be tried now.
    #[must_use]
    pub fn playable(self, now_ms: i64) -> bool {
        match self {
            Self::Available { until_ms } => until_ms.is_none_or(|until| now_ms < until),
            Self::Unknown | Self::NotReady => true,
            Self::Absent | Self::Expired | Self::Purged => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> Call {
        Call::new(CallKey::parse("a/1").unwrap())
    }

    #[test]
    fn spellings_of_one_status_are_one_status() {
        assert_eq!(Status::of("ended"), Status::of("completed"));
        assert_eq!(Status::of("in-progress"), Status::InProgress);
        assert_eq!(Status::of("canceled"), Status::Cancelled);
        assert_eq!(Status::of("forwarding"), Status::Other("forwarding".into()));
        for status in [Status::Queued, Status::NoAnswer, Status::Other("x".into())] {
            assert_eq!(Status::of(status.code()), status);
        }
    }

    #[test]
    fn opening_a_call_never_blanks_a_field() {
        let mut row = call();
        row.customer.name = Some("Hans Meier".into());
        row.status = Status::Completed;
        row.recording = Recording::Available { until_ms: None };
        let mut detail = call();
        detail.score = Some(8.0);
        row.merge(detail);
        assert_eq!(row.customer.name.as_deref(), Some("Hans Meier"));
        assert_eq!(row.status, Status::Completed);
        assert_eq!(row.recording, Recording::Available { until_ms: None });
        assert_eq!(row.score, Some(8.0));
    }

    #[test]
    fn a_purge_wins_over_what_the_list_still_knew() {
        let mut row = call();
        row.customer.phone = Some("+491701234567".into());
        row.recording = Recording::Available { until_ms: None };
        let mut detail = call();
        detail.purged = true;
        row.merge(detail);
        assert_eq!(row.customer.phone, None);
        assert_eq!(row.recording, Recording::Purged);
    }

    #[test]
    fn zero_seconds_is_not_answered_and_no_duration_is_unknown() {
        let mut row = call();
        assert_eq!(row.answered(), None);
        row.status = Status::Busy;
        assert_eq!(row.answered(), Some(false));
        row.duration_ms = Some(0);
        row.status = Status::Completed;
        assert_eq!(row.answered(), Some(false));
        row.duration_ms = Some(1);
        assert_eq!(row.answered(), Some(true));
    }

    #[test]
    fn a_recording_is_playable_until_the_provider_lets_go_of_it() {
        let recording = Recording::Available { until_ms: Some(100) };
        assert!(recording.playable(99));
        assert!(!recording.playable(100));
    }
}
