//! What every request must be before anything looks at it: for us, by a path that a link of ours
//! could have, with a method that we have, from a page that may ask.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::uri::Authority;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use crate::Proxy;
use crate::refuse::Refusal;
use crate::routes::{media, provider};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Middleware: refuses what no page of ours would send.
pub(crate) async fn check(
    State(proxy): State<Arc<Proxy>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let data = path.starts_with("/api/") || path.starts_with(media::PREFIX);
    let refusal = refuse(&proxy, &request, data);
    let mut response = match refusal {
        Some(refusal) if data => refusal.json(),
        Some(refusal) => refusal.text(),
        None => next.run(request).await,
    };
    harden(response.headers_mut());
    response
}

fn refuse(proxy: &Proxy, request: &Request, data: bool) -> Option<Refusal> {
    let path = request.uri().path();
    let host = match read_host(request.headers()) {
        Ok(host) => host,
        Err(refusal) => return Some(refusal),
    };
    let probe = matches!(path, "/healthz" | "/readyz");
    if !probe && !is_ours(proxy, host) {
        return Some(Refusal::OtherHost);
    }
    if !is_plain_path(path) {
        return Some(if data { Refusal::BadPath } else { Refusal::NotFound });
    }
    if data && !may_ask(proxy, request.headers(), host) {
        return Some(Refusal::OtherSite);
    }
    refuse_method(proxy, request.method(), path, data)
}

/// Exactly one host, without its port.
fn read_host(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut given = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (given.next(), given.next()) else { return Err(Refusal::NoHost) };
    let host = host.to_str().ok().filter(|host| !host.is_empty() && !host.contains('@'));
    let host = host.ok_or(Refusal::NoHost)?;
    host.parse::<Authority>().map_err(|_| Refusal::NoHost)?;
    Ok(without_port(host))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

/// A name of this machine, or one of the configuration. This stops a page whose name was made to
/// lead to 127.0.0.1 ("DNS rebinding").
fn is_ours(proxy: &Proxy, host: &str) -> bool {
    let listen = proxy.config.listen.ip();
    let own = ["localhost", "127.0.0.1", "[::1]"];
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    own.iter().any(|own| own.eq_ignore_ascii_case(host))
        || (!listen.is_unspecified() && bare == listen.to_string())
        || proxy.config.public_hosts.iter().any(|public| public.eq_ignore_ascii_case(bare))
}

/// No link of ours has an escape, an empty segment or a dot segment.
fn is_plain_path(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'%' | b'\\');
    let climbs = |segment: &str| !segment.is_empty() && segment.bytes().all(|b| b == b'.');
    path.starts_with('/')
        && path.bytes().all(plain)
        && !path.contains("//")
        && !path.split('/').any(climbs)
}

/// Whether the page that asks is ours, or of a listed origin. A page elsewhere could not read the
/// answer, but it could spend the provider's budget.
fn may_ask(proxy: &Proxy, headers: &HeaderMap, host: &str) -> bool {
    match headers.get(header::ORIGIN).map(HeaderValue::to_str) {
        Some(Ok(origin)) => is_listed(proxy, origin) || is_same(origin, host),
        Some(Err(_)) => false,
        None => headers.get(SEC_FETCH_SITE).is_none_or(|site| site != "cross-site"),
    }
}

fn is_listed(proxy: &Proxy, origin: &str) -> bool {
    proxy.config.cors_origins.iter().any(|listed| listed == origin)
}

/// TLS may end before us, so that only the names can be compared.
fn is_same(origin: &str, host: &str) -> bool {
    let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    rest.is_some_and(|rest| without_port(rest).eq_ignore_ascii_case(host))
}

fn refuse_method(proxy: &Proxy, method: &Method, path: &str, data: bool) -> Option<Refusal> {
    let may_post = path.starts_with(provider::PREFIX);
    let may_preflight = data && !proxy.config.cors_origins.is_empty();
    let fine = *method == Method::GET
        || *method == Method::HEAD
        || (may_post && *method == Method::POST)
        || (may_preflight && *method == Method::OPTIONS);
    (!fine).then_some(Refusal::Method("GET, HEAD"))
}

/// Headers of every answer. What a route has set itself stays.
fn harden(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), payment=()",
        ),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ] {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_an_escape_or_a_detour_is_not_plain() {
        for path in ["/", "/api/c/sales/calls/a.b~c", "/media/sales/a/main", "/a/b-0.js"] {
            assert!(is_plain_path(path), "{path}");
        }
        for path in [
            "//etc/passwd",
            "/api//calls",
            "/..",
            "/a/../b",
            "/.",
            "/a%2fb",
            "/%2e%2e",
            "/a%00",
            "/a\\b",
            "/a%0d%0a",
            "*",
            "",
            "/ä",
        ] {
            assert!(!is_plain_path(path), "{path}");
        }
    }

    #[test]
    fn an_origin_is_the_same_when_its_name_is() {
        assert!(is_same("https://calls.example.com", "calls.example.com"));
        assert!(is_same("http://127.0.0.1:8080", "127.0.0.1"));
        for other in
            ["null", "https://calls.example.com.evil.net", "https://evil/calls.example.com"]
        {
            assert!(!is_same(other, "calls.example.com"), "{other}");
        }
    }
}
