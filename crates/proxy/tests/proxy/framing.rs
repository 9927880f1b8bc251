//! The page's policy: which scripts run, and who may show it in a frame.

use std::fs;

use crate::stage::{Setup, header};

/// `alert(1)` and `alert(2)`, as `openssl dgst -sha256 -binary | base64` hashes them.
const HASH_1: &str = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
const HASH_2: &str = "'sha256-4axlHpxgDbFzJObpXPFZgZhULrEGgJiud3OwxN9unHg='";

#[tokio::test]
async fn the_page_is_never_framed_and_the_embedded_view_only_by_listed_origins() {
    let dist = tempfile::tempdir().unwrap();
    fs::write(dist.path().join("index.html"), "<script type=module>alert(1)</script>").unwrap();
    let mut setup = Setup::with_provider("http://127.0.0.1:9");
    setup.config.dashboard = Some(dist.path().to_owned());
    setup.config.embed_origins = vec!["https://a.example".into(), "https://b.example".into()];
    let stage = setup.start().await;
    let page = stage.get("/?x=1").await;
    assert_eq!(header(&page, "x-frame-options"), "DENY");
    assert!(header(&page, "content-security-policy").ends_with("; frame-ancestors 'none'"));
    assert_eq!(header(&page, "referrer-policy"), "no-referrer");
    assert_eq!(header(&page, "cross-origin-resource-policy"), "same-origin");
    assert!(header(&page, "permissions-policy").contains("microphone=()"));
    let frame = stage.get("/embed?phone=%2B4930123").await;
    assert_eq!(frame.status(), 200);
    assert_eq!(header(&frame, "x-frame-options"), "");
    let policy = header(&frame, "content-security-policy");
    assert!(policy.ends_with("; frame-ancestors https://a.example https://b.example"), "{policy}");
}

#[tokio::test]
async fn without_a_list_nobody_may_frame() {
    let dist = tempfile::tempdir().unwrap();
    fs::write(dist.path().join("index.html"), "").unwrap();
    let mut setup = Setup::with_provider("http://127.0.0.1:9");
    setup.config.dashboard = Some(dist.path().to_owned());
    let stage = setup.start().await;
    let frame = stage.get("/embed").await;
    assert!(header(&frame, "content-security-policy").ends_with("; frame-ancestors 'none'"));
}

#[tokio::test]
async fn the_inline_script_of_the_file_that_is_served_may_run() {
    let dist = tempfile::tempdir().unwrap();
    let page = dist.path().join("index.html");
    fs::write(&page, "<script type=module>alert(1)</script>").unwrap();
    let mut setup = Setup::with_provider("http://127.0.0.1:9");
    setup.config.dashboard = Some(dist.path().to_owned());
    let stage = setup.start().await;
    let policy = header(&stage.get("/").await, "content-security-policy").to_owned();
    assert!(policy.contains(HASH_1), "{policy}");
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    fs::write(&page, "<!-- built again --><script type=module>alert(2)</script>").unwrap();
    let policy = header(&stage.get("/").await, "content-security-policy").to_owned();
    assert!(policy.contains(HASH_2) && !policy.contains(HASH_1), "{policy}");
}
