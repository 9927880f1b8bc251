//! Values that many rows share, each held once and named by a code.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Values by code. A value that no row has any more is gone, and its code free again.
#[derive(Clone, Debug)]
pub(super) struct Groups<T> {
    values: Vec<Option<Arc<T>>>,
    uses: Vec<u32>,
    codes: HashMap<Arc<T>, u32>,
    free: Vec<u32>,
}

impl<T> Default for Groups<T> {
    fn default() -> Self {
        let (values, uses, free) = (Vec::new(), Vec::new(), Vec::new());
        Self { values, uses, codes: HashMap::new(), free }
    }
}

impl<T: Eq + Hash> Groups<T> {
    /// The code of a value, with one row more that has it.
    pub(super) fn enter(&mut self, value: T) -> u32 {
        let code = match self.codes.get(&value) {
            Some(code) => *code,
            None => self.add(Arc::new(value)),
        };
        self.change_uses(code, 1);
        code
    }

    fn add(&mut self, value: Arc<T>) -> u32 {
        let code = self.free.pop().unwrap_or_else(|| {
            self.values.push(None);
            self.uses.push(0);
            u32::try_from(self.values.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(place) = self.values.get_mut(code as usize) {
            *place = Some(value.clone());
        }
        self.codes.insert(value, code);
        code
    }

    /// One row less has this code.
    pub(super) fn leave(&mut self, code: u32) {
        self.change_uses(code, -1);
        if self.uses.get(code as usize) == Some(&0)
            && let Some(value) = self.values.get_mut(code as usize).and_then(Option::take)
        {
            self.codes.remove(&value);
            self.free.push(code);
        }
    }

    fn change_uses(&mut self, code: u32, by: i32) {
        if let Some(uses) = self.uses.get_mut(code as usize) {
            *uses = uses.saturating_add_signed(by);
        }
    }

    /// Changes the value of a code for all rows that have it. Says the code that already stands for
    /// the new value, if there is one: then nothing was changed, and rows have to change over.
    pub(super) fn replace(&mut self, code: u32, value: T) -> Option<u32> {
        if let Some(same) = self.codes.get(&value) {
            return Some(*same).filter(|same| *same != code);
        }
        let place = self.values.get_mut(code as usize)?;
        let value = Arc::new(value);
        if let Some(old) = place.replace(value.clone()) {
            self.codes.remove(&old);
        }
        self.codes.insert(value, code);
        None
    }
}

impl<T> Groups<T> {
    /// The value of a code.
    pub(super) fn get(&self, code: u32) -> Option<&T> {
        self.values.get(code as usize)?.as_deref()
    }

    /// One more than the largest code.
    pub(super) fn end(&self) -> usize {
        self.values.len()
    }

    /// What something says of each code; `none` for codes that are free.
    pub(super) fn table<R: Clone>(&self, none: R, of: impl Fn(&T) -> R) -> Vec<R> {
        let value = |value: &Option<Arc<T>>| value.as_deref().map_or_else(|| none.clone(), &of);
        self.values.iter().map(value).collect()
    }

    /// What something may say of each code.
    pub(super) fn table_of<R>(&self, of: impl Fn(&T) -> Option<R>) -> Vec<Option<R>> {
        self.values.iter().map(|value| value.as_deref().and_then(&of)).collect()
    }

    /// All codes with their values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        let values = (0..).zip(&self.values);
        values.filter_map(|(code, value)| Some((code, value.as_deref()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_no_row_has_is_gone() {
        let mut groups = Groups::default();
        let (a, b) = (groups.enter("a"), groups.enter("b"));
        assert_eq!(groups.enter("a"), a);
        groups.leave(a);
        assert_eq!(groups.get(a), Some(&"a"));
        groups.leave(a);
        assert_eq!((groups.get(a), groups.get(b)), (None, Some(&"b")));
        assert_eq!(groups.enter("c"), a, "its code is used again");
        assert_eq!(groups.table(0, |value| value.len()), [1, 1]);
    }

    #[test]
    fn a_value_changes_for_all_its_rows_unless_it_is_there_already() {
        let mut groups = Groups::default();
        let (a, b) = (groups.enter("a"), groups.enter("b"));
        assert_eq!(groups.replace(a, "b"), Some(b));
        assert_eq!(groups.replace(a, "a"), None);
        assert_eq!(groups.replace(a, "c"), None);
        assert_eq!(groups.get(a), Some(&"c"));
        assert_eq!(groups.enter("c"), a);
        assert_ne!(groups.enter("a"), a);
    }
}
