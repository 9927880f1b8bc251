//! Every field that AgentVoice's document names is asked for when a call is opened, and can be read
//! on the screen whatever its inner shape, which the document leaves open.

use calls::{CallKey, Reference};
use providers::{Adapter, Answer};
use serde_json::{Map, Value, json};

use crate::fixture;
use crate::show::NOW_MS;

/// "Light Payload (Default)", "Fields included".
const LIGHT: [&str; 21] = [
    "id",
    "agent_id",
    "agent_name",
    "contact_id",
    "contact_first_name",
    "contact_last_name",
    "contact_email",
    "phone_number",
    "phone_number_called_from",
    "call_type",
    "status",
    "call_success",
    "went_to_voicemail",
    "call_duration",
    "started_at",
    "ended_at",
    "ended_reason",
    "recording_url",
    "campaign_id",
    "campaign_name",
    "created_at",
];

/// "Full Payload", "Additional fields".
const FULL: [&str; 11] = [
    "transcript",
    "transcript_formatted",
    "post_call_analysis",
    "call_description",
    "custom_analysis",
    "structured_data_results",
    "notes",
    "action_executions",
    "action_summary",
    "quality_metrics",
    "enhanced_context",
];

/// "Include Options".
const INCLUDE: [(&str, &[&str]); 4] = [
    ("transcript", &["transcript", "transcript_formatted"]),
    ("metrics", &["quality_metrics", "latency_metrics", "audio_metrics"]),
    ("diagnostics", &["turn_events", "interruptions", "tool_usage"]),
    ("actions", &["action_executions", "action_summary"]),
];

/// Every field that the document names.
pub(crate) fn documented() -> Vec<&'static str> {
    let groups = INCLUDE.iter().flat_map(|(_, fields)| fields.iter().copied());
    let mut all: Vec<&str> = LIGHT.into_iter().chain(FULL).chain(groups).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The fields that opening a call asks for, by the document's own rules.
pub(crate) fn asked_for(adapter: &dyn Adapter) -> Vec<&'static str> {
    let request = adapter.detail(&Reference::parse("call-1").unwrap());
    let value = |name: &str| {
        let given = request.query.iter().find(|(given, _)| *given == name);
        given.map_or("", |(_, value)| value.as_str())
    };
    let mut asked = LIGHT.to_vec();
    if value("fields") == "full" {
        asked.extend(FULL);
    }
    for (_, fields) in
        INCLUDE.iter().filter(|(name, _)| value("include").split(',').any(|n| n == *name))
    {
        asked.extend(*fields);
    }
    asked
}

/// Shapes that a value may have, around a word to be looked for.
pub(crate) fn shapes(word: &str) -> Vec<Value> {
    vec![
        json!(word),
        json!([word, word]),
        json!({"inner": word}),
        json!({"a": {"b": [{"c": word}]}}),
        json!([{"name": word, "score": 0.5}, {"name": "other"}]),
        json!([[word], 7]),
        json!({"list": [{"deep": {"deeper": {"deepest": {"still": [word]}}}}]}),
        Value::String(json!({"inner": word}).to_string()),
    ]
}

/// Whether a word that stands in one field, in some shape, can be read in what is shown: the call,
/// its transcript, its facts. What is only in the raw answer does not count.
pub(crate) fn can_be_read(adapter: &dyn Adapter, field: &str, value: &Value, word: &str) -> bool {
    let mut record = Map::new();
    for name in documented() {
        record.insert(name.to_owned(), Value::Null);
    }
    record.insert("id".to_owned(), json!("call-1"));
    record.insert(field.to_owned(), value.clone());
    let key = CallKey::parse("c/call-1").unwrap();
    let answer = Answer::of(200, Value::Object(record).to_string());
    let Ok(mut opened) = adapter.read_detail(&key, &answer, NOW_MS) else { return false };
    opened.raw.clear();
    format!("{opened:?}").contains(word)
}

/// The fields of a provider's record, but for its id, without which it is no record.
pub(crate) fn of_row(id: &str) -> Vec<String> {
    let names = row(id).into_iter().map(|(name, _)| name);
    names.filter(|name| name != "id" && name != "callId").collect()
}

/// Whether a word in one field of a provider's record can be read outside of the raw answer.
pub(crate) fn is_told(
    id: &str,
    adapter: &dyn Adapter,
    field: &str,
    value: &Value,
    word: &str,
) -> bool {
    let mut record = row(id);
    record.insert(field.to_owned(), value.clone());
    let key = CallKey::parse("c/agent-1~call-1").unwrap();
    let answer = Answer::of(200, Value::Object(record).to_string());
    let mut opened = adapter.read_detail(&key, &answer, NOW_MS).unwrap();
    opened.raw.clear();
    format!("{opened:?}").contains(word)
}

fn row(id: &str) -> Map<String, Value> {
    let text = fixture::text(id, "pages/row.json").replace("{n}", "1");
    let mut row: Map<String, Value> = serde_json::from_str(&text).unwrap();
    for detail_only in ["transcript", "audio_file_url", "final_score", "notes"] {
        row.entry(detail_only).or_insert(Value::Null);
    }
    row
}
