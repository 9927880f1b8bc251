//! What somebody set for this browser: the table, and whether single keys do something. Kept in
//! storage where there is one; where there is none it holds until the page is closed.

use leptos::prelude::*;

use crate::browser::storage;
use crate::table::Arrangement;

/// The settings.
#[derive(Clone, Copy)]
pub struct Preferences {
    table: RwSignal<Arrangement>,
    shortcuts: RwSignal<bool>,
}

impl Preferences {
    /// As they were kept.
    #[must_use]
    pub fn kept() -> Self {
        let table = storage::read("table").map(|line| Arrangement::parse(&line));
        let shortcuts = storage::read("shortcuts").as_deref() != Some("off");
        Self::of(table.unwrap_or_default(), shortcuts)
    }

    /// These, kept nowhere as long as nothing is changed.
    #[must_use]
    pub fn of(table: Arrangement, shortcuts: bool) -> Self {
        Self { table: RwSignal::new(table), shortcuts: RwSignal::new(shortcuts) }
    }

    /// The table, tracked.
    #[must_use]
    pub fn table(self) -> Arrangement {
        self.table.get()
    }

    /// The table, not tracked.
    #[must_use]
    pub fn table_untracked(self) -> Arrangement {
        self.table.get_untracked()
    }

    /// Changes the table.
    pub fn arrange(self, change: impl FnOnce(&mut Arrangement)) {
        let mut table = self.table.get_untracked();
        change(&mut table);
        if self.table.with_untracked(|now| *now != table) {
            storage::write("table", table.line().as_deref());
            self.table.set(table);
        }
    }

    /// Whether single keys do something, tracked.
    #[must_use]
    pub fn shortcuts(self) -> bool {
        self.shortcuts.get()
    }

    /// Whether single keys do something, not tracked.
    #[must_use]
    pub fn shortcuts_untracked(self) -> bool {
        self.shortcuts.get_untracked()
    }

    /// Switches single keys on or off.
    pub fn set_shortcuts(self, on: bool) {
        self.shortcuts.set(on);
        storage::write("shortcuts", (!on).then_some("off"));
    }
}

/// Provides the settings to everything below.
pub fn provide_preferences(preferences: Preferences) {
    provide_context(preferences);
}

/// The settings.
#[must_use]
pub fn use_preferences() -> Preferences {
    use_context::<Preferences>().unwrap_or_else(|| Preferences::of(Arrangement::default(), true))
}
