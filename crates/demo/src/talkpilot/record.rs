//! One call, and one agent, in TalkPilot's words (document "Calls").

use serde_json::{Map, Value, json};

use crate::agent::AGENTS;
use crate::call::{Call, End, Phase};
use crate::clock::{self, DAY, HOUR, SECOND};
use crate::dice::Dice;
use crate::id;
use crate::recording;
use crate::script::Speaker;
use crate::world::World;

const EMPLOYEES: [&str; 5] = [
    "Max Mustermann",
    "Annegret Wiedenhöft",
    "Dr. Maximiliane Freifrau von Grünenthal-Oberhausen",
    "Tarık Yıldız",
    "Jo Li",
];

const NOTES: [&str; 5] = [
    "Rückruf vereinbart für Donnerstag",
    "Bitte Rechnungsabteilung informieren",
    "Kundin wünscht Kontakt nur per E-Mail. Bitte in den Stammdaten vermerken und die Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesabteilung benachrichtigen.",
    "Erledigt",
    "Termin im Kalender eingetragen ✔",
];

pub(super) fn agent(world: &World, place: usize) -> Option<Value> {
    let agent = AGENTS.get(place)?;
    Some(json!({
        "id": world.agent_id(place),
        "name": agent.name,
        "phone_number": agent.number,
        "is_active": true,
        "language": agent.language.code(),
        "llm_provider": "openai",
        "llm_model": "gpt-4o-mini",
        "voice_id": "demo-voice",
        "created_at": "2026-01-12T09:00:00Z",
    }))
}

/// A to-do flag of the staff: most calls are worked off after a day.
pub(super) fn done(world: &World, call: &Call) -> bool {
    let percent = if world.now_ms() - call.ended_ms > DAY { 85 } else { 30 };
    Dice::new(&[call.key, 0xd0e]).chance(percent)
}

/// When the call was deleted, if it was by now.
pub(super) fn deleted_ms(world: &World, call: &Call) -> Option<i64> {
    call.deleted_ms.filter(|at| *at <= world.now_ms())
}

/// Whether name, number, or summary contain a text in lower case.
pub(super) fn mentions(call: &Call, text: &str) -> bool {
    let phone = call.phone.as_deref().unwrap_or_default();
    let fields = [name(call).unwrap_or_default(), phone.to_owned(), call.summary.to_string()];
    fields.iter().any(|field| field.to_lowercase().contains(text))
}

fn name(call: &Call) -> Option<String> {
    Some(format!("{} {}", call.first_name.as_ref()?, call.last_name.as_ref()?))
}

/// A call as it stands in the list.
pub(super) fn summary(world: &World, call: &Call, phase: Phase) -> Map<String, Value> {
    let mut row = Map::new();
    let mut set = |name: &str, value: Value| row.insert(name.to_owned(), value);
    let told =
        |text: &str| Some(text.to_owned()).filter(|text| phase == Phase::Done && !text.is_empty());
    let mut dice = Dice::new(&[call.key, 0x7a1c]);
    set("id", call.id.as_str().into());
    set("call_id", format!("lk_call_{}", id::hex(12, &[call.key])).into());
    set("customer_name", name(call).into());
    set("customer_request", told(&call.request).into());
    set("phone_number", call.phone.clone().into());
    set("duration", (call.talk_ms().unwrap_or(0) / SECOND).into());
    set("done", done(world, call).into());
    set("general_success", call.success.filter(|_| phase == Phase::Done).into());
    set("disconnection_reason", reason(call).into());
    set("call_summary", told(&call.summary).into());
    let employee = dice.pick(&EMPLOYEES).filter(|_| dice.chance(40)).copied();
    set("employee", employee.into());
    let note = dice.pick(&NOTES).filter(|_| dice.chance(15)).map(|note| (*note).to_owned());
    set("note", call.note.as_ref().map(ToString::to_string).or(note).into());
    set("agent_id", world.agent_id(call.agent).into());
    set("is_purged", call.purged.into());
    set("created_at", clock::seconds(call.created_ms).into());
    // The document's own example leaves these two out.
    if !call.key.is_multiple_of(10) || call.deleted_ms.is_some() {
        set("deleted_at", deleted_ms(world, call).map(clock::seconds).into());
        set("updated_at", clock::seconds(call.updated_ms(world.now_ms())).into());
    }
    row
}

/// The full record.
pub(super) fn detail(world: &World, call: &Call, phase: Phase) -> Map<String, Value> {
    let mut record = summary(world, call, phase);
    let mut set = |name: &str, value: Value| record.insert(name.to_owned(), value);
    let done = phase == Phase::Done;
    set("transcript", transcript(call).filter(|_| done).into());
    let link = || recording::url(world, call, false, world.now_ms() + HOUR);
    set("audio_file_url", (done && call.recorded()).then(link).into());
    set("final_score", score(call).filter(|_| done).into());
    record
}

/// JSON within JSON, without times.
fn transcript(call: &Call) -> Option<String> {
    let role = |speaker| if speaker == Speaker::Agent { "agent" } else { "user" };
    let lines = call.lines();
    let turns = lines.iter().map(|line| json!({"role": role(line.speaker), "text": line.text}));
    let turns: Vec<Value> = turns.collect();
    (!turns.is_empty()).then(|| Value::from(turns).to_string())
}

/// 1 to 10; none where nobody spoke.
fn score(call: &Call) -> Option<i64> {
    call.talk_ms()?;
    let mut dice = Dice::new(&[call.key, 0x5c03e]);
    Some(match call.success {
        Some(true) => dice.between(6, 11),
        Some(false) => dice.between(1, 6),
        None => dice.between(3, 8),
    })
}

fn reason(call: &Call) -> &'static str {
    match call.end {
        End::Transferred => "call_transfer",
        End::AgentHungUp | End::TimedOut | End::Voicemail | End::SystemFailed => "agent_hangup",
        _ => "user_hangup",
    }
}
