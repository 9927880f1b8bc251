//! The files of the built dashboard. Only regular files below its directory are served: nothing
//! hidden, nothing that a link leads out to.

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::SystemTime;

use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, Method, Request, header};
use tower::ServiceExt as _;
use tower_http::services::ServeFile;

use crate::csp;
use crate::refuse::Refusal;

/// Shortest run of hexadecimal digits that counts as the hash of a file's content.
const HASH_LENGTH: usize = 16;

/// The directory of a built dashboard.
pub(crate) struct Dashboard {
    directory: PathBuf,
    page: RwLock<Option<Arc<Page>>>,
}

/// What was computed from `index.html`, and from which state of it.
struct Page {
    changed: SystemTime,
    length: u64,
    policy: String,
}

/// Who may show the page in a frame.
pub(crate) enum Framing<'a> {
    /// Nobody.
    Nobody,
    /// Pages of these origins.
    Listed(&'a [String]),
}

impl Dashboard {
    pub(crate) fn new(directory: PathBuf) -> Self {
        Self { directory, page: RwLock::default() }
    }

    /// Whether there is a page to serve.
    pub(crate) async fn is_built(&self) -> bool {
        self.page().await.is_some()
    }

    /// Answers with the page.
    pub(crate) async fn serve_page(&self, request: Request<()>, framing: Framing<'_>) -> Response {
        let Some(page) = self.page().await else { return Refusal::NotBuilt.text() };
        let mut response = self.send(&self.directory.join("index.html"), request).await;
        let headers = response.headers_mut();
        let origins = match framing {
            Framing::Nobody => {
                headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
                &[]
            }
            Framing::Listed(origins) => origins,
        };
        add_policy(headers, &csp::with_ancestors(&page.policy, origins));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }

    /// Answers with a file.
    pub(crate) async fn serve_file(&self, request: Request<()>) -> Response {
        let name = request.uri().path().trim_start_matches('/').to_owned();
        let Some(path) = self.find(&name).await else { return Refusal::NotFound.text() };
        let policy = self.page().await.map(|page| page.policy.clone());
        let mut response = self.send(&path, request).await;
        let headers = response.headers_mut();
        // A worker's script is under the policy that comes with the script itself.
        add_policy(headers, &csp::with_ancestors(&policy.unwrap_or_else(|| csp::policy("")), &[]));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lifetime(&name)));
        response
    }

    async fn send(&self, path: &Path, request: Request<()>) -> Response {
        let file = ServeFile::new(path).precompressed_br().precompressed_gzip();
        match file.oneshot(request).await {
            Ok(response) => response.into_response(),
            Err(never) => match never {},
        }
    }

    /// The file of a name, if it may be served.
    async fn find(&self, name: &str) -> Option<PathBuf> {
        if !name.split('/').all(is_plain_name) {
            return None;
        }
        let root = tokio::fs::canonicalize(&self.directory).await.ok()?;
        let path = tokio::fs::canonicalize(root.join(name)).await.ok()?;
        let is_file = tokio::fs::metadata(&path).await.ok()?.is_file();
        for compressed in ["br", "gz"] {
            let beside = PathBuf::from(format!("{}.{compressed}", path.display()));
            let led_to = tokio::fs::canonicalize(&beside).await;
            if led_to.is_ok_and(|led_to| !led_to.starts_with(&root)) {
                return None;
            }
        }
        (is_file && path.starts_with(&root)).then_some(path)
    }

    /// Reads `index.html` again if it has changed.
    async fn page(&self) -> Option<Arc<Page>> {
        let path = self.directory.join("index.html");
        let found = tokio::fs::metadata(&path).await.ok().filter(std::fs::Metadata::is_file)?;
        let (changed, length) = (found.modified().ok()?, found.len());
        let known = self.page.read().ok()?.clone();
        if let Some(page) = known.filter(|page| page.changed == changed && page.length == length) {
            return Some(page);
        }
        let html = tokio::fs::read_to_string(&path).await.ok()?;
        let page = Arc::new(Page { changed, length, policy: csp::policy(&html) });
        *self.page.write().ok()? = Some(Arc::clone(&page));
        Some(page)
    }
}

fn add_policy(headers: &mut http::HeaderMap, policy: &str) {
    if let Ok(value) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
}

/// A file's request carries nothing but what negotiation and conditions need.
pub(crate) fn file_request<B>(request: &Request<B>) -> Request<()> {
    let mut plain = Request::new(());
    *plain.uri_mut() = request.uri().clone();
    *plain.method_mut() = if request.method() == Method::HEAD { Method::HEAD } else { Method::GET };
    for name in [
        header::ACCEPT_ENCODING,
        header::IF_NONE_MATCH,
        header::IF_MODIFIED_SINCE,
        header::IF_RANGE,
        header::RANGE,
    ] {
        if let Some(value) = request.headers().get(&name) {
            plain.headers_mut().insert(name, value.clone());
        }
    }
    plain
}

fn is_plain_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !name.is_empty() && !name.starts_with('.') && name.bytes().all(plain)
}

/// A file whose name has the hash of its content never changes.
fn lifetime(name: &str) -> &'static str {
    let file = name.rsplit('/').next().unwrap_or_default();
    let hashed = file.split(['.', '_']).any(|part| {
        let last = part.rsplit('-').next().unwrap_or_default();
        last.len() >= HASH_LENGTH
            && last.len() < part.len()
            && last.bytes().all(|b| b.is_ascii_hexdigit())
    });
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_a_year() {
        for name in ["dashboard-app-0123456789abcdef.js", "a/b-0123456789abcdef_bg.wasm"] {
            assert!(lifetime(name).contains("immutable"), "{name}");
        }
        for name in ["index.html", "config.json", "app-0123.js", "0123456789abcdef.js"] {
            assert_eq!(lifetime(name), "no-cache", "{name}");
        }
    }

    #[test]
    fn hidden_names_and_names_that_climb_are_not_plain() {
        for name in ["", ".", "..", ".env", ".git", "a b", "a%2f", "a\\b", "C:"] {
            assert!(!is_plain_name(name), "{name}");
        }
        assert!(is_plain_name("logo-32.svg"));
    }
}
