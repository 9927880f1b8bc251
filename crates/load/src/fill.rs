//! Reads transcripts in the background, so that they can be searched, or opens calls for what only
//! that tells: which are worth asking for, in which order, and in which requests. What is read is whoever asked's to keep.
//!
//! One connection is asked one thing at a time, and steps back as soon as its provider asks for
//! patience: what people do goes before it.

mod ask;
mod pace;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use calls::book::{Book, Entry, Row};
use calls::filter::Mark;
use calls::{CallKey, Status, Transcript};
use kernels::sort;

pub use ask::{Ask, Brought, bring};
use pace::Pace;

use crate::connection::Connection;
use providers::Refusal;

/// How long to wait for a transcript that its provider is still writing, in milliseconds.
const BEING_WRITTEN_MS: i64 = 60_000;

/// What has been asked for, what has come, and what is next.
#[derive(Debug, Default)]
pub struct Fill {
    known: HashMap<CallKey, Known>,
    lanes: BTreeMap<Arc<str>, Lane>,
    /// Calls are opened, each by itself and once, whether they have words or not.
    opens: bool,
}

/// What is known of a call's transcript.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Known {
    /// It is here.
    Here,
    /// There is none.
    Nothing,
    /// It is being written, and may be asked for again from this instant on.
    Later(i64),
    /// The provider refused this one; asking again changes nothing.
    Refused,
    /// A list that should have had it did not: it is asked for by itself.
    Alone,
    /// So often nobody answered. It goes behind those that were not tried yet: what fails may be
    /// this call.
    Tried(u8),
}

/// How often a call is asked for while nobody answers, or the provider asks for patience.
const MOST_TRIES: u8 = 3;

/// One connection.
#[derive(Debug, Default)]
struct Lane {
    /// Calls to ask for, the most wanted first.
    queue: VecDeque<Wanted>,
    /// When each of its calls was, the newest first: a page of its list holds these.
    times: Vec<i64>,
    /// The calls that are being asked for.
    under_way: HashSet<CallKey>,
    pace: Pace,
}

/// A call whose transcript is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// The call.
    pub key: CallKey,
    /// When it was.
    pub started_ms: Option<i64>,
}

/// How much there is to search in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// Transcripts that are here.
    pub loaded: usize,
    /// Transcripts there are, as far as that is known: calls of which it is not known yet count.
    pub total: usize,
    /// Calls whose transcript was refused.
    pub refused: usize,
    /// Milliseconds until all are here, by what it took so far. `None` if that is not known, or if
    /// all are here.
    pub left_ms: Option<i64>,
}

impl Coverage {
    /// Whether nothing is to come any more.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.loaded + self.refused >= self.total
    }
}

impl Fill {
    /// One that opens calls, for whatever only that tells.
    #[must_use]
    pub fn opening() -> Self {
        Self { opens: true, ..Self::default() }
    }

    /// Takes note of the calls there are, the most wanted first. What was asked for before is not
    /// asked for again. Calls that are not named any more are forgotten: they are gone. One that is
    /// named again later is as wanted as it was at first.
    pub fn plan(&mut self, book: &Book, rows: impl Iterator<Item = Row>, now_ms: i64) {
        for lane in self.lanes.values_mut() {
            lane.queue.clear();
            lane.times.clear();
        }
        let mut there = HashMap::with_capacity(self.known.len());
        let (mut tried, mut seen) = (Vec::new(), HashSet::new());
        for call in rows.filter_map(|row| seen.insert(row).then(|| book.entry(row))?) {
            let key = call.key();
            let lane = self.lanes.entry(key.connection.clone()).or_default();
            lane.times.extend(call.started_ms());
            let known = self.known.get(&key).copied();
            if let Some(known) = known.filter(|_| !call.has(Mark::Purged)) {
                there.insert(key.clone(), known);
            }
            let under_way = lane.under_way.contains(&key);
            if (self.opens || has_words(&call)) && is_wanted(known, now_ms) && !under_way {
                let wanted = Wanted { key, started_ms: call.started_ms() };
                match known {
                    Some(Known::Tried(_)) => tried.push(wanted),
                    _ => lane.queue.push_back(wanted),
                }
            }
        }
        self.known = there;
        tried.into_iter().for_each(|wanted| self.want(wanted));
        for lane in self.lanes.values_mut() {
            sort::ascending(&mut lane.times);
            lane.times.reverse();
        }
    }

    /// What to ask a connection next: nothing while it is being asked, while its provider wants
    /// patience, or when all is here.
    pub fn next(&mut self, connection: &Connection, now_ms: i64) -> Option<Ask> {
        let lane = self.lanes.get_mut(&connection.id)?;
        if !lane.under_way.is_empty() || !lane.pace.may_ask(now_ms) {
            return None;
        }
        // Somebody may have opened the next ones meanwhile.
        let is_wanted = |next: &Wanted| is_wanted(self.known.get(&next.key).copied(), now_ms);
        let known = lane.queue.iter().take_while(|next| !is_wanted(next)).count();
        lane.queue.drain(..known);
        let opens = self.opens;
        let alone = |key: &CallKey| opens || self.known.get(key) == Some(&Known::Alone);
        let ask = ask::next(connection, &mut lane.queue, &lane.times, alone, now_ms)?;
        lane.under_way = ask.wanted.iter().map(|wanted| wanted.key.clone()).collect();
        lane.pace.begin(now_ms);
        Some(ask)
    }

    /// Takes note of what came of a request.
    pub fn take(&mut self, connection: &Connection, ask: &Ask, brought: &Brought, now_ms: i64) {
        let lane = self.lanes.entry(connection.id.clone()).or_default();
        lane.under_way.clear();
        lane.pace.end(brought.refusal.as_ref(), now_ms);
        for (call, transcript) in &brought.opened {
            self.know(&call.key, transcript, now_ms);
        }
        for key in &brought.gone {
            self.known.insert(key.clone(), Known::Nothing);
        }
        match &brought.refusal {
            Some(refusal) => {
                ask.wanted.iter().for_each(|wanted| self.refused(wanted, ask, refusal))
            }
            None => ask.wanted.iter().for_each(|wanted| self.missed(wanted)),
        }
    }

    /// What a page should have brought, and did not, is asked for by itself.
    fn missed(&mut self, wanted: &Wanted) {
        if !is_wanted(self.known.get(&wanted.key).copied(), i64::MIN) {
            return;
        }
        self.known.insert(wanted.key.clone(), Known::Alone);
        self.want(wanted.clone());
    }

    fn refused(&mut self, wanted: &Wanted, ask: &Ask, refusal: &Refusal) {
        let tries = match self.known.get(&wanted.key) {
            Some(Known::Tried(tries)) => tries + 1,
            _ => 1,
        };
        let passes = pace::is_about_the_connection(refusal);
        let known = match (passes && tries < MOST_TRIES, ask.is_page) {
            (true, _) => Known::Tried(tries),
            (false, true) => Known::Alone,
            (false, false) => Known::Refused,
        };
        self.known.insert(wanted.key.clone(), known);
        if known != Known::Refused {
            self.want(wanted.clone());
        }
    }

    fn want(&mut self, wanted: Wanted) {
        let lane = self.lanes.entry(wanted.key.connection.clone()).or_default();
        lane.queue.push_back(wanted);
    }

    /// Takes note of a transcript that came some other way: somebody opened the call.
    pub fn know(&mut self, key: &CallKey, transcript: &Transcript, now_ms: i64) {
        let known = match transcript {
            _ if self.opens => Known::Here,
            Transcript::Turns(_) | Transcript::Text(_) => Known::Here,
            Transcript::BeingWritten => Known::Later(now_ms.saturating_add(BEING_WRITTEN_MS)),
            // An opened file may tell of a call as a list does.
            Transcript::NotAsked
            | Transcript::NotInRecord
            | Transcript::Elsewhere
            | Transcript::Absent
            | Transcript::Purged => Known::Nothing,
        };
        self.known.insert(key.clone(), known);
    }

    /// How much of what was planned is here.
    #[must_use]
    pub fn coverage(&self, connections: &[Connection], now_ms: i64) -> Coverage {
        let count = |is: fn(&Known) -> bool| self.known.values().filter(|known| is(known)).count();
        let loaded = count(|known| *known == Known::Here);
        let refused = count(|known| *known == Known::Refused);
        let later = count(|known| matches!(known, Known::Later(_)));
        let left = self.lanes.values().map(|lane| lane.queue.len() + lane.under_way.len());
        let times = connections.iter().filter_map(|connection| {
            let lane = self.lanes.get(&connection.id)?;
            let calls = lane.queue.len();
            let requests = if self.opens { calls } else { pace::requests(connection, calls) };
            lane.pace.left_ms(connection, requests, now_ms)
        });
        let left_ms = times.max();
        let total = loaded + refused + later + left.sum::<usize>();
        Coverage { loaded, total, refused, left_ms }
    }

    /// The connections that are not asked any more, each because only a person can help.
    #[must_use]
    pub fn given_up(&self) -> Vec<Arc<str>> {
        let up = self.lanes.iter().filter(|(_, lane)| lane.pace.has_given_up());
        up.map(|(connection, _)| connection.clone()).collect()
    }

    /// Whether something is still to come: a request is under way, or a connection that has not
    /// been given up has calls to be asked for.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        let waits = |lane: &Lane| !lane.queue.is_empty() && !lane.pace.has_given_up();
        self.lanes.values().any(|lane| !lane.under_way.is_empty() || waits(lane))
    }

    /// Goes on after a pause of ours, as if nothing had been refused before.
    pub fn go_on(&mut self) {
        for lane in self.lanes.values_mut() {
            lane.pace = Pace::default();
        }
    }
}

/// How long opening so many calls of a connection takes, by the limits that its provider documents;
/// `None` if it documents none.
#[must_use]
pub fn opening_ms(connection: &Connection, calls: usize) -> Option<i64> {
    Pace::default().left_ms(connection, calls, 0)
}

/// Whether a call can have a transcript: it is over, somebody answered as far as is known, and it
/// has not been purged.
#[must_use]
pub fn has_words(call: &Entry<'_>) -> bool {
    let running = matches!(call.status(), Status::Queued | Status::Ringing | Status::InProgress);
    !running && !call.has(Mark::Purged) && call.answered() != Some(false)
}

fn is_wanted(known: Option<Known>, now_ms: i64) -> bool {
    match known {
        None | Some(Known::Alone | Known::Tried(_)) => true,
        Some(Known::Later(at_ms)) => at_ms <= now_ms,
        Some(Known::Here | Known::Nothing | Known::Refused) => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test")]
mod tests;
