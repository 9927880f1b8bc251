//! What a run has to fetch of a call, by what its list says now and what is saved.

use calls::{Call, Recording};
use providers::Track;

use super::saved::{Entry, Sound, Talk, is_running, told};

/// As long as this after a call a recording of which lists say nothing is asked for again, in
/// milliseconds.
const YOUNG_MS: i64 = 24 * 3_600_000;

/// What has to be fetched.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Due {
    /// Its data and its transcript.
    pub(super) data: bool,
    /// Its recordings.
    pub(super) tracks: Vec<Track>,
}

/// What is due of a call. `print` is that of what its list says.
pub(super) fn of(entry: &Entry, call: &Call, print: &str, tracks: &[Track], now_ms: i64) -> Due {
    let saved = &entry.saved;
    let again = matches!(saved.talk, Talk::BeingWritten | Talk::Failed { .. });
    let data = saved.print != print || again;
    let wanted = |track: &&Track| is_due(entry, call, **track, now_ms);
    let can_be = call.may_have_recording(now_ms) && !is_running(call);
    let tracks = tracks.iter().filter(|_| can_be).filter(wanted).copied().collect();
    Due { data, tracks }
}

fn is_due(entry: &Entry, call: &Call, track: Track, now_ms: i64) -> bool {
    let saved = &entry.saved;
    let is_news = saved.told != told(call.recording);
    let age_ms = call.started_ms.map(|at_ms| now_ms.saturating_sub(at_ms));
    let is_young = age_ms.is_some_and(|age_ms| age_ms < YOUNG_MS);
    match saved.recordings.get(track.code()) {
        None | Some(Sound::Begun { .. } | Sound::NotReady | Sound::Failed { .. }) => true,
        Some(Sound::Saved { .. }) => !entry.has(track.code()),
        Some(Sound::Absent) => is_news || (call.recording == Recording::Unknown && is_young),
        Some(Sound::Expired | Sound::Purged) => is_news,
    }
}

/// What is to be said of a recording that is not asked for, because its list tells that there is
/// nothing to ask for.
pub(super) fn without_asking(call: &Call, now_ms: i64) -> Option<Sound> {
    if is_running(call) {
        return Some(Sound::NotReady);
    }
    if call.answered() == Some(false) {
        return Some(Sound::Absent);
    }
    match call.recording {
        Recording::Unknown => None,
        Recording::Available { .. } if call.recording.playable(now_ms) => None,
        Recording::Available { .. } | Recording::Expired => Some(Sound::Expired),
        Recording::NotReady => Some(Sound::NotReady),
        Recording::Absent => Some(Sound::Absent),
        Recording::Purged => Some(Sound::Purged),
    }
}

#[cfg(test)]
mod tests {
    use calls::{CallKey, Status, SuccessMap};
    use load::Connection;

    use super::*;

    const NOW: i64 = 1_795_266_000_000;

    fn call(recording: Recording) -> Call {
        let mut call = Call::new(CallKey::parse("a/1").unwrap());
        call.started_ms = Some(NOW - 3_600_000);
        call.duration_ms = Some(60_000);
        call.status = Status::Completed;
        call.recording = recording;
        call
    }

    fn entry(call: &Call) -> Entry {
        let adapter = providers::find("truedy").unwrap();
        let (id, name) = ("a".into(), "A".into());
        let connection = Connection { id, name, adapter, success: SuccessMap::default() };
        Entry::new("/nowhere".into(), call, &connection, NOW)
    }

    fn due(entry: &Entry, call: &Call) -> (bool, bool) {
        let due = of(entry, call, "print", &[Track::Main], NOW);
        (due.data, !due.tracks.is_empty())
    }

    #[test]
    fn everything_is_due_of_a_new_call_and_nothing_of_one_that_is_saved() {
        let call = call(Recording::Absent);
        let mut entry = entry(&call);
        assert_eq!(due(&entry, &call), (true, false));
        (entry.saved.print, entry.saved.talk) = ("print".into(), Talk::Saved);
        assert_eq!(due(&entry, &call), (false, false));
        entry.saved.print = "another".into();
        assert_eq!(due(&entry, &call), (true, false), "its list tells something else");
    }

    #[test]
    fn what_was_being_written_is_asked_for_again() {
        let call = call(Recording::Available { until_ms: None });
        let mut entry = entry(&call);
        (entry.saved.print, entry.saved.talk) = ("print".into(), Talk::BeingWritten);
        entry.saved.recordings.insert("main".into(), Sound::NotReady);
        assert_eq!(due(&entry, &call), (true, true));
    }

    #[test]
    fn what_is_lost_is_asked_for_again_only_if_its_list_has_it_now() {
        let available = call(Recording::Available { until_ms: Some(NOW + 1) });
        let mut entry = entry(&available);
        entry.saved.print = "print".into();
        entry.saved.recordings.insert("main".into(), Sound::Expired);
        entry.saved.told = "available".into();
        assert_eq!(due(&entry, &available), (false, false));
        entry.saved.told = "expired".into();
        assert_eq!(due(&entry, &available), (false, true));
    }

    #[test]
    fn a_running_call_has_nothing_to_be_heard_yet() {
        let mut running = call(Recording::Unknown);
        (running.status, running.duration_ms) = (Status::InProgress, None);
        assert!(!due(&entry(&running), &running).1);
        assert_eq!(without_asking(&running, NOW), Some(Sound::NotReady));
    }
}
