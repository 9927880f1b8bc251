//! Transcripts as they were sent, so that an export does not ask for them again: as many as there is
//! room for, those that were read first.

use std::collections::HashMap;

use calls::{CallKey, Transcript};

/// Most bytes of text that are kept.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The transcripts.
#[derive(Debug, Default)]
pub(super) struct Kept {
    transcripts: HashMap<CallKey, Transcript>,
    bytes: usize,
}

impl Kept {
    /// Keeps a transcript in place of the one that the call had, if there is room.
    pub(super) fn take(&mut self, key: &CallKey, transcript: &Transcript) {
        self.forget(key);
        let bytes = length(transcript);
        if self.bytes + bytes <= MOST_BYTES {
            self.bytes += bytes;
            self.transcripts.insert(key.clone(), transcript.clone());
        }
    }

    pub(super) fn find(&self, key: &CallKey) -> Option<Transcript> {
        self.transcripts.get(key).cloned()
    }

    pub(super) fn forget(&mut self, key: &CallKey) {
        if let Some(gone) = self.transcripts.remove(key) {
            self.bytes -= length(&gone);
        }
    }
}

fn length(transcript: &Transcript) -> usize {
    match transcript {
        Transcript::Turns(turns) => turns.iter().map(|turn| turn.text.len()).sum(),
        Transcript::Text(text) => text.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transcript_is_kept_while_there_is_room_and_until_it_is_to_be_forgotten() {
        let [one, two] = ["a/1", "a/2"].map(|key| CallKey::parse(key).unwrap());
        let text = |bytes: usize| Transcript::Text("x".repeat(bytes));
        let mut kept = Kept::default();
        kept.take(&one, &text(MOST_BYTES - 1));
        kept.take(&two, &text(2));
        assert_eq!(kept.find(&two), None, "there is no room");
        kept.take(&one, &text(3));
        kept.take(&two, &text(2));
        assert_eq!((kept.find(&one), kept.find(&two)), (Some(text(3)), Some(text(2))));
        kept.forget(&one);
        assert_eq!((kept.find(&one), kept.bytes), (None, 2));
    }
}
