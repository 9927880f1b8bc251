//! What a refusal is about, so that a screen can say more than its HTTP status does.

use crate::refusal::{Refusal, RefusalKind};

/// What a refusal is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
    /// The key has expired (TalkPilot: "Keys can expire").
    KeyExpired,
    /// The id of the organization (AgentVoice's second header).
    Organization,
    /// A right that the key lacks, in the provider's word: `calls:read`.
    Permission(String),
    /// The address the request came from (Truedy: "IP address not whitelisted").
    Address,
    /// The credits are used up.
    Credits,
    /// The trial has not begun, or is over.
    Trial,
    /// The subscription is not active.
    Subscription,
    /// The plan does not have what was asked for.
    Plan,
    /// An agent, which does not exist or which the key may not see. TalkPilot answers 404 for both.
    Agent,
    /// A call.
    Call,
    /// A recording, which never was or is no longer.
    Recording,
    /// No call at all fits (AgentVoice's `most_recent`). This is no failure: there is none.
    NoCalls,
}

impl Refusal {
    /// What the refusal is about, where the provider's words tell.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        let text = self.text.as_deref().unwrap_or_default().to_ascii_lowercase();
        let says = |word: &str| text.contains(word);
        match self.kind {
            RefusalKind::Unauthorized if says("expired") => Some(Subject::KeyExpired),
            RefusalKind::Unauthorized | RefusalKind::Forbidden if says("organi") => {
                Some(Subject::Organization)
            }
            RefusalKind::PaymentRequired => payment(&text),
            RefusalKind::Forbidden => forbidden(&text),
            RefusalKind::NotFound => not_found(&text),
            _ => None,
        }
    }
}

fn payment(text: &str) -> Option<Subject> {
    let words = [
        ("trial", Subject::Trial),
        ("subscription", Subject::Subscription),
        ("credit", Subject::Credits),
    ];
    words.into_iter().find(|(word, _)| text.contains(word)).map(|(_, subject)| subject)
}

fn forbidden(text: &str) -> Option<Subject> {
    let letters = |word: &str| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned();
    let is_right = |word: &String| word.ends_with(":read") || word.ends_with(":write");
    if let Some(right) = text.split_whitespace().map(letters).find(is_right) {
        return Some(Subject::Permission(right));
    }
    let address = text.contains("whitelist") || text.contains("ip address");
    let plan = || text.contains("plan").then_some(Subject::Plan);
    address.then_some(Subject::Address).or_else(plan)
}

fn not_found(text: &str) -> Option<Subject> {
    let words = [
        ("no calls", Subject::NoCalls),
        ("recording", Subject::Recording),
        ("agent", Subject::Agent),
        ("call", Subject::Call),
        ("conversation", Subject::Call),
    ];
    words.into_iter().find(|(word, _)| text.contains(word)).map(|(_, subject)| subject)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;

    fn subject(status: u16, text: &str) -> Option<Subject> {
        let body = format!(r#"{{"error":{{"code":"X","message":"{text}"}}}}"#);
        Refusal::of(&Answer::of(status, body), 0).subject()
    }

    #[test]
    fn a_refusal_is_about_what_its_words_say() {
        let right = |right: &str| Some(Subject::Permission(right.to_owned()));
        for (status, text, expected) in [
            (401, "API key has expired", Some(Subject::KeyExpired)),
            (401, "Invalid organization id", Some(Subject::Organization)),
            (401, "Authentication failed", None),
            (402, "Out of credits", Some(Subject::Credits)),
            (402, "Your trial has not started", Some(Subject::Trial)),
            (402, "Subscription is inactive", Some(Subject::Subscription)),
            (403, "Missing permission calls:read", right("calls:read")),
            (403, "Requires `agents:read`.", right("agents:read")),
            (403, "IP address not whitelisted", Some(Subject::Address)),
            (403, "Not part of your plan", Some(Subject::Plan)),
            (404, "Agent not found", Some(Subject::Agent)),
            (404, "Call not found", Some(Subject::Call)),
            (404, "Conversation not found", Some(Subject::Call)),
            (404, "Recording not found", Some(Subject::Recording)),
            (404, "No calls found matching criteria", Some(Subject::NoCalls)),
            (500, "Agent crashed", None),
        ] {
            assert_eq!(subject(status, text), expected, "{status} {text}");
        }
    }
}
