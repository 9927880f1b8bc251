//! Why a call ended, in the providers' words, as far as figures tell them apart.

/// The word folded: small letters, words joined by `_`.
#[must_use]
pub fn folded(word: &str) -> String {
    word.trim().to_ascii_lowercase().replace(['-', ' '], "_")
}

/// Whether the call was handed on to somebody: `TalkPilot` says `call_transfer`, Atoms
/// `transfer_complete`, the vocabulary that `AgentVoice` draws from `assistant-forwarded-call`.
#[must_use]
pub fn is_transfer(word: &str) -> bool {
    let known = ["call_transfer", "transfer_complete", "assistant_forwarded_call", "transferred"];
    known.contains(&folded(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transfer_is_one_in_every_providers_word() {
        for word in ["call_transfer", "transfer_complete", "assistant-forwarded-call"] {
            assert!(is_transfer(word), "{word}");
        }
        assert!(!is_transfer("agent_hangup") && !is_transfer(""));
    }
}
