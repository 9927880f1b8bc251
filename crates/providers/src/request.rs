//! A request to a provider, relative to its base address and without keys.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// A method that a route may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// `GET`.
    Get,
    /// `POST`, for reads that need a body (Atoms' search by ids).
    Post,
}

/// What to ask. The path begins with `/` and is already safe; query values are not encoded yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Path below the provider's base address.
    pub path: String,
    /// Names and values of the query, in order.
    pub query: Vec<(&'static str, String)>,
    /// JSON body, for routes that declare one.
    pub body: Option<String>,
}

impl Request {
    /// A `GET` of a path.
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: Method::Get, path: path.into(), query: Vec::new(), body: None }
    }

    /// Adds a query value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// Adds a query value if there is one.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Path and encoded query. Everything but unreserved characters is percent-encoded: a bare
    /// `+` in a phone number or a time offset would be read as a space.
    #[must_use]
    pub fn target(&self) -> String {
        let mut target = self.path.clone();
        for (index, (name, value)) in self.query.iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.push_str(name);
            target.push('=');
            target.extend(utf8_percent_encode(value, ESCAPED));
        }
        target
    }
}

/// Everything but unreserved characters.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_is_sent_as_percent_2b() {
        let request = Request::get("/calls").with("phone_number", "+1415").with("limit", 100);
        assert_eq!(request.target(), "/calls?phone_number=%2B1415&limit=100");
        assert_eq!(Request::get("/calls").with_some("x", None::<i32>).target(), "/calls");
    }
}
