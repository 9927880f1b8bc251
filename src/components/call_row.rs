//! Parts that say of a call how it stands, wherever one is told of: its status, its marks.

use calls::Call;
use leptos::prelude::*;

use crate::components::call_text::status_text;
use crate::components::row_words::Mark;
use crate::locale::use_locale;
use crate::ui::icon::{Icon, Symbol};

/// The status as a dot and a word.
#[component]
pub fn StatusWord(
    /// The call.
    call: Call,
) -> impl IntoView {
    let text = status_text(&call.status, use_locale());
    view! {
        <span class="status" data-status=call.status.code().to_owned()>
            <span class="status__dot" aria-hidden="true"></span>
            {text}
        </span>
    }
}

/// What is open or special about a call: to do, note, deleted, purged, test, retry.
#[component]
pub fn Marks(
    /// The call.
    call: Call,
) -> impl IntoView {
    let locale = use_locale();
    let marks = Mark::ALL.into_iter().filter(|mark| mark.is_on(&call)).map(|mark| {
        view! { <span class="mark" data-kind=mark.code()>{mark.text(locale)}</span> }
    });
    let note = call.note.as_deref().map(|note| locale.words.mark_note(note));
    let note = note.map(|note| {
        view! {
            <span class="mark mark--icon" data-kind="note" title=note.clone()>
                <Icon symbol=Symbol::Note/>
                <span class="visually-hidden">{note.clone()}</span>
            </span>
        }
    });
    view! {
        {marks.collect_view()}
        {note}
    }
}
