//! "Save before it is gone": recordings, transcripts and data of calls in one archive, written
//! piece by piece into the browser's memory. What a provider lets go of soonest comes first.

use std::sync::Arc;

use calls::{Call, Recording, Transcript, Zone};
use export::zip::{Checked, Zip};
use export::{Captions, Exported as Record, calldeck, folder, plain};
use kernels::order;
use leptos::prelude::*;
use load::opened::is_file;

use super::recordings::is_lost;
use super::writing::{Desk, gone};
use super::{Exported, Exporting, Items, Step};
use crate::browser::clock;
use crate::browser::download::Pieces;
use crate::components::call_text::{customer, recording_text};
use crate::notice;

/// Most sentences about single calls that are told on screen; the archive names them all.
const MOST_TOLD: usize = 20;

/// An archive that is being put together.
struct Archive {
    zip: Zip,
    pieces: Pieces,
    /// What could not be saved, in sentences.
    lost: Vec<String>,
    bytes: u64,
}

impl Archive {
    fn add(&mut self, name: &str, checked: Checked, content: &Pieces) {
        self.bytes += checked.size();
        self.pieces.push_bytes(&self.zip.head(name, checked));
        self.pieces.append(content);
    }

    fn add_text(&mut self, name: &str, text: &str) {
        let (mut checked, content) = (Checked::default(), Pieces::default());
        checked.take(text.as_bytes());
        content.push(text);
        self.add(name, checked, &content);
    }
}

impl Exporting {
    /// Recordings first, the most urgent before others; then transcripts, then the data of all.
    pub(super) async fn archive(self, mut desk: Desk, items: &Items) -> Step {
        let zone = self.selection.zone_untracked();
        let mut archive = Archive {
            zip: begun(&zone, clock::now_ms()),
            pieces: Pieces::default(),
            lost: Vec::new(),
            bytes: 0,
        };
        let mut calls: Vec<Call> =
            (0..items.len()).filter_map(|nth| items.call(nth, self.store)).collect();
        let of = items.len();
        order::sort_by_key(&mut calls, |call| call.recording.urgency());
        for (done, call) in calls.iter().enumerate() {
            let said = |bytes| self.step.set(Step::Saving { done, of, bytes });
            said(archive.bytes);
            self.save_recordings(call, &zone, &mut archive, said).await;
        }
        let talks = self.load_transcripts(items).await;
        desk.missing.extend(talks.missing(self.store, self.locale));
        desk.talks = Some(talks);
        desk.missing.extend(gone(of - calls.len(), self.locale));
        self.write_texts(&desk, &calls, &zone, &mut archive).await;
        self.close(desk, archive, calls.len())
    }

    async fn save_recordings(
        self,
        call: &Call,
        zone: &Zone,
        archive: &mut Archive,
        said: impl Fn(u64),
    ) {
        let now_ms = clock::now_ms();
        if call.answered() == Some(false) || call.recording == Recording::Absent {
            return;
        }
        if !call.recording.playable(now_ms) {
            let why = recording_text(call.recording, now_ms, self.locale);
            return archive.lost.push(self.lost_text(call, zone, why));
        }
        let connection = untrack(|| self.store.connection(&call.key.connection));
        let Some(connection) = connection.filter(|found| !is_file(&found.id)) else {
            let why = self.locale.words.recording_in_file();
            return archive.lost.push(self.lost_text(call, zone, why));
        };
        for track in connection.adapter.tracks() {
            let before = archive.bytes;
            match self.recording(call, *track, |bytes| said(before + bytes)).await {
                Ok((content, checked, ending)) => {
                    let folder = folder::of_call(call, zone);
                    let name = format!("{folder}/{}", folder::recording(track.code(), ending));
                    archive.add(&name, checked, &content);
                }
                Err(why) => {
                    if is_lost(call.recording, &why) {
                        let why = notice::of_silence(Some(&why), self.locale.words);
                        archive.lost.push(self.lost_text(call, zone, why));
                    }
                    break;
                }
            }
        }
    }

    /// A folder a call with its transcript in every form, and one file with the data of all that
    /// Calldeck opens again.
    async fn write_texts(self, desk: &Desk, calls: &[Call], zone: &Zone, archive: &mut Archive) {
        let (words, formats) = (self.locale.words, self.locale.formats);
        let mut data = String::new();
        calldeck::head(&desk.about(), &mut data);
        for (nth, call) in calls.iter().enumerate() {
            desk.lay(call.clone(), |record: &Record<'_>| {
                calldeck::call(record, nth == 0, &mut data);
                let folder = folder::of_call(record.call, zone);
                let there = record.transcript.and_then(Transcript::is_there) == Some(true);
                if there {
                    let text = plain::transcript(record, zone, words, formats);
                    archive.add_text(&format!("{folder}/{}", folder::TRANSCRIPT), &text);
                }
                let captions = |form: Captions| {
                    form.of(record.transcript?, record.call.duration_ms, words).ok()
                };
                if let Some(text) = captions(Captions::WebVtt) {
                    archive.add_text(&format!("{folder}/{}", folder::CAPTIONS), &text);
                }
            });
            if nth % 20 == 0 {
                self.step.set(Step::Writing { done: nth, of: calls.len() });
                clock::sleep_ms(0).await;
            }
        }
        let lacks: Vec<String> = desk.missing.iter().chain(&archive.lost).cloned().collect();
        calldeck::tail(&lacks, &mut data);
        archive.add_text(folder::CALLS, &data);
    }

    fn close(self, mut desk: Desk, mut archive: Archive, written: usize) -> Step {
        let words = self.locale.words;
        let lost = std::mem::take(&mut archive.lost);
        if !lost.is_empty() || !desk.missing.is_empty() {
            let all: Vec<&str> = desk.missing.iter().chain(&lost).map(String::as_str).collect();
            archive.add_text("not-saved.txt", &format!("{}\n", all.join("\n")));
        }
        let more = lost.len().saturating_sub(MOST_TOLD);
        desk.missing.extend(lost.into_iter().take(MOST_TOLD));
        if more > 0 {
            desk.missing.push(words.archive_more_lost(self.locale.count(more)));
        }
        archive.pieces.push_bytes(&archive.zip.tail());
        let name = desk.file_name("zip").replacen("calldeck-calls", "calldeck-archive", 1);
        match archive.pieces.offer("application/zip") {
            Some(offer) => {
                let missing = desk.missing;
                Step::Done(Arc::new(Exported { name, offer, calls: written, missing }))
            }
            None => Step::NoRoom,
        }
    }

    /// "Hans Meier, 2026-11-20 10:05: the recording has expired."
    fn lost_text(self, call: &Call, zone: &Zone, why: String) -> String {
        let who = customer(call, self.locale);
        let id = call.key.reference.call_id();
        let when = call.started_ms.map_or_else(
            || self.locale.words.unknown_time(),
            |at| {
                let wall = zone.wall(at);
                format!("{} {}", wall.day.iso(), self.locale.formats.time(wall))
            },
        );
        self.locale.words.archive_lost(who, when, id, why)
    }
}

fn begun(zone: &Zone, now_ms: i64) -> Zip {
    let wall = zone.wall(now_ms);
    Zip::new(wall.day.date(), (wall.hour, wall.minute, wall.second))
}
