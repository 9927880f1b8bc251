//! A call that has been opened: everything the provider gave.

use crate::call::Call;
use crate::transcript::Transcript;

/// What a provider's detail answer holds.
#[derive(Clone, PartialEq, Debug)]
pub struct OpenedCall {
    /// The call as the detail answer tells it; to be merged into the row of the list.
    pub call: Call,
    /// Its transcript.
    pub transcript: Transcript,
    /// What else the provider said, in the provider's own names, in its order.
    pub facts: Vec<Fact>,
    /// The answer as it came, for reading.
    pub raw: String,
}

impl OpenedCall {
    /// Takes the row of the list under this detail, so that nothing the list knew is lost.
    #[must_use]
    pub fn over(mut self, row: Option<&Call>) -> Self {
        if let Some(row) = row {
            let mut merged = row.clone();
            merged.merge(self.call);
            self.call = merged;
        }
        if self.call.purged {
            self.transcript = Transcript::Purged;
        }
        self
    }
}

/// One more thing the provider said of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// The provider's name for it.
    pub name: String,
    /// Its value as text.
    pub value: String,
}
