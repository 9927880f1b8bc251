//! Which calls are shown. This filter always runs over what was loaded; a provider's own filter
//! is only a pre-filter.

use crate::call::Call;
use crate::fold::fold;
use crate::outcome::Success;
use crate::period::Span;
use crate::phone;
use crate::status::Direction;

/// A filter. Empty lists and texts let everything through.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Ids of connections.
    pub connections: Vec<String>,
    /// Agents, as `connection/agent id`.
    pub agents: Vec<String>,
    /// Status words as [`crate::Status::code`] writes them.
    pub statuses: Vec<String>,
    /// Directions.
    pub directions: Vec<Direction>,
    /// Success.
    pub successes: Vec<Success>,
    /// A number in any form, or its end.
    pub phone: String,
    /// Text over names, numbers, e-mail, summary, request, note, employee and ids. Several words
    /// must all occur.
    pub text: String,
    /// Show soft-deleted calls too (they never count in figures).
    pub deleted: bool,
}

impl Filter {
    /// Whether anything is filtered at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A filter made ready for many calls: text folded once, lists looked up once.
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
            && self.in_lists(call)
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
        let any = |list: &[String], value: &str| list.is_empty() || list.iter().any(|v| v == value);
        (filter.deleted || !call.deleted)
            && any(&filter.connections, &call.key.connection)
            && (filter.agents.is_empty() || self.has_agent(call))
            && any(&filter.statuses, call.status.code())
            && (filter.directions.is_empty() || filter.directions.contains(&call.direction))
            && (filter.successes.is_empty() || filter.successes.contains(&call.success))
    }

    fn has_agent(&self, call: &Call) -> bool {
        let Some(key) = agent_key(call) else { return false };
        self.filter.agents.contains(&key)
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

/// The word that stands for an agent in filters: ids are only unique within a connection.
#[must_use]
pub fn agent_key(call: &Call) -> Option<String> {
    let id = call.agent_id.as_ref().or(call.agent_name.as_ref())?;
    Some(format!("{}/{id}", call.key.connection))
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
        &call.request,
        &call.summary,
        &call.note,
        &call.employee,
        &call.agent_name,
    ];
    let mut all = String::from(call.key.reference.as_str());
    for text in texts.into_iter().flatten() {
        all.push('\n');
        all.push_str(text);
    }
    fold(&all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::CallKey;
    use crate::status::Status;

    fn call() -> Call {
        let mut call = Call::new(CallKey::parse("sales/call_1").unwrap());
        call.started_ms = Some(50);
        call.customer.name = Some("Jürgen Groß".into());
        call.customer.phone = Some("+4917139200123".into());
        call.summary = Some("Möchte einen Rückruf am Montag".into());
        call.agent_id = Some("a1".into());
        call.status = Status::Completed;
        call
    }

    fn passes(change: impl FnOnce(&mut Filter)) -> bool {
        let mut filter = Filter::default();
        change(&mut filter);
        let call = call();
        Sieve::new(&filter, None).passes(&call, &searchable(&call))
    }

    #[test]
    fn every_condition_lets_its_call_through_and_stops_others() {
        assert!(passes(|_| {}));
        assert!(passes(|f| f.connections = vec!["sales".into()]));
        assert!(!passes(|f| f.connections = vec!["support".into()]));
        assert!(passes(|f| f.agents = vec!["sales/a1".into()]));
        assert!(!passes(|f| f.agents = vec!["support/a1".into()]));
        assert!(passes(|f| f.statuses = vec!["completed".into(), "busy".into()]));
        assert!(!passes(|f| f.directions = vec![Direction::Inbound]));
        assert!(passes(|f| f.successes = vec![Success::NotStated]));
        assert!(passes(|f| f.phone = "0171 39200123".into()));
        assert!(!passes(|f| f.phone = "0171 39200124".into()));
    }

    #[test]
    fn text_finds_words_in_any_order_and_spelling_and_typed_numbers() {
        for text in ["groß jürgen", "RUECKRUF montag", "call_1", "0171/392 00 123", " "] {
            assert!(passes(|f| f.text = text.into()), "{text}");
        }
        assert!(!passes(|f| f.text = "Rückruf Dienstag".into()));
    }

    #[test]
    fn deleted_calls_show_only_when_asked_for() {
        let mut call = call();
        call.deleted = true;
        let mut filter = Filter::default();
        assert!(!Sieve::new(&filter, None).passes(&call, ""));
        filter.deleted = true;
        assert!(Sieve::new(&filter, None).passes(&call, ""));
    }

    #[test]
    fn a_call_without_a_time_is_not_lost_by_a_date_filter() {
        let mut call = call();
        let span = Some(Span { from_ms: 60, to_ms: 70 });
        let filter = Filter::default();
        assert!(!Sieve::new(&filter, span).passes(&call, ""));
        call.started_ms = None;
        assert!(Sieve::new(&filter, span).passes(&call, ""));
    }
}
