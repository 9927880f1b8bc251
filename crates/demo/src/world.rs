//! Everything one demo knows: people, calls, the clock, and what was already asked.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::agent::{Provider, agent_id};
use crate::call::{Call, Channel, End, Phase};
use crate::casting;
use crate::clock::{self, MINUTE};
use crate::draft::Draft;
use crate::limit::Limiter;
use crate::person::{self, Person};
use crate::{Options, oddity, schedule};

/// Unanswered calls are tried again, up to this often (Atoms).
const RETRIES: u32 = 2;

pub(crate) struct World {
    pub(crate) options: Options,
    pub(crate) people: Vec<Person>,
    /// All calls, newest first, with those that are still to come.
    calls: Vec<Call>,
    places: HashMap<(Provider, String), usize>,
    pub(crate) limiter: Limiter,
    answers: AtomicU64,
    /// Per recording: how many links were given out, and which one was refused.
    links: Mutex<HashMap<String, LinkState>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct LinkState {
    given: u64,
    refused: Option<u64>,
}

impl World {
    pub(crate) fn new(options: Options) -> Self {
        let now_ms = options.now_ms.unwrap_or_else(clock::real_ms);
        let people = person::people(options.seed);
        let mut calls = calls(options.seed, now_ms, &people);
        calls.sort_by(|a, b| (b.created_ms, &a.id).cmp(&(a.created_ms, &b.id)));
        let places =
            calls.iter().enumerate().map(|(at, call)| ((call.provider, call.id.clone()), at));
        Self {
            places: places.collect(),
            options,
            people,
            calls,
            limiter: Limiter::default(),
            answers: AtomicU64::new(0),
            links: Mutex::default(),
        }
    }

    /// The demo's time: fixed by the options, else the real one.
    pub(crate) fn now_ms(&self) -> i64 {
        self.options.now_ms.unwrap_or_else(clock::real_ms)
    }

    /// A provider's calls that have begun, newest first, with their phase.
    pub(crate) fn calls(&self, provider: Provider) -> impl Iterator<Item = (&Call, Phase)> {
        let now_ms = self.now_ms();
        let theirs = self.calls.iter().filter(move |call| call.provider == provider);
        theirs.filter_map(move |call| Some((call, call.phase(now_ms)?)))
    }

    /// A call that has begun.
    pub(crate) fn find(&self, provider: Provider, id: &str) -> Option<(&Call, Phase)> {
        let at = self.places.get(&(provider, id.to_owned()))?;
        let call = self.calls.get(*at)?;
        Some((call, call.phase(self.now_ms())?))
    }

    pub(crate) fn agent_id(&self, place: usize) -> String {
        agent_id(self.options.seed, place)
    }

    /// The number of the next answer, for request ids and delays.
    pub(crate) fn next_answer(&self) -> u64 {
        self.answers.fetch_add(1, Ordering::Relaxed)
    }

    /// Counts a link that is given out for a recording.
    pub(crate) fn link_given(&self, file: &str) -> u64 {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        let state = links.entry(file.to_owned()).or_default();
        state.given += 1;
        state.given
    }

    /// Whether this link of a recording that refuses its first link is refused: the first
    /// one that is used, and for ever.
    pub(crate) fn link_refused(&self, file: &str, number: u64) -> bool {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        let state = links.entry(file.to_owned()).or_default();
        *state.refused.get_or_insert(number) >= number
    }
}

fn calls(seed: u64, now_ms: i64, people: &[Person]) -> Vec<Call> {
    let slots = schedule::slots(seed, now_ms);
    let mut drafts: Vec<Draft> =
        slots.iter().map(|slot| casting::cast(seed, slot, people)).collect();
    drafts.extend(oddity::drafts(seed, now_ms));
    let mut calls: Vec<Call> = drafts.into_iter().map(|draft| draft.build(people)).collect();
    let again: Vec<Call> = calls.iter().flat_map(retries).collect();
    calls.extend(again);
    calls
}

/// Atoms calls again where nobody answered; a retry hangs on its root call.
fn retries(root: &Call) -> Vec<Call> {
    let missed = matches!(root.end, End::NoAnswer | End::Busy) && root.waiting_word.is_none();
    if root.provider != Provider::Atoms || root.channel != Channel::Outbound || !missed {
        return Vec::new();
    }
    let again = |attempt: u32| {
        let mut call = root.clone();
        let later = i64::from(attempt) * 15 * MINUTE;
        (call.created_ms, call.ended_ms) = (root.created_ms + later, root.ended_ms + later);
        call.edited_ms = None;
        call.key = root.key.wrapping_add(u64::from(attempt));
        call.id = format!("CALL-{}-{}", call.created_ms, crate::id::hex(6, &[call.key]));
        call.retry_of = Some((root.id.clone(), attempt));
        call
    };
    (1..=RETRIES).map(again).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::agent::AGENTS;
    use crate::clock::{DAY, HOUR};

    const NOW: i64 = 1_795_262_400_000;

    fn world() -> World {
        World::new(Options { now_ms: Some(NOW), ..Options::default() })
    }

    #[test]
    fn there_are_about_2000_calls_of_90_days_with_ids_of_their_own() {
        let world = world();
        let begun: usize = Provider::ALL.map(|provider| world.calls(provider).count()).iter().sum();
        assert!((1900..2500).contains(&begun), "{begun}");
        assert_eq!(world.places.len(), world.calls.len());
        assert!(world.calls.iter().all(|call| call.created_ms > NOW - 91 * DAY));
    }

    #[test]
    fn all_twelve_agents_and_about_600_people_take_part() {
        let world = world();
        let agents: HashSet<_> = world.calls.iter().map(|call| call.agent).collect();
        assert_eq!(agents.len(), AGENTS.len());
        let people: HashSet<_> = world.calls.iter().filter_map(|call| call.person).collect();
        assert!((540..650).contains(&people.len()), "{}", people.len());
    }

    #[test]
    fn somebody_called_in_the_last_two_hours_even_at_night() {
        for hour in 0..24 {
            let now_ms = NOW + hour * HOUR;
            let world = World::new(Options { now_ms: Some(now_ms), ..Options::default() });
            let fresh = |provider| {
                world
                    .calls(provider)
                    .filter(|(call, _)| call.created_ms > now_ms - 2 * HOUR)
                    .count()
            };
            assert!(Provider::ALL.map(fresh).iter().sum::<usize>() >= 3);
        }
    }

    #[test]
    fn an_ordinary_call_is_the_same_call_when_the_demo_starts_later() {
        let ids = |now_ms: i64| -> HashSet<String> {
            let world = World::new(Options { now_ms: Some(now_ms), ..Options::default() });
            let ended = world.calls(Provider::AgentVoice).filter(|(call, phase)| {
                phase.over() && call.created_ms < NOW - 30 * DAY && call.created_ms > NOW - 60 * DAY
            });
            ended.map(|(call, _)| call.id.clone()).collect()
        };
        let (today, later) = (ids(NOW), ids(NOW + 7 * DAY));
        assert!(today.len() > 100 && today == later);
    }

    #[test]
    fn a_ringing_call_becomes_a_talk_and_then_a_record() {
        let world = world();
        let mut calls = world.calls.iter().filter(|call| call.talk.is_some());
        let outbound = calls.find(|call| call.channel == Channel::Outbound);
        let phases = outbound.map(|call| {
            let at = |ms: i64| call.phase(ms);
            [
                at(call.created_ms - 1),
                at(call.created_ms),
                at(call.created_ms + 3000),
                at(call.ended_ms - 1),
                at(call.ended_ms),
                at(call.ended_ms + 60_000),
            ]
        });
        use Phase::{Done, Processing, Queued, Ringing, Talking};
        let all = [None, Some(Queued), Some(Ringing), Some(Talking), Some(Processing), Some(Done)];
        assert_eq!(phases, Some(all));
    }

    #[test]
    fn the_first_link_used_is_refused_and_the_next_works() {
        let world = world();
        let (first, second) = (world.link_given("a"), world.link_given("a"));
        assert!(world.link_refused("a", first));
        assert!(world.link_refused("a", first));
        assert!(!world.link_refused("a", second));
    }
}
