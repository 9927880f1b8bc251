//! The answer of a provider as it came: a tree whose branches are drawn when they are opened, and
//! a search over all of it.

use leptos::prelude::*;
use serde_json::Value;

use crate::browser::focus;
use crate::components::copy_value::CopyValue;
use crate::components::raw_search::{Found, MOST_FOUND, search};
use crate::locale::use_locale;

/// Names under which some providers send the call itself.
const ENVELOPES: [&str; 2] = ["data", "call"];

/// Items of a list that are drawn at once.
const AT_ONCE: usize = 100;

/// The view.
#[component]
pub fn RawView(
    /// The answer.
    raw: String,
) -> impl IntoView {
    let words = use_locale().words;
    let Ok(value) = serde_json::from_str::<Value>(&raw) else {
        return view! { <pre class="raw" tabindex="0" dir="ltr">{raw}</pre> }.into_any();
    };
    let value = StoredValue::new(value);
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        typed.with(|typed| value.with_value(|value| search(value, typed.trim())))
    });
    let searching = Memo::new(move |_| !typed.with(|typed| typed.trim().is_empty()));
    view! {
        <div class="raw-view" dir="ltr">
            <div class="raw-view__tools">
                <input
                    type="search"
                    class="field__input raw-view__search"
                    aria-label=words.raw_search()
                    placeholder=words.raw_search()
                    autocomplete="off"
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(focus::value(&event))
                />
                <CopyValue value=raw/>
            </div>
            {move || if searching.get() {
                view! { <FoundView found=found.get()/> }.into_any()
            } else {
                value.with_value(|value| branch(value, 0))
            }}
        </div>
    }
    .into_any()
}

/// Where something was found: its path, and its value.
#[component]
fn FoundView(found: Vec<Found>) -> impl IntoView {
    let locale = use_locale();
    let words = locale.words;
    let said = match found.len() {
        0 => words.hits_none(),
        count if count >= MOST_FOUND => words.raw_many(locale.count(MOST_FOUND)),
        count => words.raw_found(
            locale.formats.plural(i64::try_from(count).unwrap_or(0)),
            locale.count(count),
        ),
    };
    let rows = found.into_iter().map(|found| {
        view! {
            <li class="raw-view__found">
                <span class="raw-view__path">{found.path}</span>
                <span class="raw-view__value">{found.value}</span>
            </li>
        }
    });
    view! {
        <p class="raw-view__said" role="status">{said}</p>
        <ul class="raw-view__list">{rows.collect_view()}</ul>
    }
}

/// What a value holds, a row each. The outermost level is open.
fn branch(value: &Value, depth: usize) -> AnyView {
    match value {
        Value::Object(fields) => {
            let rows: Vec<_> =
                fields.iter().map(|(name, inner)| row(name.clone(), inner, depth)).collect();
            view! { <ul class="raw-view__list">{rows}</ul> }.into_any()
        }
        Value::Array(items) => view! { <Items items=items.clone() depth=depth/> }.into_any(),
        plain => view! { <span class="raw-view__value">{plain.to_string()}</span> }.into_any(),
    }
}

/// A list, a hundred items at a time.
#[component]
fn Items(items: Vec<Value>, depth: usize) -> impl IntoView {
    let locale = use_locale();
    let count = items.len();
    let items = StoredValue::new(items);
    let shown = RwSignal::new(AT_ONCE.min(count));
    let rows = move || {
        items.with_value(|items| {
            let rows = items.iter().enumerate().take(shown.get());
            rows.map(|(index, item)| row((index + 1).to_string(), item, depth)).collect_view()
        })
    };
    view! {
        <ul class="raw-view__list">{rows}</ul>
        <Show when=move || shown.get() < count>
            <button type="button" class="button" on:click=move |_| shown.update(|shown| *shown += AT_ONCE)>
                {locale.words.raw_more(locale.count(count))}
            </button>
        </Show>
    }
}

/// A name with its value; what is nested can be opened.
fn row(name: String, value: &Value, depth: usize) -> AnyView {
    let (mark, inner) = match value {
        Value::Object(fields) => (format!("{{{}}}", fields.len()), !fields.is_empty()),
        Value::Array(items) => (format!("[{}]", items.len()), !items.is_empty()),
        plain => {
            let kind = kind(plain);
            let text = plain.to_string();
            return view! {
                <li class="raw-view__row">
                    <span class="raw-view__name">{name}</span>
                    <span class="raw-view__value" data-kind=kind>{text}</span>
                </li>
            }
            .into_any();
        }
    };
    if !inner {
        return view! {
            <li class="raw-view__row">
                <span class="raw-view__name">{name}</span>
                <span class="raw-view__value">{mark}</span>
            </li>
        }
        .into_any();
    }
    // What lies in an envelope is what is looked for.
    let opens = depth == 0 && ENVELOPES.contains(&name.as_str());
    view! { <Branch name=name mark=mark value=value.clone() depth=depth opens=opens/> }.into_any()
}

/// What is nested, drawn when it is opened for the first time.
#[component]
fn Branch(name: String, mark: String, value: Value, depth: usize, opens: bool) -> impl IntoView {
    let open = RwSignal::new(opens);
    let value = StoredValue::new(value);
    let inner = move || open.get().then(|| value.with_value(|value| branch(value, depth + 1)));
    view! {
        <li class="raw-view__row raw-view__row--nested">
            <button
                type="button"
                class="raw-view__open"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span class="raw-view__name">{name}</span>
                <span class="raw-view__mark">{mark}</span>
            </button>
            {inner}
        </li>
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "text",
        Value::Number(_) => "number",
        Value::Bool(_) | Value::Null => "word",
        Value::Array(_) | Value::Object(_) => "nested",
    }
}
