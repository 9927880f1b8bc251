//! What can be done with one turn of a transcript: copy it, link to it.

use leptos::ev::KeyboardEvent;
use leptos::html::Button;
use leptos::prelude::*;

use crate::browser::focus;
use crate::components::turn_time::time_text;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::ui::icon::{Icon, Symbol};

/// Something that is done with a turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TurnUse {
    /// Its words go to the clipboard.
    Copy(usize),
    /// A link that leads to it does.
    Link(usize),
}

/// A button that opens two others.
#[component]
pub fn TurnTools(
    /// Which turn.
    index: usize,
    /// When it was said.
    at_ms: Option<i64>,
    /// Does it.
    on_use: Callback<TurnUse>,
) -> impl IntoView {
    let (words, linked) = (use_locale().words, use_nav().has_address());
    let open = RwSignal::new(false);
    let button = NodeRef::<Button>::new();
    let label = match at_ms {
        Some(at_ms) => words.turn_more(time_text(at_ms)),
        None => words.turn_more_untimed((index + 1).to_string()),
    };
    let shut = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.try_get_untracked() == Some(true) {
            event.stop_propagation();
            open.set(false);
            if let Some(button) = button.get_untracked() {
                drop(button.focus());
            }
        }
    };
    let act = move |what: TurnUse| {
        on_use.run(what);
        open.set(false);
        if let Some(button) = button.get_untracked() {
            drop(button.focus());
        }
    };
    view! {
        <span
            class="turn-tools"
            on:keydown=shut
            on:focusout=move |event| {
                if focus::leaves(&event) {
                    open.try_set(false);
                }
            }
        >
            <button
                node_ref=button
                type="button"
                class="turn-tools__more"
                aria-label=label.clone()
                title=label
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon symbol=Symbol::More/>
            </button>
            <Show when=move || open.get()>
                <button type="button" class="turn-tools__use" on:click=move |_| act(TurnUse::Copy(index))>
                    <Icon symbol=Symbol::Copy/>
                    {words.turn_copy()}
                </button>
                {linked.then(|| view! {
                    <button type="button" class="turn-tools__use" on:click=move |_| act(TurnUse::Link(index))>
                        <Icon symbol=Symbol::Link/>
                        {words.turn_link()}
                    </button>
                })}
            </Show>
        </span>
    }
}
