//! What of a client's request reaches a provider, and what does not.

use axum::Router;
use axum::routing::post;
use http::{Method, StatusCode};

use crate::fake::{Fake, json_response};
use crate::raw;
use crate::stage::{KEY, NOW_MS, ORGANIZATION, SHORT, Setup, Stage, header, refusal_of};

async fn stage() -> (Fake, Stage) {
    let fake = Fake::saying("{}").await;
    let stage = Setup::with_provider(&fake.url("/v1/")).start().await;
    (fake, stage)
}

#[tokio::test]
async fn a_listed_request_reaches_the_provider_with_our_key_and_nothing_of_the_client() {
    let (fake, stage) = stage().await;
    let mut request = stage.request(Method::GET, "/api/c/sales/calls?phone=%2B49+30&limit=5");
    for (name, value) in [
        ("authorization", "Bearer of-the-client"),
        ("cookie", "session=1"),
        ("x-api-key", "of-the-client"),
        ("x-organization-id", "of-the-client"),
        ("connection", "x-organization-id"),
        ("proxy-authorization", "Basic x"),
        ("x-forwarded-for", "10.0.0.1"),
        ("accept-language", "de"),
        ("accept-encoding", "gzip"),
        ("user-agent", "somebody"),
        ("referer", "https://crm.example.com/person/7"),
        ("range", "bytes=0-1"),
    ] {
        request = request.header(name, value);
    }
    assert_eq!(request.send().await.unwrap().status(), 200);
    let [seen] = &fake.seen()[..] else { panic!("one request") };
    assert_eq!(seen.target, "/v1/calls?phone=%2B49%2030&limit=5");
    let mut names: Vec<_> = seen.headers.keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "host", "user-agent", "x-organization-id"]);
    assert_eq!(seen.headers["authorization"], format!("Bearer {KEY}"));
    assert_eq!(seen.headers["x-organization-id"], ORGANIZATION);
    assert_eq!(seen.headers["accept"], "application/json");
    assert!(seen.headers["user-agent"].to_str().unwrap().starts_with("calldeck/"));
}

#[tokio::test]
async fn what_is_not_listed_never_reaches_the_provider() {
    let (fake, stage) = stage().await;
    for (target, status) in [
        ("/api/c/sales/calls/..%2f..%2fassistants", 400),
        ("/api/c/sales/calls/%2e%2e", 400),
        ("/api/c/sales/calls/..", 400),
        ("/api/c/sales/calls/.", 400),
        ("/api/c/sales/../../calls", 400),
        ("/api/c/sales/calls/a%0d%0aX-Evil:1", 400),
        ("/api/c/sales/calls/a%00", 400),
        ("/api/c/sales/calls/a%5cb", 400),
        ("/api/c/sales/calls/a\\b", 400),
        ("/api//calls/1", 400),
        ("/api/c/sales//calls", 400),
        ("/api/c/sales/calls/%C3", 400),
        ("//api/c/sales/calls/1", 404),
        ("/api/c/sales/calls/1/", 404),
        ("/api/c/sales/calls/", 404),
        ("/api/c/sales/", 404),
        ("/api/c/sales", 404),
        ("/api/c//calls", 400),
        ("/api/c/other/calls", 404),
        ("/api/c/sales/Calls", 404),
        ("/api/c/sales/v1/calls", 404),
        ("/api/c/sales/agents", 404),
        ("/api/c/sales/calls/a~b", 404),
        ("/api/c/sales/calls/1/link", 404),
        ("/api/c/sales/calls?_method=DELETE", 400),
        ("/api/c/sales/calls?limit=1&limit=2", 400),
        ("/api/c/sales/calls?Limit=1", 400),
        ("/api/c/sales/calls/1?limit=1", 400),
        ("/api/unknown", 404),
    ] {
        assert_eq!(raw::status(stage.address, &format!("GET {target}")).await, status, "{target}");
    }
    assert_eq!(fake.seen().len(), 0);
}

#[tokio::test]
async fn an_absolute_address_in_the_request_line_changes_nothing() {
    let (fake, stage) = stage().await;
    let line = "GET http://169.254.169.254/api/c/sales/calls";
    assert_eq!(raw::status(stage.address, line).await, 200);
    assert_eq!(fake.seen()[0].target, "/v1/calls");
}

#[tokio::test]
async fn a_query_name_that_is_not_known_is_named_in_the_answer() {
    let (_fake, stage) = stage().await;
    let response = stage.get("/api/c/sales/calls?limmit=1").await;
    assert_eq!(response.status(), 400);
    let text = response.text().await.unwrap();
    assert!(text.contains("unknown_query") && text.contains("`limmit`"), "{text}");
    assert_eq!(stage.refusal("/api/c/sales/calls?limit=1&limit=1").await.1, "double_query");
}

#[tokio::test]
async fn only_reading_is_answered() {
    let (fake, stage) = stage().await;
    let paths = ["/api/c/sales/calls", "/api/connections", "/media/sales/a/main", "/", "/healthz"];
    for path in paths {
        for method in ["DELETE", "PUT", "PATCH", "POST", "OPTIONS", "TRACE", "CONNECT"] {
            if method == "CONNECT" && path != "/" {
                continue;
            }
            let got = raw::status(stage.address, &format!("{method} {path}")).await;
            let wanted: &[u16] = if method == "CONNECT" { &[400, 404, 405] } else { &[405] };
            assert!(wanted.contains(&got), "{method} {path}: {got}");
        }
    }
    let overridden = stage
        .request(Method::POST, "/api/c/sales/calls")
        .header("x-http-method-override", "DELETE")
        .send();
    assert_eq!(overridden.await.unwrap().status(), 405);
    assert_eq!(stage.get("/api/c/sales/search").await.status(), 405);
    assert_eq!(fake.seen().len(), 0);
}

#[tokio::test]
async fn a_search_by_ids_is_rebuilt_from_its_ids() {
    let fake = Fake::start(
        Router::new().route("/search", post(async || json_response(StatusCode::OK, "[]"))),
    );
    let fake = fake.await;
    let stage = Setup::with_provider(&fake.url("")).start().await;
    let sent = |body: String| {
        let request = stage.request(Method::POST, "/api/c/sales/search");
        request.header("content-type", "application/json").body(body).send()
    };
    let response = sent(" { \"callIds\" : [ \"CALL-1\", \"b.2\" ] } ".into()).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(fake.seen()[0].body, r#"{"callIds":["CALL-1","b.2"]}"#);
    assert_eq!(fake.seen()[0].method, "POST");
    let many = format!("{{\"callIds\":[{}]}}", ["\"a\""; 101].join(","));
    for wrong in [
        "{}",
        "",
        "[]",
        r#"{"callIds":[]}"#,
        r#"{"callIds":["../x"]}"#,
        r#"{"callIds":[1]}"#,
        r#"{"callIds":["a"],"delete":true}"#,
        r#"{"callIds":["a"]} x"#,
        &many,
        &"[".repeat(10_000),
    ] {
        let refusal = refusal_of(sent(wrong.to_owned()).await.unwrap()).await;
        assert_eq!(refusal, (400, "bad_body".to_owned()), "{wrong:.40}");
    }
    let large = format!("{{\"callIds\":[\"{}\"]}}", "a".repeat(99_999));
    assert_eq!(refusal_of(sent(large).await.unwrap()).await, (413, "body_too_large".into()));
    let form = stage.request(Method::POST, "/api/c/sales/search").body("{\"callIds\":[\"a\"]}");
    assert_eq!(refusal_of(form.send().await.unwrap()).await, (415, "bad_body".to_owned()));
    assert_eq!(fake.seen().len(), 1);
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let mut setup = Setup::with_provider("http://127.0.0.1:9");
    setup.patience.body = SHORT;
    let stage = setup.start().await;
    let request = "POST /api/c/sales/search HTTP/1.1\r\nHost: localhost\r\n\
                   Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    let answer = raw::exchange(stage.address, request.as_bytes()).await;
    assert_eq!(raw::status_of(&answer), 408);
}

#[tokio::test]
async fn a_request_is_for_exactly_one_name_of_ours() {
    let mut setup = Setup::with_provider("http://127.0.0.1:9");
    setup.config.public_hosts = vec!["calls.example.com".to_owned()];
    let stage = setup.start().await;
    for (hosts, status) in [
        ("", 400),
        ("Host: localhost\r\nHost: localhost\r\n", 400),
        ("Host: localhost\r\nHost: evil.example\r\n", 400),
        ("Host: \r\n", 400),
        ("Host: user@localhost\r\n", 400),
        ("Host: evil.example\r\n", 421),
        ("Host: localhost.evil.example\r\n", 421),
        ("Host: calls.example.com.evil.example\r\n", 421),
        ("Host: calls.example.com\r\n", 200),
        ("Host: CALLS.example.com:8443\r\n", 200),
        ("Host: localhost:1234\r\n", 200),
        ("Host: 127.0.0.1\r\n", 200),
        ("Host: [::1]:80\r\n", 200),
    ] {
        let request = format!("GET /api/connections HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
        let answer = raw::exchange(stage.address, request.as_bytes()).await;
        assert_eq!(raw::status_of(&answer), status, "{hosts:?}");
    }
}

#[tokio::test]
async fn a_probe_by_address_is_answered() {
    let stage = Setup::with_provider("http://127.0.0.1:9").start().await;
    for path in ["/healthz", "/readyz"] {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 10.1.2.3:8080\r\nConnection: close\r\n\r\n");
        let answer = raw::exchange(stage.address, request.as_bytes()).await;
        assert_eq!(raw::status_of(&answer), 200);
    }
}

#[tokio::test]
async fn the_list_of_connections_has_no_key_and_no_address() {
    let mut setup = Setup::with_provider("http://127.0.0.1:9/secret-path");
    setup.config.connections[0].success.yes = vec!["interested".to_owned()];
    let stage = setup.start().await;
    let response = stage.get("/api/connections").await;
    assert_eq!(header(&response, "calldeck-from"), "proxy");
    let text = response.text().await.unwrap();
    for secret in [KEY, ORGANIZATION, "secret-path", "127.0.0.1"] {
        assert!(!text.contains(secret), "{text}");
    }
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let wanted = serde_json::json!({
        "connections": [{
            "id": "sales",
            "provider": "acme",
            "name": "Acme",
            "capabilities": {
                "date": "provider", "agent": "calldeck", "status": "calldeck",
                "direction": "calldeck", "phone": "provider", "text": "calldeck",
            },
            "success": {"yes": ["interested"], "no": []},
        }],
        "now_ms": NOW_MS,
    });
    assert_eq!(value, wanted);
}

#[tokio::test]
async fn the_log_names_the_kind_of_request_and_nobody() {
    let (_fake, stage) = stage().await;
    stage.get("/api/c/sales/calls/call-of-anna?x=1").await;
    stage.get("/api/c/sales/calls/call-of-anna").await;
    stage.get("/api/c/sales/calls?phone=%2B4930123").await;
    stage.get("/media/sales/call-of-anna/main").await;
    stage.get("/a/file-of-anna").await;
    let log = stage.log.all();
    for route in
        ["/api/c/{connection}/calls/{call}", "/media/{connection}/{call}/{track}", "(file)"]
    {
        assert!(log.contains(route), "{log}");
    }
    for secret in ["anna", "4930123", KEY] {
        assert!(!log.contains(secret), "{log}");
    }
}
