//! What a provider tells of how a call went, beside what was said: judgements, latencies, and what
//! happened in it. Read from the record when a call is opened; kept nowhere else.

use crate::detail::Fact;

/// Everything of this kind in one record. What is not told is empty.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Insight {
    /// What was judged of the call, with reasons.
    pub judgements: Vec<Judgement>,
    /// Average latency of each stage of the agent, in the provider's order.
    pub stages: Vec<Stage>,
    /// How long the agent took for each of its replies.
    pub replies: Vec<Reply>,
    /// What happened besides speech, in the provider's order.
    pub happenings: Vec<Happening>,
    /// Names of fields that are told here in full: among the facts they would stand twice.
    pub told: Vec<String>,
}

/// Something that was judged of a call, as a rule by a language model.
#[derive(Clone, PartialEq, Debug)]
pub struct Judgement {
    /// What was asked.
    pub name: String,
    /// The answer. `None` where none could be had.
    pub value: Option<String>,
    /// How sure that is, from 0 to 1.
    pub confidence: Option<f64>,
    /// Why.
    pub reasoning: Option<String>,
    /// What else was said of it.
    pub facts: Vec<Fact>,
}

/// A stage of the agent with its average latency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stage {
    /// Which one, where the name leaves no doubt.
    pub kind: StageKind,
    /// The provider's name for it.
    pub name: String,
    /// Whole milliseconds.
    pub ms: i64,
}

/// What an agent does between hearing and being heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StageKind {
    /// Speech becomes text.
    Listening,
    /// A language model decides what to say.
    Thinking,
    /// Text becomes speech.
    Speaking,
    /// The whole way, from the end of the customer's words to the beginning of the agent's.
    Whole,
    /// The provider's own, or not known.
    Other,
}

/// One reply of the agent. Times are milliseconds from the start of the call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reply {
    /// Its number at the provider, or its place, from 1.
    pub number: i64,
    /// When the customer had finished.
    pub heard_ms: Option<i64>,
    /// When the agent began.
    pub spoke_ms: Option<i64>,
    /// How long it took, milliseconds.
    pub took_ms: i64,
}

/// What kind of thing happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HappeningKind {
    /// The agent used a tool.
    Tool,
    /// Something was set off by the call.
    Action,
    /// Somebody was interrupted.
    Interruption,
    /// Anything else, in the provider's words.
    Event,
}

/// When something happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// Milliseconds from the start of the call, within it.
    At(i64),
    /// After so many turns of the transcript, whose times are not known.
    AfterTurns(usize),
    /// Nobody says, or not within the call.
    Unknown,
}

/// Something that happened in a call besides speech.
#[derive(Clone, PartialEq, Debug)]
pub struct Happening {
    /// What kind of thing.
    pub kind: HappeningKind,
    /// Its name at the provider.
    pub name: Option<String>,
    /// When.
    pub when: When,
    /// How long it took, milliseconds.
    pub took_ms: Option<i64>,
    /// Whether it failed, where that is said.
    pub failed: Option<bool>,
    /// What a tool was asked, as text or JSON.
    pub asked: Option<String>,
    /// What it answered, or what went wrong.
    pub answered: Option<String>,
    /// What else was said of it.
    pub facts: Vec<Fact>,
}

impl Happening {
    /// Something of a kind, of which nothing else is known.
    #[must_use]
    pub fn new(kind: HappeningKind) -> Self {
        Self {
            kind,
            name: None,
            when: When::Unknown,
            took_ms: None,
            failed: None,
            asked: None,
            answered: None,
            facts: Vec::new(),
        }
    }

    /// When it happened, milliseconds from the start of the call, where that is known.
    #[must_use]
    pub fn at_ms(&self) -> Option<i64> {
        match self.when {
            When::At(at_ms) => Some(at_ms),
            When::AfterTurns(_) | When::Unknown => None,
        }
    }

    /// Before which turn of a transcript it belongs, by the turns' times; `None` where nobody
    /// knows.
    #[must_use]
    pub fn place(&self, times_ms: &[Option<i64>]) -> Option<usize> {
        match self.when {
            When::Unknown => None,
            When::AfterTurns(turns) => Some(turns.min(times_ms.len())),
            // Among turns of which one has no time, the order cannot be told.
            When::At(_) if times_ms.iter().any(Option::is_none) => None,
            When::At(at) => {
                Some(times_ms.iter().filter(|time| time.is_some_and(|t| t <= at)).count())
            }
        }
    }
}

/// What a fact of the provider is about: under which heading it is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// Who and what: everything that is nothing else.
    Details,
    /// What came of it.
    Analysis,
    /// How it went, technically.
    Diagnostics,
}

/// Names of a provider's fields by what they are about. What is in neither list is a detail.
#[derive(Clone, Copy, Debug)]
pub struct Topics {
    /// Of [`Topic::Analysis`].
    pub analysis: &'static [&'static str],
    /// Of [`Topic::Diagnostics`].
    pub diagnostics: &'static [&'static str],
}

impl Topics {
    /// What a fact is about, by its (dotted) name.
    #[must_use]
    pub fn of(&self, name: &str) -> Topic {
        let field = name.split('.').next().unwrap_or(name);
        match field {
            _ if self.analysis.contains(&field) => Topic::Analysis,
            _ if self.diagnostics.contains(&field) => Topic::Diagnostics,
            _ => Topic::Details,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_stands_where_its_time_belongs_and_nowhere_if_that_is_not_known() {
        let happening = |when| Happening { when, ..Happening::new(HappeningKind::Tool) };
        let times = [Some(0), Some(5_000), Some(9_000)];
        assert_eq!(happening(When::At(5_000)).place(&times), Some(2));
        assert_eq!(happening(When::At(99_000)).place(&times), Some(3));
        assert_eq!(happening(When::Unknown).place(&times), None);
        assert_eq!(happening(When::At(1)).place(&[Some(0), None]), None);
        assert_eq!(happening(When::AfterTurns(1)).place(&[None, None]), Some(1));
        assert_eq!(happening(When::AfterTurns(7)).place(&[None, None]), Some(2));
    }

    #[test]
    fn a_fact_is_about_what_its_outermost_field_is_about() {
        let topics = Topics { analysis: &["custom"], diagnostics: &["latency"] };
        assert_eq!(topics.of("custom.a.1.b"), Topic::Analysis);
        assert_eq!(topics.of("latency"), Topic::Diagnostics);
        assert_eq!(topics.of("custom_b"), Topic::Details);
    }
}
