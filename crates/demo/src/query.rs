//! Query parameters, read as strictly as a provider would.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use std::convert::Infallible;

use crate::clock;

/// The pairs of a query string in their order.
pub(crate) struct Params(Vec<(String, String)>);

/// A parameter that cannot be used, and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unusable {
    pub(crate) name: &'static str,
    pub(crate) why: String,
}

type Read<T> = Result<T, Unusable>;

impl Params {
    /// The value of a parameter; an empty one counts as not given.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let pair = self.0.iter().find(|(key, _)| key == name)?;
        Some(pair.1.as_str()).filter(|value| !value.is_empty())
    }

    /// A whole number of at least `least`.
    pub(crate) fn whole(&self, name: &'static str, usual: usize, least: usize) -> Read<usize> {
        let Some(text) = self.text(name) else { return Ok(usual) };
        match text.parse::<usize>() {
            Ok(number) if number >= least => Ok(number),
            _ => Err(Unusable { name, why: format!("must be an integer of at least {least}") }),
        }
    }

    pub(crate) fn truth(&self, name: &'static str) -> Read<Option<bool>> {
        match self.text(name) {
            None => Ok(None),
            Some("true" | "1") => Ok(Some(true)),
            Some("false" | "0") => Ok(Some(false)),
            Some(_) => Err(Unusable { name, why: "must be true or false".to_owned() }),
        }
    }

    /// A time in UTC milliseconds.
    pub(crate) fn time(&self, name: &'static str) -> Read<Option<i64>> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let why = "must be an ISO 8601 datetime".to_owned();
        clock::parse(text).map(Some).ok_or(Unusable { name, why })
    }

    /// One of the listed words.
    pub(crate) fn word(&self, name: &'static str, words: &[&str]) -> Read<Option<&str>> {
        match self.text(name) {
            Some(text) if !words.contains(&text) => {
                Err(Unusable { name, why: format!("must be one of: {}", words.join(", ")) })
            }
            text => Ok(text),
        }
    }

    /// The parts of a comma-separated list; empty when not given.
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        let parts = self.text(name).unwrap_or_default().split(',').map(str::trim);
        parts.filter(|part| !part.is_empty()).collect()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let pairs = Query::try_from_uri(&parts.uri).map(|Query(pairs)| pairs);
        Ok(Self(pairs.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &str) -> Params {
        let pair = |part: &str| part.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned()));
        Params(query.split('&').filter_map(pair).collect())
    }

    #[test]
    fn a_number_is_read_or_refused_with_its_name() {
        assert_eq!(params("limit=5").whole("limit", 20, 1), Ok(5));
        assert_eq!(params("limit=").whole("limit", 20, 1), Ok(20));
        assert_eq!(params("limit=0").whole("limit", 20, 1).map_err(|bad| bad.name), Err("limit"));
        assert!(params("limit=many").whole("limit", 20, 1).is_err());
    }

    #[test]
    fn words_times_and_lists_are_read() {
        assert!(params("order=up").word("order", &["asc", "desc"]).is_err());
        assert_eq!(params("order=asc").word("order", &["asc", "desc"]), Ok(Some("asc")));
        assert!(params("from=2026-13-01").time("from").is_err());
        assert_eq!(params("a=x,,y").list("a"), ["x", "y"]);
        assert_eq!(params("done=yes").truth("done").map_err(|bad| bad.name), Err("done"));
    }
}
