//! The dashboard's files.

use std::fs;
use std::path::Path;

use http::Method;
use tempfile::TempDir;

use crate::raw;
use crate::stage::{Setup, Stage, header};

const WASM: &str = "/dashboard-app-0123456789abcdef_bg.wasm";

fn write(directory: &Path, name: &str, text: &str) {
    let path = directory.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

async fn stage() -> (TempDir, Stage) {
    let directory = tempfile::tempdir().unwrap();
    let dist = directory.path().join("dist");
    for (name, text) in [
        ("dist/index.html", "<!doctype html><title>page</title>"),
        ("dist/config.json", "{}"),
        ("dist/dashboard-app-0123456789abcdef_bg.wasm", "plain"),
        ("dist/dashboard-app-0123456789abcdef_bg.wasm.br", "brotli"),
        ("dist/dashboard-app-0123456789abcdef_bg.wasm.gz", "gzip"),
        ("dist/locales/de.json", "{\"a\":1}"),
        ("dist/.env", "KEY=1"),
        ("dist/.git/config", "secret"),
        ("secret", "secret"),
    ] {
        write(directory.path(), name, text);
    }
    let mut setup = Setup::with_provider("http://127.0.0.1:9");
    setup.config.dashboard = Some(dist);
    (directory, setup.start().await)
}

#[tokio::test]
async fn the_smallest_form_that_the_client_accepts_is_sent() {
    let (_directory, stage) = stage().await;
    for (accepted, encoding, body) in [
        ("br, gzip", "br", "brotli"),
        ("gzip, deflate", "gzip", "gzip"),
        ("gzip, br;q=0", "gzip", "gzip"),
        ("identity", "", "plain"),
        ("", "", "plain"),
    ] {
        let request = stage.request(Method::GET, WASM).header("accept-encoding", accepted);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, "content-encoding"), encoding, "{accepted}");
        assert_eq!(header(&response, "content-type"), "application/wasm");
        assert_eq!(header(&response, "vary").to_ascii_lowercase(), "accept-encoding");
        assert_eq!(response.text().await.unwrap(), body);
    }
}

#[tokio::test]
async fn a_file_with_a_hash_in_its_name_is_kept_and_the_others_are_asked_for_again() {
    let (_directory, stage) = stage().await;
    let kept = "public, max-age=31536000, immutable";
    assert_eq!(header(&stage.get(WASM).await, "cache-control"), kept);
    for path in ["/", "/config.json", "/embed", "/locales/de.json"] {
        let response = stage.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(header(&response, "cache-control"), "no-cache", "{path}");
        let tag = header(&response, "etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        let again = stage.request(Method::GET, path).header("if-none-match", tag);
        assert_eq!(again.send().await.unwrap().status(), 304, "{path}");
    }
}

#[tokio::test]
async fn nothing_hidden_and_nothing_outside_is_served() {
    let (directory, stage) = stage().await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        let dist = directory.path().join("dist");
        symlink(directory.path().join("secret"), dist.join("link.txt")).unwrap();
        symlink(directory.path(), dist.join("up")).unwrap();
        write(&dist, "half.js", "plain");
        symlink(directory.path().join("secret"), dist.join("half.js.br")).unwrap();
    }
    for target in [
        "/../secret",
        "/..%2fsecret",
        "/%2e%2e/secret",
        "/..%5csecret",
        "/..\\secret",
        "//etc/passwd",
        "/.env",
        "/.git/config",
        "/link.txt",
        "/up/secret",
        "/half.js",
        "/locales",
        "/locales/",
        "/C:/secret",
        "/CON",
        "/nothing",
        "/index.html/",
        "/index.html/x",
        "/embed/",
        "/%00",
    ] {
        assert_eq!(raw::status(stage.address, &format!("GET {target}")).await, 404, "{target}");
    }
}

#[tokio::test]
async fn a_dashboard_that_is_not_built_is_said_to_be() {
    let empty = tempfile::tempdir().unwrap();
    let mut setup = Setup::with_provider("http://127.0.0.1:9");
    setup.config.dashboard = Some(empty.path().to_owned());
    let stage = setup.start().await;
    let response = stage.get("/").await;
    assert_eq!(response.status(), 404);
    assert!(response.text().await.unwrap().contains("not built"));
    assert_eq!(stage.get("/readyz").await.status(), 503);
    write(empty.path(), "index.html", "<title>page</title>");
    assert_eq!(stage.get("/").await.status(), 200);
    assert_eq!(stage.get("/readyz").await.status(), 200);
}
