//! Requests to the proxy, with `fetch`.

use gloo_net::http::{Request as HttpRequest, Response};
use load::Transport;
use providers::{Answer, Method, Refusal, Request, Track};
use web_sys::AbortController;

use crate::browser::clock;

/// The way to the proxy.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wire {
    /// What stands before `api/…` and `media/…`: empty where the proxy serves this page, else the
    /// proxy's address with a closing slash.
    base: String,
    /// How urgent what is asked is, in the proxy's word, if nobody is waiting for it: what people
    /// do goes before it.
    priority: Option<&'static str>,
    /// Answers that the proxy kept are not good enough.
    anew: bool,
}

impl Wire {
    /// A wire to the proxy at an origin; `None` is the one that served this page.
    #[must_use]
    pub fn to(origin: Option<&str>) -> Self {
        let base = origin.map(|origin| format!("{}/", origin.trim_end_matches('/')));
        Self { base: base.unwrap_or_default(), priority: None, anew: false }
    }

    /// The same wire for what is read again by itself.
    #[must_use]
    pub fn refreshing(self) -> Self {
        Self { priority: Some("refresh"), ..self }
    }

    /// The same wire for what is looked for besides: it leaves a part of every budget to others.
    #[must_use]
    pub fn background(self) -> Self {
        Self { priority: Some("background"), ..self }
    }

    /// The same wire, past the answers that the proxy kept for a while.
    #[must_use]
    pub fn anew(self) -> Self {
        Self { anew: true, ..self }
    }

    /// Gets a text from the proxy.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn get_text(&self, path: &str) -> Result<String, Refusal> {
        let answer = self.send_to(&format!("{}{path}", self.base), &Request::get("")).await?;
        if answer.is_ok() {
            Ok(answer.text().into_owned())
        } else {
            Err(Refusal::of(&answer, clock::now_ms()))
        }
    }

    /// The address that an audio element plays a call's recording from.
    #[must_use]
    pub fn media_url(&self, key: &calls::CallKey, track: Track) -> String {
        format!("{}media/{key}/{}", self.base, track.code())
    }

    /// Gets a part of a recording: as many bytes as there are, at most `most`.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn get_part(&self, url: &str, from: u64, most: u64) -> Result<Part, Refusal> {
        let range = format!("bytes={from}-{}", from + most.max(1) - 1);
        let answer = self.send_with(url, &Request::get(""), Some(&range)).await?;
        let header = |name: &str| {
            let found = answer.headers.iter().find(|(given, _)| given == name);
            found.map(|(_, value)| value.clone())
        };
        // Behind the end there is nothing more: a recording whose length nobody told is whole.
        if answer.status == 416 && from > 0 {
            return Ok(Part { bytes: Vec::new(), total: Some(from), kind: String::new() });
        }
        if !answer.is_ok() {
            return Err(Refusal::of(&answer, clock::now_ms()));
        }
        let told = header("content-range").and_then(|range| range.rsplit('/').next()?.parse().ok());
        let whole = (answer.status == 200).then_some(answer.body.len() as u64);
        let kind = header("content-type").unwrap_or_default();
        Ok(Part { total: whole.or(told), kind, bytes: answer.body })
    }

    /// Asks the proxy why a recording does not play.
    pub async fn why_silent(&self, url: &str) -> Result<(), Refusal> {
        // The first byte is enough to learn whether there is any.
        let answer = self.send_with(url, &Request::get(""), Some("bytes=0-0")).await?;
        if answer.is_ok() { Ok(()) } else { Err(Refusal::of(&answer, clock::now_ms())) }
    }

    async fn send_to(&self, url: &str, request: &Request) -> Result<Answer, Refusal> {
        self.send_with(url, request, None).await
    }

    async fn send_with(
        &self,
        url: &str,
        request: &Request,
        range: Option<&str>,
    ) -> Result<Answer, Refusal> {
        let abort = AbortOnDrop::new();
        let builder = match request.method {
            Method::Get => HttpRequest::get(url),
            Method::Post => HttpRequest::post(url),
        };
        let mut builder = builder.header("Accept", "application/json");
        if let Some(priority) = self.priority {
            builder = builder.header("Calldeck-Priority", priority);
        }
        if self.anew {
            builder = builder.header("Cache-Control", "no-cache");
        }
        if let Some(range) = range {
            builder = builder.header("Range", range);
        }
        let builder = builder.abort_signal(abort.signal().as_ref());
        let sent = match &request.body {
            Some(body) => builder.header("Content-Type", "application/json").body(body.as_str()),
            None => builder.build(),
        };
        let sent = sent.map_err(|why| Refusal::unreachable(why.to_string()))?;
        let response = sent.send().await.map_err(|why| Refusal::unreachable(why.to_string()))?;
        read(response).await
    }
}

/// A part of a recording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How many the whole has, where that is told.
    pub total: Option<u64>,
    /// Its content type.
    pub kind: String,
}

async fn read(response: Response) -> Result<Answer, Refusal> {
    let headers =
        response.headers().entries().map(|(name, value)| (name.to_ascii_lowercase(), value));
    let mut answer =
        Answer { status: response.status(), headers: headers.collect(), body: Vec::new() };
    answer.body = response.binary().await.map_err(|why| Refusal::unreachable(why.to_string()))?;
    Ok(answer)
}

impl Transport for Wire {
    async fn send(&self, connection: &str, request: &Request) -> Result<Answer, Refusal> {
        self.send_to(&format!("{}api/c/{connection}{}", self.base, request.target()), request).await
    }

    async fn wait_until(&self, until_ms: i64) {
        clock::sleep_ms(until_ms - clock::now_ms()).await;
    }

    fn now_ms(&self) -> i64 {
        clock::now_ms()
    }
}

/// Aborts the request when the future that waits for it is dropped: a changed filter never leaves
/// requests behind.
struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    fn new() -> Self {
        Self(AbortController::new().ok())
    }

    fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}
