//! The routes of a provider: path templates, and the check of a request against them.

use calls::key::is_plain_id;

use crate::request::Method;

/// A request that may be sent.
#[derive(Debug)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path below the base address, with `{…}` for an id: `/calls/{call}`.
    pub path: &'static str,
    /// Query names that may be sent.
    pub query: &'static [&'static str],
    /// What the route is for.
    pub purpose: Purpose,
}

/// What a route is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// A page of calls.
    List,
    /// One call, or a batch of calls by id.
    Detail,
    /// Names of agents.
    Agents,
    /// The address of a recording. Sent by the proxy for itself, never for a client.
    Recording,
}

impl Route {
    /// Whether a path is this route's: segment by segment, ids checked. The path is compared as
    /// it came, undecoded: an id never needs an escape, so an escaped slash or dot matches nothing.
    #[must_use]
    pub fn admits(&self, method: Method, path: &str) -> bool {
        let mut wanted = self.path.split('/');
        let mut given = path.split('/');
        self.method == method
            && loop {
                match (wanted.next(), given.next()) {
                    (None, None) => break true,
                    (Some(template), Some(segment)) if segment_fits(template, segment) => {}
                    _ => break false,
                }
            }
    }

    /// Whether a query name may be sent on this route.
    #[must_use]
    pub fn admits_query(&self, name: &str) -> bool {
        self.query.contains(&name)
    }
}

fn segment_fits(template: &str, segment: &str) -> bool {
    if template.starts_with('{') { is_plain_id(segment) } else { template == segment }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTE: Route = Route {
        method: Method::Get,
        path: "/calls/{call}",
        query: &["fields"],
        purpose: Purpose::Detail,
    };

    #[test]
    fn only_a_plain_id_stands_for_an_id() {
        assert!(ROUTE.admits(Method::Get, "/calls/call_01hx.a-B"));
        for path in [
            "/calls/",
            "/calls",
            "/calls/..",
            "/calls/..%2fagents",
            "/calls/%2e%2e",
            "/calls/a/b",
            "/calls/a%00",
            "//calls/a",
            "/calls/a/",
            "/Calls/a",
            "/calls/a?x",
            "/calls/a%0d%0aX:1",
        ] {
            assert!(!ROUTE.admits(Method::Get, path), "{path}");
        }
        assert!(!ROUTE.admits(Method::Post, "/calls/a"));
    }

    #[test]
    fn unknown_query_names_are_not_sent() {
        assert!(ROUTE.admits_query("fields"));
        assert!(!ROUTE.admits_query("_method"));
    }
}
