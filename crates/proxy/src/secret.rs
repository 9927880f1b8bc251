//! Secrets. They print as nothing, and only a request header ever sees them.

use std::fmt;

use http::HeaderValue;
use http::header::InvalidHeaderValue;

/// A key. `Debug` prints nothing of it, not even its length.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps a key, without the white space around it: files end with a line break.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The header value that carries the key. It is marked sensitive, so that it prints as such.
    ///
    /// # Errors
    /// If the key has characters that cannot stand in a header.
    pub fn header(&self, prefix: &str) -> Result<HeaderValue, InvalidHeaderValue> {
        let mut value = HeaderValue::from_str(&format!("{prefix}{}", self.0))?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_prints() {
        let secret = Secret::new("tp_live_1234\n");
        assert_eq!(format!("{secret:?}"), "Secret");
        let header = secret.header("Bearer ").unwrap();
        assert!(!format!("{header:?}").contains("1234"));
        assert_eq!(header.as_bytes(), b"Bearer tp_live_1234");
    }

    #[test]
    fn a_key_with_a_line_break_inside_is_no_header() {
        assert!(Secret::new("a\r\nX-Evil: 1").header("").is_err());
    }
}
