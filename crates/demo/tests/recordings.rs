//! Recordings over HTTP: ranges, links, and whether they say what the transcripts say.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a test may stop at the first surprise"
)]

mod support;

use demo::sentinel;
use reqwest::StatusCode;
use serde_json::Value;
use support::{Site, rows, site, sound};

/// The agent and detail of a TalkPilot call.
async fn talkpilot(site: &Site, id: &str) -> Value {
    for agent in rows(&site.ok("talkpilot", "/agents").await) {
        let path = format!("/agents/{}/calls/{id}", agent["id"].as_str().unwrap());
        let (status, body) = site.get("talkpilot", &path).await;
        if status == StatusCode::OK {
            return body;
        }
    }
    unreachable!("no agent has the call {id}")
}

async fn bytes(site: &Site, url: &str, range: Option<&str>) -> (reqwest::Response, Vec<u8>) {
    let mut request = site.client.get(url);
    if let Some(range) = range {
        request = request.header("range", range);
    }
    let mut answer = request.send().await.unwrap();
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.unwrap() {
        body.extend(piece);
    }
    (answer, body)
}

/// A spoken, recorded Truedy call of the last day with at least six turns.
async fn truedy_call(site: &Site) -> Value {
    for row in rows(&site.ok("truedy", "/calls?limit=100&status=ended").await) {
        let detail = site.ok("truedy", &format!("/calls/{}", row["id"].as_str().unwrap())).await;
        let turns = detail["transcript"].as_array().map_or(0, Vec::len);
        if (6..40).contains(&turns)
            && detail["recording_url"].as_str().is_some_and(|url| !url.is_empty())
        {
            return detail;
        }
    }
    unreachable!("no recorded call with six turns")
}

#[tokio::test]
async fn a_range_of_a_wav_is_the_same_slice_of_the_whole() {
    let site = site().await;
    for id in [sentinel::LIST_CHUNK_AUDIO, sentinel::EIGHT_BIT_AUDIO, sentinel::MU_LAW_AUDIO] {
        let url = talkpilot(&site, id).await["audio_file_url"].as_str().unwrap().to_owned();
        let (answer, whole) = bytes(&site, &url, None).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "audio/wav");
        assert_eq!(answer.headers()["accept-ranges"], "bytes");
        assert_eq!(answer.headers()["content-length"], whole.len().to_string().as_str());
        for (start, end) in
            [(0, 1), (10, 60), (44, 2348), (100_001, 170_003), (whole.len() - 7, whole.len())]
        {
            let (answer, part) =
                bytes(&site, &url, Some(&format!("bytes={start}-{}", end - 1))).await;
            assert_eq!(answer.status(), 206);
            let range = format!("bytes {start}-{}/{}", end - 1, whole.len());
            assert_eq!(answer.headers()["content-range"], range.as_str());
            assert!(part == whole[start..end], "{id} {start}..{end}");
        }
    }
}

#[tokio::test]
async fn a_head_request_tells_the_length_and_a_range_behind_the_end_is_416() {
    let site = site().await;
    let url = talkpilot(&site, sentinel::TWO_HOURS_TALKPILOT).await["audio_file_url"]
        .as_str()
        .unwrap()
        .to_owned();
    let head = site.client.head(&url).send().await.unwrap();
    let length: u64 = head.headers()["content-length"].to_str().unwrap().parse().unwrap();
    assert!(length > 225_000_000, "{length}");
    let (answer, last) = bytes(&site, &url, Some("bytes=-1000")).await;
    assert_eq!((answer.status().as_u16(), last.len()), (206, 1000));
    let (answer, body) = bytes(&site, &url, Some(&format!("bytes={length}-"))).await;
    assert_eq!(answer.status(), 416);
    assert_eq!(answer.headers()["content-range"], format!("bytes */{length}").as_str());
    assert!(String::from_utf8(body).unwrap().contains("InvalidRange"));
}

#[tokio::test]
async fn if_range_gives_the_part_only_while_the_file_is_the_same() {
    let site = site().await;
    let url = talkpilot(&site, sentinel::MU_LAW_AUDIO).await["audio_file_url"]
        .as_str()
        .unwrap()
        .to_owned();
    let etag =
        site.client.head(&url).send().await.unwrap().headers()["etag"].to_str().unwrap().to_owned();
    for (tag, status) in [(etag.as_str(), 206), ("\"other\"", 200)] {
        let request = site.client.get(&url).header("range", "bytes=0-9").header("if-range", tag);
        assert_eq!(request.send().await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn the_mp3_speaks_each_turn_in_that_speakers_channel() {
    let site = site().await;
    let detail = truedy_call(&site).await;
    let (answer, mp3) = bytes(&site, detail["recording_url"].as_str().unwrap(), None).await;
    assert_eq!(answer.headers()["content-type"], "audio/mpeg");
    let (rate, stereo) = sound::decode("mp3", mp3);
    assert_eq!(rate, 8000);
    let seconds = detail["duration_seconds"].as_u64().unwrap();
    assert_eq!(stereo.len() as u64 / 8000, seconds);
    for turn in detail["transcript"].as_array().unwrap() {
        let start = (turn["timestamp"].as_f64().unwrap() * 8000.0) as usize;
        let [left, right] = sound::energy(&stereo[start..start + 4000]);
        let (speaks, listens) =
            if turn["speaker"] == "agent" { (left, right) } else { (right, left) };
        assert!(speaks > 20.0 * listens && speaks > 1e-4, "{turn}: {speaks} {listens}");
    }
}

#[tokio::test]
async fn the_wav_speaks_each_turn_in_that_speakers_channel() {
    let site = site().await;
    let list = rows(&site.ok("atoms", "/conversation?limit=500&statusFilter=completed").await);
    let row = list
        .iter()
        .find(|row| row["duration"].as_f64() > Some(30.0) && row["recordingDualUrl"] != "")
        .unwrap();
    let detail =
        site.ok("atoms", &format!("/conversation/{}", row["callId"].as_str().unwrap())).await;
    let (_, dual) = bytes(&site, detail["data"]["recordingDualUrl"].as_str().unwrap(), None).await;
    let (_, mono) = bytes(&site, detail["data"]["recordingUrl"].as_str().unwrap(), None).await;
    let (rate, stereo) = sound::decode("wav", dual);
    assert_eq!((rate, mono.len()), (8000, 44 + stereo.len() * 2));
    assert!(
        (stereo.len() as f64 / 8000.0 - detail["data"]["duration"].as_f64().unwrap()).abs() < 0.01
    );
    let both: Vec<_> = detail["data"]["transcript"].as_array().unwrap().clone();
    let at = |turn: &Value| sound::iso_ms(turn["timestamp"].as_str().unwrap());
    // The first phrase begins 138 ms after a frame; the grid has frames of 72 ms.
    let loud =
        stereo.iter().position(|[left, right]| left.abs().max(right.abs()) > 0.02).unwrap() / 8;
    let begun = at(&both[0]) - loud as i64;
    for turn in &both {
        let start = ((at(turn) - begun) * 8) as usize;
        let [left, right] = sound::energy(&stereo[start..start + 4000]);
        let (speaks, listens) = if turn["role"] == "agent" { (left, right) } else { (right, left) };
        assert!(speaks > 20.0 * listens && speaks > 1e-4, "{turn}: {speaks} {listens}");
    }
}

#[tokio::test]
async fn an_altered_or_missing_signature_is_refused_in_xml() {
    let site = site().await;
    let url = talkpilot(&site, sentinel::MU_LAW_AUDIO).await["audio_file_url"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = url.split('?').next().unwrap();
    for (bad, code) in [
        (format!("{url}0"), "SignatureDoesNotMatch"),
        (url.replace("expires=1", "expires=2"), "SignatureDoesNotMatch"),
        (path.to_owned(), "AccessDenied"),
    ] {
        let answer = site.client.get(&bad).send().await.unwrap();
        assert_eq!(answer.status(), 403);
        assert_eq!(answer.headers()["content-type"], "application/xml");
        assert!(answer.text().await.unwrap().contains(code), "{bad}");
    }
}

#[tokio::test]
async fn a_refused_link_works_after_renewal() {
    let site = site().await;
    let first = talkpilot(&site, sentinel::RENEWED_AUDIO).await["audio_file_url"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(site.client.get(&first).send().await.unwrap().status(), 403);
    assert_eq!(site.client.get(&first).send().await.unwrap().status(), 403);
    let second = talkpilot(&site, sentinel::RENEWED_AUDIO).await["audio_file_url"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(site.client.get(&second).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_header_only_wav_has_a_header_and_nothing_else() {
    let site = site().await;
    let url = talkpilot(&site, sentinel::HEADER_ONLY_AUDIO).await["audio_file_url"]
        .as_str()
        .unwrap()
        .to_owned();
    let (answer, wav) = bytes(&site, &url, None).await;
    assert_eq!((answer.status().as_u16(), wav.len()), (200, 44));
    assert!(wav.starts_with(b"RIFF") && wav.ends_with(&[0, 0, 0, 0]));
}

#[tokio::test]
async fn odd_wavs_can_be_decoded_and_are_as_long_as_the_call() {
    let site = site().await;
    for id in [sentinel::LIST_CHUNK_AUDIO, sentinel::EIGHT_BIT_AUDIO, sentinel::MU_LAW_AUDIO] {
        let detail = talkpilot(&site, id).await;
        let (_, wav) = bytes(&site, detail["audio_file_url"].as_str().unwrap(), None).await;
        let (rate, stereo) = sound::decode("wav", wav);
        assert_eq!(rate, 8000);
        assert_eq!(stereo.len() as u64 / 8000, detail["duration"].as_u64().unwrap(), "{id}");
        let [left, right] = sound::energy(&stereo);
        assert!(left > 1e-4 && right > 1e-4, "{id}: {left} {right}");
    }
}

#[tokio::test]
async fn the_two_hour_mp3_is_as_long_as_the_call() {
    let site = site().await;
    let path = format!("/calls/{}?include=transcript", sentinel::TWO_HOURS_AGENTVOICE);
    let detail = site.ok("agentvoice", &path).await;
    let head = site.client.head(detail["recording_url"].as_str().unwrap()).send().await.unwrap();
    let length: u64 = head.headers()["content-length"].to_str().unwrap().parse().unwrap();
    // 144 bytes for 72 ms.
    let seconds = detail["call_duration"].as_u64().unwrap();
    assert!(length.div_ceil(2000).abs_diff(seconds) <= 1, "{length} bytes for {seconds} s");
    assert!((7100..7300).contains(&seconds));
    assert!(detail["transcript"].as_str().unwrap().lines().count() > 500);
}
