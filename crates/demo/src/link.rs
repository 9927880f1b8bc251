//! Signed links to recordings, as object stores give them out.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::clock::SECOND;

/// Signs links of this demo only; it protects nothing.
const SECRET: &[u8] = b"calldeck demo recordings";

/// What a link allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) provider: &'static str,
    /// Call id and ending, for example `….wav`.
    pub(crate) file: String,
    pub(crate) expires_ms: i64,
    /// Which of the links that were given out for this file it is.
    pub(crate) number: u64,
}

impl Link {
    pub(crate) fn url(&self, origin: &str) -> String {
        let (provider, file) = (self.provider, &self.file);
        let (expires, number) = (self.expires_ms / SECOND, self.number);
        let signature = self.signature();
        format!(
            "{origin}/recordings/{provider}/{file}?expires={expires}&n={number}&signature={signature}"
        )
    }

    pub(crate) fn signature(&self) -> String {
        let text =
            format!("{}/{}/{}/{}", self.provider, self.file, self.expires_ms / SECOND, self.number);
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(SECRET) else { return String::new() };
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_file_time_or_number_needs_another_signature() {
        let link =
            Link { provider: "truedy", file: "a.mp3".to_owned(), expires_ms: 5000, number: 1 };
        let others = [
            Link { file: "b.mp3".to_owned(), ..link.clone() },
            Link { expires_ms: 6000, ..link.clone() },
            Link { number: 2, ..link.clone() },
            Link { provider: "atoms", ..link.clone() },
        ];
        assert!(others.iter().all(|other| other.signature() != link.signature()));
        let expected = format!(
            "http://x/recordings/truedy/a.mp3?expires=5&n=1&signature={}",
            link.signature()
        );
        assert_eq!(link.url("http://x"), expected);
    }
}
