//! Going places: the current [`Place`] as a signal, kept in step with the address bar.

use leptos::prelude::*;

use crate::browser::address;
use crate::place::{Misread, Place, View};

/// The place, and the ways to change it.
#[derive(Clone, Copy)]
pub struct Nav {
    place: RwSignal<Place>,
    misread: RwSignal<Vec<Misread>>,
    /// Where the address bar is kept: not in a frame's page that has no address of its own.
    writes: bool,
}

impl Nav {
    /// Reads the address bar and follows Back, Forward and edits by hand.
    #[must_use]
    pub fn from_address() -> Self {
        let (place, misread) = Place::parse(&address::fragment());
        let nav =
            Self { place: RwSignal::new(place), misread: RwSignal::new(misread), writes: true };
        address::on_change(move |fragment| {
            let (place, misread) = Place::parse(&fragment);
            if nav.place.with_untracked(|now| *now != place) {
                nav.place.set(place);
            }
            // A link can be wrong and still lead to where one is.
            if nav.misread.with_untracked(|now| *now != misread) {
                nav.misread.set(misread);
            }
        });
        nav
    }

    /// A place that no address bar shows, for frames and tests.
    #[must_use]
    pub fn detached(place: Place) -> Self {
        Self { place: RwSignal::new(place), misread: RwSignal::default(), writes: false }
    }

    /// Whether links lead somewhere: a frame's page has no address of its own.
    #[must_use]
    pub fn has_address(self) -> bool {
        self.writes
    }

    /// The place, tracked.
    #[must_use]
    pub fn place(self) -> Place {
        self.place.get()
    }

    /// The place, not tracked.
    #[must_use]
    pub fn place_untracked(self) -> Place {
        self.place.get_untracked()
    }

    /// Looks at the place, not tracked.
    pub fn look<T>(self, look: impl FnOnce(&Place) -> T) -> T {
        self.place.with_untracked(look)
    }

    /// A part of the place, tracked; a change elsewhere in the place changes nothing.
    #[must_use]
    pub fn part<T>(self, part: impl Fn(&Place) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.place.with(&part))
    }

    /// What the last link got wrong.
    #[must_use]
    pub fn misread(self) -> RwSignal<Vec<Misread>> {
        self.misread
    }

    /// Goes somewhere: a choice, which Back undoes.
    pub fn go(self, change: impl FnOnce(&mut Place)) {
        self.change(change, address::push);
    }

    /// Adjusts the place without a new entry in the history, as typing does.
    pub fn adjust(self, change: impl FnOnce(&mut Place)) {
        self.change(change, address::replace);
    }

    fn change(self, change: impl FnOnce(&mut Place), write: impl FnOnce(&str)) {
        let mut place = self.place.get_untracked();
        change(&mut place);
        if self.place.with_untracked(|now| *now == place) {
            return;
        }
        if self.writes {
            write(&place.fragment());
        }
        self.place.set(place);
        self.misread.set(Vec::new());
    }

    /// Opens a view.
    pub fn show(self, view: View) {
        self.go(|place| *place = place.with_view(view));
    }
}

/// Provides the way around to everything below.
pub fn provide_nav(nav: Nav) {
    provide_context(nav);
}

/// The way around.
#[must_use]
pub fn use_nav() -> Nav {
    use_context::<Nav>().unwrap_or_else(|| Nav::detached(Place::default()))
}
