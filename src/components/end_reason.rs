//! Why a call ended, in words. The providers' own words are an open list: what is not known here
//! is shown as it came.

use calls::end_reason::{folded, is_transfer};

use crate::locale::Locale;

/// A provider's word for why a call ended, in the language of the screen.
///
/// `user_hangup`, `agent_hangup` and `call_transfer` are `TalkPilot`'s; the same two, `timeout`,
/// `dial_no_answer`, `connection_error`, `system_error`, `transfer_complete`, Busy, Error and
/// Voicemail are Atoms'; `AgentVoice` documents one, `customer-ended-call`, from a vocabulary that
/// says the others alike. Truedy gives none.
#[must_use]
pub fn end_reason_text(word: &str, locale: Locale) -> String {
    let words = locale.words;
    match folded(word).as_str() {
        "user_hangup" | "customer_ended_call" => words.reason_customer(),
        "agent_hangup" | "assistant_ended_call" => words.reason_agent(),
        transfer if is_transfer(transfer) => words.reason_transferred(),
        "timeout" => words.reason_timeout(),
        "silence_timed_out" => words.reason_silence(),
        "exceeded_max_duration" => words.reason_too_long(),
        "dial_no_answer" | "no_answer" | "customer_did_not_answer" => words.reason_no_answer(),
        "dial_busy" | "busy" | "customer_busy" => words.reason_busy(),
        "voicemail" => words.reason_voicemail(),
        "connection_error" | "twilio_failed_to_connect_call" => words.reason_connection(),
        "system_error" | "assistant_error" => words.reason_system(),
        "error" => words.reason_error(),
        "manually_canceled" | "cancelled" | "canceled" => words.reason_cancelled(),
        _ => word.to_owned(),
    }
}

/// The same, with the provider's word behind it, by which it can be found again there.
#[must_use]
pub fn end_reason_with_word(word: &str, locale: Locale) -> String {
    let text = end_reason_text(word, locale);
    if text == word { text } else { locale.words.reason_with_word(text, word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every word that a document of the four providers names.
    const DOCUMENTED: [&str; 12] = [
        "user_hangup",
        "agent_hangup",
        "call_transfer",
        "customer-ended-call",
        "timeout",
        "dial_no_answer",
        "connection_error",
        "system_error",
        "transfer_complete",
        "Busy",
        "Error",
        "Voicemail",
    ];

    #[test]
    fn every_documented_reason_is_said_in_words_and_its_own_word_stays_visible() {
        let locale = Locale::english();
        for word in DOCUMENTED {
            let text = end_reason_text(word, locale);
            assert!(text != word && !text.contains('_'), "{word}: {text}");
            assert_eq!(end_reason_with_word(word, locale), format!("{text} ({word})"));
        }
    }

    #[test]
    fn providers_that_mean_the_same_are_said_alike() {
        let said = |word| end_reason_text(word, Locale::english());
        assert_eq!(said("user_hangup"), said("customer-ended-call"));
        assert_eq!(said("call_transfer"), said("transfer_complete"));
        assert_ne!(said("user_hangup"), said("agent_hangup"));
    }

    #[test]
    fn a_reason_that_is_not_known_is_shown_as_it_came() {
        let locale = Locale::english();
        for word in ["SIP 486 busy", "pipeline-error-x", "<b>"] {
            assert_eq!(end_reason_text(word, locale), word);
            assert_eq!(end_reason_with_word(word, locale), word);
        }
    }
}
