//! Light, dark, or as the system has it.

use leptos::prelude::*;

use crate::browser::{document, storage};
use crate::locale::use_locale;
use crate::ui::icon::{Icon, Symbol};

/// The themes, in the order the button walks through them; the first follows the system.
const THEMES: [Option<&str>; 3] = [None, Some("light"), Some("dark")];

/// Applies the theme kept in storage, if storage may be read.
#[must_use]
pub fn kept_theme() -> Option<&'static str> {
    let kept = storage::read("theme");
    let theme = THEMES.into_iter().flatten().find(|theme| kept.as_deref() == Some(*theme));
    document::set_root_attribute("data-theme", theme);
    theme
}

/// The button.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let words = use_locale().words;
    let theme = RwSignal::new(kept_theme());
    let label = move || match theme.get() {
        Some("light") => words.theme_light(),
        Some("dark") => words.theme_dark(),
        _ => words.theme_system(),
    };
    let switch = move |_| {
        let now = THEMES.iter().position(|other| *other == theme.get_untracked()).unwrap_or(0);
        let next = THEMES.get((now + 1) % THEMES.len()).copied().flatten();
        theme.set(next);
        document::set_root_attribute("data-theme", next);
        // A theme that cannot be kept is chosen again next time; that is all it costs.
        let _kept = storage::write("theme", next);
    };
    view! {
        <button type="button" class="button button--icon" title=label aria-label=label on:click=switch>
            <Icon symbol=Symbol::Theme/>
        </button>
    }
}
