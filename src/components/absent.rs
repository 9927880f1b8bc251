//! Why a part of a call has nothing in it.

use calls::{Call, Status};

use crate::locale::Locale;

/// The sentence, for a call that has been opened.
#[must_use]
pub fn absent_text(call: &Call, provider: &str, locale: Locale) -> String {
    let words = locale.words;
    let goes_on = matches!(call.status, Status::Queued | Status::Ringing | Status::InProgress);
    match call.answered() {
        _ if call.purged => words.absent_purged(),
        _ if goes_on => words.absent_running(provider),
        Some(false) => words.absent_unanswered(),
        _ => words.absent_none(provider),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calls::CallKey;

    #[test]
    fn a_purge_a_running_call_and_one_that_nobody_answered_have_reasons_of_their_own() {
        let locale = Locale::english();
        let said = |change: fn(&mut Call)| {
            let mut call = Call::new(CallKey::parse("a/1").unwrap());
            change(&mut call);
            absent_text(&call, "Atoms", locale)
        };
        assert_eq!(said(|call| call.purged = true), locale.words.absent_purged());
        assert_eq!(
            said(|call| call.status = Status::InProgress),
            locale.words.absent_running("Atoms")
        );
        assert_eq!(said(|call| call.duration_ms = Some(0)), locale.words.absent_unanswered());
        assert_eq!(said(|call| call.duration_ms = Some(9)), locale.words.absent_none("Atoms"));
    }
}
