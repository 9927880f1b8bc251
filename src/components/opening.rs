//! Getting an open call: asking its provider, taking it out of a file, keeping it true.

use calls::{Call, CallKey, Insight, OpenedCall};
use leptos::prelude::*;
use load::opened::is_file;
use load::refresh::Reopened;
use providers::Refusal;

use crate::notice;
use crate::store::{Store, use_store};
use crate::transcripts::use_transcripts;

/// What is known of the call that is being opened.
pub type Opening = Option<Result<OpenedCall, Refusal>>;

/// Asks the provider for everything about a call, and takes what it learns into the book.
pub fn use_opening(key: CallKey) -> RwSignal<Opening> {
    let (store, transcripts) = (use_store(), use_transcripts());
    let opening = RwSignal::new(None);
    let ready = Memo::new(move |_| store.is_ready());
    let asked = key.clone();
    if is_file(&key.connection) {
        open_out_of_file(key, opening);
        return opening;
    }
    Effect::new(move |_| {
        if !ready.get() {
            return;
        }
        let connection = untrack(|| store.connection(&key.connection));
        let key = key.clone();
        leptos::task::spawn_local(async move {
            let opened = match &connection {
                Some(connection) => load::open(&store.wire(), connection, &key).await,
                None => Err(not_found()),
            };
            if let Ok(opened) = &opened {
                store.take(opened.call.clone());
                transcripts.know(opened);
            }
            // The panel may have been closed meanwhile; then there is nobody to tell.
            drop(opening.try_set(Some(opened)));
        });
    });
    keep_true(asked, opening);
    opening
}

/// What an opened call tells of how it went. Nothing once it has been purged, and nothing of a
/// call whose record was not kept.
#[must_use]
pub fn insight(opened: &OpenedCall, store: Store) -> Insight {
    if opened.call.purged {
        return Insight::default();
    }
    let connection = untrack(|| store.connection(&opened.call.key.connection));
    connection
        .map(|connection| connection.adapter.insight(&opened.raw, &opened.call))
        .unwrap_or_default()
}

/// Whether the book knows a call, and what it knows. Opening it tells more: what is drawn of it
/// stays and changes its words, so that no focus is lost and no recording starts anew.
pub fn use_call(key: &CallKey) -> (Memo<bool>, Signal<Call>) {
    let (store, of) = (use_store(), key.clone());
    let row = Memo::new(move |_| store.call(&of));
    let bare = StoredValue::new(Call::new(key.clone()));
    let call = Signal::derive(move || row.get().unwrap_or_else(|| bare.get_value()));
    (Memo::new(move |_| row.with(Option::is_some)), call)
}

/// Opens a call out of the record that was kept of its file, as soon as the file has been read.
/// One that is not open has to be opened first: nothing of it was kept.
fn open_out_of_file(key: CallKey, opening: RwSignal<Opening>) {
    let store = use_store();
    Effect::new(move |_| {
        let reading = store.is_file_read(&key.connection) == Some(false);
        if !reading {
            let opened = store.open_kept(&key);
            opening.set(Some(opened.ok_or_else(file_closed)));
        }
    });
}

fn file_closed() -> Refusal {
    let mut refusal = Refusal::unreachable("");
    refusal.kind = providers::RefusalKind::NotFound;
    refusal.code = Some(notice::FILE_CLOSED.to_owned());
    refusal.from_proxy = true;
    refusal
}

/// Reads the open call again whenever its connection has been refreshed.
fn keep_true(key: CallKey, opening: RwSignal<Opening>) {
    let store = use_store();
    let connection = key.connection.clone();
    let read_at_ms = Memo::new(move |_| store.read_at_ms(&connection));
    Effect::new(move |before: Option<Option<i64>>| {
        let (now, was_read) = (read_at_ms.get(), before.flatten().is_some());
        let connection = untrack(|| store.connection(&key.connection));
        if let (true, Some(connection)) = (was_read, connection) {
            let key = key.clone();
            leptos::task::spawn_local(async move {
                let again = match store.reopen(&connection, &key).await {
                    Reopened::Call(opened) => Some(Ok(*opened)),
                    Reopened::Gone => Some(Err(not_found())),
                    Reopened::Refused(_) => None,
                };
                if again.is_some() {
                    drop(opening.try_set(again));
                }
            });
        }
        now
    });
}

fn not_found() -> Refusal {
    let mut refusal = Refusal::unreachable("");
    refusal.kind = providers::RefusalKind::NotFound;
    refusal.status = 404;
    refusal
}
