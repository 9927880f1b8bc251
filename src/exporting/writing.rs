//! Writes the file, a slice at a time, so that the page stays alive and can say how far it is.

use std::sync::Arc;

use calls::filter::Group;
use calls::{Call, CallKey, Day, Transcript, Zone};
use export::filename::{self, Calls};
use export::{About, Dialect, Exported as Record, Masking, Sheet, calldeck};
use leptos::prelude::*;
use load::Connection;

use super::transcripts::Talks;
use super::{Choice, Exported, Exporting, Form, Items, Scope, Step, missing};
use crate::browser::download::Pieces;
use crate::browser::{address, clock};
use crate::locale::Locale;
use crate::place::Place;

/// After so many milliseconds the page gets its turn.
const SLICE_MS: i64 = 12;

/// Calls between two looks at the clock.
const STRIDE: usize = 50;

/// Text of about this many bytes is handed to the browser at once.
const PIECE: usize = 1 << 20;

/// What an export needs, as it stood when somebody asked for it.
pub(super) struct Desk {
    pub(super) choice: Choice,
    /// What is missing, in sentences.
    pub(super) missing: Vec<String>,
    pub(super) talks: Option<Talks>,
    connections: Vec<Connection>,
    masking: Option<Masking>,
    zone: Arc<Zone>,
    /// First and last day.
    days: (Day, Day),
    /// The place, and the address of the page before it.
    place: Place,
    base: String,
}

impl Desk {
    /// The call as it goes into the file: with its name, its link, and masked if that was wanted.
    pub(super) fn lay<T>(&self, call: Call, write: impl FnOnce(&Record<'_>) -> T) -> T {
        let id = call.key.connection.clone();
        let named = self.connections.iter().find(|found| found.id == id);
        let connection = named.map_or(&*id, |found| found.name.as_str());
        let link = self.link(&call.key);
        let (call, transcript) = match &self.talks {
            Some(talks) => talks.over(call),
            None => (call, Transcript::NotAsked),
        };
        let (call, transcript) = match &self.masking {
            Some(masking) => (masking.call(&call), masking.transcript(&transcript)),
            None => (call, transcript),
        };
        let transcript = self.talks.is_some().then_some(&transcript);
        write(&Record { call: &call, connection, link: &link, transcript, facts: &[] })
    }

    fn link(&self, key: &CallKey) -> String {
        let zone = self.place.zone.clone();
        let place = Place { call: Some(key.clone()), zone, ..Place::default() };
        format!("{}{}", self.base, place.fragment())
    }

    pub(super) fn about(&self) -> About {
        let connections = self.connections.iter().map(|found| calldeck::Connection {
            id: found.id.to_string(),
            provider: found.adapter.describe().id.to_owned(),
            name: found.name.clone(),
        });
        About {
            exported_ms: clock::now_ms(),
            zone: (*self.zone).clone(),
            filter: self.place.fragment(),
            masked: self.choice.masked,
            connections: connections.collect(),
        }
    }

    /// What the file is called.
    pub(super) fn file_name(&self, extension: &'static str) -> String {
        let (partial, masked) = (!self.missing.is_empty(), self.choice.masked);
        // What was ticked was chosen one by one, whatever the filter leaves out.
        let left_out = match self.choice.scope {
            Scope::Listed => Group::left_out(&self.place.filter),
            Scope::Chosen => Vec::new(),
        };
        let left_out = left_out.as_slice();
        filename::of_calls(Calls { days: self.days, partial, masked, left_out, extension })
    }

    fn offer(self, pieces: &Pieces, calls: usize) -> Step {
        let (extension, mime) = match self.choice.form {
            Form::Csv => ("csv", "text/csv;charset=utf-8"),
            Form::Calldeck | Form::Archive => ("json", "application/json"),
        };
        let name = self.file_name(extension);
        let missing = self.missing;
        match pieces.offer(mime) {
            Some(offer) => Step::Done(Arc::new(Exported { name, offer, calls, missing })),
            None => Step::NoRoom,
        }
    }
}

impl Exporting {
    pub(super) async fn write(self, mut desk: Desk, items: &Items) -> Step {
        let (words, choice) = (self.locale.words, desk.choice);
        let dialect = Dialect::of(words, self.locale.formats);
        let sheet = Sheet { dialect, words, zone: &desk.zone, transcripts: choice.transcripts };
        let (pieces, mut out) = (Pieces::default(), String::new());
        match choice.form {
            Form::Csv => sheet.head(&mut out),
            Form::Calldeck | Form::Archive => calldeck::head(&desk.about(), &mut out),
        }
        let (mut written, mut turn_ms) = (0, clock::now_ms());
        for nth in 0..items.len() {
            if let Some(call) = items.call(nth, self.store) {
                desk.lay(call, |record| match choice.form {
                    Form::Csv => sheet.row(record, &mut out),
                    Form::Calldeck | Form::Archive => {
                        calldeck::call(record, written == 0, &mut out);
                    }
                });
                written += 1;
            }
            if out.len() > PIECE {
                pieces.push(&out);
                out.clear();
            }
            if nth % STRIDE == 0 && clock::now_ms() - turn_ms > SLICE_MS {
                self.step.set(Step::Writing { done: nth, of: items.len() });
                clock::sleep_ms(0).await;
                turn_ms = clock::now_ms();
            }
        }
        desk.missing.extend(gone(items.len() - written, self.locale));
        if choice.form == Form::Calldeck {
            calldeck::tail(&desk.missing, &mut out);
        }
        pieces.push(&out);
        desk.offer(&pieces, written)
    }

    pub(super) fn desk(self, choice: Choice) -> Desk {
        let mut place = self.nav.place_untracked().with_call(None);
        if choice.masked {
            // What was searched for may be what is masked.
            (place.filter.phone, place.filter.text) = (String::new(), String::new());
        }
        let missing = match choice.scope {
            Scope::Listed => untrack(|| missing(self.store, self.selection, self.locale)),
            Scope::Chosen => Vec::new(),
        };
        Desk {
            choice,
            missing,
            talks: None,
            connections: untrack(|| self.store.connections()),
            masking: choice.masked.then(|| Masking::new(self.locale.words)),
            zone: self.selection.zone_untracked(),
            days: place
                .period
                .days(self.selection.today.get_untracked(), &self.selection.zone_untracked()),
            place,
            base: address::without_fragment(),
        }
    }
}

pub(super) fn gone(count: usize, locale: Locale) -> Option<String> {
    let plural = i64::try_from(count).unwrap_or(i64::MAX);
    (count > 0)
        .then(|| locale.words.export_gone(locale.formats.plural(plural), locale.count(count)))
}
