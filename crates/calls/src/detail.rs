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
    /// Writes into the call what only opening it tells: that it was opened, and whether there is a
    /// transcript.
    #[must_use]
    pub fn noted(mut self) -> Self {
        self.call.opened = true;
        self.call.transcript = self.transcript.is_there().or(self.call.transcript);
        self
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::CallKey;

    #[test]
    fn opening_a_call_tells_whether_it_has_a_transcript() {
        let told = |transcript| {
            let call = Call::new(CallKey::parse("a/1").unwrap());
            let opened = OpenedCall { call, transcript, facts: vec![], raw: String::new() }.noted();
            (opened.call.opened, opened.call.transcript)
        };
        assert_eq!(told(Transcript::Text("Hi".into())), (true, Some(true)));
        assert_eq!(told(Transcript::Absent), (true, Some(false)));
        assert_eq!(told(Transcript::BeingWritten), (true, None));
    }
}
