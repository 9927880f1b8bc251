//! A recording for an archive: fetched part by part, with patience for who says that it is too much
//! just now.

use calls::{Call, Recording};
use export::folder;
use export::zip::Checked;
use providers::{Refusal, RefusalKind, Track};

use super::Exporting;
use crate::browser::clock;
use crate::browser::download::Pieces;
use crate::browser::wire::{Part, Wire};

/// So much of a recording is asked for at once, in bytes.
const PART: u64 = 4 << 20;

/// How often a part is asked for that could not be had just now, and how long it is waited for if
/// nobody says until when, milliseconds.
const TRIES: i64 = 4;
const PAUSE_MS: i64 = 2_000;

/// Longer than this nobody is waited for, milliseconds.
const LONGEST_PAUSE_MS: i64 = 5 * 60_000;

impl Exporting {
    /// A recording, part by part, with the ending of its file.
    pub(super) async fn recording(
        self,
        call: &Call,
        track: Track,
        said: impl Fn(u64),
    ) -> Result<(Pieces, Checked, &'static str), Refusal> {
        let wire = self.store.wire().refreshing();
        let url = wire.media_url(&call.key, track);
        let (content, mut checked) = (Pieces::default(), Checked::default());
        let mut ending = "mp3";
        loop {
            let from = checked.size();
            let part = part(&wire, &url, from).await?;
            if from == 0 {
                ending = folder::ending(&part.kind);
            }
            checked.take(&part.bytes);
            content.push_bytes(&part.bytes);
            said(checked.size());
            let whole = part.total.map_or(part.bytes.is_empty(), |total| checked.size() >= total);
            if whole || part.bytes.is_empty() {
                return Ok((content, checked, ending));
            }
        }
    }
}

/// Whether something is lost by a refusal: not where it says that there is no recording, and nobody
/// had said that there is one.
pub(super) fn is_lost(known: Recording, why: &Refusal) -> bool {
    let says_none = why.from_proxy && why.code.as_deref() == Some("recording_absent");
    !(says_none && known == Recording::Unknown)
}

/// The part of a recording from a byte on. Who says that it is too much just now is waited for.
async fn part(wire: &Wire, url: &str, from: u64) -> Result<Part, Refusal> {
    let mut tries = 1;
    loop {
        let why = match wire.get_part(url, from, PART).await {
            Err(why) if tries < TRIES => why,
            other => return other,
        };
        let Some(pause_ms) = pause_ms(&why, tries, clock::now_ms()) else { return Err(why) };
        clock::sleep_ms(pause_ms).await;
        tries += 1;
    }
}

/// How long to wait until what was refused may be given, milliseconds; `None` if that will not
/// change.
fn pause_ms(why: &Refusal, tries: i64, now_ms: i64) -> Option<i64> {
    let code = why.code.as_deref().unwrap_or_default();
    let is_about_it = code.starts_with("recording_") || code == "bad_content_type";
    let passes = why.kind == RefusalKind::RateLimited || (why.is_temporary() && !is_about_it);
    let told_ms = why.retry_ms.map(|at| (at - now_ms).max(0));
    let pause_ms = told_ms.unwrap_or(PAUSE_MS * tries);
    (passes && pause_ms <= LONGEST_PAUSE_MS).then_some(pause_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: &str) -> Refusal {
        let body = format!(r#"{{"error":{{"code":"{code}","message":"m"}}}}"#);
        let mut answer = providers::Answer::of(status, body);
        answer.headers.push(("calldeck-from".to_owned(), "proxy".to_owned()));
        Refusal::of(&answer, 0)
    }

    #[test]
    fn only_there_is_none_loses_nothing_and_only_where_nobody_knew_of_one() {
        let there = Recording::Available { until_ms: None };
        for (status, code) in [
            (502, "recording_refused"),
            (502, "recording_blocked"),
            (410, "recording_expired"),
            (410, "recording_purged"),
            (404, "recording_not_ready"),
            (502, "bad_content_type"),
            (502, "provider_unreachable"),
            (429, "budget_spent"),
        ] {
            assert!(is_lost(Recording::Unknown, &refused(status, code)), "{code}");
        }
        assert!(is_lost(Recording::Unknown, &Refusal::unreachable("network")));
        assert!(!is_lost(Recording::Unknown, &refused(404, "recording_absent")));
        assert!(is_lost(there, &refused(404, "recording_absent")));
    }

    #[test]
    fn what_may_pass_is_waited_for_and_what_is_said_of_the_recording_itself_is_not() {
        let pause = |status, code| pause_ms(&refused(status, code), 2, 0);
        assert_eq!(pause(502, "recording_blocked"), None);
        assert_eq!(pause(502, "recording_refused"), None);
        assert_eq!(pause(410, "recording_expired"), None);
        assert_eq!(pause(429, "recording_refused"), Some(2 * PAUSE_MS));
        assert_eq!(pause(502, "provider_broke_off"), Some(2 * PAUSE_MS));
        assert_eq!(pause_ms(&Refusal::unreachable("x"), 1, 0), Some(PAUSE_MS));
        let mut busy = refused(429, "budget_spent");
        busy.retry_ms = Some(9_000);
        assert_eq!(pause_ms(&busy, 1, 2_000), Some(7_000));
        busy.retry_ms = Some(3_600_000);
        assert_eq!(pause_ms(&busy, 1, 0), None, "nobody sits there for an hour");
    }
}
