//! What holds for all providers together.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use demo::{Limits, Options, sentinel};
use reqwest::StatusCode;
use sentinel::Fault;
use serde_json::Value;
use support::{NOW, Site, rows, site};

const PROVIDERS: [&str; 4] = ["talkpilot", "truedy", "agentvoice", "atoms"];

/// The path of a call's detail.
async fn detail_path(site: &Site, provider: &str, id: &str) -> String {
    match provider {
        "truedy" | "agentvoice" => format!("/calls/{id}"),
        "atoms" => format!("/conversation/{id}"),
        _ => {
            for agent in rows(&site.ok("talkpilot", "/agents").await) {
                let path = format!("/agents/{}/calls/{id}", agent["id"].as_str().unwrap());
                if site.request(provider, &path).send().await.unwrap().status()
                    != StatusCode::NOT_FOUND
                {
                    return path;
                }
            }
            unreachable!("no agent has the call {id}")
        }
    }
}

/// The newest 100 calls of each provider (and agent).
async fn newest(site: &Site, provider: &str) -> Vec<Value> {
    match provider {
        "truedy" | "agentvoice" => rows(&site.ok(provider, "/calls?limit=100").await),
        "atoms" => rows(&site.ok(provider, "/conversation?limit=100").await),
        _ => {
            let mut found = Vec::new();
            for agent in rows(&site.ok(provider, "/agents").await) {
                let path = format!("/agents/{}/calls?limit=100", agent["id"].as_str().unwrap());
                found.extend(rows(&site.ok(provider, &path).await));
            }
            found
        }
    }
}

fn customer_number(provider: &str, call: &Value) -> Option<String> {
    let field = |name: &str| call[name].as_str().map(str::to_owned);
    match provider {
        "talkpilot" | "agentvoice" => field("phone_number"),
        "truedy" if call["direction"] == "inbound" => field("from_number").or(field("from")),
        "truedy" => field("to_number").or(field("to")),
        _ if call["type"] == "telephony_inbound" => field("from"),
        _ => field("to"),
    }
}

#[tokio::test]
async fn the_directory_names_the_base_urls_and_keys_that_work() {
    let site = site().await;
    let body: Value = site.client.get(&site.origin).send().await.unwrap().json().await.unwrap();
    let entries = body["providers"].as_array().unwrap();
    assert_eq!(entries.len(), 4);
    for (entry, access) in entries.iter().zip(site.demo.providers()) {
        assert_eq!(entry["provider"], access.provider);
        assert_eq!(entry["base_url"], access.base_url.as_str());
        let path = match access.provider {
            "talkpilot" => "/agents",
            "atoms" => "/conversation",
            _ => "/calls",
        };
        let mut request = site.client.get(format!("{}{path}", entry["base_url"].as_str().unwrap()));
        for (name, value) in entry["headers"].as_object().unwrap() {
            request = request.header(name, value.as_str().unwrap());
        }
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
}

#[tokio::test]
async fn the_same_time_and_seed_give_the_same_calls_and_another_seed_others() {
    let (one, two) = (site().await, site().await);
    for provider in PROVIDERS {
        let text =
            |site: &Site, rows: Vec<Value>| Value::from(rows).to_string().replace(&site.origin, "");
        let (a, b) = (newest(&one, provider).await, newest(&two, provider).await);
        assert!(text(&one, a) == text(&two, b), "{provider}");
    }
    let other = demo::Demo::new(Options {
        now_ms: Some(NOW),
        seed: 8,
        limits: Limits::Off,
        ..Options::default()
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = other.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let url = format!("{origin}/truedy/api/public/v1/calls?limit=100");
    let third = one.client.get(url).bearer_auth("truedy_demo").send().await.unwrap();
    let third: Value = third.json().await.unwrap();
    let phones = |calls: &[Value]| -> Vec<_> {
        calls.iter().map(|call| customer_number("truedy", call)).collect()
    };
    assert_ne!(phones(&rows(&third)), phones(&newest(&one, "truedy").await));
}

#[tokio::test]
async fn at_least_five_people_called_at_every_provider_in_the_last_days() {
    let site = site().await;
    let mut seen: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for provider in PROVIDERS {
        for call in newest(&site, provider).await {
            if let Some(phone) =
                customer_number(provider, &call).filter(|phone| phone.starts_with('+'))
            {
                seen.entry(phone).or_default().insert(provider);
            }
        }
    }
    assert!(seen.values().filter(|providers| providers.len() == 4).count() >= 5);
}

#[tokio::test]
async fn no_number_could_ring_at_somebodys_home() {
    let site = site().await;
    let fictional = |phone: &str| {
        let starts = [
            "+493023125",
            "+496990009",
            "+494066969",
            "+498999998",
            "+492214710",
            "+4917139200",
            "+442079460",
            "+97140000",
            "+20200000",
            "+266696687",
        ];
        let american =
            phone.starts_with("+1") && phone.len() == 12 && phone[5..].starts_with("55501");
        american || starts.iter().any(|start| phone.starts_with(start))
    };
    for provider in PROVIDERS {
        for call in newest(&site, provider).await {
            for field in [
                "phone_number",
                "phone_number_called_from",
                "from",
                "to",
                "from_number",
                "to_number",
            ] {
                let phone = call[field].as_str().filter(|phone| phone.starts_with('+'));
                assert!(phone.is_none_or(fictional), "{provider} {field}: {}", call[field]);
            }
        }
    }
}

#[tokio::test]
async fn sentinel_calls_are_listed_and_their_details_fail_as_named() {
    let site = site().await;
    futures_util::future::join_all(PROVIDERS.map(|provider| faults_of(&site, provider))).await;
}

async fn faults_of(site: &Site, provider: &str) {
    let field = if provider == "atoms" { "callId" } else { "id" };
    let calls = newest(site, provider).await;
    let listed = support::words(&calls, field);
    for fault in Fault::ALL {
        let id = sentinel::faulty_call(provider, fault).unwrap();
        assert!(listed.contains(id), "{provider} {id}");
        let path = detail_path(site, provider, id).await;
        let answer = site.request(provider, &path).send().await.unwrap();
        let (status, kind) = (answer.status().as_u16(), answer.headers()["content-type"].clone());
        let body = answer.text().await.unwrap();
        let parsed = serde_json::from_str::<Value>(&body);
        match fault {
            Fault::ServerError => assert!(status == 500 && parsed.is_ok()),
            Fault::TooMany => assert!(status == 429 && parsed.is_ok()),
            Fault::CutOff => assert!(status == 200 && parsed.is_err() && body.starts_with('{')),
            Fault::Html => {
                assert!(status == 200 && kind.to_str().unwrap().starts_with("text/html"))
            }
            Fault::Slow => assert!(status == 200 && parsed.is_ok()),
        }
    }
}

#[tokio::test]
async fn hostile_text_arrives_as_it_is_and_is_never_recorded() {
    let site = site().await;
    for (provider, id) in PROVIDERS.into_iter().zip([
        sentinel::HOSTILE_TALKPILOT,
        sentinel::HOSTILE_TRUEDY,
        sentinel::HOSTILE_AGENTVOICE,
        sentinel::HOSTILE_ATOMS,
    ]) {
        let path = detail_path(&site, provider, id).await;
        let query = if provider == "agentvoice" { "?fields=full" } else { "" };
        let text = site
            .request(provider, &format!("{path}{query}"))
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        for needle in
            ["<img src=x onerror=", "<script>", "\u{202e}", "=cmd|", "{{constructor", "👍🏽"]
        {
            assert!(text.contains(needle), "{provider}: {needle}");
        }
        assert!(!text.contains("/recordings/"), "{provider}");
    }
}

#[tokio::test]
async fn all_three_languages_are_spoken() {
    let site = site().await;
    let mut text = String::new();
    for provider in PROVIDERS {
        text += &Value::from(newest(&site, provider).await).to_string();
    }
    for word in ["The customer", "Rechnung", "العميل"] {
        assert!(text.contains(word), "{word}");
    }
}

#[tokio::test]
async fn each_provider_had_ended_calls_on_the_last_working_days() {
    let site = site().await;
    let mut days: BTreeMap<String, usize> = BTreeMap::new();
    for provider in PROVIDERS {
        for call in newest(&site, provider).await {
            let created =
                call["created_at"].as_str().or_else(|| call["createdAt"].as_str()).unwrap();
            *days.entry(created[..10].to_owned()).or_default() += 1;
        }
    }
    for day in ["2026-11-16", "2026-11-17", "2026-11-18"] {
        assert!(days[day] >= 20, "{day}: {}", days[day]);
    }
    assert!(days["2026-11-19"] >= 10);
}
