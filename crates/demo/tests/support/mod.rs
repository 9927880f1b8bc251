//! A demo on a free port and a client that talks to it as a provider's customer would.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a test may stop at the first surprise, and no test file uses everything"
)]

pub mod sound;

use demo::{Demo, Limits, Options, ProviderAccess};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::Value;

/// 2026-11-19T14:00:00Z, a Thursday.
pub const NOW: i64 = 1_795_096_800_000;
pub const DAY: i64 = 86_400_000;

pub struct Site {
    pub demo: Demo,
    pub origin: String,
    pub client: reqwest::Client,
}

pub async fn site() -> Site {
    site_with(Limits::Off).await
}

pub async fn site_with(limits: Limits) -> Site {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let options =
        Options { now_ms: Some(NOW), limits, origin: origin.clone(), ..Options::default() };
    let demo = Demo::new(options);
    let router = demo.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Site { demo, origin, client: reqwest::Client::new() }
}

impl Site {
    pub fn access(&self, provider: &str) -> ProviderAccess {
        self.demo.providers().into_iter().find(|access| access.provider == provider).unwrap()
    }

    /// A request with the provider's demo key.
    pub fn request(&self, provider: &str, path: &str) -> RequestBuilder {
        let access = self.access(provider);
        let request = self.client.get(format!("{}{path}", access.base_url));
        access.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    pub async fn get(&self, provider: &str, path: &str) -> (StatusCode, Value) {
        let answer = self.request(provider, path).send().await.unwrap();
        let status = answer.status();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    pub async fn ok(&self, provider: &str, path: &str) -> Value {
        let (status, body) = self.get(provider, path).await;
        assert_eq!(status, 200, "{provider} {path}: {body}");
        body
    }

    /// A request without any key.
    pub async fn bare(&self, provider: &str, path: &str) -> (StatusCode, Value) {
        let url = format!("{}{path}", self.access(provider).base_url);
        let answer = self.client.get(url).send().await.unwrap();
        (answer.status(), answer.json().await.unwrap_or(Value::Null))
    }
}

pub fn rows(body: &Value) -> Vec<Value> {
    body["data"].as_array().or_else(|| body["data"]["logs"].as_array()).unwrap().clone()
}

pub fn words(rows: &[Value], field: &str) -> std::collections::BTreeSet<String> {
    rows.iter().filter_map(|row| row[field].as_str().map(str::to_owned)).collect()
}
