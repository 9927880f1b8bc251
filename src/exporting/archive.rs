//! "Save before it is gone": recordings, transcripts and data of calls in one archive, written
//! piece by piece into the browser's memory. What a provider lets go of soonest comes first.

use std::sync::Arc;

use calls::{Call, Recording, Transcript, Zone};
use export::zip::{Checked, Zip};
use export::{Captions, Exported as Record, calldeck, plain};
use leptos::prelude::*;
use providers::{Refusal, Track};

use super::writing::{Desk, gone};
use super::{Exported, Exporting, Items, Step};
use crate::browser::clock;
use crate::browser::download::Pieces;
use crate::components::call_text::customer;
use crate::notice;

/// So much of a recording is asked for at once, in bytes.
const PART: u64 = 4 << 20;

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
    /// Puts a file in; whether there was room.
    fn add(&mut self, name: &str, checked: Checked, content: &Pieces) -> bool {
        let size = checked.size();
        let Some(head) = self.zip.head(name, checked) else { return false };
        self.pieces.push_bytes(&head);
        self.pieces.append(content);
        self.bytes += size;
        true
    }

    fn add_text(&mut self, name: &str, text: &str) -> bool {
        let (mut checked, content) = (Checked::default(), Pieces::default());
        checked.take(text.as_bytes());
        content.push(text);
        self.add(name, checked, &content)
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
        calls.sort_by_key(|call| urgency(call.recording));
        for (done, call) in calls.iter().enumerate() {
            self.step.set(Step::Saving { done, of, bytes: archive.bytes });
            self.save_recordings(call, &zone, &mut archive).await;
        }
        let talks = self.load_transcripts(items).await;
        desk.missing.extend(talks.missing(self.store, self.locale));
        desk.talks = Some(talks);
        let written = self.write_texts(&desk, &calls, &zone, &mut archive).await;
        desk.missing.extend(gone(of - calls.len(), self.locale));
        self.close(desk, archive, written)
    }

    async fn save_recordings(self, call: &Call, zone: &Zone, archive: &mut Archive) {
        let adapter = untrack(|| self.store.connection(&call.key.connection)).map(|it| it.adapter);
        let Some(adapter) = adapter.filter(|_| may_have_recording(call, clock::now_ms())) else {
            return;
        };
        for track in adapter.tracks() {
            let said = match self.recording(call, *track).await {
                Ok((content, checked, ending)) => {
                    let folder = folder(call, zone);
                    let name = format!("{folder}/recording-{}.{ending}", track.code());
                    let fits = archive.add(&name, checked, &content);
                    (!fits).then(|| self.locale.words.archive_full())
                }
                // Opening it would have told that there is none: nothing is lost.
                Err(_) if call.recording == Recording::Unknown => None,
                Err(why) => Some(notice::of_silence(Some(&why), self.locale.words)),
            };
            if let Some(why) = said {
                archive.lost.push(self.lost_text(call, zone, why));
                break;
            }
        }
    }

    /// A recording, part by part, with the ending of its file.
    async fn recording(
        self,
        call: &Call,
        track: Track,
    ) -> Result<(Pieces, Checked, &'static str), Refusal> {
        let wire = self.store.wire().refreshing();
        let url = wire.media_url(&call.key, track);
        let (content, mut checked) = (Pieces::default(), Checked::default());
        let mut ending = "mp3";
        loop {
            let from = checked.size();
            let part = wire.get_part(&url, from, PART).await?;
            if from == 0 {
                ending = ending_of(&part.kind);
            }
            checked.take(&part.bytes);
            content.push_bytes(&part.bytes);
            let whole = part.total.map_or(part.bytes.is_empty(), |total| checked.size() >= total);
            if whole || part.bytes.is_empty() {
                return Ok((content, checked, ending));
            }
        }
    }

    /// A folder a call with its transcript in every form, and one file with the data of all that
    /// Calldeck opens again. Says how many calls that are.
    async fn write_texts(
        self,
        desk: &Desk,
        calls: &[Call],
        zone: &Zone,
        archive: &mut Archive,
    ) -> usize {
        let (words, formats) = (self.locale.words, self.locale.formats);
        let mut data = String::new();
        calldeck::head(&desk.about(), &mut data);
        for (nth, call) in calls.iter().enumerate() {
            desk.lay(call.clone(), |record: &Record<'_>| {
                calldeck::call(record, nth == 0, &mut data);
                let folder = folder(record.call, zone);
                let there = record.transcript.and_then(Transcript::is_there) == Some(true);
                if there {
                    let text = plain::transcript(record, zone, words, formats);
                    archive.add_text(&format!("{folder}/transcript.txt"), &text);
                }
                let captions = |form: Captions| {
                    form.of(record.transcript?, record.call.duration_ms, words).ok()
                };
                if let Some(text) = captions(Captions::WebVtt) {
                    archive.add_text(&format!("{folder}/transcript.vtt"), &text);
                }
            });
            if nth % 20 == 0 {
                self.step.set(Step::Writing { done: nth, of: calls.len() });
                clock::sleep_ms(0).await;
            }
        }
        calldeck::tail(&archive.lost, &mut data);
        if !archive.add_text("calls.json", &data) {
            archive.lost.push(words.archive_full());
        }
        calls.len()
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

/// What goes first is first; what is never let go of, last.
fn urgency(recording: Recording) -> i64 {
    match recording {
        Recording::Available { until_ms: Some(until_ms) } => until_ms,
        _ => i64::MAX,
    }
}

fn may_have_recording(call: &Call, now_ms: i64) -> bool {
    let spoken = call.answered() != Some(false);
    spoken && call.recording.playable(now_ms) && call.recording != Recording::NotReady
}

/// `2026-11-20_call_01hx`: an id is plain letters, digits, `_`, `.` and `-`.
fn folder(call: &Call, zone: &Zone) -> String {
    let day = call.started_ms.map(|at| zone.day_of(at).iso()).unwrap_or_default();
    let key = &call.key;
    format!("{day}_{}_{}", key.connection, key.reference.call_id())
}

fn begun(zone: &Zone, now_ms: i64) -> Zip {
    let wall = zone.wall(now_ms);
    Zip::new(wall.day.date(), (wall.hour, wall.minute, wall.second))
}

fn ending_of(kind: &str) -> &'static str {
    match kind.split(';').next().unwrap_or_default().trim() {
        "audio/wav" | "audio/x-wav" | "audio/wave" | "audio/vnd.wave" => "wav",
        "audio/ogg" | "application/ogg" => "ogg",
        "audio/mp4" | "audio/x-m4a" | "audio/aac" => "m4a",
        "audio/webm" => "webm",
        "audio/flac" => "flac",
        _ => "mp3",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_let_go_of_soonest_is_saved_first() {
        let mut all = [
            Recording::Available { until_ms: None },
            Recording::Available { until_ms: Some(900) },
            Recording::Unknown,
            Recording::Available { until_ms: Some(30) },
        ];
        all.sort_by_key(|recording| urgency(*recording));
        assert_eq!(all[0], Recording::Available { until_ms: Some(30) });
        assert_eq!(all[1], Recording::Available { until_ms: Some(900) });
    }

    #[test]
    fn a_file_has_the_ending_of_what_it_is() {
        assert_eq!(ending_of("audio/wav"), "wav");
        assert_eq!(ending_of("audio/mpeg; charset=x"), "mp3");
    }
}
