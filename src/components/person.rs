//! A person: every call with their number, over all connections, the last one first.

use calls::book::{Book, Row};
use calls::filter::Filter;
use leptos::prelude::*;

use crate::browser::focus;
use crate::components::call_head::HEADING;
use crate::components::call_row::StatusWord;
use crate::components::call_text::{RowText, ago_text, success_text};
use crate::components::copy_value::CopyValue;
use crate::components::further::LookedFurther;
use crate::locale::{Locale, use_locale};
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::store::{Store, use_store};
use crate::ui::icon::{Icon, Symbol};

/// The rows of the calls with a number, the last one first.
fn rows_of(store: Store, phone: &str) -> Vec<Row> {
    store.rows(&Filter { phone: phone.to_owned(), ..Filter::default() }, None)
}

/// "5 calls, 3 answered, last 2 days ago".
#[must_use]
pub fn person_line(rows: &[Row], book: &Book, now_ms: i64, locale: Locale) -> Option<String> {
    let calls = || rows.iter().filter_map(|row| book.entry(*row));
    let last = calls().find_map(|call| call.started_ms())?;
    let answered = calls().filter(|call| call.answered() == Some(true)).count();
    let line = locale.words.embed_line(
        locale.calls(rows.len()),
        locale.count(answered),
        ago_text(last, now_ms, locale),
    );
    Some(line)
}

/// The link from a call to the person: how many calls there are with the number. Nobody is behind
/// a number that was withheld.
#[component]
pub fn PersonLink(
    /// The number.
    phone: Signal<Option<String>>,
) -> impl IntoView {
    let (nav, store, locale) = (use_nav(), use_store(), use_locale());
    let count = Memo::new(move |_| phone.get().map(|phone| rows_of(store, &phone).len().max(1)));
    let link = move || {
        let phone = phone.get()?;
        let place = nav.place().with_person(Some(phone.clone()));
        let count = locale.calls(count.get()?);
        Some(view! {
            <a class="call-head__person" href=place.fragment()>
                <Icon symbol=Symbol::Person/>
                {locale.words.person_calls(count)}
            </a>
        })
    };
    nav.has_address().then_some(link)
}

/// The panel of a person.
#[component]
pub fn PersonPanel(
    /// The number, as a call has it.
    phone: String,
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let (store, words) = (use_store(), use_locale().words);
    let of = phone.clone();
    let rows = Memo::new(move |_| rows_of(store, &of));
    focus::soon_by_id(HEADING);
    let of = phone.clone();
    view! {
        <PersonHead phone=phone.clone() rows=rows on_close=on_close/>
        <ol class="person-calls" aria-label=words.person_calls_label()>
            <For each=move || rows.get() key=|row| *row children=move |row| {
                view! { <PersonCall row=row phone=of.clone()/> }
            }/>
        </ol>
        <div class="person-calls__further"><LookedFurther/></div>
    }
}

#[component]
fn PersonHead(phone: String, rows: Memo<Vec<Row>>, on_close: Callback<()>) -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let words = locale.words;
    let name = move || {
        rows.with(|rows| {
            store.with_book(|book| {
                rows.iter().find_map(|row| Some(book.entry(*row)?.name()?.to_owned()))
            })
        })
    };
    let number = phone.clone();
    let title = move || name().unwrap_or_else(|| number.clone());
    let line = move || {
        let now_ms = selection.now_ms.get();
        rows.with(|rows| store.with_book(|book| person_line(rows, book, now_ms, locale)))
    };
    view! {
        <header class="call-head">
            <div class="call-head__top">
                <h2 class="call-head__name" id=HEADING tabindex="-1" dir="auto">{title}</h2>
                <div class="call-head__actions">
                    <button
                        type="button"
                        class="button button--icon"
                        aria-label=words.person_close()
                        title=words.person_close()
                        on:click=move |_| on_close.run(())
                    >
                        <Icon symbol=Symbol::Close/>
                    </button>
                </div>
            </div>
            <p class="call-head__line"><span><bdi>{phone.clone()}</bdi><CopyValue value=phone/></span></p>
            <p class="call-head__line" role="status">{line}</p>
        </header>
    }
}

/// One of the calls: a link to it.
#[component]
fn PersonCall(row: Row, phone: String) -> impl IntoView {
    let (nav, store, selection) = (use_nav(), use_store(), use_selection());
    let locale = use_locale();
    let call = store.row(row)?;
    let key = call.with_untracked(|call| call.key.clone());
    let connection = untrack(|| store.connection_name(&key.connection));
    let link = move || nav.place().with_call_of(&phone, key.clone()).fragment();
    let text = Memo::new(move |_| {
        let (zone, now_ms) = (selection.zone(), selection.now_ms.get());
        call.with(|call| RowText::of(call, &connection, locale, &zone, now_ms))
    });
    let lines = move || {
        let (call, text) = (call.get(), text.get());
        let (success, symbol) = success_text(call.success, locale);
        view! {
            <span class="person-call__when">{text.day} " " {text.time}</span>
            <span class="person-call__duration">{text.duration}</span>
            <span class="person-call__about" dir="auto">{text.about}</span>
            <span class="person-call__line">
                <StatusWord call=call.clone()/>
                <span class="person-call__success" data-success=call.success.code()>
                    <Icon symbol=symbol/>
                    {success}
                </span>
                <span>{text.connection}</span>
                <bdi>{text.agent}</bdi>
            </span>
        }
    };
    Some(view! { <li><a class="person-call" href=link>{lines}</a></li> })
}
