//! A recording over HTTP, read range by range. The decoder waits for its bytes; a worker may.

use std::cell::RefCell;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use js_sys::{ArrayBuffer, Uint8Array};
use sound::Source;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{XmlHttpRequest, XmlHttpRequestResponseType};

use crate::parts::Parts;

/// The first range is small, so that something can be drawn soon, and the next ones are larger.
const FIRST: u64 = 64 * 1024;
const LARGEST: u64 = 1024 * 1024;

thread_local! {
    /// What belongs to the browser cannot be part of a source, which may be sent elsewhere.
    static HELD: RefCell<Held> = RefCell::new(Held { kept: Parts::up_to(0), whole: None, kind: String::new() });
}

struct Held {
    /// Everything that came, in order.
    kept: Parts,
    /// A server that knows no ranges answers everything at once.
    whole: Option<Uint8Array>,
    kind: String,
}

/// How far a source has been read, for whoever looks at it from outside.
#[derive(Clone, Default)]
pub(crate) struct Reached(Arc<[AtomicU64; 2]>);

impl Reached {
    /// Bytes that have been read.
    pub(crate) fn bytes(&self) -> u64 {
        let [bytes, _] = &*self.0;
        bytes.load(Ordering::Relaxed)
    }

    /// Bytes that there are; 0 before that is known.
    pub(crate) fn length(&self) -> u64 {
        let [_, length] = &*self.0;
        length.load(Ordering::Relaxed)
    }
}

/// A recording over HTTP.
pub(crate) struct Ranges {
    url: String,
    reached: Reached,
    /// Where the piece at hand begins.
    from: u64,
    piece: Vec<u8>,
    next: u64,
}

impl Ranges {
    /// Keeps what it reads if that is not more than `keep` bytes.
    pub(crate) fn of(url: String, keep: u64) -> Self {
        let held = Held { kept: Parts::up_to(keep), whole: None, kind: String::new() };
        HELD.replace(held);
        Self { url, reached: Reached::default(), from: 0, piece: Vec::new(), next: FIRST }
    }

    pub(crate) fn reached(&self) -> Reached {
        self.reached.clone()
    }

    fn fetch(&mut self, from: u64) -> io::Result<()> {
        let length = self.reached.length();
        self.piece = if length > 0 && from >= length {
            Vec::new()
        } else {
            get(&self.url, from, from + self.next - 1, &self.reached)?
        };
        self.from = from;
        self.next = (self.next * 4).min(LARGEST);
        let [bytes, _] = &*self.reached.0;
        bytes.store(from + self.piece.len() as u64, Ordering::Relaxed);
        HELD.with_borrow_mut(|held| held.kept.add(&self.piece));
        Ok(())
    }
}

impl Source for Ranges {
    fn length(&self) -> Option<u64> {
        Some(self.reached.length()).filter(|length| *length > 0)
    }

    fn at(&mut self, position: u64) -> io::Result<&[u8]> {
        let end = self.from + self.piece.len() as u64;
        if position >= end {
            self.fetch(end)?;
        }
        let at = usize::try_from(position.saturating_sub(self.from)).unwrap_or(usize::MAX);
        Ok(self.piece.get(at..).unwrap_or_default())
    }
}

/// The recording as it came, once it has been read to its end.
pub(crate) fn kept() -> Option<web_sys::Blob> {
    let none = Held { kept: Parts::up_to(0), whole: None, kind: String::new() };
    let held = HELD.replace(none);
    held.kept.file(&[], &held.kind)
}

/// Reads the rest of what the decoder did not ask for: what stands behind the last sample.
pub(crate) fn whole_was_read(reached: &Reached) -> bool {
    reached.length() > 0 && reached.bytes() >= reached.length()
}

fn get(url: &str, from: u64, to: u64, reached: &Reached) -> io::Result<Vec<u8>> {
    if let Some(piece) = HELD.with_borrow(|held| cut(held.whole.as_ref()?, from, to)) {
        return Ok(piece);
    }
    let request = ask(url, from, to).map_err(|_| io::Error::other("no answer"))?;
    match request.status().unwrap_or(0) {
        206 => {
            let total = total(&request).unwrap_or(0);
            let body = body(&request)?.to_vec();
            // Without its length, a range that is not full is the last one.
            let ended = (body.len() as u64) < to - from + 1;
            let guessed = if ended { from + body.len() as u64 } else { 0 };
            note(reached, if total > 0 { total } else { guessed }, &request);
            Ok(body)
        }
        200 => {
            let whole = body(&request)?;
            note(reached, u64::from(whole.length()), &request);
            let piece = cut(&whole, from, to).unwrap_or_default();
            HELD.with_borrow_mut(|held| held.whole = Some(whole));
            Ok(piece)
        }
        416 => Ok(Vec::new()),
        status => Err(io::Error::other(format!("status {status}"))),
    }
}

fn ask(url: &str, from: u64, to: u64) -> Result<XmlHttpRequest, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open_with_async("GET", url, false)?;
    request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    request.set_request_header("Range", &format!("bytes={from}-{to}"))?;
    request.send()?;
    Ok(request)
}

fn body(request: &XmlHttpRequest) -> io::Result<Uint8Array> {
    let body = request.response().ok().and_then(|body| body.dyn_into::<ArrayBuffer>().ok());
    body.map(|body| Uint8Array::new(&body)).ok_or_else(|| io::Error::other("no body"))
}

/// `bytes 0-99/1234`
fn total(request: &XmlHttpRequest) -> Option<u64> {
    let range = request.get_response_header("Content-Range").ok().flatten()?;
    range.rsplit_once('/')?.1.parse().ok()
}

fn note(reached: &Reached, length: u64, request: &XmlHttpRequest) {
    let [_, known] = &*reached.0;
    known.store(length, Ordering::Relaxed);
    let kind = request.get_response_header("Content-Type").ok().flatten();
    HELD.with_borrow_mut(|held| held.kind = kind.unwrap_or_default());
}

fn cut(whole: &Uint8Array, from: u64, to: u64) -> Option<Vec<u8>> {
    let end = u32::try_from(to + 1).unwrap_or(u32::MAX).min(whole.length());
    let start = u32::try_from(from).unwrap_or(u32::MAX).min(end);
    Some(whole.subarray(start, end).to_vec())
}
