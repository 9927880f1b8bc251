//! One recording, from the proxy to the disk: gone on with where an earlier run or a connection
//! broke off, if its storage says that it is still the same one.

use std::cell::Cell;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use ::export::folder;
use providers::fields::Fields;
use providers::{Answer, Patience, Refusal, Track};
use reqwest::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG};
use reqwest::{Response, StatusCode};

use super::lane::Lane;
use super::saved::{Entry, Sound};
use super::waiting::Waiting;
use super::{Trouble, disk};
use crate::source::Way;
use load::Transport as _;

/// What came of a request.
enum Came {
    /// All of it is there.
    Whole,
    /// It broke off.
    Broken(Refusal),
    /// What was there before is of no use.
    Anew,
}

/// Saves a recording and says how many bytes were fetched for it, or why it cannot be had.
pub(super) async fn save(
    lane: &Lane<'_>,
    entry: &mut Entry,
    track: Track,
) -> Result<Result<u64, Refusal>, Trouble> {
    let (way, waiting) = (lane.way, Cell::new(Waiting::default()));
    let part = entry.claim(&format!("recording-{}", track.code()))?;
    let part = disk::part_of(&part);
    let (mut patience, mut fetched) = (Patience::default(), 0);
    loop {
        let refusal = match get(way, entry, track, &part, &mut fetched).await? {
            Ok(Came::Whole) => return finish(entry, track, &part).map(|()| Ok(fetched)),
            Ok(Came::Anew) => continue,
            Ok(Came::Broken(refusal)) => refusal,
            Err((refusal, false)) => return Ok(Err(refusal)),
            Err((refusal, true)) => refusal,
        };
        let Some(until_ms) = patience.after(&refusal, 0, way.now_ms()) else {
            return Ok(Err(refusal));
        };
        if !lane.goes_on(&waiting, until_ms) {
            return Ok(Err(lane.too_many()));
        }
        way.wait_until(until_ms).await;
    }
}

/// Sends one request. A refusal says whether asking again may help.
async fn get(
    way: &Way,
    entry: &mut Entry,
    track: Track,
    part: &Path,
    fetched: &mut u64,
) -> Result<Result<Came, (Refusal, bool)>, Trouble> {
    let (whole, total) = match entry.saved.recordings.get(track.code()) {
        Some(Sound::Begun { whole, total, .. }) => (whole.clone(), *total),
        _ => (None, None),
    };
    let there = disk::size(part).unwrap_or_default();
    let known = whole.as_deref().filter(|_| there > 0 && total.is_none_or(|total| there <= total));
    if known.is_some() && total == Some(there) {
        return Ok(Ok(Came::Whole));
    }
    let have = if known.is_some() { there } else { 0 };
    let response = match way.media(&entry.key, track, have, known).await {
        Ok(response) => response,
        Err(refusal) => return Ok(Err((refusal, true))),
    };
    let trouble = |error: &std::io::Error| Trouble::at(part, error);
    match response.status() {
        StatusCode::PARTIAL_CONTENT if have > 0 && begins_at(&response) == Some(have) => {
            let file = disk::go_on(part).map_err(|error| trouble(&error))?;
            take(response, file, total, have, fetched)
                .await
                .map(Ok)
                .map_err(|error| trouble(&error))
        }
        StatusCode::OK => {
            let total = begin(entry, track, &response)?;
            disk::remove(part).map_err(|error| trouble(&error))?;
            let file = disk::go_on(part).map_err(|error| trouble(&error))?;
            take(response, file, total, 0, fetched).await.map(Ok).map_err(|error| trouble(&error))
        }
        _ if have > 0 && is_about_the_range(&response) => {
            entry.saved.recordings.remove(track.code());
            Ok(Ok(Came::Anew))
        }
        _ => Ok(Err(refusal(response, way.now_ms()).await)),
    }
}

/// Notes what is coming, so that a later run can go on with it.
fn begin(entry: &mut Entry, track: Track, response: &Response) -> Result<Option<u64>, Trouble> {
    // A weak one does not say that the bytes are the same (RFC 9110, section 13.1.5).
    let whole = header(response, &ETAG).filter(|tag| !tag.starts_with("W/"));
    let total = header(response, &CONTENT_LENGTH).and_then(|text| text.parse().ok());
    let ending = folder::ending(&header(response, &CONTENT_TYPE).unwrap_or_default()).to_owned();
    let begun = Sound::Begun { whole, total, ending };
    entry.saved.recordings.insert(track.code().to_owned(), begun);
    entry.note().map(|()| total)
}

/// Writes what comes behind what is there.
async fn take(
    mut response: Response,
    mut file: File,
    total: Option<u64>,
    mut there: u64,
    fetched: &mut u64,
) -> std::io::Result<Came> {
    let broken = |why: String| Ok(Came::Broken(Refusal::unreachable(why)));
    loop {
        match response.chunk().await {
            Ok(Some(bytes)) => {
                file.write_all(&bytes)?;
                there += bytes.len() as u64;
                *fetched += bytes.len() as u64;
            }
            Ok(None) if total.is_none_or(|total| total == there) => {
                file.sync_all()?;
                return Ok(Came::Whole);
            }
            Ok(None) => return broken(format!("the recording broke off after {there} bytes")),
            Err(_) => return broken(format!("the recording broke off after {there} bytes")),
        }
    }
}

/// Gives the file its name. It is noted before, so that a stop in between costs nothing.
fn finish(entry: &mut Entry, track: Track, part: &Path) -> Result<(), Trouble> {
    let ending = match entry.saved.recordings.get(track.code()) {
        Some(Sound::Begun { ending, .. }) => ending.clone(),
        _ => folder::ending("").to_owned(),
    };
    let bytes = disk::size(part).unwrap_or_default();
    let name = folder::recording(track.code(), &ending);
    let path: PathBuf = entry.claim(&name)?;
    let file = File::open(part).map_err(|error| Trouble::at(part, &error))?;
    disk::end(file, part, &path).map_err(|error| Trouble::at(&path, &error))?;
    entry.saved.recordings.insert(track.code().to_owned(), Sound::Saved { file: name, bytes });
    entry.saved.files.remove(&format!("recording-{}", track.code()));
    entry.note()
}

fn begins_at(response: &Response) -> Option<u64> {
    header(response, &CONTENT_RANGE)?.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
}

fn is_about_the_range(response: &Response) -> bool {
    matches!(response.status(), StatusCode::RANGE_NOT_SATISFIABLE | StatusCode::PARTIAL_CONTENT)
}

fn header(response: &Response, name: &reqwest::header::HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// Why there is no recording, and whether asking again may help.
async fn refusal(response: Response, now_ms: i64) -> (Refusal, bool) {
    let answer = match Way::read(response).await {
        Ok(answer) => answer,
        Err(refusal) => return (refusal, true),
    };
    let refusal = Refusal::of(&answer, now_ms);
    let passes = match refusal.code.as_deref() {
        Some("recording_refused") => provider_status(&answer).is_none_or(may_pass),
        Some(code) if code.starts_with("recording_") || code == "bad_content_type" => false,
        _ => refusal.is_temporary(),
    };
    (refusal, passes)
}

fn may_pass(status: u64) -> bool {
    matches!(status, 0 | 429) || status >= 500
}

fn provider_status(answer: &Answer) -> Option<u64> {
    let text = answer.text();
    Fields::parse(&text)?.object("error")?.count("provider_status")
}
