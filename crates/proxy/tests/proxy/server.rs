//! The server: framing of requests, limits, and stopping.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use http::StatusCode;
use proxy::{Server, StartError};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::fake::{Fake, json_response};
use crate::raw::{self, exchange, status_of};
use crate::stage::{SHORT, Setup};

#[tokio::test]
async fn a_second_request_hidden_in_a_body_is_not_answered() {
    let stage = Setup::with_provider("http://127.0.0.1:9").start().await;
    for framing in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: +5",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    ] {
        let request = format!(
            "POST /healthz HTTP/1.1\r\nHost: localhost\r\n{framing}\r\n\r\n0\r\n\r\n\
             GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
        );
        let answer = exchange(stage.address, request.as_bytes()).await;
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{framing}: {answer}");
        assert!(matches!(status_of(&answer), 400 | 405), "{framing}: {answer}");
    }
}

#[tokio::test]
async fn a_request_that_is_too_large_is_told_so() {
    let stage = Setup::with_provider("http://127.0.0.1:9").start().await;
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(70_000));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "a: b\r\n".repeat(600));
    let large = format!("GET / HTTP/1.1\r\nHost: localhost\r\na: {}\r\n\r\n", "b".repeat(500_000));
    for (request, status) in [(long, 414), (many, 431), (large, 431)] {
        let answer = exchange(stage.address, request.as_bytes()).await;
        assert_eq!(status_of(&answer), status);
    }
    assert_eq!(stage.get("/healthz").await.status(), 200);
}

#[tokio::test]
async fn half_a_request_is_given_up_and_others_are_still_served() {
    let mut setup = Setup::with_provider("http://127.0.0.1:9");
    setup.limits.header_read = SHORT;
    setup.limits.connections = 2;
    let stage = setup.start().await;
    let mut idle = TcpStream::connect(stage.address).await.unwrap();
    let half = exchange(stage.address, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: ").await;
    assert!(!half.contains("200 OK"), "{half}");
    assert_eq!(raw::read_to_end(&mut idle).await.matches("200 OK").count(), 0);
    assert_eq!(stage.get("/healthz").await.status(), 200);
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let first = Server::bind((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
    let Err(error) = Server::bind(first.address()).await else { panic!("taken") };
    assert!(matches!(error, StartError::PortInUse(_)));
    let text = error.to_string();
    assert!(text.contains(&first.address().port().to_string()), "{text}");
}

#[tokio::test]
async fn only_this_machine_may_reach_it_while_nobody_signs_in() {
    for own in ["127.0.0.1:80", "[::1]:80"] {
        assert!(StartError::unless_private(own.parse().unwrap()).is_ok());
    }
    for open in ["0.0.0.0:80", "[::]:80", "192.168.1.2:80"] {
        let error = StartError::unless_private(open.parse().unwrap()).unwrap_err().to_string();
        assert!(error.contains("--i-know-there-is-no-sign-in"), "{error}");
    }
}

/// A recording whose second half comes when the test says so, or never.
async fn held_recording() -> (Fake, oneshot::Sender<()>) {
    let (release, released) = oneshot::channel::<()>();
    let released = Arc::new(Mutex::new(Some(released)));
    let audio = get(async move || {
        let released = released.lock().unwrap().take().unwrap();
        let first = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"first "))]);
        let second = stream::once(async move {
            let _ = released.await;
            Ok(Bytes::from_static(b"second"))
        });
        ([("content-type", "audio/mpeg")], Body::from_stream(first.chain(second)))
    });
    let fake = Fake::start_knowing(|address| {
        let link =
            async move || json_response(StatusCode::OK, format!("\"http://{address}/audio\""));
        Router::new().route("/calls/{call}/link", get(link)).route("/audio", audio)
    });
    (fake.await, release)
}

#[tokio::test]
async fn a_stop_lets_an_open_recording_end_and_takes_nothing_new() {
    let (fake, release) = held_recording().await;
    let mut stage = Setup::with_provider(&fake.url("")).start().await;
    let mut heard = stage.get("/media/sales/a/main").await.bytes_stream();
    assert_eq!(heard.next().await.unwrap().unwrap(), "first ");
    stage.ask_to_stop();
    // The port is closed as soon as the stop has been seen.
    while TcpStream::connect(stage.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    release.send(()).unwrap();
    assert_eq!(heard.next().await.unwrap().unwrap(), "second");
    assert!(heard.next().await.is_none());
    stage.ended().await;
}

#[tokio::test]
async fn a_recording_that_does_not_end_is_cut_when_the_time_is_up() {
    let (fake, _never) = held_recording().await;
    let mut setup = Setup::with_provider(&fake.url(""));
    setup.limits.drain = SHORT;
    let mut stage = setup.start().await;
    let mut heard = stage.get("/media/sales/a/main").await.bytes_stream();
    assert_eq!(heard.next().await.unwrap().unwrap(), "first ");
    stage.ask_to_stop();
    stage.ended().await;
    assert!(heard.next().await.is_none_or(|rest| rest.is_err()));
}
