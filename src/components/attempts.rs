//! The attempts at a call, where the provider tries again (Atoms). The list has first attempts
//! only; the further ones are asked for when one of them is open.

use calls::{Call, CallKey, Reference};
use kernels::order;
use leptos::prelude::*;
use leptos::task::spawn_local;
use providers::Refusal;

use crate::components::call_row::StatusWord;
use crate::components::call_text::{duration_text, when_text};
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::notice;
use crate::selection::use_selection;
use crate::store::{Store, use_store};

/// More are not waited for with a place of their own.
const MOST_AWAITED: u64 = 8;

/// Asks for the attempts at a call and lists them; until they are there, they have their place.
/// Draws nothing where there is one attempt.
#[component]
pub fn Attempts(
    /// The open call.
    #[prop(into)]
    call: Signal<Call>,
) -> impl IntoView {
    let store = use_store();
    let first = Memo::new(move |_| call.with(first_attempt));
    let read = use_attempts(first);
    let linked = use_nav().has_address();
    let open = move || call.with(|call| call.key.clone());
    move || {
        let first = first.get()?;
        match read.get() {
            None => Some(view! { <Awaited count=untrack(|| awaited(&first, store))/> }.into_any()),
            Some(Ok(further)) if further.is_empty() => None,
            Some(Ok(further)) => {
                let known = untrack(|| store.call(&first)).unwrap_or_else(|| Call::new(first));
                let attempts = std::iter::once(known).chain(further).collect();
                let view =
                    view! { <AttemptList attempts=attempts open=untrack(open) linked=linked/> };
                Some(view.into_any())
            }
            Some(Err(refusal)) => Some(failure(&first, &refusal).into_any()),
        }
    }
}

/// The call that was tried first, if there is more than one attempt.
fn first_attempt(call: &Call) -> Option<CallKey> {
    let connection = call.key.connection.clone();
    match &call.retry_of {
        Some(id) => Some(CallKey { connection, reference: Reference::of(&[id])? }),
        None => call.retries.is_some_and(|count| count > 0).then(|| call.key.clone()),
    }
}

/// How many attempts there are, as far as the first one tells.
fn awaited(first: &CallKey, store: Store) -> u64 {
    let further = store.call(first).and_then(|call| call.retries).unwrap_or(1);
    further.min(MOST_AWAITED) + 1
}

/// The place of attempts that are being asked for.
#[component]
fn Awaited(count: u64) -> impl IntoView {
    let words = use_locale().words;
    let items = (0..count).map(|_| view! { <li class="attempts__item"></li> });
    view! {
        <section class="attempts" aria-label=words.attempts_label() aria-busy="true">
            <h3 class="attempts__heading">{words.attempts_label()}</h3>
            <ol class="attempts__list" aria-hidden="true">{items.collect_view()}</ol>
        </section>
    }
}

type Read = Option<Result<Vec<Call>, Refusal>>;

fn use_attempts(first: Memo<Option<CallKey>>) -> RwSignal<Read> {
    let (store, read) = (use_store(), RwSignal::new(None));
    let ready = Memo::new(move |_| store.is_ready());
    Effect::new(move |_| {
        let (true, Some(first)) = (ready.get(), first.get()) else { return };
        let Some(connection) = untrack(|| store.connection(&first.connection)) else { return };
        spawn_local(async move {
            let attempts = load::attempts(&store.wire(), &connection, &first).await;
            // The call may have been closed meanwhile; then there is nobody to tell.
            drop(read.try_set(Some(attempts)));
        });
    });
    read
}

fn failure(first: &CallKey, refusal: &Refusal) -> impl IntoView + use<> {
    let (store, words) = (use_store(), use_locale().words);
    let adapter = untrack(|| store.connection(&first.connection)).map(|found| found.adapter);
    let name = untrack(|| store.connection_name(&first.connection));
    let said = notice::of_refusal(refusal, &name, adapter, words);
    view! { <p class="attempts attempts--failed">{words.attempts_unread(said.happened)}</p> }
}

/// The attempts, the first one first; each leads to its own call.
#[component]
pub fn AttemptList(
    /// The attempts.
    attempts: Vec<Call>,
    /// The one that is open.
    open: CallKey,
    /// Whether they are links: a frame has no address that could lead to another call.
    linked: bool,
) -> impl IntoView {
    let words = use_locale().words;
    let mut attempts = attempts;
    order::sort_by_key(&mut attempts, |attempt| (attempt.retry, attempt.started_ms));
    let items = attempts.into_iter().enumerate().map(|(index, attempt)| {
        let current = attempt.key == open;
        view! { <Attempt attempt=attempt number=index + 1 current=current linked=linked/> }
    });
    view! {
        <section class="attempts" aria-label=words.attempts_label()>
            <h3 class="attempts__heading">{words.attempts_label()}</h3>
            <ol class="attempts__list">{items.collect_view()}</ol>
        </section>
    }
}

#[component]
fn Attempt(attempt: Call, number: usize, current: bool, linked: bool) -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let words = locale.words;
    let name = words.attempt_number(locale.count(number));
    let link = nav.place_untracked().with_call(Some(attempt.key.clone())).fragment();
    let name = if linked && !current {
        view! { <a href=link>{name}</a> }.into_any()
    } else {
        view! { <span aria-current=current.then_some("true")>{name}</span> }.into_any()
    };
    let zone = selection.zone_untracked();
    let when = attempt.started_ms.map(|at| when_text(at, &zone, locale));
    let lasted = duration_text(&attempt, locale, selection.now_ms.get_untracked());
    view! {
        <li class="attempts__item">
            {name}
            <span class="attempts__when">{when.unwrap_or_else(|| words.unknown_time())}</span>
            <StatusWord call=attempt/>
            <span>{lasted}</span>
        </li>
    }
}
