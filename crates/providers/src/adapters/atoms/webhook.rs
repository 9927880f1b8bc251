//! Atoms' records in files: by what they are told from others', and the bodies of its webhooks.
//! Documentation: docs.smallest.ai/atoms, "Webhooks" (read 2026).

use crate::fields::{Fields, text_of};
use crate::shape::Shape;

pub(super) const SHAPE: Shape = Shape {
    ids: &["callId"],
    own: &[
        "callId",
        "agentId",
        "recordingUrl",
        "recordingDualUrl",
        "disconnectionReason",
        "createdAt",
        "callCost",
        "callFailureReason",
        "postCallAnalytics",
        "turnLatencyMetrics",
        "retryCount",
        "retryCallId",
        "retryAttemptNumber",
        "versionId",
        "versionNumber",
        "isTest",
    ],
    shared: &["duration", "transcript"],
    spoken: &["transcript"],
    lists: &[&["data", "logs"], &["data", "retries"]],
};

/// What a webhook calls otherwise than the detail does. `pre-conversation` has `fromPhone` where
/// the others have `callData.fromNumber`.
const NAMES: &[(&str, &str)] = &[
    ("callStatus", "status"),
    ("callDuration", "duration"),
    ("fromNumber", "from"),
    ("toNumber", "to"),
    ("fromPhone", "from"),
    ("toPhone", "to"),
    ("callDirection", "type"),
    ("analytics", "postCallAnalytics"),
];

/// `{"event": "{agent}.post-conversation", "metadata": {"callId", "callData": {…}, …}, "id", …}`
/// as the record that the detail would be. The events `pre-conversation`, `post-conversation` and
/// `analytics-completed` each tell a part of the call.
pub(super) fn record(body: &Fields) -> Option<String> {
    let metadata = body.object("metadata").filter(|metadata| metadata.has("callId"))?;
    body.text("event").or_else(|| metadata.text("eventType"))?;
    let data = metadata.object("callData").unwrap_or_default();
    let around = body.iter().filter(|(name, _)| *name != "metadata");
    let around = around.map(|(name, raw)| (format!("webhook.{name}"), raw.get().to_owned()));
    let told = metadata.iter().filter(|(name, _)| *name != "callData").chain(data.iter());
    let told = told.map(|(name, raw)| (in_detail(name).to_owned(), raw.get().to_owned()));
    let mut fields: Vec<(String, String)> = around.chain(told).collect();
    if !data.has("callDirection") {
        let kind = metadata.raw("conversationType").and_then(text_of).and_then(|word| kind(&word));
        fields.extend(kind.map(|kind| ("type".to_owned(), format!("\"{kind}\""))));
    }
    let named = |(name, raw): &(String, String)| {
        Some(format!("{}:{raw}", serde_json::to_string(name).ok()?))
    };
    Some(format!("{{{}}}", fields.iter().filter_map(named).collect::<Vec<_>>().join(",")))
}

fn in_detail(name: &str) -> &str {
    NAMES.iter().find(|(sent, _)| *sent == name).map_or(name, |(_, known)| known)
}

/// `telephonyOutbound` here is `telephony_outbound` in the API.
fn kind(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().replace(['_', '-'], "").as_str() {
        "telephonyoutbound" => Some("telephony_outbound"),
        "telephonyinbound" => Some("telephony_inbound"),
        "webcall" => Some("webcall"),
        "chat" => Some("chat"),
        _ => None,
    }
}
