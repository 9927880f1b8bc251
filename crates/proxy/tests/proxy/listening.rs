//! Listening: ranges, types, and streams that are never held as a whole.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use http::{HeaderMap, Method, StatusCode};
use tokio::sync::oneshot;

use crate::fake::{Fake, json_response};
use crate::stage::{SHORT, Setup, Stage, header};

/// A provider whose recordings lie on the same port under `/audio`.
fn with_link(address: SocketAddr) -> Router {
    let link = async move || json_response(StatusCode::OK, format!("\"http://{address}/audio\""));
    Router::new().route("/calls/{call}/link", get(link))
}

async fn stage_with(audio: axum::routing::MethodRouter) -> (Fake, Stage) {
    let fake = Fake::start_knowing(|address| with_link(address).route("/audio", audio)).await;
    let stage = Setup::with_provider(&fake.url("")).start().await;
    (fake, stage)
}

/// Storage that knows one range, as storage does.
async fn ranged(headers: HeaderMap) -> Response {
    let sound = b"0123456789";
    let range = headers.get("range").map(|range| range.to_str().unwrap().to_owned());
    let current = headers.get("if-range").is_none_or(|tag| tag == "\"new\"");
    let common = [("content-type", "audio/x-wav"), ("etag", "\"new\""), ("accept-ranges", "bytes")];
    match range.as_deref().filter(|_| current) {
        None => (common, &sound[..]).into_response(),
        Some("bytes=0-1") => {
            let range = [("content-range", "bytes 0-1/10")];
            (StatusCode::PARTIAL_CONTENT, common, range, &sound[..2]).into_response()
        }
        Some(_) => {
            let range = [("content-range", "bytes */10")];
            (StatusCode::RANGE_NOT_SATISFIABLE, range, "<xml>not passed on</xml>").into_response()
        }
    }
}

async fn play(stage: &Stage, headers: &[(&str, &str)]) -> reqwest::Response {
    let mut request = stage.request(Method::GET, "/media/sales/a/main");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_range_is_answered_with_that_part() {
    let (_fake, stage) = stage_with(get(ranged)).await;
    let response = play(&stage, &[("range", "bytes=0-1")]).await;
    assert_eq!(response.status(), 206);
    for (name, value) in [
        ("content-type", "audio/wav"),
        ("content-length", "2"),
        ("content-range", "bytes 0-1/10"),
        ("accept-ranges", "bytes"),
        ("etag", "\"new\""),
        ("cache-control", "private, no-store"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(header(&response, name), value, "{name}");
    }
    assert_eq!(response.text().await.unwrap(), "01");
}

#[tokio::test]
async fn a_range_that_is_odd_is_answered_whole_or_refused() {
    let (fake, stage) = stage_with(get(ranged)).await;
    for range in ["bytes=0-1,5-6", "abc", "items=0-1", "bytes=-"] {
        let response = play(&stage, &[("range", range)]).await;
        assert_eq!(response.status(), 200, "{range}");
        assert_eq!(response.text().await.unwrap(), "0123456789");
    }
    for range in ["bytes=999999-", "bytes=-0"] {
        let response = play(&stage, &[("range", range)]).await;
        assert_eq!(response.status(), 416, "{range}");
        assert_eq!(header(&response, "content-range"), "bytes */10");
        assert_eq!(response.text().await.unwrap(), "");
    }
    let old = play(&stage, &[("range", "bytes=0-1"), ("if-range", "\"old\"")]).await;
    assert_eq!(old.status(), 200);
    let asked = fake.count("/audio");
    let many = format!("bytes={}", "0-1,".repeat(2_500));
    assert_eq!(play(&stage, &[("range", &many)]).await.status(), 400);
    assert_eq!(fake.count("/audio"), asked);
}

#[tokio::test]
async fn asking_for_the_head_gives_the_same_headers_and_no_body() {
    let (_fake, stage) = stage_with(get(ranged)).await;
    let response = stage.request(Method::HEAD, "/media/sales/a/main").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-length"), "10");
    assert_eq!(header(&response, "content-type"), "audio/wav");
    assert_eq!(response.text().await.unwrap(), "");
}

#[tokio::test]
async fn a_storage_that_ignores_ranges_is_not_made_to_look_as_if_it_did_not() {
    let whole = get(async || ([("content-type", "audio/mpeg")], "sound"));
    let (_fake, stage) = stage_with(whole).await;
    let response = play(&stage, &[("range", "bytes=0-1")]).await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-range"), "");
}

#[tokio::test]
async fn what_is_no_audio_is_not_passed_on() {
    for kind in ["text/html", "image/svg+xml", "application/json", "application/xml"] {
        let page = async move || ([("content-type", kind)], "<script>alert(1)</script>");
        let (_fake, stage) = stage_with(get(page)).await;
        let refusal = stage.refusal("/media/sales/a/main").await;
        assert_eq!(refusal, (502, "bad_content_type".to_owned()), "{kind}");
    }
    let unnamed = async || ([("content-type", "application/octet-stream")], "sound");
    let (_fake, stage) = stage_with(get(unnamed)).await;
    let response = play(&stage, &[]).await;
    assert_eq!(header(&response, "content-type"), "application/octet-stream");
    assert_eq!(header(&response, "content-disposition"), "attachment");
}

#[tokio::test]
async fn a_recording_that_breaks_off_or_lies_about_its_length_is_cut() {
    for answer in [
        &b"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nContent-Length: 1000\r\n\r\nsound"[..],
        b"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsound",
    ] {
        let stage = stage_on_raw(answer).await;
        let response = play(&stage, &[]).await;
        assert_eq!(response.status(), 200);
        assert!(response.bytes().await.is_err());
    }
}

/// A raw port that gives its own address to whoever asks for a link, and `answer` otherwise.
async fn stage_on_raw(answer: &'static [u8]) -> Stage {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let read = stream.read(&mut request).await.unwrap_or_default();
            let body = format!("\"http://{address}/audio\"");
            let link = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\
                 Content-Length: {}\r\n\r\n{body}",
                body.len()
            );
            let is_link = request[..read].starts_with(b"GET /calls/");
            let bytes = if is_link { link.as_bytes() } else { answer };
            let _ = stream.write_all(bytes).await;
            let _ = stream.shutdown().await;
        }
    });
    Setup::with_provider(&format!("http://{address}")).start().await
}

#[tokio::test]
async fn a_storage_that_falls_silent_is_given_up() {
    let silent = get(async || {
        let first = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"sound"))]);
        let body = Body::from_stream(first.chain(stream::pending()));
        ([("content-type", "audio/mpeg")], body)
    });
    let fake = Fake::start_knowing(|address| with_link(address).route("/audio", silent)).await;
    let mut setup = Setup::with_provider(&fake.url(""));
    setup.patience.idle = SHORT;
    let stage = setup.start().await;
    assert!(play(&stage, &[]).await.bytes().await.is_err());
}

/// Tells when it is dropped.
struct Leaving(Option<oneshot::Sender<()>>);

impl Drop for Leaving {
    fn drop(&mut self) {
        let _ = self.0.take().unwrap().send(());
    }
}

#[tokio::test]
async fn a_listener_who_leaves_an_endless_recording_ends_it_at_the_storage_too() {
    let (left, gone) = oneshot::channel();
    let leaving = Arc::new(Mutex::new(Some(Leaving(Some(left)))));
    let endless = get(async move || {
        let leaving = leaving.lock().unwrap().take().unwrap();
        let chunks = stream::repeat_with(move || {
            let _held = &leaving;
            Ok::<_, Infallible>(Bytes::from_static(&[7; 65_536]))
        });
        ([("content-type", "audio/mpeg")], Body::from_stream(chunks))
    });
    let (_fake, stage) = stage_with(endless).await;
    let mut heard = play(&stage, &[]).await.bytes_stream();
    // What is heard arrives although the recording never ends: nothing waits for the whole.
    assert!(!heard.next().await.unwrap().unwrap().is_empty());
    drop(heard);
    gone.await.unwrap();
}
