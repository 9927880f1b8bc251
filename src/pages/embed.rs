//! One person's calls in a narrow frame of another page. Without a valid number nothing is asked.

use calls::Call;
use calls::book::Row;
use calls::filter::Filter;
use leptos::prelude::*;

use crate::components::call_panel::OpeningCall;
use crate::components::call_row::StatusWord;
use crate::components::call_text::{RowText, success_text};
use crate::components::load_status::{LoadProgress, Notices};
use crate::components::person::person_line;
use crate::fragment;
use crate::locale::use_locale;
use crate::selection::use_selection;
use crate::store::use_store;
use crate::ui::icon::Icon;
use crate::ui::message::{Message, Tone};

/// How far back this person's calls are looked for, days.
pub const REACH_DAYS: i32 = 90;

/// Words that CRM systems leave in an address when a record has no number.
const MISSING: [&str; 6] = ["", "null", "undefined", "n/a", "none", "nil"];

/// What the frame was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// This person's number, in international form.
    Phone(String),
    /// A number without its country code, which providers cannot look up.
    National(String),
    /// No number, an unfilled merge field, or something that is no number.
    Nothing,
    /// A version of the contract that this page does not speak.
    Version(String),
}

impl Wanted {
    /// Reads the frame's query.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let pairs = fragment::parse(query);
        if let Some(version) = pairs.first("v").filter(|version| *version != "1") {
            return Self::Version(version.to_owned());
        }
        let mut phones = pairs.all("phone");
        match (phones.next().and_then(number), phones.next()) {
            (Some(phone), None) if is_national(&phone) => Self::National(phone),
            (Some(phone), None) => Self::Phone(format!("+{}", calls::phone::digits(&phone))),
            // Two numbers: nobody says which is meant, so neither is asked for.
            _ => Self::Nothing,
        }
    }
}

/// A number as CRM systems pass it: a leading blank is a plus that was not escaped, and bare
/// digits are a country code and a number.
fn number(sent: &str) -> Option<String> {
    let merge_field = sent.contains(['{', '}', '$', '%', '*']);
    if merge_field || MISSING.contains(&sent.trim().to_ascii_lowercase().as_str()) {
        return None;
    }
    let digits = calls::phone::digits(sent);
    let plain = sent.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c));
    (plain && (7..=15).contains(&digits.len())).then(|| sent.trim().to_owned())
}

/// Whether a number begins with a national `0`.
fn is_national(number: &str) -> bool {
    let typed: String = number.chars().filter(char::is_ascii_digit).collect();
    typed.starts_with('0') && !typed.starts_with("00")
}

/// The page.
#[component]
pub fn EmbedPage(
    /// What the frame was asked for.
    wanted: Wanted,
) -> impl IntoView {
    let words = use_locale().words;
    let said = |text: String| {
        view! {
            <h1 class="visually-hidden">{words.nav_calls()}</h1>
            <Message tone=Tone::Info happened=text/>
        }
        .into_any()
    };
    let body = match wanted {
        Wanted::Phone(phone) => view! { <Person phone=phone/> }.into_any(),
        Wanted::National(phone) => said(words.embed_national(phone)),
        Wanted::Nothing => said(words.embed_no_number()),
        Wanted::Version(version) => said(words.embed_version(version)),
    };
    view! { <div class="embed-page">{body}</div> }
}

/// Loads and shows one person's calls, newest first, the newest open.
#[component]
fn Person(phone: String) -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    store.reach_out();
    store.refresh_by_itself();
    let filter = Filter { phone: phone.clone(), ..Filter::default() };
    let rows = Memo::new(move |_| store.rows(&filter, None));
    let asked = phone.clone();
    Effect::new(move |_| {
        if !store.is_ready() {
            return;
        }
        let (zone, today) = untrack(|| (selection.zone(), selection.today.get()));
        let span = calls::period::Span {
            from_ms: zone.day_start_ms(today.plus(-REACH_DAYS)),
            to_ms: zone.day_start_ms(today.plus(1)),
        };
        store.load(span, false, Some(asked.clone()));
    });
    let empty = Memo::new(move |_| {
        rows.with(Vec::is_empty) && store.as_of_ms().is_some() && !store.is_loading()
    });
    let looked_for = phone.clone();
    // Whoever has not called for long has called before: their last calls are asked for, once.
    Effect::new(move |before: Option<bool>| {
        let looks = empty.get() && before != Some(true);
        if looks {
            store.look_for_number(&looked_for);
        }
        looks || before == Some(true)
    });
    let newest = Memo::new(move |_| rows.with(|rows| rows.first().copied()));
    let opened = RwSignal::new(None::<Option<Row>>);
    let open = move || opened.get().unwrap_or_else(|| newest.get());
    // Once all are there, a newer call no longer closes what somebody reads.
    Effect::new(move |_| {
        let settled = store.as_of_ms().is_some() && !store.is_loading();
        if let Some(row) = newest.get().filter(|_| settled)
            && opened.with_untracked(Option::is_none)
        {
            opened.set(Some(Some(row)));
        }
    });
    let toggle = move |row: Row| {
        let now = untrack(open);
        opened.set(Some((now != Some(row)).then_some(row)));
    };
    let shown = phone.clone();
    view! {
        <PersonHead phone=phone rows=rows/>
        <LoadProgress/>
        <Notices/>
        <ol class="cards-list">
            <For
                each=move || rows.get()
                key=|row| *row
                children=move |row| view! { <CallCard row=row open=Signal::derive(move || open() == Some(row)) on_toggle=Callback::new(move |()| toggle(row))/> }
            />
        </ol>
        <Show when=move || empty.get()>
            <div class="empty" role="status">
                <p class="empty__said">{locale.words.embed_none(&shown, locale.formats.number(REACH_DAYS.into()))}</p>
            </div>
        </Show>
    }
}

#[component]
fn PersonHead(phone: String, rows: Memo<Vec<Row>>) -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let name = move || {
        rows.with(|rows| {
            store.with_book(|book| {
                rows.iter().find_map(|row| Some(book.entry(*row)?.name()?.to_owned()))
            })
        })
    };
    let title = {
        let phone = phone.clone();
        move || name().unwrap_or_else(|| phone.clone())
    };
    let line = move || {
        let now_ms = selection.now_ms.get();
        rows.with(|rows| store.with_book(|book| person_line(rows, book, now_ms, locale)))
    };
    view! {
        <header class="person">
            <h1 class="person__name" dir="auto">{title}</h1>
            <p class="person__line"><bdi>{phone}</bdi></p>
            <p class="person__line" role="status">{line}</p>
        </header>
    }
}

#[component]
fn CallCard(row: Row, open: Signal<bool>, on_toggle: Callback<()>) -> impl IntoView {
    let (store, selection, locale) = (use_store(), use_selection(), use_locale());
    let call = store.row(row)?;
    let key = call.with_untracked(|call| call.key.clone());
    let connection = untrack(|| store.connection_name(&key.connection));
    let zone = selection.zone_untracked();
    let text = Memo::new(move |_| {
        let now_ms = selection.now_ms.get();
        call.with(|call| RowText::of(call, &connection, locale, &zone, now_ms))
    });
    let label =
        move || text.with(|text| locale.words.row_open(&text.day, &text.time, &text.customer));
    Some(view! {
        <li class="call-card" data-open=move || open.get().to_string()>
            <button
                type="button"
                class="call-card__head"
                aria-expanded=move || open.get().to_string()
                aria-label=label
                on:click=move |_| on_toggle.run(())
            >
                {move || view! { <CardLines call=call.get() text=text.get()/> }}
            </button>
            <Show when=move || open.get()>
                <div class="call-card__body"><OpeningCall key=key.clone() at_ms=None/></div>
            </Show>
        </li>
    })
}

#[component]
fn CardLines(call: Call, text: RowText) -> impl IntoView {
    let (success, symbol) = success_text(call.success, use_locale());
    view! {
        <span class="call-card__when">{text.day} " " {text.time}</span>
        <span class="call-card__duration">{text.duration}</span>
        <span class="call-card__about" dir="auto">{text.about}</span>
        <span class="call-card__line">
            <StatusWord call=call.clone()/>
            <span class="call-card__success" data-success=call.success.code()>
                <Icon symbol=symbol/>
                {success}
            </span>
            <span>{text.connection}</span>
            <span dir="auto">{text.agent}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_valid_number_nothing_is_asked() {
        for phone in [
            "",
            "%20",
            "{!Contact.Phone}",
            "{{contact.phone}}",
            "${Contacts.Phone}",
            "%25%25x%25%25",
            "null",
            "undefined",
            "N/A",
            "*",
            "%2B1",
            "abc",
            "1234567890123456",
            "+1555+x",
        ] {
            assert_eq!(Wanted::parse(&format!("?phone={phone}")), Wanted::Nothing, "{phone}");
        }
        assert_eq!(Wanted::parse(""), Wanted::Nothing);
        assert_eq!(Wanted::parse("?phone=%2B14155550101&phone=%2B14155550102"), Wanted::Nothing);
    }

    #[test]
    fn a_number_is_read_as_crm_systems_pass_it() {
        for phone in [
            "%2B14155550101",
            "+14155550101",
            "%2014155550101",
            "14155550101",
            "+1%20(415)%20555-0101",
            "0014155550101",
        ] {
            assert_eq!(
                Wanted::parse(&format!("?v=1&phone={phone}")),
                Wanted::Phone("+14155550101".into()),
                "{phone}"
            );
        }
        assert_eq!(Wanted::parse("?v=2&phone=14155550101"), Wanted::Version("2".into()));
        let national = Wanted::parse("?phone=(0171)%2039200123");
        assert_eq!(national, Wanted::National("(0171) 39200123".into()));
    }
}
