//! Everything else that is known of a call, as names and values.

use calls::{Call, Fact};
use leptos::prelude::*;

use crate::components::call_text::{cost_text, duration_text, recording_text, when_text};
use crate::components::end_reason::end_reason_with_word;
use crate::components::fact_list::FactList;
use crate::locale::{Locale, use_locale};
use crate::selection::use_selection;

/// What Calldeck itself knows of the call, in words, in reading order.
#[must_use]
pub fn call_facts(call: &Call, locale: Locale, zone: &calls::Zone, now_ms: i64) -> Vec<Fact> {
    let words = locale.words;
    let customer = &call.customer;
    let time = |at: Option<i64>| at.map(|at| when_text(at, zone, locale));
    let reason = call.end_reason.as_deref().map(|word| end_reason_with_word(word, locale));
    let facts = [
        (words.fact_customer(), customer.name.clone()),
        (words.fact_phone(), customer.phone.clone()),
        (words.fact_email(), customer.email.clone()),
        (words.fact_contact(), customer.contact_id.clone()),
        (words.fact_request(), call.request.clone()),
        (words.fact_employee(), call.employee.clone()),
        (words.fact_agent(), call.agent_name.clone()),
        (words.fact_agent_id(), call.agent_id.clone()),
        (words.fact_version(), call.version.clone()),
        (words.fact_attempts(), call.retries.filter(|n| *n > 0).map(|n| n.to_string())),
        (words.fact_attempt_of(), call.retry_of.clone()),
        (words.fact_own_number(), call.own_number.clone()),
        (words.fact_campaign(), call.campaign.clone()),
        (words.fact_started(), time(call.started_ms)),
        (words.fact_ended(), time(call.ended_ms)),
        (words.fact_duration(), call.duration_ms.map(|_| duration_text(call, locale, now_ms))),
        (words.fact_end_reason(), reason),
        (words.fact_score(), call.score.map(|score| locale.formats.decimal(score, 1))),
        (words.fact_cost(), call.cost.map(|cost| cost_text(cost, locale))),
        (words.fact_recording(), Some(recording_text(call.recording, now_ms, locale))),
        (words.fact_id(), Some(call.key.reference.call_id().to_owned())),
        (words.fact_other_id(), call.other_id.clone()),
    ];
    facts.into_iter().filter_map(|(name, value)| Some(Fact { name, value: value? })).collect()
}

/// The lists: what we know, then what the provider said beyond that, under its own names.
#[component]
pub fn Facts(
    /// The call.
    call: Call,
    /// What the provider said beyond.
    others: Vec<Fact>,
    /// Name of the provider.
    provider: String,
) -> impl IntoView {
    let (selection, locale) = (use_selection(), use_locale());
    let own =
        call_facts(&call, locale, &selection.zone_untracked(), selection.now_ms.get_untracked());
    let any = !others.is_empty();
    view! {
        <FactList facts=own/>
        {any.then(|| view! {
            <h3 class="facts__heading">{locale.words.facts_of_provider(provider)}</h3>
            <FactList facts=others/>
        })}
    }
}
