//! What the book knows of one row, without copying any of it.

use super::record::Texts;
use super::shared::{Findings, What, Who};
use super::{Book, Row};
use crate::call::{Call, Customer};
use crate::filter::Mark;
use crate::key::{CallKey, Reference};
use crate::money::Cost;
use crate::outcome::{Outcome, Success};
use crate::recording::Recording;
use crate::status::{Channel, Direction, Status};

/// What the book knows of one row, borrowed: what a table draws some dozens of at a time.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    book: &'a Book,
    row: Row,
    who: &'a Who,
    what: &'a What,
    findings: &'a Findings,
    texts: Texts<'a>,
}

impl<'a> Entry<'a> {
    pub(super) fn of(book: &'a Book, row: Row) -> Option<Self> {
        let who = book.who.get(book.columns.who.raw(row))?;
        let what = book.what.get(book.columns.what.raw(row))?;
        let findings = book.findings.get(book.columns.findings.raw(row))?;
        let texts = Texts::read(book.texts.get(row));
        Some(Self { book, row, who, what, findings, texts })
    }

    /// Its row.
    #[must_use]
    pub fn row(&self) -> Row {
        self.row
    }

    /// Id of the connection.
    #[must_use]
    pub fn connection(&self) -> &'a str {
        &self.who.connection
    }

    /// The provider's reference.
    #[must_use]
    pub fn reference(&self) -> &'a str {
        self.texts.reference
    }

    /// The call's identity.
    #[must_use]
    pub fn key(&self) -> CallKey {
        let reference = Reference::kept(self.texts.reference);
        CallKey { connection: self.who.connection.clone(), reference }
    }

    /// Time of the call, UTC milliseconds.
    #[must_use]
    pub fn started_ms(&self) -> Option<i64> {
        self.book.columns.started_ms.get(self.row)
    }

    /// How long it lasted, whole milliseconds.
    #[must_use]
    pub fn duration_ms(&self) -> Option<i64> {
        self.book.columns.duration_ms.get(self.row)
    }

    /// Whether somebody answered, as [`Call::answered`] says it.
    #[must_use]
    pub fn answered(&self) -> Option<bool> {
        Call::answered_by(self.duration_ms(), self.status())
    }

    /// What came of it.
    #[must_use]
    pub fn status(&self) -> &'a Status {
        &self.what.status
    }

    /// Who called whom.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.what.direction
    }

    /// What it ran over.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.what.channel
    }

    /// Whether it reached its goal.
    #[must_use]
    pub fn success(&self) -> Success {
        self.what.success
    }

    /// Whether its success was concluded from its outcomes.
    #[must_use]
    pub fn is_mapped(&self) -> bool {
        self.what.mapped
    }

    /// Whether nobody stated its success.
    #[must_use]
    pub fn states_nothing(&self) -> bool {
        self.what.success == Success::NotStated
    }

    /// Why it ended.
    #[must_use]
    pub fn end_reason(&self) -> Option<&'a str> {
        self.findings.end_reason.as_deref()
    }

    /// The provider's labels for how it came out.
    #[must_use]
    pub fn outcomes(&self) -> &'a [Outcome] {
        let code = self.book.columns.outcomes.raw(self.row);
        self.book.outcomes.get(code).map_or(&[], Vec::as_slice)
    }

    /// What is known of its recording.
    #[must_use]
    pub fn recording(&self) -> Recording {
        self.what.recording(self.book.columns.until_ms.get(self.row))
    }

    /// Whether there is a transcript.
    #[must_use]
    pub fn transcript(&self) -> Option<bool> {
        self.findings.transcript
    }

    /// Whether it reached a voicemail.
    #[must_use]
    pub fn voicemail(&self) -> Option<bool> {
        self.findings.voicemail
    }

    /// Whether it belongs to a group.
    #[must_use]
    pub fn has(&self, mark: Mark) -> bool {
        self.what.has(mark)
    }

    /// Whether it has been opened.
    #[must_use]
    pub fn opened(&self) -> bool {
        self.findings.opened
    }

    /// What it cost.
    #[must_use]
    pub fn cost(&self) -> Option<Cost> {
        self.what.cost(self.book.columns.amount.get(self.row))
    }

    /// The provider's score.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        self.book.columns.score.get(self.row)
    }

    /// How long the agent took to answer, whole milliseconds.
    #[must_use]
    pub fn latency_ms(&self) -> Option<i64> {
        self.book.columns.latency_ms.get(self.row)
    }

    /// How often somebody was interrupted.
    #[must_use]
    pub fn interruptions(&self) -> Option<u32> {
        let count = self.book.columns.interruptions.get(self.row)?;
        u32::try_from(count).ok()
    }

    /// The agent's id.
    #[must_use]
    pub fn agent_id(&self) -> Option<&'a str> {
        self.who.agent_id.as_deref()
    }

    /// The agent's name.
    #[must_use]
    pub fn agent_name(&self) -> Option<&'a str> {
        self.who.agent_name.as_deref()
    }

    /// The version of the agent.
    #[must_use]
    pub fn version(&self) -> Option<&'a str> {
        self.who.version.as_deref()
    }

    /// The campaign.
    #[must_use]
    pub fn campaign(&self) -> Option<&'a str> {
        self.who.campaign.as_deref()
    }

    /// The member of staff.
    #[must_use]
    pub fn employee(&self) -> Option<&'a str> {
        self.who.employee.as_deref()
    }

    /// The number on our side.
    #[must_use]
    pub fn own_number(&self) -> Option<&'a str> {
        self.who.own_number.as_deref()
    }

    /// The customer's name.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        self.texts.name
    }

    /// The customer's number as it was sent.
    #[must_use]
    pub fn phone(&self) -> Option<&'a str> {
        self.texts.phone
    }

    /// The customer's e-mail address.
    #[must_use]
    pub fn email(&self) -> Option<&'a str> {
        self.texts.email
    }

    /// The provider's id of the contact.
    #[must_use]
    pub fn contact_id(&self) -> Option<&'a str> {
        self.texts.contact_id
    }

    /// Another id that the provider knows the call by.
    #[must_use]
    pub fn other_id(&self) -> Option<&'a str> {
        self.texts.other_id
    }

    /// What it was about: the request, else the summary.
    #[must_use]
    pub fn about(&self) -> Option<&'a str> {
        self.texts.about()
    }

    /// A note written by staff.
    #[must_use]
    pub fn note(&self) -> Option<&'a str> {
        self.texts.note
    }

    /// The whole call.
    #[must_use]
    pub fn to_call(&self) -> Call {
        let columns = &self.book.columns;
        let mut call = Call::new(self.key());
        call.started_ms = self.started_ms();
        call.ended_ms = columns.ended_ms.get(self.row);
        call.duration_ms = self.duration_ms();
        call.score = self.score();
        call.latency_ms = self.latency_ms();
        call.interruptions = self.interruptions();
        call.retries = columns.retries.raw(self.row);
        self.who.put(&mut call);
        let (until_ms, amount) = (columns.until_ms.get(self.row), columns.amount.get(self.row));
        self.what.put(&mut call, until_ms, amount);
        self.findings.put(&mut call);
        call.outcomes = self.outcomes().to_vec();
        call.told = self.book.told.get(columns.told.raw(self.row)).copied().unwrap_or_default();
        self.put_texts(&mut call);
        call
    }

    fn put_texts(&self, call: &mut Call) {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let texts = &self.texts;
        call.customer = Customer {
            name: owned(texts.name),
            phone: owned(texts.phone),
            email: owned(texts.email),
            contact_id: owned(texts.contact_id),
        };
        call.request = owned(texts.request);
        call.summary = owned(texts.summary);
        call.note = owned(texts.note);
        call.retry_of = owned(texts.retry_of);
        call.other_id = owned(texts.other_id);
    }
}
