//! The lists of wishes that Atoms takes, joined by commas.

use calls::Direction;

use crate::narrow::Narrow;

/// Every word that `statusFilter` has had, by the specification and by "Call Metrics" (`busy`).
pub(super) const STATUSES: &[&str] = &[
    "pending",
    "in_queue",
    "in_progress",
    "processing",
    "active",
    "completed",
    "failed",
    "no_answer",
    "cancelled",
    "busy",
];

/// Whether an id is one of the database's own, as agents and campaigns have: a call's is not.
pub(super) fn is_object_id(id: &str) -> bool {
    id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(super) fn agent_ids(narrow: &Narrow) -> Option<String> {
    (!narrow.agents.is_empty()).then(|| narrow.agents.join(","))
}

/// Web calls and chats have no direction: where one without is wanted, all kinds are.
pub(super) fn call_types(narrow: &Narrow) -> Option<String> {
    let words = narrow.directions.iter().map(|direction| match direction {
        Direction::Inbound => Some("telephony_inbound"),
        Direction::Outbound => Some("telephony_outbound"),
        Direction::Unknown => None,
    });
    let words: Vec<&str> = words.collect::<Option<_>>()?;
    (!words.is_empty()).then(|| words.join(","))
}
