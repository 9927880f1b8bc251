//! What was read, as plain text: one line a call, one a turn, one a fact.

use std::fmt::Write as _;

use calls::{Call, Cost, Recording, Speaker, Transcript};
use providers::{Adapter, Answer, Event, NoRecording, Refusal, Track};

use crate::fixture::{self, Fixture};
use crate::wire;

/// The instant at which fixtures are read: 2026-03-20T00:00:00Z.
pub(crate) const NOW_MS: i64 = 1_773_964_800_000;

/// Longest value that is shown whole.
const LONGEST: usize = 120;

/// Everything that is read out of a provider's fixtures.
pub(crate) fn provider(id: &str, adapter: &dyn Adapter) -> String {
    let mut out = String::new();
    for kind in ["agents", "list", "detail", "transcript", "error", "odd"] {
        for fixture in fixture::of(id, kind) {
            writeln!(out, "== {}", fixture.name).unwrap();
            one(&mut out, adapter, kind, &fixture);
            out.push('\n');
        }
    }
    out
}

/// The first lines in which two texts differ, if they do.
pub(crate) fn difference(expected: &str, read: &str) -> Option<String> {
    let mut heading = "";
    let mut lines = read.lines();
    for line in expected.lines() {
        if line.starts_with("== ") {
            heading = line;
        }
        let now = lines.next().unwrap_or("(nothing)");
        if now != line {
            return Some(format!("{heading}\n  expected {line}\n  read     {now}"));
        }
    }
    lines.next().map(|now| format!("{heading}\n  expected (nothing)\n  read     {now}"))
}

fn one(out: &mut String, adapter: &dyn Adapter, kind: &str, fixture: &Fixture) {
    let opened = fixture.name.starts_with("odd/detail-") || kind == "detail";
    match kind {
        "agents" => events(out, &wire::read_agents(adapter, fixture)),
        "transcript" => detail(out, adapter, &with_transcript(&fixture.body)),
        _ if opened => detail(out, adapter, &fixture.answer()),
        _ => events(out, &wire::read_list(adapter, fixture)),
    }
}

/// A transcript by itself is put into the smallest call there is.
fn with_transcript(transcript: &[u8]) -> Answer {
    let transcript = String::from_utf8_lossy(transcript);
    Answer::of(200, format!(r#"{{"id":"call-1","callId":"call-1","transcript":{transcript}}}"#))
}

fn events(out: &mut String, events: &[Event]) {
    for event in events {
        match event {
            Event::Calls(calls) => calls.iter().for_each(|read| call(out, read)),
            Event::Agents(agents) => {
                for agent in agents {
                    writeln!(out, "agent {} {:?}", agent.id, agent.name).unwrap();
                }
            }
            Event::OutcomeNames(names) => writeln!(out, "outcomes {}", names.join(", ")).unwrap(),
            Event::Skipped { records, why } => {
                writeln!(out, "skipped {records}: {}", short(why)).unwrap();
            }
            Event::Progress { read, total } => writeln!(out, "read {read} of {total:?}").unwrap(),
            Event::Wait { until_ms } => writeln!(out, "wait {} ms", until_ms - NOW_MS).unwrap(),
            Event::Refused(refusal) => refused(out, refusal),
            Event::Missing { part } => writeln!(out, "missing: {part}").unwrap(),
            Event::Gone(key) => writeln!(out, "gone {key}").unwrap(),
            Event::Doubtful => writeln!(out, "calls that never began may be missing").unwrap(),
            Event::Capped { read, total } => {
                writeln!(out, "capped at {read} of {total:?}").unwrap()
            }
        }
    }
}

fn refused(out: &mut String, refusal: &Refusal) {
    write!(out, "refused {:?} {}", refusal.kind, refusal.status).unwrap();
    field(out, "text", refusal.text.as_ref());
    field(out, "code", refusal.code.as_ref());
    field(out, "request_id", refusal.request_id.as_ref());
    field(out, "retry", refusal.retry_ms.map(|at| format!("{}ms", at - NOW_MS)));
    out.push('\n');
}

fn detail(out: &mut String, adapter: &dyn Adapter, answer: &Answer) {
    let key = wire::key(adapter);
    match adapter.read_detail(&key, answer, NOW_MS) {
        Err(refusal) => refused(out, &refusal),
        Ok(opened) => {
            call(out, &opened.call);
            transcript(out, &opened.transcript);
            for fact in &opened.facts {
                writeln!(out, "fact {} = {}", fact.name, short(&fact.value)).unwrap();
            }
        }
    }
    for track in [Track::Main, Track::Mono] {
        let address = adapter.read_recording(answer, track, NOW_MS);
        write!(out, "{}: ", track.code()).unwrap();
        match address {
            Ok(address) => {
                let good_for = address.expires_ms.map(|at| (at - NOW_MS) / 1_000);
                writeln!(out, "{} good for {good_for:?} s", address.url).unwrap();
            }
            Err(NoRecording::Refused(refusal)) => refused(out, &refusal),
            Err(why) => writeln!(out, "{why:?}").unwrap(),
        }
    }
}

fn transcript(out: &mut String, transcript: &Transcript) {
    let turns = match transcript {
        Transcript::Turns(turns) => turns,
        Transcript::Text(text) => return writeln!(out, "text {}", short(text)).unwrap(),
        other => return writeln!(out, "transcript {other:?}").unwrap(),
    };
    for turn in turns {
        let at = turn.at_ms.map_or_else(|| "-".to_owned(), |at| at.to_string());
        let speaker = match &turn.speaker {
            Speaker::Agent => "agent",
            Speaker::Customer => "customer",
            Speaker::Other(word) => &format!("other({word})"),
        };
        writeln!(out, "turn {at} {speaker}: {}", short(&turn.text)).unwrap();
    }
}

fn call(out: &mut String, call: &Call) {
    write!(out, "call {}", call.key.reference).unwrap();
    field(out, "started", call.started_ms.map(instant));
    field(out, "ended", call.ended_ms.map(instant));
    field(out, "lasted", call.duration_ms.map(|ms| format!("{ms}ms")));
    write!(out, " {} {} {:?}", call.status.code(), call.direction.code(), call.channel).unwrap();
    field(out, "agent", call.agent_id.as_ref());
    field(out, "agent_name", call.agent_name.as_ref());
    field(out, "name", call.customer.name.as_ref());
    field(out, "phone", call.customer.phone.as_ref());
    field(out, "email", call.customer.email.as_ref());
    field(out, "contact", call.customer.contact_id.as_ref());
    field(out, "own", call.own_number.as_ref());
    field(out, "request", call.request.as_ref());
    field(out, "summary", call.summary.as_ref());
    field(out, "note", call.note.as_ref());
    field(out, "employee", call.employee.as_ref());
    field(out, "todo", call.todo);
    write!(out, " success={}", call.success.code()).unwrap();
    for outcome in &call.outcomes {
        field(out, "outcome", Some(outcome.label()));
    }
    field(out, "end", call.end_reason.as_ref());
    field(out, "voicemail", call.voicemail);
    field(out, "cost", call.cost.map(cost));
    field(out, "score", call.score);
    field(out, "campaign", call.campaign.as_ref());
    field(out, "latency", call.latency_ms.map(|ms| format!("{ms}ms")));
    field(out, "interruptions", call.interruptions);
    field(out, "tool_errors", call.tool_errors);
    field(out, "retry_of", call.retry_of.as_ref());
    field(out, "retries", call.retries);
    field(out, "version", call.version.as_ref());
    write!(out, " recording={}", recording(call.recording)).unwrap();
    let marks = [
        ("test", call.test),
        ("retry", call.retry),
        ("purged", call.purged),
        ("deleted", call.deleted),
    ];
    for (name, _) in marks.iter().filter(|(_, set)| *set) {
        write!(out, " {name}").unwrap();
    }
    out.push('\n');
}

fn recording(recording: Recording) -> String {
    match recording {
        Recording::Available { until_ms: Some(until) } => format!("until {}", instant(until)),
        Recording::Available { until_ms: None } => "Available".to_owned(),
        other => format!("{other:?}"),
    }
}

fn cost(cost: Cost) -> String {
    match cost {
        Cost::UsCents(amount) => format!("{amount} US cents"),
        Cost::Credits(amount) => format!("{amount} credits"),
    }
}

fn field(out: &mut String, name: &str, value: Option<impl ToString>) {
    if let Some(value) = value {
        write!(out, " {name}={}", short(&value.to_string())).unwrap();
    }
}

fn instant(at_ms: i64) -> String {
    let (day, rest) = (at_ms.div_euclid(86_400_000), at_ms.rem_euclid(86_400_000));
    let date = calls::Day(i32::try_from(day).unwrap()).iso();
    let (secs, ms) = (rest / 1_000, rest % 1_000);
    format!("{date}T{:02}:{:02}:{:02}.{ms:03}Z", secs / 3_600, secs / 60 % 60, secs % 60)
}

/// On one line, with what cannot be seen escaped, and cut where it is long.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if text.chars().count() > LONGEST {
        short.push('…');
    }
    short.replace("\\\"", "\"").replace("\\'", "'")
}
