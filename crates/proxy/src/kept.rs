//! Answers that are used again for a short while. They lie in memory only, and never more of them
//! than [`MOST_BYTES`].
//!
//! Not one of the cache crates: moka and its like measure time with clocks of their own, which a
//! test cannot stop, and what is needed beside a map is the eviction below.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use providers::Request;
use tokio::time::Instant;

use crate::connection::Connection;

/// Most bytes that are kept, over all connections.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What an entry costs besides its body.
const ENTRY_BYTES: usize = 1_024;

/// What was asked of whom. Answers of one connection are never given to another.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Asked {
    pub(crate) connection: String,
    /// Path and query.
    pub(crate) target: String,
    /// The body of a search.
    pub(crate) body: Option<String>,
}

impl Asked {
    /// A request of a connection.
    pub(crate) fn of(connection: &Connection, request: &Request) -> Self {
        Self {
            connection: connection.id.clone(),
            target: request.target(),
            body: request.body.clone(),
        }
    }
}

/// A provider's answer that has come whole.
#[derive(Debug)]
pub(crate) struct Whole {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// When it came, UTC milliseconds.
    pub(crate) at_ms: i64,
    /// When it came.
    pub(crate) at: Instant,
}

/// The answers that are kept.
#[derive(Default)]
pub(crate) struct Kept {
    entries: HashMap<Asked, Entry>,
    /// The entries by age.
    ages: BTreeMap<u64, Asked>,
    bytes: usize,
    next_age: u64,
}

struct Entry {
    answer: Arc<Whole>,
    until: Instant,
    age: u64,
    bytes: usize,
}

impl Kept {
    /// An answer that may be used again.
    pub(crate) fn find(&self, asked: &Asked) -> Option<Arc<Whole>> {
        let entry = self.entries.get(asked)?;
        (entry.until > Instant::now()).then(|| Arc::clone(&entry.answer))
    }

    /// Keeps an answer for a while. Whatever is too old goes, then the oldest until it fits.
    pub(crate) fn keep(&mut self, asked: Asked, answer: Arc<Whole>, time: Duration) {
        let bytes = answer.body.len() + asked.target.len() * 2 + ENTRY_BYTES;
        self.forget(&asked);
        self.drop_old();
        if bytes > MOST_BYTES {
            return;
        }
        while self.bytes + bytes > MOST_BYTES {
            let Some(oldest) = self.ages.values().next().cloned() else { break };
            self.forget(&oldest);
        }
        self.next_age += 1;
        self.bytes += bytes;
        self.ages.insert(self.next_age, asked.clone());
        let until = Instant::now() + time;
        self.entries.insert(asked, Entry { answer, until, age: self.next_age, bytes });
    }

    /// Forgets an answer.
    pub(crate) fn forget(&mut self, asked: &Asked) {
        if let Some(entry) = self.entries.remove(asked) {
            self.ages.remove(&entry.age);
            self.bytes -= entry.bytes;
        }
    }

    fn drop_old(&mut self) {
        let now = Instant::now();
        let old = self.entries.iter().filter(|(_, entry)| entry.until <= now);
        let old: Vec<Asked> = old.map(|(asked, _)| asked.clone()).collect();
        for asked in old {
            self.forget(&asked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(target: &str) -> Asked {
        Asked { connection: "a".to_owned(), target: target.to_owned(), body: None }
    }

    fn answer(bytes: usize) -> Arc<Whole> {
        Arc::new(Whole {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::from(vec![0; bytes]),
            at_ms: 0,
            at: Instant::now(),
        })
    }

    const MINUTE: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn an_answer_is_used_until_its_time_and_then_let_go() {
        let mut kept = Kept::default();
        kept.keep(asked("/1"), answer(10), MINUTE);
        assert!(kept.find(&asked("/1")).is_some());
        assert!(kept.find(&Asked { connection: "b".to_owned(), ..asked("/1") }).is_none());
        assert!(kept.find(&Asked { body: Some(String::new()), ..asked("/1") }).is_none());
        tokio::time::advance(MINUTE).await;
        assert!(kept.find(&asked("/1")).is_none());
        kept.keep(asked("/2"), answer(10), MINUTE);
        assert_eq!((kept.entries.len(), kept.ages.len()), (1, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn never_more_is_kept_than_64_megabytes() {
        let mut kept = Kept::default();
        for nth in 0..20 {
            kept.keep(asked(&format!("/{nth}")), answer(4 * 1024 * 1024), MINUTE);
            assert!(kept.bytes <= MOST_BYTES);
        }
        assert!(kept.find(&asked("/19")).is_some() && kept.find(&asked("/0")).is_none());
        assert_eq!(kept.entries.len(), 15);
        kept.keep(asked("/19"), answer(1), MINUTE);
        assert_eq!(kept.entries.len(), 15);
        kept.keep(asked("/large"), answer(MOST_BYTES), MINUTE);
        assert!(kept.find(&asked("/large")).is_none());
    }
}
