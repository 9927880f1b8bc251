//! Truedy on the wire.

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

async fn all(site: &Site) -> Vec<Value> {
    let mut found = Vec::new();
    loop {
        let page = site.ok("truedy", &format!("/calls?limit=100&offset={}", found.len())).await;
        found.extend(rows(&page));
        if found.len() as u64 >= page["meta"]["total"].as_u64().unwrap() {
            return found;
        }
    }
}

#[tokio::test]
async fn a_missing_or_wrong_key_gets_the_providers_401() {
    let site = site().await;
    let (status, body) = site.bare("truedy", "/calls").await;
    assert_eq!((status.as_u16(), &body["error"]["code"]), (401, &json!("unauthorized")));
    assert!(body["meta"]["request_id"].is_string());
    let url = format!("{}/calls", site.access("truedy").base_url);
    for (key, status) in [
        ("wrong", 401),
        (sentinel::KEY_TRUEDY_NO_CREDITS, 402),
        (sentinel::KEY_TRUEDY_OTHER_IP, 403),
    ] {
        let answer = site.client.get(&url).bearer_auth(key).send().await.unwrap();
        assert_eq!(answer.status(), status);
    }
}

#[tokio::test]
async fn pages_cover_every_call_exactly_once_newest_first() {
    let site = site().await;
    let first = site.ok("truedy", "/calls").await;
    assert_eq!(rows(&first).len(), 20);
    assert_eq!(first["meta"]["limit"], 20);
    let calls = all(&site).await;
    assert!(calls.len() > 400);
    let ids: HashSet<_> = calls.iter().map(|call| call["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), calls.len());
    let seconds = |call: &Value| call["created_at"].as_str().unwrap()[..19].to_owned();
    assert!(calls.is_sorted_by(|a, b| seconds(a) >= seconds(b)));
}

#[tokio::test]
async fn every_status_direction_and_outcome_of_the_documents_appears() {
    let site = site().await;
    let calls = all(&site).await;
    let all = ["queued", "ringing", "in-progress", "ended", "completed", "failed", "cancelled"];
    assert!(
        all.iter().all(|word| words(&calls, "status").contains(*word)),
        "{:?}",
        words(&calls, "status")
    );
    assert_eq!(words(&calls, "direction").len(), 3);
    for outcome in ["interested", "not-interested", "voicemail", "no-answer", "callback-requested"]
    {
        assert!(words(&calls, "outcome").contains(outcome), "{outcome}");
    }
    let web = calls.iter().find(|call| call["direction"] == "webrtc").unwrap();
    assert!(web["from_number"].is_null() && web["to_number"].is_null());
    assert!(calls.iter().any(|call| call["duration_seconds"] == 0));
    assert!(
        calls.iter().any(|call| call["status"] == "failed" && call["duration_seconds"].is_null())
    );
}

#[tokio::test]
async fn filters_take_only_what_they_name() {
    let site = site().await;
    for (query, field, wanted) in [
        ("status=ended", "status", vec!["ended", "completed"]),
        ("status=failed", "status", vec!["failed"]),
        ("direction=webrtc", "direction", vec!["webrtc"]),
    ] {
        let found = rows(&site.ok("truedy", &format!("/calls?limit=100&{query}")).await);
        assert!(!found.is_empty());
        assert!(words(&found, field).iter().all(|word| wanted.contains(&word.as_str())), "{query}");
    }
    let window = "created_after=2026-11-10T00:00:00Z&created_before=2026-11-11T00:00:00Z";
    let day = rows(&site.ok("truedy", &format!("/calls?limit=100&{window}")).await);
    assert!(!day.is_empty());
    assert!(day.iter().all(|call| call["created_at"].as_str().unwrap().starts_with("2026-11-10")));
    let agent = rows(&site.ok("truedy", "/agents").await)[0]["id"].as_str().unwrap().to_owned();
    let theirs = rows(&site.ok("truedy", &format!("/calls?agent_id={agent}")).await);
    assert!(!theirs.is_empty() && theirs.iter().all(|call| call["agent_id"] == agent.as_str()));
}

#[tokio::test]
async fn a_detail_is_bare_and_its_transcript_comes_after_processing() {
    let site = site().await;
    let calls = all(&site).await;
    let with = |wanted: &dyn Fn(&Value) -> bool| {
        calls.iter().find(|call| wanted(call)).unwrap()["id"].clone()
    };
    let resolved = with(&|call| call["outcome"] == "resolved" && call["recording_url"].is_string());
    let detail = site.ok("truedy", &format!("/calls/{}", resolved.as_str().unwrap())).await;
    assert_eq!(detail["id"], resolved);
    let turns = detail["transcript"].as_array().unwrap();
    assert!(turns.len() >= 4);
    assert!(turns.iter().all(|turn| turn["speaker"] == "agent" || turn["speaker"] == "contact"));
    assert!(turns.is_sorted_by(|a, b| a["timestamp"].as_f64() < b["timestamp"].as_f64()));
    let fresh = with(&|call| {
        call["outcome"].is_null()
            && call["duration_seconds"].as_u64().is_some_and(|seconds| seconds > 0)
    });
    let detail = site.ok("truedy", &format!("/calls/{}", fresh.as_str().unwrap())).await;
    assert!(detail["transcript"].is_null());
}

#[tokio::test]
async fn a_recording_is_gone_a_day_after_the_end() {
    let site = site().await;
    let calls = all(&site).await;
    let old = |call: &&Value| call["created_at"].as_str().unwrap() < "2026-11-17";
    let link = |call: &Value| {
        call["recording_url"].as_str().filter(|url| !url.is_empty()).map(str::to_owned)
    };
    let dead = calls.iter().filter(old).find_map(link).unwrap();
    let answer = site.client.get(dead).send().await.unwrap();
    assert_eq!(answer.status(), 403);
    assert!(answer.text().await.unwrap().contains("<Code>AccessDenied</Code>"));
    let fresh = calls.iter().find_map(link).unwrap();
    assert_eq!(site.client.get(fresh).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn bad_parameters_unknown_calls_and_unknown_routes_are_answered_as_documented() {
    let site = site().await;
    for (path, status, code) in [
        ("/calls?limit=101", 422, "validation_error"),
        ("/calls?limit=none", 422, "validation_error"),
        ("/calls?status=lost", 422, "validation_error"),
        ("/calls?created_after=yesterday", 422, "validation_error"),
        ("/calls/call_nothing", 404, "not_found"),
        ("/nothing", 404, "not_found"),
    ] {
        let (found, body) = site.get("truedy", path).await;
        assert_eq!((found.as_u16(), &body["error"]["code"]), (status, &json!(code)), "{path}");
    }
}

#[tokio::test]
async fn the_101st_request_of_a_minute_is_refused_with_its_end() {
    let site = site_with(Limits::Real).await;
    // 205 requests cannot fit into two windows of 100, however the minutes fall.
    let sent = (0..205).map(|_| site.request("truedy", "/agents?limit=1").send());
    let answers = futures_util::future::join_all(sent).await;
    let refused =
        answers.into_iter().map(Result::unwrap).find(|answer| answer.status() == 429).unwrap();
    assert!(refused.headers().get("retry-after").is_none());
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["error"]["code"], "rate_limit_exceeded");
    assert_eq!(body["error"]["details"]["limit"], 100);
    assert!(body["error"]["details"]["reset_at"].is_string());
}
