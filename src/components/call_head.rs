//! The head of an open call: who, when, how it came out, and what can be done with it.

use calls::{Call, Channel, Direction, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{address, document};
use crate::components::call_row::{Marks, StatusWord};
use crate::components::call_text::{
    ago_text, customer, direction_text, duration_text, success_text, when_text,
};
use crate::components::copy_note::CopyNote;
use crate::components::end_reason::end_reason_text;
use crate::components::opening::Opening;
use crate::components::person::PersonLink;
use crate::components::take_away::TakeAway;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::selection::use_selection;
use crate::ui::icon::{Icon, Symbol};

/// The id of the heading, which takes the focus when a call is opened.
pub const HEADING: &str = "call-heading";

/// The head. Its heading and its buttons stay while what is known of the call changes: they may
/// have the focus.
#[component]
pub fn CallHead(
    /// The call.
    #[prop(into)]
    call: Signal<Call>,
    /// Name of its connection.
    connection: Signal<String>,
    /// Closes the call.
    on_close: Callback<()>,
    /// What opening it told, where it can be taken away.
    #[prop(optional)]
    opening: Option<RwSignal<Opening>>,
) -> impl IntoView {
    let (selection, locale) = (use_selection(), use_locale());
    let words = locale.words;
    let name = move || call.with(|call| customer(call, locale));
    view! {
        <header class="call-head">
            <div class="call-head__top">
                <h2 class="call-head__name" id=HEADING tabindex="-1" dir="auto">{name}</h2>
                <div class="call-head__actions">
                    {opening.map(|opening| view! { <TakeAway call=call connection=connection opening=opening/> })}
                    <CopyNote call=call connection=connection/>
                    <CopyLink/>
                    <button
                        type="button"
                        class="button button--icon"
                        aria-label=words.call_close()
                        title=words.call_close()
                        on:click=move |_| on_close.run(())
                    >
                        <Icon symbol=Symbol::Close/>
                    </button>
                </div>
            </div>
            {move || {
                // Another zone and every passing minute are other lines.
                selection.zone.track();
                selection.now_ms.track();
                view! { <Lines call=call.get() connection=connection.get()/> }
            }}
            <PersonLink phone=Signal::derive(move || call.with(|call| call.customer.phone.clone()))/>
            {move || view! { <Badges call=call.get()/> }}
        </header>
    }
}

/// Number and time; agent, connection and duration.
#[component]
fn Lines(call: Call, connection: String) -> impl IntoView {
    let (selection, locale) = (use_selection(), use_locale());
    let words = locale.words;
    let (now_ms, zone) = (selection.now_ms.get_untracked(), selection.zone_untracked());
    let when = call.started_ms.map_or_else(
        || words.unknown_time(),
        |at| words.when_and_ago(when_text(at, &zone, locale), ago_text(at, now_ms, locale)),
    );
    let number = call.customer.name.is_some().then(|| call.customer.phone.clone()).flatten();
    let agent = call.agent_name.clone().or_else(|| call.agent_id.clone());
    // The dots between them stand outside of what may be written from right to left.
    view! {
        <p class="call-head__line">
            {number.map(|number| view! { <span><bdi>{number}</bdi></span> })}
            <span>{when}</span>
        </p>
        <p class="call-head__line">
            {agent.map(|agent| view! { <span><bdi>{agent}</bdi></span> })}
            <span>{connection}</span>
            <span>{words.lasted(duration_text(&call, locale, now_ms))}</span>
        </p>
    }
}

#[component]
fn Badges(call: Call) -> impl IntoView {
    let locale = use_locale();
    let (direction, symbol) = direction_text(call.direction, call.channel, locale);
    let (success, success_symbol) = success_text(call.success, locale);
    let outcomes = call.outcomes.iter().map(|outcome| {
        let text = match &outcome.name {
            Some(name) => locale.words.outcome_named(name, &outcome.value),
            None => outcome.value.clone(),
        };
        view! { <li class="badge" dir="auto">{text}</li> }
    });
    let outcomes = outcomes.collect_view();
    // The provider's own word is on hover, and under the details.
    let reason = call.end_reason.as_deref().map(|word| {
        let text = locale.words.ended_by(end_reason_text(word, locale));
        view! { <li class="badge" title=word.to_owned() dir="auto">{text}</li> }
    });
    let direction = (call.direction != Direction::Unknown || call.channel != Channel::Phone)
        .then_some(direction);
    let status = (call.status != Status::NotGiven).then(|| call.clone());
    view! {
        <ul class="badges" aria-label=locale.words.badges_label()>
            {status.map(|call| view! { <li class="badge"><StatusWord call=call/></li> })}
            <li class="badge" data-success=call.success.code()>
                <Icon symbol=success_symbol/>
                {success}
            </li>
            {direction.map(|direction| view! {
                <li class="badge">
                    {symbol.map(|symbol| view! { <Icon symbol=symbol/> })}
                    {direction}
                </li>
            })}
            {reason}
            {outcomes}
            <li class="badge badge--bare"><Marks call=call/></li>
        </ul>
    }
}

#[component]
fn CopyLink() -> impl IntoView {
    let (nav, words) = (use_nav(), use_locale().words);
    let said = RwSignal::new(None::<String>);
    let copy = move |_| {
        let link = format!("{}{}", address::without_fragment(), nav.place_untracked().fragment());
        spawn_local(async move {
            let copied = document::copy(&link).await;
            said.set(Some(if copied { words.link_copied() } else { words.link_not_copied(link) }));
        });
    };
    view! {
        <button type="button" class="button button--icon" aria-label=words.copy_link() title=words.copy_link() on:click=copy>
            <Icon symbol=Symbol::Link/>
        </button>
        <span class="call-head__said" role="status">{move || said.get()}</span>
    }
}
