//! Search in transcripts, as far as the page goes: the worker, what it is told and what it found,
//! and the reading of transcripts in the background. What is found, and which transcripts are read
//! next, is decided in `search` and `load::fill`.
//!
//! Transcripts are in the worker's memory (where none may run, in the page's), some of them in the
//! page's for an export that wants them, and nowhere else; they go with the tab.

mod filling;
mod kept;
mod numbers;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use calls::filter::Mark;
use calls::{Call, CallKey, OpenedCall, Transcript};
use leptos::prelude::*;
use load::{Coverage, Fill};
use search::{Answer, CallId, Index, Order, Snippet};

use crate::browser::clock;
use crate::browser::worker::{Beside, Said};
use crate::nav::{Nav, use_nav};
use crate::parts;
use crate::store::{Store, use_store};
use kept::Kept;
use numbers::Numbers;

/// How long the worker may take to say that it runs, milliseconds: it is downloaded first.
const PATIENCE_MS: i64 = 30_000;

/// Whether transcripts can be searched.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Standing {
    /// Nobody has asked for it.
    #[default]
    Idle,
    /// The worker is being loaded.
    Starting,
    /// It runs.
    Ready,
    /// It could not be started, or broke.
    Failed,
    /// It is of another build than the page.
    Stale,
}

/// Does what the worker would do. Who never searches in transcripts never downloads it.
type Here = Box<dyn FnMut(Order)>;

/// What the worker was asked last.
#[derive(Clone, Debug, Default)]
struct Asked {
    nth: u32,
    /// The first question about this text: what answers an earlier one is not shown.
    since: u32,
    text: String,
}

/// The search. Cheap to copy: all fields are handles.
#[derive(Clone, Copy)]
pub struct Transcripts {
    store: Store,
    nav: Nav,
    beside: StoredValue<Option<Beside>, LocalStorage>,
    /// What takes orders where no worker may run: it holds the index in the page.
    here: StoredValue<Option<Here>, LocalStorage>,
    standing: RwSignal<Standing>,
    numbers: StoredValue<Numbers>,
    kept: StoredValue<Kept>,
    fill: StoredValue<Fill>,
    /// Calls that were read in the background and are not in the book yet.
    read: StoredValue<Vec<Call>>,
    coverage: RwSignal<Coverage>,
    given_up: RwSignal<Vec<Arc<str>>>,
    stopped: RwSignal<bool>,
    asked: StoredValue<Asked>,
    /// Whether transcripts came or went since the last question.
    changed: StoredValue<bool>,
    snippets: RwSignal<HashMap<CallKey, Snippet>>,
    /// Calls of which a snippet has been asked for.
    shown: StoredValue<HashSet<CallKey>>,
    /// Calls that are on screen: their transcripts are read before all others.
    seen: StoredValue<Vec<CallKey>>,
}

impl Transcripts {
    /// Nothing to search in yet.
    #[must_use]
    pub fn new(store: Store, nav: Nav) -> Self {
        Self {
            store,
            nav,
            beside: StoredValue::new_local(None),
            here: StoredValue::new_local(None),
            standing: RwSignal::default(),
            numbers: StoredValue::default(),
            kept: StoredValue::default(),
            fill: StoredValue::default(),
            read: StoredValue::default(),
            coverage: RwSignal::default(),
            given_up: RwSignal::default(),
            stopped: RwSignal::new(false),
            asked: StoredValue::default(),
            changed: StoredValue::new(false),
            snippets: RwSignal::default(),
            shown: StoredValue::default(),
            seen: StoredValue::default(),
        }
    }

    /// Whether transcripts can be searched, tracked.
    #[must_use]
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// How much there is to search in, tracked.
    #[must_use]
    pub fn coverage(self) -> Coverage {
        self.coverage.get()
    }

    /// Connections that refuse, tracked.
    #[must_use]
    pub fn given_up(self) -> Vec<Arc<str>> {
        self.given_up.get()
    }

    /// Whether somebody stopped the reading, tracked.
    #[must_use]
    pub fn is_stopped(self) -> bool {
        self.stopped.get()
    }

    /// Stops the reading, or goes on with it.
    pub fn stop(self, stop: bool) {
        if !stop {
            self.fill.update_value(Fill::go_on);
        }
        self.stopped.set(stop);
    }

    /// Follows what is to be shown of calls, whichever.
    pub fn follow_snippets(self) {
        self.snippets.track();
    }

    /// What to show of a call, tracked. Where that is not known yet, it is asked for.
    #[must_use]
    pub fn snippet(self, key: &CallKey) -> Option<Snippet> {
        self.snippets.with(|snippets| snippets.get(key).cloned())
    }

    /// Follows the place: starts the worker when transcripts are to be searched, and asks it
    /// whenever the text changes. To be called once, at the outer edge.
    pub fn follow(self) {
        let wanted = self.nav.part(|place| place.in_transcripts);
        let owner = Owner::current().unwrap_or_default();
        Effect::new(move |_| {
            if wanted.get() && self.standing.get_untracked() == Standing::Idle {
                self.standing.set(Standing::Starting);
                let owner = owner.clone();
                leptos::task::spawn_local(async move {
                    if parts::search(self, owner).await.is_err() {
                        let _gone = self.standing.try_set(Standing::Failed);
                    }
                });
            }
        });
    }

    /// Starts the worker, and asks it from now on.
    pub(crate) fn begin(self) {
        let wanted = self.nav.part(|place| place.in_transcripts);
        let text = self.nav.part(|place| place.filter.text.trim().to_owned());
        self.start();
        Effect::new(move |_| {
            let text = if wanted.get() { text.get() } else { String::new() };
            if self.standing.get() == Standing::Ready {
                self.ask(text);
            } else {
                self.store.set_hits(None);
            }
        });
    }

    /// Takes in what somebody opened: it is as good as what is read in the background.
    pub fn know(self, opened: &OpenedCall) {
        if self.standing.get_untracked() == Standing::Ready {
            self.put([(&opened.call.key, &opened.transcript)]);
        }
    }

    fn start(self) {
        let hear = move |said: Said| match said {
            Said::Bytes(bytes) => match Answer::read(&bytes) {
                Some(answer) => self.hear(answer),
                None => self.fail(Standing::Stale),
            },
            Said::File(_) => self.fail(Standing::Stale),
        };
        let beside = Beside::start(hear, move || self.fail(Standing::Failed));
        if beside.is_none() {
            return self.fail(Standing::Failed);
        }
        self.beside.set_value(beside);
        leptos::task::spawn_local(async move {
            clock::sleep_ms(PATIENCE_MS).await;
            if self.standing.try_get_untracked() == Some(Standing::Starting) {
                self.fail(Standing::Failed);
            }
        });
    }

    fn fail(self, standing: Standing) {
        if self.standing.try_get_untracked() == Some(Standing::Starting) {
            self.do_without();
        } else {
            let _gone = self.standing.try_set(standing);
            self.store.set_hits(None);
        }
        // It may be the worker's own message that is being heard: it is ended afterwards.
        leptos::task::spawn_local(async move {
            drop(self.beside.try_set_value(None));
        });
    }

    /// Where no worker runs, the page searches by itself. It holds up what somebody types a little,
    /// and finds the same.
    fn do_without(self) {
        let mut index = Index::default();
        self.here.set_value(Some(Box::new(move |order| {
            if let Some(answer) = index.follow(order) {
                leptos::task::spawn_local(async move { self.hear(answer) });
            }
        })));
        self.hear(Answer::Ready { build: search::BUILD.to_owned() });
    }

    fn hear(self, answer: Answer) {
        match answer {
            Answer::Ready { build } if build == search::BUILD => {
                self.standing.set(Standing::Ready);
                filling::run(self);
            }
            Answer::Ready { .. } => self.fail(Standing::Stale),
            Answer::Found { nth, calls } => self.found(nth, &calls),
            Answer::Shown { nth, snippets } => self.show(nth, snippets),
        }
    }

    fn tell(self, order: Order) {
        if self.here.with_value(Option::is_some) {
            return self.here.update_value(|here| {
                if let Some(follow) = here {
                    follow(order);
                }
            });
        }
        self.beside.with_value(|beside| {
            if let Some(beside) = beside {
                beside.tell(&order.write());
            }
        });
    }

    /// Asks for a text. Until the answer is there, what was found for the letters before stays on
    /// screen.
    fn ask(self, text: String) {
        let mut asked = self.asked.get_value();
        asked.nth = asked.nth.wrapping_add(1);
        if asked.text != text {
            (asked.since, asked.text) = (asked.nth, text.clone());
            self.shown.update_value(HashSet::clear);
            self.snippets.update(HashMap::clear);
        }
        let nth = asked.nth;
        self.asked.set_value(asked);
        self.changed.set_value(false);
        if text.is_empty() {
            return self.store.set_hits(None);
        }
        self.tell(Order::Find { nth, text });
    }

    /// Asks again about the same text, since there is more or less to search in.
    fn ask_again(self) {
        if self.changed.get_value() {
            self.ask(self.asked.with_value(|asked| asked.text.clone()));
        }
    }

    fn is_asked(self, nth: u32) -> bool {
        self.asked.with_value(|asked| nth >= asked.since && !asked.text.is_empty())
    }

    fn found(self, nth: u32, calls: &[CallId]) {
        if self.is_asked(nth) {
            self.store.set_hits(Some(self.numbers.with_value(|numbers| numbers.keys(calls))));
        }
    }

    fn show(self, nth: u32, snippets: Vec<(CallId, Snippet)>) {
        if !self.is_asked(nth) || snippets.is_empty() {
            return;
        }
        self.snippets.update(|known| {
            self.numbers.with_value(|numbers| {
                let keys = snippets.into_iter().filter_map(|(id, s)| Some((numbers.key(id)?, s)));
                known.extend(keys);
            });
        });
    }

    /// Says which calls are on screen.
    pub fn see(self, keys: &[CallKey]) {
        self.seen.update_value(|seen| {
            if seen != keys {
                *seen = keys.to_vec();
            }
        });
    }

    /// Asks what to show of these calls, as far as that has not been asked yet.
    pub fn look_at(self, keys: impl IntoIterator<Item = CallKey>) {
        let new: Vec<CallKey> = self
            .shown
            .try_update_value(|shown| {
                keys.into_iter().filter(|key| shown.insert(key.clone())).collect()
            })
            .unwrap_or_default();
        let calls: Vec<CallId> = self
            .numbers
            .with_value(|numbers| new.iter().filter_map(|key| numbers.number(key)).collect());
        let Asked { nth, text, .. } = self.asked.get_value();
        if !calls.is_empty() && !text.is_empty() {
            self.tell(Order::Show { nth, text, calls });
        }
    }

    /// A transcript that has been read before, as it was sent, as far as it is still at hand.
    #[must_use]
    pub fn recall(self, key: &CallKey) -> Option<Transcript> {
        self.kept.with_value(|kept| kept.find(key))
    }

    /// Hands transcripts to the worker.
    fn put<'a>(self, transcripts: impl IntoIterator<Item = (&'a CallKey, &'a Transcript)>) {
        let now_ms = clock::now_ms();
        let mut put = Vec::new();
        for (key, transcript) in transcripts {
            self.fill.update_value(|fill| fill.know(key, transcript, now_ms));
            let said = search::said(transcript);
            if said.is_empty() {
                continue;
            }
            self.kept.update_value(|kept| kept.take(key, transcript));
            let number = self.numbers.try_update_value(|numbers| numbers.take(key));
            put.extend(number.map(|number| (number, said)));
        }
        if !put.is_empty() {
            self.tell(Order::Put(put));
            self.changed.set_value(true);
        }
    }

    /// Makes the worker forget the transcripts of calls that are gone or purged.
    fn forget_purged(self) {
        let gone = self.store.look(|book| {
            let entry = |key: &CallKey| book.entry(book.row_of(key)?);
            let is_gone = |key: &CallKey| entry(key).is_none_or(|call| call.has(Mark::Purged));
            self.numbers.try_update_value(|numbers| numbers.remove(is_gone))
        });
        let gone = gone.unwrap_or_default();
        if gone.is_empty() {
            return;
        }
        self.tell(Order::Remove(gone.iter().map(|(number, _)| *number).collect()));
        self.changed.set_value(true);
        self.kept.update_value(|kept| gone.iter().for_each(|(_, key)| kept.forget(key)));
        self.snippets.update(|snippets| {
            gone.iter().for_each(|(_, key)| drop(snippets.remove(key)));
        });
    }
}

/// Provides the search to everything below.
pub fn provide_transcripts(transcripts: Transcripts) {
    provide_context(transcripts);
}

/// The search; where nobody provided one, one that nobody asked for.
#[must_use]
pub fn use_transcripts() -> Transcripts {
    use_context::<Transcripts>().unwrap_or_else(|| Transcripts::new(use_store(), use_nav()))
}
