//! One call in the list: a table row, which becomes a card where there is little room.

use calls::{Call, Recording};
use leptos::prelude::*;

use crate::components::call_text::{
    RowText, direction_text, recording_text, status_text, success_text,
};
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::ui::icon::{Icon, Symbol};

/// The id of a row's link, so that closing a call can give the focus back to it.
#[must_use]
pub fn link_id(call: &Call) -> String {
    format!("row-{}", call.key)
}

/// The row. The link in its first cell covers it all, so that the whole row can be clicked,
/// opened in a new tab and reached by keyboard. The link stays while what is known of the call
/// changes: it may have the focus.
#[component]
pub fn CallRow(
    /// The call.
    #[prop(into)]
    call: Signal<Call>,
    /// Name of its connection.
    connection: String,
) -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let zone = selection.zone_untracked();
    let text = Memo::new(move |_| {
        let now_ms = selection.now_ms.get();
        call.with(|call| RowText::of(call, &connection, locale, &zone, now_ms))
    });
    let key = StoredValue::new(call.with_untracked(|call| call.key.clone()));
    let href = nav.part(move |place| place.with_call(Some(key.get_value())).fragment());
    let open = nav.part(move |place| key.with_value(|key| place.call.as_ref() == Some(key)));
    let label =
        move || text.with(|text| locale.words.row_open(&text.day, &text.time, &text.customer));
    view! {
        <tr
            class="call-row"
            role="row"
            data-open=move || open.get().to_string()
            data-deleted=move || call.with(|call| call.deleted).to_string()
        >
            <td class="call-row__when" role="cell">
                <a
                    id=call.with_untracked(link_id)
                    class="call-row__link"
                    href=href
                    aria-label=label
                    aria-current=move || open.get().then_some("true")
                >
                    <span class="call-row__day">{move || text.with(|text| text.day.clone())}</span>
                    " "
                    <span class="call-row__time">{move || text.with(|text| text.time.clone())}</span>
                </a>
            </td>
            {move || view! { <Cells call=call.get() text=text.get()/> }}
        </tr>
    }
}

/// The cells behind the first.
#[component]
fn Cells(call: Call, text: RowText) -> impl IntoView {
    let about = text.about.clone();
    view! {
        <td class="call-row__customer" role="cell">
            <span class="call-row__name" dir="auto">{text.customer}</span>
            {text.number.map(|number| view! { <span class="call-row__number" dir="ltr">{number}</span> })}
        </td>
        <td class="call-row__about" role="cell" title=about>
            <Marks call=call.clone()/>
            <span class="call-row__text" dir="auto">{text.about}</span>
        </td>
        <td class="call-row__agent" role="cell"><span dir="auto">{text.agent}</span></td>
        <td class="call-row__connection" role="cell">{text.connection}</td>
        <DirectionCell call=call.clone()/>
        <td class="call-row__status" role="cell"><StatusWord call=call.clone()/></td>
        <td class="call-row__duration" role="cell">{text.duration}</td>
        <SuccessCell call=call.clone()/>
        <RecordingCell call=call/>
    }
}

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
    let words = use_locale().words;
    let mark = |shown: bool, kind: &'static str, text: String| {
        shown.then(|| view! { <span class="mark" data-kind=kind>{text}</span> })
    };
    let note = call.note.as_deref().map(|note| words.mark_note(note));
    let note = note.map(|note| {
        view! {
            <span class="mark mark--icon" data-kind="note" title=note.clone()>
                <Icon symbol=Symbol::Note/>
                <span class="visually-hidden">{note.clone()}</span>
            </span>
        }
    });
    view! {
        {mark(call.todo == Some(true), "todo", words.mark_todo())}
        {mark(call.deleted, "deleted", words.mark_deleted())}
        {mark(call.purged, "purged", words.mark_purged())}
        {mark(call.voicemail == Some(true), "voicemail", words.mark_voicemail())}
        {mark(call.test, "test", words.mark_test())}
        {mark(call.retry, "retry", words.mark_retry())}
        {note}
    }
}

#[component]
fn DirectionCell(call: Call) -> impl IntoView {
    let (text, symbol) = direction_text(call.direction, call.channel, use_locale());
    view! {
        <td class="call-row__direction" role="cell" title=text.clone()>
            {symbol.map(|symbol| view! { <Icon symbol=symbol/> })}
            <span class="call-row__direction-text">{text.clone()}</span>
        </td>
    }
}

#[component]
fn SuccessCell(call: Call) -> impl IntoView {
    let (text, symbol) = success_text(call.success, use_locale());
    view! {
        <td class="call-row__success" role="cell" data-success=call.success.code()>
            <Icon symbol=symbol/>
            <span class="call-row__success-text">{text}</span>
        </td>
    }
}

#[component]
fn RecordingCell(call: Call) -> impl IntoView {
    let now_ms = use_selection().now_ms.get_untracked();
    let text = recording_text(call.recording, now_ms, use_locale());
    let there =
        matches!(call.recording, Recording::Available { .. }) && call.recording.playable(now_ms);
    let symbol = if there { Symbol::Recording } else { Symbol::NotStated };
    view! {
        <td class="call-row__recording" role="cell" title=text.clone() data-there=there.to_string()>
            <Icon symbol=symbol/>
            <span class="visually-hidden">{text.clone()}</span>
        </td>
    }
}
