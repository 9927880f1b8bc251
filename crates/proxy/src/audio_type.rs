//! Which content types of recordings are passed on. Storage is not ours: a page that it served
//! under our origin could read everything.

/// Types that are passed on, and under which name.
const AUDIO: &[(&str, &str)] = &[
    ("audio/mpeg", "audio/mpeg"),
    ("audio/mp3", "audio/mpeg"),
    ("audio/wav", "audio/wav"),
    ("audio/x-wav", "audio/wav"),
    ("audio/wave", "audio/wav"),
    ("audio/vnd.wave", "audio/wav"),
    ("audio/ogg", "audio/ogg"),
    ("audio/opus", "audio/ogg"),
    ("application/ogg", "audio/ogg"),
    ("audio/webm", "audio/webm"),
    ("video/webm", "audio/webm"),
    ("audio/mp4", "audio/mp4"),
    ("audio/m4a", "audio/mp4"),
    ("audio/x-m4a", "audio/mp4"),
    ("video/mp4", "audio/mp4"),
    ("audio/aac", "audio/aac"),
    ("audio/flac", "audio/flac"),
    ("audio/x-flac", "audio/flac"),
];

/// Types by which storage says that it does not know: object stores give them to whatever was
/// uploaded without one.
const UNKNOWN: &[&str] =
    &["", "application/octet-stream", "binary/octet-stream", "application/x-binary"];

const BY_ENDING: &[(&str, &str)] = &[
    (".mp3", "audio/mpeg"),
    (".wav", "audio/wav"),
    (".ogg", "audio/ogg"),
    (".opus", "audio/ogg"),
    (".webm", "audio/webm"),
    (".m4a", "audio/mp4"),
    (".mp4", "audio/mp4"),
    (".aac", "audio/aac"),
    (".flac", "audio/flac"),
];

/// What a recording is sent as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AudioType {
    /// A kind of audio that browsers know.
    Known(&'static str),
    /// Bytes that may only be saved.
    Unknown,
}

/// The type to send, from the type that came and the path of the address. `None` if it says that
/// it is something else than audio.
pub(crate) fn audio_type(given: &str, path: &str) -> Option<AudioType> {
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if let Some((_, name)) = AUDIO.iter().find(|(known, _)| *known == essence) {
        return Some(AudioType::Known(name));
    }
    if !UNKNOWN.contains(&essence.as_str()) {
        return None;
    }
    let path = path.to_ascii_lowercase();
    let by_ending = BY_ENDING.iter().find(|(ending, _)| path.ends_with(ending));
    Some(by_ending.map_or(AudioType::Unknown, |(_, name)| AudioType::Known(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audio_is_passed_on_and_pages_are_not() {
        assert_eq!(audio_type("audio/mpeg", ""), Some(AudioType::Known("audio/mpeg")));
        assert_eq!(audio_type("Audio/X-WAV; a=b", ""), Some(AudioType::Known("audio/wav")));
        let stored = audio_type("binary/octet-stream", "/a/B.MP3");
        assert_eq!(stored, Some(AudioType::Known("audio/mpeg")));
        assert_eq!(audio_type("", "/a"), Some(AudioType::Unknown));
        for page in ["text/html", "image/svg+xml", "application/json", "text/plain", "audio/evil"] {
            assert_eq!(audio_type(page, "/a.mp3"), None, "{page}");
        }
    }
}
