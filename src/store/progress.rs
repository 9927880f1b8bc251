//! How far loading is.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use load::{LoadState, Phase};

use super::{Reach, Store};

impl Store {
    /// Whether the connections are known, tracked.
    #[must_use]
    pub fn is_ready(self) -> bool {
        self.reach.with(|reach| matches!(reach, Reach::Ready(_)))
    }

    /// How far each connection is, tracked.
    #[must_use]
    pub fn states(self) -> BTreeMap<Arc<str>, LoadState> {
        self.states.get()
    }

    /// When the last run ended, tracked.
    #[must_use]
    pub fn as_of_ms(self) -> Option<i64> {
        self.as_of_ms.get()
    }

    /// Whether a run is under way, tracked.
    #[must_use]
    pub fn is_loading(self) -> bool {
        self.states.with(|states| states.values().any(|state| state.phase != Phase::Done))
    }

    /// Whether everything was read once.
    #[must_use]
    pub fn has_loaded(self) -> Memo<bool> {
        Memo::new(move |before| {
            before.copied().unwrap_or_default() || (self.is_ready() && !self.is_loading())
        })
    }
}
