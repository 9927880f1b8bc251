//! Keys that do something wherever one is, and the list of all keys.

use leptos::ev;
use leptos::html::Dialog;
use leptos::prelude::*;

use crate::browser::{dialog, focus};
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::parts;
use crate::place::View;
use crate::preferences::use_preferences;
use crate::ui::icon::{Icon, Symbol};
use crate::ui::lazy::Lazy;

/// The row that the arrows go to when nothing has the focus.
#[derive(Clone, Copy)]
pub struct ToRows(pub RwSignal<u32>);

/// Listens for single keys, and holds the dialog that lists them.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let (nav, preferences, words) = (use_nav(), use_preferences(), use_locale().words);
    let is_list = move || nav.place_untracked().view == View::Calls;
    let dialog = NodeRef::<Dialog>::new();
    let to_rows = use_context::<ToRows>();
    let listener = window_event_listener(ev::keydown, move |event| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let off = !preferences.shortcuts_untracked();
        if off || !plain || focus::is_typing(&event) || event.default_prevented() {
            return;
        }
        match event.key().as_str() {
            "/" => drop(focus::by_id("search")),
            "?" => dialog::open(dialog),
            "ArrowDown" | "ArrowUp" if focus::is_nowhere() && is_list() => {
                let Some(ToRows(asked)) = to_rows else { return };
                asked.update(|asked| *asked += 1);
            }
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="shortcuts-title"
            on:keydown=|event| {
                // Escape closes the dialog, and nothing behind it.
                if event.key() == "Escape" {
                    event.stop_propagation();
                }
            }
        >
            <div class="dialog__head">
                <h2 class="dialog__title" id="shortcuts-title">{words.shortcuts_title()}</h2>
                <button type="button" class="button button--icon button--quiet" aria-label=words.shortcuts_close() on:click=move |_| dialog::close(dialog)>
                    <Icon symbol=Symbol::Close/>
                </button>
            </div>
            <Lazy part=parts::keys::part()/>
        </dialog>
    }
}

/// The list of keys.
#[component]
pub fn Keys() -> impl IntoView {
    let words = use_locale().words;
    let arrow = |arrow: &str| arrow.to_owned();
    let keys = [
        (vec![arrow("/")], words.shortcut_search()),
        (vec![arrow("?")], words.shortcut_help()),
        (vec![arrow("↑"), arrow("↓")], words.shortcut_rows()),
        (vec![arrow("←"), arrow("→")], words.shortcut_cells()),
        (vec![words.key_home(), words.key_end()], words.shortcut_row_ends()),
        (vec![words.key_page_up(), words.key_page_down()], words.shortcut_page()),
        (
            vec![words.key_ctrl(words.key_home()), words.key_ctrl(words.key_end())],
            words.shortcut_ends(),
        ),
        (vec![words.key_enter()], words.shortcut_open()),
        (vec![words.key_escape()], words.shortcut_close()),
        (vec![words.key_space()], words.shortcut_tick()),
        (
            vec![words.key_shift(words.key_space()), words.key_shift(words.key_click())],
            words.shortcut_tick_range(),
        ),
        (vec![words.key_alt("←"), words.key_alt("→")], words.shortcut_head_move()),
        (vec![words.key_shift("←"), words.key_shift("→")], words.shortcut_head_width()),
    ];
    let line = |(keys, does): (Vec<String>, String)| {
        let keys = keys.into_iter().map(|key| view! { <kbd class="key">{key}</kbd> });
        view! {
            <div class="keys__line">
                <dt class="keys__keys">{keys.collect_view()}</dt>
                <dd class="keys__does">{does}</dd>
            </div>
        }
    };
    view! {
        <dl class="keys">
            {keys.into_iter().map(line).collect_view()}
        </dl>
    }
}
