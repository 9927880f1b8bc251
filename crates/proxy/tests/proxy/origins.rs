//! Pages of other origins.

use http::Method;

use crate::fake::Fake;
use crate::stage::{Setup, Stage, header};

const LISTED: &str = "https://static.example.com";

async fn stage(cors: bool) -> (Fake, Stage) {
    let fake = Fake::saying("{}").await;
    let mut setup = Setup::with_provider(&fake.url(""));
    if cors {
        setup.config.cors_origins = vec![LISTED.to_owned()];
    }
    (fake, setup.start().await)
}

async fn asked_from(stage: &Stage, origin: &str) -> reqwest::Response {
    let request = stage.request(Method::GET, "/api/c/sales/calls");
    request.header("origin", origin).send().await.unwrap()
}

#[tokio::test]
async fn a_page_of_a_listed_origin_may_read_answers_without_credentials() {
    let (_fake, stage) = stage(true).await;
    let response = asked_from(&stage, LISTED).await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "access-control-allow-origin"), LISTED);
    assert_eq!(header(&response, "access-control-allow-credentials"), "");
    assert!(header(&response, "vary").to_ascii_lowercase().contains("origin"));
    let exposed = header(&response, "access-control-expose-headers").to_ascii_lowercase();
    for name in
        ["retry-after", "calldeck-from", "calldeck-request-id", "content-range", "accept-ranges"]
    {
        assert!(exposed.contains(name), "{name}");
    }
}

#[tokio::test]
async fn any_other_origin_is_refused_before_the_provider_is_asked() {
    let (fake, stage) = stage(true).await;
    for origin in [
        "null",
        "https://static.example.com.evil.net",
        "http://static.example.com",
        "https://static.example.com:8443",
        "https://evil.example",
    ] {
        let response = asked_from(&stage, origin).await;
        assert_eq!(response.status(), 403, "{origin}");
        assert_eq!(header(&response, "access-control-allow-origin"), "", "{origin}");
    }
    let hidden = stage.request(Method::GET, "/media/sales/a/main");
    let hidden = hidden.header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(hidden.status(), 403);
    assert_eq!(fake.seen().len(), 0);
}

#[tokio::test]
async fn our_own_page_is_never_another_site() {
    let (_fake, stage) = stage(false).await;
    let own = format!("http://{}", stage.address);
    assert_eq!(asked_from(&stage, &own).await.status(), 200);
    for site in ["same-origin", "none"] {
        let request = stage.request(Method::GET, "/api/c/sales/calls");
        assert_eq!(request.header("sec-fetch-site", site).send().await.unwrap().status(), 200);
    }
}

#[tokio::test]
async fn permission_is_given_beforehand_to_listed_origins_only() {
    let (fake, stage) = stage(true).await;
    let preflight = |origin: &'static str| {
        let request = stage.request(Method::OPTIONS, "/api/c/sales/calls");
        let request = request.header("origin", origin);
        request.header("access-control-request-method", "GET").send()
    };
    let allowed = preflight(LISTED).await.unwrap();
    assert_eq!(allowed.status(), 200);
    assert_eq!(header(&allowed, "access-control-allow-origin"), LISTED);
    assert!(!header(&allowed, "access-control-allow-methods").contains("DELETE"));
    let refused = preflight("https://evil.example").await.unwrap();
    assert_eq!(header(&refused, "access-control-allow-origin"), "");
    assert_eq!(fake.seen().len(), 0);
}

#[tokio::test]
async fn without_a_list_there_is_no_permission_at_all() {
    let (_fake, stage) = stage(false).await;
    let request = stage.request(Method::OPTIONS, "/api/connections").header("origin", "null");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 403);
    let plain = stage.request(Method::OPTIONS, "/api/connections").send().await.unwrap();
    assert_eq!(plain.status(), 405);
    for response in [response, plain] {
        assert_eq!(header(&response, "access-control-allow-origin"), "");
    }
}
