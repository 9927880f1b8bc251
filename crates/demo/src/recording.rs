//! Recordings over HTTP: signed links, any byte range, and nothing built as a whole.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use futures_util::stream;

use crate::agent::Provider;
use crate::answer::linger;
use crate::call::{Audio, Call};
use crate::clock::SECOND;
use crate::link::Link;
use crate::query::Params;
use crate::range::{Span, Wanted, wanted};
use crate::sentinel;
use crate::talk::Talk;
use crate::voice::FRAME_BYTES;
use crate::wav::{Coding, Shape};
use crate::world::World;
use crate::{id, mp3};

/// A minute of tones; `cargo xtask voices` makes it.
const SECONDS: &[u8] = include_bytes!("../odd/seconds.mp3");

/// Bytes in one piece of an answer.
const PIECE: u64 = 64 * 1024;

/// One file that can be heard.
#[derive(Clone)]
pub(crate) struct Recording {
    talk: Arc<Talk>,
    form: Form,
    head: Bytes,
    units: usize,
}

#[derive(Clone, Copy)]
enum Form {
    Mp3,
    /// A file as it is.
    Fixed(&'static [u8]),
    Wav(Shape),
}

impl Recording {
    /// The recording of a call as its provider keeps it; `dual` is Atoms' second file.
    pub(crate) fn of(call: &Call, dual: bool) -> Option<Self> {
        let talk = Arc::clone(call.talk.as_ref().filter(|_| call.recorded())?);
        let units = match call.audio {
            Audio::HeaderOnly => 0,
            Audio::Seconds => 1,
            _ => talk.frames,
        };
        let form = match call.provider {
            _ if call.audio == Audio::Seconds => Form::Fixed(without_table(SECONDS)),
            Provider::Truedy | Provider::AgentVoice => Form::Mp3,
            Provider::TalkPilot => Form::Wav(shape(call.audio, true)),
            Provider::Atoms => Form::Wav(shape(call.audio, dual)),
        };
        let mut recording = Self { talk, form, head: Bytes::new(), units };
        if let Form::Wav(shape) = form {
            let promised = if call.audio == Audio::BrokenOff { 2 * units } else { units };
            let data = u32::try_from(recording.unit_bytes() * promised).unwrap_or(u32::MAX);
            recording.head = shape.head(data).into();
        }
        Some(recording)
    }

    fn unit_bytes(&self) -> usize {
        match self.form {
            Form::Mp3 => FRAME_BYTES,
            Form::Fixed(bytes) => bytes.len(),
            Form::Wav(shape) => shape.unit_bytes(),
        }
    }

    pub(crate) fn len(&self) -> u64 {
        u64::try_from(self.head.len() + self.unit_bytes() * self.units).unwrap_or(0)
    }

    fn kind(&self) -> &'static str {
        match self.form {
            Form::Mp3 | Form::Fixed(_) => "audio/mpeg",
            Form::Wav(_) => "audio/wav",
        }
    }

    /// The bytes of a span, made from the units that it touches.
    pub(crate) fn bytes(&self, span: Span) -> Bytes {
        let (head, unit) = (self.head.len(), self.unit_bytes());
        let start = usize::try_from(span.start).unwrap_or(0);
        let end = usize::try_from(span.end).unwrap_or(0);
        let mut out = Vec::new();
        out.extend(self.head.get(start.min(head)..end.min(head)).unwrap_or_default());
        let (from, to) = (start.max(head) - head, end.max(head) - head);
        let first = from / unit;
        let mut body = Vec::new();
        for at in first..to.div_ceil(unit) {
            match self.form {
                Form::Mp3 => body.extend(mp3::frame(&self.talk, at)),
                Form::Fixed(bytes) => body.extend(bytes),
                Form::Wav(shape) => shape.unit(&self.talk, at, &mut body),
            }
        }
        out.extend(body.get(from - first * unit..to - first * unit).unwrap_or_default());
        out.into()
    }

    fn body(self, span: Span) -> Body {
        let pieces = (span.start..span.end).step_by(usize::try_from(PIECE).unwrap_or(65_536));
        let piece = move |start: u64| {
            let end = (start + PIECE).min(span.end);
            Ok::<_, Infallible>(self.bytes(Span { start, end }))
        };
        Body::from_stream(stream::iter(pieces.map(piece)))
    }
}

/// An MP3 without its first frame, which holds no sound but a table of contents (Xing). Telephony
/// often leaves it out, and then nothing in the file says how long it is.
fn without_table(mp3: &'static [u8]) -> &'static [u8] {
    let behind = mp3.windows(4).position(|four| four == b"Xing").unwrap_or(0);
    let frame = mp3.get(behind..).unwrap_or_default();
    let next = frame.windows(2).position(|two| two == [0xff, 0xe3]).unwrap_or(0);
    frame.get(next..).unwrap_or_default()
}

fn shape(audio: Audio, stereo: bool) -> Shape {
    let coding = match audio {
        Audio::EightBit => Coding::Pcm8,
        Audio::MuLaw => Coding::MuLaw,
        Audio::ALaw => Coding::ALaw,
        Audio::Adpcm => Coding::Ima,
        _ => Coding::Pcm16,
    };
    let stereo = stereo && coding != Coding::Ima;
    let (list, silent) = (audio == Audio::ListChunk, audio == Audio::Silent);
    Shape { coding, stereo, list, silent }
}

/// The signed URL of a call's recording, valid until `expires_ms`.
pub(crate) fn url(world: &World, call: &Call, dual: bool, expires_ms: i64) -> String {
    let file = file_name(call, dual);
    let renewed = call.id == sentinel::RENEWED_AUDIO;
    let number = if renewed { world.link_given(&file) } else { 1 };
    let link = Link { provider: call.provider.id(), file, expires_ms, number };
    link.url(&world.options.origin)
}

fn file_name(call: &Call, dual: bool) -> String {
    let ending = match call.provider {
        Provider::TalkPilot => ".wav",
        Provider::Truedy | Provider::AgentVoice => ".mp3",
        Provider::Atoms if dual => "-dual.wav",
        Provider::Atoms => "-mono.wav",
    };
    format!("{}{ending}", call.id)
}

/// `GET /recordings/{provider}/{file}`.
pub(crate) fn router(world: Arc<World>) -> axum::Router {
    axum::Router::new().route("/recordings/{provider}/{file}", get(serve)).with_state(world)
}

async fn serve(
    State(world): State<Arc<World>>,
    Path((provider, file)): Path<(String, String)>,
    params: Params,
    headers: HeaderMap,
) -> Response {
    linger(&world).await;
    let Some(provider) = Provider::ALL.into_iter().find(|known| known.id() == provider) else {
        return refusal(
            StatusCode::NOT_FOUND,
            "NoSuchBucket",
            "The specified bucket does not exist",
        );
    };
    if let Err(response) = admit(&world, provider, &file, &params) {
        return *response;
    }
    match find(&world, provider, &file) {
        Some((call, dual)) => match Recording::of(call, dual) {
            Some(recording) => answer(recording, &etag(call, dual), &headers),
            None => {
                refusal(StatusCode::NOT_FOUND, "NoSuchKey", "The specified key does not exist.")
            }
        },
        None => refusal(StatusCode::NOT_FOUND, "NoSuchKey", "The specified key does not exist."),
    }
}

fn admit(
    world: &World,
    provider: Provider,
    file: &str,
    params: &Params,
) -> Result<(), Box<Response>> {
    let denied = |why| Box::new(refusal(StatusCode::FORBIDDEN, "AccessDenied", why));
    let expires = params.text("expires").and_then(|text| text.parse::<i64>().ok());
    let number = params.text("n").and_then(|text| text.parse::<u64>().ok());
    let (Some(expires), Some(number)) = (expires, number) else {
        return Err(denied("Access Denied"));
    };
    let link = Link {
        provider: provider.id(),
        file: file.to_owned(),
        expires_ms: expires.saturating_mul(SECOND),
        number,
    };
    if params.text("signature") != Some(link.signature().as_str()) {
        let why = "The request signature we calculated does not match the signature you provided.";
        return Err(Box::new(refusal(StatusCode::FORBIDDEN, "SignatureDoesNotMatch", why)));
    }
    if link.expires_ms <= world.now_ms() {
        return Err(denied("Request has expired"));
    }
    let renewed = file.starts_with(sentinel::RENEWED_AUDIO);
    if renewed && world.link_refused(file, number) {
        return Err(denied("Request has expired"));
    }
    Ok(())
}

fn find<'a>(world: &'a World, provider: Provider, file: &str) -> Option<(&'a Call, bool)> {
    let (name, _) = file.rsplit_once('.')?;
    let dual = name.ends_with("-dual");
    let id = name.trim_end_matches("-dual").trim_end_matches("-mono");
    let (call, _) = world.find(provider, id)?;
    (file_name(call, dual) == file).then_some((call, dual))
}

fn etag(call: &Call, dual: bool) -> String {
    format!("\"{}\"", id::hex(16, &[call.key, u64::from(dual), 0xe7a6]))
}

fn answer(recording: Recording, etag: &str, headers: &HeaderMap) -> Response {
    let length = recording.len();
    let common = [
        (header::CONTENT_TYPE, recording.kind().to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ETAG, etag.to_owned()),
        (header::CACHE_CONTROL, "private, max-age=3600".to_owned()),
    ];
    match wanted(headers, etag, length) {
        Wanted::Whole => {
            let size = [(header::CONTENT_LENGTH, length.to_string())];
            (common, size, recording.body(Span { start: 0, end: length })).into_response()
        }
        Wanted::Part(span) => {
            let range = format!("bytes {}-{}/{length}", span.start, span.end - 1);
            let size = [
                (header::CONTENT_RANGE, range),
                (header::CONTENT_LENGTH, (span.end - span.start).to_string()),
            ];
            (StatusCode::PARTIAL_CONTENT, common, size, recording.body(span)).into_response()
        }
        Wanted::Impossible => {
            let range = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            let why = "The requested range is not satisfiable";
            (range, refusal(StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange", why)).into_response()
        }
    }
}

/// An error as object stores write it.
fn refusal(status: StatusCode, code: &str, message: &str) -> Response {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
}
