//! Whether a call reached its goal, and the provider's labels for how it came out.

use crate::call::Call;
use crate::told::Field;

/// Whether a call reached its goal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Success {
    /// It did.
    Yes,
    /// It did not.
    No,
    /// Nobody said.
    NotStated,
}

impl Success {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotStated];

    /// Reads [`Success::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|success| success.code() == code)
    }

    /// Reads a provider's yes or no.
    #[must_use]
    pub fn of(stated: Option<bool>) -> Self {
        match stated {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::NotStated,
        }
    }

    /// One word for URLs and CSS.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotStated => "not-stated",
        }
    }
}

/// A provider's label for how a call came out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Outcome {
    /// What was asked (Atoms: the metric's identifier). `None` for a bare label (Truedy).
    pub name: Option<String>,
    /// The label or value.
    pub value: String,
}

impl Outcome {
    /// The label as a success mapping names it: `value`, or `name=value`.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.name {
            Some(name) => format!("{name}={}", self.value),
            None => self.value.clone(),
        }
    }
}

/// Which outcome labels mean success, for providers that have no success field of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuccessMap {
    /// Labels (`value`, or `name=value`) that mean the call reached its goal.
    pub yes: Vec<String>,
    /// Labels that mean it did not.
    pub no: Vec<String>,
    /// Labels that mean neither, although their value alone does.
    pub nothing: Vec<String>,
}

impl SuccessMap {
    /// Whether it names no label.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels().next().is_none()
    }

    /// Every label that it names.
    pub fn labels(&self) -> impl Iterator<Item = &String> {
        self.yes.iter().chain(&self.no).chain(&self.nothing)
    }

    /// What one outcome means: what is said of `name=value`, and only where nothing is, what is
    /// said of the value whatever was asked.
    #[must_use]
    pub fn meaning(&self, outcome: &Outcome) -> Success {
        let of_label = self.named(&outcome.label());
        of_label.or_else(|| self.named(&outcome.value)).unwrap_or(Success::NotStated)
    }

    /// What is said of a label itself.
    fn named(&self, label: &str) -> Option<Success> {
        let among = |labels: &[String]| labels.iter().any(|named| named == label);
        let said = [
            (&self.no, Success::No),
            (&self.yes, Success::Yes),
            (&self.nothing, Success::NotStated),
        ];
        said.into_iter().find_map(|(labels, means)| among(labels).then_some(means))
    }

    /// Lets one outcome mean something else.
    pub fn set(&mut self, outcome: &Outcome, meaning: Success) {
        let label = outcome.label();
        for labels in [&mut self.yes, &mut self.no, &mut self.nothing] {
            labels.retain(|other| *other != label);
        }
        match meaning {
            Success::Yes => self.yes.push(label),
            Success::No => self.no.push(label),
            Success::NotStated if self.meaning(outcome) == Success::NotStated => {}
            Success::NotStated => self.nothing.push(label),
        }
    }

    /// What outcomes mean together. A "no" among several wins: a call is not a success because one
    /// of three goals was met.
    #[must_use]
    pub fn of(&self, outcomes: &[Outcome]) -> Success {
        let meanings = outcomes.iter().map(|outcome| self.meaning(outcome));
        meanings.fold(Success::NotStated, |all, one| match (all, one) {
            (Success::No, _) | (_, Success::No) => Success::No,
            (Success::Yes, _) | (_, Success::Yes) => Success::Yes,
            _ => Success::NotStated,
        })
    }

    /// States the success of a call that was just read by its outcomes, if the provider did not
    /// state it.
    pub fn apply(&self, call: &mut Call) {
        self.restate(call);
        if call.success == Success::NotStated && !call.outcomes.is_empty() {
            call.told.take_back(Field::Success);
        }
    }

    /// States a call's success anew, whatever another map has stated. What the provider stated
    /// stays.
    pub(crate) fn restate(&self, call: &mut Call) {
        (call.success, call.mapped) = self.stated(call.success, call.mapped, &call.outcomes);
    }

    /// Success, and whether it was concluded from the outcomes, as this map has them where
    /// something else, or another map, has stated them before.
    pub(crate) fn stated(
        &self,
        success: Success,
        mapped: bool,
        outcomes: &[Outcome],
    ) -> (Success, bool) {
        if success != Success::NotStated && !mapped {
            return (success, false);
        }
        let means = self.of(outcomes);
        (means, means != Success::NotStated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CallKey;

    fn outcomes(of: &[(Option<&str>, &str)]) -> Vec<Outcome> {
        let outcome = |(name, value): &(Option<&str>, &str)| Outcome {
            name: name.map(str::to_owned),
            value: (*value).to_owned(),
        };
        of.iter().map(outcome).collect()
    }

    #[test]
    fn labels_state_success_only_where_the_provider_did_not() {
        let map = SuccessMap {
            yes: vec!["interested".into(), "goal=met".into()],
            no: vec!["voicemail".into()],
            nothing: vec![],
        };
        let state = |success, of: &[(Option<&str>, &str)]| {
            let mut call = Call::new(CallKey::parse("a/1").unwrap());
            call.success = success;
            call.outcomes = outcomes(of);
            map.apply(&mut call);
            (call.success, call.mapped)
        };
        assert_eq!(state(Success::NotStated, &[(None, "interested")]), (Success::Yes, true));
        assert_eq!(state(Success::NotStated, &[(Some("goal"), "met")]), (Success::Yes, true));
        assert_eq!(state(Success::NotStated, &[(Some("x"), "voicemail")]), (Success::No, true));
        let both = [(None, "interested"), (None, "voicemail")];
        assert_eq!(state(Success::NotStated, &both), (Success::No, true));
        assert_eq!(state(Success::NotStated, &[(None, "curious")]), (Success::NotStated, false));
        assert_eq!(state(Success::No, &[(None, "interested")]), (Success::No, false));
    }

    #[test]
    fn a_label_means_one_thing() {
        let mut map = SuccessMap::default();
        let sold = &outcomes(&[(None, "sold")])[0];
        for meaning in [Success::Yes, Success::No, Success::NotStated, Success::Yes] {
            map.set(sold, meaning);
            assert_eq!(map.meaning(sold), meaning);
        }
        assert_eq!(map, SuccessMap { yes: vec!["sold".into()], ..SuccessMap::default() });
    }

    #[test]
    fn what_an_outcome_is_shown_to_mean_is_what_its_calls_count_as() {
        let (no, yes) = (vec!["met".to_owned()], vec!["goal=met".to_owned()]);
        let mut map = SuccessMap { yes, no, nothing: Vec::new() };
        let [goal, other] = [&outcomes(&[(Some("goal"), "met")]), &outcomes(&[(Some("x"), "met")])];
        let both = |map: &SuccessMap, of: &[Outcome]| (map.meaning(&of[0]), map.of(of));
        assert_eq!(both(&map, goal), (Success::Yes, Success::Yes), "the whole label goes first");
        assert_eq!(both(&map, other), (Success::No, Success::No));
        map.set(&goal[0], Success::NotStated);
        assert_eq!(both(&map, goal), (Success::NotStated, Success::NotStated));
        assert_eq!(both(&map, other), (Success::No, Success::No), "its value still means it");
        map.set(&goal[0], Success::No);
        assert_eq!(both(&map, goal), (Success::No, Success::No));
    }
}
