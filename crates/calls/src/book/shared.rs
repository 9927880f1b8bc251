//! The parts of a call that many calls have alike.

use std::sync::Arc;

use crate::call::Call;
use crate::end_reason::is_transfer;
use crate::filter::Mark;
use crate::money::{Cost, CostUnit};
use crate::outcome::Success;
use crate::recording::Recording;
use crate::status::{Channel, Direction, Status};

/// On whose behalf a call took place.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Who {
    pub(crate) connection: Arc<str>,
    pub(crate) agent_id: Option<String>,
    pub(crate) agent_name: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) campaign: Option<String>,
    pub(crate) employee: Option<String>,
    pub(crate) own_number: Option<String>,
}

impl Who {
    /// Takes it out of a call.
    pub(crate) fn take(call: &mut Call) -> Self {
        Self {
            connection: call.key.connection.clone(),
            agent_id: call.agent_id.take(),
            agent_name: call.agent_name.take(),
            version: call.version.take(),
            campaign: call.campaign.take(),
            employee: call.employee.take(),
            own_number: call.own_number.take(),
        }
    }

    /// Writes it back.
    pub(crate) fn put(&self, call: &mut Call) {
        call.agent_id.clone_from(&self.agent_id);
        call.agent_name.clone_from(&self.agent_name);
        call.version.clone_from(&self.version);
        call.campaign.clone_from(&self.campaign);
        call.employee.clone_from(&self.employee);
        call.own_number.clone_from(&self.own_number);
    }

    /// What tells agents of one connection apart: the id, else the name.
    pub(crate) fn agent(&self) -> Option<&str> {
        self.agent_id.as_deref().or(self.agent_name.as_deref())
    }
}

/// What kind of call it was, and what came of it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct What {
    pub(crate) status: Status,
    pub(crate) direction: Direction,
    pub(crate) channel: Channel,
    pub(crate) success: Success,
    pub(crate) mapped: bool,
    /// Without the time at which the provider lets go of it, which each call has for itself.
    pub(crate) recording: Recording,
    pub(crate) todo: Option<bool>,
    pub(crate) cost_unit: Option<CostUnit>,
    pub(crate) test: bool,
    pub(crate) retry: bool,
    pub(crate) purged: bool,
    pub(crate) deleted: bool,
}

impl What {
    /// Takes it out of a call.
    pub(crate) fn take(call: &mut Call) -> Self {
        let recording = match call.recording {
            Recording::Available { .. } => Recording::Available { until_ms: None },
            other => other,
        };
        Self {
            status: std::mem::replace(&mut call.status, Status::NotGiven),
            direction: call.direction,
            channel: call.channel,
            success: call.success,
            mapped: call.mapped,
            recording,
            todo: call.todo,
            cost_unit: call.cost.map(|cost| cost.parts().1),
            test: call.test,
            retry: call.retry,
            purged: call.purged,
            deleted: call.deleted,
        }
    }

    /// Writes it back; `until_ms` and `amount` are what the call has for itself.
    pub(crate) fn put(&self, call: &mut Call, until_ms: Option<i64>, amount: Option<f64>) {
        call.status.clone_from(&self.status);
        call.direction = self.direction;
        call.channel = self.channel;
        call.success = self.success;
        call.mapped = self.mapped;
        call.recording = self.recording(until_ms);
        call.todo = self.todo;
        call.cost = self.cost(amount);
        call.test = self.test;
        call.retry = self.retry;
        call.purged = self.purged;
        call.deleted = self.deleted;
    }

    /// The recording with the time that belongs to it.
    pub(crate) fn recording(&self, until_ms: Option<i64>) -> Recording {
        match self.recording {
            Recording::Available { .. } => Recording::Available { until_ms },
            other => other,
        }
    }

    /// The cost with the amount that belongs to it.
    pub(crate) fn cost(&self, amount: Option<f64>) -> Option<Cost> {
        Some(Cost::of(amount?, self.cost_unit?))
    }

    /// Whether the call belongs to a group.
    pub(crate) fn has(&self, mark: Mark) -> bool {
        match mark {
            Mark::Test => self.test,
            Mark::Retry => self.retry,
            Mark::Chat => self.channel == Channel::Chat,
            Mark::Todo => self.todo == Some(true),
            Mark::Deleted => self.deleted,
            Mark::Purged => self.purged,
        }
    }

    /// All groups, a bit each.
    pub(crate) fn marks(&self) -> u8 {
        let on = Mark::ALL.into_iter().filter(|mark| self.has(*mark));
        on.fold(0, |bits, mark| bits | mark.bit())
    }
}

/// How a call went, as far as that was found out. It stands by itself, so that neither has as many
/// values as both would have together.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Findings {
    pub(crate) end_reason: Option<String>,
    pub(crate) transcript: Option<bool>,
    pub(crate) voicemail: Option<bool>,
    pub(crate) tool_errors: Option<bool>,
    pub(crate) opened: bool,
}

impl Findings {
    /// Takes them out of a call.
    pub(crate) fn take(call: &mut Call) -> Self {
        Self {
            end_reason: call.end_reason.take(),
            transcript: call.transcript,
            voicemail: call.voicemail,
            tool_errors: call.tool_errors,
            opened: call.opened,
        }
    }

    /// Whether the call was handed on to somebody; unknown where nobody says why it ended.
    pub(crate) fn transferred(&self) -> Option<bool> {
        self.end_reason.as_deref().map(is_transfer)
    }

    /// Writes them back.
    pub(crate) fn put(&self, call: &mut Call) {
        call.end_reason.clone_from(&self.end_reason);
        call.transcript = self.transcript;
        call.voicemail = self.voicemail;
        call.tool_errors = self.tool_errors;
        call.opened = self.opened;
    }
}
