//! Where requests wait for the budget of their key: the most urgent first, then the one that was
//! asked for first. Who would wait too long is told so at once, and when to come back.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use providers::Limit;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use crate::budget::{Budget, Notice};
use crate::priority::Priority;

/// How long a request may wait here. A browser shows a countdown after that.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// Requests under way at once for one key. More would not make a list come sooner, but would
/// leave nothing for what a person asks next.
const MOST_UNDER_WAY: usize = 8;

/// Requests that wait at once for one key. Further ones are turned away at once.
const MOST_WAITING: usize = 512;

/// Requests that were turned away and are still expected, at most.
const MOST_EXPECTED: usize = 1_024;

/// For how long what is free is held for a request that was told to come for it. Clients are told
/// whole seconds.
const LATE: Duration = Duration::from_secs(3);

/// How much later than told a request may come and still keep the place it had.
const GRACE: Duration = Duration::from_secs(120);

/// The gate in front of one key's provider.
pub(crate) struct Gate {
    state: Mutex<State>,
    changed: Notify,
}

struct State {
    budget: Budget,
    waiting: Vec<(Place, Arc<Ticket>)>,
    expected: Vec<Expected>,
    next_place: u64,
}

/// The order in which requests were first asked for.
type Place = u64;

/// A request that was told to come back.
struct Expected {
    /// What tells this request from others.
    mark: u64,
    place: Place,
    priority: Priority,
    at: Instant,
}

/// How urgent a waiting request is and how long it waits; both may rise while it waits.
pub(crate) struct Ticket(Mutex<(Priority, Instant)>);

impl Ticket {
    pub(crate) fn new(priority: Priority) -> Self {
        Self(Mutex::new((priority, Instant::now() + LONGEST_WAIT)))
    }

    fn read(&self) -> (Priority, Instant) {
        *lock(&self.0)
    }
}

/// The budget is spent; seconds until it is worth coming back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TurnedAway {
    pub(crate) retry_secs: u64,
}

/// The right to send one request. Dropping it says that the request is over.
pub(crate) struct Pass(Arc<Gate>);

impl Drop for Pass {
    fn drop(&mut self) {
        self.0.lock().budget.came_back(Instant::now());
        self.0.changed.notify_waiters();
    }
}

/// A request that waits. Dropping it takes it out of the queue.
struct Waiting<'a> {
    gate: &'a Gate,
    ticket: &'a Arc<Ticket>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.gate.lock().waiting.retain(|(_, ticket)| !Arc::ptr_eq(ticket, self.ticket));
        self.gate.changed.notify_waiters();
    }
}

impl Gate {
    pub(crate) fn new(limits: &[Limit]) -> Self {
        let state = State {
            budget: Budget::new(limits),
            waiting: Vec::new(),
            expected: Vec::new(),
            next_place: 0,
        };
        Self { state: Mutex::new(state), changed: Notify::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Waits for the right to send a request. `mark` tells it from others, so that it keeps its
    /// place if it was turned away before.
    pub(crate) async fn enter(
        self: &Arc<Self>,
        ticket: &Arc<Ticket>,
        mark: u64,
    ) -> Result<Pass, TurnedAway> {
        let place = self.lock().queue(ticket, mark)?;
        let waiting = Waiting { gate: self, ticket };
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let (priority, deadline) = ticket.read();
            // The lock must be free again before `waiting` is dropped, which takes it.
            let turn = self.lock().turn(ticket, Instant::now());
            let turn = match turn {
                Turn::Now => {
                    drop(waiting);
                    return Ok(Pass(Arc::clone(self)));
                }
                Turn::At(at) => at.min(deadline),
                Turn::Later => deadline,
            };
            tokio::select! {
                () = changed => {}
                () = sleep_until(turn) => {}
            }
            if Instant::now() >= ticket.read().1 {
                drop(waiting);
                return Err(self.lock().turn_away(Instant::now(), priority, mark, place));
            }
        }
    }

    /// Somebody else wants the same; what is more urgent of both counts, and its time begins anew.
    pub(crate) fn raise(&self, ticket: &Ticket, priority: Priority) {
        {
            let mut state = lock(&ticket.0);
            *state = (state.0.min(priority), Instant::now() + LONGEST_WAIT);
        }
        self.changed.notify_waiters();
    }

    /// Learns from an answer.
    pub(crate) fn notice(&self, notice: Notice) {
        self.lock().budget.notice(Instant::now(), notice);
        self.changed.notify_waiters();
    }
}

/// Whether a waiting request may be sent.
enum Turn {
    Now,
    At(Instant),
    /// Something else has to happen first.
    Later,
}

impl State {
    /// Puts a request into the queue, unless it would wait too long there.
    fn queue(&mut self, ticket: &Arc<Ticket>, mark: u64) -> Result<Place, TurnedAway> {
        let now = Instant::now();
        let (priority, deadline) = ticket.read();
        self.expected.retain(|expected| expected.at + GRACE > now);
        let known = self.expected.iter().position(|expected| expected.mark == mark);
        let place = match known {
            Some(index) => self.expected.swap_remove(index).place,
            None => {
                self.next_place += 1;
                self.next_place
            }
        };
        // Those who were told to come back may not come: whether they do is seen while it waits.
        let before = self.waiting_before((priority, place));
        let at = self.budget.free_at(now, priority, before);
        if self.waiting.len() >= MOST_WAITING || at > deadline {
            return Err(self.turn_away(now, priority, mark, place));
        }
        self.waiting.push((place, Arc::clone(ticket)));
        Ok(place)
    }

    fn waiting_before(&self, mine: (Priority, Place)) -> usize {
        let order = |(place, ticket): &(Place, Arc<Ticket>)| (ticket.read().0, *place);
        self.waiting.iter().filter(|other| order(other) < mine).count()
    }

    /// When the turn of a request will come: after those that wait before it, and after those
    /// that were told to come back before it.
    fn estimate(&mut self, now: Instant, priority: Priority, place: Place) -> Instant {
        let mine = (priority, place);
        let expected = self.expected.iter().filter(|expected| expected.at + LATE > now);
        let expected = expected.filter(|expected| (expected.priority, expected.place) < mine);
        let before = expected.count() + self.waiting_before(mine);
        self.budget.free_at(now, priority, before)
    }

    fn turn_away(
        &mut self,
        now: Instant,
        priority: Priority,
        mark: u64,
        place: Place,
    ) -> TurnedAway {
        let at = self.estimate(now, priority, place);
        let retry_secs = (at - now).as_millis().div_ceil(1_000).max(1);
        let retry_secs = u64::try_from(retry_secs).unwrap_or(u64::MAX);
        if self.expected.len() < MOST_EXPECTED {
            self.expected.push(Expected { mark, place, priority, at });
        }
        TurnedAway { retry_secs }
    }

    /// Lets a request go if nothing more urgent waits and the budget allows it.
    fn turn(&mut self, ticket: &Arc<Ticket>, now: Instant) -> Turn {
        let order = |(place, ticket): &(Place, Arc<Ticket>)| (ticket.read().0, *place);
        let Some(index) = (0..self.waiting.len()).min_by_key(|index| {
            self.waiting.get(*index).map(order).unwrap_or((Priority::Background, u64::MAX))
        }) else {
            return Turn::Later;
        };
        let first = self.waiting.get(index).is_some_and(|(_, first)| Arc::ptr_eq(first, ticket));
        if !first || self.budget.under_way() >= MOST_UNDER_WAY {
            return Turn::Later;
        }
        let mine = self.waiting.get(index).map(order).unwrap_or_default();
        // What is free is held for a moment for those who were told to come for it now.
        let due = |expected: &&Expected| {
            (expected.priority, expected.place) < mine
                && expected.at <= now
                && expected.at + LATE > now
        };
        let ends = self.expected.iter().filter(due).map(|expected| expected.at + LATE);
        let (held, end) = (self.expected.iter().filter(due).count(), ends.min());
        let at = self.budget.free_at(now, mine.0, held);
        if at > now {
            return Turn::At(end.map_or(at, |end| at.min(end)));
        }
        self.waiting.swap_remove(index);
        self.budget.take();
        Turn::Now
    }
}

/// A panic while the lock was held leaves numbers that are at worst a request off.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
