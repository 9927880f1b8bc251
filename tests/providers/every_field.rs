//! Every field that a provider's document shows can be read on the screen, whatever its inner shape,
//! which the documents leave open; and every field that AgentVoice's names is asked for.

use calls::OpenedCall;
use calls::{CallKey, Reference};
use providers::{Adapter, Answer, Track};
use serde_json::{Map, Value, json};

use crate::fixture;
use crate::show::NOW_MS;
use crate::wire;

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

/// A value somewhere in a record that a provider's document shows, to be put in another shape.
pub(crate) struct Spot {
    /// The fixture, and the way down to the value: `postCallAnalytics`, `dispositionMetrics`, `0`.
    pub(crate) name: String,
    record: Value,
    pointer: String,
}

/// Every value in every call of a provider's fixtures of lists and details, but for its ids, and
/// what is in its transcript: that is read as a whole.
pub(crate) fn spots(id: &str, adapter: &dyn Adapter) -> Vec<Spot> {
    let mut spots = Vec::new();
    for fixture in ["list", "detail"].into_iter().flat_map(|kind| fixture::of(id, kind)) {
        let Ok(body) = serde_json::from_slice(&fixture.body) else { continue };
        let mut records = Vec::new();
        collect(&body, adapter, &mut records);
        for record in records.into_iter().filter(|record| !is_purged(adapter, record)) {
            let mut pointers = Vec::new();
            walk(&record, "", adapter, &mut pointers);
            spots.extend(pointers.into_iter().map(|pointer| Spot {
                name: format!("{}{pointer}", fixture.name),
                record: record.clone(),
                pointer,
            }));
        }
    }
    spots
}

fn collect(value: &Value, adapter: &dyn Adapter, records: &mut Vec<Value>) {
    let id = adapter.shape().ids.last().copied().unwrap_or_default();
    match value {
        Value::Object(fields) if fields.contains_key(id) => records.push(value.clone()),
        Value::Object(fields) => {
            fields.values().for_each(|inner| collect(inner, adapter, records));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect(inner, adapter, records)),
        _ => {}
    }
}

/// Of a purged call nothing is shown that could identify anybody.
fn is_purged(adapter: &dyn Adapter, record: &Value) -> bool {
    read(adapter, record).is_none_or(|opened| opened.call.purged)
}

fn walk(value: &Value, at: &str, adapter: &dyn Adapter, found: &mut Vec<String>) {
    let shape = adapter.shape();
    let steps: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, it)| (name.clone(), it)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(n, it)| (n.to_string(), it)).collect()
        }
        _ => Vec::new(),
    };
    for (name, inner) in steps {
        let is_id = at.is_empty() && shape.ids.contains(&name.as_str());
        let is_spoken = at.is_empty() && shape.spoken.contains(&name.as_str());
        let pointer = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        if !is_spoken {
            walk(inner, &pointer, adapter, found);
        }
        if !is_id {
            found.push(pointer);
        }
    }
}

fn read(adapter: &dyn Adapter, record: &Value) -> Option<OpenedCall> {
    let answer = Answer::of(200, record.to_string());
    adapter.read_detail(&wire::key(adapter), &answer, NOW_MS).ok()
}

impl Spot {
    /// Whether a word that stands here in some shape reaches whoever opens the call: in the call,
    /// its transcript, its facts, what is told of how it went; or it is what is played. What is
    /// only in the raw answer does not count.
    pub(crate) fn tells(&self, adapter: &dyn Adapter, value: Value, word: &str) -> bool {
        let mut record = self.record.clone();
        *record.pointer_mut(&self.pointer).unwrap() = value;
        self.let_speak(adapter, &mut record);
        let Some(opened) = read(adapter, &record) else { return false };
        let mut insight = adapter.insight(&opened.raw, &opened.call);
        let is_inside = |name: &str, told: &String| {
            name.strip_prefix(told.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('.'))
        };
        let facts = opened.facts.iter();
        let facts: Vec<_> =
            facts.filter(|fact| !insight.told.iter().any(|it| is_inside(&fact.name, it))).collect();
        insight.told.clear();
        let shown = format!("{:?}{:?}{facts:?}{insight:?}", opened.call, opened.transcript);
        shown.contains(word) || self.is_played(adapter, &record, word)
    }

    /// Of two transcripts one is shown: they have the same words.
    fn let_speak(&self, adapter: &dyn Adapter, record: &mut Value) {
        let spoken = adapter.shape().spoken;
        let here = self.pointer.trim_start_matches('/');
        if let (true, Some(fields)) = (spoken.contains(&here), record.as_object_mut()) {
            fields.retain(|name, _| name == here || !spoken.contains(&name.as_str()));
        }
    }

    /// An address is not shown: playing is what it is for, as long as it is good.
    fn is_played(&self, adapter: &dyn Adapter, record: &Value, word: &str) -> bool {
        let answer = Answer::of(200, record.to_string());
        let plays = |track: &Track| adapter.read_recording(&answer, *track, 0);
        adapter.tracks().iter().filter_map(|it| plays(it).ok()).any(|it| it.url.contains(word))
    }
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
