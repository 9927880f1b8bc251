//! Where recordings lie. An address is asked for once and kept in memory until shortly before it
//! expires, so that one listening, with its many ranges, is one request to the provider.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use calls::Reference;
use providers::{NoRecording, Purpose, RecordingAddress, Request, Track};

use crate::Proxy;
use crate::connection::Connection;
use crate::exchange::{Given, Wish};
use crate::media_host::{self, CheckedUrl};
use crate::priority::Priority;
use crate::recording_refusal::RecordingRefusal;
use crate::refuse::Refusal;
use crate::upstream::{plain, read_rest};

/// An address is not used in the last minute of its life: a player goes on asking.
const MARGIN_MS: i64 = 60_000;

/// How long an address is kept if nobody says until when it is good.
const UNKNOWN_LIFE_MS: i64 = 5 * 60_000;

/// How many addresses are kept before those that have expired are thrown out.
const MANY: usize = 2_000;

/// Which recording of which call.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct RecordingKey {
    pub(crate) connection: String,
    pub(crate) reference: Reference,
    /// The track's code.
    pub(crate) track: &'static str,
}

/// An address that may be fetched.
#[derive(Clone)]
pub(crate) struct Address {
    pub(crate) checked: CheckedUrl,
    /// UTC milliseconds until which it is used.
    until_ms: i64,
}

/// What came of the last look-up of one recording, and when it came.
struct Outcome {
    at: Instant,
    result: Result<Arc<Address>, Refusal>,
}

/// One recording's place. Whoever holds the lock asks the provider; the others wait for it.
type Place = Arc<tokio::sync::Mutex<Option<Outcome>>>;

/// The addresses that are known.
#[derive(Default)]
pub(crate) struct Recordings {
    places: Mutex<HashMap<RecordingKey, Place>>,
}

/// What somebody who wants an address already knows.
pub(crate) enum Known {
    /// Nothing.
    Nothing,
    /// An address that no longer works.
    Stale(Arc<Address>),
}

impl Recordings {
    /// The address of a recording: the one that is kept, or a new one from the provider.
    pub(crate) async fn address(
        &self,
        proxy: &Proxy,
        connection: &Connection,
        key: &RecordingKey,
        known: Known,
    ) -> Result<Arc<Address>, Refusal> {
        let asked = Instant::now();
        let place = self.place(key, proxy.outside.clock.now_ms());
        let mut outcome = place.lock().await;
        if let Some(result) = outcome
            .as_ref()
            .and_then(|outcome| outcome.usable(asked, proxy.outside.clock.now_ms(), &known))
        {
            return result;
        }
        let anew = matches!(known, Known::Stale(_));
        let result = look_up(proxy, connection, key, anew).await;
        *outcome = Some(Outcome { at: Instant::now(), result: result.clone() });
        result
    }

    fn place(&self, key: &RecordingKey, now_ms: i64) -> Place {
        let mut places = self.places.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if places.len() >= MANY && !places.contains_key(key) {
            places.retain(|_, place| is_worth_keeping(place, now_ms));
        }
        Arc::clone(places.entry(key.clone()).or_default())
    }
}

/// Places in use are locked; the rest is worth it while its address is good.
fn is_worth_keeping(place: &Place, now_ms: i64) -> bool {
    let Ok(outcome) = place.try_lock() else { return true };
    let address = outcome.as_ref().and_then(|outcome| outcome.result.as_ref().ok());
    address.is_some_and(|address| address.until_ms > now_ms)
}

impl Outcome {
    /// A refusal is shared with those who asked while it was being fetched, and with nobody later.
    fn usable(
        &self,
        asked: Instant,
        now_ms: i64,
        known: &Known,
    ) -> Option<Result<Arc<Address>, Refusal>> {
        match &self.result {
            Err(_) => (self.at >= asked).then(|| self.result.clone()),
            Ok(address) => {
                let stale = matches!(known, Known::Stale(old) if Arc::ptr_eq(old, address));
                (!stale && address.until_ms > now_ms).then(|| self.result.clone())
            }
        }
    }
}

async fn look_up(
    proxy: &Proxy,
    connection: &Connection,
    key: &RecordingKey,
    anew: bool,
) -> Result<Arc<Address>, Refusal> {
    let track = Track::parse(key.track).unwrap_or(Track::Main);
    let request = connection.adapter.recording(&key.reference, track);
    let was_kept = !anew && proxy.exchange.keeps(connection, &request);
    let mut first = ask(proxy, connection, &request, track, anew).await?;
    // Somebody looks for it again: an answer of some minutes ago does not say that it is not there.
    if was_kept
        && names_none(&first)
        && let Ok(second) = ask(proxy, connection, &request, track, true).await
    {
        first = second;
    }
    let (found, now_ms) = match first {
        first if names_none(&first) => instead(proxy, connection, key, track, first).await,
        first => first,
    };
    let found = found.map_err(|why| Refusal::Recording(RecordingRefusal::of(why, now_ms)))?;
    let checked = media_host::check(connection, &found.url).map_err(Refusal::Recording)?;
    let until_ms = match found.expires_ms {
        Some(expires_ms) => expires_ms.saturating_sub(MARGIN_MS),
        None => now_ms.saturating_add(UNKNOWN_LIFE_MS),
    };
    Ok(Arc::new(Address { checked, until_ms }))
}

/// What a provider says of a recording's address, and when it said so.
type Named = (Result<RecordingAddress, NoRecording>, i64);

fn names_none(named: &Named) -> bool {
    matches!(named.0, Err(NoRecording::Absent | NoRecording::NotReady))
}

/// Some providers name the address elsewhere when the call itself names none. If they do not
/// either, what was said first is the reason.
async fn instead(
    proxy: &Proxy,
    connection: &Connection,
    key: &RecordingKey,
    track: Track,
    first: Named,
) -> Named {
    let Some(request) = connection.adapter.recording_instead(&key.reference, track) else {
        return first;
    };
    match ask(proxy, connection, &request, track, true).await {
        Ok(second @ (Ok(_), _)) => second,
        _ => first,
    }
}

async fn ask(
    proxy: &Proxy,
    connection: &Connection,
    request: &Request,
    track: Track,
    anew: bool,
) -> Result<Named, Refusal> {
    let purpose = purpose(connection, request).ok_or(Refusal::NotFound)?;
    let wish = Wish { priority: Priority::Foreground, anew };
    let given = proxy.exchange.ask(connection, request, purpose, wish).await?;
    // An answer that was kept is read as of when it came: what it says about times is about then.
    let (answer, now_ms) = match given {
        Given::Whole(whole) => (plain(whole.status, &whole.headers, &whole.body), whole.at_ms),
        Given::Large(large) => {
            let body = read_rest(connection.provider().name, large.came).await?;
            (plain(large.status, &large.headers, &body), proxy.outside.clock.now_ms())
        }
    };
    Ok((connection.adapter.read_recording(&answer, track, now_ms), now_ms))
}

/// A reference of another provider's shape makes a path that the descriptor does not have.
fn purpose(connection: &Connection, request: &Request) -> Option<Purpose> {
    let routes = connection.provider().routes;
    let route = routes.iter().find(|route| route.admits(request.method, &request.path));
    route.map(|route| route.purpose)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn outcome(result: Result<Arc<Address>, Refusal>) -> (Outcome, Instant, Instant) {
        let at = Instant::now();
        let (before, after) = (at - Duration::from_millis(1), at + Duration::from_millis(1));
        (Outcome { at, result }, before, after)
    }

    #[test]
    fn a_refusal_is_shared_with_those_who_waited_for_it_and_asked_for_again_later() {
        let (outcome, before, after) = outcome(Err(Refusal::Recording(RecordingRefusal::NotReady)));
        assert!(outcome.usable(before, 0, &Known::Nothing).is_some());
        assert!(outcome.usable(after, 0, &Known::Nothing).is_none());
    }

    #[test]
    fn an_address_is_used_until_its_time_unless_it_has_been_found_stale() {
        let adapter = providers::find("truedy").unwrap();
        let connection = Connection::new(adapter, "sales", "https://api.truedy.ai");
        let checked =
            media_host::check(&connection, "https://recordings.truedy.ai/a").ok().unwrap();
        let address = Arc::new(Address { checked, until_ms: 10 });
        let (outcome, _, after) = outcome(Ok(Arc::clone(&address)));
        assert!(outcome.usable(after, 9, &Known::Nothing).is_some());
        assert!(outcome.usable(after, 10, &Known::Nothing).is_none());
        assert!(outcome.usable(after, 9, &Known::Stale(address)).is_none());
    }
}
