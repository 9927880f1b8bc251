//! Saved calls as files: a folder a call, and what is in it. The dashboard's archive and
//! `calldeck archive` name them alike.
//!
//! Invariants: a name is plain on every file system (letters, digits, `_`, `-`, `.`, `+`, at most
//! 100 of them, never a dot at the end, never a device of Windows), and two calls never share one,
//! also where capitals are not told from small letters.

mod contents;

use calls::{Call, CallKey, Zone};

pub use contents::Contents;

/// The data of all calls beside it, as Calldeck opens it.
pub const CALLS: &str = "calls.json";

/// The data of one call, as Calldeck opens it.
pub const CALL: &str = "call.json";

/// A transcript as text.
pub const TRANSCRIPT: &str = "transcript.txt";

/// A transcript as captions.
pub const CAPTIONS: &str = "transcript.vtt";

/// Where calls without a time lie.
const UNDATED: &str = "undated";

/// Longest part of a name that comes from ids. With a day and a check sum it stays below 100.
const LONGEST: usize = 72;

/// The folder of a call: `2026-11-20_sales_call_01hx`. Where the ids alone could be taken for
/// another call's, or are no name everywhere, a check sum of the whole stands behind them.
#[must_use]
pub fn of_call(call: &Call, zone: &Zone) -> String {
    let day = call.started_ms.map_or_else(|| UNDATED.to_owned(), |at| zone.day_of(at).iso());
    format!("{day}_{}", of_key(&call.key))
}

/// The folder of a month's calls: `2026-11`.
#[must_use]
pub fn of_month(started_ms: Option<i64>, zone: &Zone) -> String {
    let month = |at_ms| zone.day_of(at_ms).iso().chars().take(7).collect();
    started_ms.map_or_else(|| UNDATED.to_owned(), month)
}

/// The file of a recording: `recording-main.mp3`.
#[must_use]
pub fn recording(track: &str, ending: &str) -> String {
    format!("recording-{track}.{ending}")
}

/// What stands behind the dot of a recording, by its content type.
#[must_use]
pub fn ending(content_type: &str) -> &'static str {
    match content_type.split(';').next().unwrap_or_default().trim() {
        "audio/wav" | "audio/x-wav" | "audio/wave" | "audio/vnd.wave" => "wav",
        "audio/ogg" | "application/ogg" => "ogg",
        "audio/mp4" | "audio/x-m4a" | "audio/aac" => "m4a",
        "audio/webm" => "webm",
        "audio/flac" => "flac",
        _ => "mp3",
    }
}

fn of_key(key: &CallKey) -> String {
    let name = format!("{}_{}", key.connection, key.reference.call_id());
    let is_own = key.reference.ids().count() == 1 && !key.connection.contains('_');
    let is_plain = !name.bytes().any(|byte| byte.is_ascii_uppercase()) && !name.ends_with('.');
    if is_own && is_plain && name.len() <= LONGEST {
        return name;
    }
    let short: String = name.chars().take(LONGEST).collect();
    // No id has a plus sign, so that none can be made to look like this.
    format!("{short}+{:08x}", crc32fast::hash(key.to_string().as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn folder(key: &str) -> String {
        let mut call = Call::new(CallKey::parse(key).unwrap());
        call.started_ms = Some(1_795_262_700_000);
        of_call(&call, &Zone::utc())
    }

    #[test]
    fn a_folder_says_the_day_the_connection_and_the_call() {
        assert_eq!(folder("sales/call_01hx"), "2026-11-21_sales_call_01hx");
        assert_eq!(
            of_call(&Call::new(CallKey::parse("a/1").unwrap()), &Zone::utc()),
            "undated_a_1"
        );
        assert_eq!(of_month(Some(1_795_262_700_000), &Zone::utc()), "2026-11");
    }

    #[test]
    fn calls_with_ids_that_look_alike_never_share_a_folder() {
        let long = "x".repeat(120);
        let keys = [
            "a/call".to_owned(),
            "a/CALL".to_owned(),
            "a/Call".to_owned(),
            "a/call.".to_owned(),
            "a/x_y".to_owned(),
            "a_x/y".to_owned(),
            "t/agent-1~c".to_owned(),
            "t/agent-2~c".to_owned(),
            "t/c".to_owned(),
            format!("a/{long}"),
            format!("a/{long}y"),
            "a/con".to_owned(),
            "a/NUL.txt".to_owned(),
            "a/...x".to_owned(),
        ];
        let names: BTreeSet<String> =
            keys.iter().map(|key| folder(key).to_ascii_lowercase()).collect();
        assert_eq!(names.len(), keys.len(), "{names:?}");
        for name in names {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.+".contains(&byte);
            assert!(name.bytes().all(plain) && name.len() <= 100, "{name}");
            assert!(name.starts_with("2026-11-21_") && !name.ends_with('.'), "{name}");
        }
    }

    #[test]
    fn a_recording_has_the_ending_of_what_it_is() {
        assert_eq!(recording("main", ending("audio/wav")), "recording-main.wav");
        assert_eq!(ending("audio/mpeg; charset=x"), "mp3");
    }
}
