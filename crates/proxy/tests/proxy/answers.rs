//! What of a provider's answer reaches the client, and what does not.

use axum::Router;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use http::{Method, StatusCode};

use crate::fake::{Fake, json_response, start_raw};
use crate::stage::{KEY, SHORT, Setup, header, refusal_of};

async fn answered(
    answer: impl Fn() -> Response + Clone + Send + Sync + 'static,
) -> reqwest::Response {
    let fake = Fake::start(Router::new().fallback(async move || answer())).await;
    let stage = Setup::with_provider(&fake.url("")).start().await;
    stage.get("/api/c/sales/calls").await
}

#[tokio::test]
async fn status_and_body_come_as_the_provider_sent_them() {
    let body = "{ \"error\" : \"no such key\",\"lone\":\"\\ud800\" }";
    let response = answered(move || {
        let mut response = json_response(StatusCode::UNAUTHORIZED, body);
        for (name, value) in [
            ("content-type", "application/problem+json; charset=utf-8"),
            ("retry-after", "7"),
            ("x-ratelimit-remaining", "3"),
            ("x-acme-request", "req-1"),
            ("set-cookie", "a=b"),
            ("server", "acme"),
            ("access-control-allow-origin", "*"),
            ("content-security-policy", "default-src *"),
            ("location", "https://evil.example"),
            ("cache-control", "public, max-age=100"),
        ] {
            response.headers_mut().insert(name, value.parse().unwrap());
        }
        response
    });
    let response = response.await;
    assert_eq!(response.status(), 401);
    for (name, value) in [
        ("content-type", "application/json"),
        ("retry-after", "7"),
        ("x-ratelimit-remaining", "3"),
        ("calldeck-request-id", "req-1"),
        ("calldeck-from", "provider"),
        ("cache-control", "private, no-store"),
        ("x-content-type-options", "nosniff"),
        ("set-cookie", ""),
        ("server", ""),
        ("location", ""),
        ("x-acme-request", ""),
        ("access-control-allow-origin", ""),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(header(&response, name), value, "{name}");
    }
    assert_eq!(response.text().await.unwrap(), body);
}

#[tokio::test]
async fn a_page_instead_of_json_is_never_passed_on() {
    for kind in ["text/html", "image/svg+xml", "text/json", "application/xhtml+xml", ""] {
        let response = answered(move || {
            let mut response = "<script>alert(1)</script>".into_response();
            response.headers_mut().insert("content-type", kind.parse().unwrap());
            response
        });
        assert_eq!(
            refusal_of(response.await).await,
            (502, "bad_content_type".to_owned()),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn a_gateways_error_page_keeps_its_status_and_loses_its_body() {
    let response = answered(|| (StatusCode::SERVICE_UNAVAILABLE, "<h1>down</h1>").into_response());
    let response = response.await;
    assert_eq!(response.status(), 503);
    assert_eq!(header(&response, "calldeck-from"), "provider");
    assert_eq!(header(&response, "content-type"), "application/json");
    let text = response.text().await.unwrap();
    assert!(text.contains("bad_content_type") && !text.contains("<h1>"), "{text}");
}

#[tokio::test]
async fn a_compressed_answer_that_nobody_asked_for_is_refused() {
    let response = answered(|| {
        let mut response = json_response(StatusCode::OK, "{}");
        response.headers_mut().insert("content-encoding", "gzip".parse().unwrap());
        response
    });
    assert_eq!(refusal_of(response.await).await.1, "bad_content_type");
}

#[tokio::test]
async fn a_redirect_is_refused_and_the_key_stays() {
    let other = Fake::saying("{}").await;
    let (see, stay) = (other.url("/taken"), other.url("/taken"));
    let fake = Fake::start(
        Router::new()
            .route("/calls", get(async move || Redirect::to(&see)))
            .route("/search", post(async move || Redirect::temporary(&stay))),
    );
    let fake = fake.await;
    let stage = Setup::with_provider(&fake.url("")).start().await;
    let wanted = (502, "provider_redirected".to_owned());
    assert_eq!(stage.refusal("/api/c/sales/calls").await, wanted);
    let post = stage.request(Method::POST, "/api/c/sales/search");
    let post = post.header("content-type", "application/json").body(r#"{"callIds":["a"]}"#);
    assert_eq!(refusal_of(post.send().await.unwrap()).await, wanted);
    assert_eq!(fake.seen().len(), 2);
    assert_eq!(other.seen().len(), 0);
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_told_apart_from_one_that_is_slow() {
    let stage = Setup::with_provider("http://127.0.0.1:9").start().await;
    let response = stage.get("/api/c/sales/calls").await;
    assert_eq!(refusal_of(response).await, (502, "provider_unreachable".to_owned()));

    let silent = Router::new().fallback(async || std::future::pending::<Response>().await);
    let fake = Fake::start(silent).await;
    let mut setup = Setup::with_provider(&fake.url(""));
    setup.patience.answer = SHORT;
    let stage = setup.start().await;
    assert_eq!(stage.refusal("/api/c/sales/calls").await, (504, "provider_timed_out".to_owned()));
}

#[tokio::test]
async fn a_refusal_names_the_provider_but_not_its_address_or_key() {
    let stage = Setup::with_provider("http://127.0.0.1:9/inner").start().await;
    let text = stage.get("/api/c/sales/calls").await.text().await.unwrap();
    assert!(text.contains("Acme"), "{text}");
    for secret in ["127.0.0.1", "inner", KEY] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn an_answer_that_announces_too_much_is_refused() {
    let head =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 70000000\r\n\r\n[";
    let address = start_raw(head).await;
    let stage = Setup::with_provider(&format!("http://{address}")).start().await;
    assert_eq!(stage.refusal("/api/c/sales/calls").await, (502, "answer_too_large".to_owned()));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_told_and_not_passed_on_as_whole() {
    for head in [
        &b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[1,"[..],
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1,",
    ] {
        let address = start_raw(head).await;
        let stage = Setup::with_provider(&format!("http://{address}")).start().await;
        let wanted = (502, "provider_broke_off".to_owned());
        assert_eq!(stage.refusal("/api/c/sales/calls").await, wanted);
    }
}
