//! What is known of a recording from reading it: its outline, and a file of it that plays exactly.
//! A worker of its own reads it, for as long as the call is open.

use std::rc::Rc;

use leptos::prelude::*;
use sound::Outline;
use sound::message::{Answer, Done, Given, Order, Trouble};

use crate::browser::audio;
use crate::browser::download::Offer;
use crate::browser::worker::{Beside, Said};

/// A recording of more bytes is read only when somebody asks for it: it may cost them money.
const MOST_UNASKED: u64 = 48 * 1024 * 1024;

/// How far reading is.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Standing {
    /// Nothing has come yet.
    #[default]
    Waiting,
    /// So much has been read, 0 to 1.
    Reading(f64),
    /// It is so large that somebody has to ask for it, bytes.
    Large(u64),
    /// It has been read to its end.
    Done(Done),
    /// It cannot be read; `None`: nothing here reads.
    Off(Option<Trouble>),
}

impl Standing {
    /// Whether there is a waveform, or will be.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        !matches!(self, Self::Off(_) | Self::Large(_))
    }
}

/// The reading of one recording. Copies are the same one.
#[derive(Clone, Copy)]
pub struct Listening {
    beside: StoredValue<Option<Beside>, LocalStorage>,
    given: StoredValue<Option<Offer>, LocalStorage>,
    standing: RwSignal<Standing>,
    outline: RwSignal<Outline>,
    secs: RwSignal<Option<f64>>,
}

impl Default for Listening {
    fn default() -> Self {
        Self {
            beside: StoredValue::new_local(None),
            given: StoredValue::new_local(None),
            standing: RwSignal::default(),
            outline: RwSignal::default(),
            secs: RwSignal::default(),
        }
    }
}

impl Listening {
    /// How far it is.
    #[must_use]
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// Whether it is being read, not tracked.
    #[must_use]
    pub fn is_reading(self) -> bool {
        let is = |standing: &Standing| matches!(standing, Standing::Waiting | Standing::Reading(_));
        self.standing.try_with_untracked(is) == Some(true)
    }

    /// The outline so far, tracked.
    #[must_use]
    pub fn with_outline<T>(self, look: impl FnOnce(&Outline) -> T) -> T {
        self.outline.with(look)
    }

    /// How long the recording is, seconds: what its head says, or what was heard.
    #[must_use]
    pub fn secs(self) -> Option<f64> {
        self.secs.get()
    }

    /// Reads the recording at an address. `then` is told when that ended, with the address of the
    /// file that it gave, if there is one.
    pub fn read(
        self,
        url: &str,
        wav: bool,
        unasked: bool,
        then: impl Fn(Option<(Given, String)>) + 'static,
    ) {
        self.stop();
        self.standing.set(Standing::Waiting);
        let most_bytes = if unasked { MOST_UNASKED } else { 0 };
        let (build, url) = (sound::BUILD.to_owned(), audio::absolute(url));
        let order = Order { build, url, most_bytes, wav };
        let then = Rc::new(then);
        let ended = Rc::clone(&then);
        let hear = move |said: Said| match said {
            Said::File(file) => drop(self.given.try_set_value(Some(file))),
            Said::Bytes(bytes) => match Answer::read(&bytes) {
                Some(answer) => self.take(answer, &*then),
                // What is told before it is ready is lost.
                None if self.tell(&order, &bytes) => {}
                None => then(None),
            },
        };
        let failed = move || {
            self.end(Standing::Off(None));
            ended(None);
        };
        let beside = Beside::start(hear, failed);
        if beside.is_none() {
            self.standing.set(Standing::Off(None));
        }
        self.beside.set_value(beside);
    }

    /// Tells the worker what to read, now that it says that it is ready; `false` if it is of
    /// another build.
    fn tell(self, order: &Order, said: &[u8]) -> bool {
        let ready = search::Answer::read(said);
        if ready != Some(search::Answer::Ready { build: search::BUILD.to_owned() }) {
            self.end(Standing::Off(Some(Trouble::OtherBuild)));
            return false;
        }
        let _gone = self.beside.try_with_value(|beside| {
            if let Some(beside) = beside {
                beside.tell(&order.write());
            }
        });
        true
    }

    /// Ends the worker and lets go of what it gave.
    pub fn stop(self) {
        drop(self.beside.try_set_value(None));
        drop(self.given.try_set_value(None));
        drop(self.outline.try_set(Outline::default()));
        let _gone = self.secs.try_set(None);
    }

    fn take(self, answer: Answer, then: &impl Fn(Option<(Given, String)>)) {
        match answer {
            Answer::Large { bytes } => {
                self.end(Standing::Large(bytes));
                then(None);
            }
            Answer::Outline { share, secs, outline } => {
                let _gone = self.secs.try_set(secs);
                drop(self.outline.try_set(outline));
                let _gone = self.standing.try_set(Standing::Reading(share));
            }
            Answer::Failed(trouble) => {
                self.end(Standing::Off(Some(trouble)));
                then(None);
            }
            Answer::Done(done) => {
                let given = done.file;
                let _gone = self.secs.try_set(Some(done.secs));
                self.end(Standing::Done(done));
                let url = self.given.try_with_value(|file| Some(file.as_ref()?.url().to_owned()));
                then(url.flatten().map(|url| (given, url)));
            }
        }
    }

    /// The worker has nothing more to say. It may be its own message that is being heard: it is
    /// ended afterwards.
    fn end(self, standing: Standing) {
        let _gone = self.standing.try_set(standing);
        let ended = self.beside.try_update_value(Option::take).flatten();
        leptos::task::spawn_local(async move { drop(ended) });
    }
}
