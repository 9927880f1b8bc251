//! Calls as the small numbers by which the worker knows them.

use std::collections::{HashMap, HashSet};

use calls::CallKey;
use search::CallId;

/// A number for each call whose transcript the worker has.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    keys: Vec<Option<CallKey>>,
    numbers: HashMap<CallKey, CallId>,
}

impl Numbers {
    /// The number of a call; a new one if it has none.
    pub(super) fn take(&mut self, key: &CallKey) -> CallId {
        let next = CallId::try_from(self.keys.len()).unwrap_or(CallId::MAX);
        *self.numbers.entry(key.clone()).or_insert_with(|| {
            self.keys.push(Some(key.clone()));
            next
        })
    }

    /// The number of a call.
    pub(super) fn number(&self, key: &CallKey) -> Option<CallId> {
        self.numbers.get(key).copied()
    }

    /// The call of a number.
    pub(super) fn key(&self, number: CallId) -> Option<CallKey> {
        self.keys.get(number as usize).cloned().flatten()
    }

    /// The calls of numbers.
    pub(super) fn keys(&self, numbers: &[CallId]) -> HashSet<CallKey> {
        numbers.iter().filter_map(|number| self.key(*number)).collect()
    }

    /// Takes out the calls that are gone, and tells which those were. A number is never given to
    /// another call: an answer about the old one may be under way.
    pub(super) fn remove(&mut self, is_gone: impl Fn(&CallKey) -> bool) -> Vec<(CallId, CallKey)> {
        let gone: Vec<(CallId, CallKey)> = self
            .numbers
            .iter()
            .filter(|(key, _)| is_gone(key))
            .map(|(key, number)| (*number, key.clone()))
            .collect();
        for (number, key) in &gone {
            self.numbers.remove(key);
            if let Some(kept) = self.keys.get_mut(*number as usize) {
                *kept = None;
            }
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_never_given_to_another_call() {
        let [one, two, three] = ["a/1", "a/2", "b/1"].map(|key| CallKey::parse(key).unwrap());
        let mut numbers = Numbers::default();
        assert_eq!([&one, &two, &one].map(|key| numbers.take(key)), [0, 1, 0]);
        assert_eq!(numbers.remove(|key| *key == one), [(0, one.clone())]);
        assert_eq!((numbers.key(0), numbers.number(&one)), (None, None));
        assert_eq!(numbers.take(&three), 2);
        assert_eq!(numbers.keys(&[0, 1, 2, 9]), HashSet::from([two, three]));
        assert_eq!(numbers.take(&one), 3);
    }
}
