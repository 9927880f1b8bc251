//! The calls that somebody ticked, for whatever is done with several at once.

use std::collections::BTreeSet;

use calls::CallKey;
use leptos::prelude::*;

/// The ticked calls. Which of them are listed is another question: what a filter hides stays
/// ticked, and is counted.
#[derive(Clone, Copy)]
pub struct Chosen {
    keys: RwSignal<BTreeSet<CallKey>>,
    /// Where a range begins: the call that was ticked last.
    from: RwSignal<Option<CallKey>>,
}

impl Chosen {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self { keys: RwSignal::default(), from: RwSignal::new(None) }
    }

    /// The ticked calls, tracked.
    #[must_use]
    pub fn keys(self) -> BTreeSet<CallKey> {
        self.keys.get()
    }

    /// How many, tracked.
    #[must_use]
    pub fn count(self) -> usize {
        self.keys.with(BTreeSet::len)
    }

    /// Whether a call is ticked, not tracked: rows are said anew when anything changed.
    #[must_use]
    pub fn has_untracked(self, key: &CallKey) -> bool {
        self.keys.with_untracked(|keys| keys.contains(key))
    }

    /// Follows every change.
    pub fn track(self) {
        self.keys.track();
    }

    /// Where a range begins.
    #[must_use]
    pub fn range_start(self) -> Option<CallKey> {
        self.from.get_untracked()
    }

    /// Ticks a call, or no longer.
    pub fn toggle(self, key: &CallKey) {
        self.keys.update(|keys| {
            if !keys.remove(key) {
                keys.insert(key.clone());
            }
        });
        self.from.set(Some(key.clone()));
    }

    /// Ticks all of these too.
    pub fn add(self, keys: impl IntoIterator<Item = CallKey>) {
        self.keys.update(|chosen| chosen.extend(keys));
    }

    /// Ticks none any more.
    pub fn clear(self) {
        self.keys.set(BTreeSet::new());
        self.from.set(None);
    }
}

impl Default for Chosen {
    fn default() -> Self {
        Self::new()
    }
}

/// Provides the ticked calls to everything below.
pub fn provide_chosen(chosen: Chosen) {
    provide_context(chosen);
}

/// The ticked calls.
#[must_use]
pub fn use_chosen() -> Chosen {
    use_context::<Chosen>().unwrap_or_default()
}
