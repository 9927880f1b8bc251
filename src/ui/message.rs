//! A message that stands in the page: something failed, is missing, or should be known.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::document;
use crate::locale::use_locale;
use crate::ui::icon::{Icon, Symbol};

/// How serious a message is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Good to know.
    Info,
    /// Something is missing.
    Warning,
    /// Something failed.
    Bad,
}

impl Tone {
    fn code(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A message.
#[component]
pub fn Message(
    /// How serious it is.
    tone: Tone,
    /// What happened.
    happened: String,
    /// What to do.
    #[prop(optional, into)]
    advice: String,
    /// Further words, for whoever gives support.
    #[prop(optional_no_strip)]
    detail: Option<String>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    view! {
        <div class="message" data-tone=tone.code() role=role>
            <Icon symbol=Symbol::Warning/>
            <div class="message__text">
                <p class="message__happened">{happened} " " {advice}</p>
                {detail.map(|detail| view! { <Detail text=detail/> })}
            </div>
            {children.map(|children| children())}
        </div>
    }
}

/// Words for whoever gives support, with a button that copies them.
#[component]
fn Detail(text: String) -> impl IntoView {
    let words = use_locale().words;
    let copied = RwSignal::new(false);
    let kept = text.clone();
    let copy = move |_| {
        let text = kept.clone();
        spawn_local(async move {
            copied.set(document::copy(&text).await);
        });
    };
    view! {
        <p class="message__detail">
            {text}
            " "
            <button type="button" class="message__copy" on:click=copy>
                {move || if copied.get() { words.copied() } else { words.copy() }}
            </button>
        </p>
    }
}
