//! A filter made ready for many calls.

use super::{Filter, Mark, Told, agent_key};
use crate::call::Call;
use crate::fold::fold;
use crate::period::Span;
use crate::phone;

/// A filter made ready for many calls: text folded once.
#[derive(Clone, Debug)]
pub struct Sieve<'a> {
    filter: &'a Filter,
    span: Option<Span>,
    words: Vec<String>,
    typed_number: Option<&'a str>,
}

impl<'a> Sieve<'a> {
    /// Prepares a filter over calls inside a span (`None`: any time).
    #[must_use]
    pub fn new(filter: &'a Filter, span: Option<Span>) -> Self {
        let text = filter.text.trim();
        let words = fold(text).split_whitespace().map(str::to_owned).collect();
        let typed_number = phone::looks_like_number(text).then_some(text);
        Self { filter, span, words, typed_number }
    }

    /// Whether a call passes. `folded` is [`searchable`] of the call.
    #[must_use]
    pub fn passes(&self, call: &Call, folded: &str) -> bool {
        self.in_span(call)
            && self.filter.marks.pass(Mark::bits(call))
            && self.in_lists(call)
            && self.in_words(call)
            && self.is_told(call)
            && self.in_bounds(call)
            && self.has_contact(call)
            && self.has_phone(call)
            && self.has_text(call, folded)
    }

    /// A call whose time is unknown is shown: hiding it would lose it for good.
    fn in_span(&self, call: &Call) -> bool {
        let (Some(span), Some(at_ms)) = (self.span, call.started_ms) else { return true };
        span.holds(at_ms)
    }

    fn in_lists(&self, call: &Call) -> bool {
        let filter = self.filter;
        one_of(&filter.connections, &call.key.connection)
            && (filter.agents.is_empty() || self.has_agent(call))
            && one_of(&filter.statuses, call.status.code())
            && (filter.directions.is_empty() || filter.directions.contains(&call.direction))
            && (filter.channels.is_empty() || filter.channels.contains(&call.channel))
            && (filter.successes.is_empty() || filter.successes.contains(&call.success))
    }

    fn has_agent(&self, call: &Call) -> bool {
        let Some(key) = agent_key(call) else { return false };
        self.filter.agents.contains(&key)
    }

    fn in_words(&self, call: &Call) -> bool {
        let filter = self.filter;
        let word = |list: &[String], word: &Option<String>| {
            one_of(list, word.as_deref().unwrap_or_default())
        };
        word(&filter.versions, &call.version)
            && word(&filter.campaigns, &call.campaign)
            && word(&filter.employees, &call.employee)
            && word(&filter.end_reasons, &call.end_reason)
            && self.has_outcome(call)
    }

    fn has_outcome(&self, call: &Call) -> bool {
        let wanted = &self.filter.outcomes;
        let none = call.outcomes.is_empty() && wanted.iter().any(String::is_empty);
        let one = || call.outcomes.iter().any(|outcome| wanted.contains(&outcome.label()));
        wanted.is_empty() || none || one()
    }

    fn is_told(&self, call: &Call) -> bool {
        let filter = self.filter;
        let told = |list: &[Told], told: Told| list.is_empty() || list.contains(&told);
        told(&filter.recordings, Told::recording(call))
            && told(&filter.transcripts, Told::of(call.transcript))
            && told(&filter.voicemails, Told::of(call.voicemail))
            && told(&filter.tool_errors, Told::of(call.tool_errors))
    }

    fn in_bounds(&self, call: &Call) -> bool {
        let filter = self.filter;
        let interruptions = call.interruptions.map(i64::from);
        filter.duration_ms.hold(call.duration_ms)
            && filter.cost.is_none_or(|bounds| bounds.hold(call.cost))
            && filter.score.hold_parts(call.score)
            && filter.latency_ms.hold(call.latency_ms)
            && filter.interruptions.hold(interruptions)
    }

    fn has_contact(&self, call: &Call) -> bool {
        let typed = self.filter.contact.trim();
        let email = |stored: &str| fold(stored.trim()) == fold(typed);
        typed.is_empty()
            || call.customer.contact_id.as_deref() == Some(typed)
            || call.customer.email.as_deref().is_some_and(email)
    }

    fn has_phone(&self, call: &Call) -> bool {
        let typed = self.filter.phone.trim();
        typed.is_empty()
            || call.customer.phone.as_deref().is_some_and(|stored| phone::matches(stored, typed))
    }

    fn has_text(&self, call: &Call, folded: &str) -> bool {
        let number = self.typed_number.is_some_and(|typed| {
            let numbers = [&call.customer.phone, &call.own_number];
            numbers.into_iter().flatten().any(|stored| phone::matches(stored, typed))
        });
        number || self.words.iter().all(|word| folded.contains(word.as_str()))
    }
}

fn one_of(list: &[String], value: &str) -> bool {
    list.is_empty() || list.iter().any(|wanted| wanted == value)
}

/// Everything of a call that the text filter looks at, folded.
#[must_use]
pub fn searchable(call: &Call) -> String {
    let customer = &call.customer;
    let texts = [
        &customer.name,
        &customer.phone,
        &customer.email,
        &customer.contact_id,
        &call.other_id,
        &call.request,
        &call.summary,
        &call.note,
        &call.employee,
        &call.end_reason,
        &call.agent_name,
    ];
    let mut all = String::from(call.key.reference.as_str());
    for text in texts.into_iter().flatten() {
        all.push('\n');
        all.push_str(text);
    }
    fold(&all)
}
