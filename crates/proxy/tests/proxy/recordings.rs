//! Finding a recording: what is asked, how often, what is blocked, and what is said if there is
//! none.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use http::StatusCode;

use crate::fake::{Fake, json_response};
use crate::stage::{KEY, NOW_MS, Setup, Stage, header, refusal_of};

/// A provider whose answer about every call's recording is the same text.
async fn provider_saying(text: &str) -> Fake {
    let text = serde_json::to_string(text).unwrap();
    let link = async move || json_response(StatusCode::OK, text.clone());
    Fake::start(Router::new().route("/calls/{call}/link", get(link))).await
}

async fn stage_saying(text: &str) -> (Fake, Stage) {
    let fake = provider_saying(text).await;
    let stage = Setup::with_provider(&fake.url("")).start().await;
    (fake, stage)
}

#[tokio::test]
async fn each_reason_why_there_is_none_has_a_code_of_its_own() {
    for (text, wanted) in [
        ("none=absent", (404, "recording_absent")),
        ("none=not_ready", (404, "recording_not_ready")),
        ("none=expired", (410, "recording_expired")),
        ("none=purged", (410, "recording_purged")),
    ] {
        let (_fake, stage) = stage_saying(text).await;
        let (status, code) = stage.refusal("/media/sales/a/main").await;
        assert_eq!((status, code.as_str()), wanted, "{text}");
    }
}

#[tokio::test]
async fn a_refusal_of_the_provider_is_told_with_its_status() {
    for (status, wanted) in [(401, 502), (404, 404), (429, 429), (500, 502)] {
        let refusing = async move || {
            let status = StatusCode::from_u16(status).unwrap();
            let mut response = json_response(status, r#"{"error":"said by Acme"}"#);
            response.headers_mut().insert("retry-after", "9".parse().unwrap());
            response
        };
        let fake = Fake::start(Router::new().fallback(refusing)).await;
        let stage = Setup::with_provider(&fake.url("")).start().await;
        let response = stage.get("/media/sales/a/main").await;
        assert_eq!(response.status(), wanted);
        assert!(!header(&response, "retry-after").is_empty());
        let body: serde_json::Value = response.json().await.unwrap();
        assert_eq!(body["error"]["code"], "recording_refused");
        assert_eq!(body["error"]["provider_status"], status);
        assert!(body["error"]["message"].as_str().unwrap().contains("said by Acme"));
    }
}

#[tokio::test]
async fn a_recording_is_looked_for_past_an_answer_that_was_kept() {
    let told = Arc::new(AtomicUsize::new(0));
    let asked = Arc::clone(&told);
    let detail = async move || {
        let link = ["absent", "absent", "expired"][told.fetch_add(1, Ordering::SeqCst).min(2)];
        json_response(StatusCode::OK, format!(r#"{{"state":"over","link":"none={link}"}}"#))
    };
    let fake = Fake::start(Router::new().route("/calls/{call}", get(detail))).await;
    let stage = Setup::with_provider(&fake.url("")).start().await;
    let opened = || stage.get("/api/c/sales/calls/told-1");
    assert_eq!(opened().await.status(), 200);
    assert_eq!(opened().await.status(), 200);
    assert_eq!(asked.load(Ordering::SeqCst), 1, "the answer was kept");
    let looked = stage.refusal("/media/sales/told-1/main").await;
    assert_eq!(looked, (404, "recording_absent".to_owned()));
    assert_eq!(asked.load(Ordering::SeqCst), 2, "what was kept named none, so it is asked anew");
    let again = stage.refusal("/media/sales/told-1/main").await;
    assert_eq!(again, (410, "recording_expired".to_owned()), "as the provider says by now");
}

#[tokio::test]
async fn a_recording_on_a_host_that_is_not_listed_is_blocked_with_the_line_to_add() {
    let other = Fake::saying("{}").await;
    for url in [
        other.url("/a.mp3"),
        "http://169.254.169.254/latest".to_owned(),
        "https://evil.example/a.mp3".to_owned(),
        "file:///etc/passwd".to_owned(),
        "//evil.example/a".to_owned(),
    ] {
        let (_fake, stage) = stage_saying(&url).await;
        let wanted = (502, "recording_blocked".to_owned());
        assert_eq!(stage.refusal("/media/sales/a/main").await, wanted, "{url}");
    }
    let (_fake, stage) = stage_saying("https://bucket.example.net/a.mp3?sig=secret").await;
    let text = stage.get("/media/sales/a/main").await.text().await.unwrap();
    assert!(text.contains(r#"media_hosts = [\"bucket.example.net\"]"#), "{text}");
    assert!(!text.contains("secret"), "{text}");
    assert_eq!(other.seen().len(), 0);
}

#[tokio::test]
async fn a_listed_name_that_leads_inside_is_blocked() {
    for addresses in
        [&["10.0.0.5"][..], &["127.0.0.1", "::1"], &["169.254.169.254"], &["::ffff:10.0.0.5"]]
    {
        let fake = provider_saying("https://audio.acme.example/a.mp3").await;
        let mut setup = Setup::with_provider(&fake.url(""));
        let addresses = addresses.iter().map(|address| address.parse().unwrap()).collect();
        setup.names.insert("audio.acme.example".to_owned(), addresses);
        let stage = setup.start().await;
        let wanted = (502, "recording_blocked".to_owned());
        assert_eq!(stage.refusal("/media/sales/a/main").await, wanted);
    }
}

#[tokio::test]
async fn a_path_that_is_no_recording_asks_nobody() {
    let (fake, stage) = stage_saying("none=absent").await;
    for path in [
        "/media/sales/a/left",
        "/media/sales/a",
        "/media/sales/a/main/x",
        "/media/other/a/main",
        "/media/sales/a~/main",
        "/media/sales/a%2fb/main",
    ] {
        let status = stage.get(path).await.status().as_u16();
        assert!(matches!(status, 400 | 404), "{path}");
    }
    assert_eq!(fake.seen().len(), 0);
}

/// A provider and storage on one port. Each look-up gives a new link; `good` says whether the
/// storage accepts a link.
async fn signing(
    life: &'static str,
    good: fn(link: usize, newest: usize) -> bool,
) -> (Fake, Stage) {
    let links = Arc::new(AtomicUsize::new(0));
    let given = Arc::clone(&links);
    let fake = Fake::start_knowing(move |address: SocketAddr| {
        let link = async move || {
            let number = given.fetch_add(1, Ordering::SeqCst) + 1;
            let text = format!("http://{address}/audio/{number}.mp3{life}");
            json_response(StatusCode::OK, serde_json::to_string(&text).unwrap())
        };
        let audio = async move |Path(name): Path<String>| -> Response {
            let number = name.trim_end_matches(".mp3").parse().unwrap();
            if good(number, links.load(Ordering::SeqCst)) {
                ([("content-type", "audio/mpeg")], "sound").into_response()
            } else {
                StatusCode::FORBIDDEN.into_response()
            }
        };
        Router::new().route("/calls/{call}/link", get(link)).route("/audio/{name}", get(audio))
    });
    let fake = fake.await;
    let stage = Setup::with_provider(&fake.url("")).start().await;
    (fake, stage)
}

#[tokio::test]
async fn one_listening_is_one_request_to_the_provider() {
    let (fake, stage) = signing("", |_, _| true).await;
    for _ in 0..5 {
        assert_eq!(stage.get("/media/sales/a/main").await.text().await.unwrap(), "sound");
    }
    assert_eq!((fake.count("/calls"), fake.count("/audio")), (1, 5));
    stage.get("/media/sales/a/mono").await;
    stage.get("/media/sales/b/main").await;
    assert_eq!(fake.count("/calls"), 3);
    assert!(fake.seen().iter().any(|seen| seen.target == "/calls/a/link?track=mono"));
}

#[tokio::test]
async fn listeners_at_the_same_time_share_one_request() {
    let (fake, stage) = signing("", |_, _| true).await;
    let together = (0..8).map(|_| stage.get("/media/sales/a/main"));
    for response in futures_util::future::join_all(together).await {
        assert_eq!(response.status(), 200);
    }
    assert_eq!(fake.count("/calls"), 1);
}

#[tokio::test]
async fn a_link_is_not_used_in_the_last_minute_of_its_life() {
    // One ends 59 seconds after the stopped clock, the other 61.
    assert_eq!(NOW_MS, 1_772_366_400_000);
    let (fake, stage) = signing(" 1772366459000", |_, _| true).await;
    for _ in 0..2 {
        assert_eq!(stage.get("/media/sales/a/main").await.status(), 200);
    }
    assert_eq!(fake.count("/calls"), 2);
    let (fake, stage) = signing(" 1772366461000", |_, _| true).await;
    for _ in 0..2 {
        assert_eq!(stage.get("/media/sales/a/main").await.status(), 200);
    }
    assert_eq!(fake.count("/calls"), 1);
}

#[tokio::test]
async fn a_link_that_has_worn_out_is_renewed_once() {
    let (fake, stage) = signing("", |link, _| link >= 2).await;
    assert_eq!(stage.get("/media/sales/a/main").await.text().await.unwrap(), "sound");
    assert_eq!((fake.count("/calls"), fake.count("/audio")), (2, 2));
    assert_eq!(stage.get("/media/sales/a/main").await.status(), 200);
    assert_eq!(fake.count("/calls"), 2);
}

#[tokio::test]
async fn a_storage_that_refuses_every_link_is_asked_twice_and_no_more() {
    let (fake, stage) = signing("", |_, _| false).await;
    let refusal = refusal_of(stage.get("/media/sales/a/main").await).await;
    assert_eq!(refusal, (502, "recording_refused".to_owned()));
    assert_eq!((fake.count("/calls"), fake.count("/audio")), (2, 2));
}

#[tokio::test]
async fn the_key_goes_to_the_provider_and_never_to_storage() {
    let (fake, stage) = signing("", |_, _| true).await;
    let request = stage.request(http::Method::GET, "/media/sales/a/main");
    request.header("cookie", "a=b").header("authorization", "x").send().await.unwrap();
    let seen = fake.seen();
    assert!(seen[0].headers["authorization"].to_str().unwrap().contains(KEY));
    let mut names: Vec<_> = seen[1].headers.keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "host", "user-agent"]);
}

#[tokio::test]
async fn storage_may_point_elsewhere_three_times_and_only_to_allowed_places() {
    let outside = Fake::saying("{}").await;
    let away = outside.url("/stolen");
    let hop = async move |Path(left): Path<u32>| match left {
        0 => ([("content-type", "audio/wav")], "sound").into_response(),
        99 => Redirect::temporary(&away).into_response(),
        left => Redirect::temporary(&format!("/hop/{}", left - 1)).into_response(),
    };
    let fake = Fake::start_knowing(|address| {
        let link = async move |Path(call): Path<String>| {
            json_response(StatusCode::OK, format!("\"http://{address}/hop/{call}\""))
        };
        Router::new().route("/calls/{call}/link", get(link)).route("/hop/{left}", get(hop))
    });
    let fake = fake.await;
    let stage = Setup::with_provider(&fake.url("")).start().await;
    assert_eq!(stage.get("/media/sales/3/main").await.status(), 200);
    assert_eq!(stage.refusal("/media/sales/4/main").await, (502, "recording_refused".to_owned()));
    assert_eq!(stage.refusal("/media/sales/99/main").await, (502, "recording_blocked".to_owned()));
    assert_eq!(outside.seen().len(), 0);
}

/// A provider that names no address where it should, and says this about the other place.
async fn naming_elsewhere(first: &'static str, second: &'static str) -> (Fake, Stage) {
    let fake = Fake::start_knowing(move |address: SocketAddr| {
        let said = async move || json_response(StatusCode::OK, format!("\"{first}\""));
        let second = second.replace("HERE", &format!("http://{address}"));
        let spare = async move || json_response(StatusCode::OK, format!("\"{second}\""));
        let audio = async move || ([("content-type", "audio/mpeg")], "sound");
        Router::new()
            .route("/calls/{call}/link", get(said))
            .route("/calls/{call}/spare", get(spare))
            .route("/audio.mp3", get(audio))
    });
    let fake = fake.await;
    let stage = Setup::with_provider(&fake.url("")).start().await;
    (fake, stage)
}

#[tokio::test]
async fn an_address_that_is_not_where_it_should_be_is_asked_for_elsewhere() {
    for first in ["none=absent", "none=not_ready"] {
        let (fake, stage) = naming_elsewhere(first, "HERE/audio.mp3").await;
        let response = stage.get("/media/sales/late-1/main").await;
        assert_eq!(response.text().await.unwrap(), "sound");
        let asked: Vec<String> = fake.seen().into_iter().map(|seen| seen.target).collect();
        let expected = ["/calls/late-1/link?track=main", "/calls/late-1/spare", "/audio.mp3"];
        assert_eq!(asked, expected, "{first}");
    }
}

#[tokio::test]
async fn if_it_is_not_elsewhere_either_what_was_said_first_is_the_reason() {
    let (fake, stage) = naming_elsewhere("none=not_ready", "none=absent").await;
    let wanted = (404, "recording_not_ready".to_owned());
    assert_eq!(stage.refusal("/media/sales/late-1/main").await, wanted);
    assert_eq!(fake.count("/calls/late-1/spare"), 1);
    for (call, first) in
        [("late-1", "none=expired"), ("late-1", "none=purged"), ("a", "none=absent")]
    {
        let (fake, stage) = naming_elsewhere(first, "HERE/audio.mp3").await;
        assert_ne!(stage.get(&format!("/media/sales/{call}/main")).await.status(), 200, "{first}");
        assert_eq!(fake.count(&format!("/calls/{call}/spare")), 0, "{first}");
    }
}
