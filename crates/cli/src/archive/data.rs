//! The files of a call that are text: its data as Calldeck opens it, and its transcript for reading
//! and for players.

use ::export::{Captions, Exported, calldeck, folder, plain};
use calls::formats::English;
use calls::words::Words;
use calls::{Call, Fact, Transcript, Zone};

use super::saved::{Entry, Talk};
use super::{Trouble, about};

/// What the files say besides what is known of the call.
pub(super) struct Desk<'a> {
    /// The name of its connection.
    pub(super) name: &'a str,
    /// Where it opens.
    pub(super) link: String,
    /// The zone of every time.
    pub(super) zone: &'a Zone,
    /// Now, UTC milliseconds.
    pub(super) now_ms: i64,
}

impl Desk<'_> {
    /// Writes the files of a call. A transcript that is not there any more is removed.
    pub(super) fn write(
        &self,
        call: &Call,
        transcript: &Transcript,
        facts: &[Fact],
        entry: &mut Entry,
    ) -> Result<(), Trouble> {
        let facts: Vec<Fact> = facts.iter().map(without_query).collect();
        let (connection, link) = (self.name, self.link.as_str());
        let transcript = Some(transcript);
        let record = Exported { call, connection, link, transcript, facts: &facts };
        let connections = [calldeck::Connection {
            id: call.key.connection.to_string(),
            provider: entry.saved.provider.clone(),
            name: connection.to_owned(),
        }];
        let mut json = String::new();
        calldeck::head(&about(self.zone, connections.into(), self.now_ms), &mut json);
        calldeck::call(&record, true, &mut json);
        calldeck::tail(&[], &mut json);
        entry.write(folder::CALL, &json)?;
        self.write_words(&record, entry)
    }

    fn write_words(&self, record: &Exported<'_>, entry: &mut Entry) -> Result<(), Trouble> {
        let words = Words::english();
        let spoken = record.transcript.filter(|_| entry.saved.talk == Talk::Saved);
        let text = spoken.map(|_| plain::transcript(record, self.zone, &words, &English));
        let captions = spoken.and_then(|transcript| {
            Captions::WebVtt.of(transcript, record.call.duration_ms, &words).ok()
        });
        for (name, text) in [(folder::TRANSCRIPT, text), (folder::CAPTIONS, captions)] {
            match text {
                Some(text) => entry.write(name, &text)?,
                None => entry.remove(name)?,
            }
        }
        Ok(())
    }
}

/// Whoever has a signed address needs no key: what makes it one is not kept.
fn without_query(fact: &Fact) -> Fact {
    let is_address = fact.value.contains("://");
    match fact.value.split_once('?').filter(|_| is_address) {
        Some((address, _)) => Fact { name: fact.name.clone(), value: address.to_owned() },
        None => fact.clone(),
    }
}
