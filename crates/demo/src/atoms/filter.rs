//! The filters and orders of `GET /conversation`.

use std::cmp::Ordering;

use super::record;
use crate::call::{Call, Phase};
use crate::clock::{MINUTE, SECOND};
use crate::query::{Params, Unusable};
use crate::world::World;

/// What a list request asks for. Lists are comma-separated on the wire.
pub(super) struct Wish<'a> {
    agents: Vec<&'a str>,
    campaigns: Vec<&'a str>,
    statuses: Vec<&'a str>,
    kinds: Vec<&'a str>,
    reasons: Vec<&'a str>,
    durations: Vec<&'a str>,
    search: Option<String>,
    from_ms: Option<i64>,
    to_ms: Option<i64>,
    sort_by: &'a str,
    ascending: bool,
    /// Lists hold root calls only, so "retry" finds nothing.
    retries_only: bool,
}

impl<'a> Wish<'a> {
    pub(super) fn read(params: &'a Params) -> Result<Self, Unusable> {
        let sort_by =
            params.word("sortBy", &["createdAt", "updatedAt", "callDuration", "avgLatency"])?;
        let attempt = params.word("callAttemptFilter", &["initial", "retry", "all"])?;
        Ok(Self {
            agents: params.list("agentIds"),
            campaigns: params.list("campaignIds"),
            statuses: params.list("statusFilter"),
            kinds: params.list("callTypes"),
            reasons: params.list("disconnectReasonFilter"),
            durations: params.list("durationFilter"),
            search: params.text("search").map(str::to_lowercase),
            from_ms: params.time("dateFrom")?,
            to_ms: params.time("dateTo")?,
            sort_by: sort_by.unwrap_or("updatedAt"),
            ascending: params.word("sortOrder", &["asc", "desc"])? == Some("asc"),
            retries_only: attempt == Some("retry"),
        })
    }

    pub(super) fn admits(&self, world: &World, call: &Call, phase: Phase) -> bool {
        let any = |wanted: &[&str], value: &str| wanted.is_empty() || wanted.contains(&value);
        let within = |bucket: &&str| lasts(bucket, call, phase);
        any(&self.agents, &world.agent_id(call.agent))
            && any(&self.campaigns, record::campaign(call).unwrap_or_default())
            && any(&self.statuses, record::status(call, phase))
            && any(&self.kinds, record::kind(call))
            && any(&self.reasons, record::reason(call, phase))
            && (self.durations.is_empty() || self.durations.iter().any(within))
            && self.search.as_ref().is_none_or(|text| mentions(call, text))
            && self.from_ms.is_none_or(|from| call.created_ms >= from)
            && self.to_ms.is_none_or(|to| call.created_ms <= to)
            && !self.retries_only
    }

    pub(super) fn order(
        &self,
        world: &World,
        (a, a_phase): &(&Call, Phase),
        (b, b_phase): &(&Call, Phase),
    ) -> Ordering {
        let key = |call: &Call, phase: Phase| match self.sort_by {
            "createdAt" => call.created_ms,
            "callDuration" => call.talk_ms().filter(|_| phase.over()).unwrap_or(0),
            "avgLatency" => record::latencies(call).0,
            _ => record::updated_ms(world, call),
        };
        let order = (key(a, *a_phase), &a.id).cmp(&(key(b, *b_phase), &b.id));
        if self.ascending { order } else { order.reverse() }
    }
}

/// The duration buckets: `0-30` and `30-60` seconds, `1-5` and `5+` minutes.
fn lasts(bucket: &str, call: &Call, phase: Phase) -> bool {
    let ms = call.talk_ms().filter(|_| phase.over()).unwrap_or(0);
    match bucket {
        "0-30" => ms <= 30 * SECOND,
        "30-60" => (30 * SECOND..=MINUTE).contains(&ms),
        "1-5" => (MINUTE..=5 * MINUTE).contains(&ms),
        "5+" => ms >= 5 * MINUTE,
        _ => false,
    }
}

/// `search` matches the call's id and both numbers.
fn mentions(call: &Call, text: &str) -> bool {
    let (from, to) = record::numbers(call);
    let fields = [Some(call.id.as_str()), from.as_deref(), to.as_deref()];
    fields.into_iter().flatten().any(|field| field.to_lowercase().contains(text))
}
