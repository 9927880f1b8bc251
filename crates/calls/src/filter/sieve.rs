//! A filter made ready for many calls.

use super::{Filter, Time, Told, alternatives};
use crate::book::{Findings, What, Who};
use crate::call::{Call, Customer};
use crate::fold::fold;
use crate::outcome::Outcome;
use crate::phone;

/// A filter made ready for many calls: text folded once.
#[derive(Clone, Debug)]
pub struct Sieve<'a> {
    filter: &'a Filter,
    time: Time<'a>,
    words: Vec<String>,
    typed_number: Option<&'a str>,
}

impl<'a> Sieve<'a> {
    /// Prepares a filter over calls of a time.
    #[must_use]
    pub fn new(filter: &'a Filter, time: Time<'a>) -> Self {
        let text = filter.text.trim();
        let folded = fold(text);
        let words = folded.split_whitespace();
        let words = words.filter(|word| alternatives(word).next().is_some());
        let words = words.map(str::to_owned).collect();
        let typed_number = phone::looks_like_number(text).then_some(text);
        Self { filter, time, words, typed_number }
    }

    /// Whether a call passes. `folded` is [`searchable`] of the call.
    #[must_use]
    pub fn passes(&self, call: &Call, folded: &str) -> bool {
        let mut rest = call.clone();
        let (what, who) = (What::take(&mut rest), Who::take(&mut rest));
        let findings = Findings::take(&mut rest);
        self.in_time(call)
            && self.passes_what(&what)
            && self.passes_who(&who)
            && self.passes_findings(&findings)
            && self.passes_outcomes(&call.outcomes)
            && self.in_bounds(call)
            && self.has_contact(&call.customer)
            && self.has_phone(call)
            && self.has_text(call, folded)
    }

    /// The words that all have to occur.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// The typed text, if it reads as a number.
    pub(crate) fn typed_number(&self) -> Option<&'a str> {
        self.typed_number
    }

    /// A call whose time is unknown is shown: hiding it would lose it for good.
    fn in_time(&self, call: &Call) -> bool {
        let hours = self.time.hours(self.filter.hours);
        let in_hours = hours.is_none_or(|(hours, mut of)| hours.hold_at(call.started_ms, &mut of));
        let times = self.time.span.zip(call.started_ms);
        in_hours && times.is_none_or(|(span, at_ms)| span.holds(at_ms))
    }

    /// Whether anything is asked of whose call it is.
    pub(crate) fn asks_who(&self) -> bool {
        let filter = self.filter;
        let lists = [
            &filter.connections,
            &filter.agents,
            &filter.versions,
            &filter.campaigns,
            &filter.employees,
        ];
        lists.into_iter().any(|list| !list.is_empty())
    }

    pub(crate) fn passes_who(&self, who: &Who) -> bool {
        let filter = self.filter;
        one_of(&filter.connections, &who.connection)
            && (filter.agents.is_empty() || self.has_agent(who))
            && one_of(&filter.versions, word(&who.version))
            && one_of(&filter.campaigns, word(&who.campaign))
            && one_of(&filter.employees, word(&who.employee))
    }

    fn has_agent(&self, who: &Who) -> bool {
        let Some(agent) = who.agent() else { return false };
        let is_it = |key: &String| {
            let rest = key.strip_prefix(&*who.connection).and_then(|rest| rest.strip_prefix('/'));
            rest == Some(agent)
        };
        self.filter.agents.iter().any(is_it)
    }

    pub(crate) fn passes_what(&self, what: &What) -> bool {
        let filter = self.filter;
        filter.marks.pass(what.marks())
            && one_of(&filter.statuses, what.status.code())
            && among(&filter.directions, what.direction)
            && among(&filter.channels, what.channel)
            && among(&filter.successes, what.success)
            && among(&filter.recordings, Told::recording(what.recording))
            && filter.cost.is_none_or(|cost| what.cost_unit == Some(cost.unit))
    }

    /// Whether anything is asked of how a call went.
    pub(crate) fn asks_findings(&self) -> bool {
        let filter = self.filter;
        let told =
            [&filter.transcripts, &filter.voicemails, &filter.transfers, &filter.tool_errors];
        !filter.end_reasons.is_empty() || told.into_iter().any(|list| !list.is_empty())
    }

    pub(crate) fn passes_findings(&self, findings: &Findings) -> bool {
        let filter = self.filter;
        one_of(&filter.end_reasons, word(&findings.end_reason))
            && among(&filter.transcripts, Told::of(findings.transcript))
            && among(&filter.voicemails, Told::of(findings.voicemail))
            && among(&filter.transfers, Told::of(findings.transferred()))
            && among(&filter.tool_errors, Told::of(findings.tool_errors))
    }

    pub(crate) fn passes_outcomes(&self, outcomes: &[Outcome]) -> bool {
        let wanted = &self.filter.outcomes;
        let none = outcomes.is_empty() && wanted.iter().any(String::is_empty);
        let one = || outcomes.iter().any(|outcome| wanted.contains(&outcome.label()));
        wanted.is_empty() || none || one()
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

    fn has_contact(&self, customer: &Customer) -> bool {
        is_contact(&self.filter.contact, customer.contact_id.as_deref(), customer.email.as_deref())
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
        let has = |word: &String| alternatives(word).any(|one| folded.contains(one));
        number || self.words.iter().all(has)
    }
}

/// Whether a typed contact is the whole id or the whole e-mail address; nothing typed is everybody.
pub(crate) fn is_contact(typed: &str, id: Option<&str>, email: Option<&str>) -> bool {
    let typed = typed.trim();
    let same = |stored: &str| fold(stored.trim()) == fold(typed);
    typed.is_empty() || id == Some(typed) || email.is_some_and(same)
}

fn among<T: PartialEq>(list: &[T], value: T) -> bool {
    list.is_empty() || list.contains(&value)
}

fn word(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or_default()
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
    folded_lines(call, texts)
}

/// A call's reference and these texts of it, folded, a line each: no typed word has a line break,
/// so that none is found across two of them.
pub(crate) fn folded_lines<'a>(
    call: &'a Call,
    texts: impl IntoIterator<Item = &'a Option<String>>,
) -> String {
    let mut all = String::from(call.key.reference.as_str());
    for text in texts.into_iter().flatten() {
        all.push('\n');
        all.push_str(text);
    }
    fold(&all)
}
