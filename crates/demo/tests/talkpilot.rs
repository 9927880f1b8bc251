//! TalkPilot on the wire.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod support;

use std::collections::HashSet;

use demo::{Limits, sentinel};
use serde_json::{Value, json};
use support::{Site, rows, site, site_with, words};

async fn agents(site: &Site) -> Vec<String> {
    let agents = rows(&site.ok("talkpilot", "/agents").await);
    agents.iter().map(|agent| agent["id"].as_str().unwrap().to_owned()).collect()
}

async fn all(site: &Site, agent: &str, query: &str) -> Vec<Value> {
    let (mut found, mut page) = (Vec::new(), 1);
    loop {
        let path = format!("/agents/{agent}/calls?limit=100&page={page}&{query}");
        let body = site.ok("talkpilot", &path).await;
        found.extend(rows(&body));
        if page >= body["pagination"]["pages"].as_u64().unwrap() {
            assert_eq!(body["pagination"]["total"], found.len());
            return found;
        }
        page += 1;
    }
}

#[tokio::test]
async fn health_needs_no_key_and_everything_else_does() {
    let site = site().await;
    let (status, body) = site.bare("talkpilot", "/health").await;
    assert_eq!((status.as_u16(), &body["status"]), (200, &json!("ok")));
    let (status, body) = site.bare("talkpilot", "/agents").await;
    assert_eq!((status.as_u16(), &body["error"]["code"]), (401, &json!("UNAUTHORIZED")));
    assert!(body["error"]["request_id"].is_string());
    let url = format!("{}/agents", site.access("talkpilot").base_url);
    let expired = site.client.get(url).header("X-API-Key", sentinel::KEY_TALKPILOT_EXPIRED);
    assert_eq!(expired.send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_key_without_calls_gets_403_and_a_key_for_one_agent_sees_one() {
    let site = site().await;
    let base = site.access("talkpilot").base_url;
    let agents = agents(&site).await;
    let status = async |key: &str, agent: &str| {
        let url = format!("{base}/agents/{agent}/calls");
        site.client.get(url).header("x-api-key", key).send().await.unwrap().status().as_u16()
    };
    assert_eq!(status(sentinel::KEY_TALKPILOT_NO_CALLS, &agents[0]).await, 403);
    assert_eq!(status(sentinel::KEY_TALKPILOT_ONE_AGENT, &agents[0]).await, 200);
    assert_eq!(status(sentinel::KEY_TALKPILOT_ONE_AGENT, &agents[1]).await, 404);
}

#[tokio::test]
async fn pages_cover_every_call_of_an_agent_exactly_once_newest_first() {
    let site = site().await;
    let agents = agents(&site).await;
    assert_eq!(agents.len(), 3);
    let first = site.ok("talkpilot", &format!("/agents/{}/calls", agents[0])).await;
    assert_eq!(rows(&first).len(), 20);
    assert_eq!(first["pagination"]["page"], 1);
    let mut ids = HashSet::new();
    for agent in &agents {
        let calls = all(&site, agent, "").await;
        assert!(calls.len() > 60);
        assert!(calls.is_sorted_by(|a, b| a["created_at"].as_str() >= b["created_at"].as_str()));
        assert!(calls.iter().all(|call| call["agent_id"] == agent.as_str()));
        assert!(calls.iter().all(|call| ids.insert(call["id"].clone())));
        for field in ["transcript", "audio_file_url", "final_score"] {
            assert!(
                calls.iter().all(|call| call.get(field).is_none()),
                "{field} is for details only"
            );
        }
    }
}

#[tokio::test]
async fn every_reason_purged_deleted_unanswered_and_withheld_calls_appear() {
    let site = site().await;
    let mut calls = Vec::new();
    for agent in agents(&site).await {
        let kept = all(&site, &agent, "").await;
        assert!(kept.iter().all(|call| call["deleted_at"].is_null()));
        let with_deleted = all(&site, &agent, "include_deleted=true").await;
        assert!(with_deleted.len() >= kept.len());
        calls.extend(with_deleted);
    }
    assert_eq!(words(&calls, "disconnection_reason").len(), 3);
    assert!(calls.iter().any(|call| call["deleted_at"].is_string()));
    let purged: Vec<_> = calls.iter().filter(|call| call["is_purged"] == true).collect();
    assert!(!purged.is_empty() && purged.iter().all(|call| call["phone_number"].is_null()));
    let agent = purged[0]["agent_id"].as_str().unwrap();
    let detail = site
        .ok("talkpilot", &format!("/agents/{agent}/calls/{}", purged[0]["id"].as_str().unwrap()))
        .await;
    assert!(detail["transcript"].is_null() && detail["audio_file_url"].is_null());
    assert!(calls.iter().any(|call| call["duration"] == 0));
    for form in ["anonymous", "Restricted", ""] {
        assert!(calls.iter().any(|call| call["phone_number"] == form), "{form}");
    }
    let long_name =
        |call: &Value| call["customer_name"].as_str().is_some_and(|name| name.chars().count() > 40);
    assert!(calls.iter().any(long_name));
    assert!(calls.iter().any(|call| call["note"].is_string()));
    assert!(calls.iter().any(|call| call["employee"].is_string()));
    assert!(calls.iter().any(|call| call["general_success"].is_null()));
}

#[tokio::test]
async fn filters_take_only_what_they_name() {
    let site = site().await;
    let agent = &agents(&site).await[0];
    let calls = all(&site, agent, "").await;
    let done = all(&site, agent, "done=true").await;
    let open = all(&site, agent, "done=false").await;
    assert!(!done.is_empty() && !open.is_empty());
    assert_eq!(done.len() + open.len(), calls.len());
    let some = &calls[calls.len() / 2]["created_at"].as_str().unwrap()[..10];
    let query = format!("from={some}T00:00:00Z&to={some}T23:59:59Z");
    let day = all(&site, agent, &query).await;
    let of_day = |call: &&Value| call["created_at"].as_str().unwrap().starts_with(some);
    assert_eq!(day.len(), calls.iter().filter(of_day).count());
    let phone = calls
        .iter()
        .find_map(|call| call["phone_number"].as_str().filter(|phone| phone.starts_with('+')))
        .unwrap();
    let theirs = all(&site, agent, &format!("phone_number={}", phone.replace('+', "%2B"))).await;
    assert!(!theirs.is_empty() && theirs.iter().all(|call| call["phone_number"] == phone));
    let found = all(&site, agent, "search=WASCHMASCHINE").await;
    assert!(!found.is_empty());
    assert!(
        found.iter().all(|call| call["call_summary"].as_str().unwrap().contains("Waschmaschine"))
    );
}

#[tokio::test]
async fn the_transcript_is_json_in_a_string_and_the_score_lies_between_1_and_10() {
    let site = site().await;
    let agent = &agents(&site).await[0];
    let calls = all(&site, agent, "").await;
    let spoken = calls.iter().filter(|call| call["duration"].as_u64() > Some(20)).take(20);
    let mut seen = 0;
    for call in spoken {
        let id = call["id"].as_str().unwrap();
        let (status, detail) = site.get("talkpilot", &format!("/agents/{agent}/calls/{id}")).await;
        let Some(text) = detail["transcript"].as_str().filter(|_| status == 200) else { continue };
        let turns: Vec<Value> = serde_json::from_str(text).unwrap();
        assert!(turns.iter().all(|turn| turn["role"] == "agent" || turn["role"] == "user"));
        assert!(
            turns
                .iter()
                .all(|turn| turn["text"].is_string() && turn.as_object().unwrap().len() == 2)
        );
        assert!((1..=10).contains(&detail["final_score"].as_i64().unwrap()));
        seen += 1;
    }
    assert!(seen > 10);
}

#[tokio::test]
async fn bad_parameters_unknown_agents_calls_and_routes_are_answered_as_documented() {
    let site = site().await;
    let agent = &agents(&site).await[0];
    for (path, status, code) in [
        (format!("/agents/{agent}/calls?limit=101"), 400, "VALIDATION_ERROR"),
        (format!("/agents/{agent}/calls?page=0"), 400, "VALIDATION_ERROR"),
        (format!("/agents/{agent}/calls?from=soon"), 400, "VALIDATION_ERROR"),
        (format!("/agents/{agent}/calls?done=maybe"), 400, "VALIDATION_ERROR"),
        (format!("/agents/{agent}/calls/nothing"), 404, "NOT_FOUND"),
        ("/agents/nothing/calls".to_owned(), 404, "NOT_FOUND"),
        ("/nothing".to_owned(), 404, "NOT_FOUND"),
    ] {
        let (found, body) = site.get("talkpilot", &path).await;
        assert_eq!((found.as_u16(), &body["error"]["code"]), (status, &json!(code)), "{path}");
    }
}

#[tokio::test]
async fn every_answer_tells_the_limit_and_the_61st_of_a_minute_when_to_come_back() {
    let site = site_with(Limits::Real).await;
    let first = site.request("talkpilot", "/agents").send().await.unwrap();
    assert_eq!(first.headers()["x-ratelimit-limit"], "60");
    assert!(first.headers().contains_key("x-ratelimit-remaining"));
    // 125 requests cannot fit into two windows of 60, however the minutes fall.
    let sent = (0..125).map(|_| site.request("talkpilot", "/agents").send());
    let answers = futures_util::future::join_all(sent).await;
    let refused =
        answers.into_iter().map(Result::unwrap).find(|answer| answer.status() == 429).unwrap();
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
    assert_eq!(refused.headers()["x-ratelimit-remaining"], "0");
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["error"]["code"], "RATE_LIMITED");
}
