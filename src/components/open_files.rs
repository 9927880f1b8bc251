//! Opened files: the ways to open one, what is said of each, and closing it.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use load::opened::Problems;

use crate::browser::file::{self, ChosenFolder, Given};
use crate::components::period_picker::days_text;
use crate::locale::use_locale;
use crate::nav::use_nav;
use crate::notice;
use crate::parts;
use crate::selection::use_selection;
use crate::store::{FilePhase, FileState, Store, use_store};
use crate::ui::icon::{Icon, Symbol};
use crate::ui::lazy::{Lazy, NotFetched};
use crate::ui::message::{Message, Tone};
use calls::period::{Period, Span};

/// The id of the field that every button for opening a file stands for.
const FILE: &str = "open-file";

/// The same for folders.
const FOLDER: &str = "open-folder";

/// Takes files in: chosen in a window of the browser, or dropped anywhere on the page.
#[component]
pub fn FileDoor() -> impl IntoView {
    let (store, words) = (use_store(), use_locale().words);
    let (over, lost) = (RwSignal::new(false), RwSignal::new(false));
    let open = move |given: Given| {
        lost.set(false);
        spawn_local(async move {
            let _gone = lost.try_set(open(store, given).await.is_err());
        });
    };
    take_what_is_dropped(over, open);
    Effect::new(|_| file::take_folders(FOLDER));
    view! {
        <input
            id=FILE
            type="file"
            multiple=true
            hidden=true
            accept=".json,.jsonl,.ndjson,.txt,application/json,text/plain"
            aria-label=words.open_file()
            on:change=move |event| {
                file::chosen(&event).into_iter().map(Given::File).for_each(open);
            }
        />
        <input
            id=FOLDER
            type="file"
            multiple=true
            hidden=true
            aria-label=words.open_folder()
            on:change=move |event| {
                let folder = ChosenFolder::of(file::chosen(&event));
                folder.map(Given::Folder).into_iter().for_each(open);
            }
        />
        <Show when=move || lost.get()>
            <Message tone=Tone::Bad happened=words.part_failed() advice=words.part_failed_advice()/>
        </Show>
        <div class="file-drop" hidden=move || !over.get()>
            <p class="file-drop__text">{words.file_drop()} " " {words.file_private()}</p>
        </div>
    }
}

/// Takes in what is dropped; `over` says that something is about to be.
fn take_what_is_dropped(over: RwSignal<bool>, open: impl Fn(Given) + Copy + 'static) {
    let dragged = window_event_listener(ev::dragover, move |event| {
        if file::drags_files(&event) {
            // Else the browser would leave the page for the file.
            event.prevent_default();
            over.set(true);
        }
    });
    let left = window_event_listener(ev::dragleave, move |event| {
        if file::left_the_window(&event) {
            over.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        if file::drags_files(&event) {
            event.prevent_default();
            over.set(false);
            file::dropped(&event).into_iter().for_each(open);
        }
    });
    on_cleanup(move || {
        dragged.remove();
        left.remove();
        dropped.remove();
    });
}

async fn open(store: Store, given: Given) -> Result<(), NotFetched> {
    match given {
        Given::File(file) => parts::open_file(store, file).await,
        Given::Folder(folder) => {
            let name = folder.name();
            parts::open_folder(store, name, folder.files().await).await
        }
    }
}

/// What a button opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opens {
    /// A file.
    File,
    /// A folder that calls were saved in.
    Folder,
}

/// A button that opens a file or a folder; of the icon alone where there is little room. There is
/// none for folders where the browser lets nobody choose one.
#[component]
pub fn OpenButton(
    /// What it opens.
    opens: Opens,
    /// Only the icon is seen.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let words = use_locale().words;
    let (label, about, symbol, field) = match opens {
        Opens::File => (words.open_file(), words.file_private(), Symbol::OpenFile, FILE),
        Opens::Folder => (words.open_folder(), words.folder_about(), Symbol::Kept, FOLDER),
    };
    let shown = (!small).then(|| label.clone());
    let none = RwSignal::new(false);
    Effect::new(move |_| none.set(opens == Opens::Folder && !file::takes_folders()));
    view! {
        <button
            type="button"
            class=if small { "button button--icon" } else { "button" }
            hidden=move || none.get()
            aria-label=label
            title=about
            on:click=move |_| file::choose(field)
        >
            <Icon symbol=symbol/>
            {shown}
        </button>
    }
}

/// What is said of the opened files.
#[component]
pub fn OpenFiles() -> impl IntoView {
    let (store, words) = (use_store(), use_locale().words);
    let ids = move || store.files().into_iter().map(|file| file.id).collect::<Vec<Arc<str>>>();
    let any = Memo::new(move |_| !store.files().is_empty());
    let list = move || {
        view! {
            <section class="files" aria-label=words.files_label()>
                <ul class="files__list">
                    <For each=ids key=Clone::clone children=|id| view! { <Lazy part=parts::file::part(id)/> }/>
                </ul>
                <p class="files__private">{words.file_private()}</p>
            </section>
        }
    };
    move || any.get().then(list)
}

/// One file: its name and what is in it, what is wrong with it, and closing it.
#[component]
pub fn FileItem(
    /// The id of its connection.
    id: Arc<str>,
) -> impl IntoView {
    let (nav, store, words) = (use_nav(), use_store(), use_locale().words);
    let of = id.clone();
    let state = Memo::new(move |_| store.files().into_iter().find(|file| file.id == of));
    let name = state.with_untracked(|file| file.as_ref().map(|file| file.name.clone()));
    let name = name.unwrap_or_default();
    let close = move |_| {
        let open = nav.place_untracked().call;
        if open.is_some_and(|call| store.is_of_file(&call, &id)) {
            nav.adjust(|place| *place = place.with_call(None));
        }
        store.close_file(&id);
    };
    view! {
        <li class="files__file">
            <div class="files__line">
                <Icon symbol=Symbol::OpenFile/>
                <p class="files__said" role="status" dir="auto">{move || state.get().map(|file| said(&file))}</p>
                <button type="button" class="button button--quiet" aria-label=words.file_close_named(&name) on:click=close>
                    <Icon symbol=Symbol::Close/>
                    {words.file_close()}
                </button>
            </div>
            {move || state.get().map(|file| view! { <Whose file=file/> })}
            {move || state.get().map(|file| view! { <Faults file=file/> })}
            {move || state.get().map(|file| view! { <Missing file=file/> })}
            {move || state.get().map(|file| view! { <OtherDays file=file/> })}
        </li>
    }
}

/// A file in a line.
fn said(file: &FileState) -> String {
    let locale = use_locale();
    let (words, name) = (locale.words, file.name.as_str());
    match &file.phase {
        FilePhase::Reading(share) => {
            words.file_reading(name, locale.formats.decimal((share * 100.0).floor(), 0))
        }
        FilePhase::Ask(_) => words.file_asks(name),
        FilePhase::Unreadable | FilePhase::Nobody => name.to_owned(),
        FilePhase::Read => {
            let provider =
                file.connections.iter().map(|found| found.adapter.describe().name.to_owned());
            let providers: std::collections::BTreeSet<String> = provider.collect();
            let providers: Vec<String> = providers.into_iter().collect();
            let count = file.calls;
            let read = words.file_read(
                locale.formats.plural(i64::try_from(count).unwrap_or(i64::MAX)),
                name,
                locale.count(count),
                providers.join(", "),
            );
            if !file.is_folder {
                return read;
            }
            let recordings = file.recordings;
            let plural = locale.formats.plural(i64::try_from(recordings).unwrap_or(i64::MAX));
            words.folder_read(plural, read, locale.count(recordings))
        }
    }
}

/// Asks whose calls they are, where the file does not say.
#[component]
fn Whose(file: FileState) -> impl IntoView {
    let (store, words) = (use_store(), use_locale().words);
    let FilePhase::Ask(ids) = file.phase else { return None };
    let adapters = ids.into_iter().filter_map(providers::find);
    let id = file.id;
    let choice = move |adapter: &'static dyn providers::Adapter| {
        let (id, provider) = (id.clone(), adapter.describe());
        view! {
            <button type="button" class="button" on:click=move |_| store.read_file_as(id.clone(), provider.id)>
                {provider.name}
            </button>
        }
    };
    Some(view! {
        <div class="files__whose" role="group" aria-label=words.file_whose(&file.name)>
            <p>{words.file_whose(&file.name)}</p>
            {adapters.map(choice).collect_view()}
        </div>
    })
}

/// What could not be read of a file, and where.
#[component]
fn Faults(file: FileState) -> impl IntoView {
    let locale = use_locale();
    let happened = notice::file::of_file(&file, locale)?;
    let Problems { told, count, .. } = &file.problems;
    let places = told.iter().take(MOST_SHOWN).map(|problem| {
        view! { <li dir="auto">{notice::file::of_problem(problem, locale)}</li> }
    });
    let places = places.collect_view();
    let more = count.saturating_sub(told.len().min(MOST_SHOWN));
    let more = (more > 0).then(|| view! { <li>{locale.words.file_more(locale.count(more))}</li> });
    let tone = if file.calls > 0 { Tone::Warning } else { Tone::Bad };
    Some(view! {
        <Message tone=tone happened=happened.happened advice=happened.advice/>
        <ul class="files__faults">{places}{more}</ul>
    })
}

/// Files that should be in a folder, and are not there or cannot be read.
#[component]
fn Missing(file: FileState) -> impl IntoView {
    let words = use_locale().words;
    let more = file.missing.len().saturating_sub(MOST_SHOWN);
    let shown = file.missing.into_iter().take(MOST_SHOWN);
    let paths: Vec<_> = shown.map(|path| view! { <li dir="auto">{path}</li> }).collect();
    let more = (more > 0).then(|| view! { <li>{words.file_more(use_locale().count(more))}</li> });
    (!paths.is_empty()).then(|| {
        view! {
            <Message tone=Tone::Warning happened=words.folder_missing(&file.name)/>
            <ul class="files__faults">{paths}{more}</ul>
        }
    })
}

/// Problems of a file that are shown one by one.
const MOST_SHOWN: usize = 8;

/// Says that none of a file's calls is in the chosen days, and offers those that they are in.
#[component]
fn OtherDays(file: FileState) -> impl IntoView {
    let (nav, selection, locale) = (use_nav(), use_selection(), use_locale());
    let (first_ms, last_ms) = file.times_ms?;
    let name = file.name;
    Some(move || {
        let (span, zone) = (selection.span.get(), selection.zone());
        if touches(span, first_ms, last_ms) {
            return None;
        }
        let (first, last) = (zone.day_of(first_ms), zone.day_of(last_ms));
        let show = move |_| nav.go(move |place| place.period = Period::between(first, last).0);
        Some(view! {
            <Message tone=Tone::Info happened=locale.words.file_other_days(&name)>
                <button type="button" class="button" on:click=show>
                    {locale.words.file_show_days(days_text(first, last, locale))}
                </button>
            </Message>
        })
    })
}

/// Whether days reach into the time between a file's first and last call.
fn touches(span: Span, first_ms: i64, last_ms: i64) -> bool {
    span.from_ms <= last_ms && first_ms < span.to_ms
}
