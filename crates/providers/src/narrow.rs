//! What a provider can narrow its list down by besides time and number. Only a pre-filter: whatever
//! is asked for here gives a superset of the calls that are wanted, and ours runs after it.

use calls::filter::{Filter, Mark, Wanted};
use calls::{Direction, Status};

/// A wish that a provider may use or not.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Narrow {
    /// The provider's ids of agents; none means all.
    pub agents: Vec<String>,
    /// Status words as [`Status::code`] writes them; none means all.
    pub statuses: Vec<String>,
    /// Directions; none means all.
    pub directions: Vec<Direction>,
    /// Only calls that staff have (`true`) or do not have (`false`) something to do about.
    pub todo: Option<bool>,
    /// Words for the provider's own search. Unlike the rest this is no pre-filter of ours, since
    /// providers search fewer fields than we do (TalkPilot: name, number, summary; Atoms: ids and
    /// numbers). It is for finding what has not been loaded, over any range.
    pub search: Option<String>,
    /// The provider's id of a contact. Like `search`, for finding what has not been loaded.
    pub contact: Option<String>,
    /// The provider's id of a campaign. Like `search`, for finding what has not been loaded.
    pub campaign: Option<String>,
}

impl Narrow {
    /// What a filter allows a connection to be asked for, by the rule above. `None` if it lets no
    /// call of this connection through.
    ///
    /// `is_agent` says whether a word is known to be an agent's id: a call without one is filtered
    /// by the agent's name, and asking for that as an id would lose it. The number is not among
    /// what is asked, since providers compare it exactly and ours does not; [`crate::Sought`] is
    /// for that.
    #[must_use]
    pub fn of(filter: &Filter, connection: &str, is_agent: impl Fn(&str) -> bool) -> Option<Self> {
        let wanted = &filter.connections;
        if !wanted.is_empty() && !wanted.iter().any(|id| id == connection) {
            return None;
        }
        let of_connection = |key: &String| {
            let (id, agent) = key.split_once('/')?;
            (id == connection).then(|| agent.to_owned())
        };
        let agents: Vec<String> = filter.agents.iter().filter_map(of_connection).collect();
        if agents.is_empty() && !filter.agents.is_empty() {
            return None;
        }
        let known = agents.iter().all(|agent| is_agent(agent));
        Some(Self {
            agents: if known { agents } else { Vec::new() },
            statuses: filter.statuses.clone(),
            directions: filter.directions.clone(),
            // Calls of which nobody says whether there is something to do are "without", too.
            todo: (filter.marks.of(Mark::Todo) == Wanted::Only).then_some(true),
            ..Self::default()
        })
    }

    /// The agent, if only one is wanted: most providers take no more.
    #[must_use]
    pub fn one_agent(&self) -> Option<&str> {
        one(&self.agents).map(String::as_str)
    }

    /// Whether an agent's calls are wanted.
    #[must_use]
    pub fn wants_agent(&self, id: &str) -> bool {
        self.agents.is_empty() || self.agents.iter().any(|agent| agent == id)
    }

    /// The direction as most providers write it, if only one is wanted that they have a word for.
    #[must_use]
    pub fn one_direction(&self) -> Option<&'static str> {
        one(&self.directions)
            .filter(|direction| **direction != Direction::Unknown)
            .map(|direction| direction.code())
    }

    /// The provider's word for the only status that is wanted. `words` are the provider's words
    /// that mean only one thing each; a status that it may write in two ways is not among them,
    /// since asking for one way would lose the other.
    #[must_use]
    pub fn one_status<'a>(&self, words: &[&'a str]) -> Option<&'a str> {
        let wanted = one(&self.statuses)?;
        words.iter().copied().find(|word| Status::of(word).code() == wanted)
    }

    /// All of a provider's words for the statuses that are wanted, joined by commas; `None` if all
    /// are wanted, or one for which it has no word.
    #[must_use]
    pub fn all_statuses(&self, words: &[&str]) -> Option<String> {
        let known = |wanted: &String| words.iter().any(|word| Status::of(word).code() == wanted);
        if self.statuses.is_empty() || !self.statuses.iter().all(known) {
            return None;
        }
        let wanted = |word: &&&str| {
            let status = Status::of(word);
            self.statuses.iter().any(|wanted| wanted == status.code())
        };
        Some(words.iter().filter(wanted).copied().collect::<Vec<_>>().join(","))
    }
}

fn one<T>(list: &[T]) -> Option<&T> {
    match list {
        [only] => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statuses(statuses: &[&str]) -> Narrow {
        let statuses = statuses.iter().map(|word| (*word).to_owned()).collect();
        Narrow { statuses, ..Narrow::default() }
    }

    #[test]
    fn a_status_is_asked_for_only_where_no_spelling_of_it_is_lost() {
        let words = ["queued", "failed"];
        assert_eq!(statuses(&["failed"]).one_status(&words), Some("failed"));
        assert_eq!(statuses(&["completed"]).one_status(&words), None);
        assert_eq!(statuses(&["failed", "queued"]).one_status(&words), None);
        assert_eq!(statuses(&[]).one_status(&words), None);
    }

    #[test]
    fn every_word_that_means_a_wanted_status_is_asked_for() {
        let words = ["pending", "in_queue", "active", "completed"];
        let all = |wanted: &[&str]| statuses(wanted).all_statuses(&words);
        assert_eq!(all(&["queued"]).as_deref(), Some("pending,in_queue"));
        assert_eq!(all(&["completed", "queued"]).as_deref(), Some("pending,in_queue,completed"));
        assert_eq!(all(&["completed", "none"]), None, "it has no word for one of them");
        assert_eq!(all(&[]), None);
    }

    #[test]
    fn a_filter_allows_what_loses_no_call() {
        let filter = Filter {
            agents: vec!["a/x".into(), "b/y".into()],
            directions: vec![Direction::Inbound],
            ..Filter::default()
        };
        let of = |connection: &str, known: bool| Narrow::of(&filter, connection, |_| known);
        assert_eq!(of("a", true).unwrap().agents, ["x"]);
        let unknown = of("b", false).unwrap();
        assert_eq!(unknown.agents, [""; 0], "it may be a name");
        assert_eq!(unknown.directions, [Direction::Inbound]);
        assert_eq!(of("c", true), None, "none of its agents is wanted");
        let connections = Filter { connections: vec!["a".into()], ..Filter::default() };
        assert_eq!(Narrow::of(&connections, "b", |_| true), None);
        assert_eq!(Narrow::of(&connections, "a", |_| true), Some(Narrow::default()));
    }

    #[test]
    fn an_unknown_direction_is_not_asked_for() {
        let one = |direction| Narrow { directions: vec![direction], ..Narrow::default() };
        assert_eq!(one(Direction::Inbound).one_direction(), Some("inbound"));
        assert_eq!(one(Direction::Unknown).one_direction(), None);
    }
}
