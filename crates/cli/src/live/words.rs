//! What a refusal means for whoever set the connection up.

use providers::{Refusal, RefusalKind};

/// A provider's refusal in a sentence, with what to do.
pub(super) fn refusal(refusal: &Refusal) -> String {
    let text = refusal.text.as_deref().map(|text| format!(" \"{text}\"")).unwrap_or_default();
    let id = refusal.request_id.as_deref();
    let id = id.map(|id| format!(" The provider's id of the request: {id}.")).unwrap_or_default();
    format!("{} {text}.{id} {}", refusal.status, advice(refusal.kind)).replace("  ", " ")
}

fn advice(kind: RefusalKind) -> &'static str {
    match kind {
        RefusalKind::Unauthorized => {
            "The key is not accepted: it is wrong, expired or of another account. Where a second \
             value such as the organization is wanted, that may be wrong instead. Make a new key \
             and put it where the configuration says."
        }
        RefusalKind::PaymentRequired => {
            "The account is out of credits or has no subscription. See to it at the provider."
        }
        RefusalKind::Forbidden => {
            "The key may not do this. Give it the permission to read calls and agents (TalkPilot: \
             calls:read, agents:read), and allow this machine's address if the key is bound to \
             addresses."
        }
        RefusalKind::NotFound => {
            "There is no such thing, or the key may not see it. Check base_url: it must end where \
             the provider's documentation says."
        }
        RefusalKind::Invalid => "The provider does not understand the request. Report this.",
        RefusalKind::RateLimited => {
            "Too many requests are made with this key. Wait a minute; if other programs use it, \
             give the connection a share."
        }
        RefusalKind::Unreachable | RefusalKind::TimedOut | RefusalKind::ProviderFailed => {
            "The provider has a problem. Try again in some minutes."
        }
        RefusalKind::Unreadable => {
            "The answer is not what the provider documents. Check base_url; if it is right, \
             report this with --report."
        }
    }
}
