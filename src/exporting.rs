//! An export: what somebody chose, how far it is, and what came of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use calls::book::{Book, Row};
use calls::{Call, CallKey};
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::download::Offer;
use crate::locale::Locale;
use crate::nav::Nav;
use crate::selection::Selection;
use crate::store::Store;
use crate::transcripts::Transcripts;

mod archive;
mod missing;
mod recordings;
mod transcripts;
mod writing;

pub use missing::missing;
use writing::Desk;

/// Which calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Scope {
    /// Everything that the filter matches.
    #[default]
    Listed,
    /// The calls that were ticked.
    Chosen,
}

/// What kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Form {
    /// A table.
    #[default]
    Csv,
    /// What Calldeck opens again.
    Calldeck,
    /// An archive of recordings, transcripts and data: "save before it is gone".
    Archive,
}

/// What somebody chose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Choice {
    /// Which calls.
    pub scope: Scope,
    /// What kind of file.
    pub form: Form,
    /// With the transcripts.
    pub transcripts: bool,
    /// Without numbers, addresses and card numbers.
    pub masked: bool,
}

/// How far an export is.
#[derive(Clone, Debug, Default)]
pub enum Step {
    /// Somebody is choosing.
    #[default]
    Choosing,
    /// Transcripts are being loaded.
    Loading {
        /// Calls whose transcript is there, or turned out not to be.
        done: usize,
        /// Of so many.
        of: usize,
        /// Milliseconds that are left, as far as that is known.
        left_ms: Option<i64>,
    },
    /// Recordings are being saved into an archive.
    Saving {
        /// Calls whose recordings are in it, or cannot be.
        done: usize,
        /// Of so many.
        of: usize,
        /// Bytes that are in it.
        bytes: u64,
    },
    /// The file is being written.
    Writing {
        /// Calls that are in it.
        done: usize,
        /// Of so many.
        of: usize,
    },
    /// It is there.
    Done(Arc<Exported>),
    /// The browser has no room for it.
    NoRoom,
}

/// A file that is there.
#[derive(Debug)]
pub struct Exported {
    /// Its name.
    pub name: String,
    /// The file.
    pub offer: Offer,
    /// How many calls are in it.
    pub calls: usize,
    /// What is missing, in sentences.
    pub missing: Vec<String>,
}

/// The calls that are exported, as they stood when it began: what comes later is another export.
enum Items {
    Rows(Arc<Vec<Row>>),
    Keys(Vec<CallKey>),
}

impl Items {
    fn len(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Keys(keys) => keys.len(),
        }
    }

    /// A call as it is known now; one that is gone at its provider is in no export.
    fn call(&self, nth: usize, store: Store) -> Option<Call> {
        untrack(|| match self {
            Self::Rows(rows) => {
                let row = *rows.get(nth)?;
                store.with_book(|book| book.call(row))
            }
            Self::Keys(keys) => store.call(keys.get(nth)?),
        })
    }
}

/// The page's export, which goes on while somebody looks at something else. Cheap to copy: all
/// fields are handles.
#[derive(Clone, Copy)]
pub struct Exporting {
    store: Store,
    selection: Selection,
    nav: Nav,
    locale: Locale,
    read: Transcripts,
    step: RwSignal<Step>,
    running: StoredValue<Option<AbortHandle>>,
}

impl Exporting {
    /// Nothing is being exported. `read` are the transcripts that have been read before.
    #[must_use]
    pub fn new(
        store: Store,
        selection: Selection,
        nav: Nav,
        locale: Locale,
        read: Transcripts,
    ) -> Self {
        let (step, running) = (RwSignal::default(), StoredValue::new(None));
        Self { store, selection, nav, locale, read, step, running }
    }

    /// How far it is.
    #[must_use]
    pub fn step(self) -> RwSignal<Step> {
        self.step
    }

    /// Whether something is being loaded or written, not tracked.
    #[must_use]
    pub fn is_under_way(self) -> bool {
        let is = |step: &Step| {
            matches!(step, Step::Loading { .. } | Step::Saving { .. } | Step::Writing { .. })
        };
        self.step.with_untracked(is)
    }

    /// Begins. `chosen` are the ticked calls.
    pub fn begin(self, mut choice: Choice, chosen: Vec<CallKey>) {
        self.stop();
        // A voice cannot be masked: an archive says nothing else than what is heard in it.
        choice.masked &= choice.form != Form::Archive;
        let items = self.items(choice.scope, chosen);
        self.step.set(Step::Writing { done: 0, of: items.len() });
        let desk = self.desk(choice);
        let (run, handle) = abortable(self.run(desk, items));
        self.running.set_value(Some(handle));
        spawn_local(async move {
            if let Ok(step) = run.await {
                if let Step::Done(exported) = &step {
                    exported.offer.save(&exported.name);
                }
                drop(self.step.try_set(step));
            }
        });
    }

    /// Cancels what is under way, and lets go of a file that is there.
    pub fn stop(self) {
        let running = self.running.try_update_value(Option::take).flatten();
        if let Some(running) = running {
            running.abort();
        }
        drop(self.step.try_set(Step::Choosing));
    }

    async fn run(self, mut desk: Desk, items: Items) -> Step {
        if desk.choice.form == Form::Archive {
            return self.archive(desk, &items).await;
        }
        if desk.choice.transcripts {
            let talks = self.load_transcripts(&items).await;
            desk.missing.extend(talks.missing(self.store, self.locale));
            desk.talks = Some(talks);
        }
        self.write(desk, &items).await
    }

    fn items(self, scope: Scope, chosen: Vec<CallKey>) -> Items {
        match scope {
            Scope::Listed => Items::Rows(self.selection.rows.get_untracked()),
            Scope::Chosen => Items::Keys(self.in_order(chosen)),
        }
    }

    /// Ticked calls in the order of the list; those that the filter hides stand behind them.
    fn in_order(self, chosen: Vec<CallKey>) -> Vec<CallKey> {
        let mut left: BTreeMap<Row, CallKey> = untrack(|| {
            let known = |book: &Book| {
                let rows = chosen.into_iter().map(|key| (book.row_of(&key), key));
                rows.filter_map(|(row, key)| Some((row?, key))).collect()
            };
            self.store.with_book(known)
        });
        let rows = self.selection.rows.get_untracked();
        let mut keys: Vec<CallKey> = rows.iter().filter_map(|row| left.remove(row)).collect();
        keys.extend(left.into_values());
        keys
    }
}

/// Provides the export to everything below.
pub fn provide_exporting(exporting: Exporting) {
    provide_context(exporting);
}

/// The export.
///
/// # Panics
/// Never in the app: `App` provides it before any page is drawn.
#[must_use]
pub fn use_exporting() -> Exporting {
    expect_context::<Exporting>()
}
