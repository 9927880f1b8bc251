//! Which fields a reading of a call carried, so that a later one can take something away.
//!
//! A list and a detail have different fields, and each leaves some out. What a reading does not
//! carry it says nothing of. What it carries empty is gone only if the same origin had told it
//! before: a list never blanks what only the detail has, nor the other way around.

use crate::call::Call;
use crate::outcome::Success;

/// Which of a provider's two answers a call was read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A row of a list.
    List,
    /// The answer about one call.
    Detail,
}

/// A field of a call that may become empty again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// When it ended.
    Ended,
    /// How long it lasted.
    Duration,
    /// The customer's name.
    Name,
    /// The customer's number.
    Phone,
    /// The customer's e-mail address.
    Email,
    /// The customer's contact id.
    Contact,
    /// What the customer wanted.
    Request,
    /// What happened.
    Summary,
    /// The note of the staff.
    Note,
    /// Whom it is assigned to.
    Employee,
    /// The to-do mark.
    Todo,
    /// Whether it reached its goal.
    Success,
    /// The labels for how it came out.
    Outcomes,
    /// Why it ended.
    EndReason,
    /// Whether it reached a voicemail.
    Voicemail,
    /// What it cost.
    Cost,
    /// The quality score.
    Score,
    /// The campaign.
    Campaign,
    /// The mark of a deleted call.
    Deleted,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 19] = [
        Self::Ended,
        Self::Duration,
        Self::Name,
        Self::Phone,
        Self::Email,
        Self::Contact,
        Self::Request,
        Self::Summary,
        Self::Note,
        Self::Employee,
        Self::Todo,
        Self::Success,
        Self::Outcomes,
        Self::EndReason,
        Self::Voicemail,
        Self::Cost,
        Self::Score,
        Self::Campaign,
        Self::Deleted,
    ];

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// What the readings of a call carried: what each origin has told, and what this reading carried
/// empty.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct ToldBy {
    list: u32,
    detail: u32,
    empty_in_list: u32,
    empty_in_detail: u32,
    start_of_id: bool,
}

impl ToldBy {
    /// Notes that a reading of this origin has a value for a field.
    pub fn note_value(&mut self, origin: Origin, field: Field) {
        match origin {
            Origin::List => self.list |= field.bit(),
            Origin::Detail => self.detail |= field.bit(),
        }
    }

    /// Notes that a reading of this origin carries a field, and has nothing in it.
    pub fn note_empty(&mut self, origin: Origin, field: Field) {
        match origin {
            Origin::List => self.empty_in_list |= field.bit(),
            Origin::Detail => self.empty_in_detail |= field.bit(),
        }
    }

    /// Notes that the time of the call was only read from its id: a last resort, which any time
    /// that is told goes before.
    pub fn note_start_of_id(&mut self, of_id: bool) {
        self.start_of_id = of_id;
    }

    /// Whether the time of the call was only read from its id.
    pub(crate) fn start_is_of_id(self) -> bool {
        self.start_of_id
    }

    /// Of a value that this reading was to have, it turned out that there is none: a label that
    /// states nothing takes the place of one that did.
    pub fn take_back(&mut self, field: Field) {
        self.empty_in_list |= self.list & field.bit();
        self.empty_in_detail |= self.detail & field.bit();
        self.list &= !field.bit();
        self.detail &= !field.bit();
    }

    /// Takes a later reading in, and says which fields it takes away. That a call is not deleted
    /// is an answer whoever gives it; elsewhere an empty field may only be one that is told in the
    /// other origin.
    pub(crate) fn take(&mut self, later: Self) -> impl Iterator<Item = Field> + use<> {
        let undeleted = (later.empty_in_list | later.empty_in_detail) & Field::Deleted.bit();
        let gone =
            (self.list & later.empty_in_list) | (self.detail & later.empty_in_detail) | undeleted;
        self.list = (self.list & !gone) | later.list;
        self.detail = (self.detail & !gone) | later.detail;
        Field::ALL.into_iter().filter(move |field| gone & field.bit() != 0)
    }
}

impl Call {
    /// Whether a field has a value.
    #[must_use]
    pub fn holds(&self, field: Field) -> bool {
        match field {
            Field::Ended => self.ended_ms.is_some(),
            Field::Duration => self.duration_ms.is_some(),
            Field::Name => self.customer.name.is_some(),
            Field::Phone => self.customer.phone.is_some(),
            Field::Email => self.customer.email.is_some(),
            Field::Contact => self.customer.contact_id.is_some(),
            Field::Request => self.request.is_some(),
            Field::Summary => self.summary.is_some(),
            Field::Note => self.note.is_some(),
            Field::Employee => self.employee.is_some(),
            Field::Todo => self.todo.is_some(),
            Field::Success => self.success != Success::NotStated,
            Field::Outcomes => !self.outcomes.is_empty(),
            Field::EndReason => self.end_reason.is_some(),
            Field::Voicemail => self.voicemail.is_some(),
            Field::Cost => self.cost.is_some(),
            Field::Score => self.score.is_some(),
            Field::Campaign => self.campaign.is_some(),
            Field::Deleted => self.deleted,
        }
    }

    /// Takes a field away.
    pub(crate) fn clear(&mut self, field: Field) {
        match field {
            Field::Ended => self.ended_ms = None,
            Field::Duration => self.duration_ms = None,
            Field::Name => self.customer.name = None,
            Field::Phone => self.customer.phone = None,
            Field::Email => self.customer.email = None,
            Field::Contact => self.customer.contact_id = None,
            Field::Request => self.request = None,
            Field::Summary => self.summary = None,
            Field::Note => self.note = None,
            Field::Employee => self.employee = None,
            Field::Todo => self.todo = None,
            Field::Success => (self.success, self.mapped) = (Success::NotStated, false),
            Field::Outcomes => self.outcomes.clear(),
            Field::EndReason => self.end_reason = None,
            Field::Voicemail => self.voicemail = None,
            Field::Cost => self.cost = None,
            Field::Score => self.score = None,
            Field::Campaign => self.campaign = None,
            Field::Deleted => self.deleted = false,
        }
    }
}
