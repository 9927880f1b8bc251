//! Atoms on the wire.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod support;

use std::collections::HashSet;

use demo::Limits;
use serde_json::{Value, json};
use support::{Site, rows, site, site_with, words};

async fn all(site: &Site, query: &str) -> Vec<Value> {
    let (mut found, mut page) = (Vec::new(), 1);
    loop {
        let body = site.ok("atoms", &format!("/conversation?limit=100&page={page}&{query}")).await;
        found.extend(rows(&body));
        if body["data"]["pagination"]["hasMore"] == false {
            assert_eq!(body["data"]["pagination"]["total"], found.len());
            return found;
        }
        page += 1;
    }
}

async fn search(site: &Site, body: &Value) -> (u16, Value) {
    let access = site.access("atoms");
    let request = site.client.post(format!("{}/conversation/search", access.base_url)).json(body);
    let request =
        access.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_missing_or_wrong_key_gets_the_providers_401() {
    let site = site().await;
    let (status, body) = site.bare("atoms", "/conversation").await;
    assert_eq!((status.as_u16(), &body["status"]), (401, &json!(false)));
    assert!(body["errors"][0].is_string());
}

#[tokio::test]
async fn pages_cover_every_root_call_exactly_once_latest_update_first() {
    let site = site().await;
    let first = site.ok("atoms", "/conversation").await;
    assert_eq!(first["status"], true);
    assert_eq!(rows(&first).len(), 5);
    assert_eq!(
        site.ok("atoms", "/conversation?limit=9999").await["data"]["pagination"]["limit"],
        500
    );
    let calls = all(&site, "").await;
    assert!(calls.len() > 300);
    let ids: HashSet<_> = calls.iter().map(|call| call["callId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), calls.len());
    assert!(calls.is_sorted_by(|a, b| a["updatedAt"].as_str() >= b["updatedAt"].as_str()));
    assert!(!calls.is_sorted_by(|a, b| a["createdAt"].as_str() >= b["createdAt"].as_str()));
    assert!(calls.iter().all(|call| call["retryAttemptNumber"] == 0));
    let sorted = all(&site, "sortBy=createdAt&sortOrder=asc").await;
    assert!(sorted.is_sorted_by(|a, b| a["createdAt"].as_str() <= b["createdAt"].as_str()));
}

#[tokio::test]
async fn every_status_type_and_reason_of_the_documents_appears() {
    let site = site().await;
    let calls = all(&site, "").await;
    for status in [
        "pending",
        "in_progress",
        "in_queue",
        "processing",
        "active",
        "completed",
        "failed",
        "no_answer",
        "cancelled",
        "busy",
    ] {
        assert!(words(&calls, "status").contains(status), "{status}");
    }
    for kind in ["telephony_inbound", "telephony_outbound", "webcall", "chat"] {
        assert!(words(&calls, "type").contains(kind), "{kind}");
    }
    for reason in [
        "user_hangup",
        "agent_hangup",
        "connection_error",
        "timeout",
        "system_error",
        "transfer_complete",
        "dial_no_answer",
        "-",
    ] {
        assert!(words(&calls, "disconnectionReason").contains(reason), "{reason}");
    }
    assert!(calls.iter().any(|call| call["isTest"] == true));
    assert!(calls.iter().any(|call| call["recordingUrl"] == ""));
    let chats = calls.iter().filter(|call| call["type"] == "chat");
    assert!(
        chats.into_iter().all(|call| call["recordingUrl"].as_str().unwrap_or_default().is_empty())
    );
}

#[tokio::test]
async fn filters_take_lists_and_only_what_they_name() {
    let site = site().await;
    let found = all(&site, "statusFilter=failed,no_answer").await;
    assert_eq!(words(&found, "status").len(), 2);
    let found = all(&site, "callTypes=webcall,chat").await;
    assert_eq!(words(&found, "type").len(), 2);
    let agents = site.ok("atoms", "/agent?offset=2&page=1").await;
    assert_eq!(agents["data"]["agents"].as_array().unwrap().len(), 2);
    assert_eq!(agents["data"]["total"], 3);
    let id = agents["data"]["agents"][0]["_id"].as_str().unwrap();
    assert!(all(&site, &format!("agentIds={id}")).await.iter().all(|call| call["agentId"] == id));
    let found = all(&site, "campaignIds=65f0c0ffee0000000000cafe").await;
    assert!(!found.is_empty());
    assert!(found.iter().all(|call| call["type"] == "telephony_outbound"));
    let found = all(&site, "disconnectReasonFilter=timeout").await;
    assert!(!found.is_empty() && found.iter().all(|call| call["disconnectionReason"] == "timeout"));
    let found = all(&site, "durationFilter=1-5").await;
    assert!(found.iter().all(|call| (60.0..=300.0).contains(&call["duration"].as_f64().unwrap())));
    let day = all(&site, "dateFrom=2026-11-10T00:00:00Z&dateTo=2026-11-10T23:59:59.999Z").await;
    assert!(!day.is_empty());
    assert!(day.iter().all(|call| call["createdAt"].as_str().unwrap().starts_with("2026-11-10")));
    let from = all(&site, "callTypes=telephony_inbound")
        .await
        .iter()
        .find_map(|call| {
            call["from"].as_str().filter(|from| from.starts_with('+')).map(str::to_owned)
        })
        .unwrap();
    let theirs = all(&site, &format!("search={}", &from[1..])).await;
    assert!(theirs.iter().all(|call| call["from"] == from.as_str() || call["to"] == from.as_str()));
    assert!(!theirs.is_empty());
}

#[tokio::test]
async fn a_detail_has_the_agent_and_absolute_turn_times() {
    let site = site().await;
    let calls = all(&site, "statusFilter=completed").await;
    let mut found = None;
    for row in calls.iter().filter(|call| call["duration"].as_f64() > Some(20.0)) {
        let path = format!("/conversation/{}", row["callId"].as_str().unwrap());
        let (_, detail) = site.get("atoms", &path).await;
        if detail["data"]["transcript"][0].is_object() {
            found = Some((row, detail));
            break;
        }
    }
    let (row, detail) = found.unwrap();
    let data = &detail["data"];
    assert_eq!(data["agent"]["_id"], row["agentId"]);
    let turns = data["transcript"].as_array().unwrap();
    assert!(turns.len() >= 2);
    assert!(
        turns
            .iter()
            .all(|turn| turn["timestamp"].as_str().unwrap() > row["createdAt"].as_str().unwrap())
    );
    assert!(data["postCallAnalytics"]["summary"].is_string());
    assert!(data["turnLatencyMetrics"]["transitions"][0]["user_end"].is_number());
    let mut plain = false;
    for call in calls.iter().take(200) {
        let (_, body) =
            site.get("atoms", &format!("/conversation/{}", call["callId"].as_str().unwrap())).await;
        plain |= body["data"]["transcript"][0].is_string();
    }
    assert!(plain, "no transcript of plain strings");
}

#[tokio::test]
async fn search_takes_1_to_100_ids_and_finds_retries_that_the_list_hides() {
    let site = site().await;
    let listed: HashSet<_> =
        all(&site, "").await.iter().map(|call| call["callId"].clone()).collect();
    let missed = all(&site, "statusFilter=no_answer&callTypes=telephony_outbound").await;
    let root = missed.iter().find(|call| call["retryCount"].as_u64() > Some(0)).unwrap()["callId"]
        .as_str()
        .unwrap();
    let retries = site.ok("atoms", &format!("/conversation/{root}/retries")).await;
    let retry = &retries["data"]["retries"][0];
    assert_eq!(retry["retryCallId"], root);
    assert!(!listed.contains(&retry["callId"]));
    let (status, found) =
        search(&site, &json!({"callIds": [root, retry["callId"], "CALL-0-none"]})).await;
    assert_eq!((status, rows(&found).len()), (200, 2));
    for bad in [json!({"callIds": []}), json!({"callIds": vec!["x"; 101]}), json!({}), json!([1])] {
        let (status, body) = search(&site, &bad).await;
        assert_eq!((status, &body["status"]), (400, &json!(false)));
    }
}

#[tokio::test]
async fn a_download_link_works_and_a_call_without_audio_has_none() {
    let site = site().await;
    let calls = all(&site, "statusFilter=completed,no_answer").await;
    let with = |has: bool| {
        calls
            .iter()
            .find(|call| call["recordingUrl"].as_str().is_some_and(|url| url.is_empty() != has))
            .unwrap()
    };
    let path = |call: &Value| {
        format!("/conversation/{}/recording/download-url", call["callId"].as_str().unwrap())
    };
    let link = site.ok("atoms", &path(with(true))).await;
    let answer =
        site.client.get(link["data"]["presignedUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(site.get("atoms", &path(with(false))).await.0, 404);
}

#[tokio::test]
async fn bad_parameters_and_unknown_things_are_answered_in_the_envelope() {
    let site = site().await;
    for (path, status) in [
        ("/conversation?page=0", 400),
        ("/conversation?sortBy=name", 400),
        ("/conversation?dateFrom=soon", 400),
        ("/conversation/CALL-0-none", 404),
        ("/nothing", 404),
    ] {
        let (found, body) = site.get("atoms", path).await;
        assert_eq!((found.as_u16(), &body["status"]), (status, &json!(false)), "{path}");
        assert!(body["errors"][0].is_string());
    }
}

#[tokio::test]
async fn the_11th_request_of_a_second_is_refused() {
    let site = site_with(Limits::Real).await;
    let sent = (0..120).map(|_| site.request("atoms", "/agent").send());
    let answers = futures_util::future::join_all(sent).await;
    let refused =
        answers.into_iter().map(Result::unwrap).find(|answer| answer.status() == 429).unwrap();
    assert!(refused.headers().contains_key("x-request-id"));
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["code"], "RATE_LIMIT_EXCEEDED");
    assert!(body["retry_after"].is_number());
}
