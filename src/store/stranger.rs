//! Answers of something that is no proxy of ours.

use providers::{Refusal, RefusalKind};

/// What answers with an error that is not the proxy's own is no proxy: a plain file server, which
/// says 404, for one.
pub(super) fn of_stranger(refusal: Refusal) -> Refusal {
    if refusal.from_proxy { refusal } else { Refusal::unreachable(refusal.status.to_string()) }
}

/// What answers, but not with what a proxy says.
pub(super) fn unreadable(why: String) -> Refusal {
    let mut refusal = Refusal::unreachable(why);
    refusal.kind = RefusalKind::Unreadable;
    refusal.from_proxy = true;
    refusal
}
