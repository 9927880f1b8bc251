//! `/media/{connection}/{call}/{track}`: a call's recording. The client never names a URL.
//!
//! When there is nothing to listen to, the answer is JSON with one of the codes of
//! `recording_refusal`; a page whose player failed fetches the same address to learn why.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use calls::Reference;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use providers::Track;

use crate::Proxy;
use crate::audio_type::{AudioType, audio_type};
use crate::connection::Connection;
use crate::metered::Metered;
use crate::recording_refusal::RecordingRefusal;
use crate::recordings::{Known, RecordingKey};
use crate::refuse::{FROM, Refusal};
use crate::storage::Wanted;

/// Where this route begins.
pub(crate) const PREFIX: &str = "/media/";

/// Longest time that one answer may take. A player that needs longer asks for the rest.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// Most bytes of one answer.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// Longest `Range` or `If-Range` that is looked at, in bytes.
const LONGEST_RANGE: usize = 200;

/// Headers of storage that are passed on.
const PASSED: [http::HeaderName; 5] = [
    header::CONTENT_LENGTH,
    header::CONTENT_RANGE,
    header::ACCEPT_RANGES,
    header::ETAG,
    header::LAST_MODIFIED,
];

/// Answers with a recording, or with why there is none.
pub(crate) async fn play(
    State(proxy): State<Arc<Proxy>>,
    request: Request,
) -> Result<Response, Refusal> {
    let path = request.uri().path().strip_prefix(PREFIX).ok_or(Refusal::NotFound)?;
    let (connection, key) = read_path(&proxy, path)?;
    let wanted = read_wanted(request.headers())?;
    let response = fetch(&proxy, connection, &key, &wanted).await?;
    relay(response)
}

fn read_path<'a>(proxy: &'a Proxy, path: &str) -> Result<(&'a Connection, RecordingKey), Refusal> {
    let mut parts = path.split('/');
    let (Some(id), Some(call), Some(track), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refusal::NotFound);
    };
    let connection = proxy.config.connection(id).ok_or(Refusal::UnknownConnection)?;
    let reference = Reference::parse(call).ok_or(Refusal::NotFound)?;
    let track = Track::parse(track).ok_or(Refusal::NotFound)?.code();
    Ok((connection, RecordingKey { connection: connection.id.clone(), reference, track }))
}

/// Passes one range on. Several are left out, so that the whole is answered, as HTTP allows.
fn read_wanted(headers: &HeaderMap) -> Result<Wanted, Refusal> {
    let mut wanted = Wanted::default();
    for name in [header::RANGE, header::IF_RANGE] {
        let Some(value) = headers.get(&name) else { continue };
        if value.len() > LONGEST_RANGE {
            return Err(Refusal::BadRange);
        }
        if name != header::RANGE || is_one_range(value) {
            wanted.headers.push((name, value.clone()));
        }
    }
    Ok(wanted)
}

fn is_one_range(value: &HeaderValue) -> bool {
    let bounds = value.to_str().ok().and_then(|text| text.strip_prefix("bytes="));
    let Some((from, to)) = bounds.and_then(|bounds| bounds.split_once('-')) else { return false };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    digits(from) && digits(to) && !(from.is_empty() && to.is_empty())
}

/// Opens the recording. If its address no longer works, a new one is asked for, once.
async fn fetch(
    proxy: &Proxy,
    connection: &Connection,
    key: &RecordingKey,
    wanted: &Wanted,
) -> Result<reqwest::Response, Refusal> {
    let address = proxy.recordings.address(proxy, connection, key, Known::Nothing).await?;
    let open = |address| proxy.storage.open(connection, address, wanted);
    let first = open(&address.checked).await.map_err(Refusal::Recording)?;
    if !is_worn_out(first.status()) {
        return Ok(first);
    }
    let stale = Known::Stale(Arc::clone(&address));
    let address = proxy.recordings.address(proxy, connection, key, stale).await?;
    open(&address.checked).await.map_err(Refusal::Recording)
}

/// How storage says that a signed address is no longer good.
fn is_worn_out(status: StatusCode) -> bool {
    matches!(status.as_u16(), 401 | 403 | 404 | 410)
}

fn relay(response: reqwest::Response) -> Result<Response, Refusal> {
    match response.status() {
        StatusCode::OK | StatusCode::PARTIAL_CONTENT => relay_audio(response),
        StatusCode::RANGE_NOT_SATISFIABLE => {
            let mut answer = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            let headers = answer.headers_mut();
            copy(response.headers(), headers, &[header::CONTENT_RANGE, header::ACCEPT_RANGES]);
            protect(headers);
            Ok(answer)
        }
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            Err(Refusal::Recording(RecordingRefusal::Expired))
        }
        status => Err(Refusal::Recording(RecordingRefusal::storage(status))),
    }
}

fn relay_audio(response: reqwest::Response) -> Result<Response, Refusal> {
    let from = response.headers().clone();
    let given = from.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = audio_type(given.unwrap_or_default(), response.url().path());
    let kind = kind.ok_or(Refusal::Recording(RecordingRefusal::NotAudio))?;
    if from.contains_key(header::CONTENT_ENCODING) {
        return Err(Refusal::Recording(RecordingRefusal::NotAudio));
    }
    let status = response.status();
    let body = Body::from_stream(Metered::new(response.bytes_stream(), LARGEST, LONGEST));
    let mut answer = (status, body).into_response();
    let headers = answer.headers_mut();
    copy(&from, headers, &PASSED);
    protect(headers);
    let content_type = match kind {
        AudioType::Known(name) => name,
        AudioType::Unknown => {
            headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
            "application/octet-stream"
        }
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    Ok(answer)
}

fn copy(from: &HeaderMap, to: &mut HeaderMap, names: &[http::HeaderName]) {
    for name in names {
        if let Some(value) = from.get(name) {
            to.insert(name, value.clone());
        }
    }
}

fn protect(headers: &mut HeaderMap) {
    let policy = HeaderValue::from_static("sandbox; default-src 'none'");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(FROM, HeaderValue::from_static("provider"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_passed_on_and_several_are_not() {
        let one = |text: &'static str| is_one_range(&HeaderValue::from_static(text));
        for text in ["bytes=0-1", "bytes=5-", "bytes=-500", "bytes=-0", "bytes=999999-"] {
            assert!(one(text), "{text}");
        }
        for text in ["bytes=0-1,5-6", "abc", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0--1"] {
            assert!(!one(text), "{text}");
        }
    }
}
