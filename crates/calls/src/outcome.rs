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
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
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
}

impl SuccessMap {
    /// What a label means.
    #[must_use]
    pub fn meaning(&self, label: &str) -> Success {
        let named = |labels: &[String]| labels.iter().any(|named| named == label);
        match (named(&self.yes), named(&self.no)) {
            (_, true) => Success::No,
            (true, false) => Success::Yes,
            (false, false) => Success::NotStated,
        }
    }

    /// Lets a label mean something else.
    pub fn set(&mut self, label: &str, meaning: Success) {
        self.yes.retain(|other| other != label);
        self.no.retain(|other| other != label);
        match meaning {
            Success::Yes => self.yes.push(label.to_owned()),
            Success::No => self.no.push(label.to_owned()),
            Success::NotStated => {}
        }
    }

    /// What outcomes mean together. A "no" among several wins: a call is not a success because one
    /// of three goals was met.
    #[must_use]
    pub fn of(&self, outcomes: &[Outcome]) -> Success {
        let meanings = outcomes.iter().flat_map(|outcome| {
            let by_value = outcome.name.is_some().then(|| self.meaning(&outcome.value));
            by_value.into_iter().chain([self.meaning(&outcome.label())])
        });
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
        if call.success == Success::NotStated || call.mapped {
            call.success = self.of(&call.outcomes);
            call.mapped = call.success != Success::NotStated;
        }
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
        for meaning in [Success::Yes, Success::No, Success::NotStated, Success::Yes] {
            map.set("sold", meaning);
            assert_eq!(map.meaning("sold"), meaning);
        }
        assert_eq!(map, SuccessMap { yes: vec!["sold".into()], no: vec![] });
    }
}
