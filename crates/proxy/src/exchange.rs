//! What stands between clients and providers: identical reads that are under way are joined,
//! answers are used again for a short while, and everything else waits for the key's budget.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use http::{HeaderMap, StatusCode};
use providers::{Adapter, Purpose, Request};
use tokio::time::Instant;

use crate::circuit::Circuit;
use crate::clock::Clock;
use crate::config::Config;
use crate::connection::Connection;
use crate::freshness::{keep_for, notice};
use crate::gate::{Gate, Pass, Ticket};
use crate::kept::{Asked, Kept, Whole};
use crate::priority::Priority;
use crate::refuse::Refusal;
use crate::upstream::{self, Came, Patience, is_json};
use crate::wire::Wire;

/// How a client wants something.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wish {
    pub(crate) priority: Priority,
    /// Not from what is kept.
    pub(crate) anew: bool,
}

/// An answer of a provider.
pub(crate) enum Given {
    /// It is there, and may be somebody else's too.
    Whole(Arc<Whole>),
    /// It is large, and flows by.
    Large(Large),
}

/// An answer that several may be waiting for.
#[derive(Clone)]
enum Landed {
    Whole(Arc<Whole>),
    /// Only the first who comes can have it.
    Large(Arc<Mutex<Option<Large>>>),
}

/// A large answer: its head, its body as it comes, and the right to ask, held until it is over.
pub(crate) struct Large {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) came: Came,
    pub(crate) pass: Pass,
}

type Landing = Result<Landed, Refusal>;

/// A read that is under way, as long as somebody waits for it.
struct Flight {
    landing: WeakShared<BoxFuture<'static, Landing>>,
    ticket: Arc<Ticket>,
}

type Flights = Arc<Mutex<HashMap<Asked, Flight>>>;

/// What belongs to one key at one provider, in however many connections it stands.
struct Account {
    gate: Arc<Gate>,
    circuit: Arc<Circuit>,
}

/// Asks providers.
pub(crate) struct Exchange {
    wire: Arc<dyn Wire>,
    clock: Arc<dyn Clock>,
    patience: Patience,
    accounts: HashMap<String, Arc<Account>>,
    flights: Flights,
    kept: Arc<Mutex<Kept>>,
}

/// Everything that one read needs while it is under way.
struct Errand {
    asked: Asked,
    request: http::Request<Option<String>>,
    name: &'static str,
    adapter: &'static dyn Adapter,
    purpose: Purpose,
    ticket: Arc<Ticket>,
    account: Arc<Account>,
    wire: Arc<dyn Wire>,
    clock: Arc<dyn Clock>,
    patience: Duration,
    flights: Flights,
    kept: Arc<Mutex<Kept>>,
}

impl Exchange {
    pub(crate) fn new(
        config: &Config,
        wire: Arc<dyn Wire>,
        clock: Arc<dyn Clock>,
        patience: Patience,
    ) -> Self {
        let accounts = accounts(&config.connections);
        let (flights, kept) = (Flights::default(), Arc::default());
        Self { wire, clock, patience, accounts, flights, kept }
    }

    /// Whether there is an answer that was kept, which asking would give.
    pub(crate) fn keeps(&self, connection: &Connection, request: &Request) -> bool {
        lock(&self.kept).find(&Asked::of(connection, request)).is_some()
    }

    /// Asks a provider, or gives an answer that another has asked for.
    pub(crate) async fn ask(
        &self,
        connection: &Connection,
        request: &Request,
        purpose: Purpose,
        wish: Wish,
    ) -> Result<Given, Refusal> {
        let asked = Asked::of(connection, request);
        if !wish.anew
            && let Some(answer) = lock(&self.kept).find(&asked)
        {
            return Ok(Given::Whole(answer));
        }
        let request = upstream::build(connection, request)?;
        let landed = self.join(connection, asked.clone(), &request, purpose, wish)?.await?;
        if let Some(given) = landed.take() {
            return Ok(given);
        }
        // It was too large to be shared: everybody else asks for one of their own.
        let ticket = Arc::new(Ticket::new(wish.priority));
        let landed = self.errand(connection, asked, request, purpose, ticket)?.run().await?;
        landed.take().ok_or(Refusal::Internal)
    }

    /// The read that is under way for this, or a new one. It ends when nobody waits for it.
    fn join(
        &self,
        connection: &Connection,
        asked: Asked,
        request: &http::Request<Option<String>>,
        purpose: Purpose,
        wish: Wish,
    ) -> Result<Shared<BoxFuture<'static, Landing>>, Refusal> {
        let mut flights = lock(&self.flights);
        if let Some(flight) = flights.get(&asked)
            && let Some(landing) = flight.landing.upgrade()
        {
            if let Some(account) = self.accounts.get(&connection.id) {
                account.gate.raise(&flight.ticket, wish.priority);
            }
            return Ok(landing);
        }
        let ticket = Arc::new(Ticket::new(wish.priority));
        let errand =
            self.errand(connection, asked.clone(), request.clone(), purpose, Arc::clone(&ticket))?;
        let landing = errand.run_and_leave().boxed().shared();
        flights.retain(|_, flight| flight.landing.upgrade().is_some());
        if let Some(weak) = landing.downgrade() {
            flights.insert(asked, Flight { landing: weak, ticket });
        }
        Ok(landing)
    }

    fn errand(
        &self,
        connection: &Connection,
        asked: Asked,
        request: http::Request<Option<String>>,
        purpose: Purpose,
        ticket: Arc<Ticket>,
    ) -> Result<Errand, Refusal> {
        let account = self.accounts.get(&connection.id).ok_or(Refusal::UnknownConnection)?;
        Ok(Errand {
            asked,
            request,
            name: connection.provider().name,
            adapter: connection.adapter,
            purpose,
            ticket,
            account: Arc::clone(account),
            wire: Arc::clone(&self.wire),
            clock: Arc::clone(&self.clock),
            patience: self.patience.answer,
            flights: Arc::clone(&self.flights),
            kept: Arc::clone(&self.kept),
        })
    }
}

/// One account for each key, so that a key that stands in two connections has one budget.
fn accounts(connections: &[Connection]) -> HashMap<String, Arc<Account>> {
    let mut accounts: HashMap<String, Arc<Account>> = HashMap::new();
    for (index, connection) in connections.iter().enumerate() {
        let mut before = connections.iter().take(index);
        let twin = before.find(|other| other.is_same_account(connection));
        let known = twin.and_then(|twin| accounts.get(&twin.id).cloned());
        let account = known.unwrap_or_else(|| {
            let gate = Arc::new(Gate::new(&connection.limits));
            Arc::new(Account { gate, circuit: Arc::default() })
        });
        accounts.insert(connection.id.clone(), account);
    }
    accounts
}

impl Errand {
    /// Runs, and leaves the list of what is under way when it is over.
    async fn run_and_leave(self) -> Landing {
        let landing = self.run().await;
        lock(&self.flights).remove(&self.asked);
        landing
    }

    async fn run(&self) -> Landing {
        if let Some(left) = self.account.circuit.resting() {
            return Err(Refusal::Resting(self.name, whole_secs(left)));
        }
        let busy = |away: crate::gate::TurnedAway| Refusal::Busy(self.name, away.retry_secs);
        let pass = self.account.gate.enter(&self.ticket, self.mark()).await.map_err(busy)?;
        let landing = self.fetch(pass).await;
        match &landing {
            Err(Refusal::Unreachable(_) | Refusal::TimedOut(_)) => self.account.circuit.failed(),
            _ => self.account.circuit.worked(),
        }
        landing
    }

    async fn fetch(&self, pass: Pass) -> Landing {
        let deadline = Instant::now() + self.patience;
        let response = upstream::send(&self.wire, self.name, &self.request, deadline).await?;
        let (head, body) = response.into_parts();
        let (status, headers) = (head.status, head.headers);
        let checked = upstream::check(self.name, status, &headers);
        if checked.is_err() || !is_json(&headers) {
            self.learn(status, &headers, &[]);
            checked?;
            return Ok(self.whole(status, headers, bytes::Bytes::new()));
        }
        match upstream::read(self.name, body, deadline).await? {
            Came::Whole(body) => {
                self.learn(status, &headers, &body);
                Ok(self.whole(status, headers, body))
            }
            came @ Came::Part(..) => {
                self.learn(status, &headers, &[]);
                let large = Large { status, headers, came, pass };
                Ok(Landed::Large(Arc::new(Mutex::new(Some(large)))))
            }
        }
    }

    fn whole(&self, status: StatusCode, headers: HeaderMap, body: bytes::Bytes) -> Landed {
        let (at_ms, at) = (self.clock.now_ms(), Instant::now());
        let whole = Arc::new(Whole { status, headers, body, at_ms, at });
        match keep_for(self.adapter, self.purpose, &whole) {
            Some(time) => lock(&self.kept).keep(self.asked.clone(), Arc::clone(&whole), time),
            // What has become of a call since then counts, such as that it was deleted.
            None => lock(&self.kept).forget(&self.asked),
        }
        Landed::Whole(whole)
    }

    fn learn(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) {
        if let Some(notice) = notice(status, headers, body, self.clock.now_ms()) {
            self.account.gate.notice(notice);
        }
    }

    /// What tells this request from others.
    fn mark(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.asked.hash(&mut hasher);
        hasher.finish()
    }
}

impl Landed {
    /// The answer; `None` if it could be had only once and somebody else has.
    fn take(self) -> Option<Given> {
        match self {
            Self::Whole(whole) => Some(Given::Whole(whole)),
            Self::Large(large) => lock(&large).take().map(Given::Large),
        }
    }
}

/// Whole seconds, rounded up.
fn whole_secs(time: Duration) -> u64 {
    u64::try_from(time.as_millis().div_ceil(1_000)).unwrap_or(u64::MAX)
}

/// A panic while the lock was held leaves a map that is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
