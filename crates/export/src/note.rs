//! A call as a note for a CRM: plain text in a few lines.

use calls::formats::Formats;
use calls::words::Words;
use calls::{Status, Success, Zone, wording};

use crate::exported::Exported;
use crate::plain;

/// When (with the zone), how it came out, what it was about, and the link. What is not known has
/// no line.
#[must_use]
pub fn of(exported: &Exported<'_>, zone: &Zone, words: &Words, formats: &dyn Formats) -> String {
    let call = exported.call;
    let status = (call.status != Status::NotGiven).then(|| wording::status(&call.status, words));
    let success = (call.success != Success::NotStated)
        .then(|| words.note_line(words.column_success(), wording::success(call.success, words)));
    let labels = Some(wording::outcomes(&call.outcomes, words)).filter(|said| !said.is_empty());
    let outcome: Vec<String> = [status, success, labels].into_iter().flatten().collect();
    let outcome = (!outcome.is_empty()).then(|| outcome.join(" · "));
    let summary = call.summary.as_deref().or(call.request.as_deref());
    let lines = [
        Some(plain::when(call, zone, words, formats)),
        outcome.map(|outcome| words.note_line(words.csv_outcomes(), outcome)),
        summary.map(|summary| words.note_line(words.fact_summary(), summary)),
        Some(exported.link.to_owned()),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use calls::formats::English;
    use calls::{Call, CallKey, Outcome};

    use super::*;

    fn note(call: &Call) -> String {
        let link = "https://calls.example/#?call=sales/1";
        let exported = Exported { call, connection: "Sales", link, transcript: None, facts: &[] };
        of(&exported, &Zone::utc(), &Words::english(), &English)
    }

    #[test]
    fn a_note_says_when_how_it_came_out_what_about_and_where() {
        let mut call = Call::new(CallKey::parse("sales/1").unwrap());
        assert_eq!(note(&call), "Time unknown · Unknown\nhttps://calls.example/#?call=sales/1");
        call.started_ms = Some(1_795_262_700_000);
        call.duration_ms = Some(61_000);
        call.status = Status::Completed;
        call.success = Success::Yes;
        call.outcomes = vec![Outcome { name: Some("goal".into()), value: "met".into() }];
        call.summary = Some("Wants a call back.".into());
        assert_eq!(
            note(&call),
            "Sat 21 Nov 2026, 12:05 (UTC) · Unknown · Duration 1:01\n\
             Outcome: Completed · Success: Yes · goal: met\nSummary: Wants a call back.\n\
             https://calls.example/#?call=sales/1"
        );
    }
}
