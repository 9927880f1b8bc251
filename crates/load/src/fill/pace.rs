//! How fast transcripts are asked for: as fast as the provider answers, and not at all while it
//! asks for patience.

use providers::{MOST_DETAILS, Query, Refusal, RefusalKind};

use crate::connection::Connection;

/// The first pause after refusals that name none, in milliseconds. Every further one is twice as
/// long.
const PAUSE_MS: i64 = 5_000;

/// Longest pause, in milliseconds.
const LONGEST_MS: i64 = 5 * 60_000;

/// After so many requests what they took says how long the rest will take.
const ENOUGH: i64 = 3;

/// What the proxy leaves to the background of a provider's limit, in percent.
const SHARE_PERCENT: i64 = 65;

/// One connection's pace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Pace {
    /// When the first request was sent, UTC milliseconds.
    begun_ms: Option<i64>,
    /// Requests that were answered since.
    answered: i64,
    /// Not to be asked before this instant.
    not_before_ms: Option<i64>,
    failures: u32,
    given_up: bool,
}

impl Pace {
    pub(super) fn may_ask(&self, now_ms: i64) -> bool {
        !self.given_up && self.not_before_ms.is_none_or(|at_ms| at_ms <= now_ms)
    }

    pub(super) fn has_given_up(&self) -> bool {
        self.given_up
    }

    pub(super) fn begin(&mut self, now_ms: i64) {
        self.begun_ms.get_or_insert(now_ms);
    }

    pub(super) fn end(&mut self, refusal: Option<&Refusal>, now_ms: i64) {
        let Some(refusal) = refusal.filter(|refusal| is_about_the_connection(refusal)) else {
            self.answered += 1;
            (self.failures, self.not_before_ms) = (0, None);
            return;
        };
        if !refusal.is_temporary() {
            self.given_up = true;
            return;
        }
        // One failure may be that call's; two in a row, or being asked for patience, are not.
        let alone = self.failures == 0 && refusal.kind != RefusalKind::RateLimited;
        let doubled = self.failures.saturating_sub(1).min(8);
        let pause_ms =
            if alone { 0 } else { PAUSE_MS.saturating_mul(1 << doubled).min(LONGEST_MS) };
        self.failures = self.failures.saturating_add(1);
        let until_ms = now_ms.saturating_add(pause_ms);
        self.not_before_ms = Some(refusal.retry_ms.map_or(until_ms, |at_ms| at_ms.max(now_ms)));
    }

    /// How long so many requests will take: by what it took so far, else by the provider's limits.
    pub(super) fn left_ms(
        &self,
        connection: &Connection,
        requests: usize,
        now_ms: i64,
    ) -> Option<i64> {
        if requests == 0 || self.given_up {
            return None;
        }
        let requests = i64::try_from(requests).ok()?;
        let by_limit_ms = by_limit_ms(connection);
        let each_ms = match self.begun_ms {
            Some(begun_ms) if self.answered >= ENOUGH => {
                (now_ms.saturating_sub(begun_ms) / self.answered).max(1)
            }
            _ => by_limit_ms?,
        };
        // A burst at the beginning says nothing of what a limit leaves in the long run.
        let many = requests > ENOUGH * 10;
        let each_ms = if many { each_ms.max(by_limit_ms.unwrap_or(0)) } else { each_ms };
        Some(each_ms.saturating_mul(requests))
    }
}

/// Whether a refusal says nothing of the call that was asked for.
pub(super) fn is_about_the_connection(refusal: &Refusal) -> bool {
    use RefusalKind::{Forbidden, PaymentRequired, Unauthorized};
    refusal.is_temporary() || matches!(refusal.kind, Unauthorized | PaymentRequired | Forbidden)
}

/// How many requests bring the transcripts of so many calls.
pub(super) fn requests(connection: &Connection, calls: usize) -> usize {
    calls.div_ceil(calls_a_request(connection))
}

fn calls_a_request(connection: &Connection) -> usize {
    let span = calls::period::Span { from_ms: 0, to_ms: 1 };
    let connection_id = connection.id.clone();
    let query = Query { connection: connection_id, span, phone: None, deleted: true, now_ms: 0 };
    if connection.adapter.transcripts(&query).is_some() { MOST_DETAILS } else { 1 }
}

/// What one request takes in the long run where the provider documents its limits.
fn by_limit_ms(connection: &Connection) -> Option<i64> {
    let limits = connection.adapter.describe().limits.iter();
    let each_ms = limits.map(|limit| {
        i64::from(limit.window_secs) * 100_000 / (i64::from(limit.requests.max(1)) * SHARE_PERCENT)
    });
    each_ms.max()
}
