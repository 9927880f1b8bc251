//! What somebody set for this browser: the table, whether single keys do something, whether
//! members of staff are compared. Kept in storage where there is one; where there is none it holds until the page is closed.

use leptos::prelude::*;

use crate::browser::storage;
use crate::table::Arrangement;

/// The settings.
#[derive(Clone, Copy)]
pub struct Preferences {
    table: RwSignal<Arrangement>,
    shortcuts: RwSignal<bool>,
    staff: RwSignal<bool>,
}

impl Preferences {
    /// As they were kept.
    #[must_use]
    pub fn kept() -> Self {
        let table = storage::read("table").map(|line| Arrangement::parse(&line));
        let shortcuts = storage::read("shortcuts").as_deref() != Some("off");
        let kept = Self::of(table.unwrap_or_default(), shortcuts);
        kept.staff.set(storage::read("staff").as_deref() == Some("on"));
        kept
    }

    /// These, kept nowhere as long as nothing is changed.
    #[must_use]
    pub fn of(table: Arrangement, shortcuts: bool) -> Self {
        let staff = RwSignal::new(false);
        Self { table: RwSignal::new(table), shortcuts: RwSignal::new(shortcuts), staff }
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

    /// Whether members of staff are compared, tracked.
    #[must_use]
    pub fn staff(self) -> bool {
        self.staff.get()
    }

    /// Whether members of staff are compared, not tracked.
    #[must_use]
    pub fn staff_untracked(self) -> bool {
        self.staff.get_untracked()
    }

    /// Switches the comparison of members of staff on or off.
    pub fn set_staff(self, on: bool) {
        self.staff.set(on);
        storage::write("staff", on.then_some("on"));
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
