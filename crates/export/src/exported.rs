//! One call as it goes into a file, whatever the file.

use calls::{Call, Fact, Transcript};

/// A call, and what a file says of it beyond what the call itself knows.
#[derive(Clone, Copy, Debug)]
pub struct Exported<'a> {
    /// The call.
    pub call: &'a Call,
    /// The name of its connection.
    pub connection: &'a str,
    /// The address at which it opens in Calldeck.
    pub link: &'a str,
    /// Its transcript; `None` in an export without transcripts. [`Transcript::NotAsked`] is one
    /// that could not be loaded.
    pub transcript: Option<&'a Transcript>,
    /// What else its provider said, where it has been opened.
    pub facts: &'a [Fact],
}
