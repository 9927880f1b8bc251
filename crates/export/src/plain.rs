//! A call as plain text, for reading and for mail.

use calls::formats::{Formats, duration};
use calls::words::Words;
use calls::{Call, Transcript, Turn, Zone, wording};

use crate::exported::Exported;

/// The whole transcript as text: what call it is, then a line a turn. Times where the provider
/// gives any.
#[must_use]
pub fn transcript(
    exported: &Exported<'_>,
    zone: &Zone,
    words: &Words,
    formats: &dyn Formats,
) -> String {
    let mut lines = head(exported, zone, words, formats);
    lines.extend((!exported.link.is_empty()).then(|| exported.link.to_owned()));
    lines.push(String::new());
    lines.push(match exported.transcript {
        Some(Transcript::Turns(turns)) => self::turns(turns, words),
        Some(Transcript::Text(text)) => text.clone(),
        Some(other) => words.note_transcript(wording::transcript(other, words)),
        None => String::new(),
    });
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn head(exported: &Exported<'_>, zone: &Zone, words: &Words, formats: &dyn Formats) -> Vec<String> {
    let call = exported.call;
    let customer = [call.customer.name.as_deref(), call.customer.phone.as_deref()];
    let customer: Vec<&str> = customer.into_iter().flatten().collect();
    let agent = call.agent_name.as_deref().or(call.agent_id.as_deref());
    let customer = (!customer.is_empty()).then(|| customer.join(", "));
    let named =
        |name: String, value: Option<String>| value.map(|value| words.note_line(name, value));
    let lines = [
        Some(when(call, zone, words, formats)),
        named(words.fact_customer(), customer),
        named(words.fact_agent(), agent.map(str::to_owned)),
        named(words.column_connection(), Some(exported.connection.to_owned())),
    ];
    lines.into_iter().flatten().collect()
}

/// Day, time and zone, who called whom, and how long.
pub(crate) fn when(call: &Call, zone: &Zone, words: &Words, formats: &dyn Formats) -> String {
    let at = call.started_ms.map_or_else(
        || words.unknown_time(),
        |at| {
            let wall = zone.wall(at);
            words.when(formats.day(wall.day), formats.time(wall), zone.name())
        },
    );
    let way = wording::way(call.direction, call.channel, words);
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^53")]
    let lasted = call.duration_ms.map(|ms| words.lasted(duration(ms as f64)));
    [Some(at), Some(way), lasted].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A line a turn: `[0:05] Agent: Good morning`. A text of several lines is one line.
#[must_use]
pub fn turns(turns: &[Turn], words: &Words) -> String {
    let line = |turn: &Turn| {
        #[allow(clippy::cast_precision_loss, reason = "milliseconds of calls")]
        let at = turn.at_ms.map(|at| format!("[{}] ", duration(at as f64)));
        let text = turn.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let speaker = wording::speaker(&turn.speaker, words);
        // An event has a name and nothing to say.
        let said = if text.is_empty() { speaker } else { words.note_line(speaker, text) };
        format!("{}{said}", at.unwrap_or_default())
    };
    turns.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use calls::formats::English;
    use calls::{CallKey, Speaker};

    use super::*;

    #[test]
    fn a_transcript_says_what_call_it_is_and_a_line_a_turn() {
        let mut call = Call::new(CallKey::parse("sales/1").unwrap());
        call.started_ms = Some(1_795_262_700_000);
        call.duration_ms = Some(119_600);
        call.customer.phone = Some("+14155550142".into());
        let turn = |speaker, text: &str, at_ms| Turn { speaker, text: text.into(), at_ms };
        let transcript = Transcript::Turns(vec![
            turn(Speaker::Agent, "Good\n\nmorning", Some(5_000)),
            turn(Speaker::Other("tool".into()), "done", None),
            turn(Speaker::Other("call_answered".into()), "", Some(6_000)),
        ]);
        let exported = Exported {
            call: &call,
            connection: "Sales",
            link: "https://calls.example/#?call=sales/1",
            transcript: Some(&transcript),
            facts: &[],
        };
        let text = super::transcript(&exported, &Zone::utc(), &Words::english(), &English);
        assert_eq!(
            text,
            "Sat 21 Nov 2026, 12:05 (UTC) · Unknown · Duration 2:00\nCustomer: +14155550142\n\
             Connection: Sales\nhttps://calls.example/#?call=sales/1\n\n\
             [0:05] Agent: Good morning\ntool: done\n[0:06] call_answered\n"
        );
        let purged = Exported { transcript: Some(&Transcript::Purged), ..exported };
        let text = super::transcript(&purged, &Zone::utc(), &Words::english(), &English);
        assert!(text.ends_with("Transcript: purged\n"), "{text}");
    }
}
