//! Everything that is known of who and what, as names and values in groups.

use calls::{Call, Fact};
use leptos::prelude::*;

use crate::components::call_text::{cost_text, duration_text, recording_text, when_text};
use crate::components::copy_value::CopyValue;
use crate::components::end_reason::end_reason_with_word;
use crate::components::fact_view::FactView;
use crate::locale::{Locale, use_locale};
use crate::selection::use_selection;

/// Facts that belong together, under a heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactGroup {
    /// The heading.
    pub name: String,
    /// What is known.
    pub facts: Vec<Fact>,
    /// Whether the values are keys, which are copied rather than read.
    pub keys: bool,
}

/// What Calldeck itself knows of the call, in words, in reading order. What is not known is not
/// there.
#[must_use]
pub fn call_facts(call: &Call, locale: Locale, zone: &calls::Zone, now_ms: i64) -> Vec<FactGroup> {
    let words = locale.words;
    let groups = [
        (words.facts_customer(), customer(call, locale), false),
        (words.facts_call(), conversation(call, locale, zone, now_ms), false),
        (words.facts_keys(), keys(call, locale), true),
    ];
    let group = |(name, facts, keys): (String, Vec<(String, Option<String>)>, bool)| {
        let facts =
            facts.into_iter().filter_map(|(name, value)| Some(Fact { name, value: value? }));
        FactGroup { name, facts: facts.collect(), keys }
    };
    groups.into_iter().map(group).filter(|group| !group.facts.is_empty()).collect()
}

type Told = Vec<(String, Option<String>)>;

fn customer(call: &Call, locale: Locale) -> Told {
    let (words, customer) = (locale.words, &call.customer);
    vec![
        (words.fact_customer(), customer.name.clone()),
        (words.fact_phone(), customer.phone.clone()),
        (words.fact_email(), customer.email.clone()),
        (words.fact_request(), call.request.clone()),
        (words.fact_employee(), call.employee.clone()),
        (
            words.fact_todo(),
            call.todo.map(|todo| if todo { words.todo_open() } else { words.todo_done() }),
        ),
    ]
}

fn conversation(call: &Call, locale: Locale, zone: &calls::Zone, now_ms: i64) -> Told {
    let words = locale.words;
    let time = |at: Option<i64>| at.map(|at| when_text(at, zone, locale));
    let reason = call.end_reason.as_deref().map(|word| end_reason_with_word(word, locale));
    vec![
        (words.fact_agent(), call.agent_name.clone()),
        (words.fact_version(), call.version.clone()),
        (words.fact_own_number(), call.own_number.clone()),
        (words.fact_campaign(), call.campaign.clone()),
        (words.fact_started(), time(call.started_ms)),
        (words.fact_ended(), time(call.ended_ms)),
        (words.fact_duration(), call.duration_ms.map(|_| duration_text(call, locale, now_ms))),
        (words.fact_end_reason(), reason),
        (words.fact_attempts(), call.retries.filter(|n| *n > 0).map(|n| n.to_string())),
        (words.fact_cost(), call.cost.map(|cost| cost_text(cost, locale))),
        (words.fact_recording(), Some(recording_text(call.recording, now_ms, locale))),
    ]
}

fn keys(call: &Call, locale: Locale) -> Told {
    let words = locale.words;
    vec![
        (words.fact_id(), Some(call.key.reference.call_id().to_owned())),
        (words.fact_other_id(), call.other_id.clone()),
        (words.fact_attempt_of(), call.retry_of.clone()),
        (words.fact_agent_id(), call.agent_id.clone()),
        (words.fact_contact(), call.customer.contact_id.clone()),
    ]
}

/// The groups: what we know, then what the provider said beyond that, under its own names.
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
    let own = own.into_iter().map(|group| view! { <Group group=group/> }).collect_view();
    let any = !others.is_empty();
    view! {
        {own}
        {any.then(|| view! {
            <h3 class="facts__heading">{locale.words.facts_of_provider(provider)}</h3>
            <FactView facts=others/>
        })}
    }
}

#[component]
fn Group(group: FactGroup) -> impl IntoView {
    let rows = group.facts.into_iter().map(|fact| {
        let copied = group.keys.then(|| view! { <CopyValue value=fact.value.clone()/> });
        view! {
            <div class="facts__row">
                <dt class="facts__name">{fact.name}</dt>
                <dd class="facts__value" data-key=group.keys.then_some("") dir="auto">
                    {fact.value}
                    {copied}
                </dd>
            </div>
        }
    });
    view! {
        <h3 class="facts__heading">{group.name}</h3>
        <dl class="facts">{rows.collect_view()}</dl>
    }
}
