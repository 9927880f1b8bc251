//! Picking neighbouring bars: by dragging across them with mouse, pen or finger, or with Shift and
//! the arrow keys.

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::prelude::*;
use leptos::svg::Svg;

use crate::browser::{drag, focus};

/// Whoever moves less than this many pixels means to click.
const STILL_PX: f64 = 6.0;

/// What is picked, and where the keyboard is.
#[derive(Clone, Copy)]
pub struct Picking {
    id: &'static str,
    count: Memo<usize>,
    done: Option<Callback<(usize, usize)>>,
    /// The bar that Tab leads to.
    at: RwSignal<usize>,
    /// Whether it has the focus.
    focused: RwSignal<bool>,
    /// From where to where; the first is where it began.
    picked: RwSignal<Option<(usize, usize)>>,
    /// Where the pointer was pressed: pixels of the screen, and the bar there.
    pressed: StoredValue<Option<(f64, usize)>>,
    /// The click that comes after a drag is none.
    dragged: StoredValue<bool>,
}

/// The bar at a share of the width.
#[must_use]
pub fn at_share(share: f64, count: usize) -> usize {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "bars are few, and casts of floats saturate"
    )]
    let nth = (share.clamp(0.0, 1.0) * count as f64) as usize;
    nth.min(count.saturating_sub(1))
}

impl Picking {
    /// Nothing is picked. `done` is told the first and the last bar.
    #[must_use]
    pub fn new(
        id: &'static str,
        count: Memo<usize>,
        done: Option<Callback<(usize, usize)>>,
    ) -> Self {
        Self {
            id,
            count,
            done,
            at: RwSignal::new(0),
            focused: RwSignal::new(false),
            picked: RwSignal::new(None),
            pressed: StoredValue::new(None),
            dragged: StoredValue::new(false),
        }
    }

    /// The id of a bar.
    #[must_use]
    pub fn id_of(self, nth: usize) -> String {
        format!("{}-{nth}", self.id)
    }

    /// The bar that Tab leads to, tracked.
    #[must_use]
    pub fn at(self) -> usize {
        self.at.get().min(self.count.get().saturating_sub(1))
    }

    /// The bar that has the focus, tracked.
    #[must_use]
    pub fn focused(self) -> Option<usize> {
        self.focused.get().then(|| self.at())
    }

    /// The first and the last bar that are picked, tracked.
    #[must_use]
    pub fn picked(self) -> Option<(usize, usize)> {
        let (one, other) = self.picked.get()?;
        let last = self.count.get().checked_sub(1)?;
        Some((one.min(other).min(last), one.max(other).min(last)))
    }

    /// A bar has the focus.
    pub fn stand(self, nth: usize) {
        self.at.set(nth);
        self.focused.set(true);
    }

    /// None has it any more; what was picked with it is given up.
    pub fn leave(self) {
        let _gone = self.focused.try_set(false);
        if self.pressed.try_get_value().flatten().is_none() {
            let _gone = self.picked.try_set(None);
        }
    }

    /// A pointer is pressed.
    pub fn press(self, event: &PointerEvent, drawing: NodeRef<Svg>) {
        self.dragged.set_value(false);
        if self.done.is_none() || event.button() != 0 || !event.is_primary() {
            return;
        }
        let bar =
            drag::share(event, drawing).map(|share| at_share(share, self.count.get_untracked()));
        self.pressed.set_value(bar.map(|bar| (f64::from(event.client_x()), bar)));
    }

    /// A pointer moves. From some pixels on it picks, wherever it goes.
    pub fn drag(self, event: &PointerEvent, drawing: NodeRef<Svg>) {
        let Some((from_px, begun)) = self.pressed.get_value() else { return };
        let picks = self.picked.with_untracked(Option::is_some);
        if !picks && (f64::from(event.client_x()) - from_px).abs() < STILL_PX {
            return;
        }
        if !picks {
            drag::hold(event, drawing);
        }
        if let Some(share) = drag::share(event, drawing) {
            let bar = at_share(share, self.count.get_untracked());
            self.picked.set(Some((begun, bar)));
        }
    }

    /// The pointer is let go of: what was picked is taken.
    pub fn release(self) {
        if self.pressed.try_update_value(Option::take).flatten().is_some() && self.take() {
            self.dragged.set_value(true);
        }
    }

    /// What was picked is not meant.
    pub fn give_up(self) {
        self.pressed.set_value(None);
        self.picked.set(None);
    }

    /// A click; one that ends a drag leads nowhere.
    pub fn click(self, event: &MouseEvent) {
        if self.dragged.try_update_value(std::mem::take) == Some(true) {
            event.prevent_default();
        }
    }

    /// A key: arrows walk from bar to bar, with Shift they pick, Enter takes what is picked.
    pub fn key(self, event: &KeyboardEvent) {
        self.dragged.set_value(false);
        let (at, last) = (untrack(|| self.at()), self.count.get_untracked().saturating_sub(1));
        let to = match event.key().as_str() {
            "ArrowLeft" => at.saturating_sub(1),
            "ArrowRight" => (at + 1).min(last),
            "Home" => 0,
            "End" => last,
            "Enter" if self.picked.with_untracked(Option::is_some) => {
                event.prevent_default();
                self.take();
                return;
            }
            "Escape" if self.picked.with_untracked(Option::is_some) => {
                event.stop_propagation();
                return self.give_up();
            }
            _ => return,
        };
        event.prevent_default();
        let begun = self.picked.get_untracked().map_or(at, |(begun, _)| begun);
        let picks = event.shift_key() && self.done.is_some();
        self.picked.set(picks.then_some((begun, to)));
        self.at.set(to);
        focus::drawn_by_id(&self.id_of(to));
    }

    /// Whether something was picked, and taken.
    fn take(self) -> bool {
        let picked = untrack(|| self.picked());
        self.picked.set(None);
        if let (Some(done), Some(picked)) = (self.done, picked) {
            done.run(picked);
        }
        picked.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::at_share;

    #[test]
    fn a_share_of_the_width_is_a_bar_and_what_is_beyond_is_the_outermost() {
        assert_eq!([0.0, 0.24, 0.25, 0.99, 1.0].map(|share| at_share(share, 4)), [0, 0, 1, 3, 3]);
        assert_eq!((at_share(-3.0, 4), at_share(7.0, 4), at_share(0.5, 0)), (0, 3, 0));
    }
}
