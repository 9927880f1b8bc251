//! A button that opens a small panel, closed by Escape and by leaving it.

use leptos::ev::KeyboardEvent;
use leptos::html::Button;
use leptos::prelude::*;

use crate::browser::focus;
use crate::ui::icon::{Icon, Symbol};

/// A button with a panel.
#[component]
pub fn Menu(
    /// What the button says.
    #[prop(into)]
    label: Signal<String>,
    /// The accessible name of the panel.
    #[prop(into)]
    panel: Signal<String>,
    /// Whether something is chosen in it.
    #[prop(into)]
    active: Signal<bool>,
    /// The id of the button.
    #[prop(optional, into)]
    id: Option<String>,
    /// What stands behind the label where there is room.
    #[prop(optional, into)]
    detail: Option<Signal<String>>,
    /// An icon before the label.
    #[prop(optional)]
    symbol: Option<Symbol>,
    /// The side the panel is aligned with: `start` or `end`.
    #[prop(default = "start")]
    align: &'static str,
    /// What the panel holds; drawn when it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let button = NodeRef::<Button>::new();
    let close = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            // The panel closes, and nothing around it (an open call, say).
            event.stop_propagation();
            open.set(false);
            if let Some(button) = button.get_untracked() {
                drop(button.focus());
            }
        }
    };
    let children = StoredValue::new(children);
    view! {
        <div
            class="menu"
            data-align=align
            on:keydown=close
            on:focusout=move |event| {
                if focus::leaves(&event) {
                    open.set(false);
                }
            }
        >
            <button
                node_ref=button
                id=id
                type="button"
                class="button menu__button"
                data-active=move || active.get().to_string()
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {symbol.map(|symbol| view! { <Icon symbol=symbol/> })}
                <span class="menu__label">{move || label.get()}</span>
                {detail.map(|detail| view! { <span class="menu__detail">{move || detail.get()}</span> })}
                <Icon symbol=Symbol::Down/>
            </button>
            <Show when=move || open.get()>
                <div class="menu__panel" role="group" tabindex="-1" aria-label=move || panel.get()>
                    {children.with_value(|children| children())}
                </div>
            </Show>
        </div>
    }
}
