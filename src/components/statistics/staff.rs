//! Comparing members of staff: in many places that is nobody's business but theirs, so it is off
//! until somebody switches it on in this browser.

use calls::filter::Facet;
use leptos::prelude::*;

use crate::locale::use_locale;
use crate::preferences::use_preferences;

/// Whether a dimension is compared; `staff` says whether members of staff may be.
#[must_use]
pub fn is_offered(facet: Facet, staff: bool) -> bool {
    staff || facet != Facet::Employee
}

/// What stands in the place of a comparison that is off.
#[component]
pub fn StaffOff() -> impl IntoView {
    view! { <p class="ranking__off">{use_locale().words.staff_off()}</p> }
}

/// The setting.
#[component]
pub fn StaffSwitch() -> impl IntoView {
    let (preferences, words) = (use_preferences(), use_locale().words);
    view! {
        <label class="ranking__staff">
            <input
                type="checkbox"
                prop:checked=move || preferences.staff()
                on:change=move |_| preferences.set_staff(!preferences.staff_untracked())
            />
            {words.staff_switch()}
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_staff_are_compared_only_when_that_was_switched_on() {
        assert!(Facet::RANKED.into_iter().all(|facet| is_offered(facet, true)));
        let off: Vec<Facet> =
            Facet::RANKED.into_iter().filter(|facet| !is_offered(*facet, false)).collect();
        assert_eq!(off, [Facet::Employee]);
    }
}
