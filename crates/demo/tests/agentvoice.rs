//! AgentVoice on the wire.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod support;

use std::collections::{BTreeSet, HashSet};

use serde_json::{Value, json};
use support::{Site, rows, site, words};

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

async fn all(site: &Site, query: &str) -> Vec<Value> {
    let mut found = Vec::new();
    loop {
        let page = site
            .ok("agentvoice", &format!("/calls?limit=100&offset={}&{query}", found.len()))
            .await;
        found.extend(rows(&page));
        if page["pagination"]["has_more"] == false {
            assert_eq!(page["pagination"]["total"], found.len());
            return found;
        }
    }
}

fn fields(row: &Value) -> BTreeSet<&str> {
    row.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn both_headers_are_needed() {
    let site = site().await;
    let url = format!("{}/calls", site.access("agentvoice").base_url);
    let headers = site.access("agentvoice").headers;
    assert_eq!(headers.len(), 2);
    for (name, value) in headers {
        let answer = site.client.get(&url).header(&name, &value).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body, json!({"error": "Authentication failed"}));
    }
    assert_eq!(site.get("agentvoice", "/calls").await.0, 200);
}

#[tokio::test]
async fn pages_cover_every_call_exactly_once_in_each_order() {
    let site = site().await;
    assert_eq!(rows(&site.ok("agentvoice", "/calls").await).len(), 50);
    assert_eq!(rows(&site.ok("agentvoice", "/calls?limit=1000").await).len(), 100);
    let newest = all(&site, "").await;
    assert!(newest.len() > 400);
    let ids: HashSet<_> = newest.iter().map(|call| call["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), newest.len());
    assert!(newest.is_sorted_by(|a, b| a["started_at"].as_str() >= b["started_at"].as_str()));
    let oldest = all(&site, "order=asc&order_by=created_at").await;
    assert!(oldest.is_sorted_by(|a, b| a["created_at"].as_str() <= b["created_at"].as_str()));
    assert_eq!(oldest.len(), newest.len());
}

#[tokio::test]
async fn a_light_call_has_the_21_documented_fields_and_groups_add_theirs() {
    let site = site().await;
    let light: BTreeSet<&str> = LIGHT.into_iter().collect();
    let added = async |query: &str| {
        let row = rows(&site.ok("agentvoice", &format!("/calls?limit=1&{query}")).await).remove(0);
        let all: BTreeSet<String> = fields(&row).iter().map(ToString::to_string).collect();
        assert!(light.iter().all(|field| all.contains(*field)));
        all.iter()
            .filter(|field| !light.contains(field.as_str()))
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(added("").await, "");
    assert_eq!(added("include=transcript").await, "transcript transcript_formatted");
    assert_eq!(added("include=metrics").await, "audio_metrics latency_metrics quality_metrics");
    assert_eq!(
        added("include=diagnostics,actions").await,
        "action_executions action_summary interruptions tool_usage turn_events"
    );
    assert_eq!(
        added("fields=full").await,
        "action_executions action_summary call_description custom_analysis \
        enhanced_context notes post_call_analysis quality_metrics structured_data_results transcript \
        transcript_formatted"
    );
}

#[tokio::test]
async fn a_detail_has_what_was_asked_for_and_the_transcript_in_each_form() {
    let site = site().await;
    let calls = all(&site, "include=transcript&status=completed").await;
    let spoken: Vec<_> = calls.iter().filter(|call| call["transcript"].is_string()).collect();
    assert!(spoken.iter().any(|call| call["transcript_formatted"].is_string()));
    assert!(
        spoken.iter().any(|call| call["transcript_formatted"][0]["secondsFromStart"].is_number())
    );
    assert!(spoken.iter().any(|call| call["transcript_formatted"][0]["timestamp"].is_number()));
    assert!(calls.iter().any(|call| call["transcript"].is_null()));
    let id = spoken[0]["id"].as_str().unwrap();
    let detail = site
        .ok("agentvoice", &format!("/calls/{id}?fields=full&include=metrics,diagnostics"))
        .await;
    assert_eq!(detail["id"], id);
    for field in ["latency_metrics", "tool_usage", "post_call_analysis", "notes", "turn_events"] {
        assert!(detail[field].is_object() || detail[field].is_array(), "{field}");
    }
    let light = site.ok("agentvoice", &format!("/calls/{id}")).await;
    assert_eq!(fields(&light), LIGHT.into_iter().collect());
}

#[tokio::test]
async fn filters_take_only_what_they_name() {
    let site = site().await;
    let calls = all(&site, "").await;
    let some = |field: &str| {
        calls.iter().find_map(|call| call[field].as_str().filter(|text| !text.is_empty())).unwrap()
    };
    for field in ["contact_id", "agent_id", "campaign_id", "status", "call_type", "phone_number"] {
        let value = some(field);
        let found = all(&site, &format!("{field}={}", value.replace('+', "%2B"))).await;
        let expected = calls.iter().filter(|call| call[field] == value).count();
        assert!(found.iter().all(|call| call[field] == value), "{field}");
        assert_eq!(found.len(), expected, "{field}");
    }
    let day = all(&site, "from=2026-11-10T00:00:00Z&to=2026-11-11T00:00:00Z").await;
    assert!(!day.is_empty());
    assert!(day.iter().all(|call| call["started_at"].as_str().unwrap().starts_with("2026-11-10")));
}

#[tokio::test]
async fn the_most_recent_call_comes_bare_or_as_404() {
    let site = site().await;
    let newest = &all(&site, "").await[0];
    let recent = site.ok("agentvoice", "/calls?most_recent=true").await;
    assert_eq!(recent["id"], newest["id"]);
    assert!(recent.get("campaign_id").is_none());
    let (status, body) =
        site.get("agentvoice", "/calls?most_recent=true&phone_number=%2B10000").await;
    assert_eq!(
        (status.as_u16(), body),
        (404, json!({"error": "No calls found matching criteria"}))
    );
}

#[tokio::test]
async fn every_direction_status_and_reason_appears() {
    let site = site().await;
    let calls = all(&site, "").await;
    for status in ["completed", "in-progress", "ringing", "no-answer", "busy", "failed", "canceled"]
    {
        assert!(words(&calls, "status").contains(status), "{status}");
    }
    assert_eq!(words(&calls, "call_type").len(), 2);
    for reason in [
        "customer-ended-call",
        "assistant-ended-call",
        "assistant-forwarded-call",
        "silence-timed-out",
        "voicemail",
        "customer-did-not-answer",
        "customer-busy",
        "twilio-failed-to-connect-call",
        "assistant-error",
    ] {
        assert!(words(&calls, "ended_reason").contains(reason), "{reason}");
    }
    assert!(calls.iter().any(|call| call["went_to_voicemail"] == true));
    assert!(
        calls.iter().any(|call| call["contact_id"].is_null() && call["phone_number"].is_string())
    );
    assert!(calls.iter().any(|call| call["call_duration"] == 0));
    assert!(calls.iter().any(|call| call["status"] == "failed" && call["call_duration"].is_null()));
    assert!(calls.iter().any(|call| call["recording_url"] == ""));
}

#[tokio::test]
async fn errors_are_those_of_the_document() {
    let site = site().await;
    for (path, status, message) in [
        ("/calls?order_by=name", 400, "Invalid order_by parameter"),
        ("/calls?from=soon", 400, "Invalid from parameter"),
        ("/calls/nothing", 404, "Call not found"),
        ("/agents", 404, "Not found"),
    ] {
        let (found, body) = site.get("agentvoice", path).await;
        assert_eq!((found.as_u16(), body), (status, json!({"error": message})), "{path}");
    }
}
