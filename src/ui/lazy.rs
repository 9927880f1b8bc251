//! Views whose program is fetched when they are first wanted.
//!
//! With the feature `split` the program is cut where [`lazy_view`] says, and everything that only
//! those views need is fetched with them (`cargo xtask dist`). Without it nothing is cut, and a view
//! is there at once.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock;
use crate::locale::use_locale;
use crate::ui::message::{Message, Tone};

/// A part of the program could not be fetched. The browser's console says why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotFetched;

impl From<wasm_split_helpers::SplitLoaderError> for NotFetched {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// How long after a part could not be fetched that is tried again, milliseconds.
const AGAIN_MS: i64 = 5_000;

/// Does something whose program is fetched first, and tries again until it could be: for whoever
/// waits for a network anyway.
pub async fn at_last<C>(deed: impl Fn() -> C)
where
    C: Future<Output = Result<(), NotFetched>>,
{
    while deed().await.is_err() {
        clock::sleep_ms(AGAIN_MS).await;
    }
}

/// Something that arrives.
pub type Coming<T> = Pin<Box<dyn Future<Output = Result<T, NotFetched>>>>;

/// A part of the program that draws a view.
pub struct Part {
    /// Fetches it. Ready at once if it has been fetched.
    pub fetch: fn() -> Coming<()>,
    /// Draws the view. Ready at once if the part has been fetched.
    pub draw: Box<dyn Fn() -> Coming<AnyView> + Send>,
}

/// A function that is cut out of the program with the feature `split`, as the tool is told, and
/// in one piece with it otherwise.
#[macro_export]
macro_rules! cut_out {
    (
        in ($($how:tt)*)
        $(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $type:ty),*) -> $done:ty { $($body:tt)* }
    ) => {
        #[cfg(feature = "split")]
        $(#[$meta])*
        #[allow(unsafe_code, reason = "The cut: the two halves find each other as foreign functions do.")]
        #[::wasm_split_helpers::wasm_split($($how)*)]
        $vis fn $name($($arg: $type),*) -> Result<$done, $crate::ui::lazy::NotFetched> { $($body)* }

        #[cfg(not(feature = "split"))]
        $(#[$meta])*
        $vis async fn $name($($arg: $type),*) -> Result<$done, $crate::ui::lazy::NotFetched> { $($body)* }
    };
}

/// Says where the program is cut: `fn` and all that nothing else needs is a part of its own.
///
/// Makes a module of that name with `part(arguments)`, for [`Lazy`].
#[macro_export]
macro_rules! lazy_view {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $type:ty),*) in $file:ident: $view:expr) => {
        $(#[$meta])*
        $vis mod $name {
            use super::*;
            use $crate::ui::lazy::{Coming, Part};

            mod cut {
                use super::*;
                $crate::cut_out! {
                    in ($file, fallible, preload(fetch))
                    pub(super) fn $name($($arg: $type),*) -> AnyView { Ok(IntoAny::into_any($view)) }
                }
            }

            /// Fetches what draws the view.
            $vis fn fetch() -> Coming<()> {
                #[cfg(feature = "split")]
                let coming = async { cut::fetch().await.map_err($crate::ui::lazy::NotFetched::from) };
                #[cfg(not(feature = "split"))]
                let coming = std::future::ready(Ok(()));
                Box::pin(coming)
            }

            /// The view, wherever it is wanted.
            #[must_use]
            $vis fn part($($arg: $type),*) -> Part {
                Part {
                    fetch,
                    draw: Box::new(move || Box::pin(cut::$name($($arg.clone()),*))),
                }
            }
        }
    };
}

/// Says where the program is cut, as [`lazy_view`] does, for something that is done.
#[macro_export]
macro_rules! lazy_deed {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $type:ty),*) in $file:ident: $deed:expr) => {
        $crate::cut_out! {
            in ($file, fallible)
            $(#[$meta])*
            $vis fn $name($($arg: $type),*) -> () { $deed; Ok(()) }
        }
    };
}

/// How far a part is.
#[derive(Clone, Copy, PartialEq)]
enum Arrival {
    Wanted,
    Here,
    Failed,
}

impl Arrival {
    fn of(came: Result<(), NotFetched>) -> Self {
        if came.is_ok() { Self::Here } else { Self::Failed }
    }
}

/// A view that is drawn as soon as its part of the program is there.
#[component]
pub fn Lazy(
    /// The part.
    part: Part,
    /// What stands over it as long as it is not there: a page has a heading whatever happens.
    #[prop(optional, into)]
    heading: Option<String>,
) -> impl IntoView {
    let arrival = RwSignal::new(Arrival::Wanted);
    let Part { fetch, draw } = part;
    let fetch = Callback::new(move |()| {
        arrival.set(Arrival::Wanted);
        let mut coming = fetch();
        match at_once(&mut coming) {
            Some(came) => arrival.set(Arrival::of(came)),
            None => spawn_local(async move {
                let _gone = arrival.try_set(Arrival::of(coming.await));
            }),
        }
    });
    fetch.run(());
    move || match arrival.get() {
        Arrival::Here => at_once(&mut draw()).and_then(Result::ok).into_any(),
        Arrival::Wanted => {
            view! { <NotHere failed=false heading=heading.clone() fetch=fetch/> }.into_any()
        }
        Arrival::Failed => {
            view! { <NotHere failed=true heading=heading.clone() fetch=fetch/> }.into_any()
        }
    }
}

/// What stands in the place of a part that is on its way, or could not be fetched.
#[component]
fn NotHere(failed: bool, heading: Option<String>, fetch: Callback<()>) -> impl IntoView {
    let words = use_locale().words;
    let said = if failed {
        view! {
            <Message tone=Tone::Bad happened=words.part_failed() advice=words.part_failed_advice()>
                <button type="button" class="button message__button" on:click=move |_| fetch.run(())>
                    {words.part_again()}
                </button>
            </Message>
        }
        .into_any()
    } else {
        view! { <p class="lazy__waiting" role="status">{words.part_waiting()}</p> }.into_any()
    };
    view! {
        <div class="lazy">
            {heading.map(|heading| view! { <h1 class="calls-page__heading">{heading}</h1> })}
            {said}
        </div>
    }
}

/// What a future comes to, if that is known at once. One that waits goes on where it is.
fn at_once<T>(coming: &mut Coming<T>) -> Option<Result<T, NotFetched>> {
    match pin!(coming).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(came) => Some(came),
        Poll::Pending => None,
    }
}
