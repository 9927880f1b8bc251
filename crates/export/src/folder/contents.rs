//! What lies in a folder of saved calls, told by the paths of its files alone: whoever opens it need
//! not look into the files before they are wanted. A name that nobody here gave means nothing.

use std::collections::{BTreeMap, BTreeSet};

use calls::CallKey;

use super::{CALL, CALLS, of_key};

/// A folder of saved calls. Files are told by their place in the list that it was made of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Contents {
    /// The files of calls, by the folder that they are in.
    calls: BTreeMap<String, usize>,
    /// The recordings of a call, by the folder that its own is in and what its own is named after:
    /// the codes of tracks, and the files.
    recordings: BTreeMap<(String, String), BTreeMap<String, usize>>,
    /// Folders in which calls were saved.
    saved: BTreeSet<String>,
}

impl Contents {
    /// Sorts out paths, whose parts `/` stands between.
    #[must_use]
    pub fn of<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        let mut contents = Self::default();
        for (nth, path) in paths.into_iter().enumerate() {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            if name == CALLS {
                contents.calls.insert(folder.to_owned(), nth);
            } else if let Some((beside, call)) = of_call(folder) {
                contents.take(beside, call, name, nth);
            }
        }
        contents
    }

    fn take(&mut self, beside: &str, call: &str, name: &str, nth: usize) {
        if name == CALL {
            self.saved.insert(beside.to_owned());
        }
        if let Some(track) = track(name) {
            let key = (beside.to_owned(), call.to_owned());
            self.recordings.entry(key).or_default().entry(track.to_owned()).or_insert(nth);
        }
    }

    /// The files of calls: the folder of each, and its place.
    pub fn calls(&self) -> impl Iterator<Item = (&str, usize)> {
        self.calls.iter().map(|(folder, nth)| (folder.as_str(), *nth))
    }

    /// The recordings of a call that is in the file of calls of a folder: codes of tracks, and the
    /// places of their files.
    pub fn recordings(&self, folder: &str, call: &CallKey) -> impl Iterator<Item = (&str, usize)> {
        let found = self.recordings.get(&(folder.to_owned(), of_key(call)));
        found.into_iter().flatten().map(|(track, nth)| (track.as_str(), *nth))
    }

    /// The files of calls that should be there and are not.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let lost = self.saved.iter().filter(|folder| !self.calls.contains_key(*folder));
        lost.map(|folder| format!("{folder}/{CALLS}")).collect()
    }
}

/// Of the path of a call's folder what it is in, and what it is named after beside its day.
fn of_call(folder: &str) -> Option<(&str, &str)> {
    let (beside, name) = folder.rsplit_once('/').unwrap_or(("", folder));
    let (_, call) = name.split_once('_')?;
    Some((beside, call))
}

/// The code of a recording's track, by the name of its file.
fn track(name: &str) -> Option<&str> {
    let (track, ending) = name.strip_prefix("recording-")?.split_once('.')?;
    let is_plain = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    (is_plain(track) && is_plain(ending)).then_some(track)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> CallKey {
        CallKey::parse(text).unwrap()
    }

    #[test]
    fn calls_and_recordings_are_found_by_their_paths_and_a_lost_file_is_named() {
        let paths = [
            "arch/2026-10/2026-10-31_sales_c1/call.json",
            "arch/2026-11/calls.json",
            "arch/2026-11/2026-11-20_sales_c2/recording-mono.wav",
            "arch/2026-11/2026-11-20_sales_c2/recording-main.mp3",
            "arch/2026-11/2026-11-20_sales_c2/call.json",
            "arch/2026-11/undated_sales_c3/recording-main.ogg",
        ];
        let contents = Contents::of(paths);
        assert_eq!(contents.calls().collect::<Vec<_>>(), [("arch/2026-11", 1)]);
        let of = |call: &str| contents.recordings("arch/2026-11", &key(call)).collect::<Vec<_>>();
        assert_eq!(of("sales/c2"), [("main", 3), ("mono", 2)]);
        assert_eq!((of("sales/c3"), of("sales/c1")), (vec![("main", 5)], vec![]));
        assert_eq!(contents.missing(), ["arch/2026-10/calls.json"]);
    }

    #[test]
    fn names_that_nobody_here_gave_mean_nothing() {
        let hostile = [
            "",
            "/",
            "../../etc/passwd",
            "a/2026-11-20_sales_c/recording-../../x.mp3",
            "a/2026-11-20_sales_c/recording-main.mp3.part",
            "a/2026-11-20_sales_c/recording-.mp3",
            "a/2026-11-20_sales_c/recording-main.",
            "a/sales/recording-main.mp3",
            "a/2026-11-20_sales_c/\u{0}recording-main.mp3",
        ];
        let contents = Contents::of(hostile);
        assert_eq!(contents.calls().count() + contents.recordings.len(), 0, "{contents:?}");
        // The folder of a month, or of a single archive, can be chosen as well.
        let near = Contents::of(["2026-11/calls.json", "calls.json"]);
        assert_eq!(near.calls().collect::<Vec<_>>(), [("", 1), ("2026-11", 0)]);
    }
}
